"""A line cut into the parts that a translator takes: its sentences, and the clauses of one that is far too long."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtcheck.core.spans import Span
from mtcheck.text.sentences import sentence_spans

# Small models learned from sentences of up to some 60 words; longer ones are cut where a reader would pause.
MAX_PART_CHARACTERS = 400
# Where to cut, best first: after the mark of a clause, after a comma, at a space.
_PAUSES = (re.compile(r"[;:；：؛…—–](?=\s|$)|[。！？；]"), re.compile(r"[,،](?=\s|$)|[，、]"), re.compile(r"\s"))


def parts_of(text: str, language: str) -> list[Span]:
    """Return the parts of a line in order, without white space around them; every other character is in one of them."""
    return [part for sentence in sentence_spans(text, language) for part in _cut(text, sentence)]


def _cut(text: str, sentence: Span) -> Iterator[Span]:
    start = sentence.start
    while sentence.end - start > MAX_PART_CHARACTERS:
        end = _pause(text, start)
        yield from _trimmed(text, start, end)
        start = end
    yield from _trimmed(text, start, sentence.end)


def _pause(text: str, start: int) -> int:
    """Return where to cut: after the last pause of the best kind in the second half of what may be taken, or else right there."""
    middle, end = start + MAX_PART_CHARACTERS // 2, start + MAX_PART_CHARACTERS
    for pause in _PAUSES:
        # One character more is looked at, so that "1,000" is not taken for a pause where the room ends behind its comma.
        places = [match.end() for match in pause.finditer(text, middle, end + 1) if match.end() <= end]
        if places:
            return places[-1]
    return end


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)
