"""A feed ten times as long takes no more memory to read, but for the names of its records."""

from __future__ import annotations

import gzip
import json
import random
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from mtcheck.core.documents import Document
from mtcheck.core.reading import Input, ReadOptions
from mtcheck.readers import read
from tests.readers.feeds import Page, warc_record
from tests.readers.test_decompression import by_zstd

SHORT, LONG = 60, 600
LETTERS = 6_000


def text(number: int) -> str:
    chance = random.Random(number)
    return " ".join(chance.choices(["port", "ship", "bridge", "tide", "crane", "harbor", "mole"], k=LETTERS // 6))


def jsonl(count: int) -> bytes:
    return "".join(json.dumps({"id": number, "text": text(number)}) + "\n" for number in range(count)).encode()


def write_gzip(file: Path, count: int) -> None:
    file.write_bytes(gzip.compress(jsonl(count), 1))


def write_zstd(file: Path, count: int) -> None:
    file.write_bytes(by_zstd(jsonl(count)))


def write_warc(file: Path, count: int) -> None:
    pytest.importorskip("fastwarc", reason="no WARC reader here (pip install 'mtcheck[warc]')")
    pages = (Page(text(number).encode(), f"https://port.example/{number}", "text/plain") for number in range(count))
    file.write_bytes(b"".join(gzip.compress(warc_record(page), 1) for page in pages))


def write_parquet(file: Path, count: int) -> None:
    pa = pytest.importorskip("pyarrow", reason="no Parquet reader here (pip install 'mtcheck[parquet]')")
    from pyarrow import parquet

    parquet.write_table(pa.table({"text": [text(number) for number in range(count)]}), file)


def peak(file: Path, count: int) -> int:
    tracemalloc.start()
    try:
        seen = 0
        for item in read(Input(str(file), feed=True), ReadOptions()):
            assert isinstance(item, Document)
            seen += 1
        assert seen == count
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("feed.jsonl.gz", write_gzip),
        ("feed.jsonl.zst", write_zstd),
        ("feed.warc.gz", write_warc),
        ("feed.parquet", write_parquet),
    ],
)
def test_memory_does_not_grow_with_the_feed(tmp_path: Path, name: str, write: Callable[[Path, int], None]) -> None:
    peaks = []
    for count in (SHORT, SHORT, LONG):
        file = tmp_path / f"{count}-{name}"
        write(file, count)
        peaks.append(peak(file, count))
    # The first reading also loads what reads.
    _, short, long = peaks
    assert long - short < (LONG - SHORT) * LETTERS * 0.1, "the texts are kept"
