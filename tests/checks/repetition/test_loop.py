"""Loops beyond the examples: what speech, song and layout repeat, and how many copies make a loop."""

from __future__ import annotations

import gzip
import json

import pytest

from mtcheck.checks.repetition import loop, repeated_word
from mtcheck.core.findings import Hit, Severity
from mtcheck.testing import document_from_text, facts_of, run_check
from tests.shared import SHARED, needs_shared


def hits(text: str, language: str = "en", options: loop.Options | None = None) -> list[Hit]:
    document = document_from_text(text, language)
    return run_check(loop.CHECK, document, facts_of(document, language), options)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He sold boat boat boat in May.", "boat boat boat"),
        ("The old man-man-man-man-man came.", "man-man-man-man-man"),
        ("The WhiteWhiteWhiteWhite boat came.", "WhiteWhiteWhiteWhite"),
        ("Boats of Val di Nera, Val di Nera, Val di Nera came.", "Val di Nera, Val di Nera, Val di Nera"),
        ("We gave it to the in the in the port.", "the in the in the"),
        ("It fell on July 13 13 13 13.", "13 13 13 13"),
        ("They were tested again again again again.", "again again again again"),
        ("She wrote “Old Sea Songs” and “Old Sea Songs.”", "Old Sea Songs” and “Old Sea Songs"),
    ],
)
def test_loops(text: str, expected: str) -> None:
    assert [expected] == [hit.span.of(text) for hit in hits(text)]


@pytest.mark.parametrize(
    "text",
    [
        "“Strike, strike, strike,” they called. “No no no no!” Goal! Goal! Goal! Goal!",
        "Hours and hours and hours, step by step by step, over and over and over again.",
        "It is what it is, not what it is not; a boat is a boat is a boat.",
        "They will support him, and support him gladly. Old boats, or old boats from Varen.",
        "The Old Sea League (the Old Sea League) met.",
        "Varen | Varen | Varen | Nera | Nera | Nera",
        "1, 1, 1, 2 2 2 2 3 and 5-4 5-4 5-4",
        "Row, row, row your boat; very very very late; bla bla bla bla bla",
        "He said “and drive it and drive it and drive it” at noon.",
        "The talks failed The talks",
    ],
)
def test_what_repeats_on_purpose(text: str) -> None:
    assert [] == [hit.span.of(text) for hit in hits(text)]


def test_lines_of_a_song_are_no_loop() -> None:
    assert [] == hits("Come home to Varen\nCome home to Varen\nCome home to Varen")


def test_more_copies_weigh_more_and_the_first_is_related() -> None:
    (few,), (many,) = hits("A to the to the port."), hits("A boat boat boat boat.")
    assert (Severity.MINOR, Severity.MAJOR) == (few.severity, many.severity)
    assert "“boat” is said 4 times in a row" == many.message
    assert ["boat"] == [related.span.of("A boat boat boat boat.") for related in many.related]


def test_options_set_how_many_copies_make_a_loop() -> None:
    text = "He sold boat boat boat in May."
    assert [] == hits(text, options=loop.Options(word_copies=4))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("There were no boats for weeks, and the rain, the rain, the rain.", []),
        ("Il n'y avait que la pluie, la pluie, la pluie.", []),
        (
            "The crew brought the cold rain, the cold rain, the cold rain.",
            ["the cold rain, the cold rain, the cold rain"],
        ),
        ("‘It was cold, and the cold rain, the cold rain, the cold rain,’ he said.", []),
        ("'The cold rain, the cold rain, the cold rain,' he said. 'Rock 'n' roll.'", []),
        (
            "‘It was cold,’ he said of the ’90s, the cold rain, the cold rain, the cold rain.",
            ["the cold rain, the cold rain, the cold rain"],
        ),
        (
            "The workers' hall of '94 got the cold rain, the cold rain, the cold rain.",
            ["the cold rain, the cold rain, the cold rain"],
        ),
    ],
)
def test_rhetoric_says_things_three_times(text: str, found: list[str]) -> None:
    assert found == [hit.span.of(text) for hit in hits(text)]


def repeats(text: str) -> bool:
    """Tell whether one of the two checks of repeated words fires."""
    document = document_from_text(text)
    facts = facts_of(document)
    return any(run_check(check, document, facts) for check in (repeated_word.CHECK, loop.CHECK))


@needs_shared
@pytest.mark.parametrize("phenomenon", ["minor_id1_repeat2", "minor_id2_repeat4"])
def test_repetition_phenomena_of_demetr(phenomenon: str) -> None:
    with gzip.open(SHARED / "eval/challenge/demetr.x-en.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["phenomenon"] == phenomenon]
    assert sum(repeats(row["perturbed"]) for row in rows) / len(rows) >= 0.99
    assert sum(repeats(row["human"]) or repeats(row["mt"]) for row in rows) / len(rows) <= 0.005


@needs_shared
def test_oscillation_of_the_guerreiro_corpus() -> None:
    with gzip.open(SHARED / "eval/hallucination/lfan_hall.de-en.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    fired = [row["repetitions"] for row in rows if repeats(row["mt"])]
    assert sum(fired) / len(fired) >= 0.9
    assert sum(fired) / sum(row["repetitions"] for row in rows) >= 0.6
