"""One line a finding, without color or wrapping: for grep, for editors, for logs.

``path:line:column: CODE severity message [name]``, then ``path: problem: ...`` and ``path: not checked: ...`` lines in the
same manner, and one line of totals at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.report import ScanReport
from mtcheck.reporters.destination import Destination
from mtcheck.reporters.gathering import severities
from mtcheck.reporters.protocol import NO_EXPLANATIONS, Explanations
from mtcheck.reporters.visible import number, plural, visible


@dataclass(frozen=True, slots=True)
class TextReporter:
    """Writes plain lines."""

    name: str = "text"
    summary: str = "one plain line a finding, path:line:column first, for grep and editors"
    writes_folder: bool = False

    def write(self, report: ScanReport, destination: Destination, explanations: Explanations = NO_EXPLANATIONS) -> None:
        """Write the lines."""
        del explanations
        destination.write(f"{line}\n" for line in lines(report))


def lines(report: ScanReport) -> Iterator[str]:
    """Yield the lines without their ends."""
    paths = {name: visible(path) for name, path in report.paths.items()}

    def path_of(document: str | None) -> str:
        return "scan" if document is None else paths.get(document, visible(document))

    for finding in report.findings:
        place = f"{path_of(finding.document)}:{finding.place.line}:{finding.place.column}"
        message, name = visible(finding.message), visible(finding.name)
        status = f" ({visible(finding.status)})" if finding.is_settled else ""
        yield f"{place}: {visible(finding.code)} {finding.severity} {message} [{name}]{status}"
    for omission in report.not_checked:
        place = f":{omission.place.line}:{omission.place.column}" if omission.place else ""
        codes = f" [{', '.join(visible(code) for code in omission.checks)}]" if omission.checks else ""
        yield f"{path_of(omission.document)}{place}: not checked: {visible(omission.reason)}{codes}"
    for problem in report.problems:
        yield f"{path_of(problem.document)}: problem: {visible(problem.message)} [{visible(problem.kind)}]"
    yield total(report)


def total(report: ScanReport) -> str:
    """Return the totals of a scan in one line."""
    found = plural(len(report.findings), "finding")
    by_severity = f" ({severities(report.findings)})" if report.findings else ""
    settled = sum(finding.is_settled for finding in report.findings)
    decided = f", {settled:,} of them accepted or suppressed" if settled else ""
    words = sum(head.scores.words for head in report.heads)
    penalty = sum(head.scores.penalty for head in report.heads)
    rate = f", penalty {number(round(round(1000 * penalty / words, 2), 1))} per 1,000 words" if words else ""
    problems = f", {plural(len(report.problems), 'problem')}" if report.problems else ""
    documents = plural(len(report.documents), "document")
    return f"{found}{by_severity}{decided} in {documents}, {plural(words, 'word')}{rate}{problems}"


REPORTER = TextReporter()
