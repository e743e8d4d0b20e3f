"""What a CI job uses: the baseline, limits, changed lines; and the exit code of each."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from mtcheck.cli import exit_codes
from mtcheck.cli.exit_codes import Limits
from mtcheck.config import MaxRate
from mtcheck.core.findings import ACCEPTED, SUPPRESSED, Severity
from tests.cli.commands import Mtcheck
from tests.reporters.sample import arabic_page, scan_report

CLEAN = """Harbor council meets in Varen

The harbor council of Varen met on Monday to talk about the new timetable for the ferries to Ostlund.

Nobody expects a decision before the end of the month, said the head of the council after the meeting.
"""
TWICE = "\nThe council said the the draft would come later in the year.\n"
QUOTE = "\nThe council noted that there is no hurry at all.”\n"
SCAN = ("scan", "pages", "--no-translate", "--select", "REP,QUO,SUP")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "pages" / "harbor.txt"
    file.parent.mkdir()
    file.write_text(CLEAN + TWICE + QUOTE, encoding="utf-8")
    return file


def codes_of(mtcheck: Mtcheck, *arguments: str) -> list[tuple[str, str]]:
    """Scan with the options given; return code and status of each finding."""
    done = mtcheck(*SCAN, "--output", "json", *arguments)
    assert done.out, done.err
    return [(finding["code"], finding["status"]) for finding in json.loads(done.out)["findings"]]


def make_baseline(mtcheck: Mtcheck, *arguments: str) -> None:
    mtcheck(*SCAN, "--output", "json:results.json")
    done = mtcheck("baseline", "update", "results.json", *arguments)
    assert done.code == 0, done.err


# The exit code


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), 1),
        (("--fail-on", "minor"), 1),
        (("--fail-on", "critical"), 0),
        (("--max-findings", "0"), 1),
        (("--max-findings", "1"), 0),
        (("--fail-on", "minor", "--max-findings", "1"), 1),
        (("--fail-on", "minor", "--max-findings", "2"), 0),
        (("--max-rate", "1/1000w"), 1),
        (("--max-rate", "20/1000w"), 0),
        (("--max-rate", "0.5/10w"), 0),
        (("--max-findings", "5", "--max-rate", "1/1000w"), 1),
        (("--max-findings", "0", "--max-rate", "100/1000w"), 1),
        (("--fail-on", "never", "--max-findings", "0"), 0),
        (("--max-findings", "-1"), 2),
        (("--max-rate", "2"), 2),
        (("--max-rate", "2/0w"), 2),
        (("--max-rate", "2/1000"), 2),
        (("--baseline", "nowhere.baseline"), 2),
        (("--baseline", "pages/harbor.txt"), 2),
        (("--diff", "main"), 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_exit_code(mtcheck: Mtcheck, page: Path, arguments: tuple[str, ...], expected: int) -> None:
    done = mtcheck(*SCAN, "--output", "text", *arguments)
    assert done.code == expected, done.err
    if expected == 2:
        assert "mtcheck: error: " in done.err


@pytest.mark.parametrize(
    ("limits", "findings", "words", "expected"),
    [
        (Limits(), 0, 0, True),
        (Limits(), 1, 10_000, False),
        (Limits(3), 3, 10, True),
        (Limits(3), 4, 10_000, False),
        (Limits(None, MaxRate(2, 1000)), 2, 1000, True),
        (Limits(None, MaxRate(2, 1000)), 2, 999, False),
        (Limits(None, MaxRate(2, 1000)), 0, 0, True),
        (Limits(None, MaxRate(2, 1000)), 1, 0, False),
        (Limits(1, MaxRate(2, 1000)), 2, 100_000, False),
        (Limits(5, MaxRate(0, 1)), 0, 100, True),
    ],
)
def test_limits(limits: Limits, findings: int, words: int, expected: bool) -> None:
    assert limits.are_kept(findings, words) is expected


@pytest.mark.parametrize("status", [ACCEPTED, SUPPRESSED, "unconfirmed"])
def test_settled_findings_do_not_count(status: str) -> None:
    from dataclasses import replace

    base = scan_report([arabic_page()])
    report = replace(base, findings=tuple(replace(finding, status=status) for finding in base.findings))
    expected = exit_codes.FINDINGS if status == "unconfirmed" else exit_codes.CLEAN
    assert exit_codes.exit_code(report, Severity.NEUTRAL, allow_incomplete=True) == expected


# The baseline


def test_a_baseline_accepts_what_is_there_and_nothing_else(mtcheck: Mtcheck, page: Path) -> None:
    make_baseline(mtcheck, "--reason", "before our time")
    entries = [json.loads(line) for line in Path("mtcheck.baseline").read_text(encoding="utf-8").splitlines()[1:]]
    assert [(entry["code"], entry["reason"]) for entry in entries] == [
        ("QUO001", "before our time"),
        ("REP001", "before our time"),
    ]
    assert codes_of(mtcheck, "--baseline", "mtcheck.baseline") == [("REP001", ACCEPTED), ("QUO001", ACCEPTED)]
    assert mtcheck(*SCAN, "--baseline", "mtcheck.baseline", "--fail-on", "minor").code == 0
    page.write_text(CLEAN + TWICE + QUOTE + QUOTE.replace("hurry", "news"), encoding="utf-8")
    assert mtcheck(*SCAN, "--baseline", "mtcheck.baseline").code == 1


def test_a_hundred_lines_above_change_nothing(mtcheck: Mtcheck, page: Path) -> None:
    make_baseline(mtcheck)
    lines = "".join(f"The ferry number {number} left the harbor on time.\n\n" for number in range(50))
    page.write_text(lines + CLEAN + TWICE + QUOTE, encoding="utf-8")
    assert codes_of(mtcheck, "--baseline", "mtcheck.baseline") == [("REP001", ACCEPTED), ("QUO001", ACCEPTED)]


def test_an_edited_sentence_is_one_new_finding_and_one_stale_entry(mtcheck: Mtcheck, page: Path) -> None:
    make_baseline(mtcheck)
    page.write_text(CLEAN + TWICE.replace("draft", "final text") + QUOTE, encoding="utf-8")
    assert codes_of(mtcheck, "--baseline", "mtcheck.baseline") == [
        ("REP001", "unconfirmed"),
        ("QUO001", ACCEPTED),
        ("SUP002", "unconfirmed"),
    ]
    text = mtcheck(*SCAN, "--output", "text", "--baseline", "mtcheck.baseline")
    assert text.code == 0, "the new finding is minor, the stale entry neutral"
    assert "mtcheck.baseline:3:1: SUP002 neutral This entry accepts a finding of REP001 in pages/harbor.txt" in text.out
    assert "[unpaired-quotation] (accepted)" in text.out
    assert ", 1 of them accepted or suppressed in 2 documents" in text.out


def test_prune_removes_what_is_stale_and_says_so(mtcheck: Mtcheck, page: Path) -> None:
    make_baseline(mtcheck)
    page.write_text(CLEAN + QUOTE, encoding="utf-8")
    mtcheck(*SCAN, "--baseline", "mtcheck.baseline", "--output", "json:results.json")
    done = mtcheck("baseline", "prune", "results.json")
    assert (done.code, done.err) == (0, "mtcheck: mtcheck.baseline: 1 removed, 1 left\n")
    assert codes_of(mtcheck, "--baseline", "mtcheck.baseline") == [("QUO001", ACCEPTED)]


def test_update_twice_writes_the_same_bytes(mtcheck: Mtcheck, page: Path) -> None:
    make_baseline(mtcheck)
    first = Path("mtcheck.baseline").read_bytes()
    make_baseline(mtcheck)
    assert Path("mtcheck.baseline").read_bytes() == first


def test_the_settings_name_the_baseline(mtcheck: Mtcheck, page: Path) -> None:
    Path("mtcheck.toml").write_text('baseline = "pages/known.jsonl"\n', encoding="utf-8")
    assert mtcheck(*SCAN).code == 2, "it is named and not there"
    mtcheck("scan", "pages/harbor.txt", "--no-translate", "--output", "json:results.json", "--baseline", "empty.jsonl")
    Path("empty.jsonl").write_text('{"mtcheck_baseline": 1}\n', encoding="utf-8")
    mtcheck("scan", "pages/harbor.txt", "--no-translate", "--output", "json:results.json", "--baseline", "empty.jsonl")
    assert mtcheck("baseline", "update", "results.json").code == 0
    # It lies among the pages and has the name of a feed, and is scanned as neither.
    done = mtcheck(*SCAN, "--output", "text")
    assert (done.code, "problem" in done.out) == (0, False), done.out


@pytest.mark.parametrize(
    "arguments",
    [("update", "nowhere.json"), ("prune", "nowhere.json"), ("update", "pages/harbor.txt"), ("shrink",)],
)
def test_baseline_commands_refuse(mtcheck: Mtcheck, page: Path, arguments: tuple[str, ...]) -> None:
    assert mtcheck("baseline", *arguments).code == 2
    assert not Path("mtcheck.baseline").exists()


def test_prune_needs_a_baseline(mtcheck: Mtcheck, page: Path) -> None:
    mtcheck(*SCAN, "--output", "json:results.json")
    done = mtcheck("baseline", "prune", "results.json")
    assert done.code == 2
    assert "mtcheck.baseline: no such file or directory" in done.err


# Changed lines


def git(*arguments: str) -> str:
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *identity, *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def repository(mtcheck: Mtcheck, page: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose one commit holds the page; mtcheck runs at its root."""
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-q", "-m", "first")
    return page


