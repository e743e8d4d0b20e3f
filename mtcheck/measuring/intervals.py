"""Shares with bootstrap intervals over documents, and the split of documents into a tuning and a reporting half."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

RESAMPLES = 1000
SEED = 20220121


@dataclass(frozen=True, slots=True)
class Count:
    """What one document adds to a share: ``hits`` of ``trials``."""

    hits: int
    trials: int


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its 95 % interval (percentile bootstrap over documents, Efron and Tibshirani 1993, chapter 13)."""

    hits: int
    trials: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share, 0 where there were no trials."""
        return self.hits / self.trials if self.trials else 0.0

    def __str__(self) -> str:
        if not self.trials:
            return "no cases"
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]  {self.hits}/{self.trials}"


def share_of(counts: Sequence[Count]) -> Share:
    """Return the share over all documents. Deterministic: the generator has a fixed seed."""
    generator = random.Random(SEED)  # noqa: S311  # resampling, no secret
    used = [count for count in counts if count.trials]
    values = []
    for _ in range(RESAMPLES if used else 0):
        drawn = generator.choices(used, k=len(used))
        values.append(sum(count.hits for count in drawn) / sum(count.trials for count in drawn))
    values.sort()
    low = values[int(0.025 * len(values))] if values else 0.0
    high = values[int(0.975 * len(values))] if values else 0.0
    return Share(sum(count.hits for count in used), sum(count.trials for count in used), low, high)


def share_by_document(found: Mapping[str, Sequence[bool]]) -> Share:
    """Return the share of what is true, from the cases of each document; the order of documents is that of the draw."""
    return share_of([Count(sum(cases), len(cases)) for cases in found.values()])


def is_tuning(document: str) -> bool:
    """Tell whether a document belongs to the tuning half, by a digest of its name."""
    return hashlib.sha256(document.encode()).digest()[0] % 2 == 0
