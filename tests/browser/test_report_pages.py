"""The HTML report in a real browser: nothing runs, nothing is requested, and an editor can walk through it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mtcheck.reporters import Destination, reporter
from tests.reporters.sample import EXPLANATIONS, busy_report, hostile_report, sample_report

if TYPE_CHECKING:
    from playwright.sync_api import Page as BrowserPage

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium on the path")

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass
class Watched:
    """A page and whatever it said or asked for."""

    page: BrowserPage
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def tab() -> Iterator[Watched]:
    """One tab for all tests: starting another takes longer than most tests."""
    pytest.importorskip("playwright", reason="needs playwright")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        watched = Watched(page)
        page.on("console", lambda message: watched.complaints.append(message.text))
        page.on("pageerror", lambda error: watched.complaints.append(str(error)))
        page.on("request", lambda request: watched.requests.append(request.url))
        yield watched
        browser.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three reports, each in a folder of its own."""
    folder = tmp_path_factory.mktemp("reports")
    for name, report in (("sample", sample_report()), ("hostile", hostile_report()), ("busy", busy_report(50))):
        reporter("html").write(report, Destination.to_path(folder / name), EXPLANATIONS)
    return folder


def opened(tab: Watched, path: Path, width: int = 1280, scheme: str = "light") -> Watched:
    """Load a page afresh, with nothing remembered of the one before."""
    tab.page.goto("about:blank")
    tab.page.set_viewport_size({"width": width, "height": 800})
    tab.page.emulate_media(media="screen", color_scheme="dark" if scheme == "dark" else "light")
    tab.complaints.clear()
    tab.requests.clear()
    tab.page.goto(path.as_uri())
    return tab


