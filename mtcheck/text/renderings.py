"""Two renderings of one statement: where their numbers, negations and names cannot both be right.

The caller knows that the two texts say the same thing (a restatement on the page, a quotation and its reference, two
translations of one sentence). What differs by rounding, by a bound ("more than 98,000", "about 100,000"), or by being left
out on one side is no conflict: a conflict needs a word on each side, or a denial that nothing on the other side answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mtcheck.text.negation import Negation, negations_in
from mtcheck.text.numbers import Bound, Number, NumberKind, numbers_in

# How far two numbers may lie apart, as a share of the greater, where one is rounded or hedged.
ROUNDED = Decimal("0.05")
# How far a number may lie beyond a bound that the other rendering gives ("more than 90", "104").
BEYOND_BOUND = Decimal("0.15")
# Kinds that may stand for one another in two renderings: "the 25th", "July 25", "25 of them", "year 7".
_EXCHANGED = frozenset({NumberKind.CARDINAL, NumberKind.ORDINAL, NumberKind.YEAR, NumberKind.LABEL, NumberKind.TIME})
_THOUSANDTH = Decimal("0.001")
_DECADE = Decimal(10)
# From here on newspapers round without saying so.
_OFTEN_ROUNDED = 1000
# Letters of a denying word that tell it from another: "fail" in "failed" and "failure".
_STEM_LETTERS = 5


@dataclass(frozen=True, slots=True)
class NumberConflict:
    """A number of each text that stand for one quantity and differ."""

    left: Number
    right: Number


@dataclass(frozen=True, slots=True)
class NegationConflict:
    """The denying words that one text has and the other does not answer; ``on_left`` tells which has them."""

    words: tuple[Negation, ...]
    on_left: bool


def number_conflicts(left: Sequence[Number], right: Sequence[Number]) -> tuple[NumberConflict, ...]:
    """Return the numbers that differ, paired in order; numbers that one side leaves out conflict with nothing."""
    left_over, right_over = list(left), list(right)
    for agree in (_equal, _agree):
        for number in tuple(left_over):
            partner = next((other for other in right_over if agree(number, other)), None)
            if partner is not None:
                left_over.remove(number)
                right_over.remove(partner)
    left_over = [number for number in left_over if not _is_pronoun(number)]
    right_over = [number for number in right_over if not _is_pronoun(number)]
    if len(left) != len(right):
        left_over = [number for number in left_over if not _repeats(number, right)]
        right_over = [number for number in right_over if not _repeats(number, left)]
    conflicts = []
    for number in left_over:
        partner = next((other for other in right_over if comparable(number, other)), None)
        if partner is not None:
            right_over.remove(partner)
            conflicts.append(NumberConflict(number, partner))
    return tuple(conflicts)


def agree(left: Number, right: Number) -> bool:
    """Tell whether two numbers can be one quantity: equal, one of them rounded, or within the other's bound."""
    return _equal(left, right) or _agree(left, right)


def comparable(left: Number, right: Number) -> bool:
    """Tell whether two numbers are of kinds that can stand for one quantity."""
    if left.kind is right.kind:
        return not (left.unit and right.unit) or left.unit == right.unit
    return left.kind in _EXCHANGED and right.kind in _EXCHANGED and NumberKind.TIME not in {left.kind, right.kind}


def negation_conflict(left: str, right: str, language: str) -> NegationConflict | None:
    """Return the denial that stands in one text only, or ``None`` where both deny alike or other words answer it."""
    found = [negations_in(text, language) for text in (left, right)]
    counts = [_grammatical(negations) for negations in found]
    if counts[0] == counts[1]:
        return None
    more, less = (found[0], found[1]) if counts[0] > counts[1] else (found[1], found[0])
    known = {negation.form[:_STEM_LETTERS] for negation in more}
    if any(negation.implicit and negation.form[:_STEM_LETTERS] not in known for negation in less):
        return None
    return NegationConflict(tuple(negation for negation in more if not negation.implicit), counts[0] > counts[1])


def _grammatical(negations: Sequence[Negation]) -> int:
    """Count the negators, "neither ... nor" as one."""
    return sum(not negation.implicit and negation.form != "nor" for negation in negations)


def _equal(left: Number, right: Number) -> bool:
    """Tell whether two numbers have one value; times may be given by half days or by 24 hours."""
    kinds = {left.kind, right.kind}
    if left.value == right.value:
        return kinds != {NumberKind.LABEL, NumberKind.PERCENT}
    if kinds == {NumberKind.TIME, NumberKind.CARDINAL}:
        time, other = (left, right) if left.kind is NumberKind.TIME else (right, left)
        return time.value in (other.value % 12 * 60, other.value * 60)
    # "272.000" in a language that groups by commas: the habit of the source was kept.
    return any(
        one.step == _THOUSANDTH and one.value * 1000 == other.value for one, other in ((left, right), (right, left))
    )


def _agree(left: Number, right: Number) -> bool:
    """Tell whether one number can be the other, rounded or bounded."""
    kinds = {left.kind, right.kind}
    if kinds == {NumberKind.YEAR}:
        decade = max(left.step, right.step)
        return decade == _DECADE and left.value // decade == right.value // decade
    if not kinds <= {NumberKind.CARDINAL, NumberKind.PERCENT} or not comparable(left, right):
        return False
    low, high = sorted((left, right), key=lambda number: number.value)
    if high.value <= 0:
        return False
    apart = (high.value - low.value) / high.value
    if low.bound is Bound.LEAST and high.bound is not Bound.LEAST:
        return apart <= BEYOND_BOUND
    if high.bound is Bound.MOST and low.bound is not Bound.MOST:
        return apart <= BEYOND_BOUND
    coarse, fine = sorted((left, right), key=lambda number: number.step, reverse=True)
    step = min(coarse.step, coarse.value / 10)
    if coarse.step == fine.step or apart > ROUNDED:
        return False
    if coarse.bound is not Bound.EXACT and fine.bound is Bound.EXACT:
        return True
    return high.value - low.value < step / 2 and (coarse.value >= _OFTEN_ROUNDED or fine.step < 1)


def _is_pronoun(number: Number) -> bool:
    """Tell whether a number is the word for one or first, which are articles, pronouns and adverbs as well."""
    return number.in_words and number.value <= 1


def _repeats(number: Number, others: Sequence[Number]) -> bool:
    """Tell whether the other text has the number too, although a second mention of it does not."""
    return any(_equal(number, other) or _agree(number, other) for other in others)


def numbers_differ(left: str, right: str, language: str) -> bool:
    """Tell whether two renderings in one language have numbers that cannot both be right."""
    return bool(number_conflicts(numbers_in(left, language), numbers_in(right, language)))
