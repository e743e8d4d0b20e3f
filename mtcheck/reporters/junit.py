"""JUnit XML, as build servers read it: one suite a document, one case a finding.

There is no standard; elements and attributes are those that Jenkins, GitLab and their like have in common. A finding is a
failed case, one that only informs (neutral) a passed one with output, an accepted one a skipped one. What could not be
checked is an error where the scan was asked for it, otherwise skipped. A document with nothing to say has one passed case,
so that it is seen to have been scanned. Names hold no line numbers, so that a server knows a case again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from mtcheck.core.findings import Severity
from mtcheck.core.report import NotChecked, Problem, ScanReport
from mtcheck.reporters.annotations import Annotation, annotated, evidence_lines, relative_path
from mtcheck.reporters.destination import Destination
from mtcheck.reporters.protocol import NO_EXPLANATIONS, Explanations
from mtcheck.reporters.visible import name_of, visible

# What visible text may still hold and XML 1.0 forbids: the two noncharacters at the end of the first plane.
_FORBIDDEN = re.compile("[\ufffe\uffff]")
SCAN = "scan"
"""The suite of what concerns no document that was read."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case. ``result`` is ``failure``, ``error``, ``skipped`` or empty for a passed one."""

    name: str
    result: str = ""
    kind: str = ""
    message: str = ""
    details: tuple[str, ...] = ()
    line: int = 1


@dataclass(frozen=True, slots=True)
class JunitReporter:
    """Writes one XML document."""

    name: str = "junit"
    summary: str = "JUnit XML for build servers, one suite a document"
    writes_folder: bool = False

    def write(self, report: ScanReport, destination: Destination, explanations: Explanations = NO_EXPLANATIONS) -> None:
        """Write the suites; what a stream's encoding lacks becomes a character reference."""
        del explanations
        destination.write(
            piece if destination.holds_unicode else piece.encode("ascii", "xmlcharrefreplace").decode("ascii")
            for piece in _pieces(report)
        )


def _pieces(report: ScanReport) -> Iterator[str]:
    suites = _suites(report)
    cases = [case for _, _, found in suites for case in found]
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f"<testsuites{_attributes(name='mtcheck', **_counts(cases))}>\n"
    for name, path, found in suites:
        yield f"  <testsuite{_attributes(name=name, file=path, **_counts(found))}>\n"
        for case in found:
            yield from _case(case, name, path)
        yield "  </testsuite>\n"
    yield "</testsuites>\n"


def _suites(report: ScanReport) -> list[tuple[str, str, list[Case]]]:
    """Return name, file and cases of each suite: the documents in order, then what failed before it was one."""
    cases: dict[str, list[Case]] = {head.id: [] for head in report.heads}
    paths = {head.id: relative_path(head.path) for head in report.heads}
    elsewhere: list[Case] = []
    for annotation in annotated(report):
        cases.setdefault(annotation.finding.document, []).append(_case_of(annotation))
        paths.setdefault(annotation.finding.document, annotation.path)
    for problem in report.problems:
        _case_list(problem.document, cases, elsewhere).append(_problem(problem))
    for number, entry in enumerate(report.not_checked, 1):
        _case_list(entry.document, cases, elsewhere).append(_omission(entry, number))
    suites = [
        (visible(document) if "#" in document else paths[document], paths[document], found or [Case("no findings")])
        for document, found in cases.items()
    ]
    return [*suites, *([(SCAN, "", elsewhere)] if elsewhere else [])]


def _case_list(document: str | None, cases: dict[str, list[Case]], elsewhere: list[Case]) -> list[Case]:
    return elsewhere if document is None else cases.get(document, elsewhere)


def _case_of(annotation: Annotation) -> Case:
    finding = annotation.finding
    result = "failure"
    if finding.is_settled:
        result = "skipped"
    elif finding.severity is Severity.NEUTRAL:
        result = ""
    place = f"{annotation.path}:{finding.place.line}:{finding.place.column}"
    return Case(
        f"{visible(finding.code)} {visible(finding.name)} {visible(finding.fingerprint)}",
        result,
        finding.severity.value,
        annotation.message,
        (f"{place}: {annotation.message}", *evidence_lines(finding)),
        finding.place.line,
    )


def _problem(problem: Problem) -> Case:
    document = f" {visible(problem.document)}" if problem.document else ""
    return Case(f"problem: {visible(problem.kind)}{document}", "error", visible(problem.kind), visible(problem.message))


def _omission(entry: NotChecked, number: int) -> Case:
    codes = ", ".join(visible(code) for code in entry.checks)
    line = entry.place.line if entry.place else 1
    return Case(
        f"not checked {number}: {codes or 'what the report shows'}",
        "error" if entry.incomplete else "skipped",
        "not-checked",
        visible(entry.reason),
        line=line,
    )


def _counts(cases: Sequence[Case]) -> dict[str, str]:
    results = [case.result for case in cases]
    return {
        "tests": str(len(cases)),
        "failures": str(results.count("failure")),
        "errors": str(results.count("error")),
        "skipped": str(results.count("skipped")),
        "time": "0",
    }


def _case(case: Case, suite: str, path: str) -> Iterator[str]:
    attributes = _attributes(name=case.name, classname=suite, file=path, line=str(case.line), time="0")
    if not case.result and not case.details:
        yield f"    <testcase{attributes}/>\n"
        return
    yield f"    <testcase{attributes}>\n"
    details = _xml("\n".join(case.details))
    if case.result == "skipped":
        yield f"      <skipped{_attributes(message=case.message)}/>\n"
    elif case.result:
        yield f"      <{case.result}{_attributes(type=case.kind, message=case.message)}>{details}</{case.result}>\n"
    else:
        yield f"      <system-out>{details}</system-out>\n"
    yield "    </testcase>\n"


def _attributes(**values: str) -> str:
    return "".join(f' {name}="{_xml(value)}"' for name, value in values.items() if value)


def _xml(text: str) -> str:
    """Escape text; line ends are ours, every other control was written out before."""
    return _FORBIDDEN.sub(lambda match: f"&lt;{name_of(match[0])}&gt;", escape(text))


REPORTER = JunitReporter()
