"""Results kept between scans: the same bytes come out, and nothing stale ever does."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mtcheck.core.documents import Document
from mtcheck.core.errors import InputError
from mtcheck.core.offsets import LineIndex, OffsetMap
from mtcheck.core.reading import Input
from mtcheck.core.report import NotChecked, Problem, Signature
from mtcheck.core.spans import Span
from mtcheck.core.translation import RoundTrip, RoundTrips
from mtcheck.scan import reuse
from mtcheck.scan.checker import WindowChecker
from mtcheck.scan.planning import Plan, make_plan
from mtcheck.scan.results import WindowResult
from mtcheck.scan.reuse import SECONDS_KEPT, ResultStore, drop_old_results, salt_of
from mtcheck.scan.scanner import ReadAndCheck
from mtcheck.scan.windows import Window
from mtcheck.testing import document_from_text
from tests.scan.checks_for_tests import PROVIDERS, check, find_crash

SIGNATURE = Signature("mtcheck", "1", "c", ("p",), ("AAA001",))


def plan(*codes: str) -> Plan:
    return make_plan([check(code) for code in codes or ("AAA001",)], {}, PROVIDERS)


class Work:
    """Scans files of a folder and counts which were read."""

    def __init__(self, folder: Path, store: ResultStore | None, chosen: Plan | None = None) -> None:
        self.read_paths: list[str] = []
        self._names = folder
        self._work = ReadAndCheck(self._read, WindowChecker(chosen or plan()), store)

    def _read(self, source: Input) -> Iterator[Document | InputError]:
        name = Path(source.path).name
        self.read_paths.append(name)
        text = Path(source.path).read_text(encoding="utf-8", errors="surrogateescape")
        if "unreadable" in text:
            yield InputError(source.path, "cannot be read")
            return
        yield document_from_text(text, path=source.path)
        if "cut off" in text:
            yield InputError(source.path, "is cut off")

    def scan(self, *names: str) -> WindowResult:
        self.read_paths.clear()
        return self._work(Window(tuple(Input(str(self._names / name)) for name in names), len(names)))


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, text in (("a", "A bad day.\n\nBad, bad."), ("b", "All is well."), ("c", "One bad ж 🚢 thing.")):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> ResultStore:
    return ResultStore(str(tmp_path / "cache"), "salt")


def test_an_unchanged_file_is_not_read_again(pages: Path, store: ResultStore) -> None:
    expected = Work(pages, None).scan("a", "b", "c")
    assert expected.findings
    work = Work(pages, store)
    assert work.scan("a", "b", "c") == expected
    assert work.read_paths == ["a", "b", "c"]
    assert work.scan("a", "b", "c") == expected
    assert work.read_paths == []
    assert work.scan("c", "a") == Work(pages, None).scan("c", "a")
    assert work.read_paths == []


def test_kept_and_fresh_results_stand_in_the_order_of_the_inputs(pages: Path, store: ResultStore) -> None:
    (pages / "x").write_text("unreadable", encoding="utf-8")
    (pages / "y").write_text("A bad end, cut off", encoding="utf-8")
    work = Work(pages, store)
    work.scan("b", "c")
    expected = Work(pages, None).scan("a", "x", "b", "y", "c")
    for again in (["a", "x", "y"], ["x", "y"]):
        assert work.scan("a", "x", "b", "y", "c") == expected
        assert work.read_paths == again, "what has a problem is done again each time"


@pytest.mark.parametrize("change", ["content", "path", "salt"])
def test_what_changed_is_done_again(pages: Path, store: ResultStore, tmp_path: Path, change: str) -> None:
    Work(pages, store).scan("a")
    name = "a"
    if change == "content":
        (pages / "a").write_text("A bad night.", encoding="utf-8")
    elif change == "path":
        name = "z"
        (pages / "a").rename(pages / "z")
    else:
        store = ResultStore(str(tmp_path / "cache"), "another salt")
    work = Work(pages, store)
    assert work.scan(name) == Work(pages, None).scan(name)
    assert work.read_paths == [name]


def test_a_file_that_changes_while_it_is_checked_is_not_kept(pages: Path, store: ResultStore) -> None:
    class Restless(Work):
        def _read(self, source: Input) -> Iterator[Document | InputError]:
            yield from super()._read(source)
            Path(source.path).write_text("All is well.", encoding="utf-8")

    Restless(pages, store).scan("a")
    (pages / "a").write_text("A bad day.\n\nBad, bad.", encoding="utf-8")
    work = Work(pages, store)
    work.scan("a")
    assert work.read_paths == ["a"]


def test_results_with_a_problem_or_a_gap_are_not_kept(store: ResultStore) -> None:
    gap = NotChecked("a", ("AAA001",), "no model", incomplete=True)
    store.save_result("0" * 64, WindowResult(problems=(Problem("check", "a", "crashed"),)))
    store.save_result("1" * 64, WindowResult(not_checked=(gap,)))
    store.save_result("2" * 64, WindowResult(not_checked=(replace(gap, incomplete=False),)))
    assert [store.load_result(digit * 64) is None for digit in "012"] == [True, True, False]


@pytest.mark.parametrize(("unusable", "is_kept"), [("", True), ("loop", True), ("timeout", False), ("failed", False)])
def test_a_translator_that_was_late_is_asked_again(
    pages: Path, store: ResultStore, unusable: str, is_kept: bool
) -> None:
    result = Work(pages, None).scan("a")
    trips = RoundTrips((RoundTrip(Span(0, 1), "en", "es", "", "", None, unusable),), "t", "m")
    store.save_result("0" * 64, replace(result, documents=(replace(result.documents[0], round_trips=trips),)))
    assert (store.load_result("0" * 64) is not None) is is_kept


def test_a_check_that_crashes_is_tried_again(pages: Path, store: ResultStore) -> None:
    (pages / "a").write_text("This makes it crash.", encoding="utf-8")
    crashing = make_plan([check("AAA001", find_crash)], {}, PROVIDERS)
    work = Work(pages, store, crashing)
    first = work.scan("a", "b")
    assert first.problems
    assert work.scan("a", "b") == first
    assert work.read_paths == ["a"]


def test_a_damaged_result_is_made_again(pages: Path, store: ResultStore, tmp_path: Path) -> None:
    expected = Work(pages, store).scan("a")
    (kept,) = [file for file in (tmp_path / "cache").rglob("*") if file.is_file()]
    whole = kept.read_bytes()
    for damaged in (b"", whole[:-10], b"\0" * len(whole), whole[:20] + b"\xff" + whole[21:]):
        kept.write_bytes(damaged)
        work = Work(pages, store)
        assert work.scan("a") == expected
        assert work.read_paths == ["a"]


def test_a_folder_that_cannot_be_written_costs_only_time(pages: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    work = Work(pages, ResultStore(str(tmp_path / "taken"), "salt"))
    expected = Work(pages, None).scan("a")
    assert [work.scan("a"), work.scan("a")] == [expected, expected]


def test_half_a_surrogate_pair_is_not_kept_and_harms_nothing(pages: Path, store: ResultStore) -> None:
    (pages / "a").write_bytes(b"A bad \xff day.")
    work = Work(pages, store)
    expected = Work(pages, None).scan("a", "b")
    assert [work.scan("a", "b"), work.scan("a", "b")] == [expected, expected]
    assert work.read_paths == ["a"]


def test_only_files_have_keys(tmp_path: Path, store: ResultStore) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert [store.key(str(tmp_path / name)) for name in ("pipe", "nowhere", ".")] == [None, None, None]
    assert store.key("-") is None


def test_old_results_are_dropped(pages: Path, store: ResultStore, tmp_path: Path) -> None:
    Work(pages, store).scan("a", "b")
    files = sorted(file for file in (tmp_path / "cache").rglob("*") if file.is_file())
    long_ago = time.time() - SECONDS_KEPT - 60
    os.utime(files[0], (long_ago, long_ago))
    drop_old_results(tmp_path / "cache")
    assert [file.exists() for file in files] == [False, True]
    drop_old_results(tmp_path / "nowhere")


def test_a_result_in_use_does_not_grow_old(pages: Path, store: ResultStore, tmp_path: Path) -> None:
    Work(pages, store).scan("a")
    (file,) = [file for file in (tmp_path / "cache").rglob("*") if file.is_file()]
    long_ago = time.time() - SECONDS_KEPT - 60
    os.utime(file, (long_ago, long_ago))
    Work(pages, store).scan("a")
    drop_old_results(tmp_path / "cache")
    assert file.exists()


def test_the_salt_follows_all_that_could_change_a_result(monkeypatch: pytest.MonkeyPatch) -> None:
    base = salt_of(SIGNATURE, plan())
    assert base == salt_of(SIGNATURE, plan())
    assert base != salt_of(replace(SIGNATURE, configuration="d"), plan())
    assert base != salt_of(replace(SIGNATURE, providers=("p 2",)), plan())
    with monkeypatch.context() as patched:
        patched.setattr(reuse, "_version", lambda _name: "99")
        assert base != salt_of(SIGNATURE, plan())
    with monkeypatch.context() as patched:
        patched.setattr(reuse, "_code_digest", lambda: "other code")
        assert base != salt_of(SIGNATURE, plan())
    with monkeypatch.context() as patched:
        # The check of these tests stands for one from another package.
        patched.setattr(reuse, "_digest", lambda _files, _root: "other code of a check")
        assert base != salt_of(SIGNATURE, plan())


def test_the_digest_of_the_code_follows_its_files(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("1", encoding="utf-8")
    (tmp_path / "b.py").write_text("2", encoding="utf-8")
    before = reuse._digest(sorted(tmp_path.iterdir()), tmp_path)
    (tmp_path / "b.py").write_text("3", encoding="utf-8")
    after = reuse._digest(sorted(tmp_path.iterdir()), tmp_path)
    (tmp_path / "b.py").rename(tmp_path / "c.py")
    assert len({before, after, reuse._digest(sorted(tmp_path.iterdir()), tmp_path)}) == 3


class Stream:
    """Scans documents of a feed and counts how often they were checked."""

    def __init__(self, store: ResultStore | None, chosen: Plan | None = None) -> None:
        self.checked: list[str] = []
        self._checker = _Counting(chosen or plan(), self.checked)
        self._store = store

    def scan(self, *items: Document | InputError) -> WindowResult:
        self.checked.clear()
        return ReadAndCheck(lambda _source: iter(()), self._checker, self._store)(Window(items, 1))


class _Counting(WindowChecker):
    def __init__(self, chosen: Plan, checked: list[str]) -> None:
        super().__init__(chosen)
        self._checked = checked

    def check(self, window: Sequence[Document | InputError], inputs: int = 0) -> WindowResult:
        self._checked.extend(item.doc_id for item in window if isinstance(item, Document))
        return super().check(window, inputs)


def record(text: str, number: int = 1) -> Document:
    return replace(document_from_text(text, path="feed.jsonl"), doc_id=f"feed.jsonl#{number}")


def test_documents_of_a_stream_are_not_checked_again(store: ResultStore) -> None:
    items = (record("A bad day."), InputError("feed.jsonl:2", "is no record"), record("All is well.", 3))
    expected = Stream(None).scan(*items)
    assert (len(expected.findings), len(expected.problems), expected.inputs) == (1, 1, 1)
    stream = Stream(store)
    assert (stream.scan(*items), stream.checked) == (expected, ["feed.jsonl#1", "feed.jsonl#3"])
    assert (stream.scan(*items), stream.checked) == (expected, [])
    # Another line that is no record changes nothing of the others.
    assert stream.scan(items[0], items[2]) == Stream(None).scan(items[0], items[2])
    assert stream.checked == []


@pytest.mark.parametrize(
    "change",
    [
        {"text": "A bad way."},
        {"doc_id": "feed.jsonl#2"},
        {"path": "other.jsonl"},
        {"declared_language": "ru"},
        {"source": "Плохой день."},
        {"offsets": OffsetMap((0, 10), (5, 15), LineIndex.of("A bad day.", 5, 2))},
        {"blocks": ()},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_document_of_a_stream_that_changed_is_checked_again(store: ResultStore, change: dict[str, Any]) -> None:
    document = record("A bad day.")
    stream = Stream(store)
    stream.scan(document)
    stream.scan(replace(document, **change))
    assert stream.checked == [change.get("doc_id", "feed.jsonl#1")]


def test_documents_that_could_not_be_checked_are_tried_again(store: ResultStore) -> None:
    stream = Stream(store, make_plan([check("AAA001", find_crash)], {}, PROVIDERS))
    items = (record("This makes it crash."),)
    assert stream.scan(*items).problems
    assert (stream.scan(*items) == stream.scan(*items), stream.checked) == (True, ["feed.jsonl#1"])
