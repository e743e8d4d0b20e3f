"""``mtcheck baseline``: accept the findings of a scan, and let go of entries that have done their work."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from mtcheck.core.report import ScanReport
    from mtcheck.scan.baseline import Baseline, Entry

DEFAULT_FILE = "mtcheck.baseline"

Results = Annotated[Path, typer.Argument(metavar="RESULTS", help="The JSON that a scan wrote (--output json:FILE).")]
File = Annotated[
    Path | None,
    typer.Option(
        "--baseline", metavar="FILE", help=f"The baseline; by default that of the settings, or {DEFAULT_FILE}."
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(no_args_is_help=True, help="Keep the list of accepted findings.", rich_markup_mode=None)
    group.command("update")(update)
    group.command("prune")(prune)
    app.add_typer(group, name="baseline")


def update(
    results: Results,
    baseline: File = None,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why the new entries are accepted.")] = "",
    decisions: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="What a review decided (decisions.jsonl): take in what was dismissed, let go of what is a real fault.",
        ),
    ] = None,
) -> None:
    """Accept every finding of a finished scan, or with --decisions those that a review dismissed; other entries stay."""
    from mtcheck.scan.baseline import update as updated

    report, before = _report(results), _baseline(baseline)
    if decisions is not None:
        _take_in(decisions, before, report, reason)
        return
    entries = updated(before, report, reason)
    added = len(entries) - len(before.entries)
    _write(before, entries, f"{added} added, {len(entries)} in all")


def _take_in(decisions: Path, before: Baseline, report: ScanReport, reason: str) -> None:
    from mtcheck.core.decisions import parse_decisions
    from mtcheck.core.errors import InputError
    from mtcheck.scan.baseline import update_by_review

    try:
        log = parse_decisions(decisions.read_text(encoding="utf-8", errors="replace"))
    except OSError as error:
        raise InputError(str(decisions), error.strerror or str(error)) from error
    if log.unreadable and not log.decisions:
        raise InputError(str(decisions), "is no file of decisions")
    for number in log.unreadable:
        sys.stderr.write(f"mtcheck: {decisions}: line {number} is no decision and was passed over\n")
    entries = update_by_review(before, report, log.decisions, reason)
    known = {entry.fingerprint for entry in before.entries}
    kept = {entry.fingerprint for entry in entries}
    said = f"{len(kept - known)} added, {len(known - kept)} removed, {len(entries)} in all"
    _write(before, entries, said)


def prune(results: Results, baseline: File = None) -> None:
    """Remove the entries that fit no finding of a finished scan, where it looked at their documents."""
    import os

    from mtcheck.scan.baseline import stale_entries

    report, before = _report(results), _baseline(baseline, must_exist=True)
    stale = set(stale_entries(report, before, os.path.exists))
    entries = tuple(entry for entry in before.entries if entry not in stale)
    _write(before, entries, f"{len(stale)} removed, {len(entries)} left")


def _report(results: Path) -> ScanReport:
    from mtcheck.cli.reports import load_results

    return load_results(results)


def _baseline(path: Path | None, *, must_exist: bool = False) -> Baseline:
    """Return the baseline to change; an empty one where there is no file yet."""
    from mtcheck.app import read_baseline
    from mtcheck.config import load_settings
    from mtcheck.scan.baseline import Baseline

    chosen = path or load_settings({}).settings.baseline or Path(DEFAULT_FILE)
    if not must_exist and not chosen.exists():
        return Baseline(path=chosen.as_posix())
    return read_baseline(chosen)


def _write(before: Baseline, entries: tuple[Entry, ...], said: str) -> None:
    from mtcheck.reporters.destination import write_file
    from mtcheck.scan.baseline import render_baseline

    write_file(Path(before.path), [render_baseline(entries)])
    sys.stderr.write(f"mtcheck: {before.path}: {said}\n")
