"""Checks across pages: the same findings however the windows were cut, in scores and statistics, apart from each other."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtcheck.core.across import AcrossPages, Gathering, PageHit, PageRecords, PlacedSpan, PlaceSpan, in_order
from mtcheck.core.checks import Check, nothing_alone
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Severity
from mtcheck.core.reading import Input
from mtcheck.core.report import ScanReport, Signature
from mtcheck.core.spans import Span
from mtcheck.scan.across import judge_across
from mtcheck.scan.checker import WindowChecker
from mtcheck.scan.executors import Executor, ProcessExecutor, SerialExecutor
from mtcheck.scan.findings import MOST_FINDINGS_OF_A_CHECK
from mtcheck.scan.planning import Plan, make_plan
from mtcheck.scan.scanner import ReadAndCheck, run_scan
from mtcheck.testing import document_from_text
from tests.cli.commands import Mtcheck, in_process
from tests.scan.checks_for_tests import LENGTH, PROVIDERS, check, read_words
from tests.shared import SHARED, needs_shared

SIGNATURE = Signature("mtcheck", "0", "0", (), ())


@dataclass(frozen=True, slots=True)
class Shout:
    """A word in capitals on one page."""

    word: str
    at: PlacedSpan


def shouts_of(document: Document, facts: Facts, place: PlaceSpan) -> Iterator[Shout]:
    if "unreadable" in document.text:
        raise RuntimeError("on purpose")
    for match in re.finditer(r"[A-Z]{2,}", document.text):
        yield Shout(match[0], place(Span(match.start(), match.end())))


def by_word(records: Sequence[Shout]) -> list[list[Shout]]:
    if any(record.word == "UNGROUPABLE" for record in records):
        raise RuntimeError("on purpose")
    groups: dict[str, list[Shout]] = defaultdict(list)
    for record in records:
        groups[record.word].append(record)
    return list(groups.values())


def all_but_first(groups: Sequence[Sequence[Shout]], options: object) -> Iterator[PageHit]:
    """Yield every shout that an earlier page has too."""
    for group in groups:
        if group[0].word == "UNJUDGEABLE":
            raise RuntimeError("on purpose")
        for shout in group[1:]:
            yield PageHit(shout.at, f"{shout.word} again", related=(group[0].at.related("first here"),))


SHOUTS: Gathering[Shout, list[Shout]] = Gathering("shouts", (), Shout, shouts_of, by_word)


def across(code: str, severity: Severity = Severity.MAJOR, gathering: Gathering[Any, Any] = SHOUTS) -> Check[Any]:
    made = check(code, nothing_alone)
    return replace(made, severity=severity, across=AcrossPages(gathering, all_but_first))


def plan() -> Plan:
    return make_plan([check("AAA001"), across("XXX001"), across("XXX002", Severity.MINOR)], {}, PROVIDERS)


def make_work() -> ReadAndCheck:
    return ReadAndCheck(read_words, WindowChecker(plan()))


def scan(texts: Sequence[str], executor: Executor) -> ScanReport:
    inputs = [Input(text) for text in texts]
    return run_scan(inputs, read=read_words, make_work=make_work, plan=plan(), signature=SIGNATURE, executor=executor)


def records_of(texts: Sequence[str]) -> list[PageRecords]:
    documents = [document_from_text(text, path=f"{number}.txt") for number, text in enumerate(texts)]
    return list(WindowChecker(plan()).check(documents).records)


TEXTS = ("one YES here", "a bad YES and\n\nanother YES", "nothing", "YES 😀 NO", "NO bad")


def test_findings_join_their_documents_in_order_of_span_and_code() -> None:
    report = scan(TEXTS, SerialExecutor())
    assert [
        ("a bad YES and\n\nanother YES", "AAA001", "bad"),
        ("a bad YES and\n\nanother YES", "XXX001", "YES"),
        ("a bad YES and\n\nanother YES", "XXX002", "YES"),
        ("a bad YES and\n\nanother YES", "XXX001", "YES"),
        ("a bad YES and\n\nanother YES", "XXX002", "YES"),
        ("one YES here", "XXX001", "YES"),
        ("one YES here", "XXX002", "YES"),
    ] == [
        (finding.document, finding.code, finding.text)
        for finding in sorted(report.findings, key=lambda finding: finding.document)
        if finding.document[0] in "ao"
    ]
    order = {text: number for number, text in enumerate(TEXTS)}
    keys = [(order[finding.document], finding.span, finding.code) for finding in report.findings]
    assert keys == sorted(keys)


def test_scores_and_statistics_count_them() -> None:
    report = scan(("YES one", "NO YES two"), SerialExecutor())
    # Records are compared in the order of the documents' ids: "NO YES two" comes first. Both findings are about one word.
    assert [(2, 1, 5, 2500.0), (0, 0, 0, 0.0)] == [
        (
            document.scores.findings,
            document.scores.faults,
            document.scores.penalty,
            document.scores.penalty_per_1000_words,
        )
        for document in report.documents
    ]
    assert 2 == report.statistics.findings
    assert [("XXX001", 1), ("XXX002", 1)] == [(count.code, count.findings) for count in report.statistics.by_check]
    assert {"neutral": 0, "minor": 1, "major": 1, "critical": 0} == {
        count.severity: count.findings for count in report.statistics.by_severity
    }


def test_places_of_both_pages_are_exact() -> None:
    report = scan(("😀 NO", "line\nthen 😀 NO"), SerialExecutor())
    finding = next(finding for finding in report.findings if finding.code == "XXX001")
    (related,) = finding.related
    assert {("line\nthen 😀 NO", 2, 8), ("😀 NO", 1, 3)} == {
        (where.document, where.place.line, where.place.column) for where in (finding, related)
    }
    for where in (finding, related):
        units = where.document.encode("utf-16-le")
        assert "NO" == where.text == where.span.of(where.document)
        assert "NO" == units[2 * where.utf16.start : 2 * where.utf16.end].decode("utf-16-le")


def test_processes_change_nothing() -> None:
    texts = [f"{text} {number}" for number in range(12) for text in TEXTS]
    assert scan(texts, SerialExecutor()) == scan(texts, ProcessExecutor(2))


@given(st.permutations(range(len(TEXTS))))
@settings(max_examples=20, deadline=None)
def test_the_order_of_pages_changes_nothing(order: list[int]) -> None:
    pages = records_of(TEXTS)
    shuffled = [pages[number] for number in order if number < len(pages)]
    assert judge_across(plan(), partial(in_order, pages)) == judge_across(plan(), partial(in_order, shuffled))


def test_records_come_by_document_and_gathering() -> None:
    pages = [PageRecords("a", "2", (3,)), PageRecords("b", "0", (9,)), PageRecords("a", "1", (1, 2))]
    assert [1, 2, 3] == in_order(pages, "a")


def test_fingerprints_survive_moved_lines_and_change_with_the_sentence() -> None:
    def fingerprints(text: str) -> list[str]:
        found = judge_across(plan(), partial(in_order, records_of(["YES", text]))).findings
        return [finding.fingerprint for finding in found if finding.code == "XXX001"]

    once = fingerprints("They said YES to it.")
    assert 1 == len(once)
    assert once == fingerprints("Another line.\n\nThey said  YES to it.")
    assert once != fingerprints("They said YES to him.")
    twice = fingerprints("They said YES to it.\n\nThey said YES to it.")
    assert once == twice[:1]
    assert 2 == len(set(twice))


def test_a_page_that_crashes_the_gathering_spares_the_others() -> None:
    report = scan(("YES", "unreadable YES", "then YES"), SerialExecutor())
    assert {"then YES"} == {finding.document for finding in report.findings}
    assert [("check", "unreadable YES")] == [(problem.kind, problem.document) for problem in report.problems]
    assert [("unreadable YES", ("XXX001", "XXX002"), True)] == [
        (entry.document, entry.checks, entry.incomplete) for entry in report.not_checked
    ]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        (
            "UNGROUPABLE",
            [(("XXX001", "XXX002"), "grouping shouts for XXX001, XXX002 crashed: RuntimeError: on purpose")],
        ),
        (
            "UNJUDGEABLE",
            [
                (("XXX001",), "XXX001 made-up-aab crashed across pages: RuntimeError: on purpose"),
                (("XXX002",), "XXX002 made-up-aac crashed across pages: RuntimeError: on purpose"),
            ],
        ),
    ],
)
def test_a_crash_of_the_reduce_is_a_problem_of_the_report(
    word: str, expected: list[tuple[tuple[str, ...], str]]
) -> None:
    report = scan(("bad YES", f"{word} YES"), SerialExecutor())
    assert ["AAA001"] == [finding.code for finding in report.findings]
    assert expected == [(entry.checks, entry.reason) for entry in report.not_checked]
    assert all(entry.incomplete and entry.document is None for entry in report.not_checked)
    assert [reason for _, reason in expected] == [problem.message for problem in report.problems]


def test_findings_of_one_check_are_capped_in_each_document() -> None:
    pages = records_of(["YES", "YES " * (MOST_FINDINGS_OF_A_CHECK + 5), "YES YES"])
    result = judge_across(make_plan([across("XXX001")], {}, PROVIDERS), partial(in_order, pages))
    assert MOST_FINDINGS_OF_A_CHECK + 2 == len(result.findings)
    assert [("1.txt", ("XXX001",), False)] == [(e.document, e.checks, e.incomplete) for e in result.not_checked]


def test_a_gathering_is_planned_once_and_its_name_is_its_own() -> None:
    assert (SHOUTS,) == plan().gatherings
    assert () == make_plan([check("AAA001")], {}, PROVIDERS).gatherings
    other = replace(SHOUTS, group=lambda records: [list(records)])
    with pytest.raises(ValueError, match="two gatherings have the name 'shouts'"):
        make_plan([across("XXX001"), across("XXX002", gathering=other)], {}, PROVIDERS)


def test_facts_of_the_gathering_are_declared() -> None:
    with pytest.raises(ValueError, match="facts that it does not declare"):
        across("XXX001", gathering=replace(SHOUTS, needs=(LENGTH,)))


# --- the real checks, from the outside ---

PAGES = {
    "first.txt": "Varen answers\n\nThe minister met Yusuf Haddar of Ostia.\n\nMinister Andrey Marlow said on Monday: “We will not talk "
    "about the harbor with Ostia while our fishermen are held there.”\n",
    "second.txt": "The dispute\n\nYusuf Haddar of Ostia and Marlow met in Varen.\n\nAndrei Marlow told reporters: “We will talk about the "
    "harbor with Ostia while our fishermen are held there.”\n",
    "third.txt": "Varen again\n\nYusuf Haddar of Ostia was in Varen.\n\nAndrey Marlow said that it will not “talk about the harbor with "
    "Ostia while our fishermen are held there.”\n",
}


@pytest.fixture
def mtcheck(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Mtcheck:
    return in_process(monkeypatch, capsys)


def test_a_scan_of_pages_shows_the_odd_one_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mtcheck: Mtcheck
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in PAGES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    arguments = ["scan", *PAGES, "--no-translate", "--select", "QUO008,CON005", "--output", "json"]
    done = mtcheck(*arguments)
    report = json.loads(done.out)
    assert 1 == done.code
    assert [("second.txt", "CON005"), ("second.txt", "QUO008")] == [
        (finding["document"], finding["code"]) for finding in report["findings"]
    ]
    found = report["findings"][1]
    assert "the negation (not) is missing" in found["message"]
    assert found["related"][0]["document"] == found["evidence"][0]["right_label"] == "first.txt"
    assert done.out == mtcheck(*arguments, "-j", "2").out
    only_one = mtcheck("scan", "second.txt", "--no-translate", "--select", "QUO008,CON005", "--output", "json")
    assert [] == json.loads(only_one.out)["findings"]


@needs_shared
def test_the_garbled_quotation_stands_beside_the_whole_one(mtcheck: Mtcheck) -> None:
    arguments = ["scan", str(SHARED / "pages"), "--no-translate", "--output", "json"]
    done = mtcheck(*arguments)
    assert done.out == mtcheck(*arguments, "-j", "2").out
    found = [finding for finding in json.loads(done.out)["findings"] if finding["code"] == "QUO008"]
    assert ["sana-lavrov.txt"] == [Path(finding["document"]).name for finding in found]
    assert "the subject (it) and the negation (will not) are missing" in found[0]["message"]
    assert ["efe-russia-us.txt"] == [Path(place["document"]).name for place in found[0]["related"]]
    comparison = found[0]["evidence"][0]
    assert comparison["left"].startswith("Topics the United States needs only")
    assert comparison["right"].startswith("it will not engage in a dialogue only")
    assert comparison["left_highlights"]
    assert comparison["right_highlights"]
