"""What the training loop asks of a kind of model: a fresh network, batches, a loss, development batches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol, TypeVar

from mtcheck.training.batches import Position


class TaskBatch(Protocol):
    """One batch; its loss is a sum over so many tokens."""

    @property
    def target_tokens(self) -> int:
        """Tokens that are predicted."""
        ...


Some = TypeVar("Some", bound=TaskBatch)
Given = TypeVar("Given", bound=TaskBatch, covariant=True)


class Stream(Protocol[Given]):
    """Gives batches for ever."""

    @property
    def position(self) -> Position:
        """Where the next batch comes from."""
        ...

    def next(self, progress: float) -> Given:
        """Return the next batch at a progress of 0 to 1."""
        ...


class Task(Protocol[Some]):
    """One kind of model with its data."""

    def new_model(self) -> Any:
        """Return the network, with first weights by the configuration's seed."""
        ...

    def stream(self, position: Position | None) -> Stream[Some]:
        """Return the stream of training batches from a position."""
        ...

    def loss(self, model: Any, batch: Some, device: Any, label_smoothing: float) -> Any:
        """Return the summed cross-entropy of a batch, as a tensor."""
        ...

    def development(self) -> Iterator[Some]:
        """Yield the batches of the development set, none where there is none."""
        ...
