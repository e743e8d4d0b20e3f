"""Where windows are checked: in this process, or in several. The results are the same, in the same order."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Protocol

from mtcheck.core.documents import Document
from mtcheck.core.report import Problem
from mtcheck.scan.results import WindowResult
from mtcheck.scan.windows import Window

Work = Callable[[Window], WindowResult]
MakeWork = Callable[[], Work]


class Executor(Protocol):
    """Runs windows through work that is made where it runs, and yields the results in the order of the windows."""

    def run(self, make_work: MakeWork, windows: Iterable[Window]) -> Iterator[WindowResult]:
        """Yield one result a window. ``make_work`` must survive pickling where other processes are used."""
        ...


class SerialExecutor:
    """Checks one window after the other in this process."""

    def run(self, make_work: MakeWork, windows: Iterable[Window]) -> Iterator[WindowResult]:
        """Yield one result a window."""
        work = make_work()
        for window in windows:
            yield work(window)


class ProcessExecutor:
    """Checks windows in several processes.

    A process that dies (killed for its memory, crashed in a library) takes no other document along: its windows are done
    again item by item, and the one that kills its process becomes a problem of the report.
    """

    def __init__(self, processes: int) -> None:
        """Take the number of processes, at least 1."""
        self._processes = processes
        # Not forked: the parent may hold threads (a progress bar, a model), and a forked lock never opens again.
        self._context = multiprocessing.get_context("spawn")

    def run(self, make_work: MakeWork, windows: Iterable[Window]) -> Iterator[WindowResult]:
        """Yield one result a window, in order, with a few windows under way ahead of the one that is awaited."""
        pool = self._pool(make_work, self._processes)
        under_way: deque[tuple[Window, Future[WindowResult]]] = deque()
        remaining = iter(windows)
        try:
            while True:
                for window in remaining:
                    under_way.append((window, pool.submit(_run, window)))
                    if len(under_way) >= 2 * self._processes:
                        break
                if not under_way:
                    break
                window, future = under_way.popleft()
                try:
                    result = future.result()
                except BrokenProcessPool:
                    pool.shutdown(wait=False, cancel_futures=True)
                    result = self._one_by_one(make_work, window)
                    pool = self._pool(make_work, self._processes)
                    under_way = deque((other, pool.submit(_run, other)) for other, _ in under_way)
                yield result
        except BaseException:
            # Interrupted or closed early: nobody waits for what the workers still do.
            pool.shutdown(wait=False, cancel_futures=True)
            for process in multiprocessing.active_children():
                process.terminate()
            raise
        pool.shutdown()

    def _pool(self, make_work: MakeWork, processes: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(processes, self._context, _prepare, (make_work,))

    def _one_by_one(self, make_work: MakeWork, window: Window) -> WindowResult:
        """Check the items of a window each in a process of its own."""
        parts = []
        for item in window.items:
            with self._pool(make_work, 1) as pool:
                try:
                    parts.append(pool.submit(_run, Window((item,), 0)).result())
                except BrokenProcessPool:
                    name = item.doc_id if isinstance(item, Document) else item.path
                    problem = Problem("input", name, "the process that checked it died (out of memory or a crash)")
                    parts.append(WindowResult(problems=(problem,)))
        return WindowResult(
            tuple(document for part in parts for document in part.documents),
            tuple(finding for part in parts for finding in part.findings),
            tuple(entry for part in parts for entry in part.not_checked),
            tuple(problem for part in parts for problem in part.problems),
            window.inputs,
            tuple(records for part in parts for records in part.records),
        )


_work: Work | None = None


def _prepare(make_work: MakeWork) -> None:
    """Set up a worker process. Ctrl-C is the parent's to handle."""
    global _work  # the pool gives an initializer no other way to leave something behind
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _work = make_work()


def _run(window: Window) -> WindowResult:
    if _work is None:
        raise RuntimeError("the worker was not prepared")
    return _work(window)
