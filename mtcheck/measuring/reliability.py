"""Whether a probability that is shown is true: expected against observed, by bands (DeGroot and Fienberg 1983).

The expected calibration error is the mean distance of the two, weighted by the number of cases (Naeini et al. 2015).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from mtcheck.measuring.intervals import Share, share_by_document

BANDS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)
"""Where the bands of a table begin; findings are seldom shown with less than one half."""
FINE_BANDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999)
"""The same for answers that are mostly sure."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One probability that was shown, whether it came true, the document it belongs to, and where it matters the check."""

    probability: float
    right: bool
    document: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """The cases whose probability lies in ``[low, high)`` (the last band holds 1): the mean shown, the share that was right."""

    low: float
    high: float
    expected: float
    observed: Share


def reliability(cases: Sequence[Judged], bands: Sequence[float] = BANDS) -> list[Band]:
    """Return the bands with at least one case; intervals are over documents."""
    found = []
    for low, high in zip(bands, [*bands[1:], 1.0], strict=True):
        mine = [case for case in cases if low <= case.probability < high or (high == 1.0 == case.probability)]
        if not mine:
            continue
        counts = defaultdict[str, list[bool]](list)
        for case in mine:
            counts[case.document].append(case.right)
        found.append(Band(low, high, fsum(case.probability for case in mine) / len(mine), share_by_document(counts)))
    return found


def calibration_error(bands: Sequence[Band]) -> float:
    """Return the expected calibration error of the bands, 0 where there are none."""
    total = sum(band.observed.trials for band in bands)
    if not total:
        return 0.0
    return fsum(abs(band.expected - band.observed.value) * band.observed.trials for band in bands) / total


def table(cases: Sequence[Judged]) -> list[str]:
    """Return the lines of a reliability table."""
    bands = reliability(cases)
    lines = [f"{'shown':<14}{'expected':>9}  observed [95 % interval over documents]"]
    for band in bands:
        lines.append(f"{band.low:.2f} to {band.high:.2f}  {band.expected:>9.3f}  {band.observed}")
    lines.append(f"expected calibration error {calibration_error(bands):.3f} over {len(cases)} cases")
    return lines


def named_from(cases: Sequence[Judged], probability: float) -> tuple[Share, Share]:
    """Return the share of cases that are at least so sure, and the share of those that are right; over documents."""
    named, right = defaultdict[str, list[bool]](list), defaultdict[str, list[bool]](list)
    for case in cases:
        named[case.document].append(case.probability >= probability)
        if case.probability >= probability:
            right[case.document].append(case.right)
    return share_by_document(named), share_by_document(right)
