"""Accessibility by axe-core, and what it cannot see: order of focus, names of keys, size of targets, zoom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mtcheck.reporters import Destination, reporter
from mtcheck.reporters.html import index as index_module
from tests.browser.chromium import Watched, needs_chromium, opened, page_named
from tests.reporters.sample import EXPLANATIONS, damaged_quotation, many_documents, sample_report, scan_report
from tests.reporters.test_strip import with_surprisal

pytestmark = needs_chromium

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("accessible")
    for name, report in (
        ("sample", sample_report()),
        ("quotation", scan_report([with_surprisal(damaged_quotation(), [2.0, 2.0, 9.0])])),
    ):
        reporter("html").write(report, Destination.to_path(folder / name), EXPLANATIONS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_module, "ROWS_A_SHARD", 20)
        reporter("html").write(many_documents(21), Destination.to_path(folder / "many"), EXPLANATIONS)
    return folder


def violations(watched: Watched) -> list[str]:
    """Return what axe-core finds, as rule and element."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python")
    found: dict[str, Any] = (
        axe.Axe().run(watched.page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response
    )
    return [
        f"{violation['id']}: {node['target']} {node['html'][:100]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


PAGES = ["sample/harbor", "sample/arabic", "sample/clean", "sample/index", "quotation/quotation", "many/index"]


@pytest.mark.parametrize(
    ("name", "scheme"), [*((name, "light") for name in PAGES), ("sample/harbor", "dark"), ("sample/index", "dark")]
)
def test_axe_finds_nothing(tab: Watched, folder: Path, name: str, scheme: str) -> None:
    report, _slash, start = name.partition("/")
    watched = opened(tab, page_named(folder / report, start), scheme=scheme)
    page = watched.page
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    if start != "index" and page.locator(".card").count():
        # A card in every state: selected, accepted, dismissed, and a severity switched off.
        for key in ("j", "a", "d"):
            page.keyboard.press(key)
            page.wait_for_timeout(20)
        page.locator("button[data-severity]").last.click()
    assert violations(watched) == []


def test_axe_would_find_something(tab: Watched, folder: Path) -> None:
    watched = opened(tab, page_named(folder / "sample", "clean"))
    watched.page.evaluate("document.body.append(document.createElement('button'))")
    assert any(found.startswith("button-name") for found in violations(watched))


def test_axe_finds_nothing_in_the_help_and_on_a_phone(tab: Watched, folder: Path) -> None:
    for name in ("harbor", "index"):
        watched = opened(tab, page_named(folder / "sample", name), width=320)
        if name == "harbor":
            watched.page.keyboard.press("?")
        assert violations(watched) == []


def test_axe_finds_nothing_where_the_browser_cannot_paint(tab: Watched, folder: Path) -> None:
    watched = opened(tab, page_named(folder / "sample", "harbor"), marks=True)
    watched.page.keyboard.press("j")
    assert violations(watched) == []


def test_focus_goes_from_the_head_through_the_text_to_the_findings(tab: Watched, folder: Path) -> None:
    page = opened(tab, page_named(folder / "sample", "hebrew")).page
    visited = []
    for _step in range(40):
        page.keyboard.press("Tab")
        where = page.evaluate(
            "() => { const it = document.activeElement; if (it === document.body) return null;"
            " const area = it.closest('header, main, aside, footer, section.round-trips');"
            " return [area ? area.tagName : 'BODY', it.matches(':focus-visible') && getComputedStyle(it).outlineStyle]; }"
        )
        if where is None:
            break
        visited.append(where)
    areas = [area for area, _outline in visited]
    order = [area for index, area in enumerate(areas) if index == 0 or areas[index - 1] != area]
    assert order[:5] == ["BODY", "HEADER", "MAIN", "ASIDE", "FOOTER"]
    assert {outline for _area, outline in visited} <= {"solid", "auto"}, "focus can always be seen"


def test_targets_are_large_enough(tab: Watched, folder: Path) -> None:
    page = opened(tab, page_named(folder / "sample", "harbor"), width=320).page
    page.keyboard.press("j")
    small = page.evaluate(
        "() => [...document.querySelectorAll('button, input, select')].filter(it => it.offsetParent && it.type !== 'checkbox')"
        ".map(it => [it.id || it.textContent, it.getBoundingClientRect()])"
        ".filter(([, box]) => box.height < 24 || box.width < 24).map(([name, box]) => `${name} ${box.width}x${box.height}`)"
    )
    assert small == []


def test_forced_colors_leave_severity_to_see(tab: Watched, folder: Path) -> None:
    page = opened(tab, page_named(folder / "sample", "harbor")).page
    page.emulate_media(forced_colors="active")
    styles = {
        severity: page.evaluate(
            "severity => getComputedStyle(document.querySelector('.words'), `::highlight(${severity})`).textDecorationStyle",
            severity,
        )
        for severity in ("critical", "major", "minor", "neutral")
    }
    assert styles == {"critical": "double", "major": "solid", "minor": "dashed", "neutral": "dotted"}


def test_two_hundred_percent_zoom_scrolls_in_one_direction_only(tab: Watched, folder: Path) -> None:
    for name in ("harbor", "arabic", "index"):
        page = opened(tab, page_named(folder / "sample", name), width=640).page
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, name
