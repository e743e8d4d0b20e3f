"""CON007: wordings that a glossary rules out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtcheck.checks.consistency.glossary_violation import CHECK
from mtcheck.core.findings import Note
from mtcheck.core.references import GLOSSARY, GlossaryEntry
from mtcheck.testing import document_from_text, facts_of, run_check
from tests.hang import no_hang


def found(
    text: str, *entries: GlossaryEntry, source: str | None = None, source_language: str | None = None
) -> list[str]:
    document = replace(document_from_text(text), source=source, source_language=source_language)
    hits = run_check(CHECK, document, facts_of(document, given={GLOSSARY: entries}))
    return [hit.span.of(text) for hit in hits]


def entry(use: str, *avoid: str, language: str = "en", **values: Any) -> GlossaryEntry:
    return GlossaryEntry(language, use, avoid, **values)


@pytest.mark.parametrize(
    ("text", "use", "avoid", "expected"),
    [
        ("The dock is old.", "pier", "dock", ["dock"]),
        ("Docks and DOCK and docking.", "pier", "dock", ["DOCK"]),
        ("Docks and docking.", "pier", "dock*", ["Docks", "docking"]),
        ("The Sea Office and the sea office.", "Harbor Ministry", "Sea Office", ["Sea Office"]),
        ("An old dock  wall stands.", "pier wall", "dock wall", ["dock  wall"]),
        ("The pier dock is the pier.", "pier dock", "dock", []),
        ("A dock is no pier dock.", "pier dock", "dock", ["dock"]),
        ("Paddocks.", "pier", "dock", []),
    ],
)
def test_whole_words_are_compared(text: str, use: str, avoid: str, expected: list[str]) -> None:
    assert expected == found(text, entry(use, avoid))


def test_the_longest_wording_counts_once() -> None:
    assert ["dock wall"] == found("A dock wall.", entry("pier", "dock"), entry("pier wall", "dock wall"))


def test_an_entry_holds_for_its_own_language() -> None:
    assert [] == found("The dock is old.", entry("pier", "dock", language="de"))
    assert ["dock"] == found("The dock is old.", entry("pier", "dock", language="en-gb"))


def test_an_entry_for_a_source_term_needs_that_term_in_the_source() -> None:
    term = entry("pier", "dock", source_language="es", source="muelle*")
    assert [] == found("The dock is old.", term)
    assert [] == found("The dock is old.", term, source="El puerto es viejo.", source_language="es")
    assert [] == found("The dock is old.", term, source="Los muelles son viejos.", source_language="it")
    assert ["dock"] == found("The dock is old.", term, source="Los muelles son viejos.", source_language="es")


def test_the_finding_says_what_to_use_and_where_that_is_written() -> None:
    term = entry("pier", "dock", note="statute of 2029", file="glossary.tsv", line=4)
    document = document_from_text("The dock is old.")
    (hit,) = run_check(CHECK, document, facts_of(document, given={GLOSSARY: (term,)}))
    assert "The glossary has “pier”, not “dock”" == hit.message
    assert Note("where the entry stands", "glossary.tsv:4") in hit.evidence
    assert Note("what the glossary says", "statute of 2029") in hit.evidence


def test_page_furniture_is_not_judged() -> None:
    assert [] == found("The pier is old and was built by hand.\n\nRelated Articles\n\nDock", entry("pier", "dock"))


@given(st.text(max_size=60), st.text(min_size=1, max_size=8))
def test_any_text_and_any_wording_are_compared(text: str, avoid: str) -> None:
    for wording in found(text, entry("pier", avoid)):
        assert wording in text


def test_a_large_glossary_and_a_long_page_end() -> None:
    entries = [entry("pier", f"dock{number} wall") for number in range(5_000)]
    with no_hang():
        assert [] == found("dock wall " * 5_000, *entries)
