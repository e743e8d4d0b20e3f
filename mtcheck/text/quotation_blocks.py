"""What the reading of quotations must know of a block: whether it is prose, what stands around a mark in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mtcheck.core.documents import BlockKind, Document
from mtcheck.core.spans import Span
from mtcheck.text.quotation_marks import Mark, is_han_or_kana

PROSE_KINDS = frozenset(
    {
        BlockKind.HEADLINE,
        BlockKind.SUMMARY,
        BlockKind.LEAD,
        BlockKind.PARAGRAPH,
        BlockKind.QUOTATION,
        BlockKind.LIST_ITEM,
        BlockKind.CAPTION,
    }
)
"""Blocks that are written with care, where a lost mark is a fault and not a habit."""

CARELESS_KINDS = frozenset({BlockKind.CODE, BlockKind.NAVIGATION, BlockKind.TABLE_CELL, BlockKind.COMMENT})
"""Blocks where not even a pair of unlike marks is a fault of the page."""

UNJUDGED_LANGUAGES = frozenset({"he", "yi"})
"""Where the mark of abbreviations is the quotation mark, and both stand inside words."""

WORD = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")
"""A word, with the apostrophes and hyphens inside it."""

_FEWEST_WORDS = 4
_MOST_FAULTS = 12
_BARS_OF_A_ROW = 3
_LONGEST_ANCHOR = 40


class Surroundings:
    """The blocks of a document with their languages, and which of them are to be judged."""

    __slots__ = ("_judged", "_noisy", "blocks", "languages", "text")

    def __init__(self, document: Document, languages: Sequence[str]) -> None:
        """Take the language of each block of the document."""
        self.text = document.text
        self.blocks = document.blocks
        self.languages = languages
        self._judged: dict[int, bool] = {}
        self._noisy: set[int] = set()

    def note_faults(self, index: int, faults: int) -> None:
        """Tell how many marks of a block stand wrong: where nothing pairs, the block is no prose."""
        if faults > _MOST_FAULTS:
            self._noisy.add(index)

    def judged(self, index: int) -> bool:
        """Tell whether a block is a text of some length in a language whose marks are understood."""
        if index not in self._judged:
            self._judged[index] = self._is_text(index)
        return self._judged[index] and index not in self._noisy

    def _is_text(self, index: int) -> bool:
        block = self.blocks[index]
        if block.kind in CARELESS_KINDS or self.languages[index] in UNJUDGED_LANGUAGES:
            return False
        if self.text.count("|", block.span.start, block.span.end) >= _BARS_OF_A_ROW:
            return False
        words = 0
        for match in WORD.finditer(self.text, block.span.start, block.span.end):
            # Chinese and Japanese write no spaces: there a run of letters counts as many words.
            words += 1 if not is_han_or_kana(match[0][0]) else len(match[0])
            if words >= _FEWEST_WORDS:
                return True
        return False

    def anchor(self, mark: Mark, index: int, *, after: bool) -> Span:
        """Return the mark with the word next to it, before it or after it, of at most some forty characters."""
        block = self.blocks[index].span
        if after:
            match = WORD.search(self.text, mark.span.end, min(mark.span.end + _LONGEST_ANCHOR, block.end))
            if match is None:
                return mark.span
            end = match.start() + 2 if is_han_or_kana(match[0][0]) else match.end()
            return Span(mark.span.start, min(end, match.end()))
        words = list(WORD.finditer(self.text, max(mark.span.start - _LONGEST_ANCHOR, block.start), mark.span.start))
        if not words:
            return mark.span
        last = words[-1]
        start = max(last.end() - 2, last.start()) if is_han_or_kana(last[0][-1]) else last.start()
        return Span(start, mark.span.end)

    def first_inside(self, mark: Mark) -> str:
        """Return the first character after an opening mark and the space that French sets there, or nothing."""
        return self.text[mark.span.end : mark.span.end + 3].lstrip()[:1]

    def begins(self, mark: Mark, index: int) -> bool:
        """Tell whether a block begins with a mark, but for a bullet or a dash."""
        start = self.blocks[index].span.start
        return mark.span.start - start <= 4 and not self.text[start : mark.span.start].strip(" \t\xa0-–—•*·[(…")
