"""The HTML report in a real browser: nothing runs, nothing is requested, and an editor can walk through it."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest

from mtcheck.reporters import Destination, reporter
from tests.browser.chromium import Watched, needs_chromium, opened, page_named, painted
from tests.reporters.sample import EXPLANATIONS, busy_report, hostile_report, sample_report

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three reports, each in a folder of its own."""
    folder = tmp_path_factory.mktemp("reports")
    for name, report in (("sample", sample_report()), ("hostile", hostile_report()), ("busy", busy_report(50))):
        reporter("html").write(report, Destination.to_path(folder / name), EXPLANATIONS)
    return folder


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
        assert watched.page.locator("script:not([type='application/json'])").count() == 1
        assert watched.page.locator("#report-data").count() == 1
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


@pytest.mark.parametrize("marks", [False, True], ids=["painted", "marks"])
@pytest.mark.parametrize("start", ["harbor", "arabic", "hebrew", "chinese", "mixed", "clean"])
def test_what_is_marked_is_what_was_found(tab: Watched, folder: Path, start: str, marks: bool) -> None:
    report = sample_report()
    document = next(document for document in report.documents if start in document.path)
    found = {finding.span for finding in report.findings if finding.document == document.id}
    covered = "".join(
        character
        for index, character in enumerate(document.text)
        if any(span.start <= index < span.end for span in found) and not character.isspace()
    )
    watched = opened(tab, page_named(folder / "sample", start), marks=marks)
    layers = [f"{wide}{severity}" for wide in ("", "wide-") for severity in ("critical", "major", "minor", "neutral")]
    shown = "".join("".join(painted(watched.page, layer)) for layer in layers)
    assert sorted("".join(shown.split())) == sorted(covered)
    assert watched.page.locator("mark[data-findings]").count() == 0 or marks
    assert watched.page.locator(".card").count() == document.scores.findings


def test_painted_text_stands_in_one_piece(tab: Watched, folder: Path) -> None:
    watched = opened(tab, page_named(folder / "sample", "arabic"))
    kinds = watched.page.evaluate(
        "() => [...new Set([...document.querySelectorAll('.words *')].map(element => element.className))]"
    )
    assert set(kinds) <= {"anchor", "flag minor", "flag major", "to-trip", "control"}
    assert watched.complaints == []


@pytest.mark.parametrize("marks", [False, True], ids=["painted", "marks"])
def test_keys_walk_through_the_findings(tab: Watched, folder: Path, marks: bool) -> None:
    watched = opened(tab, page_named(folder / "sample", "harbor"), marks=marks)
    page, current = watched.page, watched.page.locator(".card.current")
    for number, words in (("1", "a critical and dangerous point"), ("2", "Sergey"), ("3", "a point of improvement")):
        page.keyboard.press("j")
        assert current.get_attribute("data-number") == number
        assert "".join(painted(page, "current")) == words
    page.keyboard.press("k")
    assert current.get_attribute("data-number") == "2"
    assert page.evaluate("location.hash") == "#" + str(current.get_attribute("id"))
    assert painted(page, "related") == ["Sergei"]
    page.keyboard.press("Escape")
    assert current.count() == 0
    assert painted(page, "current") == painted(page, "related") == []
    assert watched.complaints == []


@pytest.mark.parametrize("marks", [False, True], ids=["painted", "marks"])
def test_words_and_cards_lead_to_each_other(tab: Watched, folder: Path, marks: bool) -> None:
    watched = opened(tab, page_named(folder / "sample", "harbor"), marks=marks)
    page, current = watched.page, watched.page.locator(".card.current")
    page.locator("#at-10").scroll_into_view_if_needed()
    flag = page.locator("#at-10").bounding_box()
    assert flag is not None
    # The words begin right behind their flag.
    here = (flag["x"] + flag["width"] + 8, flag["y"] + flag["height"] / 2 + 3)
    page.mouse.click(*here)
    assert current.get_attribute("data-number") == "10", "the innermost finding comes first"
    flag = page.locator("#at-10").bounding_box()
    assert flag is not None
    page.mouse.click(flag["x"] + flag["width"] + 8, flag["y"] + flag["height"] / 2 + 3)
    assert current.get_attribute("data-number") == "9", "a second click goes on to the one around it"
    page.locator(".card .card-number", has_text="8").click()
    assert current.get_attribute("data-number") == "8"
    assert painted(page, "current") == ["<unk>"]
    page.locator(".flag[data-number='5']").click()
    assert current.get_attribute("data-number") == "5"
    page.goto(page.url.split("#")[0] + "#" + str(page.locator(".card").nth(6).get_attribute("id")))
    assert current.get_attribute("data-number") == "7", "a permanent link opens its finding"
    page.locator(".card.current a.check").click()
    page.wait_for_function("() => document.querySelector('#about-REP001').closest('details').open")
    assert watched.complaints == []


