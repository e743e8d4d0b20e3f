"""The task of a translation model: pairs in both directions, the Marian network, its loss."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mtcheck.core.errors import UsageError
from mtcheck.training.batches import Batch, BatchStream, Position
from mtcheck.training.configuration import Configuration
from mtcheck.training.languages import ENGLISH
from mtcheck.training.model import loss_of, new_model
from mtcheck.training.overlap import read_lines
from mtcheck.training.packing import MAX_TOKENS, PackedPairs
from mtcheck.training.transfer import begin_with
from mtcheck.training.vocabulary import Vocabulary

# Development sentences a direction for the loss that is logged with every checkpoint.
MAX_DEVELOPMENT = 150


@dataclass(frozen=True, slots=True)
class DevelopmentPair:
    """A pair for the development loss: numbers without mark and end, and the mark."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    mark: int


@dataclass(frozen=True, slots=True)
class TranslationTask:
    """Learn to translate packed pairs. Raises ``UsageError`` where the model has too few positions for the texts.

    ``parent`` is the folder of an exported model to begin with.
    """

    configuration: Configuration
    packed: PackedPairs
    vocabulary: Vocabulary
    pairs: tuple[DevelopmentPair, ...] = ()
    parent: Path | None = None

    def __post_init__(self) -> None:
        if self.configuration.shape.max_positions < MAX_TOKENS + 2:
            raise UsageError(
                f"max_positions must be at least {MAX_TOKENS + 2}: packed texts have up to {MAX_TOKENS} tokens"
            )

    def new_model(self) -> Any:
        """Return a Marian network: fresh, or with the weights of its parent."""
        model = new_model(self.configuration.shape, self.vocabulary, self.configuration.seed)
        if self.parent is not None:
            begin_with(model, self.vocabulary, self.parent)
        return model

    def stream(self, position: Position | None) -> BatchStream:
        """Return the stream of pairs."""
        return BatchStream(self.packed, self.vocabulary, self.configuration, position)

    def loss(self, model: Any, batch: Batch, device: Any, label_smoothing: float) -> Any:
        """Return the summed cross-entropy of the target side."""
        import torch

        source = torch.from_numpy(batch.source).to(device)
        target = torch.from_numpy(batch.target).to(device)
        return loss_of(model, source, target, label_smoothing)

    def development(self) -> Iterator[Batch]:
        """Yield the development pairs, 32 at a time."""
        end, padding = self.vocabulary.end, self.vocabulary.padding
        for start in range(0, len(self.pairs), 32):
            part = self.pairs[start : start + 32]
            source = _matrix([[pair.mark, *pair.source, end] for pair in part], padding)
            target = _matrix([[*pair.target, end] for pair in part], padding)
            yield Batch(source, target, sum(len(pair.target) + 1 for pair in part))


def development_pairs(names: Sequence[str], vocabulary: Vocabulary) -> tuple[DevelopmentPair, ...]:
    """Read aligned files named ``XX:ENGLISH:OTHER`` and return their first pairs in both directions.

    Raises ``UsageError`` for a name of another form.
    """
    pairs = []
    for name in names:
        code, _, paths = name.partition(":")
        english_path, _, other_path = paths.partition(":")
        if not other_path:
            raise UsageError(f"a development set is named XX:ENGLISH:OTHER, not {name!r}")
        english, other = (
            [tuple(numbers) for numbers in vocabulary.encode(list(islice(read_lines(Path(path)), MAX_DEVELOPMENT)))]
            for path in (english_path, other_path)
        )
        to_other, to_english = vocabulary.language(code), vocabulary.language(ENGLISH)
        for ours, theirs in zip(english, other, strict=True):
            pairs += [DevelopmentPair(ours, theirs, to_other), DevelopmentPair(theirs, ours, to_english)]
    return tuple(pairs)


def _matrix(rows: list[list[int]], padding: int) -> NDArray[np.int64]:
    longest = max(map(len, rows))
    return np.array([row + [padding] * (longest - len(row)) for row in rows], np.int64)
