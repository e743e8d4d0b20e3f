"""The files that measurements read, and what is said of those that are no such files."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from mtcheck.core.errors import InputError
from mtcheck.measuring.records import records_of

WHOLE = gzip.compress('{"id": "a", "text": "one\u2028two"}\n{"id": "b", "text": ""}\n'.encode())


def test_a_record_is_a_line_whatever_else_parts_lines(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl.gz"
    path.write_bytes(WHOLE)
    assert ["one\u2028two", ""] == [record["text"] for record in records_of(path, "id", "text")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(None, "No such file", id="missing"),
        pytest.param(b"plain text", "Not a gzipped file", id="not compressed"),
        pytest.param(WHOLE[:-12], "end-of-stream", id="cut off"),
        pytest.param(gzip.compress(b"\xff\n"), "utf-8", id="not UTF-8"),
        pytest.param(gzip.compress(b'{"id": "a"'), "line 1: ", id="no JSON"),
        pytest.param(gzip.compress(b"[]\n"), "line 1 is no object", id="no object"),
        pytest.param(
            gzip.compress(b'{"id": "a", "text": ""}\n{"id": "b"}\n'), "line 2 lacks 'text'", id="lacks a field"
        ),
    ],
)
def test_what_is_no_such_file_is_an_input_error(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "records.jsonl.gz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=said):
        list(records_of(path, "id", "text"))
