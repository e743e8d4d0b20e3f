"""The measurements of the quotation engine, on small data of our own, and the floors on the developers' data."""

from __future__ import annotations

import gzip
import json
import tarfile
from pathlib import Path

import pytest

from mtcheck.core.errors import InputError
from mtcheck.measuring import quotations as measuring
from mtcheck.measuring.intervals import Count, is_tuning, share_of
from tests.cli.commands import in_process
from tests.shared import SHARED, needs_shared

TEXT = "“The port opens,” said Orlo Brandt, the mayor. He called it “a disaster” for Varen."
SYSTEMS = ("one", "two")


def span(part: str) -> dict[str, object]:
    start = TEXT.index(part)
    return {"start": start, "end": start + len(part), "text": part}


def record(name: str) -> dict[str, object]:
    return {
        "id": name,
        "text": TEXT,
        "attributions": [
            {
                "source": [span("Orlo Brandt, the mayor")],
                "cue": [span("said")],
                "content": [span("“The port opens,”")],
            },
            {"source": [span("He")], "cue": [span("called")], "content": [span("it “a disaster” for Varen")]},
        ],
    }


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Make evaluation data in the shape of the real one, with a document in either half."""
    names = [next(f"doc{n}" for n in range(99) if is_tuning(f"doc{n}") is tuning) for tuning in (True, False)]
    (tmp_path / "quotations").mkdir()
    (tmp_path / "mqm_spans").mkdir()
    (tmp_path / "challenge").mkdir()
    pair = {"mt": "We will send ships to the island.", "perturbed": "We will send ships to the."}
    with gzip.open(tmp_path / "challenge" / "demetr.x-en.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.write(json.dumps(pair) + "\n")
    with gzip.open(tmp_path / "quotations" / "polnear.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(record(name)) + "\n" for name in names)
    target = "The envoy noted that the port is open and the sea is calm.”"
    row = {"seg_id": 1, "target": target, "spans": [{"start": len(target) - 1, "end": len(target)}]}
    for name in measuring.MARKED_SETS:
        with gzip.open(tmp_path / "mqm_spans" / f"{name}.jsonl.gz", "wt", encoding="utf-8") as lines:
            for document in names:
                for system in SYSTEMS:
                    lines.write(json.dumps({**row, "doc_id": document, "system": system}) + "\n")
    page = tmp_path / "page.html"
    page.write_text("<html lang=en><body><article><p>“The port opens,” he said.</p></article></body></html>")
    index = tmp_path / "index.tsv"
    index.write_text("file\n")
    with tarfile.open(tmp_path / "clean_pages.tar.gz", "w:gz") as archive:
        archive.add(page, "clean_pages/page.html")
        archive.add(index, "clean_pages/index.tsv")
    return tmp_path


def test_extraction_counts_what_is_annotated(data: Path) -> None:
    read = measuring.articles(data / "quotations" / "polnear.jsonl.gz")
    figures = dict(measuring.extraction_rows(measuring.measure_extraction(read, tuning=False)))
    assert [(2, 2)] * 7 == [(share.hits, share.trials) for share in figures.values()]


def test_precision_looks_at_the_spot(data: Path) -> None:
    paths = [data / "mqm_spans" / f"{name}.jsonl.gz" for name in measuring.MARKED_SETS]
    found = measuring.measure_precision(paths, tuning=True)
    unpaired = share_of(found["QUO001"].spot)
    assert (4, 4) == (unpaired.hits, unpaired.trials)
    assert 0 == share_of(found["QUO002"].spot).trials


def test_alarms_are_counted_by_check(data: Path) -> None:
    found = dict(measuring.alarms(data))
    assert ["PolNeAR", "clean_pages"] == list(found)
    assert all(alarm.findings == 0 and alarm.words > 0 for alarms in found.values() for alarm in alarms)
    assert list(measuring.QUOTATION_CHECKS) == [alarm.code for alarm in found["PolNeAR"]]


def test_signs_of_garble_are_counted_in_damaged_and_in_whole_sentences(data: Path) -> None:
    found = measuring.measure_signs(data / "challenge" / "demetr.x-en.jsonl.gz")
    assert measuring.Signs(damaged=1, whole=0, sentences=1) == found


def test_rates_are_in_20000_words() -> None:
    assert 2.0 == measuring.Alarms("QUO001", 1, 10_000).rate


def test_an_interval_holds_its_share_and_is_the_same_each_time() -> None:
    counts = [Count(hits, 10) for hits in (9, 8, 10, 7, 9, 10, 5)]
    share = share_of(counts)
    assert share.low < share.value < share.high
    assert share == share_of(counts)
    assert "no cases" == str(share_of([]))


def test_missing_data_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no annotated articles"):
        list(measuring.articles(tmp_path / "none.jsonl.gz"))


def test_the_command_prints_the_figures(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    done = in_process(monkeypatch, capsys)("bench", "quotations", "--data", str(data))
    assert (0, "") == (done.code, done.err)
    assert "speaker right (head), of all annotated" in done.out
    assert "QUO001 at the spot" in done.out


@needs_shared
def test_floors_on_annotated_news() -> None:
    read = measuring.articles(SHARED / "eval" / "quotations" / "polnear.jsonl.gz")
    figures = dict(measuring.extraction_rows(measuring.measure_extraction(read, tuning=False)))
    assert figures["annotated quotations found, with both borders"].value > 0.99
    assert figures["speaker right (head), of all annotated"].value > 0.77
    assert figures["speaker right, where one is given"].value > 0.89
    assert figures["verb right, where one is given"].value > 0.9
