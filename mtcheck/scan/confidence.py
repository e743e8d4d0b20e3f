"""From what a check believes to what a finding shows: the confidence as measured.

A check gives its hits a confidence by its own lights. ``confidence.tsv`` has for each check that was measured how many of its
findings were right on translations that professionals marked, and how many there were; the confidence shown lies between the two,
the nearer to what was measured the more was measured. Raters do not mark everything, so that what is shown is cautious. Checks
that were not measured show what they believe. ``python -m tests.quality.confidence --update`` fits the table, on the tuning half
of the documents; ``mtcheck bench surface`` reports on the other half.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

PRIOR_FINDINGS = 10
"""How many findings the belief of the check itself counts for."""
LEAST, MOST = 0.05, 0.99


@dataclass(frozen=True, slots=True)
class Measured:
    """How many findings of a check were right, of how many."""

    right: int
    findings: int


def shown_confidence(code: str, confidence: float, table: Mapping[str, Measured] | None = None) -> float:
    """Return the confidence to show for a hit of a check, in [0.05, 0.99] where the check was measured.

    ``table`` takes the place of the one that comes with mtcheck. The order of a check's own hits is kept.
    """
    measured = (measured_checks() if table is None else table).get(code)
    if measured is None:
        return confidence
    value = (measured.right + PRIOR_FINDINGS * confidence) / (measured.findings + PRIOR_FINDINGS)
    return min(max(round(value, 4), LEAST), MOST)


@cache
def measured_checks() -> Mapping[str, Measured]:
    """Return what was measured of each check, by code."""
    rows = (files("mtcheck.scan") / "confidence.tsv").read_text("utf-8").splitlines()
    cells = (row.split("\t") for row in rows if row and not row.startswith("#"))
    return {code: Measured(int(right), int(findings)) for code, right, findings in cells}
