"""Compressed input: every format through gzip and Zstandard, cut off, damaged, and made to fill the memory."""

from __future__ import annotations

import gzip
import importlib
import io
import random
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from mtcheck.core.errors import InputError
from mtcheck.readers import decompression
from mtcheck.readers.decompression import CUT_OFF, DAMAGED, EXPANDS, ByteStream, byte_stream

TEXT = "".join(f"Ship {index} waits for berth {index * 7919 % 1009}.\n" for index in range(30_000)).encode()


def zstd() -> Any:
    for name in ("compression.zstd", "backports.zstd"):
        try:
            return importlib.import_module(name)
        except ImportError:
            continue
    pytest.skip("no Zstandard here (pip install 'mtcheck[zstd]')")


def by_zstd(data: bytes) -> bytes:
    module = zstd()
    # As the program does it: with a checksum, so that damage is seen.
    return bytes(module.compress(data, options={module.CompressionParameter.checksum_flag: 1}))


COMPRESSORS = pytest.mark.parametrize("compress", [gzip.compress, by_zstd], ids=["gzip", "zstd"])
Compress = Callable[[bytes], bytes]


class Dribble(io.RawIOBase):
    """Gives a few bytes at a time, as a slow pipe does."""

    def __init__(self, data: bytes, step: int) -> None:
        self._data = io.BytesIO(data)
        self._step = step
        self.taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self._data.read(min(self._step, len(view)))
        view[: len(data)] = data
        self.taken += len(data)
        return len(data)


def opened(data: bytes) -> ByteStream:
    return byte_stream(io.BytesIO(data), "feed")


def everything(stream: ByteStream) -> bytes:
    return b"".join(iter(lambda: stream.read1(10_000), b""))


@COMPRESSORS
def test_members_follow_each_other(compress: Compress) -> None:
    data = compress(TEXT) + compress(b"") + compress(b"The end.") + b"\0" * 512
    stream = opened(data)
    assert (everything(stream), stream.damage, stream.tail) == (TEXT + b"The end.", "", b"end.")


@COMPRESSORS
@pytest.mark.parametrize("step", [1, 7])
def test_a_slow_pipe(compress: Compress, step: int) -> None:
    data = compress(TEXT[:5_000]) + compress(TEXT[5_000:9_000])
    stream = byte_stream(io.BufferedReader(Dribble(data, step), buffer_size=1), "feed")
    assert (everything(stream), stream.damage) == (TEXT[:9_000], "")


@pytest.mark.parametrize("data", [b"", b"a", b"plain text", b"\x1f", b"\x28\xb5\x2f", TEXT])
def test_plain_bytes_stay_as_they_are(data: bytes) -> None:
    stream = opened(data)
    assert stream.head() == data[:65_536]
    assert (everything(stream), stream.damage) == (data, "")


@COMPRESSORS
def test_what_comes_before_a_cut_is_given(compress: Compress) -> None:
    data = compress(TEXT)
    stream = opened(data[: len(data) // 2])
    found = everything(stream)
    assert TEXT.startswith(found)
    assert len(found) > 10_000
    assert stream.damage == CUT_OFF


@COMPRESSORS
def test_what_comes_before_damage_is_given(compress: Compress) -> None:
    for data in (compress(TEXT) + b"something else", compress(TEXT)[:-6] + b"\xff\xff\xff\xff\xff\xff"):
        stream = opened(data)
        found = everything(stream)
        assert TEXT.startswith(found)
        assert stream.damage in (DAMAGED, CUT_OFF), "a wrong length at the end may look like data that goes on"


@COMPRESSORS
def test_damage_anywhere_never_raises(compress: Compress) -> None:
    chance = random.Random(7)
    data = compress(TEXT[:20_000])
    for _ in range(200):
        broken = bytearray(data)
        broken[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        try:
            stream = opened(bytes(broken))
        except InputError:
            continue
        found = everything(stream)
        assert stream.damage or found == TEXT[:20_000]


@COMPRESSORS
def test_nothing_to_be_had_is_an_error(compress: Compress) -> None:
    with pytest.raises(InputError, match="feed: is cut off or damaged: nothing of it can be decompressed"):
        opened(compress(TEXT)[:6])


@COMPRESSORS
def test_a_bomb_is_defused(compress: Compress, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decompression, "UNMEASURED", 1 << 20)
    stream = opened(compress(b"\0" * (64 << 20)))
    size = sum(len(part) for part in iter(lambda: stream.read1(1 << 16), b""))
    assert size <= (1 << 20) + 100_000 or size <= 251 * len(compress(b"\0" * (64 << 20)))
    assert stream.damage == EXPANDS


@COMPRESSORS
def test_much_of_the_same_is_no_bomb_while_it_is_small(compress: Compress) -> None:
    stream = opened(compress(b"a" * 1_000_000))
    assert (len(everything(stream)), stream.damage) == (1_000_000, "")


@COMPRESSORS
def test_only_what_is_asked_for_is_decompressed(compress: Compress) -> None:
    chance = random.Random(1)
    source = Dribble(compress(chance.randbytes(4_000_000)), 1 << 20)
    stream = byte_stream(io.BufferedReader(source), "feed")
    stream.read(1_000)
    assert source.taken < 1_000_000


def test_zstandard_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decompression, "_ZSTD_MODULES", ("mtcheck.no_such_module",))
    with pytest.raises(InputError, match=r"pip install 'mtcheck\[zstd\]'"):
        opened(b"\x28\xb5\x2f\xfd" + b"\0" * 20)


def test_a_gzip_header_with_a_name_and_a_comment() -> None:
    buffer = io.BytesIO()
    with gzip.GzipFile("name.txt", "wb", fileobj=buffer) as file:
        file.write(b"The port is open.")
    assert everything(opened(buffer.getvalue())) == b"The port is open."
    assert zlib.decompress(buffer.getvalue(), 31) == b"The port is open."
