"""How unexpected each word of a page is, beside what makes words unexpected without any fault: named features.

A rare word, a name, the first word of a passage and the word after an opening quotation mark surprise a model on any page, and
pages differ in level. So each word is seen beside its frequency, its place, its neighbors and the page's own median and spread
(the median absolute deviation, which a few faults do not move: Rousseeuw and Croux 1993).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log2
from statistics import fmean, median

from mtcheck.core.spans import Span
from mtcheck.core.surprisal import PassageSurprisal, SentenceSurprisal, TokenSurprisal
from mtcheck.text.sentences import Sentence
from mtcheck.text.style_words import FUNCTION_WORDS
from mtcheck.text.word_frequency import WORD, bits_alone

# More than this is the same to an editor: the model has no idea.
_MOST_BITS = 24.0
_LARGEST_DEVIATION = 6.0
_OPENING = frozenset("“„«‹「『\"'‘([")
_SIGNS_OF_CODE = frozenset("@#=/<>\\_&%*|~^+{}$")
# Turns a median absolute deviation into a standard deviation where values are normally distributed.
_NORMAL = 1.4826
_NO_BITS = 0.0


@dataclass(frozen=True, slots=True)
class WordSurprisal:
    """One word: its span in the document, its highest token, all its bits, and those beyond what its frequency explains.

    ``sentence_start`` tells that it opens a passage or follows the end of a sentence, ``quoted`` that an opening mark stands right
    before it. ``before`` are the bits of the signs between it and the word before. ``plain`` tells that it is written in small letters
    and is no part of an address, a tag or a formula: names, titles and code surprise by their nature.
    """

    span: Span
    word: str
    highest: float
    bits: float
    beyond: float
    before: float
    sentence_start: bool
    quoted: bool
    plain: bool


@dataclass(frozen=True, slots=True)
class Level:
    """The usual of a page: median and spread of the highest token of its words."""

    median: float
    spread: float

    def deviation(self, bits: float) -> float:
        """Return how many spreads a value lies above the median, within bounds."""
        return max(-_LARGEST_DEVIATION, min(_LARGEST_DEVIATION, (bits - self.median) / self.spread))


def words_of(text: str, passage: PassageSurprisal) -> list[WordSurprisal]:
    """Return the words of a passage of ``text`` (the document's), in order; those without any token are left out."""
    found: list[WordSurprisal] = []
    tokens = passage.tokens
    starts = [token.span.start for token in tokens]
    behind = 0
    end = passage.passage.start
    for match in WORD.finditer(text, passage.passage.start, passage.passage.end):
        span = Span(*match.span())
        first = bisect_left(starts, span.start)
        if first and tokens[first - 1].span.end > span.start:
            first -= 1
        last = bisect_left(starts, span.end, first)
        if first == last:
            continue
        mine = [min(_MOST_BITS, token.bits) for token in tokens[first:last]]
        between = text[end : span.start]
        bits = min(3 * _MOST_BITS, sum(mine))
        found.append(
            WordSurprisal(
                span,
                match[0],
                max(mine),
                bits,
                bits - bits_alone(match[0]),
                sum((min(_MOST_BITS, token.bits) for token in tokens[behind:first]), _NO_BITS),
                sentence_start=not found or any(sign in between for sign in ".!?:…"),
                quoted=bool(between) and between[-1] in _OPENING,
                plain=match[0].islower()
                and between[-1:] not in _SIGNS_OF_CODE
                and text[span.end : span.end + 1] not in _SIGNS_OF_CODE,
            )
        )
        behind, end = last, span.end
    return found


def level_of(passages: Sequence[Sequence[WordSurprisal]]) -> Level:
    """Return the level of a page with these passages."""
    values = [word.highest for words in passages for word in words]
    if not values:
        return Level(0.0, 1.0)
    middle = median(values)
    return Level(middle, max(0.5, _NORMAL * median(abs(value - middle) for value in values)))


FEATURES: tuple[str, ...] = (
    "its least expected part",
    "all its bits",
    "bits a character",
    "against the page",
    "beyond its frequency",
    "how rare it is",
    "its length",
    "the word before",
    "the word after",
    "two words around",
    "beyond frequency, the word before",
    "beyond frequency, the word after",
    "beyond frequency, four words around",
    "signs before",
    "signs after",
    "start of a sentence",
    "after an opening mark",
    "least expected part after an opening mark",
    "a name",
    "a name, beyond its frequency",
    "a number",
    "a function word",
    "a function word, beyond its frequency",
    "times on the page",
    "the passage against the page",
    "beyond frequency, the passage",
    "words of the passage",
    "the page's own level",
)
"""The names of the features of a word, in order."""


def features_of(passages: Sequence[Sequence[WordSurprisal]]) -> list[list[tuple[float, ...]]]:
    """Return the features of every word of a page, passage by passage."""
    level = level_of(passages)
    counts = Counter(word.word.lower() for words in passages for word in words)
    return [_features(words, level, counts) for words in passages]


def _features(words: Sequence[WordSurprisal], level: Level, counts: Counter[str]) -> list[tuple[float, ...]]:
    if not words:
        return []
    highest = [level.deviation(word.highest) for word in words]
    beyond = [max(-20.0, min(20.0, word.beyond)) for word in words]
    mean_highest, mean_beyond = fmean(highest), fmean(beyond)
    size = log2(1 + len(words))
    found: list[tuple[float, ...]] = []
    for index, word in enumerate(words):
        low = word.word.lower()
        name = word.word[0].isupper() and not word.sentence_start
        function = low in FUNCTION_WORDS
        before, after = max(0, index - 1), min(len(words) - 1, index + 1)
        near = slice(max(0, index - 2), index + 3)
        found.append(
            (
                word.highest,
                word.bits,
                word.bits / len(word.word),
                highest[index],
                beyond[index],
                bits_alone(word.word),
                log2(len(word.word)),
                highest[before] if before != index else 0.0,
                highest[after] if after != index else 0.0,
                fmean(highest[near]),
                beyond[before] if before != index else 0.0,
                beyond[after] if after != index else 0.0,
                fmean(beyond[near]),
                word.before,
                words[after].before if after != index else 0.0,
                float(word.sentence_start),
                float(word.quoted),
                word.highest if word.quoted else 0.0,
                float(name),
                beyond[index] if name else 0.0,
                float(word.word[0].isdigit()),
                float(function),
                beyond[index] if function else 0.0,
                log2(counts[low]),
                mean_highest,
                mean_beyond,
                size,
                level.median,
            )
        )
    return found


def sentence_surprisals(
    passages: Sequence[PassageSurprisal], sentences: Sequence[Sentence], text: str
) -> tuple[SentenceSurprisal, ...]:
    """Return the surprisal of every sentence that was scored whole, in order; a token counts where it begins."""
    found: list[SentenceSurprisal] = []
    starts = [sentence.span.start for sentence in sentences]
    for passage in passages:
        index = bisect_left(starts, passage.passage.start)
        tokens: Sequence[TokenSurprisal] = passage.tokens
        place = 0
        while index < len(sentences) and sentences[index].span.end <= passage.passage.end:
            span = sentences[index].span
            bits = _NO_BITS
            while place < len(tokens) and tokens[place].span.start < span.end:
                bits += tokens[place].bits if tokens[place].span.start >= span.start else _NO_BITS
                place += 1
            size = len("".join(span.of(text).split()))
            if size and passage.tokens:
                found.append(SentenceSurprisal(span, round(bits / size, 3)))
            index += 1
    return tuple(found)
