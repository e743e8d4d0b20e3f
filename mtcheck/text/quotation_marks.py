"""Quotation marks as they stand in text: which glyphs there are, and what their surroundings say of their direction.

A straight mark has no direction of its own, and a curly one may have been turned: where a mark opens or closes is first
told from what stands on its two sides. The automaton of ``mtcheck.text.quotations`` decides the rest from its state.

The repertoire is that of Unicode's quotation marks (The Unicode Standard, chapter 6.2, "Quotation marks") and of the
typewriter's substitutes (``''``, two backticks, two commas).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from mtcheck.core.spans import Span


class Family(StrEnum):
    """Marks that pair with each other."""

    DOUBLE = "double"
    SINGLE = "single"
    ANGLE = "angle"
    SINGLE_ANGLE = "single angle"
    CORNER = "corner"
    WHITE_CORNER = "white corner"


class Direction(StrEnum):
    """What the surroundings of a mark say: it opens, it closes, space on both sides, or text on both sides."""

    OPENS = "opens"
    CLOSES = "closes"
    APART = "apart"
    WITHIN = "within"


FAMILIES: dict[str, Family] = {
    **dict.fromkeys(
        ('"', "＂", "“", "”", "„", "‟", "''", "``", "‘‘", "’’", ",,", "〝", "〞", "〟", "″"), Family.DOUBLE
    ),
    **dict.fromkeys(("'", "‘", "’", "‚", "‛", "`"), Family.SINGLE),
    **dict.fromkeys(("«", "»"), Family.ANGLE),
    **dict.fromkeys(("‹", "›"), Family.SINGLE_ANGLE),
    **dict.fromkeys(("「", "」", "﹁", "﹂"), Family.CORNER),
    **dict.fromkeys(("『", "』", "﹃", "﹄"), Family.WHITE_CORNER),
}

STRAIGHT = frozenset({'"', "＂", "''", "'"})
"""Marks without a direction of their own."""

_LONG_BLOCK = 20_000
_MOST_MARKS = 0.1
NO_BREAK_SPACES = frozenset("\xa0\u202f\u2007\u2009")
"""Spaces that tie a mark to what it encloses."""

_MARK = re.compile(
    r"""
      (?<!')'''?(?!')    # two straight single marks for a double one, as typewriters and TeX have it; a third is nested
    | (?<!`)``(?!`)
    | (?<!‘)‘‘(?!‘)
    | (?<!’)’’’?(?!’)
    | (?<!,),,(?=[^\W\d_])   # two commas for a low mark
    | ["＂“”„‟〝〞〟″'‘’‚‛`«»‹›「」﹁﹂『』﹃﹄]
    """,
    re.VERBOSE,
)
# Characters that are not seen and take no room: they must not hide what stands beside a mark.
_INVISIBLE = frozenset(
    "\xad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_BEFORE_OPENING = frozenset("([{<¿¡—–‒―-‐‑/\\|=>*_#@+~^&§•·（［｛〈《【，。、：；！？")
_AFTER_CLOSING = frozenset(")]}>.,;:!?…—–‒―-‐‑/\\|<*_&）］｝〉》】。，、：；！？．،؛؟۔।")


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: its span in the document, glyph, family and what stands beside it.

    ``before`` and ``after`` are the nearest characters that can be seen (the next mark of a run included), empty at the
    border of the block. ``direction`` is told from the surroundings alone, with a run of marks read as one.
    """

    span: Span
    glyph: str
    family: Family
    before: str
    after: str
    direction: Direction


def is_han_or_kana(character: str) -> bool:
    """Tell whether a character belongs to a script that is written without spaces (Chinese, Japanese)."""
    return "\u3040" <= character <= "\u30ff" or "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff"


def is_gershayim(mark: Mark) -> bool:
    """Tell whether a mark between Hebrew letters belongs to an abbreviation, not to a quotation."""
    return "\u05d0" <= mark.before <= "\u05ea" and "\u05d0" <= mark.after <= "\u05ea"


def is_ornament(text: str, span: Span) -> bool:
    """Tell whether a long block is made of marks for a good part, so that they cannot be the marks of quotations."""
    if len(span) < _LONG_BLOCK:
        return False
    block = span.of(text)
    return sum(block.count(glyph) for glyph in FAMILIES if len(glyph) == 1) > len(block) * _MOST_MARKS


def marks_in(text: str, span: Span) -> list[Mark]:
    """Return the marks inside ``span`` (one block) in order, in time linear in its length."""
    places = list(_places(text, span))
    afters = [""] * len(places)
    beyond = [""] * len(places)
    for index in range(len(places) - 1, -1, -1):
        offset = places[index].end
        border = places[index + 1].start if index + 1 < len(places) else span.end
        while offset < border and text[offset] in _INVISIBLE:
            offset += 1
        if offset < border or border == span.end:
            afters[index] = beyond[index] = text[offset] if offset < span.end else ""
        else:
            # Another mark stands next to this one: what stands after the whole run tells the direction.
            afters[index], beyond[index] = text[border], beyond[index + 1]
    marks: list[Mark] = []
    for index, place in enumerate(places):
        offset = place.start
        border = places[index - 1].end if index else span.start
        while offset > border and text[offset - 1] in _INVISIBLE:
            offset -= 1
        before = text[offset - 1] if offset > span.start else ""
        left = _open_to_the_left(before)
        if index and offset == border:
            left = marks[-1].direction in (Direction.OPENS, Direction.APART)
        glyph = place.of(text)
        direction = _direction(left=left, before=before, after=beyond[index], straight=glyph in STRAIGHT)
        marks.append(Mark(place, glyph, FAMILIES[glyph], before, afters[index], direction))
    return marks


def _places(text: str, span: Span) -> Iterator[Span]:
    """Yield the places of marks; three single marks are a double one with a single one inside it."""
    for match in _MARK.finditer(text, span.start, span.end):
        start, end = match.span()
        if end - start < 3:
            yield Span(start, end)
            continue
        outer_first = start == span.start or _open_to_the_left(text[start - 1])
        middle = start + (2 if outer_first else 1)
        yield Span(start, middle)
        yield Span(middle, end)


def _open_to_the_left(character: str) -> bool:
    return not character or character.isspace() or character in _BEFORE_OPENING


def _direction(*, left: bool, before: str, after: str, straight: bool) -> Direction:
    """Return what the two sides say; ``left``: a mark that stands here may open."""
    right = not after or after.isspace() or after in _AFTER_CLOSING
    if left and right:
        if straight and (after in NO_BREAK_SPACES) is not (before in NO_BREAK_SPACES) and before and after:
            # A no-break space ties a straight mark to what it encloses, when the other side is a plain border.
            return Direction.OPENS if after in NO_BREAK_SPACES else Direction.CLOSES
        return Direction.APART
    if left:
        return Direction.OPENS
    return Direction.CLOSES if right else Direction.WITHIN
