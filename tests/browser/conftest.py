"""One tab for all tests of this folder, and one more in a browser that cannot paint ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import WITHOUT_HIGHLIGHTS, Watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def tab(chromium: Browser) -> Watched:
    painting, marks = chromium.new_page(), chromium.new_page()
    marks.add_init_script(WITHOUT_HIGHLIGHTS)
    watched = Watched(painting, chromium, marks=marks, painting=painting)
    watched.watch(painting)
    watched.watch(marks)
    return watched
