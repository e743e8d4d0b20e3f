"""Single marks: where one is an apostrophe, and where it can only be a quotation mark."""

from __future__ import annotations

import re

from mtcheck.text.quotation_languages import LETTERS_BEFORE_APOSTROPHES, LOW_HIGH_LANGUAGES
from mtcheck.text.quotation_marks import FAMILIES, Mark

_ELISION = re.compile(
    r"(?:\d\d(?:\d\d)?s?\b|\d0-|(?:t(?:is|was|were|il|ill|ween|would)|em|n|cause|cuz|bout|round|neath|gainst|til|till|"
    r"nuff|scuse|kay|bye|ere|er|im|s|re|ve|ll|d|m|o|un|uns|nem|ne|nen|ner|n|t|k)\b)",
    re.IGNORECASE,
)
_LAST_WORD = re.compile(r"[^\W\d_]+\Z")
_LONGEST_LAST_WORD = 40
_SHORTEST_TERM = 3


def is_elision(text: str, offset: int) -> bool:
    """Tell whether what stands after a mark is a word that begins with an apostrophe ("’tis", "’90s")."""
    return _ELISION.match(text, offset) is not None


def closes_term(text: str, mark: Mark, start: int, language: str) -> bool:
    """Tell whether a mark inside a quotation closes a word of it, since no apostrophe stands after such a word.

    ``start`` is where the block starts.
    """
    apostrophes = LETTERS_BEFORE_APOSTROPHES.get(language)
    word = _LAST_WORD.search(text, max(mark.span.start - _LONGEST_LAST_WORD, start), mark.span.start)
    if apostrophes is None or word is None or len(word[0]) < _SHORTEST_TERM or not mark.after.isspace():
        return False
    if text[word.start() - 1 : word.start()] == ",":
        # A comma for a low mark: „der ,alte‘ Hafen“.
        return False
    closes = mark.glyph in "’'" or (mark.glyph == "‘" and language in LOW_HIGH_LANGUAGES)
    return closes and word[0][-1].lower() not in apostrophes


def in_a_heap(text: str, mark: Mark, start: int) -> bool:
    """Tell whether other marks stand close by: which of them is too many cannot be said (``?’.’"``)."""
    near = text[mark.span.end : mark.span.end + 2] + text[max(mark.span.start - 2, start) : mark.span.start]
    return any(character in FAMILIES for character in near)
