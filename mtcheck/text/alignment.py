"""Word alignment of two texts in one language, offsets kept.

Two renderings of one sentence (a sentence and its back-translation, a quotation and its reference) are compared word by
word: what both have in the same order is aligned, and every stretch between is a difference with its place on both sides.
The alignment is the cheapest edit script over words (Levenshtein 1966); synonyms are not guessed at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from mtcheck.core.spans import Span

# A word: one character of a script written without spaces between words (Han, kana, Thai and its neighbours), or a run
# of letters, digits and combining marks, in which an apostrophe, a point or a comma may stand between two of them
# ("don't", "3.5", "U.S"). Every alternative consumes at least one character and none can take up again what another
# gave back, so that the expression is linear.
_UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
# Vowel signs and joiners are no letters to ``\w``, but stand inside words.
_INNER_MARKS = r"\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903\u093a-\u094f\u200c\u200d"
_WORD = re.compile(
    rf"""
      [{_UNSPACED}]
    | [^\W_{_UNSPACED}]
      (?: [^\W_{_UNSPACED}] | [{_INNER_MARKS}] | ['’ʼ.,](?=[^\W_{_UNSPACED}]) )*
    """,
    re.VERBOSE,
)

_UNSPACED_CHARACTER = re.compile(rf"[{_UNSPACED}]")

# What readers take for the same word: Arabic vowel signs and the tatweel are optional in print, joiners are invisible, and
# the apostrophe has three shapes.
_OPTIONAL = dict.fromkeys([*range(0x064B, 0x0653), 0x0640, 0x0670, 0x200C, 0x200D, 0x00AD], None) | {
    ord("’"): "'",
    ord("ʼ"): "'",
}


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: its span, and the key under which it counts as the same as another word."""

    span: Span
    key: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One stretch in which two texts differ.

    ``left`` and ``right`` are spans of characters from the first differing word to the last, without what surrounds them;
    ``left_words`` and ``right_words`` are those words. Where one side has no words there, its span is empty and stands at
    the end of the word before (0 at the start).
    """

    left: Span
    right: Span
    left_words: tuple[Word, ...]
    right_words: tuple[Word, ...]


def is_unspaced(character: str) -> bool:
    """Tell whether a character (or none) belongs to a script that is written without spaces between words."""
    return _UNSPACED_CHARACTER.match(character) is not None


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text in order. Punctuation belongs to no word.

    Scripts written without spaces give one word a character.
    """
    return tuple(Word(Span(match.start(), match.end()), word_key(match.group())) for match in _WORD.finditer(text))


def word_key(word: str) -> str:
    """Return the form under which two spellings of a word are the same: compatibility-normal, case-folded, unvocalized."""
    return unicodedata.normalize("NFKC", word).casefold().translate(_OPTIONAL)


def differences(left: str, right: str) -> tuple[Difference, ...]:
    """Return where two texts in one language differ, in order; empty where they have the same words in the same order.

    Differences that touch (no aligned word between them) come as one.
    """
    return word_differences(words_of(left), words_of(right))


def word_differences(left: Sequence[Word], right: Sequence[Word]) -> tuple[Difference, ...]:
    """Return the differences of two texts whose words are already at hand."""
    ranges: list[tuple[int, int, int, int]] = []
    for operation in Levenshtein.opcodes([word.key for word in left], [word.key for word in right]):
        if operation.tag == "equal":
            continue
        here = (operation.src_start, operation.src_end, operation.dest_start, operation.dest_end)
        if ranges and ranges[-1][1] == here[0] and ranges[-1][3] == here[2]:
            here = (ranges[-1][0], here[1], ranges[-1][2], here[3])
            ranges.pop()
        ranges.append(here)
    return tuple(
        Difference(
            _stretch(left, left_start, left_end),
            _stretch(right, right_start, right_end),
            tuple(left[left_start:left_end]),
            tuple(right[right_start:right_end]),
        )
        for left_start, left_end, right_start, right_end in ranges
    )


def _stretch(words: Sequence[Word], start: int, end: int) -> Span:
    """Return the span of the words from ``start`` to ``end``, or the empty one after the word before them."""
    if start < end:
        return Span(words[start].span.start, words[end - 1].span.end)
    before = words[start - 1].span.end if start else 0
    return Span(before, before)
