"""Feeds from the outside: named, in folders, on standard input; what the exit code says of a damaged one."""

from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from mtcheck.app.running import executor_for
from mtcheck.core.errors import InputError
from mtcheck.core.reading import Input
from mtcheck.scan.executors import Executor, ProcessExecutor, SerialExecutor
from tests.cli.commands import Mtcheck
from tests.readers.feeds import Page, warc

FAULTY = "The council of Varen spoke about the the harbor and the bridge."
SCAN = ("scan", "--no-translate", "--select", "REP001", "--fail-on", "minor", "--output", "json")


def found(out: str) -> list[tuple[str, int]]:
    return [(finding["document"], finding["place"]["line"]) for finding in json.loads(out)["findings"]]


def on_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))


@pytest.mark.parametrize(
    ("items", "processes", "expected"),
    [
        ([Input("feed.jsonl", feed=True)], 2, ProcessExecutor),
        ([Input("feed.jsonl", feed=True)], 1, SerialExecutor),
        ([Input("page.txt")], 2, SerialExecutor),
        ([Input("page.txt"), Input("other.txt")], 2, ProcessExecutor),
        ([Input("-")], 2, SerialExecutor),
        ([InputError("feed.jsonl", "is not there")], 2, SerialExecutor),
    ],
)
def test_one_feed_keeps_several_processes_busy(
    items: list[Input | InputError], processes: int, expected: type[Executor]
) -> None:
    assert isinstance(executor_for(items, processes), expected)


def test_an_archive_in_a_folder(mtcheck: Mtcheck) -> None:
    pytest.importorskip("fastwarc", reason="no WARC reader here (pip install 'mtcheck[warc]')")
    Path("crawls").mkdir()
    page = Page(f"<h1>Varen</h1>\n\n<p>{FAULTY}</p>".encode(), "https://port.example/a")
    Path("crawls/one.warc.gz").write_bytes(gzip.compress(warc([page, page])))
    done = mtcheck(*SCAN, "crawls")
    assert (done.code, found(done.out)) == (
        1,
        [("crawls/one.warc.gz#https://port.example/a", 3), ("crawls/one.warc.gz#https://port.example/a~2", 3)],
    )


def test_a_table_with_two_columns(mtcheck: Mtcheck) -> None:
    pa = pytest.importorskip("pyarrow", reason="no Parquet reader here (pip install 'mtcheck[parquet]')")
    from pyarrow import parquet

    parquet.write_table(pa.table({"lead": ["All is well."], "body": [f"Well.\n{FAULTY}"]}), "feed.parquet")
    done = mtcheck(*SCAN, "feed.parquet")
    assert (done.code, "--text-field" in done.out) == (2, True)
    done = mtcheck(*SCAN, "feed.parquet", "--text-field", "lead", "--text-field", "body")
    assert (done.code, found(done.out)) == (1, [("feed.parquet#1:body", 2)])


def test_fields_of_records(mtcheck: Mtcheck) -> None:
    records = [{"id": "a", "body": f"<p>{FAULTY}</p>", "text": "All is well."}, {"id": "b", "text": FAULTY}]
    Path("feed.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    assert found(mtcheck(*SCAN, "feed.jsonl").out) == [("feed.jsonl#b", 2)]
    done = mtcheck(*SCAN, "feed.jsonl", "--text-field", "body")
    assert (done.code, found(done.out)) == (2, [("feed.jsonl#a", 1)])
    (problem,) = json.loads(done.out)["problems"]
    assert (problem["document"], problem["message"]) == ("feed.jsonl:2", 'it has no "body"')


def test_the_format_of_standard_input(mtcheck: Mtcheck, monkeypatch: pytest.MonkeyPatch) -> None:
    data = f"# Varen\n\n- {FAULTY}\n".encode()
    kinds = []
    for chosen in ("markdown", "text"):
        on_standard_input(monkeypatch, data)
        done = mtcheck(*SCAN, "-", "--input-format", chosen)
        assert (done.code, found(done.out)) == (1, [("-", 3)])
        kinds.append(json.loads(done.out)["documents"][0]["text"])
    assert kinds == [f"Varen\n\n{FAULTY}", data.decode()]
    on_standard_input(monkeypatch, b"")
    done = mtcheck(*SCAN, "-", "--input-format", "word")
    assert (done.code, "input_format" in done.err) == (2, True)


def test_what_can_be_read_of_a_cut_off_feed_is_scanned(mtcheck: Mtcheck) -> None:
    records = "".join(json.dumps({"id": number, "text": f"{FAULTY} {number * 7919}"}) + "\n" for number in range(400))
    packed = gzip.compress(records.encode())
    Path("feed.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    done = mtcheck(*SCAN, "feed.jsonl.gz")
    assert (done.code, len(found(done.out)) > 50) == (2, True)
    (problem,) = json.loads(done.out)["problems"]
    assert problem["message"].startswith("is cut off: the compressed data ends early, only its beginning was read")


def test_an_extra_that_is_missing(mtcheck: Mtcheck, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fastwarc.warc", None)
    Path("crawl.warc").write_bytes(warc([Page(b"<p>Port.</p>")]))
    done = mtcheck(*SCAN, "crawl.warc")
    assert (done.code, "pip install 'mtcheck[warc]'" in done.out) == (2, True)
