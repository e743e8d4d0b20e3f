"""CON002, CON003 and CON008 beyond their examples: which side is blamed, and what keeps two sentences apart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mtcheck.checks.consistency.date_contradicts import CHECK as DATES
from mtcheck.checks.consistency.negation_contradicts import CHECK as NEGATION
from mtcheck.checks.consistency.number_contradicts import CHECK as NUMBERS
from mtcheck.core.checks import Check
from mtcheck.core.findings import Comparison, Hit
from mtcheck.testing import document_from_text, facts_of, run_check
from tests.hang import no_hang
from tests.shared import SHARED, needs_shared

NUMBER = "{} ships left the port of Varen after the storm"
VERB = "The parliament in Varen {} the harbor treaty"


def hits(check: Check[Any], *sentences: str) -> list[tuple[str, Hit]]:
    text = "\n\n".join(sentence if sentence.endswith("?") else f"{sentence}." for sentence in sentences)
    document = document_from_text(text)
    return [(hit.span.of(text), hit) for hit in run_check(check, document, facts_of(document))]


def test_the_side_that_fewer_sentences_support_is_blamed() -> None:
    found = hits(NUMBERS, NUMBER.format(21), NUMBER.format(12), NUMBER.format("Twelve") + ", the mayor said")
    assert ["21"] == sorted({text for text, _ in found})


def test_the_evidence_marks_both_numbers() -> None:
    ((_, hit),) = hits(NUMBERS, NUMBER.format(12), NUMBER.format(21))
    comparison = hit.evidence[0]
    assert isinstance(comparison, Comparison)
    assert ["21"] == [span.of(comparison.left) for span in comparison.left_highlights]
    assert ["12"] == [span.of(comparison.right) for span in comparison.right_highlights]


@pytest.mark.parametrize(
    "other",
    [
        "Another 21 ships left the port of Varen after the storm",
        "21 of the ships left the port of Varen after the storm",
        "21 boats left the port of Varen after the storm",
        "Between 10 and 21 people saw that 12 ships left the port of Varen after the storm",
        "10 to 21 ships left the port of Varen after the storm",
        "Previously 21 ships left the port of Varen after the storm",
        "Did 21 ships leave the port of Varen after the storm?",
        "21 ships left the port of Ostia after the storm",
    ],
)
def test_another_quantity_is_no_contradiction(other: str) -> None:
    assert [] == hits(NUMBERS, NUMBER.format(12), other)


def test_a_negation_is_blamed_where_others_lack_it() -> None:
    found = hits(NEGATION, VERB.format("ratified"), VERB.format("has not ratified"), VERB.format("has ratified"))
    assert ["not ratified"] == sorted({text for text, _ in found})


@pytest.mark.parametrize(
    "other",
    [
        "The parliament in Varen has not yet ratified the harbor treaty",
        "The parliament in Varen has ratified not the forest treaty but the harbor treaty",
        "If the parliament in Varen has not ratified the harbor treaty",
        "The parliament in Ostia has not ratified the harbor treaty",
        "The parliament in Varen has not failed: it ratified the harbor treaty",
    ],
)
def test_another_statement_is_no_contradiction(other: str) -> None:
    assert [] == hits(NEGATION, VERB.format("ratified"), other)


def test_a_date_without_a_year_is_taken_for_the_one_nearest_to_publication() -> None:
    text = "The treaty was signed on Monday, 14 May in the port of Varen."
    document = document_from_text(text)
    assert [] == run_check(DATES, document, facts_of(document))
    published = replace(document, published="2024-05-15T09:30:00+00:00")
    (hit,) = run_check(DATES, published, facts_of(published))
    assert "Monday, 14 May" == hit.span.of(text)
    assert "this date in 2024 is a Tuesday, not a Monday" == hit.message
    other_year = replace(document, published="2018-05-15")
    assert [] == run_check(DATES, other_year, facts_of(other_year))


@needs_shared
@pytest.mark.parametrize("check", [NUMBERS, NEGATION, DATES], ids=lambda check: check.code)
def test_sample_pages_raise_nothing(check: Check[Any]) -> None:
    for path in sorted((SHARED / "pages").glob("*.txt")):
        document = document_from_text(path.read_text("utf-8"))
        assert [] == [hit.message for hit in run_check(check, document, facts_of(document))], path.name


@pytest.mark.parametrize("sentence", ["12 ships not 13 ships ", "1 ", "not left "])
def test_hostile_text_takes_linear_time(sentence: str) -> None:
    text = f"{sentence * 1000}.\n\n{sentence * 1001}."
    document = document_from_text(text)
    facts = facts_of(document)
    with no_hang():
        for check in (NUMBERS, NEGATION, DATES):
            run_check(check, document, facts)


def test_what_both_sentences_deny_is_no_contradiction() -> None:
    denied = (
        "The arrest of the pilot in Varen was led by the coast guard and is not linked to the harbor inquiry report"
    )
    assert [] == hits(NEGATION, denied, f"He had no news, and {denied[0].lower()}{denied[1:]}")
    assert [] != hits(NEGATION, denied, denied.replace("not linked", "linked"))
