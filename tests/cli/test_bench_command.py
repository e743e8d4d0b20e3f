"""`mtcheck bench`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mtcheck.measuring.close_pairs import PairFigure, RomanizedFigure
from mtcheck.measuring.intervals import Count, share_of
from mtcheck.measuring.languages import Figure
from mtcheck.measuring.reliability import Judged
from tests.cli.commands import Mtcheck


def test_prints_the_figures_beside_the_aims(mtcheck: Mtcheck, monkeypatch: pytest.MonkeyPatch) -> None:
    def measure(data: Path, identifier: object, *, tuning: bool) -> Iterator[Figure]:
        yield Figure("1 word", 90.25, 1000, 88.5, 92.0, aim=88, before=91.4, causes=("never shown",))
        yield Figure("3 words", 90.25, 1000, 88.5, 92.0, aim=96, causes=("pt taken for es: 9 of 12",))
        yield Figure("memory", 170.0, 1, aim=150, unit="MB", at_most=True)

    def block_answers(folder: Path, identifier: object, *, tuning: bool) -> list[Judged]:
        return [Judged(0.96, True, "page"), Judged(0.96, False, "other page")]

    def close_pairs(folder: Path, identifier: object) -> Iterator[PairFigure]:
        share = share_of([Count(1, 2)])
        yield PairFigure("nb", "no", "da", "sentences", share, share)

    def romanized_figures(folder: Path, identifier: object) -> Iterator[RomanizedFigure]:
        share = share_of([Count(1, 2)])
        yield RomanizedFigure("Arabizi", 2, share, share, (("cy", 0.5),))

    monkeypatch.setattr("mtcheck.measuring.languages.measure", measure)
    monkeypatch.setattr("mtcheck.measuring.languages.block_answers", block_answers)
    monkeypatch.setattr("mtcheck.measuring.close_pairs.close_pairs", close_pairs)
    monkeypatch.setattr("mtcheck.measuring.close_pairs.romanized_figures", romanized_figures)
    done = mtcheck("bench", "languages", "--backends", "langdetect")
    lines = [" ".join(line.split()) for line in done.out.splitlines()]
    assert 0 == done.code
    assert "1 word 90.2 % 88.5 to 92.0 88 yes 91.4 1000" in lines
    assert "memory 170.0 MB at most 150 no 1" in lines
    assert "3 words, the most frequent failures: pt taken for es: 9 of 12" in lines
    assert "never shown" not in done.out
    assert "0.95 to 0.98 0.960 0.500 [0.000, 1.000] 1/2" in lines
    assert any(line.startswith("nb as no sentences 0.500") for line in lines)
    assert any(line.startswith("Arabizi 0.500 0.500 cy 0.50") for line in lines)


def test_says_that_the_data_is_absent(mtcheck: Mtcheck, tmp_path: Path) -> None:
    done = mtcheck("bench", "languages", "--data", str(tmp_path))
    assert 2 == done.code
    assert "nothing was measured" in done.err
    assert "Traceback" not in done.err


def test_refuses_an_unknown_model(mtcheck: Mtcheck, tmp_path: Path) -> None:
    done = mtcheck("bench", "languages", "--data", str(tmp_path), "--backends", "cld2")
    assert (2, True) == (done.code, "langdetect, fasttext, lingua" in done.err)
