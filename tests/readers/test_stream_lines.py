from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest

from mtcheck.core.errors import InputError
from mtcheck.core.reading import Input
from mtcheck.readers import stream_lines


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", []),
        (b"one", ["one"]),
        (b"one\n\ntwo\n", ["one", "", "two"]),
        (b"one\r\ntwo\rthree\n", ["one", "two\rthree"]),
        ("a\u2028b\x85c\n".encode(), ["a\u2028b\x85c"]),
        (b"\xef\xbb\xbfone\n", ["one"]),
        ("één\n".encode("utf-16"), ["één"]),
        (b"caf\xc3\nx\xff\x00y\n", ["caf\ufffd", "x\ufffd\x00y"]),
        (gzip.compress(b"one\ntwo"), ["one", "two"]),
    ],
)
def test_lines(tmp_path: Path, data: bytes, expected: list[str]) -> None:
    (tmp_path / "file").write_bytes(data)
    assert expected == list(stream_lines(Input(str(tmp_path / "file"))))
    assert expected == list(stream_lines(Input("-"), io.BytesIO(data)))


def test_lines_come_as_they_arrive(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"one\ntwo\n" + b"x" * 50 + b"\n")
    lines = stream_lines(Input(str(path)), longest=20)
    assert ["one", "two"] == [next(lines), next(lines)]
    with pytest.raises(InputError, match="line 3 is longer than 20"):
        next(lines)


@pytest.mark.parametrize(
    ("data", "reason"), [(b"%PDF-1.4 and so on", "PDF"), (gzip.compress(b"one\n" * 9_000)[:60], "cut off")]
)
def test_what_is_no_text(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "file").write_bytes(data)
    with pytest.raises(InputError, match=reason):
        list(stream_lines(Input(str(tmp_path / "file"))))


def test_what_is_not_there(tmp_path: Path) -> None:
    for name in ("nowhere", "."):
        with pytest.raises(InputError):
            list(stream_lines(Input(str(tmp_path / name))))


def test_standard_input_stays_open() -> None:
    stream = io.BytesIO(b"one\n")
    assert ["one"] == list(stream_lines(Input("-"), stream))
    assert not stream.closed
