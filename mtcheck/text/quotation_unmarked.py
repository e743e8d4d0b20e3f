"""Quotations without quotation marks: direct speech after a dash, and block quotations.

A dash at the start of a paragraph opens direct speech in Russian, Ukrainian, Spanish and French; the words of the author
stand between further dashes (Розенталь, «Справочник по правописанию», § 119-123; Real Academia Española, "Ortografía", raya).
The same dash opens the points of a list: a run of such paragraphs counts as speech only when one of them has the words of
an author with a verb of speech, or a question that the next one answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mtcheck.core.documents import Block, BlockKind
from mtcheck.core.spans import Span
from mtcheck.text.quotation_blocks import PROSE_KINDS, WORD
from mtcheck.text.quotation_records import Quotation, QuotationForm
from mtcheck.text.speech import AUXILIARIES
from mtcheck.text.speech_words import SpeechWords, speech_words

DASH_LANGUAGES = frozenset({"ru", "uk", "es", "fr"})
"""Where a dash opens direct speech."""

_OPENING = re.compile(r"[—–―][ \t\xa0\u202f]{0,3}(?=[^\W\d_]|[¿¡«“„\"…])")
_DASH = re.compile(r"[ \t\xa0\u202f]{0,3}[—–―][.,;:]?[ \t\xa0\u202f]{0,3}")
_VERB_WITHIN = 7
_BLOCK_SHARE = 0.6


def unmarked_quotations(
    text: str, blocks: Sequence[Block], languages: Sequence[str], marked: Sequence[Quotation]
) -> list[Quotation]:
    """Return direct speech after dashes, and block quotations that are not set in marks besides; in order."""
    found: list[Quotation] = []
    run: list[list[Quotation]] = []
    told = False
    asked = False
    for index, block in enumerate(blocks):
        words = speech_words(languages[index]) if languages[index] in DASH_LANGUAGES else None
        opening = (
            _OPENING.match(text, block.span.start, block.span.end) if words and block.kind in PROSE_KINDS else None
        )
        if words is None or opening is None:
            if told:
                found.extend(quotation for pieces in run for quotation in pieces)
            run, told, asked = [], False, False
            continue
        pieces, has_author = _pieces(text, block.span, opening.end(), index, words)
        told = told or has_author or (asked and bool(run))
        asked = text[pieces[-1].inner.end - 1 : pieces[-1].inner.end] == "?" if pieces else False
        run.append(pieces)
    if told:
        found.extend(quotation for pieces in run for quotation in pieces)
    found.extend(_block_quotations(blocks, marked))
    return sorted(found, key=lambda quotation: quotation.span)


def _pieces(text: str, span: Span, start: int, index: int, words: SpeechWords) -> tuple[list[Quotation], bool]:
    """Return the pieces of speech of one paragraph, and whether words of an author stand between or after them."""
    pieces: list[Quotation] = []
    opening = Span(span.start, start)
    speaking = True
    has_author = False
    for dash in _DASH.finditer(text, start, span.end):
        if speaking and _author_follows(text, dash.end(), span.end, words):
            pieces.append(_piece(text, opening, dash.start(), index))
            speaking = False
            has_author = True
        elif not speaking and (_stopped(text, dash) or dash.end() == span.end):
            speaking = True
            opening = Span(dash.end(), dash.end())
    if not has_author and words is speech_words("fr"):
        has_author = _has_french_author(text, start, span.end, words)
    if speaking and opening.end < span.end:
        pieces.append(_piece(text, opening, span.end, index))
    return [piece for piece in pieces if len(piece.inner)], has_author


def _author_follows(text: str, offset: int, end: int, words: SpeechWords) -> bool:
    """Tell whether a verb of speech stands among the next words, in lower case and before any punctuation."""
    position = offset
    for number, match in enumerate(WORD.finditer(text, offset, min(offset + 120, end))):
        if number >= _VERB_WITHIN or any(sign in text[position : match.start()] for sign in ".,;:!?—–"):
            return False
        if match[0] in words.verbs:
            return True
        position = match.end()
    return False


def _has_french_author(text: str, start: int, end: int, words: SpeechWords) -> bool:
    """Tell whether a verb of speech stands right after a comma, an auxiliary left out (", a déclaré le maire")."""
    comma = text.find(",", start, end)
    while comma >= 0:
        for match in WORD.finditer(text, comma + 1, min(comma + 40, end)):
            if match[0] in words.verbs:
                return True
            if match[0] not in AUXILIARIES:
                break
        comma = text.find(",", comma + 1, end)
    return False


def _stopped(text: str, dash: re.Match[str]) -> bool:
    """Tell whether a dash ends the words of an author: a stop stands before it, in it, or nothing but a dash (Spanish)."""
    before = text[max(dash.start() - 1, 0) : dash.start()]
    return before in {".", ",", ":", "!", "?"} or dash[0][:1] not in {" ", "\xa0", "\u202f"}


def _piece(text: str, opening: Span, end: int, index: int) -> Quotation:
    while end > opening.end and text[end - 1].isspace():
        end -= 1
    mark = opening if len(opening) else None
    inner = Span(opening.end, max(end, opening.end))
    return Quotation(
        Span(opening.start, inner.end), inner, mark, None, 0, continued=False, block=index, form=QuotationForm.DASH
    )


def _block_quotations(blocks: Sequence[Block], marked: Sequence[Quotation]) -> list[Quotation]:
    """Return the blocks that the page sets as quotations, when marks do not say the same already."""
    covered: dict[int, int] = {}
    for quotation in marked:
        if quotation.depth == 0:
            covered[quotation.block] = covered.get(quotation.block, 0) + len(quotation.span)
    found = []
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.QUOTATION and covered.get(index, 0) < _BLOCK_SHARE * len(block.span):
            bare = Quotation(block.span, block.span, None, None, 0, continued=False, block=index)
            found.append(replace(bare, form=QuotationForm.BLOCK))
    return found
