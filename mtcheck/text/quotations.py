"""The fact QUOTATIONS: every quotation of a document, and every mark that stands wrong.

The marks of a document are read block by block. Between blocks one thing is carried: a quotation that is still open, which
the next block may go on with. Two conventions are known. In newspapers every paragraph of a long quotation opens with a
mark and only the last one closes (The Associated Press Stylebook, "quotation marks: running quotations"; The Chicago
Manual of Style, 13.32); a quotation of less than a sentence is closed at the end of its paragraph all the same. Elsewhere
a long quotation opens in one block and closes in a later one with no mark between.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from mtcheck.core.documents import Block, BlockKind, Document
from mtcheck.core.facts import Computed, Fact, Facts
from mtcheck.core.languages import LANGUAGES
from mtcheck.core.spans import Span
from mtcheck.text.quotation_automaton import OpenMark, Pair, Problem, QuotationAutomaton
from mtcheck.text.quotation_marks import STRAIGHT, Direction, Family, Mark, is_han_or_kana, marks_in
from mtcheck.text.speech import (
    DANGLING_WORDS,
    closing_attribution,
    introduction_before,
    starts_with_attribution,
)

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

UNJUDGED_LANGUAGES = frozenset({"he", "yi"})
"""Where the mark of abbreviations is the quotation mark, and both stand inside words."""

LONGEST_CARRY = 12
"""Blocks over which an open quotation may run before its closing mark."""

_FEWEST_WORDS = 4
_WORD = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")
_TRUNCATED = re.compile(r"(?:\.\.\.|…|\[[^\]\n]{0,12}\]|[»›>])\s*$")
_SECOND_STOP = re.compile(r"[ \t\xa0\u202f]+[.,](?![.\w])")
_LONGEST_ANCHOR = 40


class Diagnosis(StrEnum):
    """What is wrong with a mark."""

    LOST_OPENING = "lost opening"
    LOST_CLOSING = "lost closing"
    TURNED = "turned mark"
    MIXED = "mixed marks"
    MISPLACED = "misplaced closing mark"


class Misplacement(StrEnum):
    """In which way a closing mark stands in the wrong place."""

    NONE = ""
    WRONG_SIDE = "wrong side of a space"
    SECOND_STOP = "second stop"
    CUTS_SENTENCE = "cuts a sentence"


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation. ``span`` includes the marks, ``inner`` does not.

    ``opening`` and ``closing`` are the marks, ``None`` where lost, where the quotation goes on in the next block
    (``continued``), or where one closing mark serves two. ``depth`` is 0 for a quotation that stands in no other of its
    block. ``block`` is the index of the block that it starts in.
    """

    span: Span
    inner: Span
    opening: Span | None
    closing: Span | None
    depth: int
    continued: bool
    block: int


@dataclass(frozen=True, slots=True)
class StrayMark:
    """A mark that stands wrong.

    ``mark`` is the mark, ``anchor`` the mark with the nearest word (and, for a misplaced mark, the stop after it),
    ``partner`` the other mark of the quotation where there is one. ``expected`` is the place where the lost mark must have
    stood, as far as can be said (empty spans are avoided: it covers the word there), and ``clue`` the words of the page
    that tell (an introduction or an attribution).
    """

    diagnosis: Diagnosis
    mark: Span
    anchor: Span
    block: int
    language: str
    partner: Span | None = None
    expected: Span | None = None
    clue: Span | None = None
    misplacement: Misplacement = Misplacement.NONE


@dataclass(frozen=True, slots=True)
class Quotations:
    """The quotations of a document in order, and the marks that stand wrong, in order."""

    quotations: tuple[Quotation, ...]
    strays: tuple[StrayMark, ...]

    def covering(self, offset: int) -> bool:
        """Tell whether a text offset lies inside a quotation."""
        return any(quotation.span.start <= offset < quotation.span.end for quotation in self.quotations)


QUOTATIONS: Fact[Quotations] = Fact("quotations")


def quotations_of(document: Document, facts: Facts) -> Quotations:
    """Return the quotations and stray marks of a document, in time linear in its length."""
    languages = facts[LANGUAGES]
    return _DocumentReader(document, [languages.at(block.span.start) for block in document.blocks]).read()


@dataclass(slots=True)
class _Pending:
    """A quotation left open at the end of a block."""

    waiting: OpenMark
    block: int
    partial: bool
    attribution: Span | None


