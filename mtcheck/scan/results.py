"""What one window of documents yields, and the whole report made of many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from mtcheck.core.across import PageRecords
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
from mtcheck.scan.scores import scores_of, with_more


@dataclass(frozen=True, slots=True)
class WindowResult:
    """The results of a few documents; it crosses process borders.

    ``inputs`` counts the inputs it took up, ``records`` is what the documents leave to checks across pages.
    """

    documents: tuple[DocumentReport, ...] = ()
    findings: tuple[Finding, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    problems: tuple[Problem, ...] = ()
    inputs: int = 0
    records: tuple[PageRecords, ...] = ()


@dataclass(frozen=True, slots=True)
class AcrossResult:
    """What the checks across pages found, by document id and span, and what went wrong with them."""

    findings: tuple[Finding, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    problems: tuple[Problem, ...] = ()


def assemble(
    signature: Signature,
    results: Sequence[WindowResult],
    not_checked: Sequence[NotChecked],
    problems: Sequence[Problem],
    across: AcrossResult | None = None,
) -> ScanReport:
    """Make the report of windows in the order of their documents, with what holds for the whole scan put first.

    What was found across pages joins the findings of its document and counts in its scores.
    """
    across = across or AcrossResult()
    documents = tuple(document for result in results for document in result.documents)
    findings = tuple(finding for result in results for finding in result.findings)
    if across.findings:
        documents = tuple(_rescored(documents, across.findings))
        findings = tuple(_merged(documents, (*findings, *across.findings)))
    return ScanReport(
        SCHEMA_VERSION,
        signature,
        documents,
        findings,
        (*not_checked, *across.not_checked, *(entry for result in results for entry in result.not_checked)),
        (*(problem for result in results for problem in result.problems), *across.problems, *problems),
        _statistics(documents, findings),
    )


def with_findings(report: ScanReport, findings: Sequence[Finding]) -> ScanReport:
    """Return the report with other findings, given in the report's order; scores and totals follow them."""
    by_document: dict[str, list[Finding]] = {}
    for finding in findings:
        by_document.setdefault(finding.document, []).append(finding)
    documents = tuple(
        replace(document, scores=scores_of(document.scores.words, by_document.get(document.id, ())))
        for document in report.documents
    )
    return replace(
        report, documents=documents, findings=tuple(findings), statistics=_statistics(documents, tuple(findings))
    )


def with_documents(report: ScanReport, documents: Sequence[DocumentReport], findings: Sequence[Finding]) -> ScanReport:
    """Return the report with further documents and their findings put after its own."""
    all_documents = (*report.documents, *documents)
    # Findings stand in the order of their documents.
    all_findings = (*report.findings, *findings)
    return replace(
        report, documents=all_documents, findings=all_findings, statistics=_statistics(all_documents, all_findings)
    )


def _rescored(documents: Iterable[DocumentReport], added: Iterable[Finding]) -> Iterator[DocumentReport]:
    """Yield the documents with the scores that the added findings give them."""
    by_document: dict[str, list[Finding]] = {}
    for finding in added:
        by_document.setdefault(finding.document, []).append(finding)
    for document in documents:
        more = by_document.get(document.id)
        yield document if more is None else replace(document, scores=with_more(document.scores, more))


def _merged(documents: Iterable[DocumentReport], findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings in the order of their documents, and by span and code in each."""
    by_document: dict[str, list[Finding]] = {document.id: [] for document in documents}
    for finding in findings:
        by_document.setdefault(finding.document, []).append(finding)
    for found in by_document.values():
        yield from sorted(found, key=lambda finding: (finding.span, finding.code))


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
