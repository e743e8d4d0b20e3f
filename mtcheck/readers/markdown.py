"""Markdown files: blocks from the syntax, the text without its marks, every character with its place.

The common subset of CommonMark and its GitHub dialect: headings, lists, quotations, code, tables, front matter. What is
not understood stays in the text as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from mtcheck.core.documents import Block, BlockKind, BlockRole, Document
from mtcheck.core.offsets import LineIndex, OffsetMap
from mtcheck.core.reading import ReadOptions
from mtcheck.core.spans import Span
from mtcheck.readers.encodings import Decoded
from mtcheck.readers.markdown_inline import is_image_alone, label_of, visible
from mtcheck.readers.run_builder import RunBuilder

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_FRONT_MATTER = re.compile(r"(---|\+\+\+)[ \t]*(?:\r\n|\r|\n)")
_FRONT_FIELD = re.compile(r"""(title|lang|language|date)\s*[:=]\s*(?:"([^"]*)"|'([^']*)'|(.*?))\s*""", re.IGNORECASE)
_HEADING = re.compile(r"#{1,6}(?:[ \t]+|(?=[\r\n]|\Z))")
_UNDERLINE = re.compile(r"(=+|-+)[ \t]*\Z")
_RULE = re.compile(r"(?:(?:\*[ \t]*+){3,}+|(?:-[ \t]*+){3,}+|(?:_[ \t]*+){3,}+)\Z")
_FENCE = re.compile(r"(`{3,}|~{3,})([^\r\n]*)")
_ITEM = re.compile(r"(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]+|(?=[\r\n]|\Z))(?:\[[ xX]\][ \t]+)?")
_QUOTE = re.compile(r">[ \t]?")
_DEFINITION = re.compile(r"\[(?!\^)([^\[\]]{1,999})\]:[ \t]*\S.*")
_FOOTNOTE = re.compile(r"\[\^[^\[\]]{1,99}\]:[ \t]*")
_TABLE_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\Z")
_CELL_BORDER = re.compile(r"(?<!\\)\|")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


@dataclass(slots=True)
class _Raw:
    """A block before its inline marks are read: stretches of the source, in order."""

    kind: BlockKind
    stretches: list[Span]
    level: int = 0
    literal: bool = False


@dataclass(frozen=True, slots=True)
class _FrontMatter:
    end: int = 0
    title: str | None = None
    language: str | None = None
    published: str | None = None


@dataclass(slots=True)
class _Line:
    """One line: ``[start, end)`` without its break and without what was taken off its front; ``next`` starts the next."""

    start: int
    end: int
    next: int


def document_of(decoded: Decoded, path: str, options: ReadOptions) -> Document:
    """Return the document of a Markdown file. A file with nothing to read in it has no blocks and an empty text."""
    source = decoded.text
    front = _front_matter(source)
    parser = _Parser(source, front.end)
    raw_blocks = parser.parse()
    text, blocks, offsets = _rendered(source, raw_blocks, frozenset(parser.definitions))
    headline = next((block.span.of(text) for block in blocks if block.kind is BlockKind.HEADLINE), None)
    return Document(
        doc_id=path,
        path=path,
        text=text,
        blocks=blocks,
        offsets=offsets,
        encoding=decoded.encoding,
        title=front.title or headline,
        published=front.published,
        declared_language=front.language,
        expected_language=options.language,
        source_language=options.source_language,
    )


def _front_matter(source: str) -> _FrontMatter:
    opening = _FRONT_MATTER.match(source)
    if opening is None:
        return _FrontMatter()
    fields: dict[str, str] = {}
    position = opening.end()
    while position < len(source):
        match = _LINE.match(source, position)
        assert match is not None
        line = match.group().strip()
        if line == opening[1] or (line == "..." and opening[1] == "---"):
            language = fields.get("lang") or fields.get("language")
            return _FrontMatter(match.end(), fields.get("title"), language, fields.get("date"))
        found = _FRONT_FIELD.fullmatch(match.group().rstrip("\r\n")) if len(line) < 1000 else None
        if found is not None:
            value = next((group for group in found.groups()[1:] if group is not None), "").strip()
            if value:
                fields.setdefault(found[1].lower(), value)
        position = match.end()
    # Never closed: then it was a rule, and the text begins at once.
    return _FrontMatter()


