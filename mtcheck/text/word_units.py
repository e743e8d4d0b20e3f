"""The words of a text as the bilingual lexicon counts them: beginnings of words, and pairs of Han characters.

Inflection mostly changes the ends of words, so that a word counts by its first letters; in Arabic what is joined to a word
is taken off first. Chinese has no spaces: every two neighboring characters count, and every single one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from mtcheck.core.spans import Span
from mtcheck.text.alignment import words_of
from mtcheck.text.opposites import plain_form

STEM_LETTERS = 6
"""How many letters of a word count. With 5, German compounds and Russian prefixes fall together; 7 parts inflected forms."""

_HAN = range(0x3400, 0xA000)
_ARABIC_JOINED = ("وال", "بال", "فال", "كال", "لل", "ال", "و")
_SHORTEST_ARABIC_REST = 3


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of a text: where it stands, and the key under which the lexicon knows it."""

    span: Span
    key: str


def units_of(text: str, language: str) -> tuple[Unit, ...]:
    """Return the units of a text in order of their starts; numbers are none (they are compared for themselves)."""
    found: list[Unit] = []
    previous: Span | None = None
    for word in words_of(text):
        key = word.key
        if len(key) == 1 and ord(key) in _HAN:
            found.append(Unit(word.span, key))
            if previous is not None and previous.end == word.span.start:
                pair = Span(previous.start, word.span.end)
                found.append(Unit(pair, text[pair.start : pair.end]))
            previous = word.span
            continue
        previous = None
        if any(character.isdecimal() for character in key):
            continue
        found.append(Unit(word.span, stem_of(key, language)))
    return tuple(found)


@lru_cache(maxsize=65_536)
def stem_of(word: str, language: str) -> str:
    """Return the part of a word by which it counts."""
    form = plain_form(word, language)
    if language == "ar":
        for joined in _ARABIC_JOINED:
            if form.startswith(joined) and len(form) - len(joined) >= _SHORTEST_ARABIC_REST:
                form = form[len(joined) :]
                break
    elif language == "fr" and form[1:2] == "'":
        form = form[2:]
    elif form.endswith("'s"):
        form = form[:-2]
    return form[:STEM_LETTERS]
