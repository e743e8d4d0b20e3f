"""What holds of every check on text alone added with the scoring modules: no crash, hits inside blocks, the same twice, linear."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtcheck.checks.encoding import broken_link_markup, right_to_left_block
from mtcheck.checks.fluency import agreement_residue, calque, fragment, fused_clauses
from mtcheck.checks.repetition import character_run, truncated_sentence
from mtcheck.checks.typography import (
    locale_quotation_marks,
    lower_case_start,
    number_format_locale,
    stray_sign,
    title_case_residue,
    wrong_script_punctuation,
)
from mtcheck.core.checks import Check
from mtcheck.core.facts import Facts
from mtcheck.core.languages import LANGUAGES
from mtcheck.testing import document_from_text, facts_of, one_language, run_check
from mtcheck.text.quotations import QUOTATIONS
from mtcheck.text.sentences import SENTENCES, Sentence
from tests.hang import no_hang

CHECKS: tuple[Check[Any], ...] = tuple(
    module.CHECK
    for module in (
        broken_link_markup, right_to_left_block, agreement_residue, calque, fragment, fused_clauses, character_run,
        truncated_sentence, lower_case_start, number_format_locale, stray_sign, title_case_residue,
        wrong_script_punctuation,
    )
)  # fmt: skip
PIECES = [
    "the ", "The ", "port ", "port, ", "aaaaaaaaaaaa", "nanananana", ",,,,", "،", "，", "?", "م ", "موانئ", "研究", "3,5 million ", "1.250.000 ",
    "US $3", "[a] (http:", "[[b|c]]", "</ a>", "https: //x.org ", "www. a. com ", "over_ ", "fund- ", "these country ", "they is ",
    ", it was ", "Although ", ", but ", "on the territory of ", "\n\n", "\n", ". ", "\ud800", "\x00", "\u202e", "\U0001f680", "É", "ß",
    "23th ", "Signed The Of In ", "“", "”", "| ", "~ ",
]  # fmt: skip
HOSTILE = [
    "a" * 200_000,
    "ab" * 100_000,
    "a " * 100_000,
    "[" * 100_000,
    "< a " * 50_000,
    "1,2" * 60_000,
    "https: " * 30_000,
    ", it " * 40_000,
    "Because " + "x" * 100_000,
]


@pytest.mark.parametrize("language", ["en", "ar", "de"])
@settings(max_examples=40, deadline=None)
@given(
    st.one_of(st.text(alphabet=st.characters(codec=None)), st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
)
def test_any_text(language: str, text: str) -> None:
    document = document_from_text(text)
    sentences = tuple(Sentence(block.span, number, language) for number, block in enumerate(document.blocks))
    facts = Facts({LANGUAGES: one_language(document, language), SENTENCES: sentences})
    for check in CHECKS:
        hits = run_check(check, document, facts)
        for hit in hits:
            block = document.block_at(hit.span.start)
            assert block is not None
            assert block.span.contains(hit.span)
        assert hits == run_check(check, document, facts)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:6])
def test_hostile_text_takes_linear_time(text: str) -> None:
    document = document_from_text(text)
    sentences = tuple(Sentence(block.span, number, "en") for number, block in enumerate(document.blocks))
    facts = Facts({LANGUAGES: one_language(document, "en"), SENTENCES: sentences})
    for check in CHECKS:
        with no_hang():
            run_check(check, document, facts)


def test_a_page_in_its_own_marks_has_no_foreign_quotation_marks() -> None:
    text = "Der Rat sagte: “Ja.” Und dann: „Nein.“ Und zuletzt: “Vielleicht.”"
    document = document_from_text(text, "de")
    hits = run_check(locale_quotation_marks.CHECK, document, facts_of(document, "de"))
    assert ["“Ja.”"] == [hit.span.of(text) for hit in hits]
    assert ["“Vielleicht.”"] == [related.span.of(text) for related in hits[0].related]
    assert 1 == sum(
        quotation.span.of(text) == "„Nein.“" for quotation in facts_of(document, "de")[QUOTATIONS].quotations
    )


def test_a_language_that_was_not_measured_is_left_alone() -> None:
    text = "Haven ble åpnet i går, det var sent. These country is more better."
    document = document_from_text(text, "no")
    facts = facts_of(document, "no")
    for module in (
        agreement_residue,
        fused_clauses,
        fragment,
        lower_case_start,
        title_case_residue,
        number_format_locale,
    ):
        assert [] == run_check(module.CHECK, document, facts)
