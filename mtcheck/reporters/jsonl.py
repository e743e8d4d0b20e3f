"""One JSON line a document, for streams: every line stands for itself, so that files can be cut, joined and sorted.

A line has the document without its text, its findings, what was not checked in it, and what went wrong with it. An input
that could not be read gets a line with ``document: null``; so does, in one line, whatever concerns the whole scan. There is
no header and no total. ``$defs/Line`` of ``report.schema.json`` describes a line.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.findings import Finding
from mtcheck.core.languages import LanguageShare, LanguageSpan
from mtcheck.core.report import DocumentReport, NotChecked, Problem, ScanReport, Scores
from mtcheck.reporters.destination import Destination
from mtcheck.reporters.gathering import Said
from mtcheck.reporters.json import adapter, plain
from mtcheck.reporters.protocol import NO_EXPLANATIONS, Explanations


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document as ``DocumentReport`` has it, without what is long: text, blocks, their languages, round trips."""

    id: str
    path: str
    title: str | None
    url: str | None
    encoding: str
    declared_language: str | None
    language: str
    languages: tuple[LanguageShare, ...]
    foreign: tuple[LanguageSpan, ...]
    scores: Scores

    @classmethod
    def of(cls, document: DocumentReport) -> DocumentLine:
        """Leave out what is long."""
        return cls(**{name: getattr(document, name) for name in cls.__dataclass_fields__})


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a document and all that was said of it, or ``document: null`` for a failed input or the whole scan."""

    schema_version: int
    document: DocumentLine | None
    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class JsonLinesReporter:
    """Writes one line of JSON a document."""

    name: str = "jsonl"
    summary: str = "one line of JSON a document, without its text, for streams and large scans"
    writes_folder: bool = False

    def write(self, report: ScanReport, destination: Destination, explanations: Explanations = NO_EXPLANATIONS) -> None:
        """Write the lines; explanations are not part of the contract."""
        del explanations
        shape, ascii_only = adapter(Line), not destination.holds_unicode
        destination.write(
            json.dumps(plain(shape, line), ensure_ascii=ascii_only, allow_nan=False, separators=(",", ":")) + "\n"
            for line in lines(report)
        )


def lines(report: ScanReport) -> Iterator[Line]:
    """Yield a line for each document in order, then one for each failed input, then one for the scan where needed."""
    said = Said(report)
    version = report.schema_version
    for document in report.documents:
        one = said.result(document)
        yield Line(version, DocumentLine.of(document), one.findings, one.not_checked, one.problems)
    known = {head.id for head in report.heads}
    failed = [name for name in said.names() if name is not None and name not in known]
    for name in [*failed, None]:
        rest = Line(version, None, (), said.not_checked(name), said.problems(name))
        if rest.not_checked or rest.problems:
            yield rest


REPORTER = JsonLinesReporter()
