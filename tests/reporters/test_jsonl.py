"""One line a document."""

from __future__ import annotations

import io
import json
from typing import Any

import jsonschema

from mtcheck.core.report import Problem, ScanReport
from mtcheck.reporters import Destination, reporter
from mtcheck.reporters.schema import schema
from tests.reporters.sample import clean_page, hostile_report, sample_report, scan_report


def lines_of(report: ScanReport) -> list[Any]:
    stream = io.StringIO()
    reporter("jsonl").write(report, Destination.to_stream(stream))
    *lines, rest = stream.getvalue().split("\n")
    assert rest == "", "every line has its end"
    return [json.loads(line) for line in lines]


def test_documents_come_in_order_then_failed_inputs_then_the_scan() -> None:
    lines = lines_of(sample_report())
    assert [line["document"] and line["document"]["id"] for line in lines] == [
        *(document.id for document in sample_report().documents),
        None,
        None,
    ]
    assert [problem["document"] for problem in lines[-2]["problems"]] == ["pages/broken.html"]
    assert [omission["reason"] for omission in lines[-1]["not_checked"]] == ["name lists were not given"]


def test_a_line_has_all_that_was_said_of_its_document_and_no_text() -> None:
    report = sample_report()
    english = lines_of(report)[0]
    assert len(english["findings"]) == report.documents[0].scores.findings == 11
    assert english["document"]["scores"]["words"] == report.documents[0].scores.words
    assert not {"text", "blocks", "block_languages", "round_trips"} & set(english["document"])
    mixed = next(line for line in lines_of(report) if line["document"] and line["document"]["id"] == "pages/mixed.html")
    assert [problem["kind"] for problem in mixed["problems"]] == ["check"]


def test_nothing_is_lost_and_nothing_said_twice() -> None:
    report = sample_report()
    lines = lines_of(report)
    assert sum(len(line["findings"]) for line in lines) == len(report.findings)
    assert sum(len(line["not_checked"]) for line in lines) == len(report.not_checked)
    assert sum(len(line["problems"]) for line in lines) == len(report.problems)


def test_lines_satisfy_their_schema() -> None:
    definition = {"$ref": "#/$defs/Line", "$defs": schema()["$defs"]}
    for line in [*lines_of(sample_report()), *lines_of(hostile_report())]:
        jsonschema.Draft202012Validator(definition).validate(line)


def test_two_streams_joined_are_the_stream_of_both() -> None:
    one, other = clean_page(), [Problem("input", "gone.txt", "there is no such file")]
    joined = lines_of(scan_report([one])) + lines_of(scan_report([], problems=other))
    assert joined == lines_of(scan_report([one], problems=other))
    assert lines_of(scan_report([])) == []
