"""Spellings that are one name, and spellings that are not."""

from __future__ import annotations

import gzip
from math import inf, isinf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtcheck.text.transliteration import MAXIMUM_LENGTH, fold, spelling_distance
from tests.shared import SHARED, needs_shared

ONE_NAME = [
    ("Sergey", "Sergei"),
    ("Zelenskyy", "Zelensky"),
    ("Zelenskiy", "Zelensky"),
    ("Mohammed", "Muhammad"),
    ("Mohamed", "Mohammed"),
    ("Alexander", "Aleksandr"),
    ("Tchaikovsky", "Chaikovsky"),
    ("Hussein", "Husayn"),
    ("Qaddafi", "Gaddafi"),
    ("Yusuf", "Yousef"),
    ("Khabib", "Habib"),
    ("Vladimir", "Wladimir"),
    ("Yelena", "Elena"),
    ("Хуссейн", "Хусейн"),
    ("Сергий", "Сергей"),
    ("Уоллес", "Воллес"),
    ("Дмитро", "Дмітро"),
]
TWO_NAMES = [
    ("Iran", "Iraq"),
    ("Austria", "Australia"),
    ("Maria", "Mario"),
    ("Peter", "Petra"),
    ("Christian", "Christina"),
    ("Daniel", "Danilo"),
    ("John", "Joseph"),
    ("Slovakia", "Slovenia"),
    ("Мария", "Марина"),
    ("Иран", "Ирак"),
]


@pytest.mark.parametrize(("left", "right"), ONE_NAME)
def test_transliteration_explains_the_difference(left: str, right: str) -> None:
    assert 0 < spelling_distance(left, right) <= 1.0


@pytest.mark.parametrize(("left", "right"), TWO_NAMES)
def test_transliteration_does_not_explain_the_difference(left: str, right: str) -> None:
    assert isinf(spelling_distance(left, right)) or spelling_distance(left, right) >= 0.8


@pytest.mark.parametrize(
    ("name", "folded"), [("Łódź", "lodz"), ("O’Neill", "oneill"), ("Йосиф", "йосиф"), ("ＡＢ", "ab")]
)
def test_fold_takes_marks_and_apostrophes_off(name: str, folded: str) -> None:
    assert folded == fold(name)


def test_scripts_are_not_compared() -> None:
    assert inf == spelling_distance("Сергей", "Sergei")


def test_a_very_long_word_is_not_compared() -> None:
    assert inf == spelling_distance("a" * MAXIMUM_LENGTH + "k", "a" * MAXIMUM_LENGTH + "c")


@given(st.text(max_size=12), st.text(max_size=12))
@settings(max_examples=60, deadline=None)
def test_distance_is_symmetric_and_never_negative(left: str, right: str) -> None:
    assert spelling_distance(left, right) == spelling_distance(right, left) >= 0


@needs_shared
def test_measured_on_pairs_of_spellings() -> None:
    """At 0.12 a letter: at least 86 % of the pairs that are one name, at most 5 % of those that are two."""
    counts = {"1": [0, 0], "0": [0, 0]}
    with gzip.open(SHARED / "eval" / "entities" / "variant_pairs.tsv.gz", "rt", encoding="utf-8") as rows:
        next(rows)
        for row in rows:
            _, left, right, same, *_ = row.rstrip("\n").split("\t")
            near = spelling_distance(left, right) <= 0.12 * max(len(fold(left)), len(fold(right)))
            counts[same][0] += near
            counts[same][1] += 1
    recall, wrong = (counts[label][0] / counts[label][1] for label in ("1", "0"))
    assert recall >= 0.86
    assert wrong <= 0.05