def test_diff_reports_changed_lines_only(mtcheck: Mtcheck, repository: Path) -> None:
    assert codes_of(mtcheck, "--diff", "HEAD") == []
    assert mtcheck(*SCAN, "--diff", "HEAD").code == 0
    repository.write_text(CLEAN + TWICE + TWICE.replace("draft", "plan") + QUOTE, encoding="utf-8")
    done = mtcheck(*SCAN, "--diff", "HEAD", "--output", "json")
    report = json.loads(done.out)
    assert [(finding["code"], finding["place"]["line"]) for finding in report["findings"]] == [("REP001", 9)]
    assert report["statistics"]["findings"] == report["documents"][0]["scores"]["findings"] == 1
    assert "only lines that changed since HEAD are reported" in report["not_checked"][0]["reason"]


def test_diff_counts_from_where_the_branch_left(mtcheck: Mtcheck, repository: Path) -> None:
    git("checkout", "-q", "-b", "story")
    repository.write_text(CLEAN + TWICE + QUOTE + TWICE.replace("draft", "plan"), encoding="utf-8")
    git("commit", "-q", "-a", "-m", "story")
    git("checkout", "-q", "main")
    repository.write_text(CLEAN + QUOTE, encoding="utf-8")
    git("commit", "-q", "-a", "-m", "main goes on")
    git("checkout", "-q", "story")
    assert codes_of(mtcheck, "--diff", "main") == [("REP001", "unconfirmed")]


