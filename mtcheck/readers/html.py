"""HTML pages: the offset-exact stream of ``html_stream`` with a kind and a role for every block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mtcheck.core.documents import Block, BlockKind, BlockRole, Document, MarkupSign
from mtcheck.core.errors import InputError
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.reading import ReadOptions
from mtcheck.readers.encodings import Decoded
from mtcheck.readers.html_hints import Region
from mtcheck.readers.html_signs import signs_of
from mtcheck.readers.html_stream import PageMetadata, Stream, StreamBlock, stream_of
from mtcheck.readers.main_text import Alignment, MainText, letters_of, main_text
from mtcheck.text.furniture import BYLINE_STARTS, CAPTION_STARTS

_PUBLISHED_IN_SCRIPT = re.compile(r'"datePublished"\s{0,9}:\s{0,9}"([0-9T:+. Z-]{8,40})"')
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_LEAST_AGREEMENT = 0.3
"""Share of a page's title that a heading must make up: titles carry the names of the site and its section too."""
_LEVEL_ONE_BONUS = 0.15
"""What a level-1 heading has over others: enough to settle doubt, too little for the site's own name in one."""

_SENTENCE_END = re.compile(r"[.!?…。！？؟۔।][\"'”’»)\]]*(?:\s|\Z)|[。！？]")
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_LONG_LABEL = 15
"""Words above which text in an element called "author" or "date" is an article in a box of that name, and no label."""


@dataclass(frozen=True, slots=True)
class Page:
    """An HTML page as read: text and blocks, the way back, what the page says of itself, how main text was found.

    ``title``, ``url``, ``published`` and ``language`` are ``None`` where the page does not say.
    """

    text: str
    blocks: tuple[Block, ...]
    offsets: OffsetMap
    title: str | None
    url: str | None
    published: str | None
    language: str | None
    alignment: Alignment
    signs: tuple[MarkupSign, ...] = ()


def document_of(decoded: Decoded, path: str, options: ReadOptions) -> Document:
    """Return the document of an HTML file. Raises ``InputError`` for a page that shows no text."""
    page = page_of(decoded.text)
    if not page.blocks:
        raise InputError(path, "is an HTML page without any text")
    return Document(
        doc_id=path,
        path=path,
        text=page.text,
        blocks=page.blocks,
        offsets=page.offsets,
        encoding=decoded.encoding,
        title=page.title,
        url=page.url,
        published=page.published,
        declared_language=page.language,
        expected_language=options.language,
        source_language=options.source_language,
        signs=page.signs,
    )


def page_of(source: str) -> Page:
    """Read the source of a page. Never fails; offsets lead into ``source``."""
    stream = stream_of(source)
    selected = main_text(source, stream)
    metadata = stream.metadata
    published = metadata.published
    if not published:
        match = _PUBLISHED_IN_SCRIPT.search(source, 0, 1_000_000)
        published = match[1] if match else ""
    language = metadata.declared_language.replace("_", "-")
    return Page(
        stream.text,
        _blocks(stream, selected),
        stream.offsets,
        metadata.open_graph_title or metadata.title or None,
        metadata.url or None,
        published or None,
        language if _LANGUAGE_TAG.fullmatch(language) else None,
        selected.alignment,
        signs_of(source),
    )


def _blocks(stream: Stream, selected: MainText) -> tuple[Block, ...]:
    keys = [letters_of(block.span.of(stream.text)[:2_000]) for block in stream.blocks]
    chosen = [index for index, main in enumerate(selected.main) if main]
    headlines = _headlines(stream.blocks, keys, stream.metadata, chosen)
    start = max((index for index in headlines if not chosen or index <= chosen[-1]), default=-1)
    # Of what trafilatura took from above the headline, menus and boxes are no part of the text.
    chosen = [index for index in chosen if index > start or stream.blocks[index].hints.region is None]
    body = [index for index in chosen if index > start and index not in headlines]
    first, last = (body[0], body[-1]) if body else (len(keys), -1)
    top = min(headlines, default=first)
    summary = _summary(stream, keys, start, first) if headlines else None
    main = frozenset(chosen)
    blocks: list[Block] = []
    lead_found = False
    for index, block in enumerate(stream.blocks):
        if index in headlines:
            kind, role = BlockKind.HEADLINE, BlockRole.MAIN
        elif index == summary:
            kind, role = BlockKind.SUMMARY, BlockRole.MAIN
        elif index in main:
            kind, role = _main_kind(block, stream.text)
            if not lead_found and headlines and index > start and _is_lead(kind, block, stream.text):
                lead_found = True
                kind = BlockKind.LEAD
        else:
            kind = BlockKind.COMMENT if selected.comment[index] else _furniture_kind(block, stream.text)
            inside = kind is BlockKind.CAPTION and top <= index <= last and block.hints.region is None
            role = BlockRole.MAIN if inside else BlockRole.FURNITURE
        blocks.append(Block(kind, block.span, role, block.language, block.direction))
    return tuple(blocks)


