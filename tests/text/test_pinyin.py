"""Words that may be pinyin, and names that are two because they are."""

from __future__ import annotations

import pytest

from mtcheck.text.pinyin import is_pinyin, two_chinese_names
from tests.hang import no_hang


@pytest.mark.parametrize("word", ["hunan", "henan", "wang", "yong", "zhejiang", "xian", "er", "shaanxi"])
def test_pinyin(word: str) -> None:
    assert is_pinyin(word)


@pytest.mark.parametrize("word", ["sergei", "kyiv", "mohammed", "lee", "haddar", "iran", "", "hsi"])
def test_no_pinyin(word: str) -> None:
    assert not is_pinyin(word)


@pytest.mark.parametrize(
    ("left", "right", "shared", "expected"),
    [
        ("hunan", "henan", "province", True),
        ("yong", "hong", "wang", True),
        ("musa", "mousa", "haddar", False),
        ("li", "lee", "wang", False),
        ("hunan", "hunan", "province", False),
    ],
)
def test_two_names_beside_a_third_word(left: str, right: str, shared: str, expected: bool) -> None:
    assert expected is two_chinese_names(left, right, shared)


def test_a_long_word_is_soon_refused() -> None:
    with no_hang():
        assert not is_pinyin("ao" * 100_000 + "x")
