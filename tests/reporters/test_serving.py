"""The review server: whom it answers, what it writes, and what it never hands out."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from mtcheck.core.decisions import Verdict, parse_decisions
from mtcheck.core.errors import InputError, UsageError
from mtcheck.reporters.html.serving import DecisionFile, ReviewServer
from tests.reporters.sample import EXPLANATIONS, sample_report

REPORT = sample_report()
FINDING = REPORT.findings[0]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ReviewServer]:
    made = ReviewServer(
        REPORT, EXPLANATIONS, DecisionFile(tmp_path / "decisions.jsonl"), clock=lambda: "2031-05-12T10:00:00Z"
    )
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def ask(
    server: ReviewServer,
    path: str,
    *,
    method: str = "GET",
    body: str | None = None,
    headers: dict[str, str] | None = None,
) -> tuple[int, str, dict[str, str]]:
    """Send one request, with the headers of a browser that shows the page unless others are given."""
    host, port = server.server_address[:2]
    sent = {"Host": f"{host!s}:{port}", "Origin": server.origin, "Content-Type": "application/json"} | (headers or {})
    connection = http.client.HTTPConnection(str(host), port, timeout=10)
    connection.request(method, path, body.encode() if body is not None else None, {k: v for k, v in sent.items() if v})
    answer = connection.getresponse()
    content = answer.read().decode()
    connection.close()
    return answer.status, content, {name.lower(): value for name, value in answer.getheaders()}


def line(
    fingerprint: str = FINDING.fingerprint, decision: str = "dismissed", reason: str = "a title"
) -> dict[str, str]:
    return {"fingerprint": fingerprint, "decision": decision, "reason": reason, "reviewer": "Ana"}


def post(server: ReviewServer, body: object, **headers: str) -> int:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return ask(server, f"/{server.token}/decisions", method="POST", body=json.dumps(body), headers=sent)[0]


def test_pages_are_served_under_the_token_alone(server: ReviewServer) -> None:
    status, content, headers = ask(server, f"/{server.token}/index.html")
    assert status == 200
    assert "connect-src &#39;self&#39;;" in content
    assert headers["x-frame-options"] == "DENY"
    assert headers["cache-control"] == "no-store"
    assert "python" not in headers["server"].lower()
    assert "access-control-allow-origin" not in headers
    page = next(name for name in server.pages if name.startswith("harbor"))
    assert "Orlan" in ask(server, f"/{server.token}/{page}")[1]
    assert ask(server, f"/{server.token}/")[0] == 200


@pytest.mark.parametrize(
    "path",
    ["/", "/index.html", "/wrong/index.html", "//index.html", "/TOKEN", "/TOKEN/../decisions.jsonl", "/TOKEN/decisions.jsonl",
     "/TOKEN//etc/passwd", "/TOKEN/%2e%2e/%2e%2e/etc/passwd", "/TOKEN/mtcheck-manifest.json", "/TOKEN/page.js", "/TOKEN/decisions?x"],
)  # fmt: skip
def test_nothing_else_is_served(server: ReviewServer, path: str) -> None:
    assert ask(server, path.replace("TOKEN", server.token))[0] == 404


def test_another_name_for_this_machine_is_not_answered(server: ReviewServer) -> None:
    port = server.server_address[1]
    for host in (
        "evil.example",
        f"evil.example:{port}",
        f"127.0.0.1.evil.example:{port}",
        "127.0.0.1",
        f"localhost:{port}",
    ):
        assert ask(server, f"/{server.token}/index.html", headers={"Host": host})[0] == 421
        assert post(server, [line()], Host=host) == 421
    assert server.decisions.read() == ""


def test_it_listens_on_the_loopback_address_alone(server: ReviewServer) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert server.address.startswith(f"http://127.0.0.1:{server.server_address[1]}/{server.token}/")
    assert len(server.token) >= 32


def test_decisions_are_written_with_what_the_report_says_of_the_finding(server: ReviewServer) -> None:
    assert post(server, [line(reason="  a\ntitle ")]) == 200
    (decision,) = parse_decisions(server.decisions.path.read_text()).decisions
    assert decision.decision is Verdict.DISMISSED
    assert (decision.code, decision.document, decision.reason) == (FINDING.code, FINDING.document, "a title")
    assert (decision.reviewer, decision.time) == ("Ana", "2031-05-12T10:00:00Z")
    assert ask(server, f"/{server.token}/decisions")[1] == server.decisions.path.read_text()


@pytest.mark.parametrize("origin", ["", "null", "https://evil.example", "http://127.0.0.1", "http://localhost"])
def test_other_pages_cannot_write(server: ReviewServer, origin: str) -> None:
    assert post(server, [line()], Origin=origin) == 403
    assert server.decisions.read() == ""


def test_other_pages_cannot_read_decisions(server: ReviewServer) -> None:
    for site, expected in (("cross-site", 403), ("same-site", 403), ("same-origin", 200)):
        assert ask(server, f"/{server.token}/decisions", headers={"Sec-Fetch-Site": site})[0] == expected


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400), ([], 400), ([1], 400), ([line()] * 2001, 400), ([{"fingerprint": FINDING.fingerprint}], 400),
        ([line(decision="burned")], 422), ([line(fingerprint="unknown")], 422), ([line(), line(fingerprint="unknown")], 422),
        ([line() | {"reason": 7}], 400),
    ],
)  # fmt: skip
def test_what_is_no_decision_about_this_report_is_refused_as_a_whole(
    server: ReviewServer, body: object, status: int
) -> None:
    assert post(server, body) == status
    assert server.decisions.read() == ""


def test_requests_are_bounded(server: ReviewServer) -> None:
    path = f"/{server.token}/decisions"
    assert ask(server, path, method="POST", body="[", headers={"Content-Length": "99999999999"})[0] == 413
    assert ask(server, path, method="POST", body="[", headers={"Content-Length": "-1"})[0] == 411
    assert post(server, [line()], Content_Type="text/plain") == 415
    assert ask(server, f"/{server.token}/index.html", method="POST", body="[]")[0] == 404
    assert ask(server, f"/{server.token}/index.html", method="PUT", body="[]")[0] == 501


def test_many_writers_lose_nothing(server: ReviewServer) -> None:
    findings = REPORT.findings
    threads = [threading.Thread(target=post, args=(server, [line(finding.fingerprint)])) for finding in findings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    log = parse_decisions(server.decisions.read())
    assert log.unreadable == ()
    assert sorted(decision.fingerprint for decision in log.decisions) == sorted(each.fingerprint for each in findings)


def test_half_a_line_of_a_killed_review_is_ended_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    first = '{"fingerprint": "a", "decision": "accepted"}\n'
    path.write_text(first + '{"fingerprint": "b", "deci')
    file = DecisionFile(path)
    file.open()
    file.add([*parse_decisions(first).decisions])
    assert path.read_text().startswith(first)
    log = parse_decisions(path.read_text())
    assert [decision.fingerprint for decision in log.decisions] == ["a", "a"]
    assert log.unreadable == (2,)


def test_a_file_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("my notes")
    with pytest.raises(InputError, match="no file of decisions"):
        ReviewServer(REPORT, EXPLANATIONS, DecisionFile(path))
    assert path.read_text() == "my notes"


def test_a_port_that_is_taken_is_said(server: ReviewServer, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot serve on"):
        ReviewServer(REPORT, EXPLANATIONS, DecisionFile(tmp_path / "other.jsonl"), port=server.server_address[1])
