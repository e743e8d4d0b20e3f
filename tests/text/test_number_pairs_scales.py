"""Scales that are easily mistaken: one letter behind the digits, and one scale for both ends of a range."""

from __future__ import annotations

import pytest

from mtcheck.text.number_pairs import compare_numbers


@pytest.mark.parametrize(
    ("source", "translation", "languages"),
    [
        ("He runs the 400m hurdles.", "Er läuft die 400 m Hürden.", ("en", "de")),
        ("The planet VT 3512b was found.", "Der Planet VT 3512b wurde entdeckt.", ("en", "de")),
        ("Damages of £3million to £8million.", "Schadenersatz von 3 bis 8 Millionen Pfund.", ("en", "de")),
        ("桥花费了600至850亿元。", "The bridges cost 60 to 85 billion yuan.", ("zh", "en")),
        ("Over 35m visitors came.", "Über 35 Millionen Besucher kamen.", ("en", "de")),
        ("Nobody came.", "Niemand kam.", ("en", "de")),
    ],
)
def test_the_same_number_in_another_dress(source: str, translation: str, languages: tuple[str, str]) -> None:
    found = compare_numbers(source, translation, *languages)
    assert ((), (), ()) == (found.missing, found.extra, found.magnitude)


@pytest.mark.parametrize(
    ("source", "translation", "languages"),
    [
        ("The club paid £35m.", "Der Verein zahlte 35 Pfund.", ("en", "de")),
        ("It cost 1.2 billion euros.", "Es kostete 1,2 Millionen Euro.", ("en", "de")),
        ("桥花费了3亿元。", "The bridge cost 3 billion yuan.", ("zh", "en")),
    ],
)
def test_an_amount_that_lost_its_scale(source: str, translation: str, languages: tuple[str, str]) -> None:
    assert 1 == len(compare_numbers(source, translation, *languages).magnitude)
