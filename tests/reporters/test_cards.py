"""What a page says beside its text: each thing once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from mtcheck.core.findings import Comparison, Passage
from mtcheck.core.spans import Span
from mtcheck.reporters.html.cards import cards_of
from tests.reporters.sample import clean_page, english_page, sample_report, scan_report
from tests.reporters.test_html import page_of, written


def test_a_card_does_not_say_the_same_thing_twice() -> None:
    page = english_page()
    fragments = {card.number: card.lead.fragment for card in cards_of(page.findings, {}, {})}
    assert fragments[2] == "", "“Sergey” stands in the message"
    assert fragments[5] == ", and", "the message does not quote it"
    assert all(
        finding.text in fragments[number] for number, finding in enumerate(page.findings, 1) if number in {5, 6, 11}
    )
    finding = replace(page.findings[4], related=(replace(page.findings[1].related[0], message="spelt “Sergei” here"),))
    (card,) = cards_of([finding], {}, {})
    assert (card.lead.related[0].text, card.lead.related[0].where) == ("line 9, column 1", "")


def test_many_related_places_are_folded(tmp_path: Path) -> None:
    page = english_page()
    finding = replace(page.findings[4], related=page.findings[1].related * 9)
    content = page_of(scan_report([type(page)(page.document, (finding,))]), tmp_path, "harbor")
    folds = [attributes for attributes in content.all("details") if attributes.get("class") == "more-places"]
    assert len(folds) == 1
    assert "5 more places" in content.text


def test_a_record_is_named_beside_its_path(tmp_path: Path) -> None:
    page = clean_page()
    record = replace(page.document, id="feeds/news.jsonl#7", path="feeds/news.jsonl", url="https://light.example/7")
    content = page_of(scan_report([type(page)(record, ())]), tmp_path, "news")
    where = " ".join(content.text.split())
    assert "feeds/news.jsonl · feeds/news.jsonl#7 · https://light.example/7" in where


def test_what_was_not_checked_is_linked_at_the_head_and_listed(tmp_path: Path) -> None:
    pages = written(sample_report(), tmp_path)
    for start, words in (("arabic", "some checks could not run"), ("clean", "what was not checked")):
        content = next(each for name, each in pages.items() if name.startswith(start))
        assert {"href": "#not-checked"}.items() <= {
            key: value for each in content.all("a") if each["href"] == "#not-checked" for key, value in each.items()
        }.items()
        assert words in content.text
    assert "no translation model for Arabic" in pages["index.html"].text


def test_evidence_that_highlights_the_text_stands_for_it() -> None:
    finding = english_page().findings[4]
    assert finding.text == ", and"
    shows = Passage("sentence", "the way out , and that nobody", "en", (Span(12, 17),))
    differs = replace(shows, highlights=(Span(12, 13),))
    beside = Comparison("page", "out , and that", "reference", "out, and that", (Span(4, 9),))
    for evidence, fragment in ((shows, ""), (differs, ", and"), (beside, "")):
        (card,) = cards_of([replace(finding, evidence=(evidence,))], {}, {})
        assert card.lead.fragment == fragment


def test_a_place_that_is_a_lone_mark_is_linked_by_where_it_is() -> None:
    page = english_page()
    place = replace(page.findings[1].related[0], text="“", message="the mark that opened it")
    (card,) = cards_of([replace(page.findings[4], related=(place,))], {}, {})
    assert (card.lead.related[0].text, card.lead.related[0].where) == ("line 9, column 1", "")


def test_places_in_other_documents_lead_into_their_pages(tmp_path: Path) -> None:
    one, other = english_page(), clean_page()
    text = other.document.text
    span = Span(text.index(" ") + 1, len(text) // 2)
    place = replace(one.findings[1].related[0], document=other.document.id, span=span, text=span.of(text))
    report = scan_report([replace(one, findings=(replace(one.findings[1], related=(place,)),)), other])
    pages = written(report, tmp_path)
    (link,) = {
        attributes["href"]
        for content in pages.values()
        for attributes in content.all("a")
        if attributes.get("class") == "to-related"
    }
    target, anchor = link.split("#")
    assert f"place-{span.start}-{span.end}" == anchor
    assert any(anchor == attributes.get("id") for attributes in pages[target].all("span"))
