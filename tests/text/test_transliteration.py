"""Spellings that are one name, and spellings that are not."""

from __future__ import annotations

import gzip
from math import inf, isinf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtcheck.text.transliteration import MAXIMUM_LENGTH, Writing, fold, hand_written, spelling_distance
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


def test_a_difference_is_explained_by_one_writing() -> None:
    """Katakana writes "l" and "r" alike and Arabic leaves vowels out; no writing does both as cheaply."""
    together = spelling_distance("kalad", "krd", limit=9)
    assert together > spelling_distance("kalad", "karad", limit=9) + 0.5


def test_a_limit_cuts_off() -> None:
    distance = spelling_distance("Yusuf", "Yousef")
    assert 0 < distance < inf
    assert inf == spelling_distance("Yusuf", "Yousef", limit=distance / 2)


def test_the_exchanges_of_a_distance_add_up_to_it() -> None:
    costs = hand_written("Latin")
    writing = Writing(costs)
    for left, right in (("sergey", "sergei"), ("mohammed", "muhamad"), ("tchaikovsky", "chaykovskii")):
        found = writing.exchanges(left, right, 9)
        assert found
        assert abs(sum(costs[exchange] for exchange in found) - writing.distance(left, right, 9)) < 1e-9
    assert writing.exchanges("iran", "iraq", 0.1) is None


@given(st.text(max_size=12), st.text(max_size=12))
@settings(max_examples=60, deadline=None)
def test_distance_is_symmetric_and_never_negative(left: str, right: str) -> None:
    assert spelling_distance(left, right) == spelling_distance(right, left) >= 0


@needs_shared
def test_measured_on_pairs_of_spellings() -> None:
    """At 0.12 a letter: at least 88 % of the pairs that are one name, at most 5 % of those that are two."""
    counts = {"1": [0, 0], "0": [0, 0]}
    with gzip.open(SHARED / "eval" / "entities" / "variant_pairs.tsv.gz", "rt", encoding="utf-8") as rows:
        next(rows)
        for row in rows:
            _, left, right, same, *_ = row.rstrip("\n").split("\t")
            near = spelling_distance(left, right, limit=4.0) <= 0.12 * max(len(fold(left)), len(fold(right)))
            counts[same][0] += near
            counts[same][1] += 1
    recall, wrong = (counts[label][0] / counts[label][1] for label in ("1", "0"))
    assert recall >= 0.88
    assert wrong <= 0.05
