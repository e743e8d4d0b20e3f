"""The JSON contract: its shape, its schema, and the way back."""

from __future__ import annotations

import io
import json
from dataclasses import fields, replace
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtcheck.core.errors import InputError
from mtcheck.core.findings import Comparison, Finding, Metric, Note, Passage, RelatedPlace, Severity
from mtcheck.core.offsets import Place
from mtcheck.core.report import NotChecked, Problem, ScanReport
from mtcheck.core.spans import Span
from mtcheck.reporters import Destination, reporter
from mtcheck.reporters.json import dumps, load
from mtcheck.reporters.schema import BOUNDS, DESCRIPTIONS, SCHEMA_PATH, schema, schema_text
from tests.reporters.sample import HOSTILE, hostile_report, sample_report, scan_report

# What a file can hold: any character but a surrogate, of which two in a row would be read back as one.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
FLOAT = st.floats(-1e6, 1e6).map(lambda value: round(value, 4) + 0.0)
SPAN = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda pair: Span(min(pair), max(pair)))
PLACE = st.builds(Place, *[st.integers(1, 99)] * 4, st.integers(0, 99), st.integers(0, 99))
SPANS = st.lists(SPAN, max_size=3).map(tuple)
EVIDENCE = st.one_of(
    st.builds(Metric, TEXT, FLOAT, TEXT),
    st.builds(Note, TEXT, TEXT),
    st.builds(Passage, TEXT, TEXT, st.none() | TEXT, SPANS),
    st.builds(Comparison, TEXT, TEXT, TEXT, TEXT, SPANS, SPANS, st.none() | TEXT),
)
FINDING = st.builds(
    Finding,
    code=TEXT,
    name=TEXT,
    category=TEXT,
    severity=st.sampled_from(Severity),
    confidence=st.floats(0.001, 1).map(lambda value: round(value, 4)),
    status=TEXT,
    document=TEXT,
    span=SPAN,
    place=PLACE,
    utf16=SPAN,
    text=TEXT,
    message=TEXT,
    evidence=st.lists(EVIDENCE, max_size=4).map(tuple),
    related=st.lists(st.builds(RelatedPlace, TEXT, SPAN, PLACE, SPAN, TEXT, TEXT), max_size=2).map(tuple),
    fingerprint=TEXT,
)
REPORT = st.builds(
    lambda findings, not_checked, problems: replace(
        sample_report(), findings=tuple(findings), not_checked=tuple(not_checked), problems=tuple(problems)
    ),
    st.lists(FINDING, max_size=3),
    st.lists(
        st.builds(
            NotChecked,
            st.none() | TEXT,
            st.lists(TEXT, max_size=2).map(tuple),
            TEXT,
            st.booleans(),
            st.none() | SPAN,
            st.none() | PLACE,
        ),
        max_size=2,
    ),
    st.lists(st.builds(Problem, TEXT, st.none() | TEXT, TEXT), max_size=2),
)


def rounded(report: ScanReport) -> ScanReport:
    """Return the report as it comes back: with its floats rounded."""
    return load(dumps(report))


@given(REPORT)
@settings(max_examples=40, deadline=None)
def test_findings_omissions_and_problems_survive_the_round_trip(report: ScanReport) -> None:
    back = load(dumps(report))
    assert back.findings == report.findings
    assert back.not_checked == report.not_checked
    assert back.problems == report.problems
    assert dumps(back) == dumps(report)


def test_whole_report_comes_back_but_for_rounding() -> None:
    report = sample_report()
    back = rounded(report)
    assert [document.text for document in back.documents] == [document.text for document in report.documents]
    assert [document.blocks for document in back.documents] == [document.blocks for document in report.documents]
    assert back.findings != ()
    assert replace(back.findings[0], confidence=report.findings[0].confidence) == report.findings[0]
    assert back.statistics == report.statistics
    assert rounded(back) == back


def test_lone_surrogates_and_controls_come_back_from_a_file(tmp_path: Any) -> None:
    path = tmp_path / "report.json"
    reporter("json").write(hostile_report(), Destination.to_path(path))
    back = load(path.read_bytes(), "report.json")
    assert HOSTILE.endswith("\ud800")
    assert back.findings[0].message == HOSTILE
    assert back.documents[0].text == hostile_report().documents[0].text


