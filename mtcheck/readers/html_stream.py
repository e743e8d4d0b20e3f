"""The text of an HTML page as its reader sees it, every character with its place in the source.

Blocks end where a browser starts a new line or cell. Inside a block the text is that of the source, white space included;
white space at its edges belongs to the markup. What is not shown (scripts, hidden elements, the head) is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from mtcheck.core.offsets import LineIndex, OffsetMap
from mtcheck.core.spans import Span
from mtcheck.readers.html_elements import (
    BLOCK_LEVEL,
    FOREIGN,
    HEAD_CONTENT,
    HEADINGS,
    IMPLIED_ENDS,
    SCOPES,
    SKIPPED,
    TABLE_PARTS,
    VOID,
)
from mtcheck.readers.html_hints import NO_HINTS, TELLING_ATTRIBUTE, Hints, hints_of
from mtcheck.readers.html_tokens import REFERENCE, Token, TokenKind, attributes, reference, tokens, unescape

SEPARATOR = "\n\n"
"""What stands between two blocks of a document's text; in the source there is markup."""


_MOST_REMEMBERED = 10_000
_MOST_EDITIONS = 300


@dataclass(slots=True)
class _Element:
    """An open element, with what its text inherits."""

    name: str
    number: int
    parent: int
    shown: bool
    language: str | None
    direction: str | None
    hints: Hints


@dataclass(frozen=True, slots=True)
class StreamBlock:
    """One block of the stream.

    ``element`` is the name of the block-level element that holds it, ``number`` and ``container`` identify that element
    and its parent within the page. ``link_share`` is the share of its characters that stand in links.
    """

    span: Span
    element: str
    number: int
    container: int
    language: str | None
    direction: str | None
    hints: Hints
    link_share: float


@dataclass(slots=True)
class PageMetadata:
    """What the page says of itself; empty where it says nothing."""

    title: str = ""
    open_graph_title: str = ""
    description: str = ""
    language: str = ""
    locale: str = ""
    url: str = ""
    published: str = ""
    editions: dict[str, str] = field(default_factory=dict)
    """The language of each edition that the page links to (``hreflang``), by address."""

    @property
    def declared_language(self) -> str:
        """The language as declared: by ``lang``, ``Content-Language``, the page's own ``hreflang``, or the locale for sharing."""
        return self.language or self.editions.get(self.url, "") or self.locale


@dataclass(frozen=True, slots=True)
class Stream:
    """A page as text: blocks joined by ``SEPARATOR``, and the way back. ``depth`` is the deepest nesting of elements."""

    text: str
    blocks: tuple[StreamBlock, ...]
    offsets: OffsetMap
    metadata: PageMetadata
    depth: int


def stream_of(source: str) -> Stream:
    """Return the text stream of a page. Never fails, and takes time in proportion to the length of the page."""
    builder = _Builder(source)
    stream = builder.build()
    if not stream.blocks and builder.hidden_text:
        # A page that a script uncovers when it has loaded: what is hidden is all there is to read.
        stream = _Builder(source, show_hidden=True).build()
    return stream


