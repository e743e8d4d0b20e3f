"""Numbers in digits and in words: values, kinds, bounds, exact places."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtcheck.core.spans import Span
from mtcheck.text.number_words import LANGUAGES_OF_NUMBER_WORDS, german_compound
from mtcheck.text.numbers import Bound, Number, NumberKind, numbers_in
from tests.hang import no_hang

VALUES = [
    ("en", "1,200.5 tons", "1,200.5", "1200.5"),
    ("en", "1,00,000 people", "1,00,000", "100000"),
    ("en", "3.5 million euros", "3.5 million", "3500000"),
    ("en", "$3bn", "$3bn", "3000000000"),
    ("en", "two hundred and five ships", "two hundred and five", "205"),
    ("en", "one hundred twenty-three thousand", "one hundred twenty-three thousand", "123000"),
    ("en", "twenty-first", "twenty-first", "21"),
    ("en", "2½ hours", "2½", "2.5"),
    ("de", "1.200,5 Tonnen", "1.200,5", "1200.5"),
    ("de", "2,5 Mrd. Euro", "2,5 Mrd", "2500000000"),
    ("de", "eine Billion, fünf Billionen", "fünf Billionen", "5000000000000"),
    ("de", "zweihundertdreiundvierzig Schiffe", "zweihundertdreiundvierzig", "243"),
    ("es", "3.000 personas", "3.000", "3000"),
    ("es", "dos mil trescientos barcos", "dos mil trescientos", "2300"),
    ("es", "treinta y cinco barcos", "treinta y cinco", "35"),
    ("fr", "3 000 personnes", "3 000", "3000"),
    ("fr", "quatre-vingt-douze bateaux", "quatre-vingt-douze", "92"),
    ("fr", "soixante et onze bateaux", "soixante et onze", "71"),
    ("ru", "1 200,5 тонны", "1 200,5", "1200.5"),
    ("ru", "двадцать пять тысяч человек", "двадцать пять тысяч", "25000"),
    ("ru", "2,5 млрд рублей", "2,5 млрд", "2500000000"),
    ("uk", "сто двадцять три кораблі", "сто двадцять три", "123"),
    ("ar", "خمسة وعشرون شخصا", "خمسة وعشرون", "25"),
    ("ar", "٣٫٥ مليون شخص", "٣٫٥ مليون", "3500000"),
    ("ar", "ثلاثمئة وخمسون سفينة", "ثلاثمئة وخمسون", "350"),
    ("zh", "3万人", "3万", "30000"),
    ("ja", "2.5億円", "2.5億", "250000000"),
]


def single(text: str, language: str = "en") -> Number:
    (number,) = numbers_in(text, language)
    return number


@pytest.mark.parametrize(("language", "text", "written", "value"), VALUES)
def test_values_by_the_habits_of_the_language(language: str, text: str, written: str, value: str) -> None:
    number = numbers_in(text, language)[-1]
    assert written == number.span.of(text)
    assert Decimal(value) == number.value


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("the 20th ship", NumberKind.ORDINAL),
        ("5 percent", NumberKind.PERCENT),
        ("12.5 %", NumberKind.PERCENT),
        ("in 2019", NumberKind.YEAR),
        ("the 1980s", NumberKind.YEAR),
        ("at 10:30", NumberKind.TIME),
        ("at 9 p.m.", NumberKind.TIME),
        ("an F-16", NumberKind.LABEL),
        ("call 0123456789", NumberKind.LABEL),
        ("2,019 ships", NumberKind.CARDINAL),
    ],
)
def test_kinds(text: str, kind: NumberKind) -> None:
    assert kind is single(text).kind


@pytest.mark.parametrize(
    ("text", "language", "bound"),
    [
        ("about 300 ships", "en", Bound.ABOUT),
        ("more than 300 ships", "en", Bound.LEAST),
        ("up to 300 ships", "en", Bound.MOST),
        ("300 ships", "en", Bound.EXACT),
        ("rund 300 Schiffe", "de", Bound.ABOUT),
        ("más de 300 barcos", "es", Bound.LEAST),
        ("moins de 300 bateaux", "fr", Bound.MOST),
        ("около 300 кораблей", "ru", Bound.ABOUT),
        ("понад 300 кораблів", "uk", Bound.LEAST),
        ("أكثر من 300 سفينة", "ar", Bound.LEAST),
    ],
)
def test_hedges(text: str, language: str, bound: Bound) -> None:
    assert bound is single(text, language).bound


def test_two_numbers_stay_two() -> None:
    assert [Decimal(5), Decimal(6)] == [number.value for number in numbers_in("five and six ships", "en")]
    assert [Decimal(2020), Decimal(300)] == [number.value for number in numbers_in("in 2020 300 ships sank", "en")]


def test_a_scale_letter_needs_its_digits() -> None:
    assert Decimal(5_000_000) == single("$5m").value
    assert Decimal(5) == single("5 m deep").value


def test_versions_and_plurals_are_no_numbers() -> None:
    assert () == numbers_in("see 12.05.2024", "de")
    assert () == numbers_in("hundreds of ships, k and m", "en")


def test_a_part_of_the_text_keeps_its_offsets() -> None:
    text = "7 ships, 8 boats"
    (number,) = numbers_in(text, "en", Span(9, len(text)))
    assert Span(9, 10) == number.span


@pytest.mark.parametrize(
    ("word", "value"), [("neunhundertneunundneunzigtausend", 999_000), ("einundzwanzig", 21), ("hundert", 100)]
)
def test_german_compounds(word: str, value: int) -> None:
    assert value == german_compound(word)


@pytest.mark.parametrize("word", ["und", "tausendsassa", "hundertmal", "x" * 1000])
def test_other_german_words_are_no_compounds(word: str) -> None:
    assert german_compound(word) is None


@given(
    st.text(alphabet="0123456789٣ .,:-–%$½万oneutwhdrdmil andfzгтысяч\ud800\u202f", max_size=60),
    st.sampled_from(sorted(LANGUAGES_OF_NUMBER_WORDS | {"zh", "und"})),
)
@settings(max_examples=200, deadline=None)
def test_places_are_in_order_and_never_overlap(text: str, language: str) -> None:
    end = 0
    for number in numbers_in(text, language):
        assert end <= number.span.start < number.span.end <= len(text)
        end = number.span.end


@pytest.mark.parametrize("piece", ["1 ", "111 ", "1.2.", "one thousand ", "1" * 50 + ",", "a" * 50 + "'"])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    with no_hang():
        numbers_in(piece * (20_000 // len(piece)), "ru")
        numbers_in(piece * (20_000 // len(piece)), "en")
