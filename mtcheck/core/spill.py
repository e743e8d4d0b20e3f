"""Values on disk instead of in memory: what a scan of a long feed makes is more than memory should hold.

They lie in a file without a name in the folder for temporary files (``TMPDIR``), which is gone with the process, however that
ends. A small scan never touches the disk. Nobody else can write to the file, so that it may hold pickles.
"""

from __future__ import annotations

import pickle
import tempfile
import threading
import weakref
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedIOBase, BytesIO, RawIOBase
from typing import Any, cast

from mtcheck.core.errors import OutputError

BYTES_IN_MEMORY = 8_000_000
"""Compressed bytes that are kept in memory; what comes after goes to the disk with them."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a value lies in a spill."""

    start: int
    length: int


class Spill:
    """Takes values of any kind that can be pickled, one after the other, and gives each back as often as it is asked for."""

    def __init__(self, in_memory: int | None = None) -> None:
        """Start empty; the file is made when there are more than ``in_memory`` bytes, by default ``BYTES_IN_MEMORY``."""
        self._file: BufferedIOBase | RawIOBase = BytesIO()
        self._in_memory = BYTES_IN_MEMORY if in_memory is None else in_memory
        self._end = 0
        self._lock = threading.Lock()

    def put(self, value: object) -> Slot:
        """Keep a value. Raises ``OutputError`` where the disk does not take it."""
        packed = zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), 1)
        with self._lock, _foreseen():
            slot = Slot(self._end, len(packed))
            if isinstance(self._file, BytesIO) and slot.start + slot.length > self._in_memory:
                self._file = _on_disk(self._file.getvalue())
                weakref.finalize(self, self._file.close)
            self._file.seek(slot.start)
            _write(self._file, packed)
            # What an interruption before this line leaves behind, the next value is written over.
            self._end += slot.length
        return slot

    def get(self, slot: Slot) -> Any:
        """Return the value that was put there, made anew. Raises ``OutputError`` where the disk fails."""
        with self._lock, _foreseen():
            self._file.seek(slot.start)
            packed = self._file.read(slot.length) or b""
        return pickle.loads(zlib.decompress(packed))  # noqa: S301  # written by this very process


def _on_disk(content: bytes) -> RawIOBase:
    """Return a file without a name that holds the content. It has no buffer, so that a full disk shows at once."""
    file: Any = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115  # it lives as long as the spill
    _write(file, content)
    return cast("RawIOBase", file)


def _write(file: BufferedIOBase | RawIOBase, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[file.write(rest) or 0 :]


@contextmanager
def _foreseen() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"cannot keep what was scanned in the folder for temporary files: {reason}; TMPDIR names another folder"
        ) from error
