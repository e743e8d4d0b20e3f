"""Whether probabilities mean what they say: answers in bands of confidence, and how much can be named at a precision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mtcheck.measuring.intervals import Count, Share, share_of

BORDERS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999)
"""Where the bands begin; fine where most answers lie and where it matters."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer with its confidence, and whether it is right."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Band:
    """The answers from one confidence up to another: how sure they are on average, and how many of them are right."""

    low: float
    high: float
    confidence: float
    right: Share


def bands(answers: Sequence[Answer]) -> Iterator[Band]:
    """Yield the bands that hold answers (a reliability diagram as a table; Murphy and Winkler 1977)."""
    for low, high in zip(BORDERS, (*BORDERS[1:], 1.0), strict=True):
        last = high == 1.0
        chosen = [one for one in answers if low <= one.confidence and (one.confidence < high or last)]
        if chosen:
            mean = sum(one.confidence for one in chosen) / len(chosen)
            yield Band(low, high, mean, share_of([Count(int(one.right), 1) for one in chosen]))


def calibration_error(answers: Sequence[Answer]) -> float:
    """Return the expected calibration error (Naeini et al. 2015) over the bands: 0 is perfect."""
    found = list(bands(answers))
    total = sum(band.right.trials for band in found)
    return sum(band.right.trials * abs(band.confidence - band.right.value) for band in found) / max(1, total)


def named_from(answers: Sequence[Answer], confidence: float) -> tuple[Share, Share]:
    """Return the part of answers that are at least so sure, and the part of those that are right."""
    kept = [one for one in answers if one.confidence >= confidence]
    return (
        share_of([Count(int(one.confidence >= confidence), 1) for one in answers]),
        share_of([Count(int(one.right), 1) for one in kept]),
    )
