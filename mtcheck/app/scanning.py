"""A scan from its settings to its report."""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import mtcheck
from mtcheck.app.inputs import Inputs, read_input, read_options, refuse_several_pages
from mtcheck.app.planning import plan_of
from mtcheck.config import Settings
from mtcheck.core.errors import InputError
from mtcheck.core.reading import Input, ReadOptions
from mtcheck.core.report import ScanReport, Signature
from mtcheck.core.suppressions import STALE_ENTRIES
from mtcheck.readers.discovery import shown
from mtcheck.scan.baseline import (
    Baseline,
    Entry,
    accept,
    only_changed_lines,
    parse_baseline,
    stale_entries,
    with_stale_entries,
)
from mtcheck.scan.changes import Changes, changes_since
from mtcheck.scan.checker import WindowChecker
from mtcheck.scan.executors import Executor, ProcessExecutor, SerialExecutor
from mtcheck.scan.planning import Plan
from mtcheck.scan.reuse import ResultStore, drop_old_results, salt_of
from mtcheck.scan.scanner import Progress, ReadAndCheck, run_scan


def scan(inputs: Inputs, settings: Settings, progress: Progress = lambda _done: None) -> ScanReport:
    """Scan the inputs and return the report, with what the baseline accepts marked and lines that did not change left out.

    Raises ``UsageError``, ``ConfigurationError`` and, for the baseline, ``InputError`` before anything is read; what fails
    later is in the report.
    """
    refuse_several_pages(inputs, settings)
    plan = plan_of(settings)
    baseline = read_baseline(settings.baseline) if settings.baseline else None
    items = inputs.items
    changes: Changes | None = None
    if baseline is not None:
        # A baseline among the scanned files is no page.
        own = os.path.realpath(baseline.path)
        items = tuple(item for item in items if isinstance(item, InputError) or os.path.realpath(item.path) != own)
    if settings.diff is not None:
        changes = changes_since(settings.diff, [item.path for item in items if isinstance(item, Input)])
        items = tuple(item for item in items if isinstance(item, InputError) or item.path in changes)
    report = _scanned(items, plan, settings, progress)
    stale: tuple[Entry, ...] = ()
    if baseline is not None:
        report = accept(report, baseline)
        stale = stale_entries(report, baseline, os.path.exists)
    if changes is not None:
        named = {shown(item.path): item.path for item in items if isinstance(item, Input)}
        report = _changed_only(report, changes, named)
    if baseline is not None:
        for check in plan.checks:
            if STALE_ENTRIES in check.needs:
                report = with_stale_entries(report, baseline, stale, check)
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
    return parse_baseline(source, path.as_posix())


def _changed_only(report: ScanReport, changes: Changes, named: Mapping[str, str]) -> ScanReport:
    """Leave out findings on lines that did not change. ``named`` gives the path of a file by the one that is shown."""
    paths = {head.id: named[head.path] for head in report.heads}
    kept = [finding for finding in report.findings if changes.concern(finding, paths[finding.document])]
    return only_changed_lines(report, kept, f"only lines that changed since {changes.revision} are reported (--diff)")


def _scanned(items: Sequence[Input | InputError], plan: Plan, settings: Settings, progress: Progress) -> ScanReport:
    processes = settings.jobs or os.cpu_count() or 1
    executor: Executor = ProcessExecutor(processes) if min(processes, len(items)) > 1 else SerialExecutor()
    # Read once: a source that the page is held against is a file of its own.
    options = read_options(settings)
    make_work: Callable[[], ReadAndCheck]
    if isinstance(executor, SerialExecutor):
        make_work = functools.partial(_work_of, plan, settings, options)
    else:
        make_work = functools.partial(make_worker, settings)
    report = run_scan(
        items,
        read=functools.partial(read_input, options),
        make_work=make_work,
        plan=plan,
        signature=signature_of(plan, settings, options.source),
        executor=executor,
        progress=progress,
    )
    if settings.reuse:
        drop_old_results(_cache_folder(settings))
    return report


def make_worker(settings: Settings) -> ReadAndCheck:
    """Make the work of a process of its own: everything is built anew there from the settings."""
    return _work_of(plan_of(settings), settings, read_options(settings))


def signature_of(plan: Plan, settings: Settings, source: str | None = None) -> Signature:
    """Return what made a report: version, providers, checks, and a digest of the settings that can change findings.

    ``source`` is the text that the one page of the scan was translated from, where the caller has it.
    """
    # What the references hold is in the signatures of their providers; where they lie changes no finding.
    relevant = settings.model_dump_json(
        include={
            "language",
            "source_language",
            "translation",
            "language_model",
            "checks",
            "suppressions",
            "input_format",
            "text_field",
        }
    ) + (source or "")
    return Signature(
        tool="mtcheck",
        version=mtcheck.__version__,
        configuration=hashlib.sha256(relevant.encode()).hexdigest()[:16],
        providers=tuple(provider.signature for provider in plan.providers),
        checks=tuple(check.code for check in plan.checks),
    )


def _work_of(plan: Plan, settings: Settings, options: ReadOptions) -> ReadAndCheck:
    read_one = functools.partial(read_input, options)
    return ReadAndCheck(read_one, WindowChecker(plan), _store_of(plan, settings, options.source))


def _store_of(plan: Plan, settings: Settings, source: str | None) -> ResultStore | None:
    """Return where results are kept between scans, or ``None`` where they are not to be."""
    if not settings.reuse:
        return None
    return ResultStore(
        str(_cache_folder(settings)), salt_of(signature_of(plan, settings, source), plan), plan.gatherings
    )


def _cache_folder(settings: Settings) -> Path:
    from mtcheck.engines.models.folders import cache_folder

    return cache_folder(settings.cache)
