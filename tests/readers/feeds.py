"""Feeds for tests, made in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """One record of an archive; ``headers`` are further lines of the HTTP header."""

    body: bytes
    address: str = "https://port.example/"
    media_type: str = "text/html"
    kind: str = "response"
    status: str = "200 OK"
    headers: tuple[str, ...] = ()


def warc_record(page: Page, number: int = 1) -> bytes:
    if page.kind == "response":
        http = "\r\n".join((f"HTTP/1.1 {page.status}", f"Content-Type: {page.media_type}", *page.headers, "", ""))
        block, content_type = http.encode() + page.body, "application/http;msgtype=response"
    else:
        block, content_type = page.body, page.media_type
    head = "\r\n".join(
        (
            "WARC/1.1",
            f"WARC-Type: {page.kind}",
            f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>",
            f"WARC-Target-URI: {page.address}",
            "WARC-Date: 2026-03-02T08:00:00Z",
            f"Content-Type: {content_type}",
            f"Content-Length: {len(block)}",
            "",
            "",
        )
    )
    return head.encode() + block + b"\r\n\r\n"


def warc(pages: Sequence[Page]) -> bytes:
    return b"".join(warc_record(page, number) for number, page in enumerate(pages, 1))
