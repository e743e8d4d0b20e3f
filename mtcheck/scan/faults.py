"""Findings of one family that lie over each other, put together: one damaged quotation is one thing to clear, and counts once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from mtcheck.core.faults import in_text, worst_first
from mtcheck.core.findings import Finding
from mtcheck.core.spans import Span

_FAMILY_LETTERS = 3
"""A check's code begins with its family: ``QUO003``."""


@dataclass(slots=True)
class _Open:
    """A group that may still grow: its findings, and the stretch they cover together."""

    findings: list[Finding]
    start: int
    end: int
    codes: dict[str, Span] = field(default_factory=dict)

    def takes(self, finding: Finding) -> bool:
        """Tell whether a finding belongs here: it overlaps, and is no second fault of the same kind beside the first."""
        if finding.span.start >= self.end:
            return False
        same = self.codes.get(finding.code)
        return same is None or same == finding.span


def faults(findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], ...]:
    """Group one document's findings by family and overlap, in the order of the text; the worst of a group comes first.

    Two findings of one check on different spans are two faults, even where a longer finding of the family covers both: the
    first joins it, the other stands for itself.
    """
    groups: list[_Open] = []
    growing: dict[str, list[_Open]] = {}
    for finding in sorted(findings, key=in_text):
        family = finding.code[:_FAMILY_LETTERS]
        still = [group for group in growing.get(family, ()) if group.end > finding.span.start]
        group = next((group for group in still if group.takes(finding)), None)
        if group is None:
            group = _Open([], finding.span.start, finding.span.end)
            groups.append(group)
            still.append(group)
        group.findings.append(finding)
        group.end = max(group.end, finding.span.end)
        group.codes.setdefault(finding.code, finding.span)
        growing[family] = still
    return tuple(tuple(sorted(group.findings, key=worst_first)) for group in groups)


def with_faults(findings: Sequence[Finding]) -> list[Finding]:
    """Return one document's findings, in the order given, each with the fingerprint of the worst finding of its fault."""
    # A check of another package may give two findings one fingerprint: only the object itself tells them apart.
    lead_of = {id(finding): group[0].fingerprint for group in faults(findings) for finding in group}
    return [
        finding if finding.fault == lead_of[id(finding)] else replace(finding, fault=lead_of[id(finding)])
        for finding in findings
    ]
