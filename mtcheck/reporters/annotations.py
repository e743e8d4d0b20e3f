"""Findings as the formats of build servers and code hosts want them: one place in one file, one safe line of text."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mtcheck.core.findings import Comparison, Finding, Metric, Note, Passage
from mtcheck.core.report import ScanReport
from mtcheck.reporters.visible import number, visible

STANDARD_INPUT = "-"
STANDARD_INPUT_NAME = "stdin"
"""What standard input is called where a format needs the name of a file."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A finding with its file and its text.

    ``path`` has ``/`` between names and is relative wherever the file lies below the working directory. ``record`` names
    the record of a feed and is empty elsewhere. ``message`` and ``record`` are one line each, without controls.
    """

    finding: Finding
    path: str
    record: str

    @property
    def message(self) -> str:
        """What was found, with the record of the feed that it was found in."""
        message = visible(self.finding.message)
        return f"record {self.record}: {message}" if self.record else message

    @property
    def last_line(self) -> int:
        """The line of the finding's last character."""
        place = self.finding.place
        return place.end_line - 1 if place.end_column == 1 and place.end_line > place.line else place.end_line


def annotated(report: ScanReport) -> tuple[Annotation, ...]:
    """Return the findings in the order of the report."""
    paths = report.paths
    made = []
    for finding in report.findings:
        path = paths.get(finding.document, finding.document)
        prefix = f"{path}#"
        record = finding.document.removeprefix(prefix) if finding.document.startswith(prefix) else ""
        made.append(Annotation(finding, relative_path(path), visible(record)))
    return tuple(made)


def open_annotations(report: ScanReport) -> tuple[Annotation, ...]:
    """Return the findings that nobody has accepted or suppressed."""
    return tuple(annotation for annotation in annotated(report) if not annotation.finding.is_settled)


def worst_first(found: Iterable[Annotation]) -> list[Annotation]:
    """Sort by what deserves to be seen: what still counts, the severe, the certain; then the order of the report."""
    return sorted(
        found,
        key=lambda annotation: (
            annotation.finding.is_settled,
            -annotation.finding.severity.rank,
            -annotation.finding.confidence,
        ),
    )


def path_of(document: str, paths: Mapping[str, str]) -> str:
    """Return the path to write for a document, given the paths of the report; an input that became no document is its own path."""
    return relative_path(paths.get(document, document))


def relative_path(path: str) -> str:
    """Return a document's path as code hosts compare it: ``/``, no ``./``, relative below the working directory."""
    if path == STANDARD_INPUT:
        return STANDARD_INPUT_NAME
    here = os.getcwd().replace(os.sep, "/").rstrip("/")  # noqa: PTH109  # a plain string is what is compared
    plain = posixpath.normpath(path.replace(os.sep, "/"))
    if plain.startswith(f"{here}/"):
        plain = plain[len(here) + 1 :]
    return visible(plain)


def evidence_lines(finding: Finding) -> list[str]:
    """Return the evidence as plain lines, ``label: text``."""
    lines = []
    for evidence in finding.evidence:
        if isinstance(evidence, Metric):
            recipe = f" ({visible(evidence.signature)})" if evidence.signature else ""
            lines.append(f"{visible(evidence.label)}: {number(evidence.value)}{recipe}")
        elif isinstance(evidence, Note | Passage):
            lines.append(f"{visible(evidence.label)}: {visible(evidence.text)}")
        elif isinstance(evidence, Comparison):
            lines.append(f"{visible(evidence.left_label)}: {visible(evidence.left)}")
            lines.append(f"{visible(evidence.right_label)}: {visible(evidence.right)}")
    return lines
