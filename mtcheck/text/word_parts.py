"""Words that a list does not have but that are made of words it has: by an ending, a beginning, or by composition."""

from __future__ import annotations

from mtcheck.text.word_lists import WordList

_PART_LETTERS = 4
_PART_FREQUENCY = 9
"""The frequency class of a part, so that no chance word makes one."""
_STEM_LETTERS = 4
_ENDINGS = (
    *(
        "s",
        "es",
        "ed",
        "d",
        "ing",
        "er",
        "ers",
        "or",
        "ors",
        "ly",
        "ness",
        "less",
        "able",
        "ment",
        "ments",
        "ish",
        "ism",
    ),
    *(
        "ist",
        "ists",
        "ize",
        "ized",
        "izing",
        "ise",
        "ised",
        "ising",
        "ic",
        "al",
        "ial",
        "ual",
        "ity",
        "y",
        "ier",
        "iest",
    ),
    *("ful", "hood", "ship", "est", "ous", "ance", "ances", "ation", "ations", "ian", "ization", "isation"),
)
_BEGINNINGS = (
    *(
        "un",
        "re",
        "non",
        "anti",
        "pre",
        "dis",
        "mis",
        "over",
        "under",
        "out",
        "super",
        "inter",
        "multi",
        "bi",
        "de",
        "im",
    ),
    *("in", "co", "sub", "counter", "up", "off", "pseudo", "semi", "auto", "ultra"),
)
_JOINTS = ("s", "es", "n", "en")
"""What stands between the parts of German compounds."""


def is_made_of(word: str, known: WordList) -> bool:
    """Tell whether a word in small letters is a form, a derivation or a compound of words of a list.

    The endings and beginnings are those of English and of learned words in all languages. Linear in the length of the word.
    """
    return any(
        known.is_own(part) or _is_form(part, known) for part in (word, *_without_beginnings(word))
    ) or _is_compound(word, known)


def _is_form(word: str, known: WordList) -> bool:
    """Tell whether a word is a known one with an ending; a last letter may be doubled, changed or dropped before it."""
    if word.endswith("s") and word[:-1] in known:
        return True
    for ending in _ENDINGS:
        if not word.endswith(ending) or len(word) - len(ending) < _STEM_LETTERS:
            continue
        stem = word[: -len(ending)]
        stems = [stem, stem + "e", stem + "y"]
        if stem[-1] == stem[-2]:
            stems.append(stem[:-1])
        if stem[-1] == "i":
            stems.append(stem[:-1] + "y")
        if any(known.is_own(one) for one in stems):
            return True
    return False


def _without_beginnings(word: str) -> list[str]:
    return [
        rest
        for beginning in _BEGINNINGS
        if word.startswith(beginning) and len(rest := word[len(beginning) :]) >= _STEM_LETTERS
    ]


def _is_compound(word: str, known: WordList) -> bool:
    """Tell whether a word is two or three known ones written together."""
    for cut in range(_PART_LETTERS, len(word) - _PART_LETTERS + 1):
        if known.frequency(word[:cut]) < _PART_FREQUENCY:
            continue
        rest = word[cut:]
        for tail in (rest, *(rest[len(joint) :] for joint in _JOINTS if rest.startswith(joint))):
            if len(tail) >= _PART_LETTERS and known.frequency(tail) >= _PART_FREQUENCY:
                return True
    return False
