"""Batches for a model: sorted by length, filled by a budget of tokens, halved when memory runs out, order restored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

# Source tokens in one batch, padding counted: some 130 sentences of news, well below 1 GB for a model of 60 million
# weights with a vocabulary of 65,000.
TOKEN_BUDGET = 4_096


class OutOfMemory(Exception):
    """A batch did not fit into memory; its halves may."""


def batches(lengths: Sequence[int], budget: int) -> Iterator[list[int]]:
    """Yield batches of indices, longest items first, so that the largest batch fails first and padding is least.

    Every batch holds at most ``budget`` tokens, padding counted, or a single item.
    """
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lambda index: (-lengths[index], index)):
        # The first of a batch is its longest, to which all others are padded.
        if batch and lengths[batch[0]] * (len(batch) + 1) > budget:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def run_in_batches(
    items: Sequence[Item],
    length: Callable[[Item], int],
    run: Callable[[list[Item]], Sequence[Result]],
    too_big: Callable[[Item], Result],
    budget: int = TOKEN_BUDGET,
) -> list[Result]:
    """Return ``run``'s result for each item, in order.

    ``run`` gets one batch and raises ``OutOfMemory`` where it does not fit; the batch is then halved, and an item that does
    not fit alone gets ``too_big``.
    """
    results: dict[int, Result] = {}
    waiting = list(batches([length(item) for item in items], budget))[::-1]
    while waiting:
        batch = waiting.pop()
        try:
            answers = run([items[index] for index in batch])
        except OutOfMemory:
            half = (len(batch) + 1) // 2
            if len(batch) == 1:
                results[batch[0]] = too_big(items[batch[0]])
            else:
                waiting += [batch[half:], batch[:half]]
        else:
            results.update(zip(batch, answers, strict=True))
    return [results[index] for index in range(len(items))]
