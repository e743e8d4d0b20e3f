"""The tables of words that rightly stand twice."""

from __future__ import annotations

import pytest

from mtcheck.text import doublings


@pytest.mark.parametrize(
    ("language", "word"), [("en", "had"), ("de", "die"), ("fr", "nous"), ("nl", "dat"), ("ar", "لم"), ("ru", "их")]
)
def test_grammar_of_a_language(language: str, word: str) -> None:
    assert word in doublings.ALLOWED[language]


@pytest.mark.parametrize(
    ("table", "word"),
    [
        (doublings.SOUNDS, "blah"),
        (doublings.CALLS, "stop"),
        (doublings.EMPHATIC, "очень"),
        (doublings.OPENING, "nein"),
        (doublings.DOUBLED_NAMES, "duran"),
        (doublings.REDUPLICATING, "id"),
        (doublings.LINKING, "by"),
        (doublings.ARTICLES, "the"),
        (doublings.COORDINATING, "или"),
        (doublings.HOMOGRAPHS, "will"),
    ],
)
def test_tables(table: frozenset[str], word: str) -> None:
    assert word in table


def test_words_are_in_lower_case() -> None:
    tables = [doublings.SOUNDS, doublings.CALLS, doublings.EMPHATIC, doublings.OPENING, doublings.DOUBLED_NAMES]
    assert [] == [word for table in tables for word in sorted(table) if word != word.lower()]


def test_no_plain_function_word_counts_as_a_sound() -> None:
    assert not doublings.SOUNDS & (doublings.ARTICLES | {"of", "in", "to", "and", "в", "на", "не", "и", "de", "y"})
