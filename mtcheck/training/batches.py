"""The stream of batches: drawn by group, joined, sorted by length, filled by a budget of tokens; endless and repeatable.

The stream is made of chunks. A chunk is a function of the seed, its number, the progress of the run when it began, and where
each bucket stood: so that a run continued from a checkpoint sees exactly what it would have seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mtcheck.training.configuration import Configuration, Phase
from mtcheck.training.corpora import Group
from mtcheck.training.languages import ENGLISH
from mtcheck.training.packing import PackedPairs
from mtcheck.training.vocabulary import Vocabulary

ENGLISH_TARGET, OTHER_TARGET = 0, 1
# Everyday pairs are joined up to so many, and to no more tokens than a long sentence has.
MAX_JOINED, MAX_JOINED_TOKENS = 4, 80


@dataclass(frozen=True, slots=True)
class Position:
    """Where the stream stands: the chunk, the next batch in it, the progress when it began, what each bucket had given."""

    chunk: int = 0
    batch: int = 0
    progress: float = 0.0
    drawn: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded numbers: ``source`` with the mark of the target language first and the end last, ``target`` with its end."""

    source: NDArray[np.int64]
    target: NDArray[np.int64]
    target_tokens: int


@dataclass(frozen=True, slots=True)
class _Example:
    """Numbers without mark and end, and the number of the target language's mark."""

    source: list[int]
    target: list[int]
    mark: int


@dataclass(frozen=True, slots=True)
class _Bucket:
    """The pairs of one language, group and direction, with their tokens on the target side."""

    code: str
    group: Group
    direction: int
    pairs: NDArray[np.int64]
    tokens: int


