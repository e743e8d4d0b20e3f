"""LID001 and LID002 on pages, from the identifier to the hits."""

from __future__ import annotations

import pytest

from mtcheck.checks.language.foreign_block import CHECK as FOREIGN_BLOCK
from mtcheck.checks.language.foreign_block import Options as BlockOptions
from mtcheck.checks.language.mixed_language_page import CHECK as MIXED_PAGE
from mtcheck.core.documents import Block, BlockKind, BlockRole, Document
from mtcheck.core.facts import FactRequest, Facts
from mtcheck.core.findings import Hit, Metric, Severity
from mtcheck.core.languages import LANGUAGES, Languages, LanguageShare, LanguageSpan
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.spans import Span
from mtcheck.engines.language_id.provider import LanguagesProvider
from mtcheck.testing import document_from_text, run_check
from mtcheck.text.scripts import script_of
from tests.shared import SHARED, needs_shared

MAIN, SIDE = BlockRole.MAIN, BlockRole.FURNITURE
TEXT = "The harbor council of Varen approved the new ferry line on Tuesday after two years of talks."
FOREIGN = "Первые рейсы начнутся в мае, сообщил глава порта на встрече с жителями острова."

Part = tuple[str, BlockKind, BlockRole, str, str]


def page(*parts: Part) -> tuple[Document, Facts]:
    """Return a document and its languages; a part is a text, kind, role, language, reason."""
    text = "\n".join(part[0] for part in parts)
    blocks, spans, start = [], [], 0
    letters: dict[str, int] = {}
    for words, kind, role, language, reason in parts:
        span = Span(start, start + len(words))
        blocks.append(Block(kind, span, role))
        spans.append(LanguageSpan(span, language, 0.9, reason))
        letters[language] = letters.get(language, 0) + sum(map(str.isalpha, words))
        start += len(words) + 1
    total = sum(letters.values())
    shares = tuple(LanguageShare(language, count / total) for language, count in letters.items())
    foreign = tuple(span for span in spans if span.language != "en")
    languages = Languages("en", shares, tuple(spans), foreign)
    document = Document("page", "page", text, tuple(blocks), OffsetMap.identity(text))
    return document, Facts({LANGUAGES: languages})


def english(text: str = TEXT) -> Part:
    return text, BlockKind.PARAGRAPH, MAIN, "en", ""


def hits(check: object, *parts: Part) -> list[Hit]:
    chosen = MIXED_PAGE if check is MIXED_PAGE else FOREIGN_BLOCK
    document, facts = page(*parts)
    return run_check(chosen, document, facts)


def test_one_foreign_paragraph_in_a_long_page_is_no_mixed_page() -> None:
    paragraph = (FOREIGN, BlockKind.PARAGRAPH, MAIN, "ru", "")
    assert [] == hits(MIXED_PAGE, *[english()] * 8, paragraph)
    assert 1 == len(hits(FOREIGN_BLOCK, *[english()] * 8, paragraph))


def test_foreign_paragraphs_in_the_main_text_make_a_mixed_page() -> None:
    paragraph = (FOREIGN, BlockKind.PARAGRAPH, MAIN, "ru", "")
    document, facts = page(english(), paragraph, *[english()] * 8, paragraph)
    [hit] = run_check(MIXED_PAGE, document, facts)
    assert FOREIGN == hit.span.of(document.text)
    assert hit.severity is None
    assert "English" in hit.message
    assert "Russian" in hit.message
    assert [FOREIGN] == [related.span.of(document.text) for related in hit.related]
    shares = [evidence for evidence in hit.evidence if isinstance(evidence, Metric)]
    assert 1.0 == pytest.approx(sum(share.value for share in shares), abs=1e-3)


def test_the_headline_comes_first() -> None:
    headline = ("Новая линия на остров", BlockKind.HEADLINE, MAIN, "ru", "")
    paragraph = (FOREIGN, BlockKind.PARAGRAPH, MAIN, "ru", "")
    document, facts = page(paragraph, english(), headline, paragraph)
    [hit] = run_check(MIXED_PAGE, document, facts)
    assert headline[0] == hit.span.of(document.text)


def test_a_comment_column_makes_a_mixed_page_of_minor_weight() -> None:
    comments = [(FOREIGN, BlockKind.COMMENT, SIDE, "ru", "user-comment")] * 4
    [hit] = hits(MIXED_PAGE, *[english()] * 8, *comments)
    assert hit.severity is Severity.MINOR
    assert hit.confidence < 0.9
    assert "outside the main text" in hit.message


def test_two_comments_do_not() -> None:
    comments = [(FOREIGN, BlockKind.COMMENT, SIDE, "ru", "user-comment")] * 2
    assert [] == hits(MIXED_PAGE, *[english()] * 2, *comments)


def test_at_most_twenty_other_places_are_named() -> None:
    paragraph = (FOREIGN, BlockKind.PARAGRAPH, MAIN, "ru", "")
    [hit] = hits(MIXED_PAGE, *[english()] * 90, *[paragraph] * 30)
    assert 20 == len(hit.related)


