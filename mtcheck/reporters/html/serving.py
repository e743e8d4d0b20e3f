"""The report served on the loopback address to the one person who reviews it, and the file that decisions are added to.

What keeps others out: the address holds a token that nobody can guess; ``Host`` must name the loopback address and the port,
so that no other name can be made to point here (DNS rebinding); what writes must come from these very pages (``Origin``).
Nothing but the pages of the report is served: no path is ever looked up on the disk.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from mtcheck.core.decisions import Decision, Verdict, decide, parse_decisions, render_decision
from mtcheck.core.errors import InputError, OutputError, UsageError
from mtcheck.core.report import ScanReport
from mtcheck.reporters.destination import foreseen
from mtcheck.reporters.html.folder import INDEX, page_names
from mtcheck.reporters.html.rendering import PageRenderer, Service, render_index
from mtcheck.reporters.protocol import Explanations

LOOPBACK = "127.0.0.1"
DECISIONS = "decisions"
_MOST_BYTES = 4_000_000
"""Bytes of one request: a decision about every part of a card is a few hundred."""
_MOST_AT_ONCE = 2000
_SECONDS = 30.0
"""After so long a connection on which nothing comes is closed."""
_TOKEN_BYTES = 24

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def now() -> str:
    """Return the time in UTC, to the second, as in RFC 3339."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(slots=True)
class DecisionFile:
    """A file of decisions that lines are added to, each on the disk before ``add`` returns."""

    path: Path
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def open(self) -> None:
        """Make the file where there is none, and end the half line that a killed program may have left.

        Raises ``InputError`` for a file that holds something else, ``OutputError`` where the system refuses.
        """
        text = self.read()
        log = parse_decisions(text)
        if log.unreadable and not log.decisions:
            raise InputError(str(self.path), "is no file of decisions; name another with --decisions")
        with foreseen(str(self.path)):
            self.path.parent.mkdir(parents=True, exist_ok=True)
        self._append("\n" if text and not text.endswith("\n") else "")

    def read(self) -> str:
        """Return the text of the file; nothing where there is none."""
        try:
            return self.path.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise InputError(str(self.path), error.strerror or str(error)) from error

    def add(self, decisions: list[Decision]) -> None:
        """Add the decisions in one write. Raises ``OutputError`` where the system refuses."""
        self._append("".join(map(render_decision, decisions)))

    def _append(self, text: str) -> None:
        with foreseen(str(self.path)), self._lock:
            descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
            try:
                rest = text.encode("ascii")
                while rest:
                    rest = rest[os.write(descriptor, rest) :]
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