def test_diff_takes_untracked_files_whole_and_others_not_at_all(mtcheck: Mtcheck, repository: Path) -> None:
    (repository.parent / "новая #1.txt").write_text(CLEAN + TWICE, encoding="utf-8")
    done = mtcheck(*SCAN, "--diff", "HEAD", "--output", "json")
    assert [document["path"] for document in json.loads(done.out)["documents"]] == ["pages/новая #1.txt"]
    git("add", ".")
    assert codes_of(mtcheck, "--diff", "HEAD") == [("REP001", "unconfirmed")]


def test_diff_takes_a_file_whole_whose_lines_git_counts_otherwise(mtcheck: Mtcheck, repository: Path) -> None:
    old = (CLEAN + TWICE + QUOTE).replace("\n", "\r")
    repository.write_bytes(old.encode())
    git("commit", "-q", "-a", "-m", "old line ends")
    repository.write_bytes((old + "\r\rOne line more.").encode())
    assert ("REP001", "unconfirmed") in codes_of(mtcheck, "--diff", "HEAD")
    repository.write_bytes((CLEAN + TWICE + QUOTE).encode("utf-16"))
    git("commit", "-q", "-a", "-m", "binary for git")
    repository.write_bytes((CLEAN + TWICE + QUOTE + "\nOne line more.\n").encode("utf-16"))
    assert ("REP001", "unconfirmed") in codes_of(mtcheck, "--diff", "HEAD")


