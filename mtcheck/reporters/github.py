"""Annotations of GitHub Actions: workflow commands on standard output, the rest in the job's summary.

GitHub shows 10 annotations a level and step. The worst are chosen; all others go, as a table, to the file that
``GITHUB_STEP_SUMMARY`` names. Nothing of a page can become a command or a tag: percent signs, line ends and the separators
of properties are escaped as the runner's own toolkit does, controls are written out, the table is HTML with every text
escaped.
"""

from __future__ import annotations

import html
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mtcheck.core.findings import Severity
from mtcheck.core.report import ScanReport
from mtcheck.reporters.annotations import Annotation, annotated, open_annotations, path_of, worst_first
from mtcheck.reporters.destination import Destination, foreseen
from mtcheck.reporters.gathering import codes_in_brackets, reasons, severities
from mtcheck.reporters.protocol import NO_EXPLANATIONS, Explanations
from mtcheck.reporters.text import total
from mtcheck.reporters.visible import plural, visible

MOST_OF_A_LEVEL = 10
"""Annotations that GitHub shows of each level for one step."""
SUMMARY_VARIABLE = "GITHUB_STEP_SUMMARY"
LARGEST_SUMMARY = 900_000
"""Bytes of a table; GitHub drops a summary of more than 1 MiB, and other steps' parts do not count towards it."""

_LEVELS = {
    Severity.CRITICAL: "error",
    Severity.MAJOR: "error",
    Severity.MINOR: "warning",
    Severity.NEUTRAL: "notice",
}


@dataclass(frozen=True, slots=True)
class Command:
    """One workflow command that makes an annotation."""

    level: str
    message: str
    title: str
    path: str = ""
    line: int = 0
    last_line: int = 0
    column: int = 0
    last_column: int = 0

    def __str__(self) -> str:
        """Return ``::error file=...,line=...::message``."""
        properties = {"title": self.title, "file": self.path}
        if self.line:
            properties |= {"line": str(self.line), "endLine": str(self.last_line)}
            if self.line == self.last_line:
                # GitHub refuses columns on an annotation of several lines.
                properties |= {"col": str(self.column), "endColumn": str(self.last_column)}
        shown = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
        return f"::{self.level} {shown}::{_data(self.message)}"


@dataclass(frozen=True, slots=True)
class GithubReporter:
    """Writes workflow commands, and appends to the job's summary where there is one."""

    name: str = "github"
    summary: str = "annotations of GitHub Actions, the worst 10 a level, the rest in the job summary"
    writes_folder: bool = False

    def write(self, report: ScanReport, destination: Destination, explanations: Explanations = NO_EXPLANATIONS) -> None:
        """Write the commands. Raises ``OutputError`` where the summary cannot be written."""
        del explanations
        self.write_with(report, destination, os.environ)

    def write_with(self, report: ScanReport, destination: Destination, environment: Mapping[str, str]) -> None:
        """Write with the variables of a job given."""
        shown, rest = _divided(report)
        lines = [*_commands_of_gaps(report), *(_command(annotation) for annotation in shown)]
        summary = environment.get(SUMMARY_VARIABLE)
        if rest and not summary:
            lines.append(Command("notice", f"{plural(len(rest), 'more finding')} not shown as annotations", "mtcheck"))
        destination.write(f"{line}\n" for line in lines)
        if summary:
            with foreseen(summary), Path(summary).open("a", encoding="utf-8", errors="backslashreplace") as stream:
                stream.writelines(_summary(report, rest))


def _divided(report: ScanReport) -> tuple[list[Annotation], list[Annotation]]:
    """Return the findings to annotate and the others, both with the worst first."""
    shown: list[Annotation] = []
    rest: list[Annotation] = []
    room = dict.fromkeys(_LEVELS.values(), MOST_OF_A_LEVEL)
    for command in _commands_of_gaps(report):
        room[command.level] -= 1
    for annotation in worst_first(open_annotations(report)):
        level = _LEVELS[annotation.finding.severity]
        (shown if room[level] > 0 else rest).append(annotation)
        room[level] -= 1
    return shown, rest


def _command(annotation: Annotation) -> Command:
    finding = annotation.finding
    place = finding.place
    # The last column is that of the last character; the place names the position after it.
    last_column = max(place.end_column - 1, place.column)
    return Command(
        _LEVELS[finding.severity],
        annotation.message,
        f"{visible(finding.code)} {visible(finding.name)}",
        annotation.path,
        place.line,
        annotation.last_line,
        place.column,
        last_column,
    )


def _commands_of_gaps(report: ScanReport) -> list[Command]:
    """Return an annotation for each problem and each reason why the scan is incomplete, half of a level at most.

    They come before findings, since they say how far the rest can be trusted, but leave room for it.
    """
    paths = report.paths
    problems = []
    for problem in report.problems:
        path = "" if problem.document is None else path_of(problem.document, paths)
        problems.append(Command("error", visible(problem.message), f"mtcheck: {visible(problem.kind)}", path))
    gaps = [
        Command("warning", f"{visible(reason.reason)}{codes_in_brackets(reason.checks)}",
                "mtcheck: not checked")
        for reason in reasons(report.not_checked)
        if reason.incomplete
    ]  # fmt: skip
    return [*_first(problems, "problem"), *_first(gaps, "reason")]


def _first(commands: Sequence[Command], noun: str) -> list[Command]:
    most = MOST_OF_A_LEVEL // 2
    if len(commands) <= most:
        return list(commands)
    more = Command(commands[0].level, f"{plural(len(commands) - most + 1, f'more {noun}')}", "mtcheck")
    return [*commands[: most - 1], more]


def _summary(report: ScanReport, rest: Sequence[Annotation]) -> Iterator[str]:
    """Yield the part of the job summary: totals, then the findings that got no annotation."""
    yield "### mtcheck\n\n"
    yield f"{_html(total(report))}\n\n"
    settled = sum(annotation.finding.is_settled for annotation in annotated(report))
    if settled:
        yield f"{plural(settled, 'finding')} accepted before or suppressed.\n\n"
    if not rest:
        return
    by_severity = severities(annotation.finding for annotation in rest)
    yield f"Shown here and not as annotations: {plural(len(rest), 'finding')} ({by_severity}).\n\n"
    yield "<table>\n<tr><th>place</th><th>check</th><th>severity</th><th>finding</th></tr>\n"
    written = 0
    for number, annotation in enumerate(rest):
        finding = annotation.finding
        place = f"{annotation.path}:{finding.place.line}:{finding.place.column}"
        cells = (place, f"{visible(finding.code)} {visible(finding.name)}", finding.severity, annotation.message)
        row = f"<tr>{''.join(f'<td>{_html(cell)}</td>' for cell in cells)}</tr>\n"
        written += len(row.encode("utf-8", "backslashreplace"))
        if written > LARGEST_SUMMARY:
            yield f'<tr><td colspan="4">and {len(rest) - number:,} more</td></tr>\n'
            break
        yield row
    yield "</table>\n\n"


def _html(text: str) -> str:
    """Escape text so that neither HTML nor Markdown sees anything in it."""
    escaped = html.escape(text)
    return "".join(f"&#{ord(character)};" if character in "\\`*_{}[]#|~@:!" else character for character in escaped)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


REPORTER = GithubReporter()
