"""``mtcheck bench surprisal`` on a small set of its own, and its measures against figures worked out by hand."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from mtcheck.core.errors import InputError
from mtcheck.core.spans import Span
from mtcheck.core.surprisal import TokenSurprisal
from mtcheck.measuring.surprisal import area_under_curve, measure, precision_at, speed

SOUND = "The ships left the port of Varen after the storm."
FAULTY = "The ships left the port of Varen zzz after the storm."
DOCUMENTS = [f"page {number}" for number in range(16)]


class ByRareness:
    """A model that finds one word strange."""

    signature = "for tests"

    def supports(self, language: str) -> bool:
        return language in {"en", "de"}

    def signature_of(self, language: str) -> str:
        assert self.supports(language)
        return self.signature

    def surprisals(self, texts: Sequence[str], language: str) -> list[tuple[TokenSurprisal, ...]]:
        assert self.supports(language)
        return [tuple(_tokens(text)) for text in texts]


def _tokens(text: str) -> list[TokenSurprisal]:
    found, start = [], 0
    for word in text.split(" "):
        found.append(TokenSurprisal(Span(start, start + len(word)), 20.0 if word == "zzz" else 2.0))
        start += len(word) + 1
    return found


def write(path: Path, records: Sequence[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress("".join(record + "\n" for record in records).encode()))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_data(tmp_path)


def write_data(parent: Path) -> Path:
    """Write a small set of everything, and return its folder."""
    folder = parent / "eval"
    place = FAULTY.index("zzz")
    mark = {"start": place, "end": place + 3, "text": "zzz"}
    rows = [
        {"doc_id": name, "system": "S", "seg_id": 1, "target": FAULTY, "spans": [mark], "spans_any2": [mark]}
        for name in DOCUMENTS
    ]
    for name in (
        "newstest2020.zh-en.consensus",
        "newstest2020.zh-en.mqm",
        "newstest2021.zh-en.mqm",
        "ted2021.zh-en.mqm",
        "newstest2020.en-de.mqm",
        "newstest2021.en-de.mqm",
        "ted2021.en-de.mqm",
    ):
        write(folder / "mqm_spans" / f"{name}.jsonl.gz", [json.dumps(row) for row in rows])
    pairs = [
        {"phenomenon": kind, "human": f"{SOUND} {name}", "mt": SOUND, "perturbed": faulty}
        for kind, faulty in (("added", FAULTY), ("same", SOUND))
        for name in DOCUMENTS
    ]
    write(folder / "challenge" / "demetr.x-en.jsonl.gz", [json.dumps(pair) for pair in pairs])
    write(folder / "langid" / "ntrex12.tsv.gz", ["language\tline\tsentence", f"en\t0\t{SOUND}", "de\t0\tDer Hafen."])
    for name in ("dev", "devtest"):
        for language in ("en", "de"):
            write(parent / "corpora" / "evaluation" / f"flores200-{name}.{language}.gz", [SOUND, SOUND])
    return folder


def test_a_model_that_finds_what_is_marked(data: Path) -> None:
    figures = {figure.name: figure for figure in measure(ByRareness(), data)}
    bits = 2.0 * len(SOUND.split()) / len(SOUND)
    assert figures["FLORES-200 devtest: bits a character"].value == pytest.approx(bits)
    assert figures["NTREX-128: bits a character"].cases == 1
    for name in ("newstest2020, marked by two raters", "TED 2021"):
        assert figures[f"{name}: AUROC, highest token"].value == 1.0
        assert figures[f"{name}: share of words marked"].value == pytest.approx(1 / 11)
        assert figures[f"{name}: precision of 5 %, highest token"].value == 1.0
    # Always right for one kind of fault, and even where there is none.
    assert figures["DEMETR added, mean token"].value == 1.0
    assert figures["DEMETR same, mean token"].value == 0.5
    macro = figures["DEMETR: faulty above the machine's sound one, mean token"]
    assert (macro.value, macro.low, macro.high) == (0.75, 0.75, 0.75)


def test_another_language_has_sets_of_its_own(data: Path) -> None:
    figures = {figure.name: figure for figure in measure(ByRareness(), data, language="de")}
    assert figures["NTREX-128: bits a character"].value == pytest.approx(2.0 * 2 / len("Der Hafen."))
    assert 1.0 == figures["TED 2021 en-de: AUROC, highest token"].value
    assert not [name for name in figures if "DEMETR" in name or "two raters" in name]
    assert 2 == {figure.name: figure for figure in speed(ByRareness(), data, "de")}["tokens a second"].cases
    with pytest.raises(InputError, match="“ru”"):
        list(speed(ByRareness(), data, "ru"))


def test_each_document_is_measured_in_one_half(data: Path) -> None:
    name = "newstest2021: share of words marked"
    halves = [
        {figure.name: figure.cases for figure in measure(ByRareness(), data, tuning=tuning)}[name]
        for tuning in (True, False)
    ]
    assert sum(halves) == 11 * len(DOCUMENTS)
    assert all(halves)


def test_speed_is_measured(data: Path) -> None:
    figures = {figure.name: figure for figure in speed(ByRareness(), data)}
    assert figures["tokens a second"].cases == len(SOUND.split())


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"flores200-dev\.en\.gz"):
        list(measure(ByRareness(), tmp_path / "eval"))


def test_area_under_the_curve() -> None:
    scores, ones = np.array([1.0, 2.0, 3.0, 4.0]), np.ones(4)
    assert area_under_curve(scores, np.array([False, False, True, True]), ones) == 1.0
    assert area_under_curve(scores, np.array([False, True, False, True]), ones) == 0.75
    assert area_under_curve(np.zeros(4), np.array([False, True, False, True]), ones) == 0.5
    # A case that was drawn twice counts twice.
    assert area_under_curve(scores, np.array([False, True, False, True]), np.array([2.0, 1, 1, 1])) == pytest.approx(
        5 / 6
    )


def test_precision_of_the_highest() -> None:
    scores = np.arange(100, dtype=np.float64)
    marked = scores >= 97
    assert precision_at(scores, marked, np.ones(100)) == pytest.approx(3 / 5)
