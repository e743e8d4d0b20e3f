"""Page scores: the penalty with its parts, and what the length of a page does to it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mtcheck.core.findings import Finding, Severity
from mtcheck.core.offsets import Place
from mtcheck.core.report import ScorePart
from mtcheck.core.spans import Span
from mtcheck.scan.scores import PRIOR_RATE, length_controlled, scores_of

PLACE = Place(1, 1, 1, 2, 0, 1)
ONE = Finding(
    "XXX001",
    "x",
    "accuracy/omission",
    Severity.MAJOR,
    0.9,
    "unconfirmed",
    "d",
    Span(0, 1),
    PLACE,
    Span(0, 1),
    "x",
    "m",
    (),
    (),
    "f",
    "f",
)
TWO = replace(ONE, category="linguistic/grammar", severity=Severity.MINOR, fingerprint="g", fault="g")
NEUTRAL = replace(ONE, category="provenance", severity=Severity.NEUTRAL, fingerprint="h", fault="h")
OTHER = replace(ONE, fingerprint="i", fault="i")


def test_parts_are_by_dimension_and_add_up() -> None:
    scores = scores_of(1000, [TWO, ONE, OTHER, NEUTRAL])
    assert (ScorePart("accuracy", 2, 10), ScorePart("linguistic", 1, 1)) == scores.parts
    assert (4, 4, 11, 11.0) == (scores.findings, scores.faults, scores.penalty, scores.penalty_per_1000_words)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_a_fault_counts_once_as_its_worst_finding(order: tuple[int, ...]) -> None:
    findings = [replace(TWO, fault="f"), ONE, replace(NEUTRAL, fault="f")]
    scores = scores_of(1000, [findings[number] for number in order])
    assert (3, 1, 5) == (scores.findings, scores.faults, scores.penalty)
    assert (ScorePart("accuracy", 1, 5),) == scores.parts


def test_no_words_no_rates() -> None:
    scores = scores_of(0, [ONE])
    assert (None, None, 5) == (scores.penalty_per_1000_words, scores.length_controlled, scores.penalty)


def test_a_line_with_one_finding_does_not_outweigh_a_page_with_many() -> None:
    line, page = length_controlled(5, 10), length_controlled(100, 2000)
    assert line < page < 1000 * 100 / 2000
    assert pytest.approx(1000 * 5 / 100_000, abs=0.01) == length_controlled(5, 100_000)
    assert PRIOR_RATE == length_controlled(0, 0)
