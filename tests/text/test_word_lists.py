"""Word lists: what they know, and words that are made of others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtcheck.text.word_lists import KEPT, LANGUAGES_OF_LISTS, NAME, KnownWord, WordList, checksum_of, word_list
from mtcheck.text.word_parts import is_made_of
from tests.hang import no_hang


def packed(words: dict[str, int]) -> bytes:
    marks = sorted((checksum_of(word), mark) for word, mark in words.items())
    return b"".join(checksum.to_bytes(4, "little") for checksum, _ in marks) + bytes(mark for _, mark in marks)


LIST = WordList(packed({"harbor": 14, "master": 14, "varen": 10 | NAME, "pizza": 12 | KEPT, "straße": 13}))


def test_words_are_found_with_their_marks() -> None:
    assert KnownWord(14, is_name=False, is_kept=False) == LIST.find("harbor")
    assert KnownWord(10, is_name=True, is_kept=False) == LIST.find("varen")
    assert KnownWord(12, is_name=False, is_kept=True) == LIST.find("pizza")
    assert LIST.find("ferry") is None
    assert [14, 0] == [LIST.frequency("master"), LIST.frequency("masters")]
    assert [True, False, False] == [LIST.is_own(word) for word in ("harbor", "varen", "pizza")]
    assert "straße" in LIST
    assert 5 == len(LIST)


def test_a_list_that_was_cut_off_is_refused() -> None:
    with pytest.raises(ValueError, match="five bytes"):
        WordList(packed({"harbor": 14})[:-1])


def test_an_accent_may_be_a_sign_of_its_own() -> None:
    assert checksum_of("café") == checksum_of("cafe\u0301")


@given(st.text())
def test_any_text_can_be_looked_up(text: str) -> None:
    assert LIST.frequency(text) in range(32)
    is_made_of(text, LIST)


@pytest.mark.parametrize("language", sorted(LANGUAGES_OF_LISTS))
def test_every_list_that_is_claimed_is_there(language: str) -> None:
    words = word_list(language)
    assert words is not None
    assert 40_000 < len(words) <= 90_000


@pytest.mark.parametrize(
    ("language", "own", "foreign"),
    [
        ("en", "suddenly", "plötzlich"),
        ("de", "plötzlich", "suddenly"),
        ("es", "también", "aussi"),
        ("fr", "aussi", "también"),
        ("ru", "также", "також"),
        ("uk", "також", "также"),
        ("ar", "أيضا", "همچنین"),
    ],
)
def test_lists_tell_languages_apart(language: str, own: str, foreign: str) -> None:
    words = word_list(language)
    assert words is not None
    assert words.is_own(own)
    assert words.frequency(own) > words.frequency(foreign) + 8


def test_a_language_without_a_list_has_none() -> None:
    assert word_list("it") is None


@pytest.mark.parametrize("word", ["harbors", "harbored", "harbormaster", "unharbored", "masterly", "harborless"])
def test_forms_and_compounds_are_known_by_their_parts(word: str) -> None:
    assert is_made_of(word, LIST)


@pytest.mark.parametrize("word", ["hafen", "varenish", "harbo", "", "pizzabler"])
def test_other_words_are_not(word: str) -> None:
    assert not is_made_of(word, LIST)


def test_a_long_word_does_not_hang() -> None:
    with no_hang():
        is_made_of("harbor" * 2_000, LIST)
