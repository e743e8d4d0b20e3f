"""Which languages a script allows, and how likely each is before a word is read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from mtcheck.text.scripts import ARABIC, BOPOMOFO, CYRILLIC, GREEK, HAN, HANGUL, HEBREW, HIRAGANA, KATAKANA, LATIN

KANA = "Kana"
"""Not a script of Unicode: Han, hiragana and katakana together, with enough kana to be Japanese."""

WRITTEN_TOGETHER = {HIRAGANA: HAN, KATAKANA: HAN, BOPOMOFO: HAN}
"""Scripts that make one run of text with another."""

LANGUAGES_OF_SCRIPT: dict[str, tuple[str, ...]] = {
    LATIN: (
        *("af", "ca", "cs", "cy", "da", "de", "en", "es", "et", "fi", "fr", "hr", "hu", "id", "it", "lt", "lv", "nl"),
        *("no", "pl", "pt", "ro", "sk", "sl", "so", "sq", "sv", "sw", "tl", "tr", "vi"),
    ),
    CYRILLIC: ("bg", "mk", "ru", "uk"),
    ARABIC: ("ar", "fa", "ur"),
    HAN: ("ja", "zh"),
    "Devanagari": ("hi", "mr", "ne"),
    # One language for each of the rest: the script decides. The profiles know some of them, others not.
    KANA: ("ja",),
    HANGUL: ("ko",),
    HEBREW: ("he",),
    GREEK: ("el",),
    "Armenian": ("hy",),
    "Bengali": ("bn",),
    "Ethiopic": ("am",),
    "Georgian": ("ka",),
    "Gujarati": ("gu",),
    "Gurmukhi": ("pa",),
    "Kannada": ("kn",),
    "Khmer": ("km",),
    "Lao": ("lo",),
    "Malayalam": ("ml",),
    "Mongolian": ("mn",),
    "Myanmar": ("my",),
    "Oriya": ("or",),
    "Sinhala": ("si",),
    "Tamil": ("ta",),
    "Telugu": ("te",),
    "Thaana": ("dv",),
    "Thai": ("th",),
    "Tibetan": ("bo",),
}

DISTINCTIVE_LETTERS: dict[str, str] = {
    # Letters that none of the profiles' languages of the script uses, so that the profiles must not answer: Belarusian,
    # Serbian, Kazakh and other Turkic, Tajik and Mongolian letters; Pashto, Kurdish and Uyghur ones.
    CYRILLIC: "ўЎђЂћЋәӘғҒқҚңҢөӨұҰүҮһҺҷҶӣӢӯӮҳҲҡҠҙҘҫҪ",
    ARABIC: "ټځڅډړږښڼېۍێۆڕڵۇۈۋ",
}

LETTER_WEIGHT = {HAN: 3, KANA: 2, HANGUL: 2}
"""How many letters of an alphabet one sign says as much as; 1 where nothing stands here."""

_RARE = frozenset({"af", "cy", "so", "sq", "sw", "tl", "et", "lt", "lv", "sl", "mk", "ne", "mr"})
_MAIN = frozenset({"ar", "de", "en", "es", "fa", "fr", "he", "it", "ja", "pl", "pt", "ru", "tr", "uk", "zh"})


def commonness(language: str) -> float:
    """Return a coarse weight of a language in published news, 1 for the main ones.

    The three steps only keep a short English or Spanish word from passing for Somali, Welsh or Tagalog; between the main
    languages nothing is assumed.
    """
    if language in _MAIN:
        return 1.0
    return 0.05 if language in _RARE else 0.2


def is_main(language: str) -> bool:
    """Tell whether a language is one of the main ones of published news."""
    return language in _MAIN


UNEXPECTED = 0.1
"""What a language weighs that is not among the candidates, where a main language among them weighs 1."""


@cache
def expected(candidates: tuple[str, ...]) -> Mapping[str, float]:
    """Return the weights of all languages where some are expected; empty where none are, for ``commonness`` holds then."""
    if not candidates:
        return {}
    known = sorted({language for languages in LANGUAGES_OF_SCRIPT.values() for language in languages})
    return {language: 1.0 if language in candidates else UNEXPECTED * commonness(language) for language in known}
