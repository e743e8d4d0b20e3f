"""``mtcheck review`` and ``mtcheck baseline update --decisions``: from a scan to a decision to a quiet build."""

from __future__ import annotations

import http.client
import json
import signal
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import mtcheck as mtcheck_package
from mtcheck.core.decisions import parse_decisions
from mtcheck.reporters.json import load
from tests.cli.commands import Mtcheck, own_process

PACKAGES = str(Path(mtcheck_package.__file__).parents[1])
PAGE = "The pilots of Varen wait for the the light of the tower. Nobody in the port knows when when it comes back.\n"


def scan(mtcheck: Mtcheck) -> None:
    Path("page.txt").write_text(PAGE, encoding="utf-8")
    done = mtcheck("scan", "page.txt", "--select", "REP001", "--fail-on", "minor", "--output", "json:results.json")
    assert done.code == 1, done.err


def post(address: str, body: object) -> int:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=20)
    connection.request(
        "POST",
        parts.path.replace("index.html", "decisions"),
        json.dumps(body),
        {"Content-Type": "application/json", "Origin": f"{parts.scheme}://{parts.netloc}"},
    )
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.mark.parametrize(("end", "code"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, 0)])
def test_decisions_outlive_the_review(mtcheck: Mtcheck, end: signal.Signals, code: int) -> None:
    scan(mtcheck)
    findings = load(Path("results.json").read_text()).findings
    assert len(findings) == 2
    decided = []
    # A second review goes on with the file of the first.
    for finding in findings:
        with own_process("review", "results.json", "--no-browser", environment={"PYTHONPATH": PACKAGES}) as review:
            try:
                assert review.stdout is not None
                address = review.stdout.readline().strip()
                assert address.startswith("http://127.0.0.1:")
                line = {
                    "fingerprint": finding.fingerprint,
                    "decision": "dismissed",
                    "reason": "said so",
                    "reviewer": "Ana",
                }
                assert post(address, [line]) == 200
            finally:
                review.send_signal(end)
                review.communicate(timeout=30)
        assert review.returncode == code
        decided.append(finding.fingerprint)
        log = parse_decisions(Path("decisions.jsonl").read_text())
        assert [decision.fingerprint for decision in log.decisions] == decided
        assert log.unreadable == ()


def test_a_baseline_takes_in_what_was_dismissed(mtcheck: Mtcheck) -> None:
    scan(mtcheck)
    first, second = load(Path("results.json").read_text()).findings
    lines = [
        {"fingerprint": first.fingerprint, "decision": "dismissed", "reason": "a refrain", "reviewer": "Ana"},
        {"fingerprint": second.fingerprint, "decision": "accepted"},
    ]
    Path("decisions.jsonl").write_text("\n".join([*map(json.dumps, lines), '{"finger']), encoding="utf-8")
    done = mtcheck("baseline", "update", "results.json", "--decisions", "decisions.jsonl")
    assert (done.code, done.out) == (0, "")
    assert "line 3 is no decision and was passed over" in done.err
    assert "mtcheck.baseline: 1 added, 0 removed, 1 in all" in done.err
    assert "dismissed by Ana: a refrain" in Path("mtcheck.baseline").read_text()
    again = mtcheck(
        "scan",
        "page.txt",
        "--select",
        "REP001",
        "--fail-on",
        "minor",
        "--baseline",
        "mtcheck.baseline",
        "--max-findings",
        "1",
    )
    assert again.code == 0
    Path("decisions.jsonl").write_text(json.dumps(lines[0] | {"decision": "accepted"}), encoding="utf-8")
    assert (
        "0 added, 1 removed, 0 in all"
        in mtcheck("baseline", "update", "results.json", "--decisions", "decisions.jsonl").err
    )


def test_wrong_use_is_said(mtcheck: Mtcheck) -> None:
    scan(mtcheck)
    Path("notes.txt").write_text("my notes", encoding="utf-8")
    for arguments, said in (
        (("baseline", "update", "results.json", "--decisions", "notes.txt"), "notes.txt: is no file of decisions"),
        (("baseline", "update", "results.json", "--decisions", "none.jsonl"), "none.jsonl: No such file"),
        (("review", "none.json", "--no-browser"), "none.json: No such file"),
        (("review", "results.json", "--no-browser", "--decisions", "notes.txt"), "is no file of decisions"),
    ):
        done = mtcheck(*arguments)
        assert done.code == 2
        assert said in done.err
    assert Path("notes.txt").read_text() == "my notes"
