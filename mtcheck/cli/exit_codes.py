"""From a report to an exit code, so that a crash never reads as findings and a gap never as a clean page."""

from __future__ import annotations

from mtcheck.core.findings import Severity
from mtcheck.core.report import ScanReport

CLEAN = 0
FINDINGS = 1
UNUSABLE = 2
INCOMPLETE = 3
INTERNAL_ERROR = 101
INTERRUPTED = 130


def exit_code(report: ScanReport, fail_on: Severity | None, *, allow_incomplete: bool) -> int:
    """Return the exit code of a scan.

    Where several hold, the one that says most against trusting the rest wins: interrupted, an unreadable input, a check
    that could not run, findings at or above ``fail_on`` (``None``: never), clean.
    """
    kinds = {problem.kind for problem in report.problems}
    if "interrupted" in kinds:
        return INTERRUPTED
    if "input" in kinds:
        return UNUSABLE
    incomplete = bool(kinds) or any(entry.incomplete for entry in report.not_checked)
    if incomplete and not allow_incomplete:
        return INCOMPLETE
    failing = fail_on is not None and any(finding.severity.rank >= fail_on.rank for finding in report.findings)
    return FINDINGS if failing else CLEAN
