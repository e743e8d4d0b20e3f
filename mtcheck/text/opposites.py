"""Opposed words: which words stand at the two poles of one axis (``data/opposites.tsv``)."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

# How many letters an inflected form may add to an entry that ends in "*".
INFLECTION_LETTERS = 6
_ARABIC_FORMS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": None})
_ARABIC_JOINED = ("وال", "بال", "فال", "كال", "لل", "ال", "و", "ف", "ب", "ل", "س", "ك")


@dataclass(frozen=True, slots=True)
class Pole:
    """One end of an axis. ``positive`` tells which of the two; ``tight`` asks for the same words right beside it."""

    axis: str
    positive: bool
    tight: bool

    def opposes(self, other: Pole) -> bool:
        """Tell whether the other pole is the other end of the same axis."""
        return self.axis == other.axis and self.positive is not other.positive


@dataclass(frozen=True, slots=True)
class _Entries:
    """The opposed words of a language: whole words, and beginnings by their text."""

    words: dict[str, tuple[Pole, ...]]
    beginnings: dict[str, tuple[Pole, ...]]
    longest: int


def plain_form(word: str, language: str) -> str:
    """Return the form of a word that tables are written in: case-folded; in Arabic, without optional signs."""
    if word.isascii():
        return word.lower()
    folded = unicodedata.normalize("NFC", word.casefold()).replace("’", "'").replace("ʼ", "'")
    if language == "ar":
        folded = "".join(c for c in folded if not unicodedata.combining(c)).translate(_ARABIC_FORMS)
    return folded


def without_joined_words(form: str) -> tuple[str, ...]:
    """Return an Arabic form and what is left of it when a joined article, conjunction or preposition is taken off."""
    rest = (form[len(joined) :] for joined in _ARABIC_JOINED if form.startswith(joined))
    return (form, *(word for word in rest if len(word) >= 3))


@lru_cache(maxsize=65_536)
def poles(form: str, language: str) -> tuple[Pole, ...]:
    """Return the poles at which a word (in its plain form) stands; none for a word without an opposite."""
    entries = _entries(language)
    if not entries.words and not entries.beginnings:
        return ()
    found: dict[Pole, None] = {}
    for candidate in without_joined_words(form) if language == "ar" else (form,):
        found.update(dict.fromkeys(entries.words.get(candidate, ())))
        for length in range(min(len(candidate), entries.longest), 1, -1):
            if len(candidate) - length > INFLECTION_LETTERS:
                break
            beginning = entries.beginnings.get(candidate[:length])
            if beginning is not None:
                # The longest beginning is the word meant: "unsafe*" before "un*".
                found.update(dict.fromkeys(beginning))
                break
    return tuple(found)


@cache
def _entries(language: str) -> _Entries:
    """Read the table of a language."""
    words: dict[str, list[Pole]] = defaultdict(list)
    beginnings: dict[str, list[Pole]] = defaultdict(list)
    for row in (files("mtcheck.text") / "data" / "opposites.tsv").read_text("utf-8").splitlines():
        if not row.startswith(f"{language}\t"):
            continue
        _, axis, fit, *ends = row.split("\t")
        for positive, listed in zip((True, False), ends, strict=True):
            for entry in listed.split():
                table = beginnings if entry.endswith("*") else words
                table[plain_form(entry.removesuffix("*"), language)].append(Pole(axis, positive, fit == "tight"))
    return _Entries(
        {word: tuple(found) for word, found in words.items()},
        {word: tuple(found) for word, found in beginnings.items()},
        max(map(len, beginnings), default=0),
    )
