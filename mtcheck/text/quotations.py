"""The fact QUOTATIONS: every quotation of a document, and every mark that stands wrong.

The marks of a document are read block by block. Between blocks one thing is carried: a quotation that is still open, which
the next block may go on with. Two conventions are known. In newspapers every paragraph of a long quotation opens with a
mark and only the last one closes (The Associated Press Stylebook, "quotation marks: running quotations"; The Chicago
Manual of Style, 13.32); a quotation of less than a sentence is closed at the end of its paragraph all the same. Elsewhere
a long quotation opens in one block and closes in a later one with no mark between.

Beside the marks, direct speech after dashes and block quotations are read; every quotation gets its speaker, its verb of
speech, its kind and its delivery where the page gives them (``quotation_unmarked``, ``quotation_speakers``).
"""

from __future__ import annotations

from bisect import bisect_right

from mtcheck.core.documents import Block, BlockKind, Document
from mtcheck.core.facts import Computed, Facts
from mtcheck.core.languages import LANGUAGES
from mtcheck.core.spans import Span
from mtcheck.text.code_like import code_spans
from mtcheck.text.quotation_automaton import QuotationAutomaton
from mtcheck.text.quotation_blocks import PROSE_KINDS, WORD, Surroundings
from mtcheck.text.quotation_carry import (
    PendingQuotation,
    ends_sentence,
    first_that_ends,
    first_word,
    is_cut_short,
    last_word,
    opens_for_certain,
)
from mtcheck.text.quotation_faults import faulty_pairs
from mtcheck.text.quotation_languages import REVERSIBLE_LANGUAGES, SPACED_LANGUAGES
from mtcheck.text.quotation_marks import STRAIGHT, Direction, Family, Mark, is_ornament, marks_in
from mtcheck.text.quotation_pairs import BlockReading, OpenMark, Pair, fits
from mtcheck.text.quotation_records import (
    QUOTATIONS,
    Delivery,
    Diagnosis,
    Misplacement,
    Quotation,
    QuotationForm,
    QuotationKind,
    Quotations,
    StrayMark,
)
from mtcheck.text.quotation_speakers import with_speakers
from mtcheck.text.quotation_unmarked import unmarked_quotations
from mtcheck.text.speech import closing_attribution, introduction_before

LONGEST_CARRY = 12
"""Blocks over which an open quotation may run before its closing mark."""

# Captions, headlines between and short labels may stand between two paragraphs of one quotation.
_BETWEEN_PARAGRAPHS = frozenset({BlockKind.CAPTION, BlockKind.HEADLINE})
_REACH = 600
_MOST_CARRIED = 8


def quotations_of(document: Document, facts: Facts) -> Quotations:
    """Return the quotations and stray marks of a document, in time linear in its length."""
    languages = facts[LANGUAGES]
    return _DocumentReader(document, [languages.at(block.span.start) for block in document.blocks]).read()


