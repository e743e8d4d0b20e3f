"""Which Russian and Ukrainian words a word in Latin letters may spell.

Romanizations differ (ISO 9, BGN/PCGN, the press) and drop signs; so each group of Latin letters has several readings, and the soft
sign may be missing behind consonants. Words with letters that no romanization uses (q, w, x, and c outside of "ch") have none.
"""

from __future__ import annotations

from functools import lru_cache

from mtcheck.text.word_lists import word_list

_LANGUAGES = ("ru", "uk")
_MOST_READINGS = 400
"""A word with more readings than this says nothing: one of them exists by chance."""

_LONGEST = 40
"""Letters of a word; no longer one is looked up, since the work grows with the square of its length."""

# Groups and their parts are both read: "sh" is ш, and с-х in "shod" (сход).
_COMMON = {
    "shch": "щ", "sch": "щ", "zh": "ж", "kh": "х", "ts": "ц", "ch": "ч", "sh": "ш", "yu": "ю", "ju": "ю", "iu": "ю",
    "ya": "я", "ja": "я", "ia": "я", "a": "а", "b": "б", "v": "в", "d": "д", "z": "з", "k": "к", "l": "л", "m": "м", "n": "н",
    "o": "о", "p": "п", "r": "р", "s": "с", "t": "т", "u": "у", "f": "ф",
}  # fmt: skip
_READINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "ru": {
        **{latin: (letter,) for latin, letter in _COMMON.items()},
        "yo": ("ё",), "jo": ("ё",), "ye": ("е",), "je": ("е",), "e": ("е", "э"), "i": ("и", "й"), "y": ("ы", "й", "ий", "ый"),
        "j": ("й",), "iy": ("ий",), "yy": ("ый",), "g": ("г",), "h": ("х", "г"), "'": ("ь",), "’": ("ь",),
    },
    "uk": {
        **{latin: (letter,) for latin, letter in _COMMON.items()},
        "ye": ("є",), "je": ("є",), "ie": ("є",), "yi": ("ї",), "ji": ("ї",), "e": ("е",), "i": ("і", "ї", "й"), "y": ("и", "й"),
        "j": ("й",), "h": ("г",), "g": ("г", "ґ"), "'": ("ь",), "’": ("ь",),
    },
}  # fmt: skip
_LONGEST_GROUP = 4
_SOFTENED = frozenset("дзлнрстц")
_HARD = frozenset("аоуыэї")
"""Letters that never stand behind a soft sign, but for о in some words ("сьогодні"), which are not found."""
_VOWELS = frozenset("аеёиоуыэюяєії")


@lru_cache(maxsize=16_384)
def cyrillic_word(word: str, least_frequency: int) -> tuple[str, str, int] | None:
    """Return the language, the spelling and the frequency class of the commonest word that a word in small Latin letters may spell.

    Names, and words that translations leave as they are, do not count, nor words rarer than ``least_frequency`` (the binary logarithm
    of how often they stand in a billion words). ``None`` where there is none.
    """
    found: tuple[str, str, int] | None = None
    if len(word) > _LONGEST:
        return None
    for language in _LANGUAGES:
        words = word_list(language)
        if words is None:
            continue
        for reading in _readings(word, language):
            frequency = words.frequency(reading) if words.is_own(reading) else 0
            if frequency >= least_frequency and (found is None or frequency > found[2]):
                found = (language, reading, frequency)
    return found


def _readings(word: str, language: str) -> list[str]:
    """Return all spellings of a word in Latin letters, none where there are too many."""
    table = _READINGS[language]
    ways: list[list[str]] = [[] for _ in range(len(word) + 1)]
    ways[0] = [""]
    for start in range(len(word)):
        for length in range(1, min(_LONGEST_GROUP, len(word) - start) + 1):
            for letters in table.get(word[start : start + length], ()):
                ends = (letters, letters + "ь") if letters in _SOFTENED else (letters,)
                fitting = [before for before in ways[start] if _may_follow(before, letters)]
                ways[start + length].extend(before + end for before in fitting for end in ends)
                if len(ways[start + length]) > _MOST_READINGS:
                    return []
    return ways[-1]


def _may_follow(before: str, letters: str) -> bool:
    """Tell whether letters can stand there: readings that no word has would only meet the checksum of another."""
    if letters == "й":
        return not before or before[-1] in _VOWELS
    return not (before.endswith("ь") and letters in _HARD)
