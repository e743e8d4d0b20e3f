"""Reviewdog's diagnostic format, one JSON line a diagnostic (``Diagnostic`` of its ``reviewdog.proto``).

Its columns count bytes of UTF-8, which takes the line's own text. The report has that where a document's text is the file
itself (plain text); elsewhere (HTML, Markdown, feeds) a range names lines only, which is the format's way to mean whole
lines: a column that is not known is left out rather than guessed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mtcheck.core.findings import Severity
from mtcheck.core.offsets import LineIndex
from mtcheck.core.report import DocumentReport, ScanReport
from mtcheck.core.spans import Span
from mtcheck.reporters.annotations import Annotation, open_annotations, path_of
from mtcheck.reporters.destination import Destination
from mtcheck.reporters.protocol import NO_EXPLANATIONS, Explanations
from mtcheck.reporters.visible import visible

_SEVERITIES = {
    Severity.CRITICAL: "ERROR",
    Severity.MAJOR: "ERROR",
    Severity.MINOR: "WARNING",
    Severity.NEUTRAL: "INFO",
}


@dataclass(frozen=True, slots=True)
class ReviewdogReporter:
    """Writes one line a finding, then one a problem."""

    name: str = "rdjsonl"
    summary: str = "one JSON line a finding for reviewdog, which comments on pull and merge requests"
    writes_folder: bool = False

    def write(self, report: ScanReport, destination: Destination, explanations: Explanations = NO_EXPLANATIONS) -> None:
        """Write the lines."""
        del explanations
        ascii_only = not destination.holds_unicode
        destination.write(
            json.dumps(line, ensure_ascii=ascii_only, separators=(",", ":")) + "\n" for line in _diagnostics(report)
        )


def _diagnostics(report: ScanReport) -> Iterator[dict[str, Any]]:
    lines = _Lines(report)
    for annotation in open_annotations(report):
        finding = annotation.finding
        yield {
            "message": annotation.message,
            "location": {"path": annotation.path, "range": lines.range(annotation)},
            "severity": _SEVERITIES[finding.severity],
            "source": {"name": "mtcheck"},
            "code": {"value": visible(finding.code)},
        }
    paths = report.paths
    for problem in report.problems:
        if problem.document is not None:
            yield {
                "message": visible(problem.message),
                "location": {"path": path_of(problem.document, paths)},
                "severity": "ERROR",
                "source": {"name": "mtcheck"},
                "code": {"value": f"problem/{visible(problem.kind)}"},
            }


class _Lines:
    """The lines of the documents whose text is the file itself, indexed when they are asked for."""

    def __init__(self, report: ScanReport) -> None:
        self._documents = report.documents
        self._numbers = {head.id: number for number, head in enumerate(report.heads)}
        self._last: tuple[DocumentReport, LineIndex] | None = None

    def range(self, annotation: Annotation) -> dict[str, Any]:
        """Return the range of a finding, with columns where they are known."""
        place, span = annotation.finding.place, annotation.finding.span
        lines = {"start": {"line": place.line}, "end": {"line": annotation.last_line}}
        number = self._numbers.get(annotation.finding.document)
        if number is None or (place.start, place.end) != (span.start, span.end):
            return lines
        text = self._text_where_it_is_the_file(number, annotation)
        if text is None:
            return lines
        return {
            "start": {"line": place.line, "column": _bytes(text, Span(span.start - place.column + 1, span.start)) + 1},
            "end": {
                "line": place.end_line,
                "column": _bytes(text, Span(span.end - place.end_column + 1, span.end)) + 1,
            },
        }

    def _text_where_it_is_the_file(self, number: int, annotation: Annotation) -> str | None:
        """Return the text of a document if it agrees with the file: lines and columns of the finding are the same in both."""
        place, span = annotation.finding.place, annotation.finding.span
        # Findings of one document follow each other: its text is read once.
        if self._last is None or self._last[0].id != annotation.finding.document:
            document = self._documents[number]
            self._last = (document, LineIndex.of(document.text))
        document, index = self._last
        if span.end > len(document.text):
            return None
        agree = index.position(span.start) == (place.line, place.column) and index.position(span.end) == (
            place.end_line,
            place.end_column,
        )
        return document.text if agree else None


def _bytes(text: str, span: Span) -> int:
    return len(span.of(text).encode("utf-8", "surrogatepass"))


REPORTER = ReviewdogReporter()
