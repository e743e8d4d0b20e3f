"""How far a run is, and the learning rate there."""

from __future__ import annotations

from dataclasses import dataclass

from mtcheck.core.errors import UsageError
from mtcheck.training.configuration import Configuration


@dataclass(frozen=True, slots=True)
class Length:
    """How long a run is: in hours of training time, or in steps (then a run is the same on every machine)."""

    hours: float | None = None
    steps: int | None = None

    def __post_init__(self) -> None:
        if (self.hours is None) == (self.steps is None):
            raise UsageError("give the length of a run either in hours or in steps")

    def progress(self, step: int, seconds: float) -> float:
        """Return how much of the run is over, 0 to 1, after so many steps and seconds of training."""
        done = step / self.steps if self.steps else seconds / 3600 / (self.hours or 1.0)
        return min(1.0, done)


def rate_factor(configuration: Configuration, step: int, progress: float) -> float:
    """Return what the peak learning rates are multiplied with in a step (counted from 1)."""
    warm_up = max(1, configuration.warm_up)
    factor = min(1.0, step / warm_up)
    if configuration.schedule == "inverse-square-root" and step > warm_up:
        factor = (warm_up / step) ** 0.5
    return factor * min(1.0, (1.0 - progress) / max(configuration.cool_down, 1e-9))
