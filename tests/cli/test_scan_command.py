"""The main job from the outside: exit codes, outputs, bad input, interruption."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.commands import Mtcheck, own_process

CLEAN = """Harbor council meets in Varen

The harbor council of Varen met on Monday to talk about the new timetable for the ferries to Ostlund.

Nobody expects a decision before the end of the month, said the head of the council after the meeting.
"""
FAULTY = CLEAN + "\nThe council said the the draft would come later, noting that there is no hurry at all.”\n"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "clean.txt").write_text(CLEAN, encoding="utf-8")
    (folder / "faulty.txt").write_text(FAULTY, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["pages/clean.txt", "--no-translate"], 0),
        (["pages/clean.txt"], 3),
        (["pages/clean.txt", "--allow-incomplete"], 0),
        (["pages/clean.txt", "--select", "QUO"], 0),
        (["pages/faulty.txt", "--no-translate"], 1),
        (["pages/faulty.txt", "--allow-incomplete"], 1),
        (["pages/faulty.txt"], 3),
        (["pages", "--no-translate", "--fail-on", "critical"], 0),
        (["pages", "--no-translate", "--fail-on", "never"], 0),
        (["pages", "--no-translate", "--select", "REP", "--fail-on", "minor"], 1),
        (["pages", "--no-translate", "--select", "REP"], 0),
        (["pages", "--no-translate", "--ignore", "QUO,REP", "--fail-on", "minor"], 0),
        (["nowhere.txt", "--no-translate"], 2),
        (["pages", "nowhere.txt", "--no-translate"], 2),
        (["pages", "--select", "QUX"], 2),
        (["pages", "--fail-on", "sometimes"], 2),
        (["pages", "--output", "pdf"], 2),
        (["pages", "--command", "en-es"], 2),
        (["pages", "--unknown-flag"], 2),
        (["pages", "--language", "English!"], 2),
        ([], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_exit_codes(mtcheck: Mtcheck, pages: Path, arguments: list[str], expected: int) -> None:
    done = mtcheck("scan", *arguments)
    assert expected == done.code, done.out + done.err
    if expected == 2:
        assert "Traceback" not in done.err


def test_a_scan_without_a_model_says_which_checks_could_not_run(mtcheck: Mtcheck, pages: Path) -> None:
    done = mtcheck("scan", str(pages / "clean.txt"), "-o", "json")
    entry = json.loads(done.out)["not_checked"][0]
    assert (None, ["ACC001"], True) == (entry["document"], entry["checks"], entry["incomplete"])
    assert "--model" in entry["reason"]
    assert "--no-translate" in entry["reason"]
    shown = mtcheck("scan", str(pages / "clean.txt"))
    assert "ACC001" in shown.out
    assert "--no-translate" in " ".join(shown.out.split())


def test_an_internal_error_never_reads_as_findings(
    mtcheck: Mtcheck, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object, **_named: object) -> None:
        raise RuntimeError("on purpose")

    monkeypatch.setattr("mtcheck.app.scan", broken)
    done = mtcheck("scan", str(pages))
    assert 101 == done.code
    assert "on purpose" in done.err


def test_one_bad_input_costs_nothing_but_itself(mtcheck: Mtcheck, pages: Path) -> None:
    (pages / "empty.txt").write_bytes(b"")
    (pages / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10)
    done = mtcheck("scan", str(pages), "--no-translate", "-o", "json")
    report = json.loads(done.out)
    assert 2 == done.code
    assert ["clean.txt", "faulty.txt"] == [Path(document["id"]).name for document in report["documents"]]
    assert ["empty.txt", "picture.txt"] == [Path(problem["document"]).name for problem in report["problems"]]
    assert {"QUO001", "REP001"} <= {finding["code"] for finding in report["findings"]}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads every file")
def test_an_unreadable_file_is_listed(mtcheck: Mtcheck, pages: Path) -> None:
    (pages / "secret.txt").write_text("text", encoding="utf-8")
    (pages / "secret.txt").chmod(0)
    done = mtcheck("scan", str(pages), "--no-translate", "-o", "json")
    assert 2 == done.code
    assert ["secret.txt"] == [Path(problem["document"]).name for problem in json.loads(done.out)["problems"]]


def test_several_outputs_in_one_run(mtcheck: Mtcheck, pages: Path, tmp_path: Path) -> None:
    done = mtcheck("scan", str(pages), "--no-translate", "-o", "json:out/results.json", "-o", "html", "-o", "text")
    assert 1 == done.code
    assert "REP001" in done.out
    assert json.loads((tmp_path / "out" / "results.json").read_text(encoding="utf-8"))["schema_version"] == 2
    assert (tmp_path / "reports" / "index.html").is_file()
    assert "wrote reports" in done.err


def test_the_json_of_a_scan_makes_the_same_reports_again(mtcheck: Mtcheck, pages: Path, tmp_path: Path) -> None:
    mtcheck("scan", str(pages), "--no-translate", "-o", "json:results.json", "-o", "html:first", "-o", "text:first.txt")
    for page in pages.iterdir():
        page.unlink()
    done = mtcheck("report", "results.json", "-o", "html:second", "-o", "text:second.txt", "-o", "json:again.json")
    assert 0 == done.code, done.err
    assert (tmp_path / "first.txt").read_bytes() == (tmp_path / "second.txt").read_bytes()
    assert (tmp_path / "results.json").read_bytes() == (tmp_path / "again.json").read_bytes()
    first = {file.name: file.read_bytes() for file in (tmp_path / "first").iterdir()}
    second = {file.name: file.read_bytes() for file in (tmp_path / "second").iterdir()}
    assert first == second


@pytest.mark.parametrize("content", ["", "[]", "{", '{"schema_version": 2}'])
def test_a_broken_results_file_is_refused(mtcheck: Mtcheck, tmp_path: Path, content: str) -> None:
    (tmp_path / "results.json").write_text(content, encoding="utf-8")
    done = mtcheck("report", "results.json")
    assert 2 == done.code
    assert "results.json" in done.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a device without space")
def test_a_full_disk_loses_only_that_output(mtcheck: Mtcheck, pages: Path, tmp_path: Path) -> None:
    done = mtcheck("scan", str(pages), "--no-translate", "-o", "json:/dev/full", "-o", "text:kept.txt")
    assert 2 == done.code
    assert "No space left" in done.err
    assert "REP001" in (tmp_path / "kept.txt").read_text(encoding="utf-8")


def test_two_outputs_for_one_place_are_refused(mtcheck: Mtcheck, pages: Path) -> None:
    done = mtcheck("scan", str(pages), "-o", "json", "-o", "text")
    assert (2, True) == (done.code, "standard output" in done.err)


def test_bytes_are_the_same_from_any_process_and_hash_seed(pages: Path) -> None:
    outputs = set()
    for seed, jobs in (("1", "1"), ("2", "2"), ("3", "1")):
        process = own_process(
            "scan", str(pages), "--no-translate", "-o", "json", "-j", jobs, environment={"PYTHONHASHSEED": seed}
        )
        outputs.add(process.communicate()[0])
        assert 1 == process.returncode
    assert 1 == len(outputs)


def test_standard_input_is_a_document(pages: Path) -> None:
    process = own_process("scan", "-", "--no-translate", "-o", "json")
    out, _ = process.communicate(FAULTY)
    report = json.loads(out)
    assert (1, ["-"]) == (process.returncode, [document["id"] for document in report["documents"]])
    for finding in report["findings"]:
        assert finding["text"] == FAULTY[finding["place"]["start"] : finding["place"]["end"]]


def test_a_closed_pipe_is_no_failure(tmp_path: Path) -> None:
    many = tmp_path / "many.txt"
    many.write_text(FAULTY * 400, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "mtcheck", "scan", str(many), "--no-translate", "-o", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(100)
    process.stdout.close()
    errors = process.stderr.read().decode()
    process.stderr.close()
    assert (1, "") == (process.wait(), errors)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_keeps_what_was_checked(tmp_path: Path, jobs: str) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(3000):
        (folder / f"{number:04}.txt").write_text(FAULTY * 5, encoding="utf-8")
    results = tmp_path / "results.json"
    start = time.monotonic()
    two = [str(folder / "0000.txt"), str(folder / "0001.txt")]
    own_process("scan", *two, "--no-translate", "-j", jobs).communicate()
    process = own_process("scan", str(folder), "--no-translate", "-o", f"json:{results}", "-j", jobs)
    # Long enough to have begun on a machine as busy as this one, short enough not to have finished.
    time.sleep(2 * (time.monotonic() - start) + 1)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert 130 == process.returncode, errors
    report = json.loads(results.read_text(encoding="utf-8"))
    assert ["interrupted"] == [problem["kind"] for problem in report["problems"]]
    assert 0 < len(report["documents"]) < 3000
    assert "Traceback" not in errors


def test_pages_whose_results_are_reused_are_still_compared_with_others(mtcheck: Mtcheck, tmp_path: Path) -> None:
    told = (
        "The minister told reporters in Varen on Monday: “{} sign the customs treaty with Ostlund before the spring.”\n"
    )
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, words in (("a.txt", "We will not"), ("b.txt", "We will not"), ("c.txt", "We will")):
        (folder / name).write_text("Varen and Ostlund\n\n" + told.format(words), encoding="utf-8")
    arguments = ("scan", "pages", "--no-translate", "-o", "json")
    plain = mtcheck(*arguments)
    assert ["QUO008"] == [finding["code"] for finding in json.loads(plain.out)["findings"]]
    for _ in range(2):
        assert plain.out == mtcheck(*arguments, "--reuse").out
