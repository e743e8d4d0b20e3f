from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtcheck.text.translation_parts import MAX_PART_CHARACTERS, parts_of
from tests.hang import no_hang


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("", "en", []),
        (" \t ", "en", []),
        ("The port closed.", "en", ["The port closed."]),
        ("  The port closed. Nobody knew why.  ", "en", ["The port closed.", "Nobody knew why."]),
        ("Порт закрыт. Почему, никто не знает.", "ru", ["Порт закрыт.", "Почему, никто не знает."]),
        ("港口关闭了。没有人知道原因。", "zh", ["港口关闭了。", "没有人知道原因。"]),
    ],
)
def test_sentences_are_parts(text: str, language: str, expected: list[str]) -> None:
    assert expected == [span.of(text) for span in parts_of(text, language)]


def test_a_sentence_that_is_far_too_long_is_cut_where_a_reader_pauses() -> None:
    clause = "the ferry that the island had asked for would sail again on the day after the council met, "
    text = clause * 6 + "he said; " + clause * 3 + "she said."
    parts = [span.of(text) for span in parts_of(text, "en")]
    assert 1 < len(parts)
    assert all(len(part) <= MAX_PART_CHARACTERS for part in parts)
    assert all(part.endswith((",", ";", ".")) for part in parts)


def test_a_number_is_not_cut_at_its_comma_where_the_room_ends_there() -> None:
    before = "aa " * 132 + "a "
    assert MAX_PART_CHARACTERS == len(before + "1,")
    text = before + "1,000 boats left the port again."
    assert [before.strip(), "1,000 boats left the port again."] == [span.of(text) for span in parts_of(text, "en")]


def test_a_word_without_end_is_cut_all_the_same() -> None:
    with no_hang():
        parts = parts_of("x" * 1_000_000, "en")
    assert 1_000_000 == sum(map(len, parts))
    assert all(len(part) <= MAX_PART_CHARACTERS for part in parts)


@given(st.text(max_size=1_500))
def test_nothing_but_white_space_is_lost(text: str) -> None:
    spans = parts_of(text, "en")
    end = 0
    for span in spans:
        assert end <= span.start < span.end
        assert not text[end : span.start].strip()
        end = span.end
    assert not text[end:].strip()
