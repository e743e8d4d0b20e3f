"""Blocks of plain text, recognised by shape.

What is left when a page is saved as text: one paragraph a line (or hard-wrapped lines), the headline without a full stop
before the first long paragraph, short lines of furniture around. Nothing here depends on the language beyond the small
lists of ``mtcheck.text.furniture``; a text without the shape of a page is paragraphs throughout.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from mtcheck.core.documents import Block, BlockKind, BlockRole
from mtcheck.core.spans import Span
from mtcheck.text.furniture import (
    BYLINE_STARTS,
    CAPTION_STARTS,
    COMMENT_STARTS,
    DATE_WORDS,
    END_STARTS,
    LABELS,
    MONTHS,
)
from mtcheck.text.plain_lines import CLOSERS, NO_SPACE_SCRIPT, TERMINALS, Line, runs_of_paragraphs

_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_NUMBER_LINE = re.compile(r"[\W\d_]*[KkMм]?[\W\d_]*")
_DATE = re.compile(
    r"""
      \b [0-9]{1,4} [./-] [0-9]{1,2} (?: [./-] [0-9]{2,4} )? \b   # 15.02.2022, 2022-01-21, 01.03
    | \b [0-9]{1,2} : [0-9]{2} \b                                   # 05:11
    | \b (?: 19 | 20 ) [0-9]{2} \b                                  # a year
    """,
    re.VERBOSE,
)
# "Moscow-Sana", "VAREN, Agency", "Paris (AFP) -": a place and an agency and nothing else.
_PLACE_AND_AGENCY = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)? ?[-–—,/(] ?[^\W\d_]+(?: [^\W\d_]+)?\)? ?[-–—:]?")
_SAMPLE = 4_000
"""Characters of a unit that its shape is judged by: what lies beyond says nothing new of a paragraph."""

LONG_WORDS = 20
"""A line of this many words is running text even without a final stop."""
HEADLINE_WORDS = 40


class _Shape(Enum):
    TEXT = 0
    NUMBER = 1
    DATE = 2
    CAPTION = 3
    BYLINE = 4
    LABEL = 5
    COMMENTS = 6
    END = 7


@dataclass(frozen=True, slots=True)
class _Unit:
    """A line or a hard-wrapped paragraph: ``[start, end)`` of the text, without bullet and surrounding white space."""

    start: int
    end: int
    words: int
    ended: bool
    bullet: bool
    blank_before: bool
    blank_after: bool
    shape: _Shape
    key: str

    @property
    def body(self) -> bool:
        """Tell whether this is running text: whole sentences, or many words."""
        return self.shape is _Shape.TEXT and (self.words >= LONG_WORDS or (self.ended and self.words >= 3))

    @property
    def title(self) -> bool:
        """Tell whether this could be a headline."""
        open_ended = not self.ended and self.key[-1] not in ":,;،؛、"
        return self.shape is _Shape.TEXT and open_ended and not self.bullet and 2 <= self.words <= HEADLINE_WORDS


def plain_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a plain text, in order, never empty and not overlapping.

    One line is one block, unless lines are hard-wrapped: then a paragraph is one block with line breaks inside. Every
    character that is neither white space nor the bullet of a list lies in a block.
    """
    units = _units(text)
    kinds = _kinds(units)
    return tuple(Block(kind, Span(unit.start, unit.end), role) for unit, (kind, role) in zip(units, kinds, strict=True))


def _units(text: str) -> list[_Unit]:
    units: list[_Unit] = []
    for paragraphs in runs_of_paragraphs(text):
        last = len(paragraphs) - 1
        for index, lines in enumerate(paragraphs):
            units.append(_unit(text, lines, blank_before=index == 0, blank_after=index == last))
    return units


def _unit(text: str, lines: Sequence[Line], *, blank_before: bool, blank_after: bool) -> _Unit:
    start, end = lines[0].start, lines[-1].end
    sample = text[start : min(end, start + _SAMPLE)]
    tail = text[max(start, end - 24) : end].rstrip(CLOSERS)
    ended = bool(tail) and tail[-1] in TERMINALS and not tail.endswith(":")
    words = len(_WORD.findall(sample))
    if not sample.isascii():
        # Two characters stand for a word where no spaces part them.
        words = max(words, len(NO_SPACE_SCRIPT.findall(sample)) // 2)
    key = " ".join(sample.casefold().split())
    return _Unit(
        start,
        end,
        words,
        ended,
        lines[0].bullet,
        blank_before,
        blank_after,
        shape=_shape(sample, key, words),
        key=key,
    )


def _shape(sample: str, key: str, words: int) -> _Shape:
    """Return what a unit is by its own words alone."""
    if len(sample) < 64 and _NUMBER_LINE.fullmatch(sample):
        return _Shape.DATE if _DATE.search(sample) else _Shape.NUMBER
    if words <= 10 and _is_date(key):
        return _Shape.DATE
    if words <= 30:
        if key.startswith(CAPTION_STARTS) and not _copyright(key):
            return _Shape.CAPTION
        if _copyright(key):
            return _Shape.END
    if words <= 16:
        if key.startswith(COMMENT_STARTS):
            return _Shape.COMMENTS
        if key.startswith(END_STARTS):
            return _Shape.END
    if key.strip(".:…»›>|•· ") in LABELS:
        return _Shape.LABEL
    if words <= 8 and key.startswith(BYLINE_STARTS) and key[-1] not in TERMINALS:
        return _Shape.BYLINE
    if "http" in key and words <= 16 and re.search(r"https?://\S+$", key[-200:]):
        return _Shape.END
    return _Shape.TEXT


_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)[^.]{0,60}\b(?:19|20)[0-9]{2}\b|all rights reserved|все права защищены|alle rechte vorbehalten"
    r"|todos los derechos reservados|tous droits réservés|جميع الحقوق محفوظة"
)


