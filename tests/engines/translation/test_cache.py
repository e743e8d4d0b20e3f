from __future__ import annotations

import multiprocessing
import sqlite3
import threading
from pathlib import Path

import pytest

from mtcheck.core.translation import Translation
from mtcheck.engines.models.folders import CACHE_VARIABLE, cache_folder
from mtcheck.engines.translation.cache import CachedTranslator, TranslationCache
from mtcheck.testing import FakeTranslator

DIRECTION = ("en", "es")


@pytest.fixture
def cache(tmp_path: Path) -> TranslationCache:
    return TranslationCache(tmp_path / "below" / "cache")


def test_each_distinct_text_is_translated_once(cache: TranslationCache) -> None:
    fake = FakeTranslator()
    translator = CachedTranslator(fake, cache)
    texts = ["one two", "three", "one two", "", "half \ud800 pair"]
    expected = fake.translate(texts, *DIRECTION)
    fake.calls = 0
    assert expected == translator.translate(texts, *DIRECTION)
    assert fake.calls == 4
    assert expected == translator.translate(texts, *DIRECTION)
    assert expected == CachedTranslator(fake, TranslationCache(cache.path.parent)).translate(texts, *DIRECTION)
    assert fake.calls == 4
    assert translator.signature == fake.signature
    assert translator.supports("en", "es")
    assert not translator.supports("en", "ru")


def test_score_and_mark_are_kept(cache: TranslationCache) -> None:
    answers = {"a": Translation("b", -0.25, "loop"), "c": Translation("d")}
    cache.put("s", DIRECTION, answers)
    assert answers == cache.get("s", DIRECTION, ["a", "c", "e"])


def test_translator_and_direction_are_part_of_the_key(cache: TranslationCache) -> None:
    cache.put("s", DIRECTION, {"a": Translation("b")})
    assert cache.get("t", DIRECTION, ["a"]) == {}
    assert cache.get("s", ("es", "en"), ["a"]) == {}
    assert cache.get("se", ("n", "es"), ["a"]) == {}


@pytest.mark.parametrize(("unusable", "calls"), [("timeout", 2), ("failed", 2), ("loop", 1)])
def test_what_may_end_otherwise_is_tried_again(cache: TranslationCache, unusable: str, calls: int) -> None:
    class Failing(FakeTranslator):
        def translate(self, texts: object, source_language: str, target_language: str) -> list[Translation]:
            self.calls += 1
            return [Translation("", unusable=unusable)]

    fake = Failing()
    translator = CachedTranslator(fake, cache)
    for _ in range(2):
        assert [Translation("", unusable=unusable)] == translator.translate(["a"], *DIRECTION)
    assert fake.calls == calls


@pytest.mark.parametrize("damage", ["garbage", "truncated", "other table", "folder"])
def test_a_damaged_file_costs_only_the_cache(
    cache: TranslationCache, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    cache.put("s", DIRECTION, {f"text {number}": Translation("x" * 500) for number in range(200)})
    cache.close()
    if damage == "garbage":
        cache.path.write_bytes(b"no database at all, " * 400)
    elif damage == "truncated":
        cache.path.write_bytes(cache.path.read_bytes()[:9_000])
    elif damage == "other table":
        cache.path.unlink()
        with sqlite3.connect(cache.path) as connection:
            connection.execute("CREATE TABLE translations (something TEXT)")
        connection.close()
    else:
        cache.path.unlink()
        cache.path.mkdir()
    fresh = TranslationCache(cache.path.parent)
    fake = FakeTranslator()
    assert ["cba"] == [answer.text for answer in CachedTranslator(fake, fresh).translate(["abc"], *DIRECTION)]
    assert "translations are not cached" in caplog.text
    assert str(cache.path) in caplog.text


def test_a_folder_that_cannot_be_made_costs_only_the_cache(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("in the way")
    translator = CachedTranslator(FakeTranslator(), TranslationCache(tmp_path / "file" / "cache"))
    for _ in range(2):
        assert ["cba"] == [answer.text for answer in translator.translate(["abc"], *DIRECTION)]
    assert len(caplog.records) == 1


def test_a_full_disk_costs_only_the_cache(cache: TranslationCache, caplog: pytest.LogCaptureFixture) -> None:
    """SQLite's own page limit raises the error of a full disk."""
    cache.put("s", DIRECTION, {"a": Translation("b")})
    connection = cache._open()
    assert connection is not None
    connection.execute("PRAGMA max_page_count = 8")
    texts = [f"{number} " + "long " * 200 for number in range(50)]
    answers = CachedTranslator(FakeTranslator(), cache).translate(texts, *DIRECTION)
    assert len(answers) == 50
    assert "full" in caplog.text


def test_the_oldest_are_dropped_when_the_file_grows_too_large(tmp_path: Path) -> None:
    cache = TranslationCache(tmp_path, max_bytes=400_000)
    for part in range(20):
        cache.put("s", DIRECTION, {f"{part} {number}": Translation("x" * 1_000) for number in range(50)})
    assert cache.get("s", DIRECTION, ["0 0"]) == {}
    assert "19 49" in cache.get("s", DIRECTION, ["19 49"])
    cache.close()
    assert cache.path.stat().st_size < 600_000


def test_threads_share_one_cache(cache: TranslationCache) -> None:
    def work(number: int) -> None:
        for turn in range(20):
            cache.put("s", DIRECTION, {f"{number} {turn}": Translation("x")})
            cache.get("s", DIRECTION, [f"{number} {turn}"])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    known = cache.get("s", DIRECTION, [f"{number} {turn}" for number in range(4) for turn in range(20)])
    assert len(known) == 80


def _write(folder: Path, name: str) -> None:
    cache = TranslationCache(folder)
    for turn in range(40):
        cache.put("s", DIRECTION, {f"{name} {turn}": Translation(name), f"both {turn}": Translation("same")})
    cache.close()


def test_two_processes_write_at_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_write, args=(tmp_path, name)) for name in ("first", "second")]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [0, 0] == [process.exitcode for process in processes]
    texts = [f"{name} {turn}" for name in ("first", "second", "both") for turn in range(40)]
    cache = TranslationCache(tmp_path)
    assert len(cache.get("s", DIRECTION, texts)) == 120
    cache.close()


def test_the_folder_is_the_chosen_one_the_variable_or_the_platforms(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "named"))
    assert cache_folder(tmp_path / "chosen") == tmp_path / "chosen"
    assert cache_folder() == tmp_path / "named"
    monkeypatch.delenv(CACHE_VARIABLE)
    assert "mtcheck" in cache_folder().name
