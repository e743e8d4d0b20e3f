"""N-gram language models with interpolated Witten-Bell smoothing (Witten and Bell 1991): what a neural model must beat.

Counts are kept as sorted hashes of 64 bits, so that tens of millions of them fit in memory.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mtcheck.core.errors import ModelUnavailable
from mtcheck.core.spans import Span
from mtcheck.core.surprisal import TokenSurprisal
from mtcheck.text.plain_punctuation import plain_punctuation

BEGIN, UNKNOWN, FIRST = 1, 2, 3
# A word that was seen once is as good as unknown: so the model learns what to expect of unknown ones.
MIN_COUNT = 2
_UNIT = re.compile(r"\w+(?:['-]\w+)*|[^\w\s]")
_Numbers = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class _Order:
    """Counts of one order: of n-grams, and of their contexts with the number of different continuations."""

    grams: _Numbers
    counts: NDArray[np.float64]
    contexts: _Numbers
    totals: NDArray[np.float64]
    kinds: NDArray[np.float64]


class Ngrams:
    """Probabilities of numbers after numbers; sequences do not see each other."""

    def __init__(self, sequences: Sequence[Sequence[int]], order: int, size: int) -> None:
        """Count. ``size`` is the number of different symbols, over which the last backing off is even."""
        self._size = size
        # Odd multipliers make sums of products a hash of 64 bits; a fixed seed makes it the same everywhere.
        numbers = np.random.default_rng(20220121).integers(1, 2**63, order, np.uint64)
        self._multipliers = numbers * np.uint64(2) + np.uint64(1)
        symbols, places = _joined(sequences)
        self._orders = [self._counted(*self._hashes(symbols, places, length)) for length in range(1, order + 1)]

    def bits(self, sequences: Sequence[Sequence[int]]) -> list[NDArray[np.float64]]:
        """Return the surprisal in bits of every number of every sequence."""
        symbols, places = _joined(sequences)
        probability = np.full(len(symbols), 1.0 / self._size)
        for length, order in enumerate(self._orders, start=1):
            grams, contexts = self._hashes(symbols, places, length)
            counts = _found(order.grams, order.counts, grams)
            totals = _found(order.contexts, order.totals, contexts)
            kinds = _found(order.contexts, order.kinds, contexts)
            known = totals > 0
            mixed = (counts + kinds * probability) / np.maximum(totals + kinds, 1.0)
            probability = np.where(known, mixed, probability)
        ends = np.cumsum([len(sequence) for sequence in sequences])
        return np.split(-np.log2(probability), ends[:-1])

    def _hashes(self, symbols: _Numbers, places: NDArray[np.int64], length: int) -> tuple[_Numbers, _Numbers]:
        """Return for every position the hash of the n-gram that ends there, and of its context."""
        contexts = np.zeros(len(symbols), np.uint64)
        for back in range(1, length):
            before = np.concatenate([np.full(back, BEGIN, np.uint64), symbols[:-back]])[: len(symbols)]
            before = np.where(places >= back, before, np.uint64(BEGIN))
            contexts += _mixed(before) * self._multipliers[back]
        return contexts + _mixed(symbols) * self._multipliers[0], contexts

    @staticmethod
    def _counted(grams: _Numbers, contexts: _Numbers) -> _Order:
        keys, first, counts = np.unique(grams, return_index=True, return_counts=True)
        context_keys, where, kinds = np.unique(contexts[first], return_inverse=True, return_counts=True)
        totals = np.bincount(where, counts, len(context_keys)).astype(np.float64)
        return _Order(keys, counts.astype(np.float64), context_keys, totals, kinds.astype(np.float64))


def _joined(sequences: Sequence[Sequence[int]]) -> tuple[_Numbers, NDArray[np.int64]]:
    """Return all numbers end to end, and the place of each in its sequence."""
    lengths = np.fromiter(map(len, sequences), np.int64, len(sequences))
    symbols = np.fromiter((number for sequence in sequences for number in sequence), np.uint64, int(lengths.sum()))
    starts = np.repeat(np.cumsum(lengths) - lengths, lengths)
    return symbols, np.arange(len(symbols)) - starts


def _mixed(numbers: _Numbers) -> _Numbers:
    """Spread small numbers over all bits (the finalizer of Steele et al. 2014, "Fast Splittable Pseudorandom Number Generators")."""
    found = numbers + np.uint64(0x9E3779B97F4A7C15)
    found = (found ^ (found >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    found = (found ^ (found >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return found ^ (found >> np.uint64(31))


def _found(keys: _Numbers, values: NDArray[np.float64], wanted: _Numbers) -> NDArray[np.float64]:
    if not len(keys):
        return np.zeros(len(wanted))
    index = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[index] == wanted, values[index], 0.0)


class NgramLanguageModel:
    """A character or word n-gram model of one language behind the seam of language models."""

    def __init__(self, texts: Iterable[str], *, order: int, words: bool, language: str = "en") -> None:
        """Learn from texts."""
        self._order, self._words, self._language = order, words, language
        plain = [plain_punctuation(text).text for text in texts]
        counts = Counter(unit for text in plain for unit, _, _ in self._units(text))
        kept = sorted(unit for unit, count in counts.items() if count >= MIN_COUNT)
        self._numbers = {unit: number for number, unit in enumerate(kept, start=FIRST)}
        # What an unknown unit is once it is known to be unknown: one of those that were seen once.
        self._unknown_bits = float(np.log2(max(1, len(counts) - len(kept))))
        sequences = [
            array("q", (self._numbers.get(unit, UNKNOWN) for unit, _, _ in self._units(text))) for text in plain
        ]
        self._model = Ngrams(sequences, order, len(kept) + 2)

    @property
    def signature(self) -> str:
        """Kind and order."""
        return f"{'word' if self._words else 'character'} {self._order}-gram, Witten-Bell"

    def supports(self, language: str) -> bool:
        """Tell whether it learned this language."""
        return language == self._language

    def signature_of(self, language: str) -> str:
        """Return kind and order. Raises ``ModelUnavailable`` for a language that it did not learn."""
        self._must_support(language)
        return self.signature

    def surprisals(self, texts: Sequence[str], language: str) -> list[tuple[TokenSurprisal, ...]]:
        """Score each text for itself; the bits of a space go to what follows it. Raises ``ModelUnavailable``."""
        self._must_support(language)
        plain = [plain_punctuation(text) for text in texts]
        units = [list(self._units(each.text)) for each in plain]
        sequences = [[self._numbers.get(unit, UNKNOWN) for unit, _, _ in each] for each in units]
        answers = []
        for each, its_units, numbers, bits in zip(plain, units, sequences, self._model.bits(sequences), strict=True):
            tokens: list[TokenSurprisal] = []
            waiting = 0.0
            for (unit, start, end), number, value in zip(its_units, numbers, bits.tolist(), strict=True):
                waiting += value + (self._unknown_bits if number == UNKNOWN else 0.0)
                place = each.span(start, end)
                if unit == " " or (tokens and place.start < tokens[-1].span.end):
                    continue
                tokens.append(TokenSurprisal(Span(place.start, place.end), waiting))
                waiting = 0.0
            answers.append(tuple(tokens))
        return answers

    def _must_support(self, language: str) -> None:
        if not self.supports(language):
            raise ModelUnavailable(f"the n-gram model does not know the language “{language}”")

    def _units(self, text: str) -> Iterator[tuple[str, int, int]]:
        if self._words:
            return ((match.group(), match.start(), match.end()) for match in _UNIT.finditer(text))
        return ((character, index, index + 1) for index, character in enumerate(text))