def _copyright(key: str) -> bool:
    return _COPYRIGHT.search(key) is not None and not key.startswith(CAPTION_STARTS[1:])


def _is_date(key: str) -> bool:
    """Tell whether a line is a date or a time and nothing else but a word or two (a section's name)."""
    if _DIGIT.search(key) is None:
        return False
    words = _WORD.findall(key)
    known = sum(1 for word in words if word in MONTHS or word in DATE_WORDS or len(word) == 1)
    has_date = _DATE.search(key) is not None and (known > 0 or len(words) <= 3)
    return (has_date or any(word in MONTHS for word in words)) and len(words) - known <= 2


# --- What each unit is

_Kind = tuple[BlockKind, BlockRole]
_MAIN, _FURNITURE = BlockRole.MAIN, BlockRole.FURNITURE


def _kinds(units: Sequence[_Unit]) -> list[_Kind]:
    start = _body_start(units)
    if start is None or len(units) == 1:
        return [_plain_kind(unit) for unit in units]
    end = _body_end(units, start)
    headlines = _headlines(units, start)
    first = headlines[0] if headlines else start
    if not headlines and not _looks_like_furniture(units[:start]):
        # Running text with short lines before it, but no page around it.
        first = 0
    kinds = [_before(unit) for unit in units[:first]]
    kinds += _inside(units, first, end, frozenset(headlines), has_headline=bool(headlines))
    kinds += _after(units[end:])
    return kinds


def _plain_kind(unit: _Unit) -> _Kind:
    """Return the kind of a unit of a text that is no page: a snippet, a list, lines of strings."""
    return (BlockKind.LIST_ITEM if unit.bullet else BlockKind.PARAGRAPH), _MAIN


def _body_start(units: Sequence[_Unit]) -> int | None:
    """Return the index of the first unit of running text, or ``None`` where there is none.

    A lone sentence with none other near it (a site's motto, a cookie notice) does not count, if others follow further on.
    """
    bodies = [index for index, unit in enumerate(units) if unit.body and not unit.bullet]
    for position, index in enumerate(bodies):
        near = any(unit.body for unit in units[index + 1 : index + 4])
        after = len(bodies) - position - 1
        if after == 0:
            return bodies[0]
        title_follows = any(
            unit.title and unit.words >= 4 and unit.blank_before and unit.blank_after
            for unit in units[index + 1 : bodies[position + 1]]
        )
        motto = position == 0 and index < 6 and units[index].words < 40 and after >= 3 and title_follows
        if (near and not motto) or (not near and units[index].words >= 60):
            return index
    return bodies[0] if bodies else None


def _headlines(units: Sequence[_Unit], start: int) -> list[int]:
    """Return the indexes of the headline (more than one where it stands twice), or none."""
    candidates = [index for index in range(start) if units[index].title]
    if not candidates:
        return []

    def weight(index: int) -> tuple[int, int, int]:
        unit = units[index]
        return (min(unit.words, 4), int(unit.blank_before and unit.blank_after), -index)

    best = max(candidates, key=weight)
    if units[best].words < 3 and not (units[best].blank_after or units[best].blank_before):
        return []
    return [index for index in candidates if units[index].key == units[best].key]


def _body_end(units: Sequence[_Unit], start: int) -> int:
    """Return the index after the last unit of the body."""
    letters = [unit.words if unit.body else 0 for unit in units]
    total = sum(letters[start:])
    seen = 0
    end = len(units)
    for index in range(start, len(units)):
        rest = total - seen
        closes = units[index].shape in (_Shape.END, _Shape.COMMENTS) or _author_box(units, index)
        if index > start and closes and rest <= 0.35 * seen:
            end = index
            break
        seen += letters[index]
    # Short lines after the last sentence are furniture too.
    while end > start + 1 and not units[end - 1].body and not (units[end - 1].bullet and units[end - 1].words > 8):
        end -= 1
    return end


