"""What GitHub Actions, GitLab, JUnit readers and reviewdog take."""

from __future__ import annotations

import io
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mtcheck.core.findings import ACCEPTED, Finding, Severity
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.report import NotChecked, Problem, ScanReport
from mtcheck.core.spans import Span
from mtcheck.reporters import REPORTERS, Destination, reporter
from mtcheck.reporters.annotations import relative_path
from tests.reporters.sample import arabic_page, clean_page, hostile_report, sample_report, scan_report

FORMATS = ("github", "gitlab", "junit", "rdjsonl", "sarif")


@pytest.fixture(autouse=True)
def no_job(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests may run inside a job whose summary is not theirs."""
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)


def text_of(name: str, report: ScanReport) -> str:
    stream = io.StringIO()
    reporter(name).write(report, Destination.to_stream(stream))
    return stream.getvalue()


def with_findings(report: ScanReport, findings: tuple[Finding, ...]) -> ScanReport:
    return replace(report, findings=findings)


def many(severity: Severity, count: int) -> ScanReport:
    """Return a report of one page with many findings, the last of them the most certain."""
    base = scan_report([arabic_page()])
    model = base.findings[0]
    found = tuple(
        replace(
            model,
            severity=severity,
            confidence=0.5 + number / 1000,
            message=f"number {number}",
            fingerprint=f"{number:020x}",
        )
        for number in range(count)
    )
    return with_findings(base, found)


@pytest.mark.parametrize("name", FORMATS)
def test_format_is_registered_and_deterministic(name: str) -> None:
    assert name in REPORTERS
    assert text_of(name, sample_report()) == text_of(name, sample_report())


@pytest.mark.parametrize("name", FORMATS)
def test_a_narrow_stream_takes_every_format(name: str) -> None:
    raw = io.BytesIO()
    with io.TextIOWrapper(raw, encoding="ascii", newline="\n") as stream:
        reporter(name).write(sample_report(), Destination.to_stream(stream))
        written = raw.getvalue().decode("ascii")
    if name == "junit":
        assert ET.tostring(ET.fromstring(written)) == ET.tostring(ET.fromstring(text_of(name, sample_report())))
    elif name == "rdjsonl":
        assert [json.loads(line) for line in written.splitlines()] == [
            json.loads(line) for line in text_of(name, sample_report()).splitlines()
        ]
    elif name != "github":
        assert json.loads(written) == json.loads(text_of(name, sample_report()))


@pytest.mark.parametrize("name", ["github", "gitlab", "rdjsonl"])
def test_settled_findings_are_left_out(name: str) -> None:
    base = scan_report([arabic_page()])
    settled = with_findings(base, tuple(replace(finding, status=ACCEPTED) for finding in base.findings))
    assert text_of(name, settled) == text_of(name, with_findings(base, ()))


def test_paths_are_what_a_code_host_compares(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert relative_path("./a/../b/c.txt") == "b/c.txt"
    assert relative_path(f"{tmp_path}/b/c.txt") == "b/c.txt"
    assert relative_path(f"{tmp_path}x/c.txt") == f"{tmp_path}x/c.txt"
    assert relative_path("-") == "stdin"


# GitHub


def test_a_github_command_names_file_and_place() -> None:
    base = scan_report([arabic_page()])
    finding = replace(
        base.findings[1], message="100% wrong: one, two", severity=Severity.MINOR, code="AAA001", name="a,b:c"
    )
    place = finding.place
    assert text_of("github", with_findings(base, (finding,))) == (
        f"::warning title=AAA001 a%2Cb%3Ac,file=pages/arabic.html,line=3,endLine=3,col={place.column},"
        f"endColumn={place.end_column - 1}::100%25 wrong: one, two\n"
    )


def test_a_github_annotation_of_several_lines_has_no_columns() -> None:
    base = scan_report([arabic_page()])
    finding = base.findings[0]
    long = replace(finding, place=replace(finding.place, end_line=finding.place.line + 2, end_column=1))
    (line,) = text_of("github", with_findings(base, (long,))).splitlines()
    assert f"line={finding.place.line},endLine={finding.place.line + 1}::" in line


@pytest.mark.parametrize(
    ("severity", "level"),
    [
        (Severity.CRITICAL, "error"),
        (Severity.MAJOR, "error"),
        (Severity.MINOR, "warning"),
        (Severity.NEUTRAL, "notice"),
    ],
)
def test_github_shows_ten_of_a_level_the_most_certain_first(severity: Severity, level: str) -> None:
    lines = text_of("github", many(severity, 25)).splitlines()
    shown = [line for line in lines if line.startswith(f"::{level} ") and "number" in line]
    assert [line.rpartition("::")[2] for line in shown] == [f"number {number}" for number in range(24, 14, -1)]
    assert [line for line in lines if "number" not in line] == [
        "::notice title=mtcheck::15 more findings not shown as annotations"
    ]


def test_github_puts_the_rest_into_the_job_summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("of a step before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    lines = text_of("github", many(Severity.MAJOR, 25)).splitlines()
    assert len(lines) == 10
    written = summary.read_text(encoding="utf-8")
    assert written.startswith("of a step before\n### mtcheck\n")
    assert re.findall(r"number (\d+)</td>", written) == [str(number) for number in range(14, -1, -1)]


def test_the_summary_of_github_stays_below_its_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    report = many(Severity.MAJOR, 2000)
    text_of("github", with_findings(report, tuple(replace(finding, message="ж" * 1000) for finding in report.findings)))
    size = (tmp_path / "summary.md").stat().st_size
    assert 800_000 < size < 1024 * 1024
    assert " more</td></tr>" in (tmp_path / "summary.md").read_text(encoding="utf-8")


def test_problems_and_gaps_come_first_and_leave_room() -> None:
    base = many(Severity.MAJOR, 12)
    report = replace(
        base,
        problems=tuple(Problem("input", f"bad{number}.txt", "cannot be read") for number in range(30)),
        not_checked=(
            NotChecked(None, ("ACC001",), "no model", incomplete=True),
            NotChecked(None, (), "short", incomplete=False),
        ),
    )
    lines = text_of("github", report).splitlines()
    assert lines[0] == "::error title=mtcheck%3A input,file=bad0.txt::cannot be read"
    assert lines[4] == "::error title=mtcheck::26 more problems"
    assert lines[5] == "::warning title=mtcheck%3A not checked::no model (ACC001)"
    assert sum("number" in line for line in lines) == 5
    assert sum(line.startswith("::error") for line in lines) == 10


def test_a_page_can_give_github_no_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    lines = text_of("github", hostile_report()).splitlines()
    assert all(re.match(r"::(error|warning|notice) title=", line) for line in lines)
    base = many(Severity.MAJOR, 11)
    attack = "x\n::add-mask::y\r\n| `a` <script>alert(1)</script> ![i](http://x) @team #1"
    attacked = with_findings(base, tuple(replace(finding, message=attack) for finding in base.findings))
    lines = text_of("github", attacked).splitlines()
    assert len(lines) == 10
    assert all(line.startswith("::error title=") for line in lines)
    row = (tmp_path / "summary.md").read_text(encoding="utf-8").split("</tr>\n")[-2]
    assert not set("`![@#|") & set(row.replace("&#", ""))
    assert "<script" not in row


# GitLab


def test_gitlab_gets_what_it_asks_for() -> None:
    report = sample_report()
    entries = json.loads(text_of("gitlab", report))
    assert len(entries) == len(report.findings) + len(report.problems)
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    for entry in entries:
        assert {"description", "check_name", "fingerprint", "severity", "location"} == set(entry)
        assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert entry["location"]["lines"]["begin"] >= 1
        assert not entry["location"]["path"].startswith("./")
    first, finding = entries[0], report.findings[0]
    assert first["check_name"] == finding.code
    assert first["location"]["lines"]["begin"] == finding.place.line
    assert [entry["check_name"] for entry in entries[-2:]] == ["problem/input", "problem/check"]


def test_gitlab_gets_an_empty_list_for_a_clean_scan() -> None:
    assert json.loads(text_of("gitlab", scan_report([clean_page()]))) == []


# JUnit


def suites_of(report: ScanReport) -> dict[str, Any]:
    root = ET.fromstring(text_of("junit", report))
    assert root.tag == "testsuites"
    for element in (root, *root):
        cases = list(element.iter("testcase"))
        assert int(element.attrib["tests"]) == len(cases)
        for result, name in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            assert int(element.attrib[name]) == sum(case.find(result) is not None for case in cases)
    return {suite.attrib["name"]: suite for suite in root}


def test_junit_has_a_suite_a_document_and_a_case_a_finding() -> None:
    report = sample_report()
    suites = suites_of(report)
    assert list(suites) == [*(document.id for document in report.documents), "scan"]
    english = suites[report.documents[0].id]
    cases = [
        case for case in english if case.attrib["name"].split()[0] in {finding.code for finding in report.findings}
    ]
    assert len(cases) == report.documents[0].scores.findings
    findings = [finding for finding in report.findings if finding.document == report.documents[0].id]
    assert [case.attrib["line"] for case in cases] == [str(finding.place.line) for finding in findings]
    failure = cases[0].find("failure")
    assert failure is not None
    assert failure.attrib["message"] == findings[0].message


def test_junit_passes_a_clean_document_and_what_only_informs() -> None:
    (suite,) = suites_of(scan_report([clean_page()])).values()
    assert [case.attrib["name"] for case in suite] == ["no findings"]
    base = scan_report([arabic_page()])
    neutral, accepted, failing = base.findings
    changed = (replace(neutral, severity=Severity.NEUTRAL), replace(accepted, status=ACCEPTED), failing)
    (suite,) = suites_of(with_findings(base, changed)).values()
    assert [[child.tag for child in case] for case in suite] == [["system-out"], ["skipped"], ["failure"]]


def test_junit_keeps_a_case_where_lines_move() -> None:
    base = scan_report([arabic_page()])
    moved = tuple(
        replace(finding, place=replace(finding.place, line=finding.place.line + 100)) for finding in base.findings
    )
    names = [
        [case.attrib["name"] for suite in suites_of(report).values() for case in suite]
        for report in (base, with_findings(base, moved))
    ]
    assert names[0] == names[1]


def test_junit_is_well_formed_whatever_the_page_holds() -> None:
    base = scan_report([arabic_page()])
    attack = "\x00\x0b\x1b]]>&<a b=\"'\ud800\ufffe\uffff\u2028\U0001f6a2\r\n"
    finding = replace(base.findings[0], message=attack)
    (suite,) = suites_of(with_findings(base, (finding,))).values()
    failure = suite.find("testcase/failure")
    assert failure is not None
    assert failure.attrib["message"] == (
        "<U+0000><U+000B><U+001B>]]>&<a b=\"'<U+D800><U+FFFE><U+FFFF><U+2028>\U0001f6a2  "
    )
    assert suites_of(hostile_report())


# reviewdog


def diagnostics(report: ScanReport) -> list[Any]:
    return [json.loads(line) for line in text_of("rdjsonl", report).splitlines()]


def test_reviewdog_columns_count_bytes() -> None:
    report = sample_report()
    sources = {document.path: document.text.split("\n") for document in report.documents}
    for finding, diagnostic in zip(report.findings, diagnostics(report), strict=False):
        extent = diagnostic["location"]["range"]
        line = sources[diagnostic["location"]["path"]][extent["start"]["line"] - 1].encode()
        assert line[extent["start"]["column"] - 1 : extent["end"]["column"] - 1].decode() == finding.text


def test_reviewdog_gets_whole_lines_where_columns_are_not_known() -> None:
    base = scan_report([arabic_page()])
    finding = base.findings[0]
    # As in an HTML page: the file has markup before the text.
    place = replace(finding.place, line=40, end_line=41, end_column=1, start=900, end=920)
    (diagnostic,) = diagnostics(with_findings(base, (replace(finding, place=place),)))
    assert diagnostic["location"]["range"] == {"start": {"line": 40}, "end": {"line": 40}}


def test_reviewdog_columns_over_a_line_end() -> None:
    base = scan_report([arabic_page()])
    text = "é a\r\nж b\n"
    span = Span(2, 6)
    place = OffsetMap.identity(text).place(span)
    report = replace(
        base,
        documents=(replace(base.documents[0], text=text),),
        findings=(replace(base.findings[0], span=span, place=place),),
    )
    (diagnostic,) = diagnostics(report)
    assert diagnostic["location"]["range"] == {"start": {"line": 1, "column": 4}, "end": {"line": 2, "column": 3}}


def test_reviewdog_names_code_severity_and_the_record_of_a_feed() -> None:
    base = scan_report([arabic_page()])
    document = replace(base.documents[0], id="feed.jsonl#story-7", path="feed.jsonl")
    finding = replace(base.findings[0], document=document.id, message="wrong")
    (diagnostic,) = diagnostics(replace(base, documents=(document,), findings=(finding,)))
    assert diagnostic["message"] == "record story-7: wrong"
    assert diagnostic["location"]["path"] == "feed.jsonl"
    assert diagnostic["code"] == {"value": finding.code}
    assert diagnostic["severity"] == "WARNING"
    assert diagnostics(sample_report())[-1]["code"]["value"].startswith("problem/")
