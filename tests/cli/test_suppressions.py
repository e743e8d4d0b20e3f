"""Comments in files that leave findings out: only where the files are trusted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.commands import Mtcheck

PAGE = """Harbor council meets in Varen

The harbor council of Varen met on Monday to talk about the new timetable for the ferries to Ostlund.

{}

The council said the the draft would come later in the year.

Nobody expects the the decision before the end of the month, said the head of the council.
"""
HTML = """<!doctype html><html lang="en"><title>Harbor council meets in Varen</title><body><h1>Harbor council meets</h1>
<p>The harbor council of Varen met on Monday to talk about the new timetable for the ferries to Ostlund.</p>
<!-- mtcheck: ignore REP001 --><p>The council said the the draft would come later in the year.</p><p>Nobody
expects the <!-- mtcheck: ignore repeated-word, QUO --> the decision before the the end of the month, said the head.</p>
</body></html>
"""
SCAN = ("--no-translate", "--select", "REP,QUO,SUP", "--output", "json")


def found(mtcheck: Mtcheck, path: str, *arguments: str) -> list[tuple[str, int, str]]:
    """Scan and return code, line and status of each finding."""
    done = mtcheck("scan", path, *SCAN, *arguments)
    assert done.out, done.err
    findings = json.loads(done.out)["findings"]
    return [(finding["code"], finding["place"]["line"], finding["status"]) for finding in findings]


def write(name: str, text: str) -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


@pytest.mark.parametrize("comment", ["[mtcheck: ignore REP001]", "<!-- mtcheck: ignore REP (he stutters) -->"])
@pytest.mark.parametrize("name", ["page.txt", "page.md"])
def test_a_comment_covers_the_paragraph_after_it(mtcheck: Mtcheck, name: str, comment: str) -> None:
    write(name, PAGE.format(comment))
    assert found(mtcheck, name, "--suppressions") == [("REP001", 7, "suppressed"), ("REP001", 9, "unconfirmed")]


def test_without_the_setting_a_comment_is_nothing(mtcheck: Mtcheck) -> None:
    write("page.txt", PAGE.format("[mtcheck: ignore REP001]"))
    assert found(mtcheck, "page.txt") == [("REP001", 7, "unconfirmed"), ("REP001", 9, "unconfirmed")]
    write("mtcheck.toml", "suppressions = true\n")
    assert found(mtcheck, "page.txt")[0] == ("REP001", 7, "suppressed")


def test_a_comment_covers_the_whole_file_where_it_says_so(mtcheck: Mtcheck) -> None:
    write("page.txt", PAGE.format("[mtcheck: ignore-file REP001]"))
    assert [status for _, _, status in found(mtcheck, "page.txt", "--suppressions")] == ["suppressed", "suppressed"]


def test_html_comments_cover_the_block_they_stand_in_or_the_next(mtcheck: Mtcheck) -> None:
    write("page.html", HTML)
    assert found(mtcheck, "page.html") != []
    # The second comment stands inside its paragraph. Its QUO finds nothing there.
    results = found(mtcheck, "page.html", "--suppressions")
    assert [(code, status) for code, _, status in results] == [
        ("REP001", "suppressed"),
        ("SUP001", "unconfirmed"),
        ("REP001", "suppressed"),
        ("REP001", "suppressed"),
    ]


def test_suppressed_findings_do_not_count(mtcheck: Mtcheck) -> None:
    write("page.txt", PAGE.format("[mtcheck: ignore-file REP001]"))
    arguments = ("scan", "page.txt", "--no-translate", "--select", "REP", "--fail-on", "minor")
    assert mtcheck(*arguments).code == 1
    assert mtcheck(*arguments, "--suppressions").code == 0


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("[mtcheck: ignore QUO001]", "The comment on line 5 ignores QUO001, which finds nothing here"),
        ("[mtcheck: ignore QU0001]", "The comment on line 5 ignores QU0001, and no check is called so"),
        ("[mtcheck: ignore]", "The comment on line 5 names no check to ignore"),
    ],
)
def test_what_suppresses_nothing_is_reported(mtcheck: Mtcheck, comment: str, message: str) -> None:
    write("page.txt", PAGE.format(comment))
    done = mtcheck("scan", "page.txt", *SCAN, "--suppressions")
    (unused,) = [finding for finding in json.loads(done.out)["findings"] if finding["code"] == "SUP001"]
    assert (unused["message"], unused["text"], unused["severity"]) == (message, comment, "neutral")


def test_a_comment_about_a_check_that_did_not_run_is_not_unused(mtcheck: Mtcheck) -> None:
    write("page.txt", PAGE.format("[mtcheck: ignore LID002, ACC001]"))
    assert "SUP001" not in [code for code, _, _ in found(mtcheck, "page.txt", "--suppressions")]


def test_feeds_and_standard_input_are_never_trusted(mtcheck: Mtcheck, monkeypatch: pytest.MonkeyPatch) -> None:
    record = {"id": "1", "html": HTML}
    plain = {"id": "2", "text": PAGE.format("[mtcheck: ignore-file REP001]")}
    write("feed.jsonl", f"{json.dumps(record)}\n{json.dumps(plain)}\n")
    assert {status for _, _, status in found(mtcheck, "feed.jsonl", "--suppressions")} == {"unconfirmed"}
    write("page.txt", PAGE.format("[mtcheck: ignore-file REP001]"))
    with Path("page.txt").open(encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdin", stream)
        assert {status for _, _, status in found(mtcheck, "-", "--suppressions")} == {"unconfirmed"}


def test_several_processes_suppress_the_same(mtcheck: Mtcheck) -> None:
    Path("pages").mkdir()
    for number in range(3):
        write(f"pages/{number}.txt", PAGE.format("[mtcheck: ignore REP001, QUO001]"))
    alone = mtcheck("scan", "pages", *SCAN, "--suppressions")
    assert mtcheck("scan", "pages", *SCAN, "--suppressions", "--jobs", "2").out == alone.out
    assert "suppressed" in alone.out
