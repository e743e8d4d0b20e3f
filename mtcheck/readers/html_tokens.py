"""Markup of HTML as browsers cut it, with the exact place of every piece.

After the tokenization of the WHATWG HTML Standard (13.2.5), on regular expressions with possessive quantifiers: every
character is passed over a constant number of times, whatever the page holds. The standard library's ``html.parser`` is
not used for this: up to 3.13 it needs quadratic time on unclosed markup (12 kB of ``<a`` takes most of a second), raises
``AssertionError`` on ``<![x``, and cuts comments and raw text differently from one patch release to the next.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from html.entities import html5


class TokenKind(IntEnum):
    """What a piece of markup is."""

    START = 1
    END = 2
    SKIPPED = 3
    """A comment, a declaration, a processing instruction, or what stands inside raw text such as a script."""


@dataclass(slots=True)
class Token:
    """One piece of markup at ``[start, end)`` of the source; ``name`` is the tag's, in lower case."""

    kind: TokenKind
    name: str
    start: int
    end: int


# A quotation mark delimits a value only right after "=": in a name or an unquoted value it is a character like others.
_TAG_TAIL = r"""
    [^>=]*+
    (?: = \s*+ (?: "[^"]*+" | '[^']*+' | [^\s>"'][^\s>]*+ | (?=>) ) [^>=]*+ )*+
    >
"""
_TAG = re.compile(rf"</?+ ([A-Za-z][^\s/>]*+) {_TAG_TAIL}", re.VERBOSE)
_COMMENT_END = re.compile(r"--!?>")
_ATTRIBUTE = re.compile(
    r"""
    ([^\s/>=][^\s/>=]*+) \s*+                                   # its name
    (?: = \s*+ (?: "([^"]*+)" | '([^']*+)' | ([^\s>]*+) ) )?+    # its value, in either quotation mark or bare
    """,
    re.VERBOSE,
)

RAW_TEXT = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript"})
"""Elements in which markup is plain characters up to their own end tag (``noscript``: where scripts run)."""
_RAW_TEXT_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in sorted(RAW_TEXT)}

_MARKUP_NEXT = re.compile(r"<[A-Za-z/!?]")


def tokens(source: str, *, xml: bool = False) -> Iterator[Token]:
    """Yield the markup of a page in order; between two tokens stands text.

    The content of a raw-text element is one ``SKIPPED`` token between its tags. What is cut off at the end of the file
    inside a tag or a comment is ``SKIPPED``, as a browser does. With ``xml``, ``<script/>`` is complete in itself.
    """
    length = len(source)
    position = 0
    character_data_ends = True
    while True:
        match = _MARKUP_NEXT.search(source, position)
        if match is None:
            return
        start = match.start()
        second = source[start + 1]
        if second == "!":
            if source.startswith("<!--", start):
                end = _comment_end(source, start)
            elif character_data_ends and source.startswith("<![CDATA[", start):
                end = source.find("]]>", start) + 3
                if end == 2:
                    character_data_ends = False
                    end = _after(source, ">", start)
            else:
                end = _after(source, ">", start)
            yield Token(TokenKind.SKIPPED, "", start, end)
        elif second == "?" or (second == "/" and not source[start + 2 : start + 3].isalpha()):
            end = _after(source, ">", start)
            yield Token(TokenKind.SKIPPED, "", start, end)
        else:
            tag = _TAG.match(source, start)
            if tag is None:
                # Browsers drop a tag that the file's end cuts off, with everything in it. A letter that is not ASCII
                # after "</" starts a comment.
                end = _after(source, ">", start) if second == "/" and not source[start + 2].isascii() else length
                yield Token(TokenKind.SKIPPED, "", start, end)
            else:
                end = tag.end()
                name = tag[1].lower()
                if second == "/":
                    yield Token(TokenKind.END, name, start, end)
                else:
                    yield Token(TokenKind.START, name, start, end)
                    if name in RAW_TEXT and not (xml and source[end - 2] == "/"):
                        closing = _RAW_TEXT_END[name].search(source, end)
                        start, end = end, length if closing is None else closing.start()
                        if start < end:
                            yield Token(TokenKind.SKIPPED, name, start, end)
        position = end


def attributes(tag: str) -> dict[str, str]:
    """Return the attributes of a start tag's source text; the first of a name counts, values are entity-decoded."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(tag, len(tag) if len(tag) < 3 else _name_end(tag), len(tag) - 1):
        name = match[1].lower()
        if name not in found:
            value = match[2] or match[3] or match[4] or ""
            found[name] = unescape(value) if "&" in value else value
    return found


_NAME = re.compile(r"<[^\s/>]*+")


def _name_end(tag: str) -> int:
    match = _NAME.match(tag)
    return 0 if match is None else match.end()


def _after(source: str, needle: str, start: int) -> int:
    found = source.find(needle, start)
    return len(source) if found < 0 else found + len(needle)


def _comment_end(source: str, start: int) -> int:
    for short in ("<!-->", "<!--->"):
        if source.startswith(short, start):
            return start + len(short)
    match = _COMMENT_END.search(source, start + 4)
    return len(source) if match is None else match.end()


# The shape of a character reference, as in the standard library's html.unescape.
REFERENCE = re.compile(r"&(?:#[0-9]++;?+|#[xX][0-9a-fA-F]++;?+|[^\t\n\f <&#;]{1,32}+;?+)")
_LONGEST_NUMBER = 16
"""Characters of a numeric reference beyond which its number cannot be a character's (leading zeros apart)."""


def reference(text: str) -> tuple[str, int] | None:
    """Decode the character reference at the start of ``text``, which ``REFERENCE`` matched.

    Return the characters that it stands for (none for a control character that HTML forbids) and its own length, or
    ``None`` for text that is no reference: unknown names stay as they are written.
    """
    if text.startswith("&#"):
        if len(text) > _LONGEST_NUMBER:
            digits = text[2:].rstrip(";").lstrip("xX").lstrip("0")
            if len(digits) > _LONGEST_NUMBER - 4:
                return "\ufffd", len(text)
            mark = text[2] if text[2] in "xX" else ""
            return html.unescape(f"&#{mark}{digits or 0};"), len(text)
        return html.unescape(text), len(text)
    name = text[1:]
    if name in html5:
        return html5[name], len(text)
    # A name without its semicolon may be followed by letters: the longest known beginning counts.
    for end in range(len(name) - 1, 1, -1):
        if name[:end] in html5:
            return html5[name[:end]], end + 1
    return None


def unescape(text: str) -> str:
    """Decode all character references of a text; unlike ``html.unescape``, never fails on a long number."""

    def decoded(match: re.Match[str]) -> str:
        found = reference(match.group())
        return match.group() if found is None else found[0] + match.group()[found[1] :]

    return REFERENCE.sub(decoded, text)
