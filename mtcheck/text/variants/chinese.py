"""Simplified and traditional characters, told apart by the two character sets that were made for them.

A character in level 1 of GB 2312-80 (the 3,755 in everyday use on the mainland) that Big5 lacks is simplified only; one in level 1
of Big5 (the 5,401 in everyday use on Taiwan) that GB 2312 lacks is traditional only. What both hold (后, 里, 台) says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from mtcheck.core.spans import Span
from mtcheck.text.variants import Use, Variants

_FIRST, _LAST = 0x4E00, 0x9FFF
_GB_LEVEL_2 = 0xD8
_BIG5_LEVEL_1_END = 0xC67E


@cache
def sides() -> dict[str, int]:
    """Return 0 for each character that is simplified only, 1 for each that is traditional only."""
    found: dict[str, int] = {}
    for point in range(_FIRST, _LAST + 1):
        character = chr(point)
        mainland, taiwan = character.encode("gb2312", "ignore"), character.encode("big5", "ignore")
        if mainland and not taiwan and mainland[0] < _GB_LEVEL_2:
            found[character] = 0
        elif taiwan and not mainland and int.from_bytes(taiwan, "big") <= _BIG5_LEVEL_1_END:
            found[character] = 1
    return found


def _find(text: str) -> Iterator[Use]:
    known = sides()
    for offset, character in enumerate(text):
        side = known.get(character)
        if side is not None:
            yield Use(Span(offset, offset + 1), side, character)


VARIANTS = Variants(
    ("simplified characters", "traditional characters"),
    (frozenset({"hans", "cn", "sg"}), frozenset({"hant", "tw", "hk", "mo"})),
    _find,
    least=4,
)
