"""Quotations that run over the end of their block: what is carried on, what ends it, and where a lost mark may have stood."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mtcheck.core.spans import Span
from mtcheck.text.quotation_blocks import WORD
from mtcheck.text.quotation_marks import Family, Mark
from mtcheck.text.quotation_pairs import BlockReading, OpenMark, is_term, nests
from mtcheck.text.speech import introduced

_SENTENCE_START = re.compile(r"[.!?…؟۔][\"”»“)\]'’]{0,3}\s+(?=[^\W_])")
_BEFORE_SPEECH = frozenset({"", ":", ",", ".", "!", "?", "“", "„", "«", '"'})
_TRUNCATED = re.compile(r"(?:\.\.\.|…|\[[^\]\n]{0,12}\]|[»›>])\s*$")
_LONGEST_SIGN_OF_MORE = 20
_STOPS = frozenset(".!?…")
_REACH = 600
_REACH_OF_INTRODUCTION = 80
_LONGEST_WORD = 60


@dataclass(slots=True)
class PendingQuotation:
    """A quotation left open at the end of a block; ``passed`` counts the paragraphs of the document up to that one.

    ``partial`` tells that it is less than a sentence, and ``attribution`` is the one that ends it without a mark. ``border`` is
    the last word before the next quotation or the end of the block. ``repeated``: its mark took up a quotation that the
    paragraph before had left open. ``continued``: the next paragraph opened with a mark again, of another style, so that this
    one may still be closed, but need not.
    """

    waiting: OpenMark
    block: int
    passed: int
    partial: bool
    attribution: Span | None
    border: Span | None
    repeated: bool
    continued: bool = False


def opens_for_certain(text: str, waiting: OpenMark, block: Span, language: str) -> bool:
    """Tell whether a mark opens a quotation for certain: a single mark may stand for an apostrophe, or a letter (‘Ali)."""
    mark = waiting.mark
    if mark.family is not Family.SINGLE or mark.glyph == "‚":
        return True
    if mark.glyph not in "‘'" or not mark.after.isalpha():
        return False
    if waiting.depth and (mark.after.islower() or not mark.after.isascii()):
        return True
    before = text[max(mark.span.start - 4, block.start) : mark.span.start].rstrip()[-1:]
    if mark.glyph == "'":
        return bool(waiting.depth) and before in {":", ","}
    if before in _BEFORE_SPEECH:
        return True
    return introduced(text, Span(max(block.start, mark.span.start - _REACH_OF_INTRODUCTION), mark.span.start), language)


def first_that_ends(text: str, pending: PendingQuotation, reading: BlockReading, *, terms: bool) -> Mark | None:
    """Return the first opening mark of a block that cannot stand inside an open quotation.

    Quotations in marks of another kind can, and with ``terms`` so can single words and names in marks of the same kind.
    """
    outer = pending.waiting.mark
    pair = next(
        (pair for pair in reading.pairs if not (nests(outer, pair) or (terms and is_term(text, pair)))),
        None,
    )
    other = next((other for other in reading.left_open if other.mark.family is not Family.SINGLE), None)
    if pair is None or other is None:
        return pair.opening if pair else other.mark if other else None
    return min(pair.opening, other.mark, key=lambda mark: mark.span)


def ends_sentence(text: str, mark: Mark) -> bool:
    """Tell whether a stop stands before a mark, with some spaces between at most."""
    return text[max(mark.span.start - 4, 0) : mark.span.start].rstrip()[-1:] in _STOPS


def is_cut_short(text: str, block: Span) -> bool:
    """Tell whether a block says at its end that it goes on elsewhere ("... [more]", "read on »")."""
    return _TRUNCATED.search(text, max(block.end - _LONGEST_SIGN_OF_MORE, block.start), block.end) is not None


def first_word(text: str, reach: Span, block: Span) -> Span | None:
    """Return the first word of a block, or of the first sentence that begins in ``reach`` after an earlier quotation."""
    start = reach.start
    if start > block.start:
        sentence = _SENTENCE_START.search(text, max(start - 2, block.start), min(start + _REACH, reach.end))
        if sentence is None:
            return None
        start = sentence.end()
    first = WORD.search(text, start, min(start + _LONGEST_WORD, reach.end))
    return Span(*first.span()) if first else None


def last_word(text: str, reach: Span) -> Span | None:
    """Return the last word of a stretch of text."""
    last = None
    for match in WORD.finditer(text, max(reach.start, reach.end - _LONGEST_WORD), reach.end):
        last = Span(*match.span())
    return last