@pytest.mark.parametrize("marks", [False, True], ids=["painted", "marks"])
def test_severities_can_be_hidden(tab: Watched, folder: Path, marks: bool) -> None:
    watched = opened(tab, page_named(folder / "sample", "harbor"), marks=marks)
    page = watched.page
    page.locator("button[data-severity='minor']").click()
    assert page.locator(".card:visible").count() == 5
    assert painted(page, "minor") == []
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator(".card.current").get_attribute("data-number") == "3"


def test_filters_live_in_the_address_and_counts_follow_them(tab: Watched, folder: Path) -> None:
    path = page_named(folder / "sample", "harbor")
    page = opened(tab, path).page
    page.keyboard.press("f")
    page.keyboard.type("stands twice")
    assert page.locator("#shown").inner_text() == "2 of 11 shown"
    assert page.locator("button[data-severity='minor'] .count").inner_text() == "2"
    assert page.locator("button[data-severity='major'] .count").inner_text() == "0"
    assert page.locator("#check option[value='REP001']").inner_text() == "REP001 repeated-word (2)"
    assert page.locator("#check option[value='CON001']").inner_text() == "CON001 restatement-contradicts (0)"
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    address = page.url
    assert "filter=stands+twice" in address
    assert "#finding-" in address
    again = opened(tab, path, fragment=address.partition("#")[2]).page
    assert again.locator(".card:visible").count() == 2
    assert again.locator("#filter").input_value() == "stands twice"
    assert again.locator(".card.current").get_attribute("data-number") == "7"
    again.locator(".card.current a.check").click()
    again.wait_for_function("() => location.hash.includes('filter=')")
    assert again.locator(".card:visible").count() == 2, "a link within the page keeps the filters"
    again.locator("#clear").click()
    assert again.locator(".card:visible").count() == 11
    assert "filter" not in again.url
    assert tab.complaints == []


def test_a_link_to_a_finding_that_the_filters_hide_brings_it_in_sight(tab: Watched, folder: Path) -> None:
    path = page_named(folder / "sample", "harbor")
    target = opened(tab, path).page.locator(".card").nth(1).get_attribute("id")
    page = opened(tab, path, fragment=f"{target}&severity=critical&check=NONSENSE").page
    assert page.locator(".card.current").is_visible()
    assert page.locator(".card.current").get_attribute("data-number") == "2"


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
    page.wait_for_function("() => CSS.highlights.get('sentence')?.size")
    marked = "".join(painted(page, "sentence"))
    assert marked == "He pointed out that there are no differences that could not be settled between the two harbors."
    assert page.locator("#sentence-2").evaluate(
        "element => { const box = element.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }"
    )
    page.locator(".to-trip[href='#trip-4']").click()
    assert page.evaluate("location.hash") == "#trip-4"
    assert page.locator("tr:target").get_attribute("id") == "trip-4"
    page.keyboard.press("Escape")
    assert painted(page, "sentence") == []
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
    page.locator("button[data-severity='minor']").click()
    hidden = page.locator(".card.filtered").count()
    assert hidden > 5
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.emulate_media(media="print")
    assert page.locator("aside.findings").evaluate("element => getComputedStyle(element).maxHeight") == "none"
    assert page.locator(".card:visible").count() == 50, "a filter of the screen hides nothing on paper"


def test_pages_print_to_pdf_with_their_marks(tab: Watched, folder: Path) -> None:
    page = opened(tab, page_named(folder / "sample", "harbor")).page
    printed = page.pdf(format="A4")
    assert printed.startswith(b"%PDF-")
    drawn = b"".join(
        zlib.decompress(stream)
        for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", printed, re.DOTALL)
        if stream[:1] == b"\x78"
    )
    tints = {
        tuple(round(float(part), 2) for part in found) for found in re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) rg", drawn)
    }
    # --critical-wash: the words are tinted on paper too.
    assert tuple(round(part / 255, 2) for part in (0xFB, 0xE3, 0xEA)) in tints
