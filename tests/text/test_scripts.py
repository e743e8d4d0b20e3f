from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtcheck.text.scripts import OTHER, SCRIPTS, code_of_script, script_codes, script_of, script_runs


@pytest.mark.parametrize(
    ("characters", "script"),
    [
        ("aZéßŁẞắＡ", "Latin"),
        ("яЁіўӘ", "Cyrillic"),
        ("αΩάᾳ", "Greek"),
        ("عپی", "Arabic"),
        ("אש", "Hebrew"),
        ("漢々㐀𠀀", "Han"),
        ("あゞ", "Hiragana"),
        ("アーｱ", "Katakana"),
        ("한ㄱ", "Hangul"),
        ("हिं", "Devanagari"),
        ("ไท", "Thai"),
        ("ქა", "Georgian"),
        ("հա", "Armenian"),
        ("አማ", "Ethiopic"),
        ("ខ្", "Khmer"),
        ("𐌰𓀀", OTHER),
        ("0٣४९ .,“«、。-_\u200b\u0301\u200dªµ\u2126℃𝐀Ⅻ😀\ue000\ud800\x00", ""),
    ],
)
def test_script_of_a_character(characters: str, script: str) -> None:
    assert {script} == {script_of(character) for character in characters}


def test_every_script_has_its_own_code() -> None:
    assert len(SCRIPTS) == len({code_of_script(script) for script in SCRIPTS})
    with pytest.raises(KeyError):
        code_of_script("Klingon")


def test_runs_join_what_belongs_to_no_script() -> None:
    text = "  © Фото: Пресс-служба порта / Varen Post 12 日本のニュース!"
    runs = script_runs(text)
    assert [
        ("Фото: Пресс-служба порта", "Cyrillic", 20, 4),
        ("Varen Post", "Latin", 9, 2),
        ("日本", "Han", 2, 1),
        ("の", "Hiragana", 1, 1),
        ("ニュース", "Katakana", 4, 1),
    ] == [(run.span.of(text), run.script, run.letters, run.words) for run in runs]


def test_scripts_written_together_make_one_run() -> None:
    text = "日本のニュース"
    runs = script_runs(text, same={"Hiragana": "Han", "Katakana": "Han"})
    assert [(text, "Han", 7)] == [(run.span.of(text), run.script, run.letters) for run in runs]


def test_marks_belong_to_the_letter_before_them() -> None:
    text = "(cafe\u0301)"
    assert ["cafe\u0301"] == [run.span.of(text) for run in script_runs(text)]


@given(st.text(st.characters(exclude_categories=())))
def test_codes_are_as_long_as_the_text_and_runs_are_maximal(text: str) -> None:
    codes = script_codes(text)
    runs = script_runs(text)
    assert len(text) == len(codes)
    assert all(left.span.end <= right.span.start for left, right in pairwise(runs))
    assert all(left.script != right.script for left, right in pairwise(runs))
    for run in runs:
        assert script_of(text[run.span.start]) == run.script
        assert {script_of(character) for character in run.span.of(text)} <= {run.script, ""}
    covered = sum(run.span.of(text) != "" for run in runs)
    assert covered == len(runs)
    assert bool(runs) == any(script_of(character) for character in text)
