"""What one window of documents yields, and the whole report made of many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mtcheck.core.findings import Finding, Severity
from mtcheck.core.report import (
    SCHEMA_VERSION,
    CheckCount,
    DocumentReport,
    NotChecked,
    Problem,
    ScanReport,
    SeverityCount,
    Signature,
    Statistics,
)


@dataclass(frozen=True, slots=True)
class WindowResult:
    """The results of a few documents; it crosses process borders. ``inputs`` counts the inputs it took up."""

    documents: tuple[DocumentReport, ...] = ()
    findings: tuple[Finding, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    problems: tuple[Problem, ...] = ()
    inputs: int = 0


def assemble(
    signature: Signature,
    results: Sequence[WindowResult],
    not_checked: Sequence[NotChecked],
    problems: Sequence[Problem],
) -> ScanReport:
    """Make the report of windows in the order of their documents, with what holds for the whole scan put first."""
    documents = tuple(document for result in results for document in result.documents)
    findings = tuple(finding for result in results for finding in result.findings)
    return ScanReport(
        SCHEMA_VERSION,
        signature,
        documents,
        findings,
        (*not_checked, *(entry for result in results for entry in result.not_checked)),
        (*(problem for result in results for problem in result.problems), *problems),
        _statistics(documents, findings),
    )


def _statistics(documents: Sequence[DocumentReport], findings: Sequence[Finding]) -> Statistics:
    by_severity = Counter(finding.severity for finding in findings)
    by_check = Counter(finding.code for finding in findings)
    return Statistics(
        documents=len(documents),
        words=sum(document.scores.words for document in documents),
        findings=len(findings),
        by_severity=tuple(SeverityCount(severity, by_severity[severity]) for severity in Severity),
        by_check=tuple(CheckCount(code, by_check[code]) for code in sorted(by_check)),
    )
