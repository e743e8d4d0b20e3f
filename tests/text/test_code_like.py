"""Where a text talks about code."""

from __future__ import annotations

import pytest

from mtcheck.core.documents import Block, BlockKind, Document
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.spans import Span
from mtcheck.testing import document_from_text
from mtcheck.text.code_like import CodeContext, code_spans, is_technical


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In Python, print() writes it; in JavaScript, console.log() does.", True),
        ("Put `a` beside `b` and `c`.", True),
        ("The mayor spoke of Python, the snake in the zoo.", False),
        ("The <br> tag of HTML ends a line; use UTF-8.", True),
        ("The mayor said (on Monday); the price = 5 and the port {old} is shut.", False),
    ],
)
def test_technical_pages(text: str, expected: bool) -> None:
    assert expected is is_technical(document_from_text(text))


def test_a_block_of_code_makes_a_page_technical() -> None:
    text = "x = 1"
    block = Block(BlockKind.CODE, Span(0, len(text)))
    assert is_technical(Document("a", "a", text, (block,), OffsetMap.identity(text)))


def test_code_and_addresses_lie_apart_and_in_order() -> None:
    text = "See `a b`, https://varen.example/?a=1&copy=2, varen.example/x%20y and orlo@varen.example."
    expected = ["`a b`", "https://varen.example/?a=1&copy=2,", "varen.example/x%20y", "orlo@varen.example."]
    assert expected == [span.of(text) for span in code_spans(text)]


def test_context_knows_what_stands_in_code() -> None:
    text = "Write `&nbsp;` and not &nbsp; here."
    context = CodeContext(document_from_text(text))
    assert context.shows_code(Span(7, 13))
    assert not context.shows_code(Span(23, 29))
    assert not context.technical
