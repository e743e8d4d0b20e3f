"""An index of many documents comes in parts; the first one can sort and search them all."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from mtcheck.reporters import Destination, reporter
from mtcheck.reporters.html import index as index_module
from mtcheck.reporters.html.index import ROWS_A_SHARD, index_names, rows_as_data, shards_of
from tests.reporters.sample import HOSTILE, many_documents, sample_report
from tests.reporters.test_html import Page, written


def test_a_small_index_is_one_file_and_holds_its_rows_once() -> None:
    report = sample_report()
    (shard,) = shards_of(report, [f"{number}.html" for number in range(len(report.documents))])
    assert rows_as_data([shard]) is None
    assert index_names(ROWS_A_SHARD) == ["index.html"]
    assert index_names(ROWS_A_SHARD + 1) == ["index.html", "index-2.html"]
    assert index_names(0) == ["index.html"]


@pytest.fixture
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut after 20 documents, so that a test need not write hundreds."""
    monkeypatch.setattr(index_module, "ROWS_A_SHARD", 20)


@pytest.mark.usefixtures("small_shards")
def test_a_large_index_is_cut_and_its_parts_are_linked(tmp_path: Path) -> None:
    pages = written(many_documents(45), tmp_path)
    parts = [pages[name] for name in ("index.html", "index-2.html", "index-3.html")]
    rows = [[row["data-order"] for row in part.all("tr") if "data-order" in row] for part in parts]
    assert [int(order) for part in rows for order in part] == list(range(45))
    assert [len(part) for part in rows] == [20, 20, 5]
    links = [[a["href"] for a in part.all("a") if a.get("rel") in {"prev", "next"}] for part in parts]
    assert links == [
        ["index-2.html"] * 2,
        ["index.html", "index-3.html"] * 2,
        ["index-2.html"] * 2,
    ]
    for part, held in zip(parts, (45, 0, 0), strict=True):
        data = json.loads(part.data)
        assert len(data.get("rows", [])) == held
        assert data["documents"] == 45


@pytest.mark.usefixtures("small_shards")
def test_a_smaller_report_removes_the_parts_of_a_larger_one(tmp_path: Path) -> None:
    reporter("html").write(many_documents(41), Destination.to_path(tmp_path))
    assert (tmp_path / "index-3.html").exists()
    reporter("html").write(many_documents(3), Destination.to_path(tmp_path))
    assert [path.name for path in tmp_path.glob("index*")] == ["index.html"]


def test_data_of_an_index_is_bounded_and_the_worst_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "MOST_DATA", 20_000)
    report = many_documents(500)
    shards = shards_of(report, [f"{number}.html" for number in range(500)])
    rows = rows_as_data(shards)
    assert rows is not None
    assert 20 < len(rows) < 400
    assert len(json.dumps(rows)) < 25_000
    assert [row[1] for row in rows[:3]] == [shards[0].rows[number].title for number in range(3)]


@pytest.mark.usefixtures("small_shards")
def test_data_can_end_no_element(tmp_path: Path) -> None:
    report = many_documents(21)
    hostile = replace(report.documents[0], id=HOSTILE, path=HOSTILE, title=HOSTILE)
    report = replace(report, documents=(hostile, *report.documents[1:]))
    reporter("html").write(report, Destination.to_path(tmp_path))
    content = Page((tmp_path / "index.html").read_text(encoding="utf-8"))
    assert len(content.all("script")) == 2
    assert "<" not in content.data
    assert any(row[2] == HOSTILE for row in json.loads(content.data)["rows"])
