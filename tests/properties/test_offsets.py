"""Invariant: the place of a finding in the original file, decoded as its format decodes, is the finding's text."""

from __future__ import annotations

import html
import io
import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from mtcheck.core.documents import Document
from mtcheck.core.offsets import LineIndex
from mtcheck.core.reading import Input, ReadOptions
from mtcheck.core.spans import Span
from mtcheck.readers import read
from mtcheck.readers.html_stream import stream_of
from mtcheck.readers.html_tokens import TokenKind, tokens, unescape
from mtcheck.readers.json_strings import mapped_string, members_of

PROPERTY = settings(deadline=None, max_examples=150)

# Letters and signs that have broken offsets elsewhere: astral, combining, right-to-left, joined, invisible, line ends.
CHARACTERS = st.one_of(
    st.sampled_from(
        [
            *"abc xyz.,“”«»'\"",
            "é",
            "e\u0301",
            "ж",
            "ш",
            "ع",
            "ש",
            "\u200f",
            "中",
            "😀",
            "👩\u200d👧",
            "\u00a0",
            "\r\n",
            "\n",
            "\t",
            "𝒳",
        ]
    ),
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00<>&"),
)
WORDS = st.lists(CHARACTERS, max_size=12).map("".join)
REFERENCES = st.sampled_from(
    [
        "&amp;",
        "&lt;",
        "&#8220;",
        "&#x1F600;",
        "&nbsp;",
        "&eacute;",
        "&copy",
        "&notit;",
        "&unknown;",
        "&NotEqualTilde;",
        "& ",
        "&#0;",
        "&;",
    ]
)
INLINE = st.sampled_from(["b", "i", "span", 'span lang="ru"', "a href='x>y'", 'em class="byline"', "font"])
BLOCK = st.sampled_from(["p", "div", "h1", "li", "td", "blockquote", 'p dir="rtl"', "section", "pre"])


def element(start: st.SearchStrategy[str], inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda tag, text, closed: f"<{tag}>{text}" + (f"</{tag.split()[0]}>" if closed else ""),
        start,
        inner,
        st.booleans(),
    )


PHRASES = st.recursive(
    st.one_of(
        WORDS,
        REFERENCES,
        st.sampled_from(["<br>", "<br/>", "<!-- gone -->", "<wbr>", "< ", "<3", "<script>if (a < b) 'x'</script>"]),
    ),
    lambda inner: element(INLINE, st.lists(inner, max_size=4).map("".join)),
    max_leaves=8,
)
PAGES = st.recursive(
    PHRASES,
    lambda inner: element(BLOCK, st.lists(inner, max_size=4).map("".join)),
    max_leaves=25,
)
# Pieces of markup in any order: what no page should hold and some do.
SOUP = st.lists(
    st.one_of(
        WORDS,
        REFERENCES,
        st.sampled_from(
            [
                "<",
                ">",
                "</",
                "<!",
                "<!--",
                "-->",
                "--!>",
                "<![CDATA[",
                "]]>",
                "<?",
                "<p",
                "<p>",
                "</p>",
                "<b>",
                "</b>",
                "<div hidden>",
                "<script>",
                "</script",
                "</script>",
                "<title>",
                "</title>",
                "<textarea>",
                '="',
                "'",
                '"',
                "/>",
                "<br",
                "<br>",
                "&",
                "&#",
                "&#x",
                "&#xD800;",
                "&#99999999999;",
                "\x00",
                "<table>",
                "<td>",
                "</table>",
                "<svg>",
                "<path/>",
                "</svg>",
                "<head>",
                "<body>",
                "<li>",
                "<select>",
                '<a href="',
                "</é>",
                "<é>",
                "<p style='display:none'>",
                "<H1>",
                "</h2>",
                "<noscript>",
            ]
        ),
    ),
    max_size=30,
).map("".join)


def shown_text(source: str) -> str:
    """Return the text of a piece of source without its markup, as written down independently of the stream."""
    parts: list[str] = []
    position = 0
    for token in tokens(source):
        parts.append(unescape(source[position : token.start]))
        if token.kind is TokenKind.START and token.name == "br":
            parts.append("\n")
        position = token.end
    return "".join([*parts, unescape(source[position:])])


def plainly_shown_text(source: str) -> str:
    """Return the same for well-formed markup by substitution and the standard library alone."""
    parts = re.split(
        r"(<br/?>)|<!--.*?-->|<script>.*?</script>|</?(?!br)[a-z][^>']*(?:'[^']*'[^>']*)*>", source, flags=re.DOTALL
    )
    return "".join("\n" if part.startswith("<br") else html.unescape(part) for part in parts if part)


def spans_inside(length: int) -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(st.integers(0, length - 1), st.integers(1, length)).map(
        lambda pair: (min(pair), max(pair)) if pair[0] != pair[1] else (pair[0] - 1, pair[0])
    )


@PROPERTY
@given(PAGES, st.data())
def test_any_span_of_a_well_formed_page_is_its_source_without_markup(source: str, data: st.DataObject) -> None:
    stream = stream_of(source)
    for block in stream.blocks:
        start, end = data.draw(spans_inside(len(block.span)))
        span = Span(start, end).shift(block.span.start)
        place = stream.offsets.place(span)
        shown = plainly_shown_text(source[place.start : place.end])
        # A reference that stands for two characters is one unit: half of it has the place of the whole.
        assert span.of(stream.text) == shown or (span.of(stream.text) in shown and "≂̸" in shown)
        assert LineIndex.of(source).position(place.start) == (place.line, place.column)