def page_named(folder: Path, start: str) -> Path:
    return next(folder.glob(f"{start}*.html"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_load_without_a_complaint_or_a_request(tab: Watched, folder: Path, scheme: str) -> None:
    for path in sorted((folder / "sample").glob("*.html")):
        watched = opened(tab, path, scheme=scheme)
        assert watched.complaints == []
        assert watched.requests == [path.as_uri()]
        assert watched.page.locator('meta[http-equiv="Content-Security-Policy"]').count() == 1


def test_styles_and_script_pass_the_policy(tab: Watched, folder: Path) -> None:
    watched = opened(tab, page_named(folder / "sample", "harbor"))
    family = watched.page.locator("main .words").first.evaluate("element => getComputedStyle(element).whiteSpace")
    assert family in {"pre-wrap", "preserve wrap", "break-spaces"}
    watched.page.keyboard.press("j")
    assert watched.page.locator(".card.current").count() == 1


def test_hostile_text_executes_nothing(tab: Watched, folder: Path) -> None:
    for path in sorted((folder / "hostile").glob("*.html")):
        watched = opened(tab, path)
        assert watched.page.evaluate("window.pwned === undefined")
        assert watched.page.locator("script").count() == 1
        assert watched.page.locator("img").count() == 0
        assert watched.complaints == []
        assert watched.requests == [path.as_uri()]


def test_policy_stops_what_is_put_in_later(tab: Watched, folder: Path) -> None:
    watched = opened(tab, page_named(folder / "sample", "harbor"))
    watched.page.evaluate(
        "() => { const script = document.createElement('script'); script.textContent = 'window.pwned = 1';"
        " document.body.append(script); const image = new Image(); image.src = 'https://example.invalid/x.png'; }"
    )
    watched.page.wait_for_timeout(200)
    assert watched.page.evaluate("window.pwned === undefined")
    assert len([text for text in watched.complaints if "Content Security Policy" in text]) == 2
    assert not [url for url in watched.requests if url.startswith("https://") and "example.invalid" not in url]


@pytest.mark.parametrize("start", ["harbor", "arabic", "hebrew", "chinese", "mixed", "clean"])
def test_marks_are_as_many_as_findings(tab: Watched, folder: Path, start: str) -> None:
    report = sample_report()
    document = next(document for document in report.documents if start in document.path)
    watched = opened(tab, page_named(folder / "sample", start))
    marked = watched.page.evaluate(
        "() => [...new Set([...document.querySelectorAll('mark[data-findings]')]"
        ".flatMap(mark => mark.dataset.findings.split(' ')))].length"
    )
    assert marked == watched.page.locator(".card").count() == document.scores.findings


def test_keys_walk_through_the_findings(tab: Watched, folder: Path) -> None:
    watched = opened(tab, page_named(folder / "sample", "harbor"))
    page, current = watched.page, watched.page.locator(".card.current")
    for expected in ("1", "2", "3"):
        page.keyboard.press("j")
        assert current.get_attribute("data-number") == expected
        assert page.locator("mark.current").first.get_attribute("data-findings") == expected
    page.keyboard.press("k")
    assert current.get_attribute("data-number") == "2"
    assert page.evaluate("location.hash") == "#" + str(current.get_attribute("id"))
    assert page.locator(".current-related").inner_text() == "Sergei"
    page.keyboard.press("Escape")
    assert current.count() == 0
    assert watched.complaints == []


def test_marks_and_cards_lead_to_each_other(tab: Watched, folder: Path) -> None:
    watched = opened(tab, page_named(folder / "sample", "harbor"))
    page, current = watched.page, watched.page.locator(".card.current")
    mark = page.locator("mark", has_text="in in")
    mark.click()
    assert current.get_attribute("data-number") == "10", "the innermost finding comes first"
    mark.click()
    assert current.get_attribute("data-number") == "9", "a second click goes on to the one around it"
    page.locator(".card .card-number", has_text="8").click()
    assert current.get_attribute("data-number") == "8"
    assert page.locator("mark.current").inner_text() == "<unk>"
    page.locator(".flag[data-number='5']").click()
    assert current.get_attribute("data-number") == "5"
    page.goto(page.url.split("#")[0] + "#" + str(page.locator(".card").nth(6).get_attribute("id")))
    assert current.get_attribute("data-number") == "7", "a permanent link opens its finding"
    page.locator(".card.current a.check").click()
    page.wait_for_function("() => document.querySelector('#about-REP001').closest('details').open")
    assert watched.complaints == []


def test_severities_can_be_hidden(tab: Watched, folder: Path) -> None:
    watched = opened(tab, page_named(folder / "sample", "harbor"))
    page = watched.page
    page.locator("button[data-severity='minor']").click()
    assert page.locator(".card:visible").count() == 5
    assert (
        page.locator("mark", has_text="Sergey").evaluate("element => getComputedStyle(element).textDecorationLine")
        == "none"
    )
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator(".card.current").get_attribute("data-number") == "3"


def test_index_sorts_and_filters(tab: Watched, folder: Path) -> None:
    watched = opened(tab, folder / "sample" / "index.html")
    page = watched.page
    titles = page.locator("tbody tr:visible td.document a")
    assert titles.first.inner_text().startswith("Orlan")
    page.get_by_role("button", name="Words", exact=True).click()
    words = [int(text) for text in page.locator("td[data-label='words']").all_inner_texts()]
    assert words == sorted(words, reverse=True)
    page.get_by_role("button", name="Words", exact=True).click()
    assert [int(text) for text in page.locator("td[data-label='words']").all_inner_texts()] == sorted(words)
    page.locator("#filter").fill("RUSSIAN")
    assert titles.count() == 2
    page.locator("#filter").fill("")
    page.locator("#least").select_option("1")
    assert titles.count() == 5
    assert watched.complaints == []


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_sticks_out_sideways(tab: Watched, folder: Path, width: int) -> None:
    for path in sorted(folder.glob("*/*.html")):
        watched = opened(tab, path, width=width)
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= width, path.name
        watched.page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= width, f"{path.name}, unfolded"


def test_round_trips_open_and_lead_to_the_text_and_back(tab: Watched, folder: Path) -> None:
    watched = opened(tab, page_named(folder / "sample", "harbor"))
    page, fold = watched.page, watched.page.locator("#round-trips")
    assert fold.get_attribute("open") is None
    assert page.locator(".to-trip:visible").count() == 0, "the text stays plain until the rows are seen"
    page.locator(".verdict a[href='#round-trips']").click()
    page.wait_for_function("() => document.querySelector('#round-trips').open")
    assert page.locator(".to-trip:visible").count() == 4
    page.locator("#trip-2 .trip-number a").click()
    page.wait_for_function("() => document.querySelector('.current-sentence')")
    marked = "".join(page.locator(".current-sentence").all_inner_texts())
    assert marked == "He pointed out that there are no differences that could not be settled between the two harbors."
    assert page.locator(".current-sentence").first.evaluate(
        "element => { const box = element.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }"
    )
    page.locator(".to-trip[href='#trip-4']").click()
    assert page.evaluate("location.hash") == "#trip-4"
    assert page.locator("tr:target").get_attribute("id") == "trip-4"
    page.keyboard.press("Escape")
    assert page.locator(".current-sentence").count() == 0
    assert watched.complaints == []


def test_a_link_to_a_row_opens_the_fold(tab: Watched, folder: Path) -> None:
    path = page_named(folder / "sample", "harbor")
    watched = opened(tab, path)
    watched.page.goto(f"{path.as_uri()}#trip-3")
    watched.page.wait_for_function("() => document.querySelector('#round-trips').open")
    assert watched.page.locator("#trip-3 .why").inner_text() == "Not used: the translator fell into a loop."


@pytest.mark.parametrize(("width", "rows"), [(320, False), (1280, True)])
def test_the_three_texts_stand_side_by_side_where_there_is_room(
    tab: Watched, folder: Path, width: int, rows: bool
) -> None:
    for start in ("harbor", "arabic"):
        watched = opened(tab, page_named(folder / "sample", start), width=width)
        watched.page.evaluate("document.querySelector('#round-trips').open = true")
        tops = watched.page.locator("#trip-1 .trip-text").evaluate_all(
            "texts => texts.map(text => Math.round(text.getBoundingClientRect().top))"
        )
        assert len(tops) == 3
        assert (len(set(tops)) == 1) is rows
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= width
        assert watched.page.locator("#trip-1 .trip-side").first.is_visible() is not rows


def test_copied_text_is_the_text_of_the_page_alone(tab: Watched, folder: Path) -> None:
    report = sample_report()
    watched = opened(tab, page_named(folder / "sample", "harbor"))
    watched.page.evaluate("document.querySelector('#round-trips').open = true")
    copied = watched.page.evaluate(
        "() => { getSelection().selectAllChildren(document.querySelector('main')); return getSelection().toString(); }"
    )
    text = report.documents[0].text
    assert copied.split() == text.split()


def test_print_shows_everything(tab: Watched, folder: Path) -> None:
    watched = opened(tab, page_named(folder / "busy", "busy"))
    page = watched.page
    assert page.locator("details:not([open])").count() > 1
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.emulate_media(media="print")
    assert page.locator("aside.findings").evaluate("element => getComputedStyle(element).maxHeight") == "none"
