"""Faults: the findings of one document that speak of the same damage, by what the scan wrote into ``Finding.fault``."""

from __future__ import annotations

from collections.abc import Iterable

from mtcheck.core.findings import Finding


def grouped(findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], ...]:
    """Return one document's findings fault by fault, in the order of the text; the worst of a fault comes first."""
    groups: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=in_text):
        groups.setdefault(finding.fault, []).append(finding)
    return tuple(tuple(sorted(group, key=worst_first)) for group in groups.values())


def leads(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the worst finding of each fault of a document, in the order of the text."""
    return tuple(group[0] for group in grouped(findings))


def in_text(finding: Finding) -> tuple[int, int, str, str]:
    """Order findings as they stand in the text, the longer one first."""
    return (finding.span.start, -finding.span.end, finding.code, finding.fingerprint)


def worst_first(finding: Finding) -> tuple[float, float, int, int]:
    """Order findings of one fault: the severe, the certain, the long, the early."""
    return (-finding.severity.rank, -finding.confidence, -len(finding.span), finding.span.start)
