"""The parts of a sentence that could be taken away: what stands between two pauses."""

from __future__ import annotations

import re
from itertools import pairwise

from mtcheck.core.spans import Span
from mtcheck.text.alignment import is_unspaced, words_of

FEWEST_WORDS = 3
FEWEST_SIGNS = 5
"""The same where every sign counts as a word."""
MOST_SHARE = 0.7
"""Without more of its words than this a sentence is another one."""
MOST_PARTS = 8
_PAUSE = re.compile(r"[,;:،؛，；：、()\[\]«»“”„\"…]|\s[-–—]\s|—")


def removable_parts(text: str) -> tuple[Span, ...]:
    """Return the spans of the parts, from their first word to their last, in order; the longest ones where there are many."""
    words = words_of(text)
    borders = [0, *(match.start() for match in _PAUSE.finditer(text)), len(text)]
    found: list[tuple[int, Span]] = []
    for start, end in pairwise(borders):
        inside = [word for word in words if start <= word.span.start < end]
        if not inside:
            continue
        fewest = FEWEST_SIGNS if is_unspaced(inside[0].key[:1]) else FEWEST_WORDS
        if fewest <= len(inside) <= MOST_SHARE * len(words):
            found.append((len(inside), Span(inside[0].span.start, inside[-1].span.end)))
    longest = sorted(found, key=lambda entry: (-entry[0], entry[1]))[:MOST_PARTS]
    return tuple(sorted(span for _, span in longest))


def without(text: str, part: Span) -> str:
    """Return a text without a part of it, with single spaces."""
    return " ".join(f"{text[: part.start]} {text[part.end :]}".split())
