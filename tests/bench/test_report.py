"""Benchmark: how long an editor waits for the first finding, and for an index of 10,000 documents.

    python -m pytest tests/bench/test_report.py --benchmark-enable

``first finding`` is the time from opening a page of 3,000 words with 100 findings, from disk, until its findings are painted
and two frames have been drawn (aim: 0.2 s); ``index`` the same for the first part of an index (aim: 1 s). The table times the
driver's own messages too; the browser's own clock, until the scripts have run, stands in ``extra_info`` (``--benchmark-json``).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from mtcheck.reporters import Destination, reporter
from mtcheck.reporters.html.folder import page_names
from mtcheck.reporters.html.rendering import render_index
from tests.browser.chromium import needs_chromium
from tests.reporters.sample import EXPLANATIONS, crowded_report, many_documents

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = needs_chromium

DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"


def measure(benchmark: BenchmarkFixture, chromium: Browser, path: Path, ready: str) -> None:
    """Open a page again and again, until ``ready`` holds and a frame is drawn; the browser's own clock is shown beside."""
    page = chromium.new_page()
    clock = []

    def show() -> None:
        page.goto(path.as_uri(), wait_until="domcontentloaded")
        assert page.evaluate(ready)
        page.evaluate(DRAWN)
        clock.append(page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"))

    benchmark.pedantic(show, rounds=7, warmup_rounds=1)  # type: ignore[no-untyped-call]
    benchmark.extra_info["milliseconds until the scripts have run"] = sorted(clock)
    page.close()


def test_first_finding(benchmark: BenchmarkFixture, chromium: Browser, tmp_path: Path) -> None:
    report = crowded_report(100, words_between=28)
    assert report.documents[0].scores.words == 3000
    reporter("html").write(report, Destination.to_path(tmp_path), EXPLANATIONS)
    path = next(path for path in tmp_path.glob("*.html") if path.name != "index.html")
    painted = "['critical', 'major', 'minor', 'neutral'].every((name) => CSS.highlights.get(name).size)"
    measure(benchmark, chromium, path, painted)


@pytest.mark.parametrize("documents", [200, 10_000])
def test_index(benchmark: BenchmarkFixture, chromium: Browser, tmp_path: Path, documents: int) -> None:
    report = many_documents(documents)
    for name, content in render_index(report, page_names(document.id for document in report.documents)):
        if name == "index.html":
            (tmp_path / name).write_text(content, encoding="utf-8")
    measure(benchmark, chromium, tmp_path / "index.html", "!document.getElementById('controls').hidden")
