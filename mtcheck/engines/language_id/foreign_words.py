"""Single words of another language inside sentences, by word lists and by spelling.

The search for changes of language (``switching``) needs several words: one word that looks foreign is a name, a loanword or a slip
more often than not. What tells the word that a translation left as it was ("the Regierung said") from these is that the page's
language does not have it and another language does: that language's list has it and its translations replace it, or its
spelling leaves no doubt. Words that the page repeats, that stand in quotation marks or brackets, are explained behind, stand
between capitals like a part of a name, or are made of the page's own words are left in peace.

The bounds were chosen on the tuning half of DEMETR's code-mixing (Karpinska et al. 2022) and on news that people wrote.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from mtcheck.core.documents import BlockKind
from mtcheck.core.languages import LanguageSpan
from mtcheck.core.spans import Span
from mtcheck.engines.language_id.identifier import Identifier, Piece, Weighed
from mtcheck.engines.language_id.loanwords import borrowed_words
from mtcheck.engines.language_id.named_bodies import is_part_of_name
from mtcheck.engines.language_id.page import JudgedPage, Read
from mtcheck.text.scripts import CYRILLIC, LATIN
from mtcheck.text.word_lists import WordList, word_list
from mtcheck.text.word_parts import is_made_of

_ENGLISH = "en"
_LISTED = {LATIN: ("de", "en", "es", "fr"), CYRILLIC: ("ru", "uk")}
"""The languages with a word list by their script; pages in these are looked through."""
_SCRIPT_OF = {language: script for script, languages in _LISTED.items() for language in languages}

_WORD = re.compile(
    r"""
    (?<![\w@/.'’\-\u00ad\u200b\u2060\u0300-\u036f])          # no part of an address, a file's name or a compound, and not
    [^\W\d_]+                                               # what stands before or behind a soft hyphen or a combining mark
    (?![\w@/\u00ad\u200b\u2060\u0300-\u036f]|\.\w|['’\-]\w)
    """,
    re.VERBOSE,
)
_SHORTEST, _LONGEST = 3, 30
_FEWEST_WORDS = 4
"""Words from which a text can be a sentence in which one is out of place."""
_REPEATED = 3
"""Places from which a page uses a word on purpose."""
_MARKS = frozenset("([{\"'“”„«»‹›‘’「『《)]}」』》*_`")
_STARTS = frozenset('.!?:…"“”„«»()[]\n•')
_STOPS = (",", ".", ";", ":", "!", "?")
_GLOSSES = ("(", "（", "[", "–", "—", "- ", "=")

_SURE = 0.95
"""The confidence of a word that is just clear enough; it grows with what lies above the bound."""

# Evidence is counted in nats: minus the logarithm of the probability of the page's own language, by the word's spelling.
_FREQUENCY_WEIGHT, _FREQUENT_WEIGHT, _FREQUENT = 0.5, 1.0, 14
"""What each class of frequency (a doubling) in the other language adds, up to the class ``_FREQUENT`` and above it."""
_ENOUGH_LISTED = 9.3
_ENOUGH_OUTSIDE_ENGLISH, _OUTSIDE_ENGLISH_FREQUENCY = 12.0, 14
"""On pages in other languages than English: their lists are shorter against the forms that their words have, and English words
are borrowed everywhere. A word that no list has says nothing there."""
_ENOUGH_FRENCH, _ENOUGH_RARE_FRENCH = 11.0, 12.4
"""English and German have borrowed so much from French that it takes more to call a word French, most of all a rare one."""
_LEAST_SPELLING = 1.5
_CAPITAL_FREQUENCY, _CAPITAL_START_FREQUENCY = 12, 16
"""How frequent a word with a capital has to be in the other language, inside a sentence and at its start; rarer ones are names."""
_ENOUGH_UNLISTED, _ENOUGH_OF_FAR, _ENOUGH_IN_VOWEL = 6.7, 4.9, 4.0
"""What the spelling alone has to say of a word that no list has: one in eight hundred; more readily for languages that have no
list and whose words do not look like rare English ones, most of all where the word ends in a vowel."""
_VOWELS = "aeiou"
_FAR = frozenset({"cs", "fi", "hr", "hu", "it", "lt", "lv", "pl", "pt", "ro", "sk", "sl", "tr"})
_ENOUGH_STRANGE = 1.6
"""The same for a word with letters that words taken into the page's language hardly have."""
_ENOUGH_BETWEEN_CAPITALS = 9.0
_UNLISTED_LETTERS = 4
_ENOUGH_COMPOUND = 5.5
_DETERMINERS = frozenset("a an the this that his her its their our my your each every".split())
_PLAIN_FREQUENCY = 15
"""From here on a word is the other language's own, whatever it looks like without its accents or endings."""
_PARTICLE_FREQUENCY, _PARTICLE_MARGIN, _PARTICLE_AT_HOME = 18, 12, 10
"""How frequent a word of another language is, and how many classes more than in the page's language, that stands in
lists of the page's language only because texts quote it ("und", "que"), and how frequent it may be there."""
_BESIDE_FREQUENCY, _BESIDE_MARGIN = 14, 5
"""The same for a word beside one that is foreign for certain: "un discorso"."""

_AT_HOME = frozenset("abcdefghijklmnopqrstuvwxyzàáâäçèéêëíîïñóôöúûüœæßабвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ")
"""Letters of the listed languages; all others are strange in a word in small letters."""


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of a text that may be foreign, with the words beside it; empty where there are none."""

    span: Span
    shown: str
    before: str
    after: str

    @property
    def word(self) -> str:
        """The word in small letters."""
        return self.shown.lower()


class ForeignWords:
    """Finds words of another language in the blocks of pages."""

    def __init__(self, identifier: Identifier) -> None:
        """Take the identifier that weighs how words are spelled."""
        self._identifier = identifier

    def find(self, pages: Sequence[JudgedPage]) -> None:
        """Put into ``Read.words`` what is foreign in the blocks that are in their page's language; offsets are those in the block."""
        asked: list[tuple[JudgedPage, Read, _Token]] = []
        for page in pages:
            if page.language in _SCRIPT_OF:
                asked.extend((page, read, token) for read, token in _tokens(page))
        pieces = [Piece(token.word, _SCRIPT_OF[page.language], len(token.word)) for page, _, token in asked]
        found: dict[int, list[LanguageSpan]] = {}
        reads: dict[int, tuple[Read, str]] = {}
        for (page, read, token), weighed in zip(asked, self._identifier.weigh(pieces), strict=True):
            judged = _judged(read.text, token, page.language, weighed)
            if judged is not None:
                found.setdefault(id(read), []).append(judged)
                reads[id(read)] = (read, page.language)
        for key, (read, language) in reads.items():
            read.words = tuple(
                _with_reason(read.text, one, language) for one in _joined(read.text, found[key], language)
            )


def _tokens(page: JudgedPage) -> Iterator[tuple[Read, _Token]]:
    """Yield the words of a page that its language may not have."""
    own = [
        read
        for read, guess in zip(page.blocks, page.guesses, strict=True)
        if guess.language == page.language and read.pieces and read.block.kind is not BlockKind.CODE
    ]
    matches = [list(_WORD.finditer(read.text)) for read in own]
    counts: Counter[str] | None = None
    for read, words in zip(own, matches, strict=True):
        if len(words) < _FEWEST_WORDS:
            continue
        for number, match in enumerate(words):
            word = match[0].lower()
            if not _SHORTEST <= len(word) <= _LONGEST or not _is_unknown(word, page.language):
                continue
            if counts is None:
                counts = Counter(other[0].lower() for several in matches for other in several)
            shown = match[0]
            if counts[word] >= (_REPEATED if shown.islower() else 2) or _is_set_apart(read.text, match.span()):
                continue
            before = words[number - 1][0] if number else ""
            after = words[number + 1][0] if number + 1 < len(words) else ""
            token = _Token(Span(*match.span()), shown, before, after)
            if _may_be_word(read.text, token, page.language):
                yield read, token


@lru_cache(maxsize=16_384)
def _is_unknown(word: str, language: str) -> bool:
    """Tell whether a language does not have a word, or only from texts that quote another language."""
    home = word_list(language)
    if home is None or word in borrowed_words():
        return False
    known = home.find(word)
    if known is None:
        return True
    return (
        known.is_kept
        and known.frequency <= _PARTICLE_AT_HOME
        and any(_is_particle(word, known.frequency, other) for _, other in _others(language))
    )


def _is_particle(word: str, at_home: int, other: WordList) -> bool:
    frequency = other.frequency(word)
    return frequency >= max(_PARTICLE_FREQUENCY, at_home + _PARTICLE_MARGIN)


def _others(language: str) -> list[tuple[str, WordList]]:
    """Return the lists of the other languages in a language's script."""
    names = (name for name in _LISTED[_SCRIPT_OF[language]] if name != language)
    return [(name, words) for name in names if (words := word_list(name)) is not None]


def _is_set_apart(text: str, place: tuple[int, int]) -> bool:
    """Tell whether a word stands alone in quotation marks, brackets or signs of emphasis, or is explained behind."""
    start, end = place
    if text[start - 1 : start] in _MARKS and text[end : end + 1] in _MARKS:
        return True
    behind = text[end : end + 6].lstrip("\"'“”’»› ,.!?")
    return behind.startswith(_GLOSSES)


def _may_be_word(text: str, token: _Token, language: str) -> bool:
    """Tell whether a word with a capital may be another than a name: at a sentence's start or among small letters."""
    shown = token.shown
    if shown.islower():
        return True
    if language != _ENGLISH or not (shown[0].isupper() and shown[1:].islower()) or not token.after.islower():
        return False
    behind = text[token.span.end : token.span.end + 40]
    if not behind.startswith((f" {token.after}", *_STOPS)):
        return False  # a word stands between that is none of the sentence's own: "Nouvelles d'Europe"
    if _begins(text, token):
        return len(token.before) != 1  # an initial: "Ana B. Schiff"
    if not text[: token.span.start].endswith(f"{token.before} "):
        return False
    if token.before.islower():
        home = word_list(language)
        return home is not None and home.is_own(token.before)  # else a name: "Palacio de la Moneda"
    return _is_article(text, token, language)


def _is_article(text: str, token: _Token, language: str) -> bool:
    """Tell whether the word before, the first of its sentence, is a small word of another language: "Die Regierung said"."""
    start = token.span.start - len(token.before) - 1
    if not _begins(text, _Token(Span(start, token.span.start - 1), token.before, "", token.shown)):
        return False
    other, home, small = word_list(_listed(token.word, language)[1]), word_list(language), token.before.lower()
    if other is None or home is None:
        return False
    return other.frequency(small) >= max(_BESIDE_FREQUENCY, home.frequency(small) + _BESIDE_MARGIN)


def _begins(text: str, token: _Token) -> bool:
    """Tell whether a word is the first of its sentence."""
    before = text[max(0, token.span.start - 4) : token.span.start].rstrip()
    return not text[: token.span.start].strip() or (bool(before) and before[-1] in _STARTS)


def _judged(text: str, token: _Token, language: str, weighed: Weighed) -> LanguageSpan | None:
    """Return a word as foreign, ``None`` where that is not beyond doubt."""
    posterior = weighed.posterior()
    home = word_list(language)
    if home is None or language not in posterior:
        return None
    word = token.word
    spelling = -math.log(max(posterior[language], 1e-6))
    frequency, other = _listed(word, language)
    small = token.shown.islower()
    between = token.before[:1].isupper() and token.after[:1].isupper()
    if small and between and spelling < _ENOUGH_BETWEEN_CAPITALS:
        return None
    if word in home:
        # A particle of the other language; beside a capital it belongs to a name: "Rio de Janeiro".
        beside = token.before[:1].isupper() or token.after[:1].isupper()
        return LanguageSpan(token.span, other, _SURE) if small and not beside and frequency else None
    if frequency:
        above = _evidence(spelling, frequency) - _enough(language, other, frequency)
        if small:
            enough = spelling >= _LEAST_SPELLING and (frequency >= _PLAIN_FREQUENCY or not _is_at_home(word, home))
        else:
            enough = frequency >= (_CAPITAL_START_FREQUENCY if _begins(text, token) else _CAPITAL_FREQUENCY)
        if above >= 0 and enough:
            return LanguageSpan(token.span, other, _confidence(above))
    return _by_spelling(token, posterior, spelling, language, home)


def _evidence(spelling: float, frequency: int) -> float:
    """Return what spelling and frequency in another language say together."""
    frequent = max(0, frequency - _FREQUENT)
    return spelling + _FREQUENCY_WEIGHT * (frequency - frequent) + _FREQUENT_WEIGHT * frequent


def _enough(language: str, other: str, frequency: int) -> float:
    """Return the evidence that a word of a list needs on a page in ``language``."""
    if language != _ENGLISH:
        return _ENOUGH_OUTSIDE_ENGLISH if frequency >= _OUTSIDE_ENGLISH_FREQUENCY else math.inf
    if other != "fr":
        return _ENOUGH_LISTED
    return _ENOUGH_FRENCH if frequency >= _FREQUENT else _ENOUGH_RARE_FRENCH


def _listed(word: str, language: str) -> tuple[int, str]:
    """Return how frequent a word is in another language of the same script, and in which; names and kept words are in none."""
    found = [
        (known.frequency, name)
        for name, words in _others(language)
        if (known := words.find(word)) is not None and not known.is_kept and not known.is_name
    ]
    return max(found, default=(0, ""))


def _is_at_home(word: str, home: WordList) -> bool:
    """Tell whether the page's language has a word without its accents, or the words that it is made of."""
    plain = "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
    return (plain != word and plain in home) or is_made_of(word, home)


def _by_spelling(
    token: _Token, posterior: dict[str, float], spelling: float, language: str, home: WordList
) -> LanguageSpan | None:
    """Return a word that no list has as foreign where its letters, or the words it is made of, leave no doubt."""
    word = token.word
    best = min((name for name in posterior if name != language), key=lambda name: (-posterior[name], name), default="")
    if not best or language != _ENGLISH or _is_at_home(word, home):
        return None
    if not token.shown.islower():
        german = word_list("de")
        compound = best == "de" and german is not None and is_made_of(word, german)
        if compound and spelling >= _ENOUGH_COMPOUND and token.before in _DETERMINERS:
            return LanguageSpan(token.span, best, _confidence(spelling - _ENOUGH_COMPOUND))
        return None
    enough = _ENOUGH_UNLISTED
    if set(word) - _AT_HOME:
        enough = _ENOUGH_STRANGE
    elif best in _FAR:
        enough = _ENOUGH_IN_VOWEL if word[-1] in _VOWELS else _ENOUGH_OF_FAR
    if spelling < enough or len(word) < _UNLISTED_LETTERS:
        return None
    return LanguageSpan(token.span, best, _confidence(spelling - enough))


def _confidence(above: float) -> float:
    """Return the confidence for evidence so many nats above the bound."""
    return round(1 - (1 - _SURE) * math.exp(-above), 6)


def is_foreign_phrase(words: Sequence[str], language: str, page_language: str) -> bool:
    """Tell whether none of some words belongs to the page's language: each is unknown there or far more frequent in its own."""
    home = word_list(page_language)
    if home is None or len(words) < 2 or all(len(word) < _UNLISTED_LETTERS for word in words):
        return False
    other = word_list(language)
    for word in words:
        small = word.lower()
        if not word.islower() or small in borrowed_words():
            return False
        frequent = other is not None and other.frequency(small) >= home.frequency(small) + _BESIDE_MARGIN
        if not frequent and (small in home or _is_at_home(small, home)):
            return False
    return True


def _joined(text: str, words: Sequence[LanguageSpan], language: str) -> Iterator[LanguageSpan]:
    """Yield foreign words, neighbors in one language together, and with the small words that belong to them."""
    spans = [_with_neighbors(text, word, language) for word in words]
    last: LanguageSpan | None = None
    for one in spans:
        if last is not None and last.language == one.language and not text[last.span.end : one.span.start].strip():
            span = Span(last.span.start, max(last.span.end, one.span.end))
            last = LanguageSpan(span, one.language, max(last.confidence, one.confidence))
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _with_reason(text: str, words: LanguageSpan, language: str) -> LanguageSpan:
    """Return foreign words, those that belong to a name with the reason that makes them harmless."""
    return replace(words, reason="name") if is_part_of_name(text, words.span, words.language, language) else words


def _with_neighbors(text: str, word: LanguageSpan, language: str) -> LanguageSpan:
    """Return a foreign word with the article or preposition of its language before it."""
    other, home = word_list(word.language), word_list(language)
    if other is None or home is None:
        return word
    start = text.rfind(" ", 0, max(0, word.span.start - 1)) + 1
    before = text[start : word.span.start - 1].lower() if word.span.start else ""
    if not before.isalpha() or text[word.span.start - 1 : word.span.start] != " ":
        return word
    frequency = other.frequency(before)
    if frequency < max(_BESIDE_FREQUENCY, home.frequency(before) + _BESIDE_MARGIN):
        return word
    return LanguageSpan(Span(start, word.span.end), word.language, word.confidence)
