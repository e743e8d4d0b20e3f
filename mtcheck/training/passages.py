"""The stream of passages: some sentences that follow each other, behind the token that begins a passage.

Made of chunks like the stream of pairs: a chunk is a function of the seed, its number, the progress of the run when it began,
and where each group stood.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mtcheck.training.batches import Position
from mtcheck.training.configuration import Configuration, Phase
from mtcheck.training.corpora import Group
from mtcheck.training.text_packing import PackedTexts
from mtcheck.training.text_vocabulary import BEGIN_NUMBER, END_NUMBER

# Paragraphs of pages have one sentence or several: each pass through the texts cuts them by another of these lengths, in tokens.
PASSAGE_TOKENS = (96, 48, 192, 128)


@dataclass(frozen=True, slots=True)
class PassageBatch:
    """Padded numbers: ``tokens`` begin with ``<s>``; what is beyond a row's end is ``</s>``, which no text has.

    ``target_tokens`` is how many of them are predicted.
    """

    tokens: NDArray[np.int64]
    target_tokens: int


@dataclass(frozen=True, slots=True)
class _Bucket:
    group: Group
    sentences: NDArray[np.int64]
    tokens: int


class PassageStream:
    """Gives batches for ever. ``position`` is where the next one comes from."""

    def __init__(self, packed: PackedTexts, configuration: Configuration, position: Position | None = None) -> None:
        """Start, or go on from a position of the same data and configuration."""
        self._packed = packed
        self._configuration = configuration
        self._buckets = _buckets(packed)
        self.position = position or Position(drawn=(0,) * len(self._buckets))
        self._chunk: list[list[list[int]]] = []
        self._after: tuple[int, ...] = ()
        self._loaded = -1
        self._orders: dict[int, tuple[int, list[NDArray[np.int64]]]] = {}
        self._sizes: dict[tuple[int, int], int] = {}

    def next(self, progress: float) -> PassageBatch:
        """Return the next batch. ``progress`` (0 to 1) chooses the phase where a new chunk begins."""
        if self._loaded != self.position.chunk:
            self._load()
        if self.position.batch == len(self._chunk):
            self.position = Position(self.position.chunk + 1, 0, progress, self._after)
            self._load()
        batch = padded(self._chunk[self.position.batch])
        self.position = Position(
            self.position.chunk, self.position.batch + 1, self.position.progress, self.position.drawn
        )
        return batch

    def _phase(self) -> Phase:
        return [phase for phase in self._configuration.phases if phase.start <= self.position.progress][-1]

    def _load(self) -> None:
        """Make the chunk at the position."""
        random = np.random.default_rng([self._configuration.seed, 1, self.position.chunk])
        weights = self._phase().weights
        shares = np.array([weights.get(bucket.group, 0.0) * bucket.tokens for bucket in self._buckets], np.float64)
        budgets = shares / shares.sum() * self._configuration.chunk_tokens
        drawn = list(self.position.drawn)
        passages: list[list[int]] = []
        for number in range(len(self._buckets)):
            # A group whose share is below one passage is drawn by chance, so that it is not lost.
            left = float(budgets[number]) - random.random() * PASSAGE_TOKENS[0]
            while left > 0:
                passage = self._passage(number, drawn[number])
                drawn[number] += 1
                left -= len(passage)
                passages.append(passage)
        budget = self._configuration.batch_tokens // self._configuration.micro_batches
        self._chunk = _filled(passages, budget, random)
        self._after = tuple(drawn)
        self._loaded = self.position.chunk

    def _passage(self, number: int, drawn: int) -> list[int]:
        """Return the passage that is drawn as ``drawn``-th from a bucket: each pass goes through all in its own order."""
        turn = 0
        while drawn >= (size := self._size(number, turn)):
            drawn -= size
            turn += 1
        return [
            token for sentence in self._order(number, turn)[drawn] for token in self._packed.sentences[int(sentence)]
        ]

    def _size(self, number: int, turn: int) -> int:
        # A pass is cut like every fourth, so that a few lengths are enough to know where any pass begins.
        key = number, turn % len(PASSAGE_TOKENS)
        if key not in self._sizes:
            self._sizes[key] = len(self._order(number, turn))
        return self._sizes[key]

    def _order(self, number: int, turn: int) -> list[NDArray[np.int64]]:
        kept = self._orders.get(number)
        if kept is None or kept[0] != turn:
            random = np.random.default_rng([self._configuration.seed, 2, number, turn])
            most = PASSAGE_TOKENS[turn % len(PASSAGE_TOKENS)]
            passages = _cut(self._packed, self._buckets[number].sentences, most)
            kept = turn, [passages[index] for index in random.permutation(len(passages))]
            self._orders[number] = kept
        return kept[1]


def padded(passages: list[list[int]]) -> PassageBatch:
    """Return passages as one batch."""
    tokens = np.full((len(passages), max(map(len, passages)) + 1), END_NUMBER, np.int64)
    tokens[:, 0] = BEGIN_NUMBER
    for row, passage in enumerate(passages):
        tokens[row, 1 : len(passage) + 1] = passage
    return PassageBatch(tokens, sum(map(len, passages)))


def _buckets(packed: PackedTexts) -> tuple[_Bucket, ...]:
    lengths = np.diff(packed.sentences.offsets)
    found = []
    for group in np.unique(packed.groups):
        sentences = np.flatnonzero(packed.groups == group)
        found.append(_Bucket(packed.group(int(sentences[0])), sentences, int(lengths[sentences].sum())))
    return tuple(found)


def _cut(packed: PackedTexts, sentences: NDArray[np.int64], most: int) -> list[NDArray[np.int64]]:
    """Return runs of sentences cut into passages of at most ``most`` tokens, or of one sentence that alone has more."""
    lengths = np.diff(packed.sentences.offsets)[sentences].tolist()
    runs = packed.runs[sentences].tolist()
    borders, filled = [0], 0
    for index, length in enumerate(lengths):
        if index and (runs[index] != runs[index - 1] or filled + length > most):
            borders.append(index)
            filled = 0
        filled += length
    return np.split(sentences, borders[1:])


def _filled(passages: list[list[int]], budget: int, random: np.random.Generator) -> list[list[list[int]]]:
    """Return batches of passages of about one length, in random order; a batch has at most ``budget`` padded tokens."""
    keys = random.random(len(passages))
    order = sorted(range(len(passages)), key=lambda index: (len(passages[index]), keys[index]))
    batches: list[list[list[int]]] = []
    waiting: list[list[int]] = []
    for index in order:
        if waiting and (len(passages[index]) + 1) * (len(waiting) + 1) > budget:
            batches.append(waiting)
            waiting = []
        waiting.append(passages[index])
    if waiting:
        batches.append(waiting)
    random.shuffle(batches)
    return batches
