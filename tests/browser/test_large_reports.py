"""Reports of a size that nobody hopes for: 10,000 findings on a page, 10,000 documents in an index."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtcheck.reporters import Destination, reporter
from mtcheck.reporters.html.folder import page_names
from mtcheck.reporters.html.rendering import render_index
from tests.browser.chromium import Watched, needs_chromium, opened, page_named, painted
from tests.reporters.sample import EXPLANATIONS, crowded_report, many_documents

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    reporter("html").write(crowded_report(10_000), Destination.to_path(folder / "page"), EXPLANATIONS)
    report = many_documents(10_000)
    (folder / "index").mkdir()
    for name, content in render_index(report, page_names(document.id for document in report.documents)):
        (folder / "index" / name).write_text(content, encoding="utf-8")
    return folder


def test_ten_thousand_findings_can_be_walked_filtered_and_decided(tab: Watched, folder: Path) -> None:
    watched = opened(tab, page_named(folder / "page", "clean"))
    page = watched.page
    assert page.locator(".card").count() == 10_000
    assert sum(len(painted(page, severity)) for severity in ("critical", "major", "minor", "neutral")) == 10_000
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.wait_for_function("() => document.getElementById('progress').textContent === '9999 of 10000 to decide'")
    page.locator("#filter").fill("9,999th")
    page.locator("#filter").fill("9999th")
    assert page.locator("#shown").inner_text() == "1 of 10000 shown"
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.locator(".card.current").get_attribute("data-number") == "10000"
    page.wait_for_function(
        "() => { const box = document.getElementById('at-10000').getBoundingClientRect(); return box.top > 0 && box.top < innerHeight; }"
    )
    assert watched.complaints == []


def test_ten_thousand_documents_are_sorted_and_searched_from_the_first_part(tab: Watched, folder: Path) -> None:
    watched = opened(tab, folder / "index" / "index.html")
    page = watched.page
    assert page.locator("tbody tr[data-order]").count() == 200
    assert page.locator(".shards:visible").count() == 0, "with a script one table reaches them all"
    page.locator("#filter").fill("number 9987")
    assert page.locator("#shown").inner_text() == "1 of 10,000 shown"
    row = page.locator("tbody tr[data-order]")
    assert row.locator("a").inner_text() == "Lighthouse number 9987"
    assert row.locator("a").get_attribute("href") == page_names(["pages/09987.html"])[0]
    page.locator("#filter").fill("")
    page.get_by_role("button", name="Document", exact=True).click()
    assert row.first.locator("a").inner_text() == "Lighthouse number 0"
    page.get_by_role("button", name="Document", exact=True).click()
    assert row.first.locator("a").inner_text() == "Lighthouse number 9999"
    assert "sort=document" in page.url
    page.locator("#more").click()
    assert row.count() == 400
    assert page.evaluate("document.activeElement.textContent") == "Lighthouse number 9799"
    again = opened(tab, folder / "index" / "index.html", fragment="filter=number+12&sort=words&order=descending").page
    assert again.locator("#filter").input_value() == "number 12"
    assert again.locator("th[aria-sort='descending']").inner_text().startswith("Words")
    assert watched.complaints == []


def test_other_parts_stand_for_themselves(tab: Watched, folder: Path) -> None:
    page = opened(tab, folder / "index" / "index-50.html").page
    assert page.locator("tbody tr[data-order]").count() == 200
    assert page.locator(".shards:visible").first.inner_text().startswith("9,801 to 10,000 of 10,000")
    page.locator("a[rel='prev']").first.click()
    assert page.locator(".shards:visible").first.inner_text().startswith("9,601 to 9,800 of 10,000")