@pytest.mark.parametrize("reason", ["name", "quoted-title", "loanword", "translated-quotation", "too-short"])
def test_reasons_keep_both_checks_silent(reason: str) -> None:
    paragraphs = [(FOREIGN, BlockKind.PARAGRAPH, MAIN, "ru", reason)] * 5
    assert [] == hits(MIXED_PAGE, english(), *paragraphs)
    assert [] == hits(FOREIGN_BLOCK, english(), *paragraphs)


@pytest.mark.parametrize(
    ("kind", "role", "reason", "severity", "named"),
    [
        (BlockKind.PARAGRAPH, MAIN, "", None, "A paragraph is in Russian"),
        (BlockKind.QUOTATION, MAIN, "", None, "A quotation is in Russian"),
        (BlockKind.CAPTION, SIDE, "interface", Severity.MINOR, "A caption is in Russian"),
        (BlockKind.NAVIGATION, SIDE, "interface", Severity.MINOR, "A menu entry is in Russian"),
        (BlockKind.FOOTER, SIDE, "interface", Severity.MINOR, "A line of the footer is in Russian"),
        (BlockKind.COMMENT, SIDE, "user-comment", Severity.NEUTRAL, "A reader's comment is in Russian"),
    ],
)
def test_severity_of_a_foreign_block(
    kind: BlockKind, role: BlockRole, reason: str, severity: Severity | None, named: str
) -> None:
    [hit] = hits(FOREIGN_BLOCK, english(), (FOREIGN, kind, role, "ru", reason))
    assert severity is hit.severity
    assert f"{named} on a page in English" == hit.message
    assert 0.9 == hit.confidence


def test_a_label_among_the_comments_is_no_comment() -> None:
    [hit] = hits(FOREIGN_BLOCK, english(), ("Заголовок материала", BlockKind.COMMENT, SIDE, "ru", "user-comment"))
    assert hit.severity is Severity.MINOR


def test_many_short_labels_are_one_finding() -> None:
    label = ("Войти", BlockKind.NAVIGATION, SIDE, "ru", "interface")
    assert 3 == len(hits(FOREIGN_BLOCK, english(), *[label] * 3))
    [hit] = hits(FOREIGN_BLOCK, english(), *[label] * 40)
    assert 20 == len(hit.related)
    assert hit.message.startswith("40 short labels are in Russian")


def test_part_of_a_block_is_judged_by_its_size() -> None:
    words = "© Photo: Пресс-служба порта"
    long = f"{TEXT} {TEXT} порт"
    document, facts = page(english(words), english(long))
    given = facts[LANGUAGES]
    spans = (Span(9, len(words)), Span(len(document.text) - 4, len(document.text)))
    foreign = tuple(LanguageSpan(span, "ru", 0.8) for span in spans)
    facts = Facts({LANGUAGES: Languages("en", given.shares, given.blocks, foreign)})
    [hit] = run_check(FOREIGN_BLOCK, document, facts)
    assert "Пресс-служба порта" == hit.span.of(document.text)
    assert hit.message.startswith("Part of a paragraph")
    assert 2 == len(run_check(FOREIGN_BLOCK, document, facts, BlockOptions(share=0.01)))


def test_a_page_of_unknown_language_has_no_foreign_blocks() -> None:
    document, facts = page(english(), (FOREIGN, BlockKind.PARAGRAPH, MAIN, "ru", ""))
    given = facts[LANGUAGES]
    facts = Facts({LANGUAGES: Languages("und", given.shares, given.blocks, given.foreign)})
    assert [] == run_check(MIXED_PAGE, document, facts) + run_check(FOREIGN_BLOCK, document, facts)


@needs_shared
def test_the_page_with_a_russian_comment_column_is_mixed() -> None:
    document, facts = shared_page("vpk-ria.txt")
    [hit] = run_check(MIXED_PAGE, document, facts)
    assert "Russian" in hit.message
    russian = [block.span for block in document.blocks if _is_cyrillic(block.span.of(document.text))]
    named = [hit.span, *(related.span for related in hit.related)]
    assert all(any(block.contains(span) for span in named) for block in russian)
    assert all(any(block.contains(span) for block in russian) for span in named)


@needs_shared
def test_the_russian_label_at_the_foot_is_found() -> None:
    document, facts = shared_page("sputnik.txt")
    [hit] = run_check(FOREIGN_BLOCK, document, facts)
    assert len(document.text.rstrip()) == hit.span.end
    assert _is_cyrillic(hit.span.of(document.text))
    assert [] == run_check(MIXED_PAGE, document, facts)


def shared_page(name: str) -> tuple[Document, Facts]:
    """Return one of the shared pages with its languages as the engine tells them."""
    document = document_from_text((SHARED / "pages" / name).read_text(encoding="utf-8"), None)
    [outcome] = LanguagesProvider().provide([FactRequest(document, Facts({}))])
    return document, Facts({LANGUAGES: outcome.value})


def _is_cyrillic(text: str) -> bool:
    return any(script_of(letter) == "Cyrillic" for letter in text)
