"""One file over HTTP, resumed where it broke off, checked against its hash before it gets its name.

The hub's own client starts every file from nothing after an interruption (huggingface_hub 2.4 deletes the part it has), which
for a model of two gigabytes on a bad line means never to arrive; hence this.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from mtcheck.core.errors import EngineError, ModelUnavailable

PARTIAL_SUFFIX = ".incomplete"
TIMEOUT_SECONDS = 30.0
# How often one call picks up a broken connection by itself, as long as each try brought something new.
TRIES = 5
_BLOCK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file to fetch: its path inside the model, its address, its size in bytes, and the hash that it must have.

    ``sha256`` is known for large files; for small ones the hub gives ``git_sha1``, the identifier of the blob in Git.
    """

    path: str
    url: str
    size: int | None
    sha256: str | None
    git_sha1: str | None


def fetch(file: RemoteFile, target: Path, token: str | None, advance: Callable[[int], None]) -> str:
    """Download a file to ``target`` and return its SHA-256; a file that is already whole is only hashed.

    What arrived before an interruption stays beside it and is continued. ``advance`` hears of every new byte.
    Raises ``ModelUnavailable`` where the file cannot be fetched, ``EngineError`` where its bytes are not those promised
    (they are then deleted).
    """
    partial = target.with_name(target.name + PARTIAL_SUFFIX)
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        for attempt in range(1, TRIES + 1):
            before = _size(partial)
            try:
                _continue(file, partial, token, advance)
                break
            except (OSError, http.client.HTTPException) as error:
                gone = isinstance(error, urllib.error.HTTPError) and error.code < http.client.INTERNAL_SERVER_ERROR
                if gone or attempt == TRIES or _size(partial) <= before:
                    raise ModelUnavailable(
                        f"{file.path} cannot be fetched from {file.url}: {error}"
                        + ("; what has arrived is kept, try again" if _size(partial) else "")
                    ) from error
        partial.replace(target)
    else:
        advance(target.stat().st_size)
    sha256, git_sha1 = hashes_of(target)
    wrong = (file.sha256 is not None and sha256 != file.sha256) or (
        file.sha256 is None and file.git_sha1 is not None and git_sha1 != file.git_sha1
    )
    if wrong:
        target.unlink()
        raise EngineError(f"{file.path} from {file.url} does not have the hash that the hub states; it was deleted")
    return sha256


def hashes_of(path: Path) -> tuple[str, str]:
    """Return the SHA-256 of a file, and the SHA-1 by which Git names a blob with its bytes."""
    sha256 = hashlib.sha256()
    git = hashlib.sha1(b"blob %d\0" % path.stat().st_size, usedforsecurity=False)
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK_BYTES):
            sha256.update(block)
            git.update(block)
    return sha256.hexdigest(), git.hexdigest()


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _continue(file: RemoteFile, partial: Path, token: str | None, advance: Callable[[int], None]) -> None:
    """Append what is missing. Raises ``OSError`` or ``HTTPException`` where the connection fails or ends early."""
    have = _size(partial)
    if file.size is not None and have > file.size:
        partial.unlink()
        have = 0
    if have and have == file.size:
        advance(have)
        return
    request = urllib.request.Request(file.url)  # noqa: S310 - the scheme is checked where the address is made
    if have:
        request.add_header("Range", f"bytes={have}-")
    if token:
        # The hub redirects to a store that must not see the token.
        request.add_unredirected_header("Authorization", f"Bearer {token}")
    with contextlib.closing(urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS)) as response:  # noqa: S310
        resumed = have > 0 and response.status == http.client.PARTIAL_CONTENT
        if resumed:
            advance(have)
        with partial.open("ab" if resumed else "wb") as stream:
            _copy(response, stream, advance)
    if file.size is not None and _size(partial) < file.size:
        raise ConnectionError(f"the connection ended after {_size(partial):,} of {file.size:,} bytes")


def _copy(response: IO[bytes], stream: IO[bytes], advance: Callable[[int], None]) -> None:
    while block := response.read(_BLOCK_BYTES):
        stream.write(block)
        advance(len(block))
