"""The automaton that pairs the quotation marks of one block, in one pass.

It keeps a stack of open marks. A mark's role follows from its surroundings, its glyph in the language of the block, and
whether something is open; what stays on the stack, and what closes nothing, is left to ``mtcheck.text.quotations``, which
sees the neighboring blocks.
"""

from __future__ import annotations

from bisect import bisect_right

from mtcheck.core.spans import Span
from mtcheck.text.quotation_languages import (
    BIDIRECTIONAL_LANGUAGES,
    CONJUNCTIONS,
    JOINT_CLOSING_LANGUAGES,
    LOW_HIGH_LANGUAGES,
    SAME_MARK_LANGUAGES,
    SPACED_LANGUAGES,
)
from mtcheck.text.quotation_marks import (
    NO_BREAK_SPACES,
    STRAIGHT,
    Direction,
    Family,
    Mark,
    is_gershayim,
    is_han_or_kana,
)
from mtcheck.text.quotation_pairs import BlockReading, OpenMark, Pair, Problem, fits, is_unlike
from mtcheck.text.quotation_singles import closes_term, in_a_heap, is_elision

_LONGEST_NAME_BETWEEN = 40
_MOST_WORDS_BETWEEN = 3
_LONGEST_INSIDE_OUT = 200
_SEARCH_DEPTH = 8


