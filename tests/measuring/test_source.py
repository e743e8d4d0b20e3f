"""The figures of ``mtcheck bench source``."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from mtcheck.checks.accuracy import number_mismatch
from mtcheck.core.spans import Span
from mtcheck.measuring.source import (
    MarkedPair,
    alignment_rows,
    area_under_curve,
    hallucination_areas,
    hits_on,
    marked_pairs,
    precision_rows,
)
from tests.shared import SHARED, needs_shared


@pytest.mark.parametrize(
    ("positive", "negative", "area"),
    [((2, 3), (0, 1), 1.0), ((0, 1), (2, 3), 0.0), ((1, 1), (1, 1), 0.5), ((1, 3), (2,), 0.5)],
)
def test_area_under_curve(positive: tuple[float, ...], negative: tuple[float, ...], area: float) -> None:
    assert area == area_under_curve(positive, negative)


def test_area_needs_both_classes() -> None:
    with pytest.raises(ValueError, match="both classes"):
        area_under_curve((1.0,), ())


def test_hits_on_one_pair() -> None:
    document, hits = hits_on(number_mismatch.CHECK, "Es sind 16 Schiffe.", "There are 18 ships.", "de", "en")
    assert [hit.span.of(document.text) for hit in hits] == ["18"]


def pair(number: int, marked: tuple[Span, ...]) -> MarkedPair:
    source = f"Im Jahr 2019 kamen {number} Schiffe in den Hafen."
    target = f"In 2019 {number + 20} ships came to the port."
    return MarkedPair("doc", source, target, "de", "en", marked, bool(marked), bool(marked), is_human=False)


def test_precision_counts_spots_and_sentences() -> None:
    rows = {
        row.label: row.share
        for row in precision_rows((pair(16, (Span(8, 10),)), pair(17, (Span(0, 2),)), pair(18, ())), "x")
    }
    assert (rows["x: ACC006 at a marked spot"].hits, rows["x: ACC006 at a marked spot"].trials) == (1, 3)
    assert rows["x: ACC006 in a sentence with an error"].hits == 2


def test_alignment_of_a_document() -> None:
    words = ("harbor Hafen", "king König", "school Schule", "bread Brot", "water Wasser", "winter Winter")
    pairs = [
        MarkedPair(
            "doc",
            f"Über {other} sprach der Minister lange.",
            f"The minister spoke long about {english}.",
            "de",
            "en",
            (),
            False,
            False,
            False,
        )
        for english, other in (entry.split() for entry in words)
    ]
    shares = [row.share.value for row in alignment_rows(pairs, "x")]
    assert shares[:2] == [1.0, 0.0]


def test_marked_pairs_are_read(tmp_path: Path) -> None:
    record = {
        "set": "s", "doc_id": "d", "lp": "de-en", "source": "Ja.", "target": "Yes.", "is_human": False, "n_errors": 1,
        "spans": [{"start": 0, "end": 3, "severity": "Major"}],
    }  # fmt: skip
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(record).encode()))
    found = [*marked_pairs(path, tuning=True), *marked_pairs(path, tuning=False)]
    assert [(entry.spans, entry.errors, entry.grave) for entry in found] == [((Span(0, 3),), True, True)]


@needs_shared
def test_hallucinations_are_told_by_words_alone() -> None:
    areas = {area.label: area.value for area in hallucination_areas(SHARED / "eval", tuning=True)}
    # The aim of the project's figures; the reporting half is for whoever runs the benchmark.
    assert areas["Guerreiro de-en, any hallucination"] >= 0.85
    assert areas["Guerreiro de-en, fully detached"] >= 0.95