@PROPERTY
@given(SOUP)
def test_every_character_of_any_page_has_its_own_source(source: str) -> None:
    stream = stream_of(source)
    assert stream.offsets.text_length == len(stream.text)
    before = 0
    for block in stream.blocks:
        text = block.span.of(stream.text)
        assert text == text.strip() != ""
        for index, character in enumerate(text):
            span = stream.offsets.source_span(Span(index, index + 1).shift(block.span.start))
            written = source[span.start : span.end]
            assert written == character or character in shown_text(written), (written, character)
            assert span.start >= before or len(written) > 1
            before = span.start


@PROPERTY
@given(SOUP)
def test_no_block_of_any_page_loses_or_invents_text(source: str) -> None:
    stream = stream_of(source)
    for block in stream.blocks:
        place = stream.offsets.source_span(block.span)
        written = source[place.start : place.end]
        # What is hidden inside a block is markup to it, so its text is a subsequence of what the source shows.
        characters = iter(shown_text(written))
        assert all(character in characters for character in block.span.of(stream.text))


@PROPERTY
@given(
    st.lists(st.one_of(CHARACTERS, st.sampled_from(["\r", "\x00", "\u2028", "- ", "• "])), min_size=1, max_size=80).map(
        "".join
    ),
    st.data(),
)
def test_any_span_of_a_plain_text_file_is_its_slice(source: str, data: st.DataObject) -> None:
    documents = [
        item for item in read(Input("-"), ReadOptions(), io.BytesIO(source.encode())) if isinstance(item, Document)
    ]
    for document in documents:
        decoded = source.encode().decode(document.encoding, "replace")
        for block in document.blocks:
            start, end = data.draw(spans_inside(len(block.span)))
            span = Span(start, end).shift(block.span.start)
            place = document.place(span)
            written = decoded[place.start : place.end]
            assert span.of(document.text) == written or span.of(document.text) in shown_text(written)


@PROPERTY
@given(st.text(max_size=60), st.booleans(), st.integers(0, 5))
def test_any_span_of_a_json_string_is_its_literal(text: str, ascii_only: bool, padding: int) -> None:
    text = text.encode("utf-8", "replace").decode()
    source = " " * padding + json.dumps(
        {"id": 'a"\\', "n": [1, {"text": "not this"}], "text": text}, ensure_ascii=ascii_only
    )
    member = members_of(source)["text"]
    mapped = mapped_string(source, member, 1000, LineIndex.of(source, 1000, 7))
    assert text == mapped.text
    for index, character in enumerate(text):
        place = mapped.offsets.place(Span(index, index + 1))
        assert character == json.loads(f'"{source[place.start - 1000 : place.end - 1000]}"')
        assert place.line == 7
        assert place.column == place.start - 1000 + 1


@PROPERTY
@given(PAGES)
def test_html_in_a_feed_leads_into_the_feed(page: str) -> None:
    first = json.dumps({"text": "Ein erster Satz über Häfen. 😀"})
    second = json.dumps({"html": page})
    feed = f"{first}\r\n\n{second}\n"
    documents = [
        item
        for item in read(Input("-", feed=True), ReadOptions(), io.BytesIO(feed.encode()))
        if isinstance(item, Document)
    ]
    for document in documents[1:]:
        for block in document.blocks:
            place = document.place(block.span)
            assert place.line == place.end_line == 3
            written = json.loads(f'"{feed[place.start : place.end]}"')
            characters = iter(shown_text(written))
            assert all(character in characters for character in block.span.of(document.text))


MARKDOWN = st.lists(
    st.one_of(
        CHARACTERS,
        st.sampled_from(
            [
                "# ",
                "\n\n",
                "\n",
                "**",
                "*",
                "_",
                "`",
                "``",
                "```\n",
                "[",
                "](",
                ")",
                "](u)",
                "![",
                "> ",
                "- ",
                "1. ",
                "| ",
                "|",
                "\n|---|---|\n",
                "&amp;",
                "\\*",
                "\\",
                "<!--",
                "-->",
                "<b>",
                "<br>",
                "---\n",
                "===\n",
                "    ",
                "~~",
                "[a]: b\n",
                "[^1]",
                "<http://a.b>",
            ]
        ),
    ),
    min_size=1,
    max_size=60,
).map("".join)


@PROPERTY
@given(MARKDOWN)
def test_every_character_of_any_markdown_file_has_its_own_source(source: str) -> None:
    documents = [item for item in read(Input("a.md"), ReadOptions()) if isinstance(item, Document)]
    assert documents == []  # there is no such file: the error is a value, not an exception
    from mtcheck.readers.encodings import Decoded, EncodingSource
    from mtcheck.readers.markdown import document_of

    document = document_of(Decoded(source, "utf-8", EncodingSource.VALID_UTF8), "a.md", ReadOptions())
    before = 0
    for block in document.blocks:
        for offset in range(block.span.start, block.span.end):
            span = document.offsets.source_span(Span(offset, offset + 1))
            written = source[span.start : span.end]
            character = document.text[offset]
            known = written in (character, "\\" + character) or (written == "<br>" and character == "\n")
            assert known or character in html.unescape(written), (written, character)
            assert span.start >= before
            before = span.start
