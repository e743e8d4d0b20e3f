"""One browser for all tests of this folder: starting another takes longer than most of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.chromium import CHROMIUM, QUIET, WITHOUT_HIGHLIGHTS, Watched


@pytest.fixture(scope="session")
def tab() -> Iterator[Watched]:
    pytest.importorskip("playwright", reason="needs playwright")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        painting, marks = browser.new_page(), browser.new_page()
        marks.add_init_script(WITHOUT_HIGHLIGHTS)
        watched = Watched(painting, browser, marks=marks, painting=painting)
        watched.watch(painting)
        watched.watch(marks)
        yield watched
        browser.close()
