"""Numbers, names and words of a source and its translation."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mtcheck.core.sources import AlignedPair, PartScore, Side, SourceAlignment
from mtcheck.core.spans import Span
from mtcheck.text.chinese_numbers import chinese_values
from mtcheck.text.name_pairs import unmatched_names
from mtcheck.text.number_pairs import compare_numbers
from mtcheck.text.sentence_alignment import align_sentences
from mtcheck.text.source_gaps import detachment, pair_evidence, places_of_gaps, unrendered
from mtcheck.text.word_evidence import LANGUAGES_OF_LEXICONS, Evidence, SidedUnits, has_lexicon, relatedness
from mtcheck.text.word_units import units_of
from tests.hang import no_hang


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("11万7015辆", 117015),
        ("十八", 18),
        ("500多万只", 5_000_000),
        ("八成", 80),
        ("千亿级", 10**11),
        ("1万亿", 10**12),
        ("三亿五千万", 350_000_000),
        ("一百二十三", 123),
    ],
)
def test_chinese_number(text: str, value: int) -> None:
    assert chinese_values(text) == {Decimal(value)}


SAME_NUMBERS = [
    ("de", "Es kostete 1,2 Milliarden Euro.", "en", "It cost 1.2 billion euros."),
    ("ru", "Пришло 3 500 человек, 10 %.", "en", "3,500 people came, ten percent."),
    ("zh", "7月24日15时50分有6人", "en", "At 3:50 p.m. on July 24 there were six."),
    ("en", "It opened on May 31, 2024.", "de", "Es öffnete am 31.05.2024."),
    ("es", "en el siglo XIX", "en", "in the 19th century"),
    ("en", "COVID-19 and the F-16", "fr", "la Covid-19 et le F 16"),
    ("en", "He waited with one of the two.", "de", "Er wartete mit einem der beiden."),
]


@pytest.mark.parametrize(("source_language", "source", "language", "target"), SAME_NUMBERS)
def test_same_numbers(source_language: str, source: str, language: str, target: str) -> None:
    found = compare_numbers(source, target, source_language, language)
    assert (found.missing, found.extra, found.magnitude) == ((), (), ())


def test_changed_number_and_magnitude() -> None:
    found = compare_numbers("Es sind 16 Schiffe.", "There are 18 ships.", "de", "en")
    assert [number.value for number in (*found.missing, *found.extra)] == [16, 18]
    found = compare_numbers("3亿元", "3 billion yuan", "zh", "en")
    assert [(left.value, right.value) for left, right in found.magnitude] == [(Decimal(3 * 10**8), Decimal(3 * 10**9))]


@pytest.mark.parametrize(
    ("source_language", "source", "target"),
    [
        ("ru", "Мэр встретился с Сергеем Ивановым в Сиэтле.", "The mayor met Sergei Ivanov in Seattle."),
        ("es", "El alcalde visitó Alemania con Trimberg.", "The mayor visited Germany with Trimberg."),
        ("de", "Die Lage in Mitteleuropa bleibt ernst.", "The situation in Central Europe remains grave."),
    ],
)
def test_names_that_are_there(source_language: str, source: str, target: str) -> None:
    assert unmatched_names(source, target, source_language, "en") == ()
    assert unmatched_names(target, source, "en", source_language) == ()


def test_names_that_are_not_there() -> None:
    source, target = "Мэр встретился с Барзаниной.", "The mayor met Kowalenko."
    assert [name.span.of(source) for name in unmatched_names(source, target, "ru", "en")] == ["Барзаниной"]
    assert [name.span.of(target) for name in unmatched_names(target, source, "en", "ru")] == ["Kowalenko"]


def test_units_have_places() -> None:
    text = "Der Hafen 北京市 ist 3-mal zu."
    for unit in units_of(text, "de"):
        assert unit.span.of(text).casefold().startswith(unit.key[:1])
    assert "北京" in {unit.key for unit in units_of(text, "zh")}


@pytest.mark.parametrize(
    ("language", "right", "wrong"),
    [
        ("ar", "رفضت الحكومة الخطة الجديدة", "كان الطقس جميلا في المدينة"),
        ("de", "Die Regierung lehnte den neuen Plan ab.", "Das Wetter in der Stadt war schön."),
        ("es", "El gobierno rechazó el nuevo plan.", "Hacía buen tiempo en la ciudad."),
        ("fr", "Le gouvernement a rejeté le nouveau plan.", "Il faisait beau temps dans la ville."),
        ("ru", "Правительство отвергло новый план.", "В городе стояла хорошая погода."),
        ("uk", "Уряд відхилив новий план.", "У місті була гарна погода."),
        ("zh", "政府拒绝了新计划。", "城里的天气很好。"),
    ],
)
def test_lexicon_tells_a_translation_from_another_sentence(language: str, right: str, wrong: str) -> None:
    english = SidedUnits.of("The government rejected the new plan.", "en")
    assert relatedness(english, SidedUnits.of(right, language), "en", language) > 0
    assert relatedness(english, SidedUnits.of(wrong, language), "en", language) < 0


def test_every_lexicon_that_is_claimed_is_there() -> None:
    for language in sorted(LANGUAGES_OF_LEXICONS):
        assert has_lexicon("en", language)
        assert has_lexicon(language, "en")
    assert has_lexicon("ru", "es")
    assert not has_lexicon("ru", "ja")
    assert pair_evidence("Порт", "港", "ru", "ja") is None
    assert detachment("Порт", "港", "ru", "ja") is None


@pytest.mark.parametrize(
    ("languages", "text", "right", "wrong"),
    [
        (("ru", "es"), "Правительство отвергло новый план.", "El gobierno rechazó el nuevo plan.", "El tiempo era bueno en la ciudad."),
        (("de", "fr"), "Die Regierung lehnte den neuen Plan ab.", "Le gouvernement a rejeté le nouveau plan.", "Il faisait beau dans la ville."),
        (("ar", "ru"), "رفضت الحكومة الخطة الجديدة.", "Правительство отвергло новый план.", "В городе стояла хорошая погода."),
    ],
)  # fmt: skip
def test_languages_without_english_are_compared_by_way_of_it(
    languages: tuple[str, str], text: str, right: str, wrong: str
) -> None:
    here, there = languages
    units = SidedUnits.of(text, here)
    assert relatedness(units, SidedUnits.of(right, there), here, there) > 0
    assert relatedness(units, SidedUnits.of(wrong, there), here, there) < 0


def test_words_and_model_must_agree_that_a_part_is_missing() -> None:
    text = "old port, new town"
    words = (Evidence(Span(0, 3), -4.0, 0.9, found=False), Evidence(Span(10, 13), -4.0, 0.9, found=False))

    def part(start: int, end: int, gain: float) -> PartScore:
        return PartScore(0, Side.SOURCE, Span(start, end), gain)

    scores = (part(0, 8, -3.0), part(10, 18, 5.0), part(0, len(text), -2.5))
    assert unrendered(scores, words, -2.0, 3.0) == (scores[0],)
    assert unrendered(scores, words, 9.0, 3.0) == (scores[0], scores[1])
    assert unrendered(scores, words, -2.0, 7.0) == (scores[2],)


def test_repetition_detaches() -> None:
    source = "Die Regierung lehnte den neuen Plan ab."
    once = detachment(source, "The government rejected the new plan.", "de", "en")
    looped = detachment(source, "The government rejected the new plan. " * 4, "de", "en")
    assert once is not None
    assert looped is not None
    assert once < looped


GERMAN = (
    "Der Hafenrat tagte am Dienstag und lehnte den Plan ab.",
    "Die Reeder wollen nun vor Gericht ziehen.",
    "Im Jahr 2019 kamen 45 Schiffe.",
    "Die Regierung hat die Steuern auf Treibstoff erhöht.",
)
ENGLISH = (
    "The harbor council met on Tuesday and rejected the plan.",
    "The shipowners now want to go to court.",
    "In 2019, 45 ships came.",
    "The government has raised taxes on fuel.",
)


def groups(source: tuple[str, ...], target: tuple[str, ...]) -> list[tuple[int, int, int, int]]:
    found = align_sentences(source, target, "de", "en")
    assert found is not None
    return [(g.source.start, g.source.end, g.target.start, g.target.end) for g in found]


def test_sentences_are_aligned() -> None:
    assert groups(GERMAN, ENGLISH) == [(0, 1, 0, 1), (1, 2, 1, 2), (2, 3, 2, 3), (3, 4, 3, 4)]


def test_left_out_and_added_sentences_stand_alone() -> None:
    assert groups(GERMAN, ENGLISH[:1] + ENGLISH[2:]) == [(0, 1, 0, 1), (1, 2, 1, 1), (2, 3, 1, 2), (3, 4, 2, 3)]
    added = (*ENGLISH[:3], "The hotel has a beautiful swimming pool and friendly staff.", ENGLISH[3])
    assert groups(GERMAN, added) == [(0, 1, 0, 1), (1, 2, 1, 2), (2, 3, 2, 3), (3, 3, 3, 4), (3, 4, 4, 5)]


def test_sentence_that_was_split() -> None:
    split = ("The harbor council met on Tuesday.", "It rejected the plan.", *ENGLISH[1:])
    assert groups(GERMAN, split)[0] == (0, 1, 0, 2)


def test_alignment_of_nothing_and_of_too_much() -> None:
    assert align_sentences((), (), "de", "en") == ()
    assert groups((), ("A sentence.",)) == [(0, 0, 0, 1)]
    with no_hang():
        assert align_sentences(("Ja.",) * 20_000, ("Yes.",) * 20_000, "de", "en") is None


def test_place_of_a_gap_is_the_word_before_or_after() -> None:
    text = "The port. It closed."
    here = AlignedPair(Span(0, 9), "The port.", "Der Hafen.", given=True)
    gap = AlignedPair(Span(9, 9), "", "Ein Satz.", given=True)
    places = places_of_gaps(SourceAlignment("de", "en", (gap, here, gap)))
    assert ["The", "The", "port"] == [place.of(text) for place in places if place is not None]
    assert [None] == list(places_of_gaps(SourceAlignment("de", "en", (gap,))))


def test_places_of_the_gaps_of_a_long_file_without_words() -> None:
    sign = AlignedPair(Span(0, 1), "*", "Stern", given=True)
    gap = AlignedPair(Span(1, 1), "", "Ein Satz.", given=True)
    with no_hang():
        assert {None} == set(places_of_gaps(SourceAlignment("de", "en", (sign, gap) * 20_000)))
