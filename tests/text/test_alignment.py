from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtcheck.core.spans import Span
from mtcheck.text.alignment import differences, word_key, words_of
from tests.hang import no_hang

TEXTS = st.text(alphabet=st.one_of(st.sampled_from("ab c'’.,-中文คำшм ًـ\u200d\ud800"), st.characters()), max_size=60)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He didn’t sign, she said.", ["He", "didn’t", "sign", "she", "said"]),
        ("3.5 million in the U.S. in 2021", ["3.5", "million", "in", "the", "U.S", "in", "2021"]),
        ("“Нет”, — сказал он…", ["Нет", "сказал", "он"]),
        ("وقّع الوزيرُ الاتفاق.", ["وقّع", "الوزيرُ", "الاتفاق"]),
        ("外长说：不。", ["外", "长", "说", "不"]),
        ("north-east snake_case 'quoted'", ["north", "east", "snake", "case", "quoted"]),
        ("a..b a''b", ["a", "b", "a", "b"]),
        ("", []),
        ("… — !", []),
    ],
)
def test_words_are_cut_where_a_reader_cuts_them(text: str, words: list[str]) -> None:
    assert words == [word.span.of(text) for word in words_of(text)]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Straße", "STRASSE"),
        ("don’t", "Don't"),
        ("الوزيرُ", "الوزير"),
        ("ﬁrst", "First"),
        ("١٢", "١٢"),
        ("سـلام", "سلام"),
    ],
)
def test_spellings_of_one_word_have_one_key(left: str, right: str) -> None:
    assert word_key(left) == word_key(right)


def test_different_words_have_different_keys() -> None:
    assert word_key("мои") != word_key("мой")
    assert word_key("resume") != word_key("resumé")


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("He will not sign it now.", "He will sign it.", [("not", ""), ("now", "")]),
        ("He will sign it.", "He will not sign it.", [("", "not")]),
        ("The old port closed.", "The new harbor closed.", [("old port", "new harbor")]),
        ("Same, words!", "same words", []),
        ("", "All new", [("", "All new")]),
        ("All gone", "", [("All gone", "")]),
        ("", "", []),
    ],
)
def test_differences_are_the_words_that_differ(left: str, right: str, expected: list[tuple[str, str]]) -> None:
    assert expected == [(found.left.of(left), found.right.of(right)) for found in differences(left, right)]


def test_a_missing_side_is_the_place_after_the_word_before() -> None:
    (found,) = differences("He will sign it.", "He will not sign it.")
    assert found.left == Span(7, 7)
    (found,) = differences("sign it", "He sign it")
    assert found.left == Span(0, 0)


@given(TEXTS, TEXTS)
def test_what_is_no_difference_is_the_same_on_both_sides(left: str, right: str) -> None:
    found = differences(left, right)
    kept = [
        [word.key for word in words_of(text) if not any(word in side for side in sides)]
        for text, sides in (
            (left, [difference.left_words for difference in found]),
            (right, [difference.right_words for difference in found]),
        )
    ]
    assert kept[0] == kept[1]
    for difference in found:
        assert difference.left_words or difference.right_words
        assert all(difference.left.contains(word.span) for word in difference.left_words)
        assert all(difference.right.contains(word.span) for word in difference.right_words)
    ends = [difference.left.end for difference in found]
    assert ends == sorted(ends)


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert differences(text, text) == ()


@pytest.mark.parametrize("text", ["a" * 1_000_000, "a'" * 100_000, "a\u0301" * 100_000, "中" * 50_000, "a " * 50_000])
def test_hostile_texts_are_read_in_linear_time(text: str) -> None:
    with no_hang():
        words_of(text)
