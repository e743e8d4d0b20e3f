"""Benchmark: a second scan with ``--reuse`` of 150 HTML pages that have not changed, against the first.

    python -m pytest tests/bench/test_reuse.py --benchmark-enable

Each scan is a process of its own, start-up included; processor time is compared, so that other work on the machine does not
count. The aim is a tenth. Without ``--benchmark-enable`` a few pages are scanned and only the outputs are compared.
"""

from __future__ import annotations

import html
import os
import subprocess
import sys
from pathlib import Path

from pytest_benchmark.fixture import BenchmarkFixture

from tests.bench.test_scan import page_of_600_words

PAGES, FEW_PAGES = 150, 3
LARGEST_SHARE = 0.1

PROGRAM = """
import os, sys
sys.argv = ["mtcheck", "scan", "pages", "--reuse", "--no-translate", "--output", "jsonl", "--fail-on", "never"]
from mtcheck.cli.main import run
try:
    run()
finally:
    times = os.times()
    sys.stderr.write(f"{times.user + times.system}")
"""


def write_pages(folder: Path, count: int) -> None:
    folder.mkdir()
    for seed in range(count):
        title, *paragraphs = map(html.escape, page_of_600_words(seed).split("\n\n"))
        body = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)
        page = f"<!doctype html><html lang=en><title>{title}</title><main><h1>{title}</h1>{body}</main></html>"
        (folder / f"{seed:03}.html").write_text(page, encoding="utf-8")


def scan(folder: Path) -> tuple[str, float]:
    """Return the output of a scan and the seconds of processor time that it took."""
    environment = os.environ | {"MTCHECK_CACHE": str(folder / "cache")}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout, float(done.stderr)


def test_second_scan(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    write_pages(tmp_path / "pages", PAGES if benchmark.enabled else FEW_PAGES)
    first, cold = scan(tmp_path)
    seconds = []

    def again() -> str:
        output, warm = scan(tmp_path)
        seconds.append(warm)
        return output

    assert first == benchmark(again)
    if benchmark.enabled:
        share = sorted(seconds)[len(seconds) // 2] / cold
        benchmark.extra_info["share of the first scan"] = share
        assert share < LARGEST_SHARE
