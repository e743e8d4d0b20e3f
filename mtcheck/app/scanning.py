"""A scan from its settings to its report."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mtcheck.app.inputs import Inputs, refuse_several_pages
from mtcheck.app.recalling import Recall, cache_folder_of
from mtcheck.config import Settings
from mtcheck.core.errors import InputError
from mtcheck.core.reading import Input
from mtcheck.core.report import ScanReport
from mtcheck.core.suppressions import STALE_ENTRIES
from mtcheck.readers.discovery import shown
from mtcheck.scan.reuse import drop_old_results

if TYPE_CHECKING:
    from mtcheck.scan.baseline import Baseline
    from mtcheck.scan.changes import Changes
    from mtcheck.scan.scanner import Progress


def scan(inputs: Inputs, settings: Settings, progress: Progress = lambda _done: None) -> ScanReport:
    """Scan the inputs and return the report, with what the baseline accepts marked and lines that did not change left out.

    Raises ``UsageError``, ``ConfigurationError`` and, for the baseline, ``InputError`` before anything is read; what fails
    later is in the report.
    """
    refuse_several_pages(inputs, settings)
    baseline = read_baseline(settings.baseline) if settings.baseline else None
    items = inputs.items
    changes: Changes | None = None
    if baseline is not None:
        # A baseline among the scanned files is no page.
        own = os.path.realpath(baseline.path)
        items = tuple(item for item in items if isinstance(item, InputError) or os.path.realpath(item.path) != own)
    if settings.diff is not None:
        from mtcheck.scan.changes import changes_since

        changes = changes_since(settings.diff, [item.path for item in items if isinstance(item, Input)])
        items = tuple(item for item in items if isinstance(item, InputError) or item.path in changes)
    report = _recalled_or_scanned(items, settings, progress)
    if baseline is None:
        return report if changes is None else _changed_only(report, changes, items)
    from mtcheck.scan.baseline import accept, stale_entries, with_stale_entries

    report = accept(report, baseline)
    stale = stale_entries(report, baseline, os.path.exists)
    if changes is not None:
        report = _changed_only(report, changes, items)
    if stale:
        from mtcheck.app.planning import selected_checks

        for check in selected_checks(settings):
            if STALE_ENTRIES in check.needs:
                report = with_stale_entries(report, baseline, stale, check)
    return report


def _recalled_or_scanned(items: Sequence[Input | InputError], settings: Settings, progress: Progress) -> ScanReport:
    """Return the report of the inputs: put together from kept results where nothing has changed, else made anew."""
    recall: Recall | None = None
    if settings.reuse:
        recall = Recall.of(settings, items)
        report = recall.report() if recall else None
        if report is not None:
            progress(len(items))
            return report
    # What checks is loaded only now.
    from mtcheck.app.running import scanned

    report = scanned(items, settings, progress, recall)
    if settings.reuse:
        drop_old_results(cache_folder_of(settings))
    return report


def read_baseline(path: Path) -> Baseline:
    """Return the baseline in a file. Raises ``InputError`` where it cannot be read."""
    try:
        source = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        hint = "; `mtcheck baseline update` makes one" if isinstance(error, FileNotFoundError) else ""
        raise InputError(path.as_posix(), f"{(error.strerror or str(error)).lower()}{hint}") from error
    except UnicodeDecodeError as error:
        raise InputError(path.as_posix(), "is no baseline: it is not UTF-8") from error
    from mtcheck.scan.baseline import parse_baseline

    return parse_baseline(source, path.as_posix())


def _changed_only(report: ScanReport, changes: Changes, items: Sequence[Input | InputError]) -> ScanReport:
    """Leave out findings on lines that did not change."""
    from mtcheck.scan.baseline import only_changed_lines

    named = {shown(item.path): item.path for item in items if isinstance(item, Input)}
    paths = {head.id: named[head.path] for head in report.heads}
    kept = [finding for finding in report.findings if changes.concern(finding, paths[finding.document])]
    return only_changed_lines(report, kept, f"only lines that changed since {changes.revision} are reported (--diff)")
