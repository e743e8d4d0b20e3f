"""XML as a flat stream of tokens with their places, for files of translations.

After XML 1.0 (fifth edition), as far as such files use it. Nothing is ever expanded but the five named entities and
character references: a document type declaration is passed over with all it declares, so that no entity can grow and no
file or address is ever asked for. Tags need not pair; whoever reads the tokens decides what an odd one means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));")
_TAG_NAME = re.compile(r"[^\s<>/=\"'!?&]+")
# One attribute: its name, then its value in either kind of quotation marks.
_ATTRIBUTE = re.compile(r"""\s*([^\s<>/="']+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""")
_TAG_END = re.compile(r"\s*(/?)>")
_LARGEST_CHARACTER = 0x10FFFF


class TokenKind(StrEnum):
    """What a token is."""

    OPEN = "open"
    CLOSE = "close"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class XmlToken:
    """One tag, or one piece of text: characters that stand for themselves, or one reference that stands for one.

    ``name`` is a tag's name without its prefix, ``start`` and ``end`` its place in code points. ``empty`` tells of an
    opening tag that closes itself. ``text`` is what a piece of text says.
    """

    kind: TokenKind
    start: int
    end: int
    name: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    empty: bool = False
    text: str = ""

    def attribute(self, *names: str) -> str:
        """Return the value of the first of these attributes that is there, prefixes included; else nothing."""
        given = dict(self.attributes)
        return next((given[name] for name in names if name in given), "")


def xml_tokens(source: str) -> Iterator[XmlToken]:
    """Yield the tokens of a file in order; never raises. Comments, instructions and declarations yield nothing."""
    position, length = 0, len(source)
    while position < length:
        tag = source.find("<", position)
        end = length if tag < 0 else tag
        if end > position:
            yield from _pieces(source, position, end)
        if tag < 0:
            return
        if source.startswith("<![CDATA[", tag):
            close = source.find("]]>", tag)
            inner_end = length if close < 0 else close
            if inner_end > tag + 9:
                yield XmlToken(TokenKind.TEXT, tag + 9, inner_end, text=source[tag + 9 : inner_end])
            position = length if close < 0 else close + 3
        elif source.startswith("<!--", tag):
            position = _after(source, "-->", tag + 4)
        elif source.startswith("<?", tag):
            position = _after(source, "?>", tag + 2)
        elif source.startswith("<!", tag):
            position = _after_declaration(source, tag)
        else:
            token = _tag(source, tag)
            if token is None:
                # A stray "<" is text to whoever wrote it.
                yield XmlToken(TokenKind.TEXT, tag, tag + 1, text="<")
                position = tag + 1
            else:
                yield token
                position = token.end


def _pieces(source: str, start: int, end: int) -> Iterator[XmlToken]:
    """Yield a stretch of text in pieces."""
    position = start
    for match in _REFERENCE.finditer(source, start, end):
        character = _character(match)
        if character is None:
            continue
        if match.start() > position:
            yield XmlToken(TokenKind.TEXT, position, match.start(), text=source[position : match.start()])
        yield XmlToken(TokenKind.TEXT, match.start(), match.end(), text=character)
        position = match.end()
    if end > position:
        yield XmlToken(TokenKind.TEXT, position, end, text=source[position:end])


def _character(match: re.Match[str]) -> str | None:
    """Return what a reference stands for, or ``None`` where it stands for no character."""
    if match[3]:
        return _NAMED[match[3]]
    number = int(match[1], 16) if match[1] else int(match[2])
    if number == 0 or number > _LARGEST_CHARACTER or 0xD800 <= number < 0xE000:
        return None
    return chr(number)


def _tag(source: str, start: int) -> XmlToken | None:
    """Return the tag at a place, or ``None`` where there is none."""
    closing = source.startswith("/", start + 1)
    named = _TAG_NAME.match(source, start + 1 + closing)
    if named is None:
        return None
    position = named.end()
    attributes: list[tuple[str, str]] = []
    while (match := _ATTRIBUTE.match(source, position)) is not None:
        value = match[2] if match[2] is not None else match[3]
        attributes.append((match[1], value))
        position = match.end()
    ended = _TAG_END.match(source, position)
    if ended is None:
        return None
    kind = TokenKind.CLOSE if closing else TokenKind.OPEN
    name = named[0].rpartition(":")[2]
    return XmlToken(kind, start, ended.end(), name, tuple(attributes), bool(ended[1]))


def _after(source: str, mark: str, start: int) -> int:
    found = source.find(mark, start)
    return len(source) if found < 0 else found + len(mark)


def _after_declaration(source: str, start: int) -> int:
    """Return where a declaration ends, with what it declares between brackets."""
    end = source.find(">", start)
    if end < 0:
        return len(source)
    bracket = source.find("[", start, end)
    if bracket < 0:
        return end + 1
    close = source.find("]", bracket)
    return len(source) if close < 0 else _after(source, ">", close)
