"""Names of bodies, parties and works that stay in their language: "the Amis de la mer", "Médecins sans frontières".

The Romance languages write such a name with one capital, so that the small words behind it look like words that a translation left.
What tells them from a clause is how they are built: nouns and adjectives, an article only behind a preposition, and none of the small
words that clauses need. Only English pages are looked at; German nouns have capitals too, and say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mtcheck.core.spans import Span
from mtcheck.text.style_words import FUNCTION_WORDS
from mtcheck.text.word_lists import WordList, word_list

_HOME = "en"
_LANGUAGES = frozenset({"ca", "es", "fr", "it", "pt", "ro"})
_DETERMINERS = frozenset("a an the this that his her its their our my your each every".split())
_PREPOSITIONS = frozenset(
    "de du des d del dos das do da di della dello dei degli delle sans sin sem pour por para per au aux à en y et e".split()
)
_ARTICLES = frozenset("la le les l el los las lo il gli o os as".split())
_OF_CLAUSES = frozenset(
    """que qui quoi dont où est sont était étaient été sera a ont avait avaient aura ne pas se ce il elle ils elles on nous vous je si
    mais quand car dit disent es son fue fueron era eran ha han está están estaba no dijo dice dijeron quien cuando pero ya che è hanno
    sono erano non é são foi foram não disse diz""".split()
)
# "d'" and "l'" are words of their own.
_WORD = re.compile(r"(?<![^\W\d_])[dlDL]['’](?=[^\W\d_])|[^\W\d_]+")
_BEFORE, _BEHIND = 80, 60
"""Characters around a stretch in which its name must stand."""
_MOST_WORDS = 6
_MOST_IN_A_ROW = 2
"""How many nouns and adjectives stand beside each other in a name."""


def is_part_of_name(text: str, span: Span, language: str, page_language: str) -> bool:
    """Tell whether a stretch in another language is a part of a name that begins with a capital inside a sentence.

    The word with the capital is none of the page's language, and stands behind an article or is a common word of its own language.
    """
    home, other = word_list(_HOME), word_list(language)
    if page_language != _HOME or language not in _LANGUAGES or home is None:
        return False
    start = max(0, span.start - _BEFORE)
    words = list(_WORD.finditer(text, start, span.end + _BEHIND))
    first = next((number for number, word in enumerate(words) if word.start() >= span.start), None)
    if first is None or words[first].start() >= span.end:
        return False
    head = _head(text, words, first, home, other)
    if head is None or not _may_be_head(text, words, head, home, other):
        return False
    return _is_built_like_a_name(_behind(text, words, head, span, home))


def _head(text: str, words: Sequence[re.Match[str]], first: int, home: WordList, other: WordList | None) -> int | None:
    """Return the number of the word with a capital that a stretch begins with or follows, ``None`` where there is none."""
    for number in range(first, max(-1, first - _MOST_WORDS - 1), -1):
        word = words[number][0]
        if word[0].isupper():
            return number
        small = _plain(word)
        known = other.frequency(small) > 0 if other is not None else not home.is_own(small)
        if number < first and not _links(small) and (small in FUNCTION_WORDS or not known):
            return None
        if number == 0 or not _are_beside(text, words[number - 1], words[number]):
            return None
    return None


def _may_be_head(text: str, words: Sequence[re.Match[str]], head: int, home: WordList, other: WordList | None) -> bool:
    """Tell whether a word with a capital can begin a name here: not a word of the page's language, and not a person's name."""
    small = _plain(words[head][0])
    if head == 0 or home.is_own(small) or not _are_beside(text, words[head - 1], words[head]):
        return False
    before = words[head - 1][0]
    known = other.find(small) if other is not None else None
    return before in _DETERMINERS or (before.islower() and known is not None and not known.is_name)


def _behind(text: str, words: Sequence[re.Match[str]], head: int, span: Span, home: WordList) -> list[str]:
    """Return the words behind the first one of a name: to the end of the stretch, and on as far as they may belong to it.

    A word that the page's language has too belongs to it behind a preposition: "de la culture".
    """
    found: list[str] = []
    least = 0
    for before, word in zip(words[head:], words[head + 1 :], strict=False):
        small = _plain(word[0])
        if not _are_beside(text, before, word):
            break
        linked = bool(found) and _links(found[-1]) and small not in FUNCTION_WORDS
        if word.start() >= span.end and home.is_own(small) and not linked:
            break
        found.append(small)
        if word.start() < span.end:
            least = len(found)
    while len(found) > least and _links(found[-1]):
        found.pop()
    return found


def _links(word: str) -> bool:
    return word in _PREPOSITIONS or word in _ARTICLES


def _is_built_like_a_name(words: Sequence[str]) -> bool:
    in_a_row = 0
    before = "noun"
    for word in words:
        if word in _PREPOSITIONS:
            if before != "noun":
                return False
            before, in_a_row = "preposition", 0
        elif word in _ARTICLES:
            if before != "preposition":
                return False
            before = "article"
        elif word in _OF_CLAUSES or in_a_row == _MOST_IN_A_ROW:
            return False
        else:
            before, in_a_row = "noun", in_a_row + 1
    return bool(words) and len(words) <= _MOST_WORDS and before == "noun"


def _are_beside(text: str, word: re.Match[str], following: re.Match[str]) -> bool:
    """Tell whether nothing but a space, or an apostrophe of the first word, stands between two words."""
    return text[word.end() : following.start()] == ("" if word[0][-1] in "'’" else " ")


def _plain(word: str) -> str:
    return word.lower().rstrip("'’")
