from __future__ import annotations

import pytest

from mtcheck.core.spans import Span
from mtcheck.text.removable_parts import removable_parts, without


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The mayor opened the school, together with his son, and left.", ["The mayor opened the school", "together with his son"]),
        ("The mayor opened the school.", []),
        ("Мэр открыл школу, несмотря на сильный дождь.", ["Мэр открыл школу", "несмотря на сильный дождь"]),
        ("فتح العمدة المدرسة، رغم هطول المطر الغزير.", ["فتح العمدة المدرسة", "رغم هطول المطر الغزير"]),
        ("市长开办了学校，尽管下着大雨。", ["市长开办了学校", "尽管下着大雨"]),
        ("Yes, no, well.", []),
        ("", []),
    ],
)  # fmt: skip
def test_parts_stand_between_pauses(text: str, parts: list[str]) -> None:
    assert parts == [span.of(text) for span in removable_parts(text)]


def test_a_text_without_a_part() -> None:
    assert without("The mayor, old  now, left.", Span(0, 9)) == ", old now, left."
