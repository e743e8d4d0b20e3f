"""The index of quotations: what it finds, and that neither damage nor company harms it."""

from __future__ import annotations

import logging
import multiprocessing
import os
from pathlib import Path

import pytest

from mtcheck.core.errors import ConfigurationError
from mtcheck.engines.references import QuotationIndex, open_library
from mtcheck.engines.references import index as index_module
from mtcheck.engines.references.index import INDEX_FOLDER, UNUSED_DAYS, folded
from tests.engines.references.folders import FERRY, PIER, quotation, write_quotations

RUSSIAN = "Мы никогда не обещали закрыть зерновой терминал в Тальвик-Бее."
CHINESE = "我们不会把旧码头租给一家公司。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_quotations(
        tmp_path / "references",
        quotation(id="pier"),
        quotation(FERRY, id="ferry"),
        quotation(RUSSIAN, id="grain", language="ru"),
        quotation(CHINESE, id="pier-zh", language="zh"),
        *(quotation(f"Ship number {n} came in late, said the clerk of the harbor.", id=f"ship-{n}") for n in range(50)),
    )


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def first(index: QuotationIndex, text: str, language: str = "en") -> str:
    found = index.candidates(text, language, 3)
    return found[0].quotation.id if found else ""


def files_in(cache: Path) -> list[Path]:
    return sorted((cache / INDEX_FOLDER).iterdir())


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (PIER, "en", "pier"),
        ("rent out the OLD pier to a single company", "en", "pier"),
        ("Matters a company needs only while the fishermen of the town have no place.", "en-gb", "pier"),
        ("Its pilots keep their work before winter", "en", "ferry"),
        ("Мы обещали закрыть терминал", "ru", "grain"),
        ("旧码头租给公司", "zh", "pier-zh"),
        ("Ship number 7 came in late", "en", "ship-7"),
        ("Xylophone zeppelins juxtapose quartz", "en", ""),
        ("", "en", ""),
        ("!?", "en", ""),
    ],
)
def test_the_nearest_quotation_comes_first(folder: Path, cache: Path, text: str, language: str, expected: str) -> None:
    assert expected == first(QuotationIndex(open_library(folder), cache), text, language)


def test_only_quotations_of_the_language_are_found(folder: Path, cache: Path) -> None:
    index = QuotationIndex(open_library(folder), cache)
    assert [] == index.candidates(RUSSIAN, "uk", 3)
    assert {"en": 52, "ru": 1, "zh": 1} == index.languages


def test_what_is_found_is_the_whole_record_and_its_place(folder: Path, cache: Path) -> None:
    found = QuotationIndex(open_library(folder), cache).candidates(FERRY, "en", 1)[0]
    expected = ("ferry", "Ines Corvall", FERRY, "quotations.jsonl", 2)
    reference = found.quotation
    assert expected == (reference.id, reference.speaker, reference.text, reference.file, reference.line)
    assert 1.0 == found.common


def test_folding_makes_marks_case_and_vowel_signs_alike() -> None:
    assert folded("“Don’t STOP”, she said.") == folded("don't stop she said")
    assert folded("مُدُن") == folded("مدن")


def test_an_index_is_made_once_and_again_when_a_file_changes(folder: Path, cache: Path) -> None:
    QuotationIndex(open_library(folder), cache)
    (made,) = files_in(cache)
    inode = made.stat().st_ino
    QuotationIndex(open_library(folder), cache)
    assert inode == made.stat().st_ino
    write_quotations(
        folder, quotation("The lighthouse keeper has gone fishing for good.", id="light"), name="new.jsonl"
    )
    index = QuotationIndex(open_library(folder), cache)
    assert 2 == len(files_in(cache))
    assert "light" == first(index, "the lighthouse keeper has gone")


def test_a_large_file_has_an_index_of_its_own(folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "LARGE_FILE", 1000)
    write_quotations(folder, quotation("The lighthouse keeper has gone fishing.", id="light"), name="small.jsonl")
    index = QuotationIndex(open_library(folder), cache)
    before = files_in(cache)
    assert 2 == len(before)
    assert ("pier", "light") == (first(index, PIER), first(index, "lighthouse keeper gone fishing"))
    write_quotations(folder, quotation("The lighthouse keeper is back.", id="back"), name="small.jsonl")
    assert "back" == first(QuotationIndex(open_library(folder), cache), "the lighthouse keeper is back")
    assert 1 == len(set(files_in(cache)) - set(before))


@pytest.mark.parametrize("damage", ["emptied", "scribbled over", "cut short", "no database"])
def test_a_damaged_index_is_made_again(folder: Path, cache: Path, damage: str) -> None:
    QuotationIndex(open_library(folder), cache)
    (path,) = files_in(cache)
    data = path.read_bytes()
    damaged = {
        "emptied": b"",
        "scribbled over": data[:4096] + b"\xa5" * (len(data) - 4096),
        "cut short": data[: len(data) // 2],
        "no database": b"not a database" * 100,
    }
    path.write_bytes(damaged[damage])
    assert "pier" == first(QuotationIndex(open_library(folder), cache), PIER)
    assert data == path.read_bytes()


def test_an_index_damaged_or_deleted_while_in_use_is_made_again(
    folder: Path, cache: Path, caplog: pytest.LogCaptureFixture
) -> None:
    index = QuotationIndex(open_library(folder), cache)
    (path,) = files_in(cache)
    path.unlink()
    assert "pier" == first(index, PIER)
    assert "built anew" in caplog.text
    assert path.exists()


def test_a_cache_that_cannot_be_written_costs_only_time(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        index = QuotationIndex(open_library(folder), blocked)
    assert "pier" == first(index, PIER)
    assert "kept in memory" in caplog.text


def build_and_ask(folder: Path, cache: Path) -> str:
    return first(QuotationIndex(open_library(folder), cache), PIER)


def test_several_processes_may_build_at_once(folder: Path, cache: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        assert ["pier"] * 3 == pool.starmap(build_and_ask, [(folder, cache)] * 3)
    assert 1 == len(files_in(cache))


def test_lines_at_fault_are_named_and_leave_nothing_behind(folder: Path, cache: Path) -> None:
    write_quotations(folder, quotation(id="pier"), {"id": "x"}, name="z.jsonl")
    with pytest.raises(ConfigurationError, match=r"z.jsonl:1: the id 'pier'(.|\n)*z.jsonl:2: 'speaker' is missing"):
        QuotationIndex(open_library(folder), cache)
    assert [] == files_in(cache)


def test_an_empty_folder_is_no_work(tmp_path: Path, cache: Path) -> None:
    index = QuotationIndex(open_library(tmp_path), cache)
    assert [] == index.candidates(PIER, "en", 3)
    assert not cache.exists()


def test_indexes_that_nobody_reads_are_deleted(folder: Path, cache: Path) -> None:
    QuotationIndex(open_library(folder), cache)
    old, leftover = files_in(cache)[0], cache / INDEX_FOLDER / "x.partial"
    leftover.touch()
    write_quotations(folder, quotation(id="another"))
    long_ago = old.stat().st_mtime - (UNUSED_DAYS + 1) * 86_400
    for path in (old, leftover):
        os.utime(path, (long_ago, long_ago))
    QuotationIndex(open_library(folder), cache)
    assert not old.exists()
    assert not leftover.exists()
    assert 1 == len(files_in(cache))
