"""Runs a scan from inputs to report."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mtcheck.core.documents import Document
from mtcheck.core.errors import InputError
from mtcheck.core.reading import Input
from mtcheck.core.report import Problem, ScanReport, Signature
from mtcheck.scan.across import judge_across
from mtcheck.scan.checker import WindowChecker
from mtcheck.scan.executors import Executor, MakeWork
from mtcheck.scan.planning import Plan
from mtcheck.scan.results import WindowResult, assemble
from mtcheck.scan.windows import Read, Window, windows

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class ReadAndCheck:
    """The work of one window: read its inputs, check its documents."""

    read: Read
    checker: WindowChecker

    def __call__(self, window: Window) -> WindowResult:
        """Return the results of a window."""
        items: list[Document | InputError] = []
        for item in window.items:
            if not isinstance(item, Input):
                items.append(item)
                continue
            try:
                items.extend(self.read(item))
            except Exception as error:  # a reader that crashes on one file must not end the scan of the others
                items.append(InputError(item.path, f"reading it failed: {type(error).__name__}: {error}"))
        return self.checker.check(items, window.inputs)


def run_scan(
    inputs: Iterable[Input | InputError],
    *,
    read: Read,
    make_work: MakeWork,
    plan: Plan,
    signature: Signature,
    executor: Executor,
    progress: Progress = lambda _done: None,
) -> ScanReport:
    """Scan all inputs and return the report. ``progress`` is told how many inputs each finished window took up.

    An interruption (Ctrl-C) ends the scan, not the report: it holds what was checked until then, and a problem that
    says so.
    """
    results: list[WindowResult] = []
    problems: list[Problem] = []
    try:
        for result in executor.run(make_work, windows(inputs, read)):
            results.append(result)
            progress(result.inputs)
    except KeyboardInterrupt:
        problems.append(Problem("interrupted", None, "the scan was interrupted; what follows was not checked"))
    across = judge_across(plan, [records for result in results for records in result.records])
    return assemble(signature, results, plan.not_checked, problems, across)
