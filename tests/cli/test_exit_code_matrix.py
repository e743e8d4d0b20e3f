"""The exit codes as one table: what a scan met, by what it was asked to put up with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mtcheck.cli.exit_codes import (
    CLEAN,
    FINDINGS,
    INCOMPLETE,
    INTERNAL_ERROR,
    INTERRUPTED,
    UNUSABLE,
    Limits,
    exit_code,
)
from mtcheck.config import MaxRate
from mtcheck.core.findings import ACCEPTED, SUPPRESSED, Finding, Severity
from mtcheck.core.report import NotChecked, Problem, ScanReport
from tests.cli.commands import Mtcheck
from tests.reporters.sample import arabic_page, scan_report

BASE = scan_report([arabic_page()])
MAJOR = replace(BASE.findings[0], severity=Severity.MAJOR, status="unconfirmed")
MINOR = replace(MAJOR, severity=Severity.MINOR)
GAP = NotChecked(None, ("ACC001",), "no model", incomplete=True)
OUT_OF_REACH = replace(GAP, incomplete=False)
UNREADABLE = Problem("input", "a.txt", "cannot be read")
CRASH = Problem("check", "a.txt", "REP001 crashed")
ENGINE = Problem("engine", "a.txt", "the translator died")
STOPPED = Problem("interrupted", None, "the scan was interrupted")


def met(*what: object) -> ScanReport:
    """Return a report that holds just this."""
    findings = tuple(item for item in what if isinstance(item, Finding))
    return replace(
        BASE,
        findings=findings,
        not_checked=tuple(item for item in what if isinstance(item, NotChecked)),
        problems=tuple(item for item in what if isinstance(item, Problem)),
    )


# What was met; then the codes without options, with --allow-incomplete, --fail-on minor, --fail-on never, --max-findings 1,
# --max-rate 0/1w, and with --fail-on never and --allow-incomplete together.
MATRIX = [
    ("nothing", met(), (0, 0, 0, 0, 0, 0, 0)),
    ("minor", met(MINOR), (0, 0, 1, 0, 0, 0, 0)),
    ("major", met(MAJOR), (1, 1, 1, 0, 0, 1, 0)),
    ("two major", met(MAJOR, MAJOR), (1, 1, 1, 0, 1, 1, 0)),
    ("major and minor", met(MAJOR, MINOR), (1, 1, 1, 0, 0, 1, 0)),
    ("accepted", met(replace(MAJOR, status=ACCEPTED)), (0, 0, 0, 0, 0, 0, 0)),
    ("suppressed", met(replace(MAJOR, status=SUPPRESSED)), (0, 0, 0, 0, 0, 0, 0)),
    ("accepted and minor", met(replace(MAJOR, status=ACCEPTED), MINOR), (0, 0, 1, 0, 0, 0, 0)),
    ("out of reach", met(OUT_OF_REACH), (0, 0, 0, 0, 0, 0, 0)),
    ("gap", met(GAP), (3, 0, 3, 3, 3, 3, 0)),
    ("gap and major", met(GAP, MAJOR), (3, 1, 3, 3, 3, 3, 0)),
    ("crash", met(CRASH), (3, 0, 3, 3, 3, 3, 0)),
    ("crash and major", met(CRASH, MAJOR), (3, 1, 3, 3, 3, 3, 0)),
    ("engine", met(ENGINE), (3, 0, 3, 3, 3, 3, 0)),
    ("unreadable", met(UNREADABLE), (2, 2, 2, 2, 2, 2, 2)),
    ("unreadable, gap and major", met(UNREADABLE, GAP, MAJOR), (2, 2, 2, 2, 2, 2, 2)),
    ("interrupted", met(STOPPED), (130,) * 7),
    ("interrupted, unreadable, gap and major", met(STOPPED, UNREADABLE, GAP, MAJOR), (130,) * 7),
]
OPTIONS: list[tuple[Severity | None, bool, Limits]] = [
    (Severity.MAJOR, False, Limits()),
    (Severity.MAJOR, True, Limits()),
    (Severity.MINOR, False, Limits()),
    (None, False, Limits()),
    (Severity.MAJOR, False, Limits(findings=1)),
    (Severity.MAJOR, False, Limits(rate=MaxRate(0, 1))),
    (None, True, Limits()),
]


@pytest.mark.parametrize(("report", "codes"), [row[1:] for row in MATRIX], ids=[row[0] for row in MATRIX])
def test_exit_code_matrix(report: ScanReport, codes: tuple[int, ...]) -> None:
    found = tuple(
        exit_code(report, fail_on, allow_incomplete=allowed, limits=limits) for fail_on, allowed, limits in OPTIONS
    )
    assert found == codes


def test_the_codes_are_told_apart() -> None:
    assert (CLEAN, FINDINGS, UNUSABLE, INCOMPLETE, INTERNAL_ERROR, INTERRUPTED) == (0, 1, 2, 3, 101, 130)


def test_a_crash_never_reads_as_findings(mtcheck: Mtcheck, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_arguments: object) -> None:
        raise RuntimeError("on purpose")

    monkeypatch.setattr("mtcheck.app.scan", crash)
    done = mtcheck("scan", "-")
    assert (done.code, "on purpose" in done.err, "internal error" in done.err) == (INTERNAL_ERROR, True, True)
