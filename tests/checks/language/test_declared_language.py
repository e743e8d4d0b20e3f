"""LID005: what counts as the same language, how much text it takes, and labels of single blocks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mtcheck.checks.language.declared_language import CHECK
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Note
from mtcheck.core.languages import LANGUAGES, Languages, LanguageShare, LanguageSpan, languages_by_block
from mtcheck.core.reading import ReadOptions
from mtcheck.readers.encodings import decode
from mtcheck.readers.html import document_of
from mtcheck.testing import document_from_text, run_check

SENTENCE = (
    "The harbor council of Varen approved the new ferry line on Tuesday after two years of talks with the island. "
)
TEXT = SENTENCE * 3
LONG = SENTENCE * 9


def found(
    declared: str | None,
    identified: str,
    text: str = TEXT,
    expected: str | None = None,
    other: str = "",
    share: float = 0.0,
) -> list[Hit]:
    document = replace(document_from_text(text, declared), expected_language=expected)
    languages = languages_by_block(identified)(document)
    if other:
        languages = replace(languages, shares=(LanguageShare(identified, 1 - share), LanguageShare(other, share)))
    return run_check(CHECK, document, Facts({LANGUAGES: languages}))


@pytest.mark.parametrize(
    ("declared", "identified"),
    [
        (None, "en"),
        ("en", "en"),
        ("en-GB", "en"),
        ("EN_us", "en"),
        ("English", "en"),
        ("zh-Hans", "zh"),
        ("zh-TW", "zh"),
        ("yue", "zh"),
        ("no", "no"),
        ("nb", "no"),
        ("nn-NO", "no"),
        ("sr-Latn", "hr"),
        ("sr", "mk"),
        ("bs", "hr"),
        ("ms", "id"),
        ("iw", "he"),
        ("fil", "tl"),
        ("x-default", "en"),
        ("mul", "en"),
        ("und", "en"),
        ("", "en"),
        ("klingon tongue", "en"),
        ("be", "ru"),
        ("gl", "pt"),
        ("kk", "ru"),
        ("en", "und"),
    ],
)
def test_labels_that_are_right_or_cannot_be_judged(declared: str | None, identified: str) -> None:
    assert [] == found(declared, identified, LONG)


@pytest.mark.parametrize(
    ("declared", "identified", "clause"),
    [
        ("de", "en", "it declares German (de)"),
        ("ar-EG", "en", "it declares Arabic (ar-EG)"),
        ("German", "en", "it declares German (German)"),
        ("en", "ru", "it declares English (en)"),
        ("jp", "ja", "it declares jp (the code of a country; that of Japanese is ja)"),
        ("ua", "uk", "it declares ua (the code of a country; that of Ukrainian is uk)"),
        ("cz", "en", "it declares Czech (cz)"),
    ],
)
def test_wrong_labels(declared: str, identified: str, clause: str) -> None:
    [hit] = found(declared, identified)
    assert hit.message.endswith(clause)
    assert declared in [evidence.text for evidence in hit.evidence if isinstance(evidence, Note)]


def test_what_the_caller_expects_counts_too() -> None:
    [hit] = found(None, "en", expected="fr")
    assert "The page is in English, but French (fr) was expected" == hit.message
    [hit] = found("de", "en", expected="fr")
    assert "The page is in English, but it declares German (de) and French (fr) was expected" == hit.message
    assert [] == found("en", "en", expected="en-GB")


def test_it_takes_enough_text_and_more_of_it_between_close_languages() -> None:
    assert [] == found("de", "en", "The harbor is closed.")
    assert [] == found("pt", "es", TEXT)
    assert 1 == len(found("pt", "es", LONG))
    assert 1 == len(found("en", "zh", "港口委员会星期二批准了新的渡轮航线，市长说票价会比公共汽车便宜。" * 2))


@pytest.mark.parametrize(
    ("other", "share", "expected"), [("de", 0.15, 1), ("de", 0.3, 0), ("fr", 0.35, 1), ("fr", 0.45, 0)]
)
def test_a_mixed_page_may_declare_either_language(other: str, share: float, expected: int) -> None:
    assert expected == len(found("de", "en", other=other, share=share))


def html(source: str) -> Document:
    return document_of(decode(source.encode(), "page.html", markup=True), "page.html", ReadOptions())


def judged(document: Document, *languages: str, confidence: float = 0.99, reason: str = "") -> list[Hit]:
    spans = tuple(
        LanguageSpan(block.span, language, confidence, reason)
        for block, language in zip(document.blocks, languages, strict=True)
    )
    return run_check(CHECK, document, Facts({LANGUAGES: Languages("en", (LanguageShare("en", 1.0),), spans)}))


def test_a_block_that_is_marked_with_another_language_than_its_own() -> None:
    document = html(f'<html lang="en"><body><p>{SENTENCE}</p><p lang="fr">{SENTENCE}</p><p lang="fr">{SENTENCE}</p>')
    [hit] = judged(document, "en", "en", "en")
    assert "2 blocks are marked as French (lang=fr), but stand in English" == hit.message
    assert document.blocks[1].span == hit.span
    assert [document.blocks[2].span] == [related.span for related in hit.related]
    assert [] == judged(document, "en", "fr", "fr")
    assert [] == judged(document, "en", "und", "und")
    assert [] == judged(document, "en", "en", "en", confidence=0.8)
    assert [] == judged(document, "en", "en", "en", reason="too-short")


def test_blocks_that_inherit_the_pages_label_are_the_pages_affair() -> None:
    document = html(f'<html lang="de"><body><p>{SENTENCE}</p><p>{SENTENCE}</p>')
    [hit] = judged(document, "en", "en")
    assert "The page is in English, but it declares German (de)" == hit.message


def test_a_short_block_is_not_judged() -> None:
    document = html(f'<html lang="en"><body><p>{SENTENCE}</p><p lang="fr">Press here to read on</p>')
    assert [] == judged(document, "en", "en")
