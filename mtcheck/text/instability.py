"""Where several renderings of a sentence disagree: the entropy of what becomes of each of its words.

Each rendering is aligned with the sentence word by word (``mtcheck.text.alignment``). A word that all of them keep, or that all replace
by the same words, is stable: a paraphrase is no disagreement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from mtcheck.text.alignment import Word, word_differences, words_of


@dataclass(frozen=True, slots=True)
class WordStability:
    """One word of a sentence: the entropy in bits of what the renderings make of it, and the share of them that keep it."""

    word: Word
    bits: float
    kept: float


def instability(sentence: str, renderings: Sequence[str]) -> tuple[WordStability, ...]:
    """Return what becomes of each word of a sentence; empty without renderings."""
    if not renderings:
        return ()
    words = words_of(sentence)
    index_of = {word.span.start: index for index, word in enumerate(words)}
    outcomes: list[Counter[tuple[str, ...] | None]] = [Counter() for _ in words]
    for rendering in renderings:
        replaced: dict[int, tuple[str, ...]] = {}
        for difference in word_differences(words, words_of(rendering)):
            there = tuple(word.key for word in difference.right_words)
            replaced.update((index_of[word.span.start], there) for word in difference.left_words)
        for index, outcome in enumerate(outcomes):
            outcome[replaced.get(index)] += 1
    total = len(renderings)
    return tuple(
        WordStability(word, _entropy(outcome), outcome[None] / total)
        for word, outcome in zip(words, outcomes, strict=True)
    )


def _entropy(outcome: Counter[tuple[str, ...] | None]) -> float:
    """Return the entropy in bits of what happened to a word."""
    total = outcome.total()
    return sum(-count / total * log2(count / total) for count in outcome.values() if count)
