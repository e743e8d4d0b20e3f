"""``mtcheck bench surprisal``."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.cli.commands import Mtcheck
from tests.measuring.test_surprisal import DOCUMENTS, FAULTY, ByRareness, write_data


def test_the_figures_are_printed_and_written(mtcheck: Mtcheck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mtcheck.engines.language_model.open_language_model", lambda _: ByRareness())
    output = tmp_path / "scores.json"
    done = mtcheck("bench", "surprisal", "--data", str(write_data(tmp_path)), "--json", str(output))
    assert 0 == done.code
    assert done.out.startswith("for tests: reporting half")
    assert "TED 2021: AUROC, highest token" in done.out
    [table] = json.loads(output.read_text(encoding="utf-8"))
    assert ("for tests", "reporting") == (table["model"], table["half"])
    assert 1.0 == next(row["value"] for row in table["figures"] if row["name"] == "TED 2021: AUROC, highest token")


def test_baselines_learn_from_prepared_texts(mtcheck: Mtcheck, tmp_path: Path) -> None:
    prepared = tmp_path / "prepared"
    prepared.mkdir()
    rows = [f"news\treuters-21578\t1\t{FAULTY.replace('zzz', name)}\n" for name in DOCUMENTS]
    (prepared / "texts.tsv.gz").write_bytes(gzip.compress("".join(rows).encode()))
    done = mtcheck("bench", "surprisal", "--data", str(write_data(tmp_path)), "--baselines", str(prepared))
    assert 0 == done.code
    assert "character 6-gram, Witten-Bell: reporting half" in done.out
    assert "word 5-gram, Witten-Bell: reporting half" in done.out


def test_what_cannot_be_measured_is_said(mtcheck: Mtcheck, tmp_path: Path) -> None:
    done = mtcheck("bench", "surprisal", "--data", str(tmp_path), "--runtime", "abacus")
    assert (2, True) == (done.code, "transformers, ctranslate2" in done.err)
    done = mtcheck("bench", "surprisal", "--data", str(tmp_path), "--baselines", str(tmp_path))
    assert (2, True) == (done.code, "run the command prepare-text first" in done.err)
