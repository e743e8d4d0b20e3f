"""The words around the quotations of a stretch of text, with what stands between them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from mtcheck.core.spans import Span
from mtcheck.text.speech_words import ABBREVIATIONS

_WORD = re.compile(r"[^\W_]+(?:['’ʼ.-][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…؟۔][\"”»“)\]'’]{0,4}(?:\s|\Z)")
_LONGEST_GAP = 12


@dataclass(frozen=True, slots=True)
class Word:
    """One word outside quotations: its span, and its text in lower case."""

    span: Span
    lower: str
    capital: bool


class Region:
    """The words of a stretch of text that stand outside some quotations of it, which do not overlap each other.

    ``gaps[i]`` is what stands before word ``i`` (``gaps[len(words)]``: after the last), a quotation in it written as its last
    character between “ and ”, and anything long cut short. ``ends[i]`` tells whether a sentence ends in that gap.
    """

    __slots__ = ("_starts", "ends", "gaps", "text", "words")

    def __init__(self, text: str, span: Span, quotations: Sequence[Span]) -> None:
        """Read a stretch of text; ``quotations`` are in order, marks included."""
        self.text = text
        self.words: list[Word] = []
        self.gaps: list[str] = []
        self.ends: list[bool] = []
        gap = ""
        offset = span.start
        for hole in [*quotations, Span(span.end, span.end)]:
            for match in _WORD.finditer(text, offset, max(hole.start, offset)):
                self.gaps.append(gap + _short(text, offset, match.start()))
                self.words.append(Word(Span(*match.span()), match[0].lower(), match[0][0].isupper()))
                gap = ""
                offset = match.end()
            gap += _short(text, offset, hole.start)
            if hole.end > hole.start:
                last = text[max(hole.end - 4, hole.start) : hole.end].rstrip("\"”»“'’ \xa0\u202f")[-1:]
                gap = f"{gap[-_LONGEST_GAP:]}“{last}”"
            offset = max(offset, hole.end)
        self.gaps.append(gap)
        self._starts = [word.span.start for word in self.words]
        self.ends = [self._ends(index) for index in range(len(self.gaps))]

    def before(self, offset: int) -> int:
        """Return the index of the last word that starts before an offset, or -1."""
        return bisect_left(self._starts, offset) - 1

    def after(self, offset: int) -> int:
        """Return the index of the first word that starts at an offset or later (``len(words)``: none)."""
        return bisect_right(self._starts, offset - 1)

    def _ends(self, index: int) -> bool:
        if index in (0, len(self.words)):
            return True
        match = _SENTENCE_END.search(self.gaps[index])
        if match is None:
            return False
        first = self.text[self.words[index].span.start]
        if first.islower():
            return False
        before = self.words[index - 1]
        plain = match[0].strip() == "." and self.gaps[index].startswith(".")
        return not (plain and (before.lower in ABBREVIATIONS or (len(before.span) == 1 and before.capital)))


def _short(text: str, start: int, end: int) -> str:
    if end - start <= 2 * _LONGEST_GAP:
        return text[start:end]
    return text[start : start + _LONGEST_GAP] + text[end - _LONGEST_GAP : end]
