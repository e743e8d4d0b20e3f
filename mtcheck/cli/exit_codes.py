"""From a report to an exit code, so that a crash never reads as findings and a gap never as a clean page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mtcheck.core.findings import Severity
from mtcheck.core.report import ScanReport

if TYPE_CHECKING:
    from mtcheck.config import MaxRate

CLEAN = 0
FINDINGS = 1
UNUSABLE = 2
INCOMPLETE = 3
INTERNAL_ERROR = 101
INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Limits:
    """What a scan may hold and still pass; each limit that is set must be kept, and without any nothing is allowed."""

    findings: int | None = None
    rate: MaxRate | None = None

    def are_kept(self, findings: int, words: int) -> bool:
        """Tell whether a scan of so many words may have so many findings."""
        if self.findings is None and self.rate is None:
            return findings == 0
        if self.findings is not None and findings > self.findings:
            return False
        return self.rate is None or findings * self.rate.words <= self.rate.findings * words


NO_LIMITS = Limits()


def exit_code(
    report: ScanReport, fail_on: Severity | None, *, allow_incomplete: bool, limits: Limits = NO_LIMITS
) -> int:
    """Return the exit code of a scan.

    Where several hold, the one that says most against trusting the rest wins: interrupted, an unreadable input, a check
    that could not run, findings at or above ``fail_on`` (``None``: never) beyond the limits, clean. Each of several findings about
    one fault counts, as in the totals of the outputs; those that are accepted or suppressed do not.
    """
    kinds = {problem.kind for problem in report.problems}
    if "interrupted" in kinds:
        return INTERRUPTED
    if "input" in kinds:
        return UNUSABLE
    incomplete = bool(kinds) or any(entry.incomplete for entry in report.not_checked)
    if incomplete and not allow_incomplete:
        return INCOMPLETE
    if fail_on is None:
        return CLEAN
    failing = sum(finding.severity.rank >= fail_on.rank and not finding.is_settled for finding in report.findings)
    words = sum(head.scores.words for head in report.heads)
    return CLEAN if limits.are_kept(failing, words) else FINDINGS
