"""How much of a passage comes back from another language unchanged: the named features of a round trip.

What a translation model wrote is nearer to what such models write: sent through another one and back, more of it returns as it was
(round-trip fixed points; as in detection by back-translation, Nguyen-Son et al. 2021). Sentences are compared as texts of words;
length, and names and numbers, which return whoever wrote them, are features of their own, so that they do not count as signs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from statistics import fmean

from mtcheck.text.alignment import Word, words_of

FIXED_POINT = "fixed_point"
"""The fitted model of these features, as it is called in the package."""
_RUNS = (1, 2, 4)


@dataclass(frozen=True, slots=True)
class Return:
    """A sentence and what came back, with their chrF (0 to 100)."""

    sentence: str
    back: str
    chrf: float


def fixed_point_features(passage: Sequence[Return]) -> Mapping[str, float]:
    """Return the features of a passage; none for one without words."""
    pairs = [(words_of(each.sentence), words_of(each.back)) for each in passage]
    lengths = [len(words) for words, _ in pairs]
    total = sum(lengths)
    if not total:
        return {}
    found = {f"share of runs of {size} words that come back": _returning(pairs, size) for size in _RUNS}
    return found | {
        "share of sentences that come back word for word": fmean(_keys(words) == _keys(back) for words, back in pairs),
        "chrF of the round trip": fmean(each.chrf for each in passage),
        "length of what comes back": log(max(1, sum(len(back) for _, back in pairs)) / total),
        "words a sentence": log(total / len(pairs)),
        "share of names and numbers": _named(passage, pairs) / total,
    }


def _keys(words: Sequence[Word]) -> tuple[str, ...]:
    return tuple(word.key for word in words)


def _returning(pairs: Sequence[tuple[Sequence[Word], Sequence[Word]]], size: int) -> float:
    """Return the share of the runs of so many words that stand in what came back of the same sentence."""
    hits = trials = 0
    for words, back in pairs:
        here, there = _runs(_keys(words), size), _runs(_keys(back), size)
        hits += (here & there).total()
        trials += here.total()
    return hits / trials if trials else 0.0


def _runs(keys: Sequence[str], size: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(keys[start : start + size]) for start in range(len(keys) - size + 1))


def _named(passage: Sequence[Return], pairs: Sequence[tuple[Sequence[Word], Sequence[Word]]]) -> int:
    """Return how many words inside the sentences begin with a capital or a digit."""
    return sum(
        not each.sentence[word.span.start].islower()
        for each, (words, _) in zip(passage, pairs, strict=True)
        for word in words[1:]
    )
