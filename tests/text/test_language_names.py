from __future__ import annotations

from mtcheck.text.language_names import language_name


def test_languages_are_named_in_english() -> None:
    assert ["Russian", "Chinese", "an undetermined language", "qqq"] == [
        language_name(code) for code in ("ru", "zh", "und", "qqq")
    ]
