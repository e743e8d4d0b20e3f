"""Code quality of GitLab: one JSON list, a subset of the Code Climate format.

GitLab takes ``description``, ``check_name``, ``fingerprint``, ``severity``, ``location.path`` and ``location.lines.begin``, and
compares the fingerprints of two branches to tell new findings from old ones. An input that failed is an entry too, since
a merge request without it would look clean.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mtcheck.core.findings import Severity
from mtcheck.core.report import ScanReport
from mtcheck.reporters.annotations import open_annotations, path_of
from mtcheck.reporters.destination import Destination
from mtcheck.reporters.protocol import NO_EXPLANATIONS, Explanations
from mtcheck.reporters.visible import visible

_SEVERITIES = {
    Severity.CRITICAL: "critical",
    Severity.MAJOR: "major",
    Severity.MINOR: "minor",
    Severity.NEUTRAL: "info",
}


@dataclass(frozen=True, slots=True)
class GitlabReporter:
    """Writes one JSON list."""

    name: str = "gitlab"
    summary: str = "code quality report of GitLab, for merge requests"
    writes_folder: bool = False

    def write(self, report: ScanReport, destination: Destination, explanations: Explanations = NO_EXPLANATIONS) -> None:
        """Write the list."""
        del explanations
        entries = [*_findings(report), *_problems(report)]
        destination.write([json.dumps(entries, ensure_ascii=not destination.holds_unicode, indent=1), "\n"])


def _findings(report: ScanReport) -> Iterator[dict[str, Any]]:
    for annotation in open_annotations(report):
        finding = annotation.finding
        yield {
            "description": f"{visible(finding.code)} {visible(finding.name)}: {annotation.message}",
            "check_name": visible(finding.code),
            "fingerprint": visible(finding.fingerprint),
            "severity": _SEVERITIES[finding.severity],
            "location": {
                "path": annotation.path,
                "lines": {"begin": finding.place.line, "end": annotation.last_line},
            },
        }


def _problems(report: ScanReport) -> Iterator[dict[str, Any]]:
    paths = report.paths
    for problem in dict.fromkeys(report.problems):
        if problem.document is None:
            continue
        identity = "\0".join((problem.kind, problem.document, problem.message)).encode("utf-8", "surrogatepass")
        yield {
            "description": f"problem: {visible(problem.message)}",
            "check_name": f"problem/{visible(problem.kind)}",
            "fingerprint": hashlib.sha256(identity).hexdigest()[:20],
            "severity": "major",
            "location": {
                "path": path_of(problem.document, paths),
                "lines": {"begin": 1, "end": 1},
            },
        }


REPORTER = GitlabReporter()
