"""A stand-in for a model hub on 127.0.0.1: the two endpoints that are asked, with connections that can break."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

COMMIT = "1234567890abcdef1234567890abcdef12345678"
OTHER_COMMIT = "abcdefabcdefabcdefabcdefabcdefabcdefabcd"


@dataclass
class Hub:
    """What the hub has, how it misbehaves, and what it was asked.

    ``files`` are by revision. ``cut_after`` breaks every download of a large file after so many bytes; ``lie`` replaces the
    bytes that are served, not the hash that is stated.
    """

    name: str = "tarn/ferry-en-es"
    files: dict[str, dict[str, bytes]] = field(default_factory=dict)
    commits: dict[str, str] = field(default_factory=lambda: {"main": COMMIT, "v1": OTHER_COMMIT})
    license: str | None = "cc-by-4.0"
    cut_after: int | None = None
    lie: dict[str, bytes] = field(default_factory=dict)
    requests: list[tuple[str, str | None]] = field(default_factory=list)
    address: str = ""

    def commit_of(self, revision: str) -> str | None:
        """Return the commit a revision stands for."""
        return self.commits.get(revision, revision if revision in self.files else None)

    def information(self, commit: str) -> dict[str, object]:
        """Return what the hub's API says of a commit."""
        siblings = []
        for path, data in self.files[commit].items():
            git = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
            entry: dict[str, object] = {"rfilename": path, "size": len(data), "blobId": git}
            if path.endswith((".safetensors", ".bin")):
                entry["lfs"] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "pointerSize": 130}
            siblings.append(entry)
        card = {"license": self.license} if self.license else {}
        return {
            "id": self.name,
            "modelId": self.name,
            "sha": commit,
            "tags": [],
            "cardData": card,
            "siblings": siblings,
        }


@contextmanager
def serve(hub: Hub) -> Iterator[Hub]:
    """Serve the hub until the block ends; ``hub.address`` is where."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Keep standard error quiet."""

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            hub.requests.append((path, self.headers.get("Range")))
            prefix = f"/api/models/{hub.name}"
            if path == prefix or path.startswith(f"{prefix}/revision/"):
                revision = path.removeprefix(prefix).removeprefix("/revision/") or "main"
                commit = hub.commit_of(revision)
                if commit is not None:
                    self._send(200, json.dumps(hub.information(commit)).encode(), "application/json")
                    return
            elif path.startswith(f"/{hub.name}/resolve/"):
                commit, _, file = path.removeprefix(f"/{hub.name}/resolve/").partition("/")
                data = hub.lie.get(file, hub.files.get(commit, {}).get(file))
                if data is not None:
                    self._file(data)
                    return
            self._send(404, b'{"error": "Repository not found"}', "application/json")

        def _file(self, data: bytes) -> None:
            asked = self.headers.get("Range")
            start = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
            self.send_response(206 if asked else 200)
            self.send_header("Content-Length", str(len(data) - start))
            self.end_headers()
            part = data[start:]
            if hub.cut_after is not None and len(part) > hub.cut_after:
                part = part[: hub.cut_after]
                self.close_connection = True
            self.wfile.write(part)

        def _send(self, status: int, data: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    hub.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield hub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