class _DocumentReader:
    """Carries open quotations from block to block."""

    def __init__(self, document: Document, languages: list[str]) -> None:
        self._text = document.text
        self._blocks = document.blocks
        self._languages = languages
        self._pending: list[_Pending] = []
        self._quotations: list[Quotation] = []
        self._strays: list[StrayMark] = []
        self._pairs: list[tuple[Pair, int]] = []

    def read(self) -> Quotations:
        marks = [
            [] if block.kind is BlockKind.CODE else marks_in(self._text, block.span) for block in self._blocks
        ]
        reversed_angles = self._opens_with_closing_angles(marks)
        for index, block in enumerate(self._blocks):
            if block.kind in PROSE_KINDS:
                self._read_prose(index, block, marks[index], reversed_angles=reversed_angles[index])
            else:
                self._read_other(index, block, marks[index], reversed_angles=reversed_angles[index])
        self._settle(len(self._blocks), None)
        self._judge_pairs()
        self._quotations.sort(key=lambda quotation: (quotation.span, quotation.depth))
        self._strays.sort(key=lambda stray: (stray.anchor, stray.mark))
        return Quotations(tuple(self._quotations), tuple(self._strays))

    def _opens_with_closing_angles(self, marks: list[list[Mark]]) -> list[bool]:
        """Tell for each block whether » opens: by what the page does, and by language where the page does not tell."""
        votes: dict[str, int] = {}
        for language, block_marks in zip(self._languages, marks, strict=True):
            for mark in block_marks:
                if mark.family in (Family.ANGLE, Family.SINGLE_ANGLE):
                    opens = mark.direction is Direction.OPENS
                    if opens or mark.direction is Direction.CLOSES:
                        votes[language] = votes.get(language, 0) + (1 if (mark.glyph in "»›") is opens else -1)
        return [
            votes.get(language, 0) > 0 or (votes.get(language, 0) == 0 and language in {"da", "de"})
            for language in self._languages
        ]

    # --- blocks ---

    def _automaton(self, index: int, block: Block, carried: frozenset[Family], *, reversed_angles: bool) -> QuotationAutomaton:
        return QuotationAutomaton(
            self._text, block.span, self._languages[index], reversed_angles=reversed_angles, carried=carried
        )

    def _read_other(self, index: int, block: Block, marks: list[Mark], *, reversed_angles: bool) -> None:
        """Read a block that is no prose: its quotations count, its stray marks do not, and nothing is carried."""
        reading = self._automaton(index, block, frozenset(), reversed_angles=reversed_angles).read(marks)
        self._add_pairs(reading.pairs, index)

    def _read_prose(self, index: int, block: Block, marks: list[Mark], *, reversed_angles: bool) -> None:
        carried = frozenset(pending.waiting.mark.family for pending in self._pending)
        reading = self._automaton(index, block, carried, reversed_angles=reversed_angles).read(marks)
        openings = [pair.opening for pair in reading.pairs] + [waiting.mark for waiting in reading.left_open]
        openings.sort(key=lambda mark: mark.span)
        for mark, firm in reading.strays:
            before = [opening for opening in openings[:1] if opening.span < mark.span]
            if not self._close_pending(mark, index, clear=not before) and firm:
                self._lost_opening(mark, index)
        self._settle(index, openings[0] if openings else None)
        self._add_pairs(reading.pairs, index)
        for waiting in reading.left_open:
            self._leave_open(waiting, index, block)

    def _leave_open(self, waiting: OpenMark, index: int, block: Block) -> None:
        mark = waiting.mark
        if mark.family is Family.SINGLE:
            return
        tail = Span(mark.span.end, block.span.end)
        attribution = closing_attribution(self._text, tail, self._languages[index])
        partial = mark.span.start > block.span.start and mark.after.islower()
        self._pending.append(_Pending(waiting, index, partial, attribution))

    # --- quotations that run over blocks ---

    def _close_pending(self, mark: Mark, index: int, *, clear: bool) -> bool:
        """Close a quotation of an earlier block, when nothing opened since and nothing says that this one is another."""
        for position in range(len(self._pending) - 1, -1, -1):
            pending = self._pending[position]
            if pending.waiting.mark.family is not mark.family:
                continue
            introduction = introduction_before(
                self._text, Span(self._blocks[index].span.start, mark.span.start), self._languages[index]
            )
            wrapped = self._text[self._blocks[index].span.start].islower()
            if not clear or (pending.partial and not wrapped) or pending.attribution or introduction:
                return False
            opening = pending.waiting.mark
            self._quotations.append(
                Quotation(
                    Span(opening.span.start, mark.span.end),
                    Span(opening.span.end, mark.span.start),
                    opening.span,
                    mark.span,
                    pending.waiting.depth,
                    continued=False,
                    block=pending.block,
                )
            )
            del self._pending[position]
            return True
        return False

    def _settle(self, index: int, first: Mark | None) -> None:
        """Decide about the quotations left open, now that the first opening mark of the next prose block is known."""
        kept: list[_Pending] = []
        for pending in self._pending:
            mark = pending.waiting.mark
            last = index >= len(self._blocks)
            starts = not last and first is not None and first.span.start == self._blocks[index].span.start
            goes_on = starts and first is not None and first.family is mark.family
            if goes_on and not pending.partial and pending.attribution is None:
                self._add_open(pending, continued=True)
            elif last or first is not None or index - pending.block >= LONGEST_CARRY or pending.partial:
                # A partial quotation ends with its paragraph; only a line that breaks inside a sentence carries it on.
                self._lost_closing(pending)
            else:
                kept.append(pending)
        self._pending = kept

    def _add_open(self, pending: _Pending, *, continued: bool) -> None:
        opening = pending.waiting.mark.span
        end = self._blocks[pending.block].span.end
        if pending.attribution is not None:
            end = pending.attribution.start
        self._quotations.append(
            Quotation(
                Span(opening.start, max(end, opening.end)),
                Span(opening.end, max(end, opening.end)),
                opening,
                None,
                pending.waiting.depth,
                continued,
                pending.block,
            )
        )

    def _add_pairs(self, pairs: list[Pair], index: int) -> None:
        for pair in pairs:
            self._pairs.append((pair, index))
            self._quotations.append(
                Quotation(
                    Span(pair.opening.span.start, pair.closing.span.end),
                    Span(pair.opening.span.end, pair.closing.span.start),
                    pair.opening.span,
                    pair.closing.span,
                    pair.depth,
                    continued=False,
                    block=index,
                )
            )

    # --- what stands wrong ---

    def _judged(self, index: int) -> bool:
        """Tell whether a block is prose of some length in a language whose marks are understood."""
        block = self._blocks[index]
        if block.kind not in PROSE_KINDS or self._languages[index] in UNJUDGED_LANGUAGES:
            return False
        words = 0
        for match in _WORD.finditer(self._text, block.span.start, block.span.end):
            # Chinese and Japanese write no spaces: there a run of letters counts as many words.
            words += 1 if not is_han_or_kana(match[0][0]) else len(match[0])
            if words >= _FEWEST_WORDS:
                return True
        return False

    def _lost_opening(self, mark: Mark, index: int) -> None:
        language = self._languages[index]
        start = self._blocks[index].span.start
        for quotation in self._quotations[-1:]:
            start = max(start, quotation.span.end) if quotation.span.end <= mark.span.start else start
        reach = Span(max(start, mark.span.start - 600), mark.span.start)
        clue = introduction_before(self._text, reach, language)
        begin = clue.end if clue else reach.start
        first = _WORD.search(self._text, begin, mark.span.start)
        begin = first.start() if first else begin
        self._quotations.append(
            Quotation(
                Span(begin, mark.span.end), Span(begin, mark.span.start), None, mark.span, 0, continued=False, block=index
            )
        )
        if self._judged(index):
            expected = Span(first.start(), first.end()) if clue and first else None
            self._strays.append(
                StrayMark(
                    Diagnosis.LOST_OPENING,
                    mark.span,
                    self._anchor(mark, index, after=False),
                    index,
                    language,
                    expected=expected,
                    clue=clue,
                )
            )

    def _lost_closing(self, pending: _Pending) -> None:
        self._add_open(pending, continued=False)
        index, mark = pending.block, pending.waiting.mark
        block = self._blocks[index].span
        truncated = _TRUNCATED.search(self._text, max(block.end - 20, block.start), block.end)
        apart = mark.direction is Direction.APART
        if not self._judged(index) or truncated or apart or pending.waiting.turned:
            return
        expected = None
        if pending.attribution is not None:
            words = list(_WORD.finditer(self._text, max(mark.span.end, pending.attribution.start - 60), pending.attribution.start))
            expected = Span(words[-1].start(), words[-1].end()) if words else None
        self._strays.append(
            StrayMark(
                Diagnosis.LOST_CLOSING,
                mark.span,
                self._anchor(mark, index, after=True),
                index,
                self._languages[index],
                expected=expected,
                clue=pending.attribution,
            )
        )

    def _judge_pairs(self) -> None:
        """Tell which pairs have a turned, mixed or misplaced mark, where that is not the page's own style."""
        styles: dict[tuple[str, str], int] = {}
        for pair, _ in self._pairs:
            style = (pair.opening.glyph, pair.closing.glyph)
            styles[style] = styles.get(style, 0) + 1
        total = sum(count for style, count in styles.items() if style[0] not in "'‘’`‚‛")
        for pair, index in self._pairs:
            if pair.opening.family is Family.SINGLE or not self._judged(index):
                continue
            count = styles[pair.opening.glyph, pair.closing.glyph]
            own_style = count >= 3 and 2 * count >= total
            if pair.problem in (Problem.TURNED, Problem.MIXED):
                if not own_style and pair.faulty is not None:
                    turned = pair.problem is Problem.TURNED
                    diagnosis = Diagnosis.TURNED if turned else Diagnosis.MIXED
                    self._add_faulty(diagnosis, pair, pair.faulty, index)
            elif pair.problem is Problem.MISPLACED:
                self._add_misplaced(Misplacement.WRONG_SIDE, pair, index, pair.closing.span.end)
            elif (end := self._second_stop(pair.closing, index)) is not None:
                self._add_misplaced(Misplacement.SECOND_STOP, pair, index, end)
            elif self._cuts_sentence(pair, index):
                self._add_misplaced(Misplacement.CUTS_SENTENCE, pair, index, pair.closing.span.end)

    def _add_faulty(self, diagnosis: Diagnosis, pair: Pair, faulty: Mark, index: int) -> None:
        opening = faulty is pair.opening
        partner = pair.closing.span if opening else pair.opening.span
        anchor = self._anchor(faulty, index, after=opening)
        self._strays.append(StrayMark(diagnosis, faulty.span, anchor, index, self._languages[index], partner))

    def _add_misplaced(self, misplacement: Misplacement, pair: Pair, index: int, end: int) -> None:
        mark = pair.closing.span
        anchor = Span(self._anchor(pair.closing, index, after=False).start, end)
        language = self._languages[index]
        self._strays.append(
            StrayMark(Diagnosis.MISPLACED, mark, anchor, index, language, pair.opening.span, misplacement=misplacement)
        )

    def _second_stop(self, mark: Mark, index: int) -> int | None:
        """Return the end of a second stop that stands apart after a closing mark (``in Europe." .``), or ``None``."""
        if mark.before not in ".!?,…" or not mark.before:
            return None
        match = _SECOND_STOP.match(self._text, mark.span.end, self._blocks[index].span.end)
        return match.end() if match else None

    def _cuts_sentence(self, pair: Pair, index: int) -> bool:
        """Tell whether the closing mark stops a quoted sentence after a word that cannot end one, and text goes on.

        Only a quotation that begins as a whole sentence is judged, introduced by a comma or a colon with a capital:
        part of a sentence may be quoted up to any word.
        """
        text, language = self._text, self._languages[index]
        opening, closing = pair.opening, pair.closing
        if language == "ar" or closing.direction is not Direction.CLOSES or not opening.after.isupper():
            return False
        introduced = text[max(opening.span.start - 3, self._blocks[index].span.start) : opening.span.start].rstrip()
        if introduced[-1:] not in {",", ":"} or closing.span.start - opening.span.end > 2000:
            return False
        words = [match[0] for match in _WORD.finditer(text, opening.span.end, closing.span.start)]
        if len(words) < _FEWEST_WORDS or words[-1] not in DANGLING_WORDS.get(language, frozenset()):
            return False
        if not closing.before.isalpha() or not text[closing.span.end : closing.span.end + 2].strip().isalpha():
            return False
        capitals = sum(word[0].isupper() for word in words[1:])
        if 2 * capitals >= len(words) - 1:
            return False
        return not starts_with_attribution(text, closing.span.end, language)

    def _anchor(self, mark: Mark, index: int, *, after: bool) -> Span:
        """Return the mark with the word next to it, before it or after it, of at most some forty characters."""
        block, text = self._blocks[index].span, self._text
        if after:
            limit = min(mark.span.end + _LONGEST_ANCHOR, block.end)
            match = _WORD.search(text, mark.span.end, limit)
            if match is None:
                return mark.span
            end = match.start() + 2 if is_han_or_kana(match[0][0]) else match.end()
            return Span(mark.span.start, min(end, match.end()))
        limit = max(mark.span.start - _LONGEST_ANCHOR, block.start)
        words = list(_WORD.finditer(text, limit, mark.span.start))
        if not words:
            return mark.span
        last = words[-1]
        start = max(last.end() - 2, last.start()) if is_han_or_kana(last[0][-1]) else last.start()
        return Span(start, mark.span.end)


PROVIDER = Computed(QUOTATIONS, (LANGUAGES,), quotations_of, version=1)

__all__ = [
    "LONGEST_CARRY",
    "PROSE_KINDS",
    "QUOTATIONS",
    "STRAIGHT",
    "Diagnosis",
    "Quotation",
    "Quotations",
    "StrayMark",
    "quotations_of",
]
