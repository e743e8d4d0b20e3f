"""Benchmark: a page of 600 words through the embedded translation model and back, on both runtimes.

    python -m pytest tests/bench/test_translation.py --benchmark-enable

Aim: a page there and back in a second on two cores with CTranslate2, the default. Nothing is remembered between the rounds; the
model is loaded before the first.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from mtcheck.engines.models.catalog import embedded_models
from mtcheck.engines.translation import TranslatorSettings, open_translator
from mtcheck.text.sentences import sentence_spans
from tests.bench.test_scan import page_of_600_words

PIVOTS = sorted(
    direction.removeprefix("en-")
    for card in embedded_models()
    for direction in card.directions
    if direction.startswith("en-")
)


@pytest.mark.parametrize("pivot", PIVOTS)
@pytest.mark.parametrize("runtime", ["ctranslate2", "transformers"])
def test_round_trip(
    benchmark: BenchmarkFixture, tmp_path: Path, runtime: Literal["ctranslate2", "transformers"], pivot: str
) -> None:
    translator = open_translator(TranslatorSettings(runtime=runtime, cache=tmp_path, remember=False))
    page = page_of_600_words(0)
    sentences = [span.of(part) for part in page.split("\n\n") for span in sentence_spans(part, "en")]
    if not benchmark.enabled:
        # An ordinary test run asks only that the benchmark works.
        sentences = sentences[:2]

    def there_and_back() -> list[str]:
        there = translator.translate(sentences, "en", pivot)
        return [item.text for item in translator.translate([item.text for item in there], pivot, "en")]

    there_and_back()
    assert len(sentences) == len(benchmark(there_and_back))
    if benchmark.stats is not None:
        benchmark.extra_info["words a second, both ways"] = len(page.split()) / benchmark.stats["median"]
