"""Review in a real browser: by keyboard alone, kept where it should be, taken back, carried to the same text elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mtcheck.core.decisions import Verdict, in_force, parse_decisions
from mtcheck.core.report import ScanReport
from mtcheck.reporters import Destination, reporter
from mtcheck.reporters.html.serving import DecisionFile, ReviewServer
from tests.browser.chromium import Watched, needs_chromium, opened, page_named
from tests.reporters.sample import (
    EXPLANATIONS,
    Page,
    crowded_report,
    damaged_quotation,
    english_page,
    hostile_report,
    sample_report,
    scan_report,
)

pytestmark = needs_chromium


def twenty_findings() -> ScanReport:
    """A page with 20 findings, no two of the same text."""
    report = crowded_report(20)
    return replace(
        report,
        findings=tuple(replace(finding, text=f"the the {number}") for number, finding in enumerate(report.findings)),
    )


def two_pages_alike() -> ScanReport:
    """Two pages with the same damage, under other names."""
    one = english_page()
    document = replace(one.document, id="pages/again.txt", path="pages/again.txt")
    findings = tuple(
        replace(finding, document=document.id, fingerprint=f"again{number}", related=())
        for number, finding in enumerate(one.findings)
    )
    return scan_report([one, Page(document, findings)])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reviews")
    for name, report in (
        ("twenty", twenty_findings()),
        ("alike", two_pages_alike()),
        ("quotation", scan_report([damaged_quotation()])),
        ("hostile", hostile_report()),
    ):
        reporter("html").write(report, Destination.to_path(folder / name), EXPLANATIONS)
    return folder


def downloaded(tab: Watched, path: Path) -> str:
    """Open the help by its key and download the decisions."""
    tab.page.keyboard.press("?")
    with tab.page.expect_download() as waiting:
        tab.page.locator("#download").click()
    assert waiting.value.suggested_filename == "decisions.jsonl"
    waiting.value.save_as(path)
    tab.page.keyboard.press("Escape")
    tab.page.locator("#help").wait_for(state="hidden")
    return path.read_text(encoding="utf-8")


def test_twenty_findings_are_reviewed_by_keyboard_alone(tab: Watched, folder: Path, tmp_path: Path) -> None:
    watched = opened(tab, page_named(folder / "twenty", "clean"))
    page = watched.page
    page.keyboard.press("?")
    page.keyboard.type("Ana Belmar")
    page.keyboard.press("Escape")
    page.locator("#help").wait_for(state="hidden")
    page.keyboard.press("j")
    for number in range(20):
        assert page.locator(".card.current").get_attribute("data-number") == str(number + 1)
        if number == 3:
            page.keyboard.press("r")
            page.keyboard.type("a quoted title")
            page.keyboard.press("Enter")
        page.keyboard.press("d" if number % 2 else "a")
        page.wait_for_function(
            "left => document.getElementById('progress').textContent === left",
            arg=f"{19 - number} of 20 to decide" if number < 19 else "All decided.",
        )
    assert watched.complaints == []
    log = parse_decisions(downloaded(tab, tmp_path / "decisions.jsonl"))
    assert log.unreadable == ()
    held = in_force(log.decisions, twenty_findings().findings)
    assert [held[finding.fingerprint].decision for finding in twenty_findings().findings] == [
        Verdict.ACCEPTED, Verdict.DISMISSED,
    ] * 10  # fmt: skip
    assert {decision.reviewer for decision in log.decisions} == {"Ana Belmar"}
    assert sorted({decision.reason for decision in log.decisions}) == ["", "a quoted title"]
    page.reload()
    page.wait_for_function("() => document.getElementById('progress').textContent === 'All decided.'")
    page.keyboard.press("j")
    page.keyboard.press("u")
    page.wait_for_function("() => document.getElementById('progress').textContent === '1 of 20 to decide'")
    page.locator("#state").select_option("open")
    assert page.locator(".card:visible").count() == 1
    assert "state=open" in page.url


def test_undo_takes_back_one_step_after_another(tab: Watched, folder: Path) -> None:
    page = opened(tab, page_named(folder / "twenty", "clean")).page
    first = page.locator(".card").first
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.wait_for_function("() => document.querySelector('.card.current').dataset.number === '2'")
    page.keyboard.press("k")
    page.keyboard.press("d")
    page.wait_for_function("() => document.querySelector('.is-dismissed')")
    page.keyboard.press("u")
    page.wait_for_function("() => document.querySelector('.is-accepted')")
    page.keyboard.press("u")
    page.wait_for_function("() => !document.querySelector('.is-accepted')")
    assert first.locator(".decided").inner_text() == ""
    assert first.evaluate("element => element === document.activeElement")


def test_a_dismissal_reaches_the_same_text_on_other_pages_and_can_be_refused_there(
    tab: Watched, folder: Path, tmp_path: Path
) -> None:
    page = opened(tab, page_named(folder / "alike", "harbor")).page
    page.keyboard.press("j")
    page.keyboard.press("d")
    page.wait_for_function("() => document.querySelector('.is-dismissed')")
    page.goto(page_named(folder / "alike", "again").as_uri())
    page.wait_for_function("() => document.querySelector('.is-dismissed')")
    card = page.locator(".card").first
    assert card.locator(".decided").inner_text() == "Dismissed with the same text in pages/harbor-treaty.txt"
    assert page.locator(".is-dismissed").count() == 1
    card.get_by_role("button", name="Undo the decision on finding 1").click()
    page.wait_for_function("() => !document.querySelector('.is-dismissed')")
    page.goto((folder / "alike" / "index.html").as_uri())
    assert page.locator("#decided").inner_text() == "1 decision in this browser."
    assert page.locator("tr", has_text="harbor-treaty").locator(".row-decisions").inner_text().strip() == "· 1 decided"
    page.goto(page_named(folder / "alike", "again").as_uri())
    held = in_force(
        parse_decisions(downloaded(tab, tmp_path / "decisions.jsonl")).decisions, two_pages_alike().findings
    )
    assert list(held) == [english_page().findings[0].fingerprint]
    assert tab.complaints == []


def test_one_damaged_quotation_is_cleared_at_once(tab: Watched, folder: Path, tmp_path: Path) -> None:
    page = opened(tab, page_named(folder / "quotation", "quotation")).page
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.wait_for_function("() => document.querySelector('.is-accepted')")
    log = parse_decisions(downloaded(tab, tmp_path / "decisions.jsonl"))
    assert sorted(decision.code for decision in log.decisions) == ["QUO001", "QUO003", "QUO006"]
    part = page.locator(".part").last.get_attribute("id")
    page.goto(page.url.split("#")[0] + f"#{part}")
    page.wait_for_function("() => document.querySelector('.card.current')")
    assert page.evaluate("location.hash") == f"#{part}", "a part of a card has a link of its own"


def test_keys_can_be_switched_off_and_stay_off(tab: Watched, folder: Path) -> None:
    page = opened(tab, page_named(folder / "twenty", "clean")).page
    page.locator("#help-button").click()
    page.locator("#shortcuts").uncheck()
    page.locator("#help-close").click()
    for _load in range(2):
        page.keyboard.press("j")
        page.keyboard.press("?")
        assert page.locator(".card.current").count() == 0
        assert not page.locator("#help").is_visible()
        page.reload()


def test_keys_are_letters_in_a_field_and_left_to_the_browser_with_a_modifier(tab: Watched, folder: Path) -> None:
    page = opened(tab, page_named(folder / "twenty", "clean")).page
    page.keyboard.press("f")
    page.keyboard.type("jad?")
    assert page.locator("#filter").input_value() == "jad?"
    assert page.locator("#none-shown").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+j")
    assert page.locator(".card.current").count() == 0
    # Й stands where q stands; О where j stands: a reviewer need not change the keyboard.
    page.locator("#clear").click()
    page.keyboard.press("Escape")
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'о', code: 'KeyJ', bubbles: true}))")
    assert page.locator(".card.current").get_attribute("data-number") == "1"


def test_decisions_about_hostile_pages_stay_text(tab: Watched, folder: Path, tmp_path: Path) -> None:
    for path in sorted((folder / "hostile").glob("[!i]*.html")):
        watched = opened(tab, path)
        page = watched.page
        page.keyboard.press("j")
        page.keyboard.press("r")
        page.keyboard.type("<img src=x onerror=window.pwned=1>")
        page.keyboard.press("Enter")
        page.keyboard.press("d")
        page.wait_for_function("() => document.querySelector('.is-dismissed')")
        assert page.locator(".decided").inner_text() == "Dismissed: <img src=x onerror=window.pwned=1>"
        log = parse_decisions(downloaded(tab, tmp_path / "decisions.jsonl"))
        assert [decision.code for decision in log.decisions] == [hostile_report().findings[0].code]
        page.goto((folder / "hostile" / "index.html").as_uri())
        assert page.evaluate("window.pwned === undefined")
        assert watched.complaints == []


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ReviewServer]:
    made = ReviewServer(sample_report(), EXPLANATIONS, DecisionFile(tmp_path / "decisions.jsonl"))
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def test_a_served_review_is_written_to_disk_and_read_again(tab: Watched, server: ReviewServer) -> None:
    opened(tab, Path("/"))
    tab.complaints.clear()
    tab.requests.clear()
    page = tab.page
    page.goto(server.address)
    page.locator("a", has_text="Orlan").click()
    page.wait_for_function("() => document.getElementById('progress')?.textContent === '11 of 11 to decide'")
    page.keyboard.press("j")
    page.keyboard.press("d")
    page.wait_for_function("() => document.querySelector('.is-dismissed')")
    (decision,) = parse_decisions(server.decisions.read()).decisions
    assert (decision.decision, decision.code) == (Verdict.DISMISSED, "CON001")
    page.keyboard.press("u")
    page.wait_for_function("() => !document.querySelector('.is-dismissed')")
    page.keyboard.press("a")
    page.wait_for_function("() => document.querySelector('.is-accepted')")
    page.reload()
    page.wait_for_function("() => document.querySelector('.is-accepted')")
    assert [each.decision for each in parse_decisions(server.decisions.read()).decisions] == [
        Verdict.DISMISSED, Verdict.OPEN, Verdict.ACCEPTED,
    ]  # fmt: skip
    assert {url.partition("/decisions")[0].rpartition("/")[0] for url in tab.requests} == {
        f"{server.origin}/{server.token}",
        server.origin,
    }
    assert tab.complaints == []


def test_a_decision_that_cannot_be_saved_is_not_shown_as_made(tab: Watched, server: ReviewServer) -> None:
    opened(tab, Path("/"))
    page = tab.page
    # From the start: interception that begins while the page is at work lost a request on a busy machine.
    page.route("**/decisions", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.goto(
        server.address.replace("index.html", next(name for name in sorted(server.pages) if name.startswith("harbor")))
    )
    page.wait_for_function("() => document.getElementById('progress')?.textContent")
    page.keyboard.press("j")
    page.keyboard.press("d")
    page.wait_for_function("() => document.getElementById('said').textContent.startsWith('Not saved')")
    page.unroute("**/decisions")
    assert page.locator(".is-dismissed").count() == 0
    assert server.decisions.read() == ""
