"""A guard against work that never ends: no test of speed, which `tests/bench` measures."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

CPU_SECONDS = 60.0
"""Far above what linear work on the tests' inputs takes on any machine, far below what quadratic work takes."""


@contextmanager
def no_hang() -> Iterator[None]:
    """Fail a block that uses more than a minute of processor time, however busy the machine is."""

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"still at work after {CPU_SECONDS:.0f} s of processor time")

    before = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
