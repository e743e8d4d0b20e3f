from __future__ import annotations

from mtcheck.checks.provenance.not_checked import CHECK
from mtcheck.core.documents import Block, BlockKind, BlockRole, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit
from mtcheck.core.languages import LANGUAGES, Languages, LanguageSpan
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.spans import Span
from mtcheck.testing import run_check

INVENTED = "Vobro selim tanu mirek dosal, perim ku lastav undero."
BELARUSIAN_LOOKING = "Ўонда селим тану мирек досал, перим ку ластав ундеро."


def hits(page: str, *blocks: tuple[str, str, str], role: BlockRole = BlockRole.MAIN) -> tuple[Document, list[Hit]]:
    """Run the check on paragraphs given as text, language, reason."""
    text = "\n".join(words for words, _, _ in blocks)
    spans, start = [], 0
    for words, _, _ in blocks:
        spans.append(Span(start, start + len(words)))
        start += len(words) + 1
    document = Document(
        "page", "page", text, tuple(Block(BlockKind.PARAGRAPH, span, role) for span in spans), OffsetMap.identity(text)
    )
    judged = tuple(
        LanguageSpan(span, language, 1.0, reason) for span, (_, language, reason) in zip(spans, blocks, strict=True)
    )
    return document, run_check(CHECK, document, Facts({LANGUAGES: Languages(page, (), judged)}))


def test_blocks_of_one_reason_share_one_hit() -> None:
    document, found = hits(
        "en", ("Read on.", "en", ""), (INVENTED, "und", ""), (INVENTED, "und", ""), (BELARUSIAN_LOOKING, "und", "")
    )
    assert [INVENTED, BELARUSIAN_LOOKING] == [hit.span.of(document.text) for hit in found]
    assert [1, 0] == [len(hit.related) for hit in found]
    assert "2 blocks were not checked" in found[0].message
    assert "Latin" in found[0].message
    assert "Cyrillic" in found[1].message


def test_labels_addresses_and_furniture_are_not_named() -> None:
    assert [] == hits("en", ("Vobro selim", "und", ""))[1]
    assert [] == hits("en", ("https://example.org/a/long/address/of/a/page", "und", "too-short"))[1]
    assert [] == hits("en", (INVENTED, "und", ""), role=BlockRole.FURNITURE)[1]


def test_a_page_of_unknown_language_is_named_once() -> None:
    document, [hit] = hits("und", ("12", "und", "too-short"), ("Vobro", "und", "too-short"), ("ku", "und", "too-short"))
    assert "Vobro" == hit.span.of(document.text)


def test_scripts_without_spaces_count_by_letters() -> None:
    assert 1 == len(hits("en", ("ᠮᠣᠩᠭᠣᠯ" * 10, "und", ""))[1])


def test_a_page_without_letters_has_nothing_to_check() -> None:
    assert [] == hits("und", ("12:30", "und", "too-short"))[1]