def _author_box(units: Sequence[_Unit], index: int) -> bool:
    """Tell whether a line is a name by itself that the text after it is about."""
    unit = units[index]
    if not unit.title or unit.words > 5 or index + 1 >= len(units):
        return False
    return units[index + 1].key.lstrip("\"'“„«‘ ").startswith(unit.key)


def _looks_like_furniture(units: Sequence[_Unit]) -> bool:
    return any(unit.shape in (_Shape.LABEL, _Shape.NUMBER, _Shape.DATE, _Shape.COMMENTS) for unit in units)


def _before(unit: _Unit) -> _Kind:
    """Return the kind of a unit before the headline."""
    if unit.shape is _Shape.DATE:
        return BlockKind.DATELINE, _FURNITURE
    return (BlockKind.NAVIGATION if unit.words <= 8 else BlockKind.LABEL), _FURNITURE


def _inside(
    units: Sequence[_Unit], first: int, end: int, headlines: frozenset[int], *, has_headline: bool
) -> list[_Kind]:
    """Return the kinds from the headline to the end of the body."""
    summary, lead = _summary_and_lead(units, end, headlines) if has_headline else (None, None)
    kinds: list[_Kind] = []
    for index in range(first, end):
        unit = units[index]
        if index in headlines:
            kinds.append((BlockKind.HEADLINE, _MAIN))
        elif index == summary:
            kinds.append((BlockKind.SUMMARY, _MAIN))
        elif index == lead:
            kinds.append((BlockKind.LEAD, _MAIN))
        elif unit.shape in _FURNITURE_KINDS:
            kinds.append(_FURNITURE_KINDS[unit.shape])
        elif unit.bullet:
            kinds.append((BlockKind.LIST_ITEM, _MAIN))
        elif unit.body or not has_headline:
            kinds.append((BlockKind.PARAGRAPH, _MAIN))
        elif lead is not None and index < lead:
            kinds.append(_between(unit))
        else:
            kinds.append((BlockKind.LABEL, _MAIN))
    return kinds


_FURNITURE_KINDS: dict[_Shape, _Kind] = {
    _Shape.NUMBER: (BlockKind.LABEL, _FURNITURE),
    _Shape.DATE: (BlockKind.DATELINE, _FURNITURE),
    _Shape.CAPTION: (BlockKind.CAPTION, _MAIN),
    _Shape.BYLINE: (BlockKind.BYLINE, _FURNITURE),
    _Shape.LABEL: (BlockKind.LABEL, _FURNITURE),
    _Shape.COMMENTS: (BlockKind.LABEL, _FURNITURE),
    _Shape.END: (BlockKind.LABEL, _FURNITURE),
}


def _between(unit: _Unit) -> _Kind:
    """Return the kind of a short unit between headline and lead."""
    if _PLACE_AND_AGENCY.fullmatch(unit.key) and unit.words <= 5:
        return BlockKind.DATELINE, _FURNITURE
    if _DATE.search(unit.key[-24:]):
        return BlockKind.CAPTION, _MAIN
    return BlockKind.LABEL, _MAIN


def _summary_and_lead(units: Sequence[_Unit], end: int, headlines: frozenset[int]) -> tuple[int | None, int | None]:
    """Return the index of the standfirst, if there is one, and that of the first paragraph."""
    last_headline = max(headlines)
    bodies = [index for index in range(last_headline + 1, end) if units[index].body and not units[index].bullet]
    if not bodies:
        return None, None
    lead = bodies[0]
    if len(bodies) > 1:
        between = units[bodies[0] + 1 : bodies[1]]
        if between and all(
            unit.shape in (_Shape.DATE, _Shape.BYLINE)
            or (unit.words <= 5 and not unit.ended and _PLACE_AND_AGENCY.fullmatch(unit.key))
            for unit in between
        ):
            return bodies[0], bodies[1]
    for index in range(last_headline + 1, lead):
        unit = units[index]
        if unit.title and unit.words >= 6 and not _DATE.search(unit.key[-24:]):
            return index, lead
    return None, lead


def _after(units: Sequence[_Unit]) -> list[_Kind]:
    """Return the kinds after the body: comments from their heading on, the rest the page's foot."""
    kinds: list[_Kind] = []
    comments = False
    for unit in units:
        if unit.shape is _Shape.COMMENTS:
            comments = True
            kinds.append((BlockKind.LABEL, _FURNITURE))
        elif unit.shape is _Shape.END:
            comments = False
            kinds.append((BlockKind.FOOTER, _FURNITURE))
        elif comments and unit.shape is _Shape.TEXT and unit.words >= 3:
            kinds.append((BlockKind.COMMENT, _FURNITURE))
        elif unit.shape in (_Shape.NUMBER, _Shape.DATE, _Shape.LABEL):
            kinds.append((BlockKind.LABEL, _FURNITURE))
        else:
            kinds.append((BlockKind.FOOTER, _FURNITURE))
    return kinds
