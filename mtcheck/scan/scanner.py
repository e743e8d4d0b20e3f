"""Runs a scan from inputs to report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from mtcheck.core.documents import Document
from mtcheck.core.errors import InputError
from mtcheck.core.reading import Input
from mtcheck.core.report import Problem, ScanReport, Signature
from mtcheck.scan.across import judge_across
from mtcheck.scan.checker import WindowChecker
from mtcheck.scan.executors import Executor, MakeWork
from mtcheck.scan.planning import Plan
from mtcheck.scan.results import AcrossResult, KeptResults, WindowResult, assemble
from mtcheck.scan.reuse import ResultStore
from mtcheck.scan.windows import Read, Window, windows

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class ReadAndCheck:
    """The work of one window: read its inputs, check its documents. Results of unchanged files come from the store."""

    read: Read
    checker: WindowChecker
    store: ResultStore | None = None

    def __call__(self, window: Window) -> WindowResult:
        """Return the results of a window."""
        if self.store and not any(isinstance(item, Input) for item in window.items):
            return self._streamed(window, self.store)
        turns = [self._turn(item) for item in window.items]
        fresh = self.checker.check([item for turn in turns for item in turn.items], window.inputs)
        if not any(turn.key for turn in turns):
            return fresh
        return self._joined(turns, fresh)

    def _streamed(self, window: Window, store: ResultStore) -> WindowResult:
        """Check documents of a stream, or take what is kept of them; a line that is no record spoils nothing of the others."""
        documents = [item for item in window.items if isinstance(item, Document)]
        failed = tuple(
            Problem("input", item.path, item.reason) for item in window.items if isinstance(item, InputError)
        )
        key = store.key_of_documents(documents)
        kept = store.load_result(key) if documents else None
        if kept is None:
            kept = self.checker.check(documents)
            if documents:
                store.save_result(key, kept)
        return replace(kept, problems=(*failed, *kept.problems), inputs=window.inputs)

    def _turn(self, item: Input | Document | InputError) -> _Turn:
        if not isinstance(item, Input):
            return _Turn(item, (item,))
        key = self.store.key(item.path) if self.store else None
        kept = self.store.load_result(key) if self.store and key else None
        if kept is not None:
            return _Turn(item, (), key, kept)
        items: list[Document | InputError] = []
        try:
            items.extend(self.read(item))
        except Exception as error:  # a reader that crashes on one file must not end the scan of the others
            items.append(InputError(item.path, f"reading it failed: {type(error).__name__}: {error}"))
        return _Turn(item, tuple(items), key)

    def _joined(self, turns: Sequence[_Turn], fresh: WindowResult) -> WindowResult:
        """Put kept and fresh results together, in the order of the window, and keep the fresh ones."""
        parts = [turn.kept or _part(fresh, turn) for turn in turns]
        for turn, part in zip(turns, parts, strict=True):
            # A file that changed while it was read has another key by now.
            if self.store and turn.key and turn.kept is None and self.store.key(turn.path) == turn.key:
                self.store.save_result(turn.key, part)
        return WindowResult(
            tuple(document for part in parts for document in part.documents),
            tuple(finding for part in parts for finding in part.findings),
            tuple(entry for part in parts for entry in part.not_checked),
            # Kept results have none.
            fresh.problems,
            fresh.inputs,
            tuple(records for part in parts for records in part.records),
        )


@dataclass(frozen=True, slots=True)
class _Turn:
    """One item of a window: what was read of it, or the result that was kept of it under its key."""

    item: Input | Document | InputError
    items: tuple[Document | InputError, ...]
    key: str | None = None
    kept: WindowResult | None = None

    @property
    def path(self) -> str:
        """The input as the user named it."""
        return self.item.path


def _part(result: WindowResult, turn: _Turn) -> WindowResult:
    """Return what a window's result says of the documents of one of its items."""
    ids = {item.doc_id for item in turn.items if isinstance(item, Document)}
    failed = tuple(Problem("input", item.path, item.reason) for item in turn.items if isinstance(item, InputError))
    return WindowResult(
        tuple(document for document in result.documents if document.id in ids),
        tuple(finding for finding in result.findings if finding.document in ids),
        tuple(entry for entry in result.not_checked if entry.document in ids),
        (*failed, *(problem for problem in result.problems if problem.document in ids)),
        records=tuple(records for records in result.records if records.document in ids),
    )


def run_scan(
    inputs: Iterable[Input | InputError],
    *,
    read: Read,
    make_work: MakeWork,
    plan: Plan,
    signature: Signature,
    executor: Executor,
    progress: Progress = lambda _done: None,
    across_seen: Callable[[AcrossResult], object] = lambda _across: None,
) -> ScanReport:
    """Scan all inputs and return the report. ``progress`` is told how many inputs each finished window took up.

    ``across_seen`` is told what the checks across pages found, before it is part of the report.

    An interruption (Ctrl-C) ends the scan, not the report: it holds what was checked until then, and a problem that
    says so. Raises ``OutputError`` where the disk is too full for what was scanned.
    """
    results = KeptResults()
    problems: list[Problem] = []
    try:
        for result in executor.run(make_work, windows(inputs, read)):
            results.add(result)
            progress(result.inputs)
    except KeyboardInterrupt:
        problems.append(Problem("interrupted", None, "the scan was interrupted; what follows was not checked"))
    across = judge_across(plan, results.records)
    across_seen(across)
    return assemble(signature, results, plan.not_checked, problems, across)
