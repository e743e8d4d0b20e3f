"""Documents: what a reader makes of bytes, and what everything else reads."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum

from mtcheck.core.offsets import OffsetMap, Place
from mtcheck.core.spans import Span


class BlockKind(StrEnum):
    """What a block of a page is, as an editor would call it."""

    HEADLINE = "headline"
    SUMMARY = "summary"
    LEAD = "lead"
    PARAGRAPH = "paragraph"
    QUOTATION = "quotation"
    LIST_ITEM = "list item"
    TABLE_CELL = "table cell"
    CODE = "code"
    CAPTION = "caption"
    BYLINE = "byline"
    DATELINE = "dateline"
    COMMENT = "comment"
    NAVIGATION = "navigation"
    FOOTER = "footer"
    LABEL = "label"


class BlockRole(StrEnum):
    """Whether a block belongs to what the page says or to the furniture around it."""

    MAIN = "main text"
    FURNITURE = "page furniture"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a document: a heading, a paragraph, a caption, a menu entry.

    ``language`` and ``direction`` (``"ltr"`` or ``"rtl"``) are what the page declares for this very block (HTML ``lang``
    and ``dir``, inherited), or ``None``.
    """

    kind: BlockKind
    span: Span
    role: BlockRole = BlockRole.MAIN
    language: str | None = None
    direction: str | None = None


@dataclass(frozen=True, slots=True)
class Suppression:
    """A comment in the file that asks to leave findings out: in the block it stands in, else in the block after it.

    ``selectors`` are codes, starts of codes or names of checks; ``start`` and ``end`` are its place in the original file in code
    points, ``line`` counts from 1. ``whole_file`` tells that it speaks of all blocks.
    """

    selectors: tuple[str, ...]
    start: int
    end: int
    line: int
    whole_file: bool = False


@dataclass(frozen=True, slots=True)
class MarkupSign:
    """A trace that a tool has left in a page's markup, where no reader of the page sees it.

    ``name`` is what it is a trace of, ``example`` the first one as it stands there (cut where it is long), ``count`` how
    many there are, ``line`` the line of the page's source (from 1) where the first one stands.
    """

    name: str
    example: str
    count: int
    line: int


@dataclass(frozen=True, slots=True)
class SegmentPair:
    """One unit of a file of pairs: where its translation stands in the text, and what it was translated from.

    ``span`` is empty where nothing was translated; it then stands where the translation would be.
    """

    span: Span
    source: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text to check, with its blocks and the way back to the original file.

    ``text`` holds what a reader of the page sees, never padded, stripped or altered; all spans count its code points.
    ``blocks`` are in order, do not overlap, and are never empty; between them stand only separators.
    ``path`` is the input as the user named it (``-`` for standard input), ``doc_id`` is unique within a scan: the path,
    or ``path#record`` for one record of a feed. ``encoding`` is the codec by which Python decodes the file to the text
    that places count in (a byte-order mark is not part of that text). ``declared_language`` comes from the page or the
    feed, ``expected_language`` from the caller. ``source`` is the original text this one was translated from. ``segments`` are the pairs of a file that holds both, in
    order; such a file has no ``source``.
    ``suppressions`` are in order, and empty unless the caller trusts the file.
    ``signs`` are traces of tools in the page's markup, of which nothing is left in ``text``.
    """

    doc_id: str
    path: str
    text: str
    blocks: tuple[Block, ...]
    offsets: OffsetMap
    encoding: str = "utf-8"
    title: str | None = None
    url: str | None = None
    published: str | None = None
    declared_language: str | None = None
    expected_language: str | None = None
    source: str | None = None
    source_language: str | None = None
    suppressions: tuple[Suppression, ...] = ()
    signs: tuple[MarkupSign, ...] = ()
    segments: tuple[SegmentPair, ...] = ()

    def __post_init__(self) -> None:
        if self.offsets.text_length != len(self.text):
            raise ValueError(f"offsets map {self.offsets.text_length} characters of {len(self.text)}")
        end = 0
        for block in self.blocks:
            if block.span.start < end or len(block.span) == 0 or block.span.end > len(self.text):
                raise ValueError(f"block {block.span} is empty, out of order or outside the text")
            end = block.span.end
        end = 0
        for segment in self.segments:
            if segment.span.start < end or segment.span.end > len(self.text):
                raise ValueError(f"segment {segment.span} is out of order or outside the text")
            end = segment.span.end

    @property
    def main_blocks(self) -> tuple[Block, ...]:
        """The blocks of the main text, in order."""
        return tuple(block for block in self.blocks if block.role is BlockRole.MAIN)

    @property
    def headline(self) -> Block | None:
        """The first headline, if there is one."""
        return next((block for block in self.blocks if block.kind is BlockKind.HEADLINE), None)

    def block_index_at(self, offset: int) -> int | None:
        """Return the index of the block that holds the character at ``offset``, or ``None`` between blocks."""
        index = bisect_right(self.blocks, offset, key=lambda block: block.span.start) - 1
        return index if index >= 0 and offset < self.blocks[index].span.end else None

    def block_at(self, offset: int) -> Block | None:
        """Return the block that holds the character at ``offset``, or ``None`` between blocks."""
        index = self.block_index_at(offset)
        return None if index is None else self.blocks[index]

    def place(self, span: Span) -> Place:
        """Return the place of a span of ``text`` in the original file."""
        return self.offsets.place(span)
