"""CON001 beyond its examples: which side is blamed, and what keeps two sentences apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mtcheck.checks.consistency.restatement_contradicts import CHECK
from mtcheck.core.documents import BlockRole, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Comparison, Hit
from mtcheck.core.languages import LANGUAGES
from mtcheck.testing import document_from_text, one_language, run_check
from mtcheck.text.restatements import RESTATEMENTS, restatements_of
from mtcheck.text.sentences import SENTENCES, sentences_of
from tests.shared import SHARED, needs_shared


def hits(text: str, language: str = "en") -> tuple[Document, list[Hit]]:
    document = document_from_text(text, language)
    return document, hits_of(document, language)


def hits_of(document: Document, language: str = "en") -> list[Hit]:
    languages = one_language(document, language)
    sentences = sentences_of(document, Facts({LANGUAGES: languages}))
    restatements = restatements_of(document, Facts({SENTENCES: sentences}))
    return run_check(CHECK, document, Facts({SENTENCES: sentences, RESTATEMENTS: restatements}))


def test_the_side_with_fewer_voices_is_blamed() -> None:
    text = (
        "The parliament in Varen rejected the harbor treaty on Monday.\n\n"
        "The parliament in Varen approved the harbor treaty on Monday, said the speaker.\n\n"
        "On Monday the parliament in Varen approved the new harbor treaty."
    )
    _, (hit,) = hits(text)
    assert hit.span.of(text) == "rejected"
    assert hit.related[0].span.of(text) == "approved"


def test_both_sentences_are_shown_with_the_opposed_words() -> None:
    text = "The parliament in Varen approved the treaty.\n\nThe parliament in Varen rejected the treaty on Monday."
    _, (hit,) = hits(text)
    comparison = hit.evidence[0]
    assert isinstance(comparison, Comparison)
    assert [span.of(comparison.left) for span in comparison.left_highlights] == ["rejected"]
    assert [span.of(comparison.right) for span in comparison.right_highlights] == ["approved"]


@pytest.mark.parametrize(
    "second",
    [
        "Will the parliament in Varen reject the harbor treaty on Monday?",
        "The parliament in Varen did not reject the harbor treaty on Monday.",
        "The parliament in Varen had rejected the harbor treaty in 1998, officials said.",
        "Unlike Ostia, the parliament in Varen rejected the harbor treaty.",
        "The parliament in Ostia rejected the harbor treaty on Tuesday.",
        "Children rejected the cake at the harbor.",
        "The parliament in Varen first rejected and then approved the harbor treaty.",
    ],
)
def test_what_tells_two_statements_apart(second: str) -> None:
    text = f"The parliament in Varen approved the harbor treaty on Monday, 12 May.\n\n{second}"
    assert hits(text)[1] == []


def test_page_furniture_takes_no_part() -> None:
    document, found = hits(
        "The parliament in Varen approved the treaty.\n\nThe parliament in Varen rejected the treaty on Monday."
    )
    assert len(found) == 1
    first, second = document.blocks
    furniture = replace(document, blocks=(first, replace(second, role=BlockRole.FURNITURE)))
    assert hits_of(furniture) == []


@needs_shared
def test_the_sample_page_whose_summary_turns_the_sense_round() -> None:
    text = (SHARED / "pages" / "sana-lavrov.txt").read_text("utf-8")
    _, (hit,) = hits(text)
    assert hit.span.of(text) == "a point of improvement"
    assert hit.related[0].span.of(text) == "a critical and dangerous point"


@needs_shared
@pytest.mark.parametrize("name", ["efe-russia-us", "iz-blinken", "sputnik", "vpk-ria"])
def test_sample_pages_that_do_not_contradict_themselves(name: str) -> None:
    text = (SHARED / "pages" / f"{name}.txt").read_text("utf-8")
    assert hits(text)[1] == []