class _DocumentReader:
    """Carries open quotations from block to block."""

    def __init__(self, document: Document, languages: list[str]) -> None:
        self._text = document.text
        self._blocks = document.blocks
        self._languages = languages
        self._around = Surroundings(document, languages)
        self._passed = 0
        self._pending: list[PendingQuotation] = []
        self._ending: dict[tuple[Span, bool], Mark | None] = {}
        self._repeated: Mark | None = None
        self._quotations: list[Quotation] = []
        self._strays: list[StrayMark] = []
        self._closed_at: set[int] = set()
        self._pairs: list[tuple[Pair, int]] = []

    def read(self) -> Quotations:
        marks = self._marks()
        reversed_angles = self._opens_with_closing_angles(marks)
        for index, block in enumerate(self._blocks):
            if block.kind in PROSE_KINDS:
                self._read_prose(index, block, marks[index], reversed_angles=reversed_angles[index])
            else:
                self._read_other(index, block, marks[index], reversed_angles=reversed_angles[index])
        self._ending = {}
        self._settle(len(self._blocks), BlockReading())
        self._strays.extend(faulty_pairs(self._around, self._pairs))
        self._quotations.extend(unmarked_quotations(self._text, self._blocks, self._languages, self._quotations))
        self._quotations.sort(key=lambda quotation: (quotation.span, quotation.depth))
        spoken = with_speakers(self._text, self._blocks, self._languages, self._quotations)
        self._strays.sort(key=lambda stray: (stray.anchor, stray.mark))
        return Quotations(tuple(spoken), tuple(self._strays))

    def _marks(self) -> list[list[Mark]]:
        """Return the marks of each block, those of code and of addresses left out."""
        code = code_spans(self._text)
        starts = [span.start for span in code]
        found: list[list[Mark]] = []
        for block in self._blocks:
            skipped = block.kind is BlockKind.CODE or is_ornament(self._text, block.span)
            kept = [] if skipped else marks_in(self._text, block.span)
            if code:
                kept = [mark for mark in kept if not _inside(code, starts, mark.span.start)]
            found.append(kept)
        return found

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
            language in REVERSIBLE_LANGUAGES
            and (votes.get(language, 0) > 0 or (votes.get(language, 0) == 0 and language in {"da", "de"}))
            for language in self._languages
        ]

    # --- blocks ---

    def _automaton(
        self, index: int, block: Block, carried: frozenset[Family], *, reversed_angles: bool
    ) -> QuotationAutomaton:
        return QuotationAutomaton(
            self._text, block.span, self._languages[index], reversed_angles=reversed_angles, carried=carried
        )

    def _read_other(self, index: int, block: Block, marks: list[Mark], *, reversed_angles: bool) -> None:
        """Read a block that is no prose: its quotations count, its stray marks do not, and nothing is carried."""
        reading = self._automaton(index, block, frozenset(), reversed_angles=reversed_angles).read(marks)
        self._add_pairs(reading.pairs, index)

    def _read_prose(self, index: int, block: Block, marks: list[Mark], *, reversed_angles: bool) -> None:
        self._ending = {}
        carried = frozenset(pending.waiting.mark.family for pending in self._pending)
        reading = self._automaton(index, block, carried, reversed_angles=reversed_angles).read(marks)
        openings = sorted(
            [*(pair.opening.span for pair in reading.pairs), *(waiting.mark.span for waiting in reading.left_open)]
        )
        language = self._languages[index]
        lost = [mark for mark in reading.left_open if opens_for_certain(self._text, mark, block.span, language)]
        self._around.note_faults(index, len(lost) + sum(firm for _, firm in reading.strays))
        closings = sorted(pair.closing.span.end for pair in reading.pairs)
        for mark, firm in reading.strays:
            if not self._close_pending(mark, index, reading) and firm:
                before = bisect_right(closings, mark.span.start)
                self._lost_opening(mark, index, closings[before - 1] if before else block.span.start)
        for mark in reading.apart:
            if not self._close_pending(mark, index, reading) and (
                ends_sentence(self._text, mark) or mark.family is Family.ANGLE
            ):
                before = bisect_right(closings, mark.span.start)
                self._speech_before(mark, index, closings[before - 1] if before else block.span.start)
        self._settle(index, reading)
        if block.kind not in _BETWEEN_PARAGRAPHS and self._around.judged(index):
            self._passed += 1
        self._add_pairs(reading.pairs, index)
        if self._around.judged(index):
            for waiting in lost:
                following = bisect_right(openings, waiting.mark.span)
                end = openings[following].start if following < len(openings) else block.span.end
                self._leave_open(waiting, index, Span(waiting.mark.span.end, end))

    def _leave_open(self, waiting: OpenMark, index: int, reach: Span) -> None:
        """Remember a mark that stays open; ``reach`` goes to the next opening mark or the end of the block."""
        mark, block = waiting.mark, self._blocks[index].span
        attribution = closing_attribution(self._text, Span(mark.span.end, block.end), self._languages[index])
        partial = mark.span.start > block.start and self._around.first_inside(mark).islower()
        border = last_word(self._text, reach)
        repeated = self._repeated is mark
        self._pending.append(PendingQuotation(waiting, index, self._passed, partial, attribution, border, repeated))

    # --- quotations that run over blocks ---

    def _close_pending(self, mark: Mark, index: int, reading: BlockReading) -> bool:
        """Close a quotation of an earlier block, when none ended it since and nothing says that this one is another."""
        start = self._blocks[index].span.start
        for position in range(len(self._pending) - 1, max(len(self._pending) - 1 - _MOST_CARRIED, -1), -1):
            pending = self._pending[position]
            opening = pending.waiting.mark
            if opening.family is not mark.family:
                continue
            end = self._first_that_ends(pending, reading, terms=self._passed == pending.passed)
            if end is not None and end.span < mark.span:
                return False
            if pending.continued and not fits(opening, mark):
                continue
            if pending.repeated and not any(self._around.begins(pair.opening, index) for pair in reading.pairs[:1]):
                # Each paragraph so far opened with a mark of its own: this one has lost it.
                self._add_open(pending, continued=True)
                del self._pending[position]
                return False
            reach = Span(max(start, mark.span.start - _REACH), mark.span.start)
            introduction = introduction_before(self._text, reach, self._languages[index])
            wrapped = self._text[start].islower()
            if (pending.partial and not wrapped) or pending.attribution or introduction:
                return False
            if not pending.continued:
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

    def _first_that_ends(self, pending: PendingQuotation, reading: BlockReading, *, terms: bool) -> Mark | None:
        """Return the first mark of the block being read that ends a quotation; looked up once, however many marks ask."""
        key = (pending.waiting.mark.span, terms)
        if key not in self._ending:
            self._ending[key] = first_that_ends(self._text, pending, reading, terms=terms)
        return self._ending[key]

    def _settle(self, index: int, reading: BlockReading) -> None:
        """Decide about the quotations left open, now that the marks of the next prose block are known."""
        openings = [*(pair.opening for pair in reading.pairs), *(waiting.mark for waiting in reading.left_open)]
        first_of: dict[Family, Mark] = {}
        for mark in sorted(openings, key=lambda mark: mark.span, reverse=True):
            first_of[mark.family] = mark
        kept: list[PendingQuotation] = []
        last_of = {(pending.block, pending.waiting.mark.family): pending for pending in self._pending}
        self._repeated = None
        for position, pending in enumerate(self._pending):
            mark = pending.waiting.mark
            first = first_of.get(mark.family)
            # Only the last ones can still be closed: the others are not worth looking into the block for.
            carried = position >= len(self._pending) - _MOST_CARRIED
            ended = self._first_that_ends(pending, reading, terms=False) is not None if carried else bool(openings)
            over = index >= len(self._blocks) or index - pending.block >= LONGEST_CARRY
            goes_on = self._passed == pending.passed and first is not None and self._around.begins(first, index)
            goes_on = goes_on and pending is last_of[pending.block, mark.family]
            if goes_on and first is not None and not pending.partial and pending.attribution is None:
                self._add_open(pending, continued=True)
                self._repeated = first
                if not fits(mark, first) and not ended:
                    pending.continued = True
                    kept.append(pending)
            elif not (over or ended or pending.partial):
                kept.append(pending)
            elif not pending.continued:
                # A partial quotation ends with its paragraph; only a line that breaks inside a sentence carries it on.
                self._lost_closing(pending)
        self._pending = kept

    def _add_open(self, pending: PendingQuotation, *, continued: bool) -> None:
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
            self._closed_at.add(pair.closing.span.end)
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

    def _lost_opening(self, mark: Mark, index: int, start: int) -> None:
        """Note a quotation without an opening mark, which began after ``start``, and probably where speech is introduced."""
        language = self._languages[index]
        reach = Span(max(start, mark.span.start - _REACH), mark.span.start)
        clue = introduction_before(self._text, reach, language)
        begin = clue.end if clue else reach.start
        first = WORD.search(self._text, begin, mark.span.start)
        begin = first.start() if first else begin
        self._quotations.append(
            Quotation(
                Span(begin, mark.span.end),
                Span(begin, mark.span.start),
                None,
                mark.span,
                0,
                continued=False,
                block=index,
            )
        )
        if self._around.judged(index):
            expected = Span(first.start(), first.end()) if clue and first else None
            border = None if clue else first_word(self._text, Span(start, mark.span.start), self._blocks[index].span)
            self._strays.append(
                StrayMark(
                    Diagnosis.LOST_OPENING,
                    mark.span,
                    self._around.anchor(mark, index, after=False),
                    index,
                    language,
                    expected=expected,
                    clue=clue,
                    border=border,
                )
            )

    def _speech_before(self, mark: Mark, index: int, start: int) -> None:
        """Note a mark that stands apart, when reported speech runs into it from an introduction in the same sentence or before."""
        reach = Span(max(start, mark.span.start - _REACH), mark.span.start)
        clue = introduction_before(self._text, reach, self._languages[index])
        first = WORD.search(self._text, clue.end, mark.span.start) if clue else None
        if clue is None or first is None or not self._around.judged(index):
            return
        self._strays.append(
            StrayMark(
                Diagnosis.SPEECH_WITHOUT_OPENING,
                mark.span,
                self._around.anchor(mark, index, after=False),
                index,
                self._languages[index],
                expected=Span(*first.span()),
                clue=clue,
            )
        )

    def _lost_closing(self, pending: PendingQuotation) -> None:
        self._add_open(pending, continued=False)
        index, mark = pending.block, pending.waiting.mark
        block = self._blocks[index].span
        truncated = block.end not in self._closed_at and is_cut_short(self._text, block)
        spaced = self._languages[index] in SPACED_LANGUAGES and mark.glyph not in STRAIGHT
        apart = mark.direction is Direction.APART and not spaced
        if not self._around.judged(index) or truncated or apart or pending.waiting.turned:
            return
        expected = None
        if pending.attribution is not None:
            words = list(
                WORD.finditer(self._text, max(mark.span.end, pending.attribution.start - 60), pending.attribution.start)
            )
            expected = Span(words[-1].start(), words[-1].end()) if words else None
        self._strays.append(
            StrayMark(
                Diagnosis.LOST_CLOSING,
                mark.span,
                self._around.anchor(mark, index, after=True),
                index,
                self._languages[index],
                expected=expected,
                clue=pending.attribution,
                border=pending.border,
            )
        )


def _inside(spans: list[Span], starts: list[int], offset: int) -> bool:
    """Tell whether an offset lies in one of some spans that do not overlap, given with their starts."""
    index = bisect_right(starts, offset) - 1
    return index >= 0 and offset < spans[index].end


PROVIDER = Computed(QUOTATIONS, (LANGUAGES,), quotations_of, version=3)

__all__ = [
    "LONGEST_CARRY",
    "PROSE_KINDS",
    "QUOTATIONS",
    "Delivery",
    "Diagnosis",
    "Misplacement",
    "Quotation",
    "QuotationForm",
    "QuotationKind",
    "Quotations",
    "StrayMark",
    "quotations_of",
]
