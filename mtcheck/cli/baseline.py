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
) -> None:
    """Accept every finding of a finished scan; entries that are there stay."""
    from mtcheck.scan.baseline import update as updated

    report, before = _report(results), _baseline(baseline)
    entries = updated(before, report, reason)
    added = len(entries) - len(before.entries)
    _write(before, entries, f"{added} added, {len(entries)} in all")


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
