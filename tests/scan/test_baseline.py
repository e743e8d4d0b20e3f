"""The baseline: its file, what it accepts, what is stale."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtcheck.checks.provenance.stale_baseline_entry import CHECK
from mtcheck.core.decisions import Decision, Verdict, decide
from mtcheck.core.documents import Document
from mtcheck.core.errors import InputError
from mtcheck.core.findings import ACCEPTED, SUPPRESSED
from mtcheck.core.reading import Input
from mtcheck.core.report import NotChecked, Problem, ScanReport, Signature
from mtcheck.scan.baseline import (
    Baseline,
    Entry,
    accept,
    only_changed_lines,
    parse_baseline,
    render_baseline,
    stale_entries,
    update,
    update_by_review,
    with_stale_entries,
)
from mtcheck.scan.checker import WindowChecker
from mtcheck.scan.executors import SerialExecutor
from mtcheck.scan.planning import make_plan
from mtcheck.scan.scanner import ReadAndCheck, run_scan
from mtcheck.testing import document_from_text
from tests.scan.checks_for_tests import PROVIDERS, check

HEADER = '{"mtcheck_baseline": 1}'


def scanned(*pages: tuple[str, str], codes: Sequence[str] = ("AAA001",)) -> ScanReport:
    """Scan pages given as path and text; a path with ``#`` is a record of a feed."""
    plan = make_plan([check(code) for code in codes], {}, PROVIDERS)

    def read(source: Input) -> list[Document]:
        text = dict(pages)[source.path]
        return [replace(document_from_text(text, path=source.path), path=source.path.partition("#")[0])]

    return run_scan(
        [Input(path) for path, _ in pages],
        read=lambda source: iter(read(source)),
        make_work=lambda: ReadAndCheck(lambda source: iter(read(source)), WindowChecker(plan)),
        plan=plan,
        signature=Signature("mtcheck", "0", "", (), tuple(codes)),
        executor=SerialExecutor(),
    )


def baseline_of(report: ScanReport, reason: str = "") -> Baseline:
    return parse_baseline(render_baseline(update(Baseline(), report, reason)), "pages.baseline")


def there(_path: str) -> bool:
    return True


def test_the_file_is_lines_sorted_without_places() -> None:
    report = scanned(("b.txt", "One bad thing.\n\nA bad day."), ("a.txt", "All is bad."))
    lines = render_baseline(update(Baseline(), report, "known")).splitlines()
    assert lines[0] == HEADER
    entries = [json.loads(line) for line in lines[1:]]
    assert [entry["document"] for entry in entries] == ["a.txt", "b.txt", "b.txt"]
    assert all(set(entry) == {"document", "code", "fingerprint", "text", "reason"} for entry in entries)
    assert entries[1]["fingerprint"] < entries[2]["fingerprint"]


def test_the_file_does_not_depend_on_the_order_of_the_scan() -> None:
    pages = (("b.txt", "One bad thing."), ("a.txt", "All is bad."))
    assert render_baseline(update(Baseline(), scanned(*pages))) == render_baseline(
        update(Baseline(), scanned(*reversed(pages)))
    )


