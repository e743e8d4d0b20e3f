"""Tags of pages and what they are compared by."""

from __future__ import annotations

import pytest

from mtcheck.text.language_names import language_name
from mtcheck.text.language_tags import CLOSE, COUNTRY_CODES, IDENTIFIED, are_close, primary


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en", "en"),
        ("EN-us", "en"),
        ("zh_Hant_TW", "zh"),
        ("cmn", "zh"),
        ("nb-NO", "no"),
        ("nn", "no"),
        ("iw", "he"),
        ("in", "id"),
        ("ms-MY", "id"),
        ("fil-PH", "tl"),
        ("sr-Cyrl", "hr"),
        ("bs", "hr"),
        ("eng", "en"),
        (" de ", "de"),
        ("Russian", "ru"),
        ("x-default", None),
        ("und", None),
        ("mul", None),
        ("", None),
        (None, None),
        ("a b", None),
        ("\ud800", None),
    ],
)
def test_primary(tag: str | None, language: str | None) -> None:
    assert language == primary(tag)


def test_tables_agree_with_each_other() -> None:
    assert all(primary(code) == code for code in IDENTIFIED)
    assert all(language in IDENTIFIED for language in COUNTRY_CODES.values())
    assert not IDENTIFIED & COUNTRY_CODES.keys()
    assert all(language_name(code) != code for code in IDENTIFIED)
    assert all(len(pair) == 2 for pair in CLOSE)


def test_close_pairs_have_no_order() -> None:
    assert are_close("ru", "uk")
    assert are_close("uk", "ru")
    assert not are_close("ru", "en")
