"""Which Russian and Ukrainian words a word in Latin letters may spell."""

from __future__ import annotations

import pytest

from mtcheck.text.cyrillic_readings import cyrillic_word
from tests.hang import no_hang


@pytest.mark.parametrize(
    ("word", "language", "spelled"),
    [
        ("zavod", "ru", "завод"),
        ("tolko", "ru", "только"),
        ("tol'ko", "ru", "только"),
        ("vremya", "ru", "время"),
        ("vremja", "ru", "время"),
        ("zasedaniye", "ru", "заседание"),
        ("novyy", "ru", "новый"),
        ("misto", "uk", "місто"),
    ],
)
def test_romanizations_are_read_back(word: str, language: str, spelled: str) -> None:
    found = cyrillic_word(word, 9)
    assert found is not None
    assert (language, spelled) == found[:2]


@pytest.mark.parametrize("word", ["quorum", "wagon", "cactus", "dacha", "ostentatious", "x" * 400, "shch" * 60, ""])
def test_what_spells_no_word_has_no_reading(word: str) -> None:
    assert cyrillic_word(word, 9) is None


def test_a_word_without_end_is_not_looked_up() -> None:
    with no_hang():
        assert cyrillic_word("a" * 1_000_000, 9) is None


def test_a_rare_word_does_not_count() -> None:
    found = cyrillic_word("zavod", 9)
    assert found is not None
    assert cyrillic_word("zavod", found[2] + 1) is None