class BatchStream:
    """Gives batches for ever. ``position`` is where the next one comes from."""

    def __init__(
        self,
        packed: PackedPairs,
        vocabulary: Vocabulary,
        configuration: Configuration,
        position: Position | None = None,
    ) -> None:
        """Start, or go on from a position of the same data and configuration."""
        self._packed = packed
        self._vocabulary = vocabulary
        self._configuration = configuration
        self._buckets = _buckets(packed)
        self.position = position or Position(drawn=(0,) * len(self._buckets))
        self._chunk: list[list[_Example]] = []
        self._after: tuple[int, ...] = ()
        self._loaded = -1
        self._orders: dict[int, tuple[int, NDArray[np.int64]]] = {}

    def next(self, progress: float) -> Batch:
        """Return the next batch. ``progress`` (0 to 1) chooses the phase where a new chunk begins."""
        if self._loaded != self.position.chunk:
            self._load()
        if self.position.batch == len(self._chunk):
            self.position = Position(self.position.chunk + 1, 0, progress, self._after)
            self._load()
        batch = self._padded(self._chunk[self.position.batch])
        self.position = Position(
            self.position.chunk, self.position.batch + 1, self.position.progress, self.position.drawn
        )
        return batch

    def _phase(self) -> Phase:
        return [phase for phase in self._configuration.phases if phase.start <= self.position.progress][-1]

    def _load(self) -> None:
        """Make the chunk at the position."""
        random = np.random.default_rng([self._configuration.seed, 1, self.position.chunk])
        phase = self._phase()
        weights = np.array(
            [phase.weights.get(bucket.group, 0.0) * bucket.tokens for bucket in self._buckets], np.float64
        )
        weights *= self._language_factors(weights)
        budget = weights / weights.sum() * self._configuration.chunk_tokens
        drawn = list(self.position.drawn)
        examples: list[_Example] = []
        for number, bucket in enumerate(self._buckets):
            # What is left of a bucket's budget below one pair is decided by chance, so that small buckets are not lost.
            wanted = budget[number] / (bucket.tokens / len(bucket.pairs))
            count = int(wanted) + int(random.random() < wanted % 1)
            found = [self._example(bucket, number, drawn[number] + index) for index in range(count)]
            drawn[number] += count
            if bucket.group is Group.EVERYDAY and phase.joined:
                found = list(_joined(found, phase.joined, random))
            examples.extend(found)
        self._chunk = _filled(examples, self._configuration.batch_tokens // self._configuration.micro_batches, random)
        self._after = tuple(drawn)
        self._loaded = self.position.chunk

    def _language_factors(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        totals: dict[str, float] = {}
        for bucket, weight in zip(self._buckets, weights, strict=True):
            totals[bucket.code] = totals.get(bucket.code, 0.0) + float(weight)
        exponent = self._configuration.language_exponent - 1
        return np.array([totals[bucket.code] ** exponent if totals[bucket.code] else 0.0 for bucket in self._buckets])

    def _example(self, bucket: _Bucket, number: int, drawn: int) -> _Example:
        """Return the example that is drawn as ``drawn``-th from a bucket: each pass goes through all in its own order."""
        turn, place = divmod(drawn, len(bucket.pairs))
        order = self._order(number, turn, len(bucket.pairs))
        pair = int(bucket.pairs[order[place]])
        version = turn % len(self._packed.english)
        if bucket.direction == ENGLISH_TARGET:
            mark = self._vocabulary.language(ENGLISH)
            return _Example(self._packed.other[version][pair], self._packed.english[0][pair], mark)
        mark = self._vocabulary.language(bucket.code)
        return _Example(self._packed.english[version][pair], self._packed.other[0][pair], mark)

    def _order(self, number: int, turn: int, size: int) -> NDArray[np.int64]:
        kept = self._orders.get(number)
        if kept is None or kept[0] != turn:
            random = np.random.default_rng([self._configuration.seed, 2, number, turn])
            kept = turn, random.permutation(size)
            self._orders[number] = kept
        return kept[1]

    def _padded(self, examples: list[_Example]) -> Batch:
        end, padding = self._vocabulary.end, self._vocabulary.padding
        source = np.full((len(examples), max(len(item.source) for item in examples) + 2), padding, np.int64)
        target = np.full((len(examples), max(len(item.target) for item in examples) + 1), padding, np.int64)
        for row, item in enumerate(examples):
            source[row, : len(item.source) + 2] = [item.mark, *item.source, end]
            target[row, : len(item.target) + 1] = [*item.target, end]
        return Batch(source, target, sum(len(item.target) + 1 for item in examples))


def _buckets(packed: PackedPairs) -> tuple[_Bucket, ...]:
    buckets = []
    for language in np.unique(packed.languages):
        for group in np.unique(packed.groups[packed.languages == language]):
            pairs = np.flatnonzero((packed.languages == language) & (packed.groups == group))
            for direction, side in ((ENGLISH_TARGET, packed.english[0]), (OTHER_TARGET, packed.other[0])):
                tokens = int((side.offsets[pairs + 1] - side.offsets[pairs] + 1).sum())
                first = int(pairs[0])
                buckets.append(_Bucket(packed.code(first), packed.group(first), direction, pairs, tokens))
    return tuple(buckets)


def _joined(examples: list[_Example], share: float, random: np.random.Generator) -> Iterator[_Example]:
    """Yield the examples, some of them joined to longer ones."""
    index = 0
    while index < len(examples):
        count = int(random.integers(2, MAX_JOINED + 1)) if random.random() < share else 1
        part = examples[index : index + count]
        index += len(part)
        source = [token for item in part for token in item.source]
        target = [token for item in part for token in item.target]
        if len(part) > 1 and max(len(source), len(target)) <= MAX_JOINED_TOKENS:
            yield _Example(source, target, part[0].mark)
        else:
            yield from part


def _filled(examples: list[_Example], budget: int, random: np.random.Generator) -> list[list[_Example]]:
    """Return batches of examples of about one length, in random order.

    A batch has at most ``2 * budget`` padded tokens, both sides together. Targets may differ by one token, so that sources of one
    length stand together too: with targets of exactly one length a third of the source side was padding.
    """
    # The random number keeps examples of one length from standing in the order of their buckets.
    keys = random.random(len(examples))
    order = sorted(
        range(len(examples)),
        key=lambda index: (len(examples[index].target) // 2, len(examples[index].source), keys[index]),
    )
    batches: list[list[_Example]] = []
    waiting: list[_Example] = []
    source = target = 0
    for index in order:
        item = examples[index]
        source, target = max(source, len(item.source) + 2), max(target, len(item.target) + 1)
        if waiting and (source + target) * (len(waiting) + 1) > 2 * budget:
            batches.append(waiting)
            waiting, source, target = [], len(item.source) + 2, len(item.target) + 1
        waiting.append(item)
    if waiting:
        batches.append(waiting)
    random.shuffle(batches)
    return batches
