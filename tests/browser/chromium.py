"""A real browser for tests: what a page says and asks for is watched."""

from __future__ import annotations

import importlib.util
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as BrowserPage

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None or importlib.util.find_spec("playwright") is None,
    reason="needs playwright, and Chromium on the path",
)

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

WITHOUT_HIGHLIGHTS = "delete globalThis.Highlight; Object.defineProperty(CSS, 'highlights', { value: undefined });"


@dataclass
class Watched:
    """A page and whatever it said or asked for; ``marks`` is one more, in a browser that cannot paint ranges."""

    page: BrowserPage
    browser: Browser
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    marks: BrowserPage | None = None
    painting: BrowserPage | None = None

    def watch(self, page: BrowserPage) -> BrowserPage:
        """Note what a page says and asks for."""
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))
        return page


def opened(
    tab: Watched, path: Path, width: int = 1280, scheme: str = "light", *, marks: bool = False, fragment: str = ""
) -> Watched:
    """Load a page afresh, with nothing remembered of the one before."""
    assert tab.marks is not None
    assert tab.painting is not None
    tab.page = tab.marks if marks else tab.painting
    # Only an address of the same origin may forget what pages there remembered.
    if tab.page.url.startswith("file:"):
        tab.page.evaluate("localStorage.clear()")
    tab.page.goto("about:blank")
    tab.page.set_viewport_size({"width": width, "height": 800})
    tab.page.emulate_media(media="screen", color_scheme="dark" if scheme == "dark" else "light", forced_colors="none")
    tab.complaints.clear()
    tab.requests.clear()
    tab.page.goto(path.as_uri() + ("#" + fragment if fragment else ""))
    return tab


def page_named(folder: Path, start: str) -> Path:
    """Return the file of the page whose name starts so."""
    return next(folder.glob(f"{start}*.html"))


def painted(page: BrowserPage, layer: str) -> list[str]:
    """Return the texts that stand painted, or marked where the browser cannot paint."""
    texts: list[str] = page.evaluate(
        """layer => {
          if (!CSS.highlights) {
            const wide = layer.startsWith("wide-");
            const severity = layer.replace("wide-", "");
            const selectors = { current: ".words .current", related: ".current-related", sentence: ".current-sentence" };
            const selector = selectors[layer] || `mark.${severity}:not(.off)${wide ? ".wide" : ":not(.wide)"}[data-findings]`;
            return [...document.querySelectorAll(selector)].map((element) => element.textContent);
          }
          return [...(CSS.highlights.get(layer) || [])].map((painted) => {
            const range = document.createRange();
            range.setStart(painted.startContainer, painted.startOffset);
            range.setEnd(painted.endContainer, painted.endOffset);
            return range.toString();
          });
        }""",
        layer,
    )
    return texts
