"""Whether the words of one text are those of its source: weights of evidence from a bilingual lexicon.

The lexicons (``data/lexicon.en-XX.tsv.gz``, made by ``mtcheck.training.lexicon``) say for each word which others stand for it, how
often it finds one of them in the sentence that it translates, and how often in a sentence it has nothing to do with. Found or
missed, each word then speaks for or against the pair with the logarithm of the ratio of the two rates (a weight of evidence,
Good 1985). Words that are written alike on both sides speak for it too. Two languages other than English are compared by way of it.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log

from mtcheck.core.spans import Span
from mtcheck.text.word_units import Unit, units_of

ENGLISH = "en"
LANGUAGES_OF_LEXICONS = frozenset({"ar", "de", "es", "fr", "ru", "uk", "zh"})
"""Languages that have a lexicon with English; two of them together have one by way of English."""
# By way of English: so many English words for a word, and so many words for each of them, the likeliest first. Of a word that has an
# English counterpart in a true pair, and that one another, not all meet; and the more words there are, the more meet by chance. All four
# were chosen on FLORES-200 dev (ru-es, ar-es, de-fr).
_ENGLISH_WORDS, _WORDS_OF_EACH = 4, 6
_MEETING, _MORE_BY_CHANCE = 1.0, 2.0
# A word that stands in both texts letter by letter and in no lexicon is a name or a number word, seldom chance.
ALIKE_FOUND, ALIKE_BY_CHANCE = 0.5, 0.01
_SHORTEST_ALIKE = 3
# No word counts for more, whatever its counts say: they come from a few hundred places at most.
_LEAST_RATE = 0.02
_SCALE = 1000


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one word says: its span, the weight (natural logarithm; negative speaks against), and how often it is found."""

    span: Span
    weight: float
    rate: float
    found: bool


@dataclass(frozen=True, slots=True)
class _Side:
    """What is known of the words of one side: how often each finds a counterpart, truly and by chance, and those, the likeliest first."""

    rates: dict[str, tuple[float, float]]
    listed: dict[str, tuple[str, ...]]
    counterparts: dict[str, frozenset[str]]

    @classmethod
    def of(cls, rates: dict[str, tuple[float, float]], listed: dict[str, tuple[str, ...]]) -> _Side:
        """Return a side; a word without counterparts has none."""
        return cls(rates, listed, {key: frozenset(listed.get(key, ())) for key in rates})


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The lexicon of English and another language."""

    english: _Side
    other: _Side


@dataclass(frozen=True, slots=True)
class SidedUnits:
    """A text taken apart, with the set of its keys; so that many pairings can be tried without doing that again."""

    units: tuple[Unit, ...]
    keys: frozenset[str]

    @classmethod
    def of(cls, text: str, language: str) -> SidedUnits:
        """Take a text apart."""
        units = units_of(text, language)
        return cls(units, frozenset(unit.key for unit in units))


def has_lexicon(source_language: str, target_language: str) -> bool:
    """Tell whether there is a lexicon of the two languages."""
    return _side(source_language, target_language) is not None


def evidence(units: Sequence[Unit], there: Iterable[str], language: str, other_language: str) -> tuple[Evidence, ...]:
    """Return what each word says about the pairing with a text of which ``there`` are the keys.

    ``units`` stand in ``language``. Words of which nothing is known say nothing. Empty without a lexicon.
    """
    side = _side(language, other_language)
    if side is None:
        return ()
    keys = there if isinstance(there, frozenset) else frozenset(there)
    found = []
    for unit in units:
        rates = side.rates.get(unit.key)
        alike = len(unit.key) >= _SHORTEST_ALIKE and unit.key in keys
        if rates is None:
            if alike:
                weight = log(ALIKE_FOUND / ALIKE_BY_CHANCE)
                found.append(Evidence(unit.span, weight, ALIKE_FOUND, found=True))
            continue
        rate, chance = rates
        if alike or not side.counterparts[unit.key].isdisjoint(keys):
            found.append(Evidence(unit.span, log(rate / chance), rate, found=True))
        else:
            found.append(Evidence(unit.span, log((1 - rate) / (1 - chance)), rate, found=False))
    return tuple(found)


def counterparts(key: str, language: str, other_language: str) -> frozenset[str] | None:
    """Return the keys that stand for a key in the other language, or ``None`` for a word that the lexicon does not know."""
    side = _side(language, other_language)
    return None if side is None else side.counterparts.get(key)


def relatedness(left: SidedUnits, right: SidedUnits, language: str, other_language: str) -> float:
    """Return the sum of the evidence of both sides; above 0 the words speak for the pairing."""
    forward = evidence(left.units, right.keys, language, other_language)
    backward = evidence(right.units, left.keys, other_language, language)
    return sum(item.weight for item in forward) + sum(item.weight for item in backward)


def _side(language: str, other_language: str) -> _Side | None:
    """Return what is known of the words of a language against another one, ``None`` where there are no lexicons of the two."""
    others = {language, other_language} - {ENGLISH}
    if language == other_language or not others <= LANGUAGES_OF_LEXICONS:
        return None
    if len(others) == 2:
        return _by_way_of_english(language, other_language)
    lexicon = _lexicon(others.pop())
    return lexicon.english if language == ENGLISH else lexicon.other


@cache
def _by_way_of_english(language: str, other_language: str) -> _Side:
    """Put two lexicons together: the words that stand for the English words that stand for a word."""
    here, there = _lexicon(language).other, _lexicon(other_language).english
    rates: dict[str, tuple[float, float]] = {}
    listed: dict[str, tuple[str, ...]] = {}
    for key, (rate, _) in here.rates.items():
        english = [word for word in here.listed.get(key, ()) if word in there.rates][:_ENGLISH_WORDS]
        found = [word for each in english for word in there.listed[each][:_WORDS_OF_EACH]]
        if not found:
            continue
        met = max(there.rates[word][0] for word in english)
        chance = min(1.0, _MORE_BY_CHANCE * sum(there.rates[word][1] for word in english))
        together = min(max(_LEAST_RATE, _MEETING * rate * met), 1 - _LEAST_RATE)
        rates[key] = (together, min(max(chance, _LEAST_RATE / 4), together))
        listed[key] = tuple(dict.fromkeys(found))
    return _Side.of(rates, listed)


@cache
def _lexicon(language: str) -> _Lexicon:
    packed = (files("mtcheck.text") / "data" / f"lexicon.en-{language}.tsv.gz").read_bytes()
    rates: dict[str, dict[str, tuple[float, float]]] = {"e": {}, "o": {}}
    english: dict[str, tuple[str, ...]] = {}
    turned: dict[str, list[tuple[int, str]]] = {}
    for row in gzip.decompress(packed).decode().splitlines():
        side, key, found, by_chance, *listed = row.split("\t")
        rate = min(max(int(found) / _SCALE, _LEAST_RATE), 1 - _LEAST_RATE)
        chance = min(max(int(by_chance) / _SCALE, _LEAST_RATE / 4), rate)
        rates[side][key] = (rate, chance)
        if side == "e":
            english[key] = tuple(listed[0].split(" ")) if listed else ()
            for rank, other in enumerate(english[key]):
                turned.setdefault(other, []).append((rank, key))
    others = {key: tuple(word for _, word in sorted(found)) for key, found in turned.items()}
    return _Lexicon(_Side.of(rates["e"], english), _Side.of(rates["o"], others))
