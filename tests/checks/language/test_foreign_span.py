"""LID003: which words are reported, which are left to LID002, and which are explained."""

from __future__ import annotations

import pytest

from mtcheck.checks.language.foreign_block import CHECK as FOREIGN_BLOCK
from mtcheck.checks.language.foreign_span import CHECK, Options
from mtcheck.core.documents import Block, BlockKind, BlockRole, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Passage, Severity
from mtcheck.core.languages import LANGUAGES, Languages, languages_with_spans
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.spans import Span
from mtcheck.testing import document_from_text, facts_of, run_check
from tests.hang import no_hang

FRAME = (
    "The harbor council approved the ferry line, but {} wait for the timetable, the mayor told reporters on Tuesday."
)


def hits(
    words: str,
    language: str = "ru",
    frame: str = FRAME,
    reason: str = "",
    confidence: float = 0.99,
    check: object = CHECK,
) -> tuple[Document, list[Hit]]:
    document = document_from_text(frame.replace("{}", words))
    given = languages_with_spans("en", {words: language}, reason, confidence)(document)
    chosen = CHECK if check is CHECK else FOREIGN_BLOCK
    return document, run_check(chosen, document, facts_of(document, given={LANGUAGES: given}))


def test_a_word_of_another_script_is_found_with_its_sentence() -> None:
    document, [hit] = hits("паромщики")
    assert "паромщики" == hit.span.of(document.text)
    assert "This word is in Russian, inside a sentence in English" == hit.message
    [passage] = [evidence for evidence in hit.evidence if isinstance(evidence, Passage)]
    assert document.text == passage.text
    assert ["паромщики"] == [span.of(passage.text) for span in passage.highlights]


@pytest.mark.parametrize("reason", ["name", "quoted-title", "loanword", "translated-quotation", "too-short"])
def test_reasons_keep_it_silent(reason: str) -> None:
    assert [] == hits("паромщики", reason=reason)[1]


@pytest.mark.parametrize(
    ("words", "language", "confidence", "expected"),
    [
        ("warten noch immer auf", "de", 0.99, 1),
        ("warten noch immer auf", "de", 0.9, 0),
        ("Hafenmeister", "de", 0.99, 1),
        ("Hafenmeister", "de", 0.9, 0),
        ("a la mi", "es", 0.99, 0),
        ("да", "ru", 0.99, 0),
        ("порт", "und", 0.99, 0),
        ("雨", "zh", 0.99, 1),
        ("गांव", "hi", 0.99, 1),
    ],
)
def test_words_in_the_pages_own_letters_must_be_certain(
    words: str, language: str, confidence: float, expected: int
) -> None:
    assert expected == len(hits(words, language, confidence=confidence)[1])


@pytest.mark.parametrize("bracket", [" (ferrymen)", "” (ferrymen)", "（ferrymen）", " [ferrymen]"])
def test_a_word_that_is_explained_in_brackets_is_minor(bracket: str) -> None:
    document = document_from_text(FRAME.replace("{}", "паромщики" + bracket))
    given = languages_with_spans("en", {"паромщики": "ru"})(document)
    [hit] = run_check(CHECK, document, facts_of(document, given={LANGUAGES: given}))
    assert Severity.MINOR is hit.severity


@pytest.mark.parametrize(("words", "expected"), [("港", 1), ("港口", 1), ("порт", 1), ("да", 0)])
def test_one_east_asian_sign_is_enough(words: str, expected: int) -> None:
    assert expected == len(hits(words, "zh" if words[0] == "港" else "ru")[1])


def test_every_stretch_is_reported_by_one_of_the_two_checks() -> None:
    for words in (
        "паромщики",
        "паромщики острова",
        "паромщики большого острова",
        "паромщики большого острова уже давно",
    ):
        reported = [len(hits(words, check=check)[1]) for check in (CHECK, FOREIGN_BLOCK)]
        assert 1 == sum(reported), words
    assert [0, 1] == reported


def test_the_same_words_again_are_places_of_one_finding() -> None:
    document, [hit] = hits("паромщики", frame=" ".join([FRAME] * 30))
    assert Options().places == len(hit.related)
    assert {"паромщики"} == {related.span.of(document.text) for related in hit.related}


def test_outside_the_main_text_only_sentences_count() -> None:
    def found(text: str) -> list[Hit]:
        document = Document(
            "page",
            "page",
            text,
            (Block(BlockKind.LABEL, Span(0, len(text)), BlockRole.FURNITURE),),
            OffsetMap.identity(text),
        )
        given: Languages = languages_with_spans("en", {"отдел": "ru"}, "interface")(document)
        return run_check(CHECK, document, facts_of(document, given={LANGUAGES: given}))

    assert [] == found("Old harbor bread with butter and sugar отдел")
    [hit] = found("Old harbor bread is sold at the отдел of the harbor market.")
    assert Severity.MINOR is hit.severity


def test_a_page_of_unknown_language_has_no_foreign_words() -> None:
    document = document_from_text(FRAME)
    empty = Languages("und", (), ())
    facts = Facts({LANGUAGES: empty, **{fact: () for fact in CHECK.needs if fact is not LANGUAGES}})
    assert [] == run_check(CHECK, document, facts)


def test_a_long_block_with_thousands_of_stretches_takes_linear_time() -> None:
    with no_hang():
        _, found = hits("порт", frame="The {} is open and nobody knows it yet, " * 8_000)
    assert 1 == len(found)
