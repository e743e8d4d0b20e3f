"""Numbers, dates and amounts of a source and its translation, matched across languages.

A number may change its dress: digits or words, separators, scales ("1,2 Mrd." and "1.2 billion"), the clock of twelve or of
twenty-four hours, a date in digits or in words, one step of rounding. What is left over on both sides was changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from mtcheck.text.chinese_numbers import chinese_values
from mtcheck.text.dates import dates_in
from mtcheck.text.numbers import Number, NumberKind, numbers_in

# Centuries, kings and articles of law: letters where another language writes digits.
_ROMAN = re.compile(r"(?<!\w)(?=[IVXLC])(?:XC|XL|L?X{0,3}|C{1,3})(?:IX|IV|V?I{0,3})(?!\w)")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_DIGIT_RUN = re.compile(r"\d+")
_DIGITS_OF_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
# What joins the two ends of a range, in the languages that numbers are read in.
_RANGE = re.compile(r"\s*(?:[-–—~～]|to|bis|a|à|al?|до|至|到|إلى|الى)\s*")
# A small number in words is as often an idiom or a pronoun ("one of the two") as a number.
_SMALL = 12
_CLOCK_MINUTES = 720
# A number of a larger scale may be rounded to three places: 1.24 for 1.2437 million.
_ROUNDING = Decimal("0.006")
_HALF_SCALES = frozenset({Decimal(10) ** power for power in (1, 2, 3, 4, 6, 8, 9)})
MOST_NUMBERS = 60
"""A table of more numbers is none of running text and not compared."""


@dataclass(frozen=True, slots=True)
class NumberComparison:
    """The numbers of each side that the other has not, in order; ``magnitude`` pairs those that differ by a power of ten."""

    missing: tuple[Number, ...]
    extra: tuple[Number, ...]
    magnitude: tuple[tuple[Number, Number], ...]


def compare_numbers(source: str, target: str, source_language: str, target_language: str) -> NumberComparison:
    """Return what the numbers of a source and its translation do not have in common. Spans count the text of their side."""
    here, there = _numbers(source, source_language), _numbers(target, target_language)
    if max(len(here), len(there)) > MOST_NUMBERS:
        return NumberComparison((), (), ())
    # Two mentions may become one and one may become two: what matters is that the value is there at all.
    missing = _left_over(here, source, source_language, there, target, target_language)
    extra = _left_over(there, target, target_language, here, source, source_language)
    if not any(number.value <= 100 for number in missing):
        extra = [number for number in extra if not (number.in_words and number.value <= _SMALL)]
    if not any(number.value <= 100 for number in extra):
        missing = [number for number in missing if not (number.in_words and number.value <= _SMALL)]
    magnitude = _by_magnitude(missing, extra)
    shifted = {id(number) for pair in magnitude for number in pair}
    return NumberComparison(
        tuple(number for number in missing if id(number) not in shifted),
        tuple(number for number in extra if id(number) not in shifted),
        magnitude,
    )


def _left_over(
    numbers: Sequence[Number], text: str, language: str, others: Sequence[Number], other: str, other_language: str
) -> list[Number]:
    """Return the numbers of a text that the other text has in no form."""
    values = _other_values(other, other_language)
    own = chinese_values(text) if language == "zh" else None
    runs = _plain_runs(other, others)
    found = []
    for number in numbers:
        if own is not None and number.value not in own:
            continue  # a part of a longer number in Han characters and digits
        if _is_in(number, others, values) or (not _is_scaled(number, text) and _digits(number, text) <= runs):
            continue
        found.append(number)
    return found


def _digits(number: Number, text: str) -> frozenset[str]:
    """Return the runs of digits that a number is written with, one that no text holds for a number in words."""
    return frozenset(_DIGIT_RUN.findall(number.span.of(text))) or frozenset({"-"})


def _is_scaled(number: Number, text: str) -> bool:
    """Tell whether a word says what the digits count ("1.2 million"): then the digits alone are not the number.

    One letter says it beside a currency only ("£35m"): "400m" are meters as well, and "GJ 3512b" is a name.
    """
    letters = "".join(character for character in number.span.of(text) if character.isalpha())
    return not number.in_words and (
        len(letters) > 1 or (letters != "" and (number.unit != "" or not letters.isascii()))
    )


def _plain_runs(text: str, numbers: Sequence[Number]) -> frozenset[str]:
    """Return the runs of digits of a text, those of labels, versions and addresses too, but none of a number with a scale."""
    scaled = [number.span for number in numbers if _is_scaled(number, text)]
    return frozenset(
        match[0]
        for match in _DIGIT_RUN.finditer(text)
        if not any(span.start <= match.start() < span.end for span in scaled)
    )


@lru_cache(maxsize=256)
def _other_values(text: str, language: str) -> frozenset[Decimal]:
    """Return values that a text holds in other forms: parts of dates, Roman and Han numerals."""
    values = set(_date_values(text, language))
    for match in _ROMAN.finditer(text):
        letters = [_ROMAN_VALUES[letter] for letter in match[0]]
        pairs = zip(letters, [*letters[1:], 0], strict=True)
        values.add(Decimal(sum(-value if value < after else value for value, after in pairs)))
    if language == "zh":
        values.update(chinese_values(text))
    return frozenset(values)


def _numbers(text: str, language: str) -> list[Number]:
    """Return the numbers that say how many; small ones in words are articles and idioms as often as numbers."""
    found = numbers_in(text, language)
    return [
        _with_scale_of_range(number, following, text)
        for number, following in zip(found, (*found[1:], None), strict=False)
        if number.kind is not NumberKind.LABEL and not (number.in_words and (number.value <= 1 or _is_order(number)))
    ]


def _with_scale_of_range(number: Number, following: Number | None, text: str) -> Number:
    """Return a number that begins a range with the scale that stands once behind both: "3 to 8 million"."""
    if following is None or number.in_words or _is_scaled(number, text) or not _is_scaled(following, text):
        return number
    digits = _DIGITS_OF_NUMBER.search(following.span.of(text))
    if digits is None or not _RANGE.fullmatch(text, number.span.end, following.span.start):
        return number
    shown = Decimal(digits[0].replace(",", "."))
    scale = following.value / shown if shown else Decimal(1)
    return replace(number, value=number.value * scale) if scale in _HALF_SCALES else number


def _is_order(number: Number) -> bool:
    """Tell of an order in words, which names as much as it counts: the Third World, octavos de final."""
    return number.kind is NumberKind.ORDINAL


def _date_values(text: str, language: str) -> frozenset[Decimal]:
    """Return the days, months and years of the dates of a text as numbers."""
    return frozenset(
        Decimal(part)
        for mention in dates_in(text, language)
        for part in (mention.day, mention.month, mention.year)
        if part is not None
    )


def _is_in(number: Number, others: Sequence[Number], dates: frozenset[Decimal]) -> bool:
    """Tell whether the value of a number is among those of the other side."""
    return number.value in dates or any(_same(number, other) for other in others)


def _same(number: Number, other: Number) -> bool:
    left, right = number.value, other.value
    if left == right:
        return True
    for time, part in ((number, other), (other, number)):
        if time.kind is NumberKind.TIME:
            # "15:50" may be written as "15 hours 50 minutes", which are two numbers.
            hour, minutes = divmod(time.value, 60)
            if (part.value % 12 == hour % 12 and part.value <= 24) or part.value == minutes:
                return True
            return _minutes(time) == _minutes(part)
    if NumberKind.YEAR in (number.kind, other.kind):
        # "the nineties" and 1990, '24 and 2024.
        return (left - right) % 100 == 0 and min(left, right) < 100
    larger = max(abs(left), abs(right))
    return larger >= 1000 and abs(left - right) <= max(_ROUNDING * larger, min(number.step, other.step) / 2)


def _minutes(number: Number) -> Decimal:
    """Return a time as minutes on a dial; "16" and "4:00" are the same hour."""
    if number.kind is NumberKind.TIME:
        return number.value % _CLOCK_MINUTES
    hour = number.value // 1
    minutes = (number.value - hour) * 100
    return (hour * 60 + minutes) % _CLOCK_MINUTES


def _by_magnitude(missing: Sequence[Number], extra: Sequence[Number]) -> tuple[tuple[Number, Number], ...]:
    """Return the pairs of left-over numbers that have the same digits and differ by a power of ten."""
    pairs: list[tuple[Number, Number]] = []
    taken: set[int] = set()
    for number in missing:
        for other in extra:
            if id(other) in taken or not number.value or not other.value:
                continue
            ratio = max(number.value, other.value) / min(number.value, other.value)
            if ratio in _HALF_SCALES and max(number.value, other.value) >= 1000:
                pairs.append((number, other))
                taken.add(id(other))
                break
    return tuple(pairs)
