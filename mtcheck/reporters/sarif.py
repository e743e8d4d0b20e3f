"""SARIF 2.1.0 (OASIS standard, 27 March 2020), within what GitHub code scanning takes up.

Columns count code points (``columnKind``), lines and columns are those of the original file. Paths are relative to
``%SRCROOT%``, which is the working directory of the scan. The rules are all known checks, found or not, so that they stay
the same from run to run. What was not checked and what went wrong are notifications of the invocation.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from mtcheck.core.checks import Documentation, Tier
from mtcheck.core.findings import ACCEPTED, SUPPRESSED, Finding, Severity
from mtcheck.core.offsets import Place
from mtcheck.core.report import Problem, ScanReport
from mtcheck.reporters.annotations import Annotation, annotated, evidence_lines, path_of, worst_first
from mtcheck.reporters.destination import Destination
from mtcheck.reporters.gathering import Reason, codes_in_brackets, reasons
from mtcheck.reporters.protocol import NO_EXPLANATIONS, CheckExplanation, Explanations
from mtcheck.reporters.visible import plural, visible

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
MOST_RESULTS = 25_000
"""Results a run may have on GitHub; a file with more is refused as a whole."""
LONGEST_DESCRIPTION = 1024
"""Characters that GitHub takes of a rule's description."""
MOST_TAGS = 10

_LEVELS = {
    Severity.CRITICAL: "error",
    Severity.MAJOR: "error",
    Severity.MINOR: "warning",
    Severity.NEUTRAL: "note",
}
_PROBLEM_SEVERITIES = {"error": "error", "warning": "warning", "note": "recommendation"}
_SEMANTIC_VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+(?:[-+][0-9A-Za-z.+-]+)?")
_CODE_SPAN = re.compile(r"(``[^`]*``)")


@dataclass(frozen=True, slots=True)
class SarifReporter:
    """Writes one run in one log."""

    name: str = "sarif"
    summary: str = "SARIF 2.1.0, for GitHub code scanning and other viewers of static analysis"
    writes_folder: bool = False

    def write(self, report: ScanReport, destination: Destination, explanations: Explanations = NO_EXPLANATIONS) -> None:
        """Write the log; the rules' help comes from the explanations."""
        log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report, explanations)]}
        text = json.dumps(log, ensure_ascii=not destination.holds_unicode, indent=1, allow_nan=False)
        destination.write([text, "\n"])


def _run(report: ScanReport, explanations: Explanations) -> dict[str, Any]:
    paths = report.paths
    found = worst_first(annotated(report))
    kept, left_out = found[:MOST_RESULTS], found[MOST_RESULTS:]
    kept.sort(key=lambda annotation: (annotation.finding.document, annotation.finding.span, annotation.finding.code))
    rules = _rules(report, explanations)
    indexes = {rule["id"]: index for index, rule in enumerate(rules)}
    driver: dict[str, Any] = {"name": visible(report.signature.tool), "version": visible(report.signature.version)}
    if _SEMANTIC_VERSION.fullmatch(report.signature.version):
        driver["semanticVersion"] = report.signature.version
    driver["rules"] = rules
    return {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder in which the scan was started."}}},
        "invocations": [_invocation(report, paths, len(left_out))],
        "results": [_result(annotation, indexes[visible(annotation.finding.code)], paths) for annotation in kept],
    }


def _rules(report: ScanReport, explanations: Explanations) -> list[dict[str, Any]]:
    """Return a rule for each known check and for each that the report speaks of, by code."""
    said: dict[str, Finding] = {}
    for finding in report.findings:
        said.setdefault(visible(finding.code), finding)
    return [_rule(code, explanations.get(code), said.get(code)) for code in sorted({*explanations, *said})]


def _rule(code: str, documentation: Documentation | None, finding: Finding | None) -> dict[str, Any]:
    """Return a rule; where nobody explained the check, what its first finding says of it."""
    name, category, severity, tier = code, "", Severity.MAJOR, Tier.DEFAULT
    if isinstance(documentation, CheckExplanation):
        name, category = documentation.name, documentation.category
        severity, tier = documentation.severity, documentation.tier
    elif finding is not None:
        name, category, severity = finding.name, finding.category, finding.severity
    name = visible(name) or code
    level = _LEVELS[severity]
    rule: dict[str, Any] = {"id": code}
    if name != code:
        # A name that only repeats the identifier is forbidden (3.49.7).
        rule["name"] = name[:255]
    if documentation is None:
        rule |= {"shortDescription": {"text": name}, "fullDescription": {"text": name}, "help": {"text": name}}
    else:
        rule |= {
            "shortDescription": {"text": _cut(documentation.summary)},
            "fullDescription": {"text": _cut(documentation.finds)},
            "help": {"text": _help(documentation), "markdown": _help_markdown(documentation)},
        }
    rule["defaultConfiguration"] = {"level": level}
    rule["properties"] = {
        "tags": [visible(part) for part in category.split("/") if part][:MOST_TAGS],
        "precision": _precision(severity, tier),
        "problem.severity": _PROBLEM_SEVERITIES[level],
    }
    return rule


