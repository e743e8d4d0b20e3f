"""`mtcheck bench`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mtcheck.engines.language_id.benchmark import Figure
from tests.cli.commands import Mtcheck


def test_prints_the_figures_beside_the_aims(mtcheck: Mtcheck, monkeypatch: pytest.MonkeyPatch) -> None:
    def measure(data: Path, identifier: object) -> Iterator[Figure]:
        yield Figure("1 word", 90.25, 1000, 88.5, 92.0, aim=88, before=91.4)
        yield Figure("memory", 170.0, 1, aim=150, unit="MB", at_most=True)

    monkeypatch.setattr("mtcheck.engines.language_id.benchmark.measure", measure)
    done = mtcheck("bench", "languages", "--backends", "langdetect")
    lines = [" ".join(line.split()) for line in done.out.splitlines()]
    assert 0 == done.code
    assert "1 word 90.2 % 88.5 to 92.0 88 yes 91.4 1000" in lines
    assert "memory 170.0 MB at most 150 no 1" in lines


def test_says_that_the_data_is_absent(mtcheck: Mtcheck, tmp_path: Path) -> None:
    done = mtcheck("bench", "languages", "--data", str(tmp_path))
    assert 2 == done.code
    assert "nothing was measured" in done.err
    assert "Traceback" not in done.err


def test_refuses_an_unknown_model(mtcheck: Mtcheck, tmp_path: Path) -> None:
    done = mtcheck("bench", "languages", "--data", str(tmp_path), "--backends", "cld2")
    assert (2, True) == (done.code, "langdetect, fasttext, lingua" in done.err)
