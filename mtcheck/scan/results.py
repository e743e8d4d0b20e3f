"""What one window of documents yields, and the whole report made of many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mtcheck.core.across import PageRecords
from mtcheck.core.document_store import DocumentStore, StoredDocument, put
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
from mtcheck.core.spill import Slot, Spill
from mtcheck.scan.faults import with_faults
from mtcheck.scan.scores import scores_of


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
class KeptRecords:
    """The records of one document for one gathering, which lie in the spill."""

    gathering: str
    document: str
    slot: Slot


@dataclass(frozen=True, slots=True)
class AcrossResult:
    """What the checks across pages found, by document id and span, and what went wrong with them."""

    findings: tuple[Finding, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptWindow:
    """A window's result without what is long: its documents and records lie in the spill."""

    documents: tuple[StoredDocument, ...]
    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    problems: tuple[Problem, ...]
    records: tuple[KeptRecords, ...]


class KeptResults:
    """The results of the windows so far, in order; memory holds only what is short of them."""

    def __init__(self) -> None:
        """Start with none."""
        self._spill = Spill()
        self._windows: list[KeptWindow] = []

    def add(self, result: WindowResult) -> None:
        """Keep the result of the next window: all of it, or nothing where an interruption comes in between.

        Raises ``OutputError`` where the disk does not take it.
        """
        kept = KeptWindow(
            put(self._spill, result.documents),
            result.findings,
            result.not_checked,
            result.problems,
            tuple(
                KeptRecords(records.gathering, records.document, self._spill.put(records.records))
                for records in result.records
            ),
        )
        self._windows.append(kept)

    def __iter__(self) -> Iterator[KeptWindow]:
        return iter(self._windows)

    @property
    def documents(self) -> DocumentStore:
        """All documents, in order."""
        return DocumentStore(self._spill, [document for window in self._windows for document in window.documents])

    def records(self, gathering: str) -> GatheredRecords:
        """Return the records of one gathering."""
        chosen = (kept for window in self._windows for kept in window.records if kept.gathering == gathering)
        return GatheredRecords(self._spill, sorted(chosen, key=lambda kept: kept.document))


@dataclass(frozen=True, slots=True)
class GatheredRecords:
    """The records of one gathering, sorted by the identifiers of their documents, read as often as they are gone through."""

    spill: Spill
    kept: Sequence[KeptRecords]

    def __iter__(self) -> Iterator[Any]:
        for kept in self.kept:
            yield from self.spill.get(kept.slot)


def assemble(
    signature: Signature,
    results: KeptResults,
    not_checked: Sequence[NotChecked],
    problems: Sequence[Problem],
    across: AcrossResult | None = None,
) -> ScanReport:
    """Make the report of windows in the order of their documents, with what holds for the whole scan put first.

    What was found across pages joins the findings of its document and counts in its scores.
    """
    across = across or AcrossResult()
    documents = results.documents
    findings = tuple(finding for result in results for finding in result.findings)
    if across.findings:
        documents, findings = _rescored(documents, (*findings, *across.findings))
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
    """Return the report with other findings; faults, scores and totals follow them."""
    documents, kept = _rescored(DocumentStore.of(report.documents), findings)
    return replace(report, documents=documents, findings=kept, statistics=_statistics(documents, kept))


def with_documents(report: ScanReport, documents: Sequence[DocumentReport], findings: Sequence[Finding]) -> ScanReport:
    """Return the report with further documents and their findings put after its own."""
    all_documents = DocumentStore.of(report.documents).followed_by(documents)
    # Findings stand in the order of their documents.
    all_findings = (*report.findings, *findings)
    return replace(
        report, documents=all_documents, findings=all_findings, statistics=_statistics(all_documents, all_findings)
    )


def _rescored(documents: DocumentStore, findings: Iterable[Finding]) -> tuple[DocumentStore, tuple[Finding, ...]]:
    """Return the documents with the scores that these findings give them, and the findings with their faults.

    Findings come in the order of their documents, and by span and code in each.
    """
    by_document: dict[str, list[Finding]] = {head.id: [] for head in documents.heads}
    for finding in findings:
        by_document.setdefault(finding.document, []).append(finding)
    for name, found in by_document.items():
        by_document[name] = with_faults(sorted(found, key=lambda finding: (finding.span, finding.code)))
    scored = documents.rescored(scores_of(head.scores.words, by_document[head.id]) for head in documents.heads)
    return scored, tuple(finding for found in by_document.values() for finding in found)


def _statistics(documents: DocumentStore, findings: Sequence[Finding]) -> Statistics:
    by_severity = Counter(finding.severity for finding in findings)
    by_check = Counter(finding.code for finding in findings)
    return Statistics(
        documents=len(documents),
        words=sum(head.scores.words for head in documents.heads),
        findings=len(findings),
        by_severity=tuple(SeverityCount(severity, by_severity[severity]) for severity in Severity),
        by_check=tuple(CheckCount(code, by_check[code]) for code in sorted(by_check)),
    )