@given(st.lists(st.builds(Entry, *[st.text(st.characters(), min_size=1)] * 4, st.text()), max_size=6))
def test_the_file_comes_back_as_written(entries: list[Entry]) -> None:
    unique = {entry.fingerprint: entry for entry in entries}
    text = render_baseline(unique.values())
    parsed = parse_baseline(text, "x")
    assert set(parsed.entries) == set(unique.values())
    assert all(json.loads(entry.line.of(text))["fingerprint"] == entry.fingerprint for entry in parsed.entries)
    assert render_baseline(parsed.entries) == text
    assert not set(text) & set("\u202e\u2066\u200b\x7f\ufeff\u2028")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is no baseline"),
        ("{}\n", "is no baseline"),
        ('{"mtcheck_baseline": 2}\n', "is no baseline"),
        ("[1]\n", "line 1 is no JSON object"),
        (f"{HEADER}\n<<<<<<< ours\n", "line 2 is no JSON"),
        (f'{HEADER}\n{{"document": "a"}}\n', "line 2 lacks one of document, code, fingerprint, text"),
        (f"{HEADER}\n{'[' * 100_000}\n", "line 2 is no JSON"),
    ],
)
def test_what_is_no_baseline_is_refused(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse_baseline(text, "x.baseline")


def test_an_entry_that_a_merge_left_twice_counts_once() -> None:
    line = json.dumps({"document": "a", "code": "AAA001", "fingerprint": "f", "text": "t"})
    assert len(parse_baseline(f"{HEADER}\r\n{line}\r\n\r\n{line}\r\n", "x").entries) == 1


def test_accepted_findings_stay_in_the_report_and_are_marked() -> None:
    before = scanned(("a.txt", "All is bad."))
    after = scanned(("a.txt", "All is bad.\n\nAnd this is bad too."))
    report = accept(after, baseline_of(before))
    assert [finding.status for finding in report.findings] == [ACCEPTED, "unconfirmed"]
    assert report.findings[0].is_settled
    assert not report.findings[1].is_settled


def test_lines_inserted_above_make_nothing_new() -> None:
    text = "All is bad.\n\nA bad day for a bad man."
    baseline = baseline_of(scanned(("a.txt", text)))
    moved = scanned(("a.txt", "One more line.\n\n" * 100 + text))
    assert all(finding.is_settled for finding in accept(moved, baseline).findings)
    assert stale_entries(moved, baseline, there) == ()


def test_an_edited_sentence_makes_one_new_and_one_stale() -> None:
    baseline = baseline_of(scanned(("a.txt", "All is bad.\n\nA bad day.")))
    edited = scanned(("a.txt", "All is bad.\n\nA bad night."))
    assert [finding.is_settled for finding in accept(edited, baseline).findings] == [True, False]
    assert len(stale_entries(edited, baseline, there)) == 1


def test_a_path_may_be_named_in_another_way() -> None:
    baseline = baseline_of(scanned(("pages/a.txt", "All is bad.")))
    again = scanned(("./pages/../pages/a.txt", "All is bad."))
    assert [finding.is_settled for finding in accept(again, baseline).findings] == [True]
    assert stale_entries(scanned(("./pages/a.txt", "All is well.")), baseline, there) == baseline.entries


def test_what_was_not_looked_at_is_not_stale() -> None:
    baseline = baseline_of(scanned(("a.txt", "All is bad."), ("b.txt", "A bad day.")))
    clean = scanned(("a.txt", "All is well."))
    assert [entry.document for entry in stale_entries(clean, baseline, there)] == ["a.txt"]
    assert stale_entries(scanned(("a.txt", "All is well."), codes=("BBB001",)), baseline, there) == ()
    for gap in (
        NotChecked(None, ("AAA001",), "no model", incomplete=True),
        NotChecked("a.txt", ("AAA001",), "it crashed", incomplete=True),
    ):
        assert stale_entries(replace(clean, not_checked=(gap,)), baseline, there) == ()
    assert stale_entries(only_changed_lines(clean, clean.findings, "only lines changed"), baseline, there) == ()


def test_entries_of_files_that_are_gone_are_stale() -> None:
    baseline = baseline_of(scanned(("a.txt", "All is bad."), ("feed.jsonl#7", "A bad day."), ("-", "Bad, bad")))
    other = scanned(("c.txt", "All is well."))
    assert {entry.document for entry in stale_entries(other, baseline, lambda path: path == "feed.jsonl")} == {"a.txt"}
    assert {entry.document for entry in stale_entries(other, baseline, lambda _path: False)} == {
        "a.txt",
        "feed.jsonl#7",
    }


def test_records_that_left_their_feed_are_stale_unless_the_feed_broke_off() -> None:
    baseline = baseline_of(scanned(("feed.jsonl#7", "A bad day.")))
    later = scanned(("feed.jsonl#8", "All is well."))
    assert [entry.document for entry in stale_entries(later, baseline, there)] == ["feed.jsonl#7"]
    for kind in ("input", "interrupted"):
        broken = replace(later, problems=(Problem(kind, None, "broke off"),))
        assert stale_entries(broken, baseline, there) == ()


def test_stale_entries_are_findings_in_the_file_of_the_baseline() -> None:
    baseline = baseline_of(scanned(("a.txt", "All is bad.\n\nA bad day.")))
    clean = scanned(("a.txt", "All is well."))
    report = with_stale_entries(clean, baseline, stale_entries(clean, baseline, there), CHECK)
    assert [finding.code for finding in report.findings] == ["SUP002", "SUP002"]
    assert [finding.place.line for finding in report.findings] == [2, 3]
    assert [document.id for document in report.documents] == ["a.txt", "pages.baseline"]
    for finding in report.findings:
        assert json.loads(finding.text)["document"] == "a.txt"
        assert finding.text == finding.span.of(report.documents[1].text)
    assert report.statistics.findings == 2
    assert with_stale_entries(clean, baseline, (), CHECK) == clean


def test_update_adds_and_never_removes() -> None:
    first = baseline_of(scanned(("a.txt", "All is bad.")), "a name")
    entries = update(first, scanned(("b.txt", "A bad day."), ("a.txt", "All is bad.")), "later")
    assert [(entry.document, entry.reason) for entry in entries] == [("a.txt", "a name"), ("b.txt", "later")]


def test_update_leaves_out_what_is_suppressed_and_what_speaks_of_suppressions() -> None:
    report = scanned(("a.txt", "All is bad."))
    suppressed = replace(report.findings[0], status=SUPPRESSED)
    about = replace(report.findings[0], code="SUP002")
    assert update(Baseline(), replace(report, findings=(suppressed, about))) == ()


def review(report: ScanReport, *verdicts: Verdict | None, reason: str = "", reviewer: str = "") -> list[Decision]:
    """Decide about a report's findings in their order; ``None`` leaves one alone."""
    return [
        decide(finding, verdict, reason, reviewer, "2031-05-12T10:00:00Z")
        for finding, verdict in zip(report.findings, verdicts, strict=True)
        if verdict is not None
    ]


def test_a_review_takes_in_what_was_dismissed_and_nothing_else() -> None:
    report = scanned(("a.txt", "One bad thing."), ("b.txt", "Two bad things."), ("c.txt", "Three bad ones."))
    texts = [replace(finding, text=f"bad {finding.document}") for finding in report.findings]
    report = replace(report, findings=tuple(texts))
    decisions = review(report, Verdict.DISMISSED, Verdict.ACCEPTED, None, reason="a title", reviewer="Ana")
    (entry,) = update_by_review(Baseline(), report, decisions)
    assert (entry.document, entry.reason) == ("a.txt", "dismissed by Ana: a title")
    assert entry.fingerprint == report.findings[0].fingerprint
    taken_back = [*decisions, *review(report, Verdict.OPEN, None, None)]
    assert update_by_review(Baseline(), report, taken_back) == ()


def test_a_dismissal_is_taken_in_for_the_same_text_elsewhere() -> None:
    report = scanned(("a.txt", "One bad thing."), ("b.txt", "Two bad things."))
    decisions = review(report, Verdict.DISMISSED, None)
    entries = update_by_review(Baseline(), report, decisions, "kept by the desk")
    assert [(entry.document, entry.reason) for entry in entries] == [
        ("a.txt", "dismissed in review: kept by the desk"),
        ("b.txt", "dismissed in review: kept by the desk"),
    ]
    assert [
        entry.document
        for entry in update_by_review(Baseline(), report, [*decisions, *review(report, None, Verdict.OPEN)])
    ] == ["a.txt"]


def test_a_real_fault_leaves_the_baseline_and_other_entries_stay() -> None:
    report = scanned(("a.txt", "One bad thing."), ("b.txt", "Two bad things."))
    before = baseline_of(report, "old")
    entries = update_by_review(before, report, review(report, Verdict.ACCEPTED, None))
    assert [(entry.document, entry.reason) for entry in entries] == [("b.txt", "old")]
    elsewhere = Entry("gone.txt", "AAA001", "0" * 20, "x")
    kept = update_by_review(Baseline((elsewhere,)), report, review(report, Verdict.ACCEPTED, Verdict.ACCEPTED))
    assert kept == (elsewhere,)
