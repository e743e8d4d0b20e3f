"""The inline part of Markdown: which characters of a block a reader sees.

A small part of CommonMark 0.31 on purpose: escapes, code spans, links, images, emphasis, tags, comments, references to
characters. What it does not understand stays as it is written, so that nothing is lost and every place stays right.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5

_TOKEN = re.compile(
    r"""
      \\ (?P<escaped> [!-/:-@\[-`{-~] )
    | (?P<ticks> `+ )
    | < (?P<autolink> [A-Za-z][A-Za-z0-9+.-]{1,31} : [^\s<>]* | [\w.+-]{1,64} @ [\w.-]{1,255} ) >
    | (?P<comment> <!-- )
    | (?P<tag> </? [A-Za-z] [^<>]{0,2000} > )
    | & (?P<reference> \# [0-9]{1,7} | \# [xX] [0-9a-fA-F]{1,6} | [A-Za-z][A-Za-z0-9]{1,31} ) ;
    | (?P<footnote> \[\^ [^\[\]\s]{1,99} \] )
    | (?P<open> !? \[ )
    | (?P<close> \] )
    | (?P<marks> \*+ | _+ | ~~ )
    """,
    re.VERBOSE,
)
_DESTINATION = re.compile(
    r"""
    \( \s{0,99}
    (?: < [^<>\r\n]{0,4000} > | [^\s()<>]{0,4000}+ (?: \( [^\s()]{0,4000}+ \) [^\s()]{0,4000}+ ){0,20}+ )
    (?: \s{1,99} (?: "[^"]{0,1000}" | '[^']{0,1000}' | \( [^()]{0,1000} \) ) )?
    \s{0,99} \)
    """,
    re.VERBOSE,
)
_REFERENCE_LABEL = re.compile(r"\[([^\[\]]{0,999})\]")
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """Visible characters for ``[start, end)`` of a block: the same ones, or one unit such as a decoded reference."""

    text: str
    start: int
    end: int


def visible(text: str, definitions: frozenset[str]) -> list[Piece]:
    """Return the visible pieces of a block in order; between them stands markup.

    ``definitions`` are the labels of the link references that the file defines, as ``label_of`` gives them.
    """
    replaced = sorted(_replacements(text, definitions), key=lambda piece: (piece.start, piece.end))
    pieces: list[Piece] = []
    position = 0
    for piece in replaced:
        if piece.start < position:
            continue
        if piece.start > position:
            pieces.append(Piece(text[position : piece.start], position, piece.start))
        if piece.text:
            pieces.append(piece)
        position = piece.end
    if position < len(text):
        pieces.append(Piece(text[position:], position, len(text)))
    return pieces


def label_of(text: str) -> str:
    """Return the label of a link reference as labels are compared: without regard to case and white space."""
    return " ".join(text.casefold().split())


def is_image_alone(text: str) -> bool:
    """Tell whether a block is one image and nothing else."""
    return _IMAGE_ALONE.fullmatch(text.strip()) is not None


_IMAGE_ALONE = re.compile(rf"!\[[^\[\]]{{0,2000}}\](?:{_DESTINATION.pattern}|\[[^\[\]]{{0,999}}\])", re.VERBOSE)


@dataclass(slots=True)
class _Marks:
    """A run of emphasis marks; ``used_left`` and ``used_right`` of its characters have found their partner."""

    start: int
    length: int
    used_left: int = 0
    used_right: int = 0

    @property
    def free(self) -> int:
        return self.length - self.used_left - self.used_right


def _replacements(text: str, definitions: frozenset[str]) -> Iterator[Piece]:
    """Yield what is not seen as it is written; pieces without text are not seen at all."""
    ticks_ahead = _tick_runs(text)
    brackets: list[tuple[int, int]] = []
    openers: dict[str, list[_Marks]] = {"*": [], "_": [], "~": []}
    runs: list[_Marks] = []
    comments_end = True
    position = 0
    while match := _TOKEN.search(text, position):
        start, position = match.span()
        kind = match.lastgroup
        if kind == "escaped":
            yield Piece(match["escaped"], start, position)
        elif kind == "ticks":
            closing = _closing_ticks(ticks_ahead, len(match["ticks"]), position)
            if closing is not None:
                yield Piece("", start, position)
                yield Piece("", closing, closing + len(match["ticks"]))
                position = closing + len(match["ticks"])
        elif kind == "autolink":
            yield Piece("", start, start + 1)
            yield Piece("", position - 1, position)
        elif kind == "comment":
            comment_end = text.find("-->", position) if comments_end else -1
            comments_end = comment_end >= 0
            if comments_end:
                position = comment_end + 3
                yield Piece("", start, position)
        elif kind == "tag":
            yield Piece("\n" if _BREAK_TAG.fullmatch(match["tag"]) else "", start, position)
        elif kind == "reference":
            character = _character(match["reference"])
            if character is not None:
                yield Piece(character, start, position)
        elif kind == "footnote":
            yield Piece("", start, position)
        elif kind == "open":
            brackets.append((start, position))
        elif kind == "close" and brackets:
            opening = brackets.pop()
            end = _link_end(text, opening, start, definitions)
            if end is not None:
                yield Piece("", *opening)
                yield Piece("", start, end)
                position = end
        elif kind == "marks":
            marks = _Marks(start, position - start)
            runs.append(marks)
            _pair(text, marks, openers[text[start]])
    for marks in runs:
        if marks.used_left:
            yield Piece("", marks.start, marks.start + marks.used_left)
        if marks.used_right:
            end = marks.start + marks.length
            yield Piece("", end - marks.used_right, end)


def _tick_runs(text: str) -> dict[int, list[int]]:
    """Return where the runs of backticks stand, by their length, the last first."""
    runs: dict[int, list[int]] = {}
    for match in re.finditer("`+", text):
        runs.setdefault(len(match.group()), []).append(match.start())
    for starts in runs.values():
        starts.reverse()
    return runs


def _closing_ticks(runs: dict[int, list[int]], length: int, position: int) -> int | None:
    starts = runs.get(length, [])
    while starts and starts[-1] < position:
        starts.pop()
    return starts[-1] if starts else None


def _character(reference: str) -> str | None:
    if not reference.startswith("#"):
        return html5.get(f"{reference};")
    number = int(reference[2:], 16) if reference[1] in "xX" else int(reference[1:])
    if number == 0 or number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        return "\ufffd"
    return chr(number)


def _link_end(text: str, opening: tuple[int, int], closing: int, definitions: frozenset[str]) -> int | None:
    """Return where a link or image that closes its brackets here ends, or ``None`` for plain brackets."""
    destination = _DESTINATION.match(text, closing + 1)
    if destination is not None:
        return destination.end()
    reference = _REFERENCE_LABEL.match(text, closing + 1)
    own = text[opening[1] : min(closing, opening[1] + 1000)]
    if reference is not None:
        return reference.end() if label_of(reference[1] or own) in definitions else None
    return closing + 1 if label_of(own) in definitions else None


def _pair(text: str, marks: _Marks, openers: list[_Marks]) -> None:
    """Match a run of emphasis marks with those before it (CommonMark 6.2, flanking)."""
    before = text[marks.start - 1] if marks.start else " "
    end = marks.start + marks.length
    after = text[end] if end < len(text) else " "
    left = not after.isspace() and (not _punctuation(after) or before.isspace() or _punctuation(before))
    right = not before.isspace() and (not _punctuation(before) or after.isspace() or _punctuation(after))
    mark = text[marks.start]
    opens = left and (mark != "_" or not right or _punctuation(before))
    closes = right and (mark != "_" or not left or _punctuation(after))
    if closes:
        while openers and marks.free:
            opener = openers[-1]
            used = min(opener.free, marks.free, 2)
            if mark == "~" and used < 2:
                break
            opener.used_right += used
            marks.used_left += used
            if not opener.free:
                openers.pop()
    if opens and marks.free:
        openers.append(marks)


def _punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"
