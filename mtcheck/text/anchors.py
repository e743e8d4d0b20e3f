"""What a text and its translation share whatever the languages: numbers, and names in spellings that can be carried over."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_NUMBER = re.compile(r"\d+(?:[.,:/٫٬]\d+)*")
_NAME = re.compile(r"[^\W\d_]{3,}")
_LONGEST = 20_000
"""Characters of a text that are looked at."""

# Cyrillic letters as English press style spells them, after GOST R 7.0.34; only for comparing.
_CYRILLIC = dict(
    pair.split(":")
    for pair in (
        "а:a б:b в:v г:g д:d е:e ё:e ж:zh з:z и:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch ш:sh щ:shch "
        "ъ: ы:y ь: э:e ю:yu я:ya є:ye і:i ї:yi ґ:g ў:w"
    ).split(" ")
)
_LATIN = str.maketrans(_CYRILLIC)
_VOWELS = re.compile(r"[aeiouy]+")


@dataclass(frozen=True, slots=True)
class Anchors:
    """The numbers of a text, digits only, sorted; and the consonant skeletons of its capitalized words."""

    numbers: tuple[str, ...]
    names: frozenset[str]


def anchors_of(text: str) -> Anchors:
    """Return the anchors of a text. Digits of all scripts count as the same, and 1,000 as 1.000."""
    head = text[:_LONGEST]
    numbers = sorted(_digits(match[0]) for match in _NUMBER.finditer(head))
    names = {_skeleton(match[0]) for match in _NAME.finditer(head) if match[0][0].isupper()}
    return Anchors(tuple(numbers), frozenset(name for name in names if len(name) >= 2))


def _digits(number: str) -> str:
    return "".join(str(unicodedata.decimal(character)) for character in number if character.isdecimal())


def _skeleton(name: str) -> str:
    """Return the consonants of a name in plain Latin letters, its ending left off: cases change it."""
    latin = name.lower().translate(_LATIN)
    plain = "".join(
        character for character in unicodedata.normalize("NFKD", latin) if character.isascii() and character.isalpha()
    )
    return _VOWELS.sub("", plain)[:4]
