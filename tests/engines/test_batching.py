from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtcheck.engines.batching import OutOfMemory, batches, run_in_batches


@given(st.lists(st.integers(0, 50)), st.integers(1, 120))
def test_batches_hold_every_item_once_and_keep_the_budget(lengths: list[int], budget: int) -> None:
    found = list(batches(lengths, budget))
    assert sorted(index for batch in found for index in batch) == list(range(len(lengths)))
    for batch in found:
        longest = max(lengths[index] for index in batch)
        assert len(batch) == 1 or longest * len(batch) <= budget
    firsts = [lengths[batch[0]] for batch in found]
    assert firsts == sorted(firsts, reverse=True)


@pytest.mark.parametrize("room", [1, 2, 3, 100])
def test_batches_are_halved_until_they_fit_and_order_is_restored(room: int) -> None:
    seen: list[int] = []

    def run(batch: list[str]) -> list[str]:
        if len(batch) > room:
            raise OutOfMemory
        seen.append(len(batch))
        return [item.upper() for item in batch]

    items = ["ccc", "a", "bb", "dddd", "e"]
    assert [item.upper() for item in items] == run_in_batches(items, len, run, lambda item: f"{item} too big", 1_000)
    assert max(seen) <= room
    assert sum(seen) == len(items)


def test_an_item_that_does_not_fit_alone_costs_the_others_nothing() -> None:
    def run(batch: list[str]) -> list[str]:
        if any(len(item) > 3 for item in batch):
            raise OutOfMemory
        return batch

    assert ["a", "too big", "bb"] == run_in_batches(["a", "long one", "bb"], len, run, lambda _: "too big")
