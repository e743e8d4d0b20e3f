"""Windows, executors and the whole run: order, isolation of failures, interruption."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from mtcheck.core.errors import InputError
from mtcheck.core.reading import Input
from mtcheck.core.report import ScanReport, Signature
from mtcheck.scan.executors import Executor, MakeWork, ProcessExecutor, SerialExecutor
from mtcheck.scan.planning import make_plan
from mtcheck.scan.results import WindowResult
from mtcheck.scan.scanner import run_scan
from mtcheck.scan.windows import DOCUMENTS_A_WINDOW, INPUTS_A_WINDOW, Window, windows
from tests.scan.checks_for_tests import PROVIDERS, check, make_work, read_words

SIGNATURE = Signature("mtcheck", "0", "0", (), ("AAA001",))


def scan(inputs: Iterable[Input | InputError], executor: Executor) -> ScanReport:
    plan = make_plan([check("AAA001")], {}, PROVIDERS)
    return run_scan(inputs, read=read_words, make_work=make_work, plan=plan, signature=SIGNATURE, executor=executor)


@pytest.mark.parametrize(("count", "expected"), [(0, 0), (1, 1), (INPUTS_A_WINDOW, 1), (INPUTS_A_WINDOW + 1, 2)])
def test_files_are_left_to_the_worker(count: int, expected: int) -> None:
    made = list(windows([Input(f"text {number}") for number in range(count)], read_words))
    assert expected == len(made)
    assert count == sum(window.inputs for window in made)
    assert all(isinstance(item, Input) for window in made for item in window.items)


def test_a_feed_is_cut_into_windows_of_documents() -> None:
    made = list(windows([Input("before"), Input("feed", feed=True), Input("after")], read_words))
    sizes = [len(window.items) for window in made]
    assert [1, DOCUMENTS_A_WINDOW, DOCUMENTS_A_WINDOW, DOCUMENTS_A_WINDOW, 100 - 3 * DOCUMENTS_A_WINDOW, 1] == sizes
    assert [1, 0, 0, 0, 1, 1] == [window.inputs for window in made]


@pytest.mark.parametrize("executor", [SerialExecutor(), ProcessExecutor(2)], ids=["serial", "processes"])
def test_results_keep_the_order_of_inputs(executor: Executor) -> None:
    inputs = [Input(f"this is bad {number}") for number in range(30)]
    report = scan([*inputs, Input("feed", feed=True), InputError("gone", "no such file")], executor)
    expected = [item.path for item in inputs] + [f"feed#{number}" for number in range(100)]
    assert expected == [document.id for document in report.documents]
    assert expected == [finding.document for finding in report.findings]
    assert [("input", "gone", "no such file")] == [(p.kind, p.document, p.message) for p in report.problems]
    assert report == scan([*inputs, Input("feed", feed=True), InputError("gone", "no such file")], SerialExecutor())


def test_an_input_that_kills_its_process_takes_nothing_along() -> None:
    report = scan([Input("bad one"), Input("die"), Input("bad two")], ProcessExecutor(2))
    assert ["bad one", "bad two"] == [document.id for document in report.documents]
    assert [("input", "die")] == [(problem.kind, problem.document) for problem in report.problems]


def test_unreadable_and_crashing_inputs_are_listed_and_the_others_kept() -> None:
    report = scan([Input("missing"), Input("raise"), Input("bad three")], SerialExecutor())
    assert ["bad three"] == [document.id for document in report.documents]
    assert ["not there", "reading it failed: RuntimeError: a reader's own fault"] == [
        problem.message for problem in report.problems
    ]


def test_interruption_keeps_what_was_done() -> None:
    class Interrupted:
        def run(self, make_work: MakeWork, windows: Iterable[Window]) -> Iterator[WindowResult]:
            work = make_work()
            yield work(next(iter(windows)))
            raise KeyboardInterrupt

    report = scan([Input(f"bad {number}") for number in range(20)], Interrupted())
    assert INPUTS_A_WINDOW == len(report.documents)
    assert ["interrupted"] == [problem.kind for problem in report.problems]


def test_statistics_count_what_was_found() -> None:
    report = scan([Input("bad and bad"), Input("fine words here")], SerialExecutor())
    statistics = report.statistics
    assert (2, 6, 2) == (statistics.documents, statistics.words, statistics.findings)
    assert [("neutral", 0), ("minor", 0), ("major", 2), ("critical", 0)] == [
        (count.severity, count.findings) for count in statistics.by_severity
    ]
    assert [("AAA001", 2)] == [(count.code, count.findings) for count in statistics.by_check]
    assert [(3, 10, 3333.33), (3, 0, 0.0)] == [
        (document.scores.words, document.scores.penalty, document.scores.penalty_per_1000_words)
        for document in report.documents
    ]
