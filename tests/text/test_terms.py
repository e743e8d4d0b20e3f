"""Pairs of terms that may be one thing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtcheck.testing import document_from_text, facts_of
from mtcheck.text.sentences import SENTENCES
from mtcheck.text.terms import TermPair, inconsistent_terms
from tests.hang import no_hang


def pairs(text: str) -> list[TermPair]:
    document = document_from_text(text)
    sentences = facts_of(document)[SENTENCES]
    return inconsistent_terms(document, sentences)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("security guarantees", "security assurances"),
        ("guarantees of security", "security assurances"),
        ("legal guarantee", "legal safeguards"),
        ("deputy minister", "vice minister"),
        ("Order of the Anchor", "Anchor Medal"),
        ("Varen Administration for Harbor Regulation", "Varen Administration of Harbor Supervision"),
        ("Varen Municipal Harbor Supervision Authority", "Varen Harbor Supervision Bureau"),
    ],
)
def test_two_terms_for_one_thing(one: str, other: str) -> None:
    (pair,) = pairs(f"The envoy spoke of the {one}.\n\nThen the {one} came up.\n\nShe has the {other} in mind.")
    assert (2, 1) == (len(pair.usual.places), len(pair.other.places))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("security guarantees", "trade assurances"),
        ("security guarantees", "security measures"),
        ("peace talks", "peace negotiations"),
        ("Varen Harbor Bureau", "Ostia Harbor Bureau"),
        ("Ministry of Defense", "Department of Defense"),
        ("Order of the Anchor", "Order of the Pier"),
    ],
)
def test_two_things(one: str, other: str) -> None:
    assert not pairs(f"The envoy spoke of the {one}.\n\nThen the {one} came up.\n\nShe has the {other} in mind.")


def test_a_sentence_that_has_both_tells_them_apart() -> None:
    assert not pairs("Neither security guarantees nor security assurances came.\n\nThe security guarantees are dead.")


def test_a_ministry_that_speaks_under_the_name_of_its_field() -> None:
    (pair,) = pairs("The Ministry of Foreign Affairs was silent.\n\nIt is late, says Foreign Affairs.")
    assert ("Ministry of Foreign Affairs", "Foreign Affairs") == (pair.usual.text, pair.other.text)
    assert not pairs("The Foreign Ministry was silent.\n\nThe journal Foreign Affairs costs 20 crowns.")


@given(st.text(alphabet="Aab s.GuaranteeOf“\n\ud800\u0000", max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_text_is_survived(text: str) -> None:
    pairs(text)


def test_long_runs_of_names_are_linear() -> None:
    with no_hang():
        pairs("Varen Bureau of " * 40_000)
        pairs(" ".join(f"Varen{number} Harbor Bureau said so." for number in range(400)))