def _main_kind(block: StreamBlock, text: str) -> tuple[BlockKind, BlockRole]:
    hints = block.hints
    if hints.heading is not None:
        return BlockKind.LABEL, BlockRole.MAIN
    if hints.kind in (BlockKind.BYLINE, BlockKind.DATELINE):
        if _words(block, text) <= _LONG_LABEL:
            return hints.kind, BlockRole.FURNITURE
        return BlockKind.PARAGRAPH, BlockRole.MAIN
    if hints.kind is BlockKind.CAPTION and (block.element in ("figcaption", "caption") or _words(block, text) <= 60):
        return BlockKind.CAPTION, BlockRole.MAIN
    if hints.kind is None or hints.kind in (BlockKind.SUMMARY, BlockKind.CAPTION):
        beginning = block.span.of(text).casefold() if len(block.span) <= 200 else ""
        if beginning.startswith(CAPTION_STARTS):
            return BlockKind.CAPTION, BlockRole.MAIN
        if beginning.startswith(BYLINE_STARTS) and _words(block, text) <= 12 and beginning[-1] not in ".!?…:":
            return BlockKind.BYLINE, BlockRole.FURNITURE
        return BlockKind.PARAGRAPH, BlockRole.MAIN
    return hints.kind, BlockRole.MAIN


def _is_lead(kind: BlockKind, block: StreamBlock, text: str) -> bool:
    """Tell whether a block is running text: a line of names above the text is no lead."""
    words = _words(block, text)
    sample = text[block.span.start : min(block.span.end, block.span.start + 2_000)]
    return kind is BlockKind.PARAGRAPH and (_SENTENCE_END.search(sample) is not None or words >= 2 * _LONG_LABEL)


_REGION_KINDS = {
    Region.COMMENTS: BlockKind.COMMENT,
    Region.NAVIGATION: BlockKind.NAVIGATION,
    Region.FOOTER: BlockKind.FOOTER,
}


def _furniture_kind(block: StreamBlock, text: str) -> BlockKind:
    hints = block.hints
    if text[block.span.start : block.span.start + 40].casefold().startswith(CAPTION_STARTS) and hints.kind is None:
        beginning = block.span.of(text) if len(block.span) <= 200 else ""
        if beginning and not _YEAR.search(beginning):
            return BlockKind.CAPTION
    if hints.region in _REGION_KINDS:
        return _REGION_KINDS[hints.region]
    words = _words(block, text)
    if hints.kind in (BlockKind.BYLINE, BlockKind.DATELINE) and words <= _LONG_LABEL:
        return hints.kind
    if hints.kind is BlockKind.CAPTION:
        return hints.kind
    if block.link_share >= 0.8 and words <= 12:
        return BlockKind.NAVIGATION
    return BlockKind.PARAGRAPH if words >= 12 else BlockKind.LABEL


def _words(block: StreamBlock, text: str) -> int:
    return len(text[block.span.start : min(block.span.end, block.span.start + 2_000)].split())


def _headlines(
    blocks: Sequence[StreamBlock], keys: Sequence[str], metadata: PageMetadata, chosen: Sequence[int]
) -> frozenset[int]:
    """Return the blocks that are the page's headline: the heading that the page's title agrees with best.

    Without a title that any agrees with, the level-1 heading before the main text; without such a heading, a block before
    the main text that is the title word for word.
    """
    titles = [key for key in (letters_of(metadata.open_graph_title), letters_of(metadata.title)) if key]
    first = chosen[0] if chosen else len(blocks)

    def eligible(index: int) -> bool:
        # The names of the boxes around a headline are often wrong about it; only what follows the text is ruled out.
        return bool(keys[index]) and blocks[index].hints.region not in (Region.FOOTER, Region.COMMENTS)

    def agreement(index: int) -> float:
        return max((_agreement(keys[index], title) for title in titles), default=0.0)

    level_one = [index for index, block in enumerate(blocks) if block.hints.heading == 1 and eligible(index)]
    headings = [
        index
        for index, block in enumerate(blocks)
        if block.hints.heading is not None and eligible(index) and index <= first + 3
    ]
    agreeing = [index for index in sorted({*level_one, *headings}) if agreement(index) >= _LEAST_AGREEMENT]

    def weight(index: int) -> tuple[float, int]:
        return agreement(index) + (_LEVEL_ONE_BONUS if blocks[index].hints.heading == 1 else 0.0), -index

    best = max(agreeing, key=weight, default=None)
    if best is None and level_one:
        before = [index for index in level_one if index <= first]
        best = before[-1] if before else level_one[0]
    if best is None and titles:
        exact = [index for index in range(min(first + 1, len(blocks))) if eligible(index) and agreement(index) >= 0.5]
        # A menu entry may say the same as a short title; a headline is at least a few words.
        best = next((index for index in exact if len(keys[index]) >= 16), None)
    if best is None:
        return frozenset()
    return frozenset(
        index
        for index in (*headings, *level_one, best)
        if keys[index] == keys[best] and (index == best or blocks[index].hints.heading is not None)
    )


def _agreement(key: str, title: str) -> float:
    """Return how far a heading and a title are the same, 0 to 1: one holds the other, as "Headline | Site" does."""
    if key == title:
        return 1.0
    if key in title or title in key:
        return min(len(key), len(title)) / max(len(key), len(title))
    return 0.0


def _summary(stream: Stream, keys: Sequence[str], top: int, first: int) -> int | None:
    """Return the block of the standfirst: between the headline and the body, so called or the page's description."""
    description = letters_of(stream.metadata.description)
    for index in range(top + 1, min(first + 1, len(keys))):
        block = stream.blocks[index]
        if _words(block, stream.text) < 4 or not keys[index]:
            continue
        called = block.hints.kind is BlockKind.SUMMARY and block.hints.region is None
        described = index < first and len(keys[index]) >= 20 and _agreement(keys[index], description) >= 0.5
        if described or (called and block.hints.heading in (None, 2)):
            return index
    return None
