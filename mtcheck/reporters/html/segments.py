"""A text cut where something begins or ends, so that overlapping and nested spans become marks that never cross."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mtcheck.core.spans import Span
from mtcheck.reporters.visible import UNSAFE, name_of

_DRAWN = re.compile("[\u0009\u000a\u000d\u200e\u200f\u061c]")
"""Of the unsafe characters, those a page may hold as they are: white space, and marks that end with their own block."""


@dataclass(frozen=True, slots=True)
class Part:
    """Characters to show as they are, or, where ``control`` names one, a character that must be written out."""

    text: str
    control: str = ""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A span with the number of the thing it belongs to."""

    span: Span
    number: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text over which the same labels lie.

    ``numbers`` are those labels, the shortest span first; ``starting`` those that begin with this segment.
    """

    span: Span
    parts: tuple[Part, ...]
    numbers: tuple[int, ...] = ()
    starting: tuple[int, ...] = ()


def parts(text: str) -> tuple[Part, ...]:
    """Cut a text at the characters that must be written out rather than drawn."""
    found: list[Part] = []
    start = 0
    for match in UNSAFE.finditer(text):
        if _DRAWN.match(match[0]):
            continue
        if match.start() > start:
            found.append(Part(text[start : match.start()]))
        found.append(Part("", name_of(match[0])))
        start = match.end()
    if start < len(text):
        found.append(Part(text[start:]))
    return tuple(found)


def segments(text: str, within: Span, labelled: Iterable[Labelled]) -> tuple[Segment, ...]:
    """Cut the part ``within`` of a text at every border of the labelled spans.

    The segments tile ``within``. A span that begins before it starts with its first segment here.
    """
    inside = []
    for label in labelled:
        start, end = max(label.span.start, within.start), min(label.span.end, within.end)
        if start < end:
            inside.append(Labelled(Span(start, end), label.number))
    inside.sort(key=lambda label: (label.span.start, len(label.span), label.number))
    borders = sorted(
        {within.start, within.end, *(end for label in inside for end in (label.span.start, label.span.end))}
    )
    made: list[Segment] = []
    active: list[Labelled] = []
    waiting = 0
    for start, end in pairwise(borders):
        active = [label for label in active if label.span.end > start]
        starting = []
        while waiting < len(inside) and inside[waiting].span.start == start:
            active.append(inside[waiting])
            starting.append(inside[waiting].number)
            waiting += 1
        active.sort(key=lambda label: (len(label.span), label.number))
        span = Span(start, end)
        numbers = tuple(dict.fromkeys(label.number for label in active))
        made.append(Segment(span, parts(span.of(text)), numbers, tuple(starting)))
    return tuple(made)


def marked(text: str, highlights: Sequence[Span]) -> tuple[Segment, ...]:
    """Cut a piece of evidence at its highlights; highlighted segments have the number 1."""
    return segments(text, Span(0, len(text)), [Labelled(span, 1) for span in highlights])
