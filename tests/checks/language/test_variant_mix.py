"""LID006: which words tell variants apart, and when a page mixes them."""

from __future__ import annotations

import pytest

from mtcheck.checks.language.variant_mix import CHECK, Options
from mtcheck.core.documents import Block, BlockKind, Document
from mtcheck.core.findings import Hit, Metric
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.spans import Span
from mtcheck.testing import document_from_text, facts_of, run_check
from mtcheck.text.variants import Variants, chinese, english, portuguese
from tests.hang import no_hang


def hits(text: str, language: str, declared: str | None = None, options: Options | None = None) -> list[Hit]:
    document = document_from_text(text, declared)
    return run_check(CHECK, document, facts_of(document, language), options)


@pytest.mark.parametrize(
    ("variants", "text", "sides"),
    [
        (english.VARIANTS, "colour color neighbours neighboring behaviour labor", [0, 1, 0, 1, 0, 1]),
        (english.VARIANTS, "travelled traveled counsellor fueling centre center centred", [0, 1, 0, 1, 0, 1, 0]),
        (english.VARIANTS, "analysed paralyzed organise defence offense", [0, 1, 0, 0, 1]),
        (english.VARIANTS, "laboratory humorous honorary organize meter cancelled theatre dialogue", []),
        (english.VARIANTS, "Defense Labour color-blind", []),
        (portuguese.VARIANTS, "econômico económica gênero género comitê comité", [0, 1, 0, 1, 0, 1]),
        (portuguese.VARIANTS, "ônibus autocarro equipe equipa Moscou Moscovo", [0, 1, 0, 1, 0, 1]),
        (portuguese.VARIANTS, "fato irão casa", []),
        (chinese.VARIANTS, "这這国國后里台", [0, 1, 0, 1]),
        (chinese.VARIANTS, "日本語の", [1]),
    ],
)
def test_telling_words(variants: Variants, text: str, sides: list[int]) -> None:
    assert sides == [use.side for use in variants.find(text)]


BRITISH = "The neighbours analysed the colour of the centre and honoured the programme."


def test_both_sides_are_counted_and_the_rarer_one_is_named() -> None:
    [hit] = hits(f"{BRITISH}\n\nThey favor a gray boat.", "en")
    assert "The page mixes British spelling (6 places) with American spelling (2 places)" == hit.message
    counts = {evidence.label: evidence.value for evidence in hit.evidence if isinstance(evidence, Metric)}
    assert {"British spelling": 6, "American spelling": 2} == counts
    assert 1 == len(hit.related)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (BRITISH, "en"),
        (f"{BRITISH}\n\nThey favor a boat, and favor it still.", "en"),
        (f"{BRITISH}\n\nThey favor a gray boat.", "de"),
        (f"{BRITISH * 8}\n\nThey favor a gray boat.", "en"),
    ],
    ids=["one variant", "one word only", "another language", "a small part"],
)
def test_silent(text: str, language: str) -> None:
    assert [] == hits(text, language)


def test_of_equal_sides_the_declared_one_is_right() -> None:
    text = "The colour is grey.\n\nThe harbor has a new center."
    [hit] = hits(text, "en", "en-US")
    assert hit.span.of(text) == "colour"
    [hit] = hits(text, "en", "en-GB")
    assert hit.span.of(text) == "harbor"
    [hit] = hits(text, "en")
    assert hit.span.of(text) == "harbor"


def test_block_quotations_are_other_peoples_words() -> None:
    own, quoted = BRITISH, "We favor the color gray."
    text = f"{own}\n{quoted}"
    blocks = (
        Block(BlockKind.PARAGRAPH, Span(0, len(own))),
        Block(BlockKind.QUOTATION, Span(len(own) + 1, len(text))),
    )
    document = Document("page", "page", text, blocks, OffsetMap.identity(text))
    assert [] == run_check(CHECK, document, facts_of(document, "en"))


def test_a_long_page_takes_linear_time() -> None:
    with no_hang():
        assert [] == hits("honou" * 40_000, "en")
        assert [] == hits("这" * 100_000, "zh")
