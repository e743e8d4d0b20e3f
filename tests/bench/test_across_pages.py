"""Benchmark: the reduce over 100,000 records of quotations, as many as some 20,000 news pages leave.

    python -m pytest tests/bench/test_across_pages.py --benchmark-enable

``records`` are grouped and judged by the real checks; the aim is a few seconds on one core. Without ``--benchmark-enable``
a hundredth of them is run once, so that the benchmark cannot rot.
"""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import accumulate

from pytest_benchmark.fixture import BenchmarkFixture

from mtcheck.checks.quotation.quotation_differs_across_pages import CHECK, Options
from mtcheck.core.across import PageHit
from mtcheck.testing import document_from_text, facts_of
from mtcheck.text.placing import Placer
from mtcheck.text.sentences import SENTENCES
from mtcheck.text.utterances import Utterance, group_utterances, utterances_of

RECORDS = 100_000
VOCABULARY = 20_000


def utterances(count: int) -> list[Utterance]:
    """Return invented sentences with the word frequencies of a language (Zipf); every tenth is said on two pages."""
    document = document_from_text("The harbor\n\nHe said: “We open the harbor on Monday morning.”")
    facts = facts_of(document)
    sentences = facts[SENTENCES]
    (model,) = utterances_of(document, facts, Placer(document, sentences).placed)
    chance = random.Random(7)
    words = [f"w{number}" for number in range(VOCABULARY)]
    weights = list(accumulate(1 / (number + 3) for number in range(VOCABULARY)))
    made: list[Utterance] = []
    for number in range(count):
        text = " ".join(chance.choices(words, cum_weights=weights, k=chance.randrange(6, 30)))
        if number % 10 == 0 and made:
            text = chance.choice(made).text.replace(" ", " not ", number % 3 == 0)
        made.append(replace(model, words=text, at=replace(model.at, document=f"{number:07}", text=text)))
    return made


def judged(records: list[Utterance]) -> list[PageHit]:
    assert CHECK.across is not None
    return list(CHECK.across.judge(group_utterances(records), Options()))


def test_reduce(benchmark: BenchmarkFixture) -> None:
    records = utterances(RECORDS if benchmark.enabled else RECORDS // 100)
    hits = benchmark.pedantic(judged, (records,), rounds=1)  # type: ignore[no-untyped-call]
    assert hits
    if benchmark.stats is not None:
        benchmark.extra_info["records a second"] = len(records) / benchmark.stats["median"]
