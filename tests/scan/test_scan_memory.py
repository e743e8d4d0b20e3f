"""A scan of a feed ten times as long, and writing its report, take no more memory but for what is short of each document."""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from mtcheck.core import spill
from mtcheck.core.documents import Document
from mtcheck.core.reading import Input
from mtcheck.core.report import Signature
from mtcheck.reporters import Destination, reporter
from mtcheck.scan.checker import WindowChecker
from mtcheck.scan.executors import SerialExecutor
from mtcheck.scan.planning import make_plan
from mtcheck.scan.scanner import ReadAndCheck, run_scan
from mtcheck.testing import document_from_text
from tests.scan.checks_for_tests import PROVIDERS, check

SHORT, LONG = 64, 256
LETTERS = 12_000
FINDING_EVERY = 8
ALLOWED = 6_000
"""Bytes a document: its name, its scores, an eighth of a finding, a line or two of output. Its text takes twice as much."""
FORMATS = ("json", "jsonl", "terminal", "text", "sarif", "junit", "rdjsonl")


def read_feed(source: Input) -> Iterator[Document]:
    for number in range(int(source.path)):
        words = random.Random(number).choices(["port", "ship", "bridge", "tide", "crane", "harbor"], k=LETTERS // 6)
        yield document_from_text(" ".join(["fine" if number % FINDING_EVERY else "bad", *words]), path=f"feed#{number}")


def peaks(count: int, folder: Path) -> dict[str, int]:
    """Return the peak of memory during the scan, and while each format is written."""
    plan = make_plan([check("AAA001")], {}, PROVIDERS)
    found = {}
    tracemalloc.start()
    try:
        report = run_scan(
            [Input(str(count), feed=True)],
            read=read_feed,
            make_work=lambda: ReadAndCheck(read_feed, WindowChecker(plan)),
            plan=plan,
            signature=Signature("mtcheck", "0", "0", (), ("AAA001",)),
            executor=SerialExecutor(),
        )
        found["scan"] = tracemalloc.get_traced_memory()[1]
        assert count == len(report.documents) == FINDING_EVERY * len(report.findings)
        for output in FORMATS:
            tracemalloc.reset_peak()
            reporter(output).write(report, Destination.to_path(folder / output))
            found[output] = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    return found


def test_memory_does_not_grow_with_the_feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # What may stay in memory is the same for every feed, and more than the short one needs.
    monkeypatch.setattr(spill, "BYTES_IN_MEMORY", 0)
    # The first scan also loads what writes.
    _, short, long = (peaks(count, tmp_path) for count in (SHORT, SHORT, LONG))
    grown = {name: (long[name] - short[name]) // (LONG - SHORT) for name in short}
    assert {} == {name: more for name, more in grown.items() if more > ALLOWED}, "the texts are kept"
