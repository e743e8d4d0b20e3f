"""The round trips of a page: one row a sentence, the three texts, the words that differ, and the way to and fro."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from mtcheck.core.report import DocumentReport
from mtcheck.core.spans import Span
from mtcheck.core.translation import RoundTrip
from mtcheck.core.unusable import Unusable, reason_sentence
from mtcheck.reporters import Destination, reporter
from mtcheck.reporters.html.trips import Trip, TripTable, sentences_of, table_of
from mtcheck.reporters.json import dumps, load
from mtcheck.reporters.visible import direction_in, language_tag
from tests.reporters.sample import (
    CHRF,
    Sent,
    arabic_page,
    clean_page,
    english_page,
    hostile_report,
    sample_report,
    scan_report,
    with_round_trips,
)
from tests.reporters.test_html import page_of, written


def table(document: DocumentReport, drawn: frozenset[str] = frozenset()) -> TripTable:
    made = table_of(document, sentences_of(document), drawn)
    assert made is not None
    return made


def rows_of(document: DocumentReport) -> tuple[Trip, ...]:
    return table(document).trips


def test_rows_stand_in_the_order_of_the_text() -> None:
    rows = rows_of(english_page().document)
    assert [row.number for row in rows] == [1, 2, 3, 4]
    assert [row.span for row in rows] == sorted(row.span for row in rows)
    assert [row.chrf for row in rows] == ["100.0", "70.0", None, "48.2"]


def test_the_words_that_differ_are_marked_on_both_sides() -> None:
    row = rows_of(english_page().document)[1]
    assert [span.of(row.sentence.text) for span in row.sentence.highlights] == ["pointed out", "could not", "harbors"]
    assert [span.of(row.back.text) for span in row.back.highlights] == ["said", "cannot", "ports"]
    assert row.forward.highlights == ()


def test_the_median_leaves_out_what_cannot_be_used() -> None:
    made = table(english_page().document)
    assert (made.median, made.gauge, made.unusable, made.metric) == ("70.0", 70.0, 1, CHRF)
    assert (made.languages, made.pivots, made.mixed) == (("English",), ("Spanish",), False)


def test_an_unusable_round_trip_says_why_and_compares_nothing() -> None:
    row = rows_of(english_page().document)[2]
    assert row.unusable == "Not used: the translator fell into a loop."
    assert (row.chrf, row.gauge, row.sentence.highlights, row.back.highlights) == (None, None, (), ())


@pytest.mark.parametrize("reason", [*Unusable, "something new"])
def test_reasons_are_those_that_the_engine_gives(reason: str) -> None:
    page = with_round_trips(clean_page(), "es", [Sent("The lighthouse keeper retires", "El farero", "", None, reason)])
    assert rows_of(page.document)[0].unusable == f"Not used: the translator {reason_sentence(reason)}."


@pytest.mark.parametrize("score", [None, float("nan"), float("inf")])
def test_a_score_that_is_none_leaves_the_row_and_the_page_without(score: float | None) -> None:
    page = with_round_trips(clean_page(), "es", [Sent("The lighthouse keeper retires", "El farero", "The", score)])
    made = table(page.document)
    assert (made.median, made.gauge, made.unusable) == (None, None, 1)
    assert made.trips[0].unusable == "The round trip could not be measured."


def test_a_looping_translation_is_cut() -> None:
    loop = "la luz de la torre " * 500
    page = with_round_trips(
        clean_page(), "es", [Sent("The lighthouse keeper retires", loop, loop, score, why) for score, why in ((None, "loop"), (9, ""))]
    )  # fmt: skip
    cut, whole = rows_of(page.document)
    assert len(cut.forward.text) < 300
    assert len(cut.back.text) < 300
    assert whole.forward.text == whole.back.text == loop


def test_a_page_without_round_trips_has_no_such_section(tmp_path: Path) -> None:
    assert table_of(clean_page().document, (), frozenset()) is None
    content = page_of(sample_report(), tmp_path, "clean")
    assert "round-trips" not in content.ids
    assert "chrF" not in content.text


def test_the_page_shows_them_folded_with_count_median_and_signature(tmp_path: Path) -> None:
    content = page_of(sample_report(), tmp_path, "harbor-treaty")
    fold = next(attributes for attributes in content.all("details") if attributes.get("id") == "round-trips")
    assert "open" not in fold
    summary = " ".join(content.text.split())
    assert f"4 sentences sent to Spanish and back · median chrF 70.0 · 1 not usable · {CHRF}" in summary
    document = english_page().document
    for trip in sentences_of(document):
        assert content.text.count(trip.sentence.of(document.text)) >= 1
        assert trip.forward in content.text
        assert trip.back in content.text
    assert "Not used: the translator fell into a loop." in content.text


def test_rows_and_sentences_lead_to_each_other(tmp_path: Path) -> None:
    content = page_of(sample_report(), tmp_path, "harbor-treaty")
    places = [identifier for identifier in content.ids if identifier.startswith("sentence-")]
    rows = [attributes["id"] for attributes in content.all("tr") if "id" in attributes]
    assert places == ["sentence-1", "sentence-2", "sentence-3", "sentence-4"]
    assert rows == ["trip-1", "trip-2", "trip-3", "trip-4"]
    links = [attributes["href"] for attributes in content.all("a")]
    assert [link[1:] for link in links if link.startswith("#sentence-")] == places
    assert [link[1:] for link in links if link.startswith("#trip-")] == rows
    assert {attributes["data-sentence"] for attributes in content.all("span") if "data-sentence" in attributes} == set(
        "1234"
    )


def test_a_sentence_that_is_not_in_the_text_gets_a_row_without_a_link(tmp_path: Path) -> None:
    base = with_round_trips(clean_page(), "es", [Sent("The lighthouse keeper retires", "El farero", "The", 30.0)])
    assert base.document.round_trips is not None
    beyond = [
        RoundTrip(span, "en", "es", "Aquí", "Here", 12.0) for span in (Span(0, 0), Span(29, 31), Span(9_000, 9_010))
    ]
    trips = replace(base.document.round_trips, trips=(*beyond, *base.document.round_trips.trips))
    content = page_of(scan_report([type(base)(replace(base.document, round_trips=trips), ())]), tmp_path, "clean")
    links = {attributes["href"] for attributes in content.all("a") if attributes["href"].startswith("#sentence-")}
    assert links == {"#sentence-2"}
    assert len([attributes for attributes in content.all("tr") if "id" in attributes]) == 4


def test_texts_have_their_language_and_direction(tmp_path: Path) -> None:
    content = page_of(sample_report(), tmp_path, "arabic")
    texts = [attributes for attributes in content.all("p") if attributes.get("class") == "trip-text"]
    assert [(each["lang"], each["dir"]) for each in texts] == [("ar", "rtl"), ("en", "ltr"), ("ar", "rtl")]


def test_a_right_to_left_sentence_may_begin_with_a_latin_name() -> None:
    assert direction_in("ar", "NATO لم يعلق بعد") == "rtl"
    assert direction_in("ar", "NATO 2031") == "ltr"
    assert direction_in(None, "NATO لم يعلق بعد") == "ltr"
    assert direction_in("xx", "شيء") == "rtl"


def test_only_a_language_tag_stands_in_a_lang_attribute(tmp_path: Path) -> None:
    assert [language_tag(code) for code in ("pt-BR", "zh-Hant-TW", "und", "", None, 'en" onload="x')] == [
        "pt-BR", "zh-Hant-TW", None, None, None, None,
    ]  # fmt: skip
    for content in written(hostile_report(), tmp_path).values():
        assert all(re.fullmatch(r"[A-Za-z-]*", attributes.get("lang", "")) for _tag, attributes in content.elements)


def test_json_has_them_whole_and_text_formats_do_not_print_them() -> None:
    report = scan_report([english_page(), arabic_page(), clean_page()])
    assert [document.round_trips for document in load(dumps(report)).documents] == [
        document.round_trips for document in report.documents
    ]
    trips = json.loads(dumps(report))["documents"][0]["round_trips"]
    assert trips["metric_signature"] == CHRF
    assert [trip["unusable"] for trip in trips["trips"]] == ["", "", "", "loop"]
    assert json.loads(dumps(report))["documents"][2]["round_trips"] is None
    for name in ("text", "terminal", "jsonl"):
        stream = io.StringIO()
        reporter(name).write(report, Destination.to_stream(stream))
        assert "Minister of ports" not in stream.getvalue()
        assert "los pilotos esperaban" not in stream.getvalue()


def test_a_report_without_the_key_still_loads() -> None:
    data = json.loads(dumps(scan_report([clean_page()])))
    del data["documents"][0]["round_trips"]
    assert load(json.dumps(data)).documents[0].round_trips is None
