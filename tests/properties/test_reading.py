"""Invariant: no bytes make a reader raise, hang or answer twice in two ways; no text is lost between blocks."""

from __future__ import annotations

import gzip
import io
import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from mtcheck.core.documents import Document
from mtcheck.core.errors import InputError
from mtcheck.core.reading import Input, ReadOptions
from mtcheck.core.spans import Span
from mtcheck.readers import read
from mtcheck.readers.encodings import Decoded, EncodingSource
from mtcheck.readers.html import page_of
from mtcheck.readers.markdown import document_of
from mtcheck.text.blocks import plain_blocks

PROPERTY = settings(deadline=None, max_examples=100)

LINES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "",
            "• item",
            "- item",
            "Leave a Reply",
            "© 2026 All rights reserved",
            "02.03.2026 09:15",
            "14",
            "By Ilse Marten",
            "Читайте также",
            "http://a.b",
        ]
    ),
    st.lists(st.sampled_from("harbor порт ميناء 港口 opens. wait, “no” 1986".split()), min_size=1, max_size=40).map(
        " ".join
    ),
)
TEXTS = st.lists(st.tuples(LINES, st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\u2028"])), max_size=20).map(
    lambda lines: "".join(line + end for line, end in lines)
)
RECORDS = st.lists(
    st.one_of(
        st.binary(max_size=40),
        st.sampled_from(
            [
                b'{"text": "a"}',
                b'{"html": "<p>a"}',
                b'{"text": "\\ud800"}',
                b"{",
                b'{"text": ',
                b"[]",
                b'{"id": 1, "text": "\xff"}',
                b'{"text": 1e999}',
                b'{"id": ' + b"9" * 5000 + b"}",
            ]
        ),
    ),
    max_size=8,
).map(b"\n".join)


def answers(data: bytes, *, feed: bool) -> list[Document | InputError]:
    return list(read(Input("-", feed=feed), ReadOptions(), io.BytesIO(data)))


def summary(item: Document | InputError) -> tuple[str, ...]:
    if isinstance(item, InputError):
        return ("error", str(item))
    return ("document", item.doc_id, item.text, item.encoding, repr(item.blocks))


@PROPERTY
@given(st.one_of(st.binary(max_size=200), TEXTS.map(str.encode), RECORDS), st.booleans(), st.booleans())
@example(b"\x1f\x8b", False, False)
@example(b"\xff\xfe\x00\x00", False, False)
@example(b"\xff\xfe\x00", True, False)
@example(b"\x00" * 64, False, False)
@example(b'<meta charset="utf-7">+ADw-', False, False)
def test_reading_never_raises_and_is_deterministic(data: bytes, feed: bool, compressed: bool) -> None:
    data = gzip.compress(data, mtime=0) if compressed else data
    items = answers(data, feed=feed)
    assert items
    assert [summary(item) for item in items] == [summary(item) for item in answers(data, feed=feed)]
    for item in items:
        if isinstance(item, Document):
            assert item.text.encode("utf-8")
            whole = item.offsets.source_span(Span(0, len(item.text)))
            plain = gzip.decompress(data) if compressed else data
            assert whole.end <= len(plain.decode(item.encoding, "replace"))


@PROPERTY
@given(TEXTS)
def test_blocks_of_a_text_hold_all_of_it(text: str) -> None:
    blocks = plain_blocks(text)
    outside: list[str] = []
    end = 0
    for block in blocks:
        content = block.span.of(text)
        assert content == content.strip() != ""
        outside.append(text[end : block.span.start])
        end = block.span.end
    assert re.fullmatch(r"[\s•‣▪◦●○■□·⁃∙*-]*", "".join([*outside, text[end:]]))
    assert blocks == plain_blocks(text)


@PROPERTY
@given(st.text(max_size=200))
def test_any_text_is_some_page_and_some_markdown(text: str) -> None:
    page = page_of(text)
    assert page.offsets.text_length == len(page.text)
    assert page.alignment.main_blocks <= page.alignment.blocks == len(page.blocks)
    made = document_of(Decoded(text, "utf-8", EncodingSource.VALID_UTF8), "a.md", ReadOptions())
    assert made.offsets.text_length == len(made.text)