def _rendered(
    source: str, raws: Sequence[_Raw], definitions: frozenset[str]
) -> tuple[str, tuple[Block, ...], OffsetMap]:
    """Read the inline marks of all blocks; return the document's text, blocks and map."""
    levels = [raw.level for raw in raws if raw.level]
    headline_level = min(levels, default=0)
    builder = RunBuilder()
    blocks: list[Block] = []
    headline = lead = False
    for raw in raws:
        pieces = _pieces(source, raw, definitions)
        if not pieces:
            continue
        if blocks:
            builder.separate("\n\n", pieces[0].start)
        start = builder.length
        for piece in pieces:
            builder.add(piece.text, piece.start, piece.end)
        kind, role = raw.kind, BlockRole.MAIN
        if raw.level:
            kind = BlockKind.LABEL if headline or raw.level != headline_level else BlockKind.HEADLINE
            headline = headline or kind is BlockKind.HEADLINE
        elif kind is BlockKind.CODE:
            role = BlockRole.FURNITURE
        elif kind is BlockKind.PARAGRAPH and headline and not lead:
            kind = BlockKind.LEAD
            lead = True
        blocks.append(Block(kind, Span(start, builder.length), role))
    return builder.text(), tuple(blocks), builder.offsets(len(source), LineIndex.of(source))


@dataclass(frozen=True, slots=True)
class _Placed:
    """Visible characters and where they stand in the source."""

    text: str
    start: int
    end: int


def _pieces(source: str, raw: _Raw, definitions: frozenset[str]) -> list[_Placed]:
    """Return the visible pieces of a block, without white space at its edges."""
    joined = "".join(stretch.of(source) for stretch in raw.stretches)
    if raw.literal:
        placed = [_Placed(stretch.of(source), stretch.start, stretch.end) for stretch in raw.stretches]
    else:
        if raw.kind is BlockKind.PARAGRAPH and is_image_alone(joined):
            raw.kind = BlockKind.CAPTION
        placed = []
        stretches = iter(raw.stretches)
        current = next(stretches)
        base = 0
        for piece in visible(joined, definitions):
            start, rest = piece.start, piece.text
            while start >= base + len(current):
                base += len(current)
                current = next(stretches)
            if len(piece.text) != piece.end - piece.start:
                end = piece.end
                first = current.start + start - base
                while end > base + len(current):
                    base += len(current)
                    current = next(stretches)
                placed.append(_Placed(piece.text, first, current.start + end - base))
                continue
            while rest:
                part = rest[: base + len(current) - start]
                first = current.start + start - base
                placed.append(_Placed(part, first, first + len(part)))
                start, rest = start + len(part), rest[len(part) :]
                if rest:
                    base += len(current)
                    current = next(stretches)
    return _trimmed(placed)


def _trimmed(pieces: list[_Placed]) -> list[_Placed]:
    first, last = 0, len(pieces)
    while first < last and not pieces[first].text.strip():
        first += 1
    while last > first and not pieces[last - 1].text.strip():
        last -= 1
    pieces = pieces[first:last]
    if pieces:
        piece = pieces[0]
        if len(piece.text) == piece.end - piece.start:
            text = piece.text.lstrip()
            pieces[0] = _Placed(text, piece.end - len(text), piece.end)
        piece = pieces[-1]
        if len(piece.text) == piece.end - piece.start:
            text = piece.text.rstrip()
            pieces[-1] = _Placed(text, piece.start, piece.start + len(text))
    return pieces


