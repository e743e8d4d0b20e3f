"""Running a scan: what checks, where it runs, and what is kept of it."""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Callable, Sequence

import mtcheck
from mtcheck.app.inputs import read_input, read_options
from mtcheck.app.planning import plan_of
from mtcheck.app.recalling import Recall, cache_folder_of
from mtcheck.config import Settings
from mtcheck.core.errors import InputError
from mtcheck.core.reading import Input, ReadOptions
from mtcheck.core.report import ScanReport, Signature
from mtcheck.scan.checker import WindowChecker
from mtcheck.scan.executors import Executor, ProcessExecutor, SerialExecutor
from mtcheck.scan.planning import Plan
from mtcheck.scan.results import AcrossResult
from mtcheck.scan.reuse import ResultStore, salt_of
from mtcheck.scan.scanner import Progress, ReadAndCheck, run_scan


def scanned(
    items: Sequence[Input | InputError], settings: Settings, progress: Progress, recall: Recall | None = None
) -> ScanReport:
    """Check all inputs and return the report; ``recall`` is told what may be taken up again as a whole."""
    plan = plan_of(settings)
    executor = executor_for(items, settings.jobs or os.cpu_count() or 1)
    # Read once: a source that the page is held against is a file of its own.
    options = read_options(settings)
    make_work: Callable[[], ReadAndCheck]
    if isinstance(executor, SerialExecutor):
        make_work = functools.partial(_work_of, plan, settings, options)
    else:
        make_work = functools.partial(make_worker, settings)
    across: list[AcrossResult] = []
    report = run_scan(
        items,
        read=functools.partial(read_input, options),
        make_work=make_work,
        plan=plan,
        signature=signature_of(plan, settings, options.source),
        executor=executor,
        progress=progress,
        across_seen=across.append,
    )
    if recall is not None and (store := _store_of(plan, settings, options.source)):
        recall.keep(report, plan, across[-1], store)
    return report


def executor_for(items: Sequence[Input | InputError], processes: int) -> Executor:
    """Return what runs a scan of these inputs. A feed is cut up while it is read, so that one alone keeps several processes busy."""
    feeds = any(isinstance(item, Input) and item.feed for item in items)
    return ProcessExecutor(processes) if processes > 1 and (feeds or len(items) > 1) else SerialExecutor()


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
        str(cache_folder_of(settings)), salt_of(signature_of(plan, settings, source), plan), plan.gatherings
    )
