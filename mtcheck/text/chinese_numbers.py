"""The values of numbers in Chinese text: in Han characters, in digits, and in both ("11万7015", "十八", "500多万", "八成")."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_DIGITS = {
    c: v
    for v, cs in enumerate(("〇零", "一壹", "二两兩贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for c in cs
}
_TIMES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_SCALES = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
# Digits or Han numerals, with the words for "some" among them; a sign for tenths ("八成" is 80 %) may end it.
_NUMBER = re.compile(
    r"[0-9０-９〇零一二三四五六七八九两兩壹贰叁肆伍陆柒捌玖十拾百佰千仟万萬亿億]"
    r"[0-9０-９.,，．点〇零一二三四五六七八九两兩壹贰叁肆伍陆柒捌玖十拾百佰千仟万萬亿億多余餘几幾数數]{0,30}(?P<tenths>成)?"
)
_SOME = frozenset("多余餘几幾数數,，")


def chinese_values(text: str) -> frozenset[Decimal]:
    """Return the values of all numbers of a text, tenths as percent."""
    found: set[Decimal] = set()
    for match in _NUMBER.finditer(text):
        written = match[0].removesuffix("成")
        value = _value("".join(c for c in written if c not in _SOME))
        if value is not None:
            found.add(value * 10 if match["tenths"] else value)
    return frozenset(found)


def _value(written: str) -> Decimal | None:
    """Return the value of one number: sections of thousands, each with its scale."""
    total = section = Decimal(0)
    digits = ""
    for character in written + "\0":
        if character.isdecimal() or character in ".．" or character in _DIGITS or character == "点":
            digits += "." if character in ".．点" else str(_DIGITS.get(character, character))
            continue
        number = _decimal(digits)
        digits = ""
        if character in _TIMES:
            section += (Decimal(1) if number is None else number) * _TIMES[character]
        elif character in _SCALES:
            # A scale by itself is once itself ("亿元"); a greater one takes all that stands before it ("1万亿").
            section += number or 0
            scale = Decimal(_SCALES[character])
            if total and total < scale:
                total = (total + section) * scale
            else:
                total += (section or 1) * scale
            section = Decimal(0)
        elif number is not None:
            section += number
    value = total + section
    return value if value else None


def _decimal(digits: str) -> Decimal | None:
    try:
        return Decimal(digits) if digits else None
    except InvalidOperation:
        return None
