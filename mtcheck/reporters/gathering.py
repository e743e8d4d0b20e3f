"""A report's parts, arranged as a person reads them: by document, by severity, by reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mtcheck.core.findings import Finding, Severity
from mtcheck.core.report import DocumentReport, NotChecked, Problem, ScanReport
from mtcheck.core.spans import Span
from mtcheck.reporters.visible import visible

WORST_FIRST = tuple(reversed(Severity))


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """A document with what was said of it."""

    document: DocumentReport
    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    problems: tuple[Problem, ...]

    def count(self, severity: Severity) -> int:
        """Return how many faults have this severity."""
        return sum(finding.is_lead and finding.severity is severity for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why checks did not run, with everything it concerns; ``whole_scan`` where it names no document."""

    reason: str
    incomplete: bool
    checks: tuple[str, ...]
    documents: tuple[str, ...]
    places: int
    whole_scan: bool


class Said:
    """What a report says of its documents, by their identifiers; ``None`` stands for the whole scan."""

    def __init__(self, report: ScanReport) -> None:
        """Arrange the report once, without reading a document."""
        self._findings: dict[str, list[Finding]] = {}
        self._not_checked: dict[str | None, list[NotChecked]] = {}
        self._problems: dict[str | None, list[Problem]] = {}
        for finding in report.findings:
            self._findings.setdefault(finding.document, []).append(finding)
        for omission in report.not_checked:
            self._not_checked.setdefault(omission.document, []).append(omission)
        for problem in report.problems:
            self._problems.setdefault(problem.document, []).append(problem)

    def findings(self, document: str) -> tuple[Finding, ...]:
        """Return the findings of a document, in the report's order."""
        return tuple(self._findings.get(document, ()))

    def not_checked(self, document: str | None) -> tuple[NotChecked, ...]:
        """Return what was not checked in a document."""
        return tuple(self._not_checked.get(document, ()))

    def problems(self, document: str | None) -> tuple[Problem, ...]:
        """Return what went wrong with a document."""
        return tuple(self._problems.get(document, ()))

    def names(self) -> tuple[str | None, ...]:
        """Return of what something went wrong or was not checked: documents, inputs that are none, the whole scan."""
        return tuple(dict.fromkeys((*self._problems, *self._not_checked)))

    def result(self, document: DocumentReport) -> DocumentResult:
        """Return a document with what was said of it."""
        name = document.id
        return DocumentResult(document, self.findings(name), self.not_checked(name), self.problems(name))


def results(report: ScanReport) -> Iterator[DocumentResult]:
    """Yield the documents in the report's order, each with its own; one is read at a time."""
    return map(Said(report).result, report.documents)


def reasons(not_checked: Iterable[NotChecked]) -> tuple[Reason, ...]:
    """Group by reason and by checks; what makes the scan incomplete comes first, then the order of the report."""
    groups: dict[tuple[bool, str, tuple[str, ...]], list[NotChecked]] = {}
    for omission in not_checked:
        groups.setdefault((not omission.incomplete, omission.reason, tuple(sorted(omission.checks))), []).append(
            omission
        )
    return tuple(
        Reason(
            reason,
            not complete,
            checks,
            tuple(dict.fromkeys(omission.document for omission in group if omission.document is not None)),
            sum(omission.span is not None for omission in group),
            any(omission.document is None for omission in group),
        )
        for (complete, reason, checks), group in sorted(groups.items(), key=lambda item: item[0][0])
    )


def codes_in_brackets(codes: Sequence[str]) -> str:
    """Return `` (QUO001, QUO002)``, to be put behind a reason, or nothing where no check is concerned."""
    shown = ", ".join(visible(code) for code in codes)
    return f" ({shown})" if shown else ""


def severities(findings: Iterable[Finding]) -> str:
    """Return ``1 critical, 4 major`` from the worst down, or nothing for no findings."""
    counts = dict.fromkeys(WORST_FIRST, 0)
    for finding in findings:
        counts[finding.severity] += 1
    return ", ".join(f"{count:,} {severity}" for severity, count in counts.items() if count)


def safe_spans(spans: Iterable[Span], length: int) -> tuple[Span, ...]:
    """Return the spans cut to a text of ``length``, sorted, merged where they touch, without empty ones."""
    merged: list[Span] = []
    for span in sorted(spans):
        start, end = min(span.start, length), min(span.end, length)
        if merged and start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(end, merged[-1].end))
        elif start < end:
            merged.append(Span(start, end))
    return tuple(merged)