@dataclass(slots=True)
class _Builder:
    source: str
    show_hidden: bool = False
    hidden_text: bool = False
    stack: list[_Element] = field(default_factory=list)
    positions: dict[str, list[int]] = field(default_factory=dict)
    """Where in the stack the open elements of a name stand, so that none is ever searched for."""
    block_levels: list[int] = field(default_factory=lambda: [0])
    scopes: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    holder: _Element | None = None
    uniform: bool = True
    last_break: int = -1
    in_link: bool = False
    link_end: int = -1
    link_tag: str = ""
    unlinked: bool = False
    """Whether the block in progress holds text outside links."""
    linked: int = 0
    numbers: int = 0
    depth: int = 0
    result: list[str] = field(default_factory=list)
    length: int = 0
    text_starts: list[int] = field(default_factory=lambda: [0])
    source_starts: list[int] = field(default_factory=lambda: [0])
    blocks: list[StreamBlock] = field(default_factory=list)
    metadata: PageMetadata = field(default_factory=PageMetadata)
    known: dict[str, Hints] = field(default_factory=dict)

    def build(self) -> Stream:
        source = self.source
        self.stack.append(_Element("", 0, 0, shown=True, language=None, direction=None, hints=NO_HINTS))
        position = 0
        xml = source.lstrip("\ufeff \t\r\n").startswith("<?xml")
        for token in tokens(source, xml=xml):
            if token.start > position:
                self.add_text(position, token.start)
            if token.kind is TokenKind.START:
                self.open(token, xml=xml)
            elif token.kind is TokenKind.END:
                self.close(token.name)
                if token.name == "a":
                    self.link_end = token.end
            elif token.name == "title" and not self.metadata.title and not self.positions.get("svg"):
                self.metadata.title = " ".join(unescape(source[token.start : token.end]).split())
            position = token.end
        if position < len(source):
            self.add_text(position, len(source))
        self.flush()
        self.text_starts.append(self.length)
        self.source_starts.append(len(source))
        offsets = OffsetMap(self.text_starts, self.source_starts, LineIndex.of(source))
        return Stream("".join(self.result), tuple(self.blocks), offsets, self.metadata, self.depth)

    def open(self, token: Token, *, xml: bool) -> None:
        name = token.name
        if name == "br":
            self.add_break(token)
            return
        tag = self.source[token.start : token.end]
        if name == "meta":
            self.read_meta(tag)
            return
        if name in ("html", "body"):
            self.open_root(name, tag)
            return
        if self.positions.get("head") and name not in HEAD_CONTENT and name != "head":
            self.close_from(self.positions["head"][-1])
        block_level = name in BLOCK_LEVEL
        if block_level:
            self.flush()
            self.end_implied(name)
        elif name == "a":
            # Two different links that touch, and nothing else around, are two entries of a menu and not one word.
            if token.start == self.link_end and not self.unlinked and tag != self.link_tag:
                self.flush()
            self.in_link, self.link_tag = True, tag
        if name in VOID:
            if name == "link":
                self.read_link(tag)
            return
        if tag.endswith("/>") and (xml or name in FOREIGN or self.positions.get("svg") or self.positions.get("math")):
            return
        hints = self.hints(name, tag)
        if name == "time" and not self.metadata.published:
            self.metadata.published = attributes(tag).get("datetime", "")
        if not block_level and name not in SKIPPED and hints is NO_HINTS:
            return
        self.push(name, hints, block_level=block_level)

    def push(self, name: str, hints: Hints, *, block_level: bool) -> None:
        outer = self.stack[-1]
        self.numbers += 1
        index = len(self.stack)
        self.stack.append(
            _Element(
                name,
                self.numbers,
                self.stack[self.block_levels[-1]].number,
                outer.shown and (self.show_hidden or not hints.hidden) and name not in SKIPPED,
                outer.language if hints.language is None else hints.language,
                outer.direction if hints.direction is None else hints.direction,
                hints.inside(outer.hints),
            )
        )
        self.positions.setdefault(name, []).append(index)
        if block_level:
            self.block_levels.append(index)
        if name in SCOPES:
            self.scopes.append(index)
        self.depth = max(self.depth, index)

    def open_root(self, name: str, tag: str) -> None:
        if self.positions.get("head") and name == "body":
            self.close_from(self.positions["head"][-1])
        self.flush()
        root = self.stack[0]
        hints = self.hints(name, tag)
        root.language = hints.language or root.language
        root.direction = hints.direction or root.direction
        if hints.language and not self.metadata.language:
            self.metadata.language = hints.language

    def close(self, name: str) -> None:
        if name == "a":
            self.in_link = False
        if name == "br":
            # Browsers read </br> as <br>; it has no text here, but it does end the line.
            self.flush()
            return
        block_level = name in BLOCK_LEVEL
        if block_level:
            self.flush()
        if name in HEADINGS:
            # The end tag of one heading also ends one of another level (HTML Standard 13.2.6.4.7).
            name = max(HEADINGS, key=lambda heading: ((self.positions.get(heading) or [0])[-1], heading))
        places = self.positions.get(name)
        if not places or name in ("html", "body"):
            return
        index = places[-1]
        if name not in TABLE_PARTS and self.scopes and self.scopes[-1] > index:
            return
        if not block_level and name not in SKIPPED and self.block_levels[-1] > index:
            return
        self.close_from(index)

    def close_from(self, index: int) -> None:
        """Close the element at a place of the stack with everything inside it."""
        for element in self.stack[index:]:
            self.positions[element.name].pop()
        del self.stack[index:]
        while self.block_levels[-1] >= index:
            self.block_levels.pop()
        while self.scopes and self.scopes[-1] >= index:
            self.scopes.pop()

    def end_implied(self, name: str) -> None:
        """Close what the start of this block-level element ends without an end tag."""
        scope = self.scopes[-1] if self.scopes else 0
        paragraphs = self.positions.get("p")
        if paragraphs and paragraphs[-1] > scope and name not in ("button", "option", "optgroup", "caption"):
            self.close_from(paragraphs[-1])
        if name in HEADINGS and self.stack[self.block_levels[-1]].name in HEADINGS:
            self.close_from(self.block_levels[-1])
        if name in IMPLIED_ENDS:
            ended, barriers = IMPLIED_ENDS[name]
            barrier = max((places[-1] for kind in barriers if (places := self.positions.get(kind))), default=0)
            open_places = [
                places[-1] for kind in ended if (places := self.positions.get(kind)) and places[-1] > barrier
            ]
            if open_places:
                self.close_from(min(open_places))

    def add_text(self, start: int, end: int) -> None:
        """Take the characters of a stretch of source without markup."""
        text = self.source[start:end]
        blank = text.isspace()
        if not blank and self.stack[-1].name == "head":
            # Text in the head ends it (HTML Standard 13.2.6.4.4).
            self.close_from(len(self.stack) - 1)
        top = self.stack[-1]
        if not top.shown:
            self.hidden_text = self.hidden_text or not blank
            return
        if blank and not self.texts:
            return
        if not blank:
            if self.holder is None:
                self.holder = top
            elif top is not self.holder:
                self.uniform = False
            if self.in_link:
                self.linked += end - start
            else:
                self.unlinked = True
        if "&" in text:
            self.add_references(text, start)
        else:
            self.texts.append(text)
            self.starts.append(start)
            self.ends.append(end)

    def add_references(self, text: str, offset: int) -> None:
        """Take text in which character references stand, each of which is one unit."""
        position = 0
        for match in REFERENCE.finditer(text):
            found = reference(match.group())
            if found is None:
                continue
            start = match.start()
            if start > position:
                self.add_piece(text[position:start], offset + position, offset + start)
            position = start + found[1]
            self.add_piece(found[0], offset + start, offset + position)
        if position < len(text):
            self.add_piece(text[position:], offset + position, offset + len(text))

    def add_piece(self, text: str, start: int, end: int) -> None:
        self.texts.append(text)
        self.starts.append(start)
        self.ends.append(end)

    def add_break(self, token: Token) -> None:
        """Take a ``br``: a line break inside the block, or its end where the line before is empty."""
        if not self.texts or not self.stack[-1].shown:
            return
        if self.last_break >= 0 and not "".join(self.texts[self.last_break + 1 :]).strip():
            self.flush()
            return
        self.last_break = len(self.texts)
        self.add_piece("\n", token.start, token.end)

    def flush(self) -> None:
        """End the block in progress, if it holds anything."""
        if not self.texts:
            return
        texts, starts, ends = self.texts, self.starts, self.ends
        first, last = 0, len(texts)
        while first < last and not texts[first].strip():
            first += 1
        while last > first and not texts[last - 1].strip():
            last -= 1
        if first < last:
            kept = texts[first].lstrip()
            if len(texts[first]) == ends[first] - starts[first]:
                starts[first] += len(texts[first]) - len(kept)
            texts[first] = kept
            kept = texts[last - 1].rstrip()
            if len(texts[last - 1]) == ends[last - 1] - starts[last - 1]:
                ends[last - 1] -= len(texts[last - 1]) - len(kept)
            texts[last - 1] = kept
            self.emit(first, last)
        self.texts, self.starts, self.ends = [], [], []
        self.holder, self.uniform, self.last_break = None, True, -1
        self.linked, self.unlinked = 0, False

    def emit(self, first: int, last: int) -> None:
        """Append the pieces ``[first, last)`` as one block, with the run boundaries of the offset map."""
        text_starts, source_starts = self.text_starts, self.source_starts
        length = self.length
        if self.blocks:
            # The separator is one run with all the markup since the block before.
            self.result.append(SEPARATOR)
            length += len(SEPARATOR)
        block_start = length
        previous_end = -1
        for text, start, end in zip(
            self.texts[first:last], self.starts[first:last], self.ends[first:last], strict=True
        ):
            if previous_end not in (-1, start):
                # Markup inside the block: a run without text.
                text_starts.append(length)
                source_starts.append(previous_end)
            text_starts.append(length)
            source_starts.append(start)
            length += len(text)
            previous_end = end
        text_starts.append(length)
        source_starts.append(previous_end)
        self.result.append("".join(self.texts[first:last]))
        self.length = length
        block_element = self.stack[self.block_levels[-1]]
        holder = self.holder if self.holder is not None and self.uniform else block_element
        self.blocks.append(
            StreamBlock(
                Span(block_start, length),
                block_element.name,
                block_element.number,
                block_element.parent,
                holder.language,
                holder.direction,
                holder.hints,
                min(self.linked / (length - block_start), 1.0),
            )
        )

    def hints(self, name: str, tag: str) -> Hints:
        """Return what a start tag tells by its name and attributes; pages repeat their tags, so it is remembered."""
        key = name
        values: dict[str, str] = {}
        if TELLING_ATTRIBUTE.search(tag) is not None:
            known = self.known.get(tag)
            if known is not None:
                return known
            key, values = tag, attributes(tag)
        found = self.known.get(key)
        if found is None:
            found = hints_of(name, values)
            if len(self.known) < _MOST_REMEMBERED:
                self.known[key] = found
        return found

    def read_link(self, tag: str) -> None:
        if "hreflang" not in tag and ("canonical" not in tag or self.metadata.url):
            return
        values = attributes(tag)
        relations = values.get("rel", "").lower().split()
        if relations == ["canonical"] and not self.metadata.url:
            self.metadata.url = values.get("href", "")
        edition = values.get("hreflang", "").strip()
        if "alternate" in relations and edition.lower() != "x-default" and len(self.metadata.editions) < _MOST_EDITIONS:
            self.metadata.editions.setdefault(values.get("href", ""), edition)

    def read_meta(self, tag: str) -> None:
        values = attributes(tag)
        content = " ".join(values.get("content", "").split())
        if not content:
            return
        name = (
            values.get("property") or values.get("name") or values.get("http-equiv") or values.get("itemprop") or ""
        ).lower()
        metadata = self.metadata
        if name in ("og:title", "twitter:title"):
            metadata.open_graph_title = metadata.open_graph_title or content
        elif name in ("og:description", "description", "twitter:description"):
            metadata.description = metadata.description or content
        elif name == "content-language":
            metadata.language = metadata.language or content.split(",")[0].strip()
        elif name == "og:locale":
            metadata.locale = metadata.locale or content
        elif name == "og:url":
            metadata.url = metadata.url or content
        elif name in ("article:published_time", "datepublished", "dc.date.issued", "date", "pubdate"):
            metadata.published = content
