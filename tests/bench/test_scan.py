"""Benchmark: default checks without a model on pages of 600 words, in a long scan.

    python -m pytest tests/bench/test_scan.py --benchmark-enable

Compare ``page`` (aim: 0.05 s a page on one core) with ``langdetect`` on the same page in the same run: a machine that is
slow today is slow for both.
"""

from __future__ import annotations

import random

import langdetect
from pytest_benchmark.fixture import BenchmarkFixture

from mtcheck.app import plan_of
from mtcheck.config import load_settings
from mtcheck.scan.checker import WindowChecker
from mtcheck.testing import document_from_text

SENTENCES = (
    "The harbor council of Varen said on {day} that the ferries to {place} would sail again before the end of the month.",
    "“We have waited long enough,” said {name}, who runs a small ship yard near the northern pier.",
    "According to the draft, {number} pilots are to return to work, and the fees will rise by {number} percent.",
    "{name} pointed out that nobody in {place} had been asked, and that the timetable was drawn up elsewhere.",
    "In {place} the talks are followed closely, since a third of its grain leaves through the harbor.",
    "The minister did not say when the second pier would open; the work had begun in {number} and stopped twice.",
    "Ship owners welcomed the plan, although several of them called it “late and rather vague.”",
)
NAMES = ("Andrei Melnik", "Orla Brandt", "Teresa Vidal", "Jonas Keel", "Mira Halloran")
PLACES = ("Ostlund", "Brunhaven", "Port Salis", "Greywater", "Lower Tarn")
DAYS = ("Monday", "Tuesday", "Thursday", "Friday")


def page_of_600_words(seed: int) -> str:
    """Return an invented article of about 600 words, another one for each seed."""
    chance = random.Random(seed)
    paragraphs = ["Ferries to sail again, council says"]
    while sum(len(paragraph.split()) for paragraph in paragraphs) < 600:
        sentences = (
            template.format(
                day=chance.choice(DAYS),
                place=chance.choice(PLACES),
                name=chance.choice(NAMES),
                number=chance.randrange(2, 2000),
            )
            for template in chance.sample(SENTENCES, 3)
        )
        paragraphs.append(" ".join(sentences))
    return "\n\n".join(paragraphs)


def test_page(benchmark: BenchmarkFixture) -> None:
    settings = load_settings({"translation": {"enabled": False}}).settings
    checker = WindowChecker(plan_of(settings))
    pages = [document_from_text(page_of_600_words(seed), path=f"{seed}.txt") for seed in range(8)]
    result = benchmark(checker.check, pages)
    assert 8 == len(result.documents)
    if benchmark.stats is not None:
        benchmark.extra_info["seconds a page"] = benchmark.stats["median"] / len(pages)


def test_langdetect_for_comparison(benchmark: BenchmarkFixture) -> None:
    assert "en" == benchmark(langdetect.detect, page_of_600_words(0))
