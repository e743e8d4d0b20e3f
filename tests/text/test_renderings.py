"""Numbers, negations and names in two renderings of one statement."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtcheck.text.name_renderings import lost_names
from mtcheck.text.negation import LANGUAGES_OF_NEGATION, negations_in
from mtcheck.text.renderings import negation_conflict, numbers_differ
from tests.hang import no_hang

ONE_QUANTITY = [
    ("twelve ships", "12 ships"),
    ("about 100,000 people", "more than 98,000 people"),
    ("3 million people", "2.97 million people"),
    ("more than 90 boats", "96 boats"),
    ("up to 50 boats", "47 boats"),
    ("at 9 p.m.", "at 21:00"),
    ("in the 1980s", "in 1984"),
    ("one of the ships", "the ship"),
    ("12 ships and 5 boats", "12 ships"),
    ("more than 28000 boats", "more than 28.000 boats"),
]
TWO_QUANTITIES = [
    ("twelve ships", "21 ships"),
    ("3 million people", "3 billion people"),
    ("about 950 stations", "about 1000 stations"),
    ("247 runs", "250 runs"),
    ("in 2020", "in 2021"),
    ("30 percent", "19 percent"),
    ("at 14:50", "at 15:50"),
    ("iPhone 6 and 6 Plus", "iPhone 6 and 7 Plus"),
]


@pytest.mark.parametrize(("left", "right"), ONE_QUANTITY)
def test_one_quantity_in_two_ways(left: str, right: str) -> None:
    assert not numbers_differ(left, right, "en")
    assert not numbers_differ(right, left, "en")


@pytest.mark.parametrize(("left", "right"), TWO_QUANTITIES)
def test_two_quantities(left: str, right: str) -> None:
    assert numbers_differ(left, right, "en")
    assert numbers_differ(right, left, "en")


OPPOSED = [
    ("en", "They paid the crew.", "They did not pay the crew."),
    ("en", "They paid the crew.", "They didn’t pay the crew."),
    ("de", "Sie bezahlten die Mannschaft.", "Sie bezahlten die Mannschaft nicht."),
    ("es", "Pagaron a la tripulación.", "No pagaron a la tripulación."),
    ("fr", "Ils ont payé l’équipage.", "Ils n’ont pas payé l’équipage."),
    ("ru", "Они заплатили команде.", "Они не заплатили команде."),
    ("uk", "Вони заплатили команді.", "Вони не заплатили команді."),
    ("ar", "سيدفعون أجور الطاقم", "لن يدفعوا أجور الطاقم"),
]
AGREED = [
    ("en", "They did not pay the crew.", "They refused to pay the crew."),
    ("en", "They not only paid the crew.", "They paid the crew."),
    ("en", "Neither Marov nor Salif came.", "Marov did not come."),
    ("de", "Sie zahlten nicht.", "Sie weigerten sich zu zahlen."),
    ("es", "No pagaron.", "Se negaron: rechazaron pagar."),
    ("ru", "Они не заплатили.", "Они отказались платить."),
    ("uk", "Вони не заплатили.", "Вони відмовилися платити."),
    ("ar", "لم يدفعوا", "رفضوا الدفع"),
]


@pytest.mark.parametrize(("language", "left", "right"), OPPOSED)
def test_a_negation_on_one_side(language: str, left: str, right: str) -> None:
    conflict = negation_conflict(left, right, language)
    assert conflict is not None
    assert not conflict.on_left
    assert all(word.form == negations_in(right, language)[0].form for word in conflict.words[:1])
    swapped = negation_conflict(right, left, language)
    assert swapped is not None
    assert swapped.on_left


@pytest.mark.parametrize(("language", "left", "right"), AGREED)
def test_a_negation_that_other_words_answer(language: str, left: str, right: str) -> None:
    assert negation_conflict(left, right, language) is None


def test_a_name_that_was_replaced_or_left_out() -> None:
    text = "The envoy Ilya Marov met the mayor of Varen in the Harbor House."
    assert ["Ilya Marov"] == [
        s.of(text) for s in lost_names(text, "The envoy met Varen's mayor in Harbor House.", "en")
    ]
    assert ["Varen"] == [
        s.of(text)
        for s in lost_names(text, "The envoy Ilya Marov met the mayor of Lindholm in the Harbor House.", "en")
    ]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("The Varen Port Authority said so.", "The VPA said so."),
        ("Sergey Marov spoke.", "Sergei Marov spoke."),
        ("He left for Ostia.", "He left for the Ostian capital."),
        ("People in the US wait.", "People in the United States wait."),
        ("However, the boat left.", "The boat left."),
    ],
)
def test_names_in_another_form_are_not_lost(text: str, other: str) -> None:
    assert () == lost_names(text, other, "en")


def test_names_are_judged_where_capitals_show_them() -> None:
    assert () == lost_names("Der Bote sah Marov.", "Der Bote sah.", "de")


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(sorted(LANGUAGES_OF_NEGATION)))
@settings(max_examples=100, deadline=None)
def test_nothing_raises_and_a_text_agrees_with_itself(left: str, right: str, language: str) -> None:
    numbers_differ(left, right, language)
    assert negation_conflict(left, left, language) is None
    assert not numbers_differ(left, left, language)
    assert all(span.end <= len(left) for span in lost_names(left, right, language))
    assert () == lost_names(left, left, language)


def test_hostile_text_takes_linear_time() -> None:
    with no_hang():
        negation_conflict("not only " * 20_000, "un" * 100_000, "en")
        lost_names("Ab Cd " * 30_000, "Ef. " * 30_000, "en")