class QuotationAutomaton:
    """Reads the marks of one block.

    ``reversed_angles``: the page opens with » and closes with «. ``carried``: the families that a quotation left open in
    an earlier block, which a closing glyph at the very start of this block may repeat (as Spanish and French do).
    """

    def __init__(
        self, text: str, block: Span, language: str, *, reversed_angles: bool, carried: frozenset[Family]
    ) -> None:
        self._text = text
        self._block = block
        self._language = language
        self._reversed = reversed_angles
        self._carried = carried
        self._stack: list[OpenMark] = []
        self._open: dict[Family, int] = dict.fromkeys(Family, 0)
        self._measured: dict[Family, int] = {}
        self._reading = BlockReading()
        self._neutral_curly = language in SAME_MARK_LANGUAGES or language in BIDIRECTIONAL_LANGUAGES

    def read(self, marks: list[Mark]) -> BlockReading:
        """Feed the marks of the block in order and return what they make."""
        for mark in marks:
            if mark.family is Family.SINGLE:
                self._feed_single(mark)
            elif mark.family is Family.DOUBLE:
                self._feed_double(mark)
            elif mark.family in (Family.ANGLE, Family.SINGLE_ANGLE):
                self._feed_angle(mark)
            elif mark.glyph in "「﹁『﹃":
                self._push(mark)
            else:
                self._close(mark)
        self._finish()
        return self._reading

    # --- what a mark does ---

    def _feed_double(self, mark: Mark) -> None:
        is_open = self._open[Family.DOUBLE] > 0
        direction = mark.direction
        at_start = mark.span.start == self._block.start
        # After an equals sign stands the value of an attribute in code, whatever an editor made of its marks.
        if mark.glyph == "″":
            # A sign of measure; typesetters also make it of a straight mark that closes after a digit.
            if is_open and direction is Direction.CLOSES:
                self._close(mark)
        elif mark.glyph in STRAIGHT or (self._neutral_curly and mark.glyph in "“”") or mark.before == "=":
            self._feed_neutral(mark, is_open=is_open)
        elif mark.glyph in {"„", "‟", ",,", "〝", "``", "‘‘"}:
            if direction is Direction.CLOSES and is_open and mark.glyph in "„‟":
                self._close(mark, Problem.TURNED)
            else:
                self._push(mark)
        elif mark.glyph == "“":
            self._feed_high_opening(mark, is_open=is_open)
        elif direction is Direction.CLOSES or is_han_or_kana(mark.before):
            self._close(mark)
        elif direction is Direction.OPENS:
            if at_start and Family.DOUBLE in self._carried:
                self._push(mark)
            elif is_open:
                self._close(mark, Problem.MISPLACED)
            else:
                self._push(mark, turned=True)
        elif is_open or direction is Direction.WITHIN:
            self._close(mark)
        elif self._last_seen_before(mark) in ".!?…,":
            self._reading.apart.append(mark)

    def _feed_neutral(self, mark: Mark, *, is_open: bool) -> None:
        direction = mark.direction
        if direction is Direction.WITHIN and is_gershayim(mark):
            return
        if direction is Direction.OPENS:
            self._push(mark, doubtful=is_open and self._may_close_before_attribution(mark))
        elif direction is Direction.CLOSES:
            if mark.before.isdigit() and self._is_measure():
                return
            self._close(mark)
        elif is_open:
            self._close(mark)
        elif mark.after:
            self._push(mark)
        elif self._last_seen_before(mark) in ".!?…,":
            self._reading.apart.append(mark)

    def _feed_high_opening(self, mark: Mark, *, is_open: bool) -> None:
        direction = mark.direction
        low_is_open = is_open and any(
            waiting.mark.glyph in {"„", ",,", "〞"} for waiting in self._stack[-_SEARCH_DEPTH:]
        )
        if direction is Direction.OPENS:
            doubtful = is_open and self._may_close_before_attribution(mark)
            self._push(mark, doubtful=doubtful)
        elif direction is Direction.CLOSES:
            if low_is_open:
                self._close(mark)
            elif is_open:
                self._close(mark, Problem.NONE if self._language in LOW_HIGH_LANGUAGES else Problem.TURNED)
            elif self._language in LOW_HIGH_LANGUAGES or not mark.after or mark.before in ".!?…":
                self._close(mark)
            else:
                # A space on the wrong side ("said“ We …"): it opens all the same.
                self._push(mark)
        elif low_is_open:
            self._close(mark)
        elif direction is Direction.APART:
            ends = not mark.after or self._last_seen_before(mark) in ".!?,…"
            if is_open and mark.before and ends:
                self._close(mark, Problem.TURNED)
            elif mark.after:
                self._push(mark)
            else:
                self._close(mark)
        elif is_open and not is_han_or_kana(mark.before) and not is_han_or_kana(mark.after):
            self._close(mark, Problem.TURNED)
        else:
            self._push(mark)

    def _feed_angle(self, mark: Mark) -> None:
        opener = (mark.glyph in "«‹") is not self._reversed
        direction = mark.direction
        is_open = self._open[mark.family] > 0
        if self._language in SAME_MARK_LANGUAGES and mark.glyph in "»›" and not self._reversed:
            self._feed_neutral(mark, is_open=is_open)
        elif opener:
            # An elided article touches the mark in French (l’« Écho »).
            elided = mark.before in "'’" and mark.after.isspace() and self._language in SPACED_LANGUAGES
            if direction is Direction.CLOSES and is_open and not elided:
                self._close(mark, Problem.TURNED)
            else:
                self._push(mark)
        elif direction is Direction.OPENS and mark.span.start == self._block.start and mark.family in self._carried:
            self._push(mark)
        elif direction is Direction.OPENS and not is_open:
            self._push(mark, turned=True)
        elif direction is not Direction.APART or is_open or self._ends_spaced(mark):
            self._close(mark)
        else:
            self._reading.apart.append(mark)

    def _feed_single(self, mark: Mark) -> None:
        """Read a single mark, which is an apostrophe far more often than a quotation mark."""
        direction = mark.direction
        is_open = self._open[Family.SINGLE] > 0
        asian = is_han_or_kana(mark.before) or is_han_or_kana(mark.after)
        if mark.glyph in "‚‛":
            if direction is Direction.OPENS:
                self._push(mark)
        elif direction is Direction.WITHIN and not asian:
            return
        elif asian and mark.glyph in "‘’":
            if mark.glyph == "‘":
                self._push(mark)
            elif is_open:
                self._close(mark)
        elif direction is Direction.OPENS:
            same_mark = self._language in SAME_MARK_LANGUAGES
            if (mark.glyph in "'‘`" or same_mark) and not is_elision(self._text, mark.span.end):
                self._push(mark)
        elif direction is Direction.CLOSES and mark.glyph != "`":
            if not is_open:
                if mark.before in ".!?,…" and mark.glyph in "'’":
                    # No apostrophe stands after a stop; a straight mark is taken at its word inside a quotation only.
                    firm = mark.glyph == "’" or self._open[Family.DOUBLE] > 0
                    self._reading.strays.append((mark, firm and not in_a_heap(self._text, mark, self._block.start)))
                elif self._open[Family.DOUBLE] + self._open[Family.ANGLE] and closes_term(
                    self._text, mark, self._block.start, self._language
                ):
                    self._reading.strays.append((mark, True))
                return
            if mark.before in "sSxXzZ" and mark.after.isspace():
                # "the workers’ rights": perhaps a possessive, perhaps the end; it serves if nothing better comes.
                for waiting in reversed(self._stack[-_SEARCH_DEPTH:]):
                    if waiting.mark.family is Family.SINGLE:
                        waiting.soft_close = mark
                        return
                return
            self._close(mark)

    # --- the stack ---

    def _push(self, mark: Mark, *, turned: bool = False, doubtful: bool = False) -> None:
        self._stack.append(OpenMark(mark, len(self._stack), turned, doubtful))
        self._open[mark.family] += 1

    def _close(self, mark: Mark, problem: Problem = Problem.NONE) -> None:
        """Pair a closing mark with the innermost opening one that fits, the same kind of mark first."""
        floor = max(len(self._stack) - _SEARCH_DEPTH, 0)
        candidates = [
            index
            for index in range(len(self._stack) - 1, floor - 1, -1)
            if self._stack[index].mark.family is mark.family
        ]
        if not candidates:
            self._stray(mark)
            return
        alike = [index for index in candidates if fits(self._stack[index].mark, mark)]
        index = alike[0] if alike else candidates[0]
        opening = self._stack[index]
        for inner in self._stack[index + 1 :]:
            self._open[inner.mark.family] -= 1
            self._abandon(inner)
        del self._stack[index:]
        self._open[mark.family] -= 1
        faulty: Mark | None = mark if problem is not Problem.NONE else None
        if opening.turned and not self._neutral_curly:
            problem, faulty = Problem.TURNED, opening.mark
        elif problem is Problem.NONE and not alike:
            problem, faulty = Problem.MIXED, mark
        if mark.before.isdigit() and mark.family is Family.DOUBLE:
            self._measured[mark.family] = len(self._reading.pairs)
        self._reading.pairs.append(Pair(opening.mark, mark, opening.depth, problem, faulty))
        self._note_joint_closing(opening)

    def _note_joint_closing(self, opening: OpenMark) -> None:
        """Note that the closing mark of a name may serve the quotation around it too (АО «Союз «Заря»)."""
        outer = self._stack[-1] if self._stack and self._language in JOINT_CLOSING_LANGUAGES else None
        if outer is not None and outer.mark.glyph == opening.mark.glyph:
            between = self._text[outer.mark.span.end : min(opening.mark.span.start, outer.mark.span.end + 100)]
            short = len(between) <= _LONGEST_NAME_BETWEEN and len(between.split()) <= _MOST_WORDS_BETWEEN
            joined = not any(sign in between for sign in ".!?,;:") and not CONJUNCTIONS & set(between.split())
            outer.joint = outer.joint or (short and joined)

    def _stray(self, mark: Mark) -> None:
        """Note a closing mark that closes nothing, unless an earlier one was a measure (a 27" screen) in truth."""
        measured = self._measured.pop(mark.family, None)
        if measured is not None:
            pair = self._reading.pairs[measured]
            self._reading.pairs[measured] = Pair(pair.opening, mark, pair.depth)
            return
        if mark.before.isdigit() and mark.glyph in {'"', "”", "''", "’’"}:
            return
        firm = (
            mark.direction is Direction.CLOSES
            or is_han_or_kana(mark.before)
            or mark.family in (Family.CORNER, Family.WHITE_CORNER)
            or self._ends_spaced(mark)
        )
        if self._reading.strays and not self._opened_since(self._reading.strays[-1][0]):
            # Two marks close nothing and nothing opens between them: the first was meant to open ("he says,” we must go.”").
            earlier, _ = self._reading.strays[-1]
            if earlier.family is mark.family and self._text[earlier.span.end : earlier.span.end + 1].isspace():
                self._reading.strays.pop()
                self._reading.pairs.append(Pair(earlier, mark, 0, Problem.TURNED, earlier))
                return
        self._reading.strays.append((mark, firm))

    def _opened_since(self, mark: Mark) -> bool:
        return bool(self._reading.pairs) and self._reading.pairs[-1].closing.span.start > mark.span.start

    def _abandon(self, waiting: OpenMark) -> None:
        if waiting.mark.family is Family.SINGLE:
            if waiting.soft_close is not None:
                self._reading.pairs.append(Pair(waiting.mark, waiting.soft_close, waiting.depth))
            else:
                self._reading.left_open.append(waiting)
        elif not waiting.joint:
            self._reading.left_open.append(waiting)

    def _finish(self) -> None:
        left: list[OpenMark] = []
        for waiting in self._stack:
            if waiting.doubtful and left and left[-1].mark.family is waiting.mark.family:
                opening = left.pop()
                self._reading.pairs.append(
                    Pair(opening.mark, waiting.mark, opening.depth, Problem.MISPLACED, waiting.mark)
                )
            elif waiting.mark.family is Family.SINGLE and waiting.soft_close is not None:
                self._reading.pairs.append(Pair(waiting.mark, waiting.soft_close, waiting.depth))
            elif not waiting.joint:
                left.append(waiting)
        self._reading.left_open.extend(left)
        self._reading.left_open.sort(key=lambda waiting: waiting.mark.span)
        self._join_inside_out()
        self._reading.pairs.sort(key=lambda pair: pair.opening.span)

    def _join_inside_out(self) -> None:
        """Pair the marks that are left of one block where two of them tell of one fault.

        A mark that closes nothing and one that then stays open are both on the wrong side (``the" Law "of``); a mark that
        stays open and one of another family that then closes nothing are unlike marks of one quotation (``«so”``).
        """
        strays, reading = self._reading.strays, self._reading
        kept: list[OpenMark] = []
        following: list[OpenMark | None] = [*reading.left_open[1:], None]
        for waiting, next_open in zip(reading.left_open, following, strict=False):
            mark = waiting.mark
            index = bisect_right(strays, mark.span.start, key=lambda stray: stray[0].span.start) - 1
            earlier = strays[index][0] if index >= 0 else None
            later = strays[index + 1] if index + 1 < len(strays) else None
            if (
                earlier is not None
                and earlier.family is mark.family
                and mark.family is not Family.SINGLE
                and earlier.before not in ".,!?…"
                and mark.before.isspace()
                and mark.span.start - earlier.span.end <= _LONGEST_INSIDE_OUT
                and self._text[earlier.span.end : earlier.span.end + 1].isspace()
                and not (kept and kept[-1].mark.span > earlier.span)
            ):
                del strays[index]
                reading.pairs.append(Pair(earlier, mark, waiting.depth, Problem.MISPLACED, mark))
            elif later is not None and later[1] and is_unlike(mark, later[0], next_open):
                del strays[index + 1]
                reading.pairs.append(Pair(mark, later[0], waiting.depth, Problem.MIXED, later[0]))
            else:
                kept.append(waiting)
        reading.left_open = kept

    # --- what stands around a mark ---

    def _last_seen_before(self, mark: Mark) -> str:
        """Return the last character before the white space before a mark (at most three spaces), or nothing."""
        before = self._text[max(mark.span.start - 4, self._block.start) : mark.span.start].rstrip()
        return before[-1:] if before else " "

    def _ends_spaced(self, mark: Mark) -> bool:
        """Tell whether a French closing mark with a space before it ends something: a sign of a path does not (A » B)."""
        if self._language not in SPACED_LANGUAGES or not mark.before.isspace() or mark.glyph in STRAIGHT:
            return False
        if mark.before in NO_BREAK_SPACES and mark.after not in NO_BREAK_SPACES:
            return True
        return not mark.after or not mark.after.isspace() or self._last_seen_before(mark) in ".!?,…"

    def _may_close_before_attribution(self, mark: Mark) -> bool:
        """Tell whether an opening mark has the shape of a closing one on the wrong side of a space (``peace, "he said``)."""
        after = mark.after
        return mark.before.isspace() and self._last_seen_before(mark) in ",.!?…" and after.islower()

    def _is_measure(self) -> bool:
        """Tell whether a straight mark after a digit stands for inches or seconds: nothing of its kind is open."""
        return not any(
            waiting.mark.glyph in STRAIGHT or waiting.mark.glyph in {"„", ",,", "``"}
            for waiting in self._stack[-_SEARCH_DEPTH:]
            if waiting.mark.family is Family.DOUBLE
        )