@dataclass(slots=True)
class _Parser:
    """Cuts the source into blocks, line by line."""

    source: str
    position: int
    blocks: list[_Raw] = field(default_factory=list)
    open: _Raw | None = None
    """The block that a following line may continue."""
    definitions: set[str] = field(default_factory=set)
    in_list: bool = False
    fence: str = ""
    quoted_fence: bool = False
    table: bool = False

    def parse(self) -> list[_Raw]:
        """Return all blocks."""
        while self.position < len(self.source):
            match = _LINE.match(self.source, self.position)
            assert match is not None
            line = _Line(match.start(), match.start() + len(match.group().rstrip("\r\n")), match.end())
            self.position = match.end()
            self.take(line)
        return self.blocks

    def take(self, line: _Line) -> None:
        source = self.source
        if self.fence:
            self.take_code(line)
            return
        content = source[line.start : line.end]
        if not content.strip():
            self.open, self.table = None, False
            return
        indent = len(content) - len(content.lstrip(" \t"))
        line.start += indent
        stripped = content[indent:]
        if self.open is None and not self.in_list and (indent >= 4 or content.startswith("\t")):
            self.add(BlockKind.CODE, line, literal=True)
            return
        if self.open is not None and self.open.literal and indent >= 4:
            self.extend(line)
            return
        if self.open is None and indent == 0 and not _ITEM.match(stripped):
            self.in_list = False
        if stripped.startswith("<!--"):
            self.skip_comment(line)
            return
        kind = self.take_quote_marks(line)
        stripped = source[line.start : line.end]
        if not stripped.strip():
            self.open = None
            return
        self.take_content(line, stripped, kind)

    def take_quote_marks(self, line: _Line) -> BlockKind:
        """Take ``>`` off the front of a line; return what kind of block its text belongs to."""
        kind = BlockKind.PARAGRAPH
        while match := _QUOTE.match(self.source, line.start, line.end):
            line.start = match.end()
            kind = BlockKind.QUOTATION
        if kind is BlockKind.QUOTATION and self.open is not None and self.open.kind is not kind:
            self.open = None
        return kind

    def take_content(self, line: _Line, stripped: str, kind: BlockKind) -> None:
        fence = _FENCE.match(stripped)
        if fence is not None and (fence[1][0] == "~" or "`" not in fence[2]):
            self.fence, self.open = fence[1], None
            self.quoted_fence = kind is BlockKind.QUOTATION
            return
        underline = _UNDERLINE.match(stripped)
        if underline and self.open is not None and self.open.kind in (BlockKind.PARAGRAPH, BlockKind.QUOTATION):
            self.open.level = 1 if underline[1][0] == "=" else 2
            self.open = None
            return
        if _RULE.match(stripped):
            self.open = None
            return
        if heading := _HEADING.match(stripped):
            text = stripped.rstrip(" \t")
            unclosed = text.rstrip("#")
            # Number signs at the end close the heading if a space stands before them: "C#" keeps its own.
            if unclosed.endswith((" ", "\t")):
                text = unclosed.rstrip(" \t")
            line.end = line.start + max(len(text), heading.end())
            line.start += heading.end()
            self.add(kind, line, level=len(heading.group().rstrip()))
            self.open = None
            return
        if self.table or (self.open is not None and "|" in stripped and _TABLE_RULE.match(stripped)):
            self.take_table_line(line, stripped)
            return
        item = _ITEM.match(stripped)
        # A number inside a paragraph ("in\n1986. It was") begins a list only if it is the first of one.
        in_text = self.open is not None and self.open.kind is not BlockKind.LIST_ITEM
        if item is not None and not (in_text and stripped[0].isdigit() and not stripped.startswith(("1.", "1)"))):
            line.start += item.end()
            self.in_list = True
            self.add(BlockKind.LIST_ITEM, line)
            return
        if self.open is None and _DEFINITION.fullmatch(stripped):
            definition = _DEFINITION.match(stripped)
            assert definition is not None
            self.definitions.add(label_of(definition[1]))
            return
        if self.open is None and (footnote := _FOOTNOTE.match(stripped)):
            line.start += footnote.end()
        if self.open is not None and self.open.level == 0 and not self.open.literal:
            self.extend(line)
            return
        self.add(BlockKind.LIST_ITEM if self.in_list and kind is BlockKind.PARAGRAPH else kind, line)

    def take_code(self, line: _Line) -> None:
        content = self.source[line.start : line.end]
        bare = content.strip().lstrip(">").strip() if self.quoted_fence else content.strip()
        if bare.startswith(self.fence) and not bare.strip(self.fence[0]):
            self.fence, self.open = "", None
            return
        if not content.strip():
            if self.open is not None:
                self.extend(line)
            return
        if self.open is None:
            self.add(BlockKind.CODE, line, literal=True)
        else:
            self.extend(line)

    def take_table_line(self, line: _Line, stripped: str) -> None:
        """Take a row of a table; the first one is known as such only by the ruled line after it."""
        if not self.table:
            self.table = True
            header = self.open
            self.open = None
            if header is not None:
                self.blocks.pop()
                last = header.stretches[-1]
                if len(header.stretches) > 1:
                    self.blocks.append(_Raw(header.kind, header.stretches[:-1]))
                self.add_cells(last.start, last.end)
            return
        self.add_cells(line.start, line.start + len(stripped))

    def add_cells(self, start: int, end: int) -> None:
        borders = [start, *(match.start() for match in _CELL_BORDER.finditer(self.source, start, end)), end]
        for index, (left, right) in enumerate(pairwise(borders)):
            left = left if index == 0 else left + 1
            if left < right and self.source[left:right].strip():
                self.blocks.append(_Raw(BlockKind.TABLE_CELL, [Span(left, right)]))

    def skip_comment(self, line: _Line) -> None:
        match = _COMMENT.match(self.source, line.start)
        assert match is not None
        if match.end() >= line.end:
            self.open = None
        self.position = max(self.position, match.end())
        if match.end() < line.end:
            # Text follows on the same line.
            self.position = line.next
            rest = _Line(match.end(), line.end, line.next)
            if self.source[rest.start : rest.end].strip():
                self.add(BlockKind.PARAGRAPH, rest)

    def add(self, kind: BlockKind, line: _Line, *, level: int = 0, literal: bool = False) -> None:
        """Begin a block with a line."""
        if line.start >= line.end:
            self.open = None
            return
        raw = _Raw(kind, [Span(line.start, line.next)], level, literal)
        if level:
            raw.stretches = [Span(line.start, line.end)]
        self.blocks.append(raw)
        self.open = raw

    def extend(self, line: _Line) -> None:
        """Add a line to the block in progress. Its indentation and quotation marks are left out as markup."""
        if self.open is not None and line.start < line.next:
            last = self.open.stretches[-1]
            if last.end == line.start:
                self.open.stretches[-1] = Span(last.start, line.next)
            else:
                self.open.stretches.append(Span(line.start, line.next))