class ReviewServer(ThreadingHTTPServer):
    """Serves one report; ``address`` is where a browser finds it. Raises ``UsageError`` where the port is taken."""

    daemon_threads = True

    def __init__(
        self,
        report: ScanReport,
        explanations: Explanations,
        decisions: DecisionFile,
        port: int = 0,
        clock: Callable[[], str] = now,
    ) -> None:
        """Render the index; pages are rendered when they are asked for. Port 0 takes one that is free."""
        decisions.open()
        service = Service(DECISIONS)
        names = page_names(head.id for head in report.heads)
        self.pages = frozenset(names)
        self.renderer = PageRenderer(report, names, explanations, service)
        self.index = dict(render_index(report, names, service))
        self.findings = {finding.fingerprint: finding for finding in report.findings}
        self.decisions, self.clock = decisions, clock
        self.token = secrets.token_urlsafe(_TOKEN_BYTES)
        try:
            super().__init__((LOOPBACK, port), _Handler)
        except OSError as error:
            raise UsageError(f"cannot serve on {LOOPBACK}:{port}: {error.strerror or error}") from error

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"http://{LOOPBACK}:{self.server_address[1]}"

    @property
    def address(self) -> str:
        """The address of the index, token included."""
        return f"{self.origin}/{self.token}/{INDEX}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Pass over a connection that its browser gave up; anything else is a fault of ours and is shown."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Refused(Exception):
    """A request that is not answered, with the status that says so."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


class _Handler(BaseHTTPRequestHandler):
    server: ReviewServer
    timeout = _SECONDS
    server_version = "mtcheck"
    sys_version = ""

    def do_GET(self) -> None:
        """Serve a page of the report, or the decisions."""
        self._answer(self._get)

    def do_POST(self) -> None:
        """Take decisions."""
        self._answer(self._post)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the shape that the library calls
        """Say nothing: the address holds the token."""

    def _answer(self, work: Callable[[str], tuple[str, str]]) -> None:
        try:
            kind, content = work(self._asked_for())
            status = HTTPStatus.OK
        except _Refused as refusal:
            status, kind, content = refusal.status, "text/plain", refusal.status.phrase + "\n"
        body = content.encode("utf-8", "backslashreplace")
        self.send_response(status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _asked_for(self) -> str:
        """Return what is asked for behind the token. Raises ``_Refused`` for whoever should not be here."""
        host = self.server.origin.removeprefix("http://")
        if self.headers.get_all("Host") != [host]:
            raise _Refused(HTTPStatus.MISDIRECTED_REQUEST)
        token, slash, name = self.path.removeprefix("/").partition("/")
        if not slash or not hmac.compare_digest(token.encode(), self.server.token.encode()):
            raise _Refused(HTTPStatus.NOT_FOUND)
        return name

    def _get(self, name: str) -> tuple[str, str]:
        if name == DECISIONS:
            # Asked for by a script of another site, a browser would not hand it over; it is not even sent.
            if self.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
                raise _Refused(HTTPStatus.FORBIDDEN)
            return "application/jsonl", self.server.decisions.read()
        name = name or INDEX
        if name in self.server.index:
            return "text/html", self.server.index[name]
        if name in self.server.pages:
            return "text/html", self.server.renderer.page(name)
        raise _Refused(HTTPStatus.NOT_FOUND)

    def _post(self, name: str) -> tuple[str, str]:
        if name != DECISIONS:
            raise _Refused(HTTPStatus.NOT_FOUND)
        if self.headers.get_all("Origin") != [self.server.origin]:
            raise _Refused(HTTPStatus.FORBIDDEN)
        if self.headers.get_content_type() != "application/json":
            raise _Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        decisions = self._decisions(self._body())
        try:
            self.server.decisions.add(decisions)
        except OutputError as error:
            raise _Refused(HTTPStatus.INSUFFICIENT_STORAGE) from error
        return "text/plain", "kept\n"

    def _body(self) -> bytes:
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()):
            raise _Refused(HTTPStatus.LENGTH_REQUIRED)
        if len(length) > len(str(_MOST_BYTES)) or int(length) > _MOST_BYTES:
            raise _Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            raise _Refused(HTTPStatus.BAD_REQUEST)
        return body

    def _decisions(self, body: bytes) -> list[Decision]:
        """Read decisions about findings of this report; what the file says of them comes from the report."""
        try:
            given: Any = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise _Refused(HTTPStatus.BAD_REQUEST) from error
        if not isinstance(given, list) or not 0 < len(given) <= _MOST_AT_ONCE:
            raise _Refused(HTTPStatus.BAD_REQUEST)
        made, time = [], self.server.clock()
        for each in given:
            if not isinstance(each, dict):
                raise _Refused(HTTPStatus.BAD_REQUEST)
            words = [each.get(name) for name in ("fingerprint", "decision", "reason", "reviewer")]
            if not all(isinstance(word, str) for word in words):
                raise _Refused(HTTPStatus.BAD_REQUEST)
            fingerprint, verdict, reason, reviewer = (str(word) for word in words)
            finding = self.server.findings.get(fingerprint)
            if finding is None or verdict not in set(Verdict):
                raise _Refused(HTTPStatus.UNPROCESSABLE_ENTITY)
            made.append(decide(finding, Verdict(verdict), reason, reviewer, time))
        return made