def test_diff_sees_past_the_users_settings_of_git(mtcheck: Mtcheck, repository: Path) -> None:
    for name, value in (("diff.external", "false"), ("color.ui", "always"), ("diff.noprefix", "true"), ("diff.relative", "true"),
                        ("diff.context", "9"), ("diff.interHunkContext", "50"), ("core.quotePath", "true")):  # fmt: skip
        git("config", name, value)
    repository.write_text(CLEAN + TWICE + QUOTE + TWICE.replace("draft", "plan"), encoding="utf-8")
    assert codes_of(mtcheck, "--diff", "HEAD") == [("REP001", "unconfirmed")]


def test_diff_works_below_the_root(mtcheck: Mtcheck, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.write_text(CLEAN + TWICE + QUOTE + TWICE.replace("draft", "plan"), encoding="utf-8")
    monkeypatch.chdir(repository.parent)
    done = mtcheck("scan", ".", "--no-translate", "--select", "REP", "--diff", "HEAD", "--output", "text")
    assert done.out.startswith("harbor.txt:11:")


def test_diff_leaves_the_baseline_alone(mtcheck: Mtcheck, repository: Path) -> None:
    make_baseline(mtcheck)
    repository.write_text(CLEAN + "\nOne line more.\n" + TWICE + QUOTE, encoding="utf-8")
    assert codes_of(mtcheck, "--diff", "HEAD", "--baseline", "mtcheck.baseline") == []
    mtcheck(*SCAN, "--diff", "HEAD", "--output", "json:results.json")
    assert "0 removed, 2 left" in mtcheck("baseline", "prune", "results.json").err


@pytest.mark.parametrize(
    ("revision", "message"),
    [
        ("nowhere", "--diff nowhere: git knows no such revision"),
        ("--output=x", "--diff --output=x: git knows no such revision"),
        ("HEAD:pages", "git knows no such revision"),
        ("HEAD; touch x", "git knows no such revision"),
    ],
)
def test_diff_refuses_what_is_no_revision(mtcheck: Mtcheck, repository: Path, revision: str, message: str) -> None:
    done = mtcheck(*SCAN, f"--diff={revision}")
    assert done.code == 2
    assert message in done.err
    assert not Path("x").exists()


def test_diff_says_why_it_cannot(mtcheck: Mtcheck, page: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    done = mtcheck(*SCAN, "--diff", "HEAD")
    assert (done.code, "--diff needs a git repository" in done.err) == (2, True)
    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "first")
    outside = tmp_path.parent / f"{tmp_path.name}-outside.txt"
    outside.write_text(CLEAN, encoding="utf-8")
    done = mtcheck("scan", str(outside), "--no-translate", "--diff", "HEAD")
    assert (done.code, "is not in the git repository" in done.err) == (2, True)
    done = mtcheck("scan", "-", "--no-translate", "--diff", "HEAD")
    assert (done.code, "standard input is no file" in done.err) == (2, True)
    git("checkout", "-q", "--orphan", "apart")
    git("commit", "-q", "-m", "another history")
    git("branch", "other", git("commit-tree", "-m", "alone", git("write-tree")))
    done = mtcheck(*SCAN, "--diff", "other")
    assert (done.code, "no common history" in done.err) == (2, True)
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    done = mtcheck(*SCAN, "--diff", "HEAD")
    assert (done.code, "needs git" in done.err) == (2, True)


# Results kept between scans


def test_a_second_scan_gives_the_same_bytes_and_checks_nothing(
    mtcheck: Mtcheck, page: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MTCHECK_CACHE", str(tmp_path / "cache"))
    plain = mtcheck(*SCAN, "--output", "json")
    kept = mtcheck(*SCAN, "--output", "json", "--reuse")
    assert kept.out == plain.out
    monkeypatch.setattr("mtcheck.readers.reading.read", lambda *_arguments: pytest.fail("an unchanged file was read"))
    again = mtcheck(*SCAN, "--output", "json", "--reuse")
    assert (again.code, again.out) == (plain.code, plain.out)
    accepted = mtcheck(*SCAN, "--output", "json", "--reuse", "--max-findings", "1")
    assert accepted.code == 0, "limits and baselines are applied to kept results as to any"
