"""One spelling for marks, with exact places."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtcheck.text.plain_punctuation import LETTERS, plain_punctuation
from tests.hang import no_hang

# Marks, spaces, combining signs and broken code points in any order.
HOSTILE = st.text(st.sampled_from(" -–—“”’'`a1é\u0301\ud800\x00\u200b…\n\u00a0ﬁ\ufdfa¨½"), max_size=14) | st.text(
    max_size=30
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The harbor is shut.", "The harbor is shut."),
        ("“It’s late,” she said.", '"It\'s late," she said.'),
        ("«Late» and „late“ and ``late''", '"Late" and "late" and "late"'),
        ("The tower—the old one -- fell.", "The tower - the old one - fell."),
        ("From 1990–95, Varen – Orsa", "From 1990-95, Varen - Orsa"),
        ("Wait… ﬁne\u00a0  ｆｕｌｌ cafe\u0301", "Wait... fine full café"),
        (" so\u00adft\u200b \n end ", "soft end"),
        ("«Маи\u0306» – и\u0306", '"Май" - й'),
        ("کتاب می\u200cخواند، 港は閉", "کتاب میخواند، 港は閉"),
        ("half \ud800 a pair", "half \ufffd a pair"),
        ("", ""),
        ("\u200b", ""),
    ],
)
def test_marks_are_written_one_way(text: str, expected: str) -> None:
    assert plain_punctuation(text).text == expected


def test_letters_that_are_read_by_runs_stand_for_themselves() -> None:
    letters = [chr(code) for code in range(0x80, 0x10000) if re.fullmatch(f"[{LETTERS}]", chr(code))]
    assert 20_000 < len(letters)
    assert letters == [unicodedata.normalize("NFKC", letter) for letter in letters]
    assert {(0, True)} == {(unicodedata.combining(letter), letter.isalpha()) for letter in letters}


def test_places_are_those_of_the_original() -> None:
    text = "“Soft\u00ad” — ﬁne"
    plain = plain_punctuation(text)
    assert plain.text == '"Soft" - fine'
    assert [plain.span(i, j).of(text) for i, j in ((0, 1), (1, 5), (5, 6), (7, 8), (9, 13))] == [
        "“", "Soft", "”", "—", "ﬁne",
    ]  # fmt: skip


@given(HOSTILE)
def test_any_text_keeps_its_places(text: str) -> None:
    plain = plain_punctuation(text)
    assert len(plain.text) == len(plain.starts) == len(plain.ends)
    assert list(plain.starts) == sorted(plain.starts)
    assert list(plain.ends) == sorted(plain.ends)
    assert all(0 <= start <= end <= len(text) for start, end in zip(plain.starts, plain.ends, strict=True))
    assert "  " not in plain.text
    assert plain.text == plain.text.strip(" ")


@pytest.mark.parametrize("part", [" ", "-", "—", "\u0301", "a\u0301", " \t-", "“", "\ufdfa"])
def test_long_runs_take_linear_time(part: str) -> None:
    with no_hang():
        plain_punctuation(part * 60_000)
