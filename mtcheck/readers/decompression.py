"""Compressed input as a stream of plain bytes: gzip and Zstandard, in any number of members, of whatever size.

Data that is cut off or damaged never raises: what comes before the damage is given, then the stream ends, and ``damage`` says
why. The same happens to data that expands beyond all measure (a decompression bomb), so that reading always comes to an end
in memory and time that follow from the size of the file.
"""

from __future__ import annotations

import importlib
import io
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO, Protocol, cast

from mtcheck.core.errors import InputError

LARGEST_RATIO = 250
"""How many times its compressed size data may grow. Text and markup grow 3 to 30 times, logs of equal lines up to 100; gzip
reaches 1,032 and Zstandard far more only where there is hardly anything but repetition."""
UNMEASURED = 64 * 1024 * 1024
"""Bytes of output below which no ratio counts: that much does no harm, and small files of one repeated line are common."""
CUT_OFF = "is cut off: the compressed data ends early, only its beginning was read"
DAMAGED = "the compressed data is damaged, only its beginning was read"
EXPANDS = f"expands to more than {LARGEST_RATIO} times its size, only its beginning was read"

GZIP_MAGIC = b"\x1f\x8b"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
_ZSTD_MODULES = ("compression.zstd", "backports.zstd")
_GZIP_WINDOW = 31
"""zlib's way of saying: a gzip header and trailer, the largest window."""
_READ = 65_536
_ENOUGH_TO_TELL = 8


class _Member(Protocol):
    """What takes one member apart; the interface of ``lzma``, ``bz2`` and ``compression.zstd`` in the standard library."""

    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class _GzipMember:
    """``zlib`` behind that interface."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(_GZIP_WINDOW)
        self.needs_input = True

    @property
    def eof(self) -> bool:
        """Whether the member is at its end, its checksum found right."""
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        """What follows the member in the bytes given last."""
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Return some of the output; raise ``zlib.error`` for what is damaged."""
        found = self._inner.decompress(self._inner.unconsumed_tail + data, max_length)
        self.needs_input = not self._inner.unconsumed_tail and len(found) < max_length
        return found


class PlainStream(io.RawIOBase):
    """The bytes of a stream as they are; wraps any object with ``read``, so that what cannot be sought can be peeked at."""

    damage = ""

    def __init__(self, stream: BinaryIO) -> None:
        """Take the stream."""
        self._stream = stream
        self.tail = b""

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill a buffer as far as the next read goes."""
        view = memoryview(cast("bytearray", buffer)).cast("B")
        data = self._some(len(view))
        view[: len(data)] = data
        if data:
            self.tail = (self.tail + data[-4:])[-4:]
        return len(data)

    def _some(self, size: int) -> bytes:
        read_some: Callable[[int], bytes] = getattr(self._stream, "read1", self._stream.read)
        data = read_some(size)
        # A pipe may give a byte at a time, and what a file is takes a few to tell.
        while not self.tail and 0 < len(data) < min(_ENOUGH_TO_TELL, size):
            more = read_some(size - len(data))
            if not more:
                break
            data += more
        return data


class DecompressedStream(PlainStream):
    """The bytes that compressed data stands for. ``damage`` says, once the end is reached, why it is not the whole."""

    def __init__(self, stream: BinaryIO, make: Callable[[], _Member], errors: tuple[type[Exception], ...]) -> None:
        """Take the compressed stream, what makes a decompressor of one member, and what that raises."""
        super().__init__(stream)
        self._make = make
        self._errors = errors
        self._member: _Member | None = None
        self._waiting = b""
        self._first = True
        self._taken = self._given = 0

    def _some(self, size: int) -> bytes:
        while not self.damage:
            if self._member is None:
                # Archives on tapes are filled up with zeros.
                data = self._waiting.lstrip(b"\0") if not self._first else self._waiting
                self._waiting = b""
                data = data or self._take()
                if not data:
                    return b""
                if not self._first and not data.strip(b"\0"):
                    continue
                self._member, self._first = self._make(), False
            else:
                data = self._take() if self._member.needs_input else b""
                if not data and self._member.needs_input:
                    self.damage = CUT_OFF
                    return b""
            try:
                found = self._member.decompress(data, size)
            except self._errors:
                self.damage = DAMAGED
                return b""
            if self._member.eof:
                self._waiting, self._member = self._member.unused_data, None
            self._given += len(found)
            if self._given > UNMEASURED and self._given > LARGEST_RATIO * self._taken:
                self.damage = EXPANDS
                return b""
            if found:
                return found
        return b""

    def _take(self) -> bytes:
        data = super()._some(_READ)
        self._taken += len(data)
        return data


class ByteStream(io.BufferedReader):
    """A stream of plain bytes that can be peeked at."""

    def __init__(self, raw: PlainStream) -> None:
        """Take the bytes, decompressed where needed."""
        super().__init__(raw, buffer_size=_READ)
        self._source = raw

    @property
    def damage(self) -> str:
        """Why what was read is not the whole, as the end of a sentence about the file; empty where it is."""
        return self._source.damage

    @property
    def tail(self) -> bytes:
        """The last four bytes taken from the source so far."""
        return self._source.tail

    def head(self) -> bytes:
        """Return the first bytes without consuming them: at least one where there is any."""
        return self.peek(_READ)[:_READ]


def byte_stream(raw: BinaryIO, path: str) -> ByteStream:
    """Return the bytes of a file, decompressed where it is compressed.

    Raises ``InputError``, naming ``path``, where what decompresses it is not installed or nothing of it can be decompressed.
    """
    plain = ByteStream(PlainStream(raw))
    head = plain.head()
    if head.startswith(GZIP_MAGIC):
        stream = ByteStream(DecompressedStream(cast("BinaryIO", plain), _GzipMember, (zlib.error,)))
    elif head.startswith(ZSTD_MAGIC):
        module = _zstd(path)
        stream = ByteStream(
            DecompressedStream(cast("BinaryIO", plain), module.ZstdDecompressor, (module.ZstdError, EOFError))
        )
    else:
        return plain
    if not stream.head() and stream.damage:
        raise InputError(path, "is cut off or damaged: nothing of it can be decompressed")
    return stream


def _zstd(path: str) -> Any:
    for name in _ZSTD_MODULES:
        try:
            return importlib.import_module(name)
        except ImportError:
            continue
    raise InputError(path, "is compressed with Zstandard, which needs an extra: pip install 'mtcheck[zstd]'")