def _precision(severity: Severity, tier: Tier) -> str:
    """Say how often a check is right, by what its place in the catalogue demands.

    A check of the default tier is there because its false alarms were measured to be rare. One that only informs (neutral)
    accuses nobody, and a preview has not been measured.
    """
    if severity is Severity.NEUTRAL or tier is Tier.PREVIEW:
        return "low"
    return "high" if tier is Tier.DEFAULT else "medium"


def _help(documentation: Documentation) -> str:
    return "\n\n".join(f"{heading}: {text}" for heading, text in _sections(documentation))


def _help_markdown(documentation: Documentation) -> str:
    return "\n\n".join(f"**{heading}.** {_markdown(text)}" for heading, text in _sections(documentation))


def _sections(documentation: Documentation) -> tuple[tuple[str, str], ...]:
    return (
        ("What it finds", documentation.finds),
        ("Why it matters", documentation.matters),
        ("When it is wrong", documentation.wrong),
    )


def _markdown(text: str) -> str:
    """Escape what Markdown would take for tags, emphasis or links; code between double backquotes stays as it is."""
    parts = _CODE_SPAN.split(text)
    return "".join(part if index % 2 else re.sub(r"([\\<>*_\[\]])", r"\\\1", part) for index, part in enumerate(parts))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_DESCRIPTION else text[: LONGEST_DESCRIPTION - 1] + "…"


def _result(annotation: Annotation, rule: int, paths: Mapping[str, str]) -> dict[str, Any]:
    finding = annotation.finding
    result: dict[str, Any] = {
        "ruleId": visible(finding.code),
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(annotation)},
        "locations": [_location(annotation.path, finding.place)],
        # GitHub compares the first of these only. It is ours, not a hash of the line: two findings of one line differ in
        # it, and a long line that changes elsewhere does not change it.
        "partialFingerprints": {
            "primaryLocationLineHash": f"{visible(finding.fingerprint)}:1",
            "mtcheckFingerprint/v1": visible(finding.fingerprint),
        },
        "rank": round(100 * finding.confidence, 2),
        "properties": {"severity": finding.severity.value, "confidence": finding.confidence},
    }
    if annotation.record:
        result["properties"]["record"] = annotation.record
    if finding.related:
        result["relatedLocations"] = [
            {
                "id": number,
                # It may stand on another page than the finding.
                **_location(path_of(related.document, paths), related.place),
                "message": {"text": _escaped(visible(related.message)) or "related"},
            }
            for number, related in enumerate(finding.related, 1)
        ]
    if finding.status in (ACCEPTED, SUPPRESSED):
        kind, why = ("external", "in the baseline") if finding.status == ACCEPTED else ("inSource", "by a comment")
        result["suppressions"] = [{"kind": kind, "status": "accepted", "justification": f"accepted {why}"}]
    return result


def _message(annotation: Annotation) -> str:
    first = _escaped(annotation.message) or "found here"
    if not first.endswith((".", "!", "?", "…")):
        # Where there is little room, a viewer shows the first sentence only.
        first += "."
    return "\n".join([first, *(_escaped(line) for line in evidence_lines(annotation.finding))])


def _escaped(text: str) -> str:
    """Return text for a SARIF message: no placeholder (3.11.5) and no link (3.11.6) can come out of a scanned page."""
    if "](" in text:
        text = text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return text.replace("{", "{{").replace("}", "}}")


def _location(path: str, place: Place) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": _artifact(path),
            "region": {
                "startLine": place.line,
                "startColumn": place.column,
                "endLine": place.end_line,
                "endColumn": place.end_column,
            },
        }
    }


def _artifact(path: str) -> dict[str, str]:
    if path.startswith("/"):
        return {"uri": f"file://{quote(path, errors='replace')}"}
    return {"uri": quote(path, errors="replace"), "uriBaseId": ROOT}


def _invocation(report: ScanReport, paths: Mapping[str, str], left_out: int) -> dict[str, Any]:
    notifications = [_problem(problem, paths) for problem in report.problems]
    notifications.extend(_omission(reason) for reason in reasons(report.not_checked))
    if left_out:
        text = f"{plural(left_out, 'finding')} of the least severity left out: a run holds {MOST_RESULTS:,} results"
        notifications.append({"level": "warning", "message": {"text": text}, "descriptor": {"id": "left-out"}})
    return {"executionSuccessful": not report.problems, "toolExecutionNotifications": notifications}


def _problem(problem: Problem, paths: Mapping[str, str]) -> dict[str, Any]:
    notification: dict[str, Any] = {
        "level": "error",
        "message": {"text": _escaped(visible(problem.message)) or "a problem"},
        "descriptor": {"id": f"problem/{visible(problem.kind)}"},
    }
    if problem.document is not None:
        artifact = _artifact(path_of(problem.document, paths))
        notification["locations"] = [{"physicalLocation": {"artifactLocation": artifact}}]
    return notification


def _omission(reason: Reason) -> dict[str, Any]:
    where = "in the whole scan" if reason.whole_scan else f"in {plural(len(reason.documents), 'document')}"
    codes = codes_in_brackets(reason.checks)
    return {
        "level": "warning" if reason.incomplete else "note",
        "message": {"text": _escaped(f"Not checked {where}: {visible(reason.reason)}{codes}")},
        "descriptor": {"id": "incomplete" if reason.incomplete else "not-checked"},
    }


REPORTER = SarifReporter()