def test_keys_are_those_of_the_contract_in_order() -> None:
    data = json.loads(dumps(sample_report()))
    assert list(data) == [
        "schema_version", "signature", "documents", "findings", "not_checked", "problems", "statistics",
    ]  # fmt: skip
    assert list(data["findings"][0]) == [
        "code", "name", "category", "severity", "confidence", "status", "document", "span", "place", "utf16", "text",
        "message", "evidence", "related", "fingerprint", "fault",
    ]  # fmt: skip
    assert list(data["findings"][0]["place"]) == ["line", "column", "end_line", "end_column", "start", "end"]
    assert list(data["documents"][0]["languages"][0]) == ["language", "share"]
    assert data["statistics"]["by_severity"][0] == {"severity": "neutral", "findings": 1}


def test_evidence_is_told_apart_by_kind() -> None:
    data = json.loads(dumps(sample_report()))
    kinds = {evidence["kind"] for finding in data["findings"] for evidence in finding["evidence"]}
    assert kinds == {"metric", "note", "passage", "comparison"}


def test_text_stands_as_it_is_and_floats_are_short() -> None:
    text = dumps(sample_report())
    assert "灯塔条约" in text
    assert "🚢" in text
    assert '"value": 61.2345' in text
    report = sample_report()
    third = replace(report.findings[0], confidence=1 / 3)
    assert '"confidence": 0.3333,' in dumps(replace(report, findings=(third,)))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_metric_that_is_no_number_becomes_a_note(value: float) -> None:
    report = sample_report()
    finding = replace(report.findings[0], evidence=(Metric("chrF", value),))
    back = rounded(replace(report, findings=(finding,)))
    assert back.findings[0].evidence == (Note("chrF", "could not be computed"),)


def test_stream_without_unicode_gets_escapes_that_read_back() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="latin-1", newline="\n")
    reporter("json").write(sample_report(), Destination.to_stream(stream))
    assert load(raw.getvalue()) == rounded(sample_report())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "no JSON"),
        ("[]", "schema version"),
        ('{"schema_version": 3}', "this has 3"),
        ('{"schema_version": 2}', "does not hold together at signature"),
        ("[" * 100_000, "no JSON"),
    ],
)
def test_load_says_what_is_wrong(text: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason) as caught:
        load(text, "old.json")
    assert caught.value.path == "old.json"


def test_load_passes_over_keys_of_a_later_version() -> None:
    data = json.loads(dumps(sample_report()))
    data["findings"][0]["later"] = 1
    assert load(json.dumps(data)) == rounded(sample_report())


def test_shipped_schema_is_the_one_generated() -> None:
    stale = "run: python -m mtcheck.reporters.schema"
    assert SCHEMA_PATH.read_text(encoding="utf-8") == schema_text(), stale


@pytest.mark.parametrize("report", [sample_report(), hostile_report()], ids=["sample", "hostile"])
def test_reports_satisfy_the_schema(report: ScanReport) -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.Draft202012Validator(schema()).validate(json.loads(dumps(report)))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.update(schema_version=3),
        lambda data: data["findings"][0].pop("fingerprint"),
        lambda data: data["findings"][0].update(severity="fatal"),
        lambda data: data["findings"][0]["span"].update(start=-1),
        lambda data: data["findings"][0].update(evidence=[{"kind": "verdict"}]),
        lambda data: data["documents"][0].pop("languages"),
    ],
)
def test_schema_refuses_what_breaks_the_contract(spoil: Any) -> None:
    data = json.loads(dumps(sample_report()))
    spoil(data)
    assert not jsonschema.Draft202012Validator(schema()).is_valid(data)


def test_every_description_belongs_to_a_field() -> None:
    definitions = {**schema()["$defs"], "ScanReport": schema()}
    for key in (*DESCRIPTIONS, *BOUNDS):
        name, field = key.split(".")
        assert field in definitions[name]["properties"], key
    assert {field.name for field in fields(Finding)} == set(definitions["Finding"]["required"])


def test_the_fast_writer_writes_what_the_standard_library_does() -> None:
    for report in (sample_report(), hostile_report(), scan_report([])):
        text = dumps(report)
        assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"
        assert json.loads(text) == json.loads(dumps(report, ascii_only=True))
