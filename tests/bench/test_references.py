"""Benchmark: looking a quotation up among many references.

    MTCHECK_BENCH_REFERENCES=1000000 python -m pytest tests/bench/test_references.py --benchmark-enable

The aim is 20 ms a look-up, the median over whole, shortened and half garbled sentences, among 1,000,000 quotations
(processor time is shown beside it, for machines with other work). Without the variable 5,000 are indexed, so that the benchmark itself is under test. A million take some minutes and 1 GB in
the temporary folder.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path
from pydoc_data.topics import topics
from statistics import median, quantiles

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from mtcheck.engines.references import QuotationIndex, open_library

QUOTATIONS = int(os.environ.get("MTCHECK_BENCH_REFERENCES", "5000"))
FILLERS = "and of the with for this that not".split()


def texts(count: int) -> Iterator[str]:
    """Yield quotations of 10 to 35 words drawn as often as they are in English prose (that of Python's own manual)."""
    chance = random.Random(7)
    words = re.findall(r"[a-z]{1,20}", " ".join(topics.values()).lower())
    for _ in range(count):
        yield " ".join(chance.choices(words, k=chance.randint(10, 35))).capitalize() + "."


@pytest.fixture(scope="module")
def queries() -> list[tuple[str, str]]:
    """Pairs of a quotation in the index and what a page makes of it."""
    step = max(QUOTATIONS // 60, 1)
    pairs = []
    for number, text in enumerate(itertools.islice(texts(QUOTATIONS), 0, None, step)):
        words = text.split()
        if number % 3 == 1:
            words = words[: max(len(words) * 2 // 3, 8)]
        elif number % 3 == 2:
            half = len(words) // 2
            words = FILLERS[:4] + words[half:]
        pairs.append((text, " ".join(words)))
    return pairs


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QuotationIndex]:
    folder = tmp_path_factory.mktemp("references")
    with (folder / "quotations.jsonl").open("w", encoding="utf-8") as file:
        for number, text in enumerate(texts(QUOTATIONS)):
            record = {"id": str(number), "speaker": "A. Brandt", "language": "en", "text": text}
            file.write(json.dumps(record) + "\n")
    cache: Path = tmp_path_factory.mktemp("cache")
    started = time.perf_counter()
    index = QuotationIndex(open_library(folder), cache)
    size = sum(path.stat().st_size for path in cache.rglob("*.sqlite3"))
    print(f"\n{QUOTATIONS:,} quotations indexed in {time.perf_counter() - started:.0f} s, {size / 1e6:.0f} MB")
    yield index
    index.close()


def test_look_up(benchmark: BenchmarkFixture, index: QuotationIndex, queries: list[tuple[str, str]]) -> None:
    times, processor, found = [], [], 0
    for text, query in queries:
        started, used = time.perf_counter(), time.process_time()
        candidates = index.candidates(query, "en", 8)
        times.append(1000 * (time.perf_counter() - started))
        processor.append(1000 * (time.process_time() - used))
        found += any(candidate.quotation.text == text for candidate in candidates)
    print(
        f"\n{len(queries)} look-ups: median {median(times):.1f} ms, 95 % within {quantiles(times, n=20)[-1]:.1f} ms; "
        f"processor time: median {median(processor):.1f} ms, 95 % within {quantiles(processor, n=20)[-1]:.1f} ms; {found} of {len(queries)} found"
    )
    turn = itertools.cycle(queries)
    candidates = benchmark(lambda: index.candidates(next(turn)[1], "en", 8))
    assert candidates
    assert found >= 0.95 * len(queries)
