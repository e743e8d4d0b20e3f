"""The score of a page in its parts: what each kind of error adds to it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from mtcheck.core.faults import leads
from mtcheck.core.findings import Finding, Severity
from mtcheck.reporters.gathering import WORST_FIRST, DocumentResult


@dataclass(frozen=True, slots=True)
class BreakdownRow:
    """One category of errors: how many faults of each severity, worst first, and the points they add.

    ``points`` is ``None`` where the report was made with weights that it does not tell.
    """

    category: str
    counts: tuple[tuple[Severity, int], ...]
    points: int | None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """All rows, those that weigh most first; the severities that occur at all; how many findings are settled."""

    rows: tuple[BreakdownRow, ...]
    severities: tuple[Severity, ...]
    settled: int


def breakdown_of(result: DocumentResult) -> Breakdown:
    """Take a page's score apart by category. A fault counts as its worst finding, and one that is settled weighs like all others: the damage is still there."""
    counted = leads(result.findings)
    # Weights can be configured, and a report holds only their sum: the usual ones are shown where they add up to it.
    usual = sum(finding.severity.weight for finding in counted) == result.document.scores.penalty
    groups: dict[str, list[Finding]] = {}
    for finding in counted:
        groups.setdefault(finding.category, []).append(finding)
    severities = tuple(severity for severity in WORST_FIRST if any(finding.severity is severity for finding in counted))
    rows = []
    for category, group in groups.items():
        counts = Counter(finding.severity for finding in group)
        points = sum(finding.severity.weight for finding in group) if usual else None
        rows.append(BreakdownRow(category, tuple((severity, counts[severity]) for severity in severities), points))
    rows.sort(key=lambda row: (-(row.points or 0), -sum(count for _severity, count in row.counts), row.category))
    return Breakdown(tuple(rows), severities, sum(finding.is_settled for finding in result.findings))
