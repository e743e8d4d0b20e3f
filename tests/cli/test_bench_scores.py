"""``mtcheck bench surface`` and ``mtcheck bench provenance``."""

from __future__ import annotations

from pathlib import Path

from tests.cli.commands import Mtcheck
from tests.measuring import test_provenance, test_surface


def test_surface_prints_checks_damage_loops_alarms_and_reliability(mtcheck: Mtcheck, tmp_path: Path) -> None:
    done = mtcheck("bench", "surface", "--data", str(test_surface.data(tmp_path)), "--select", "REP001")
    assert 0 == done.code
    for part in (
        "commit",
        "reporting half",
        "REP001 (default",
        "expected calibration error",
        "minor_id1_repeat2",
        "PolNeAR, 21 words",
    ):
        assert part in done.out


def test_surface_refuses_a_check_that_needs_a_model(mtcheck: Mtcheck, tmp_path: Path) -> None:
    done = mtcheck("bench", "surface", "--data", str(tmp_path), "--select", "ACC001")
    assert 2 == done.code
    assert "no such check runs on a text alone" in done.err


def test_provenance_fits_writes_and_measures(mtcheck: Mtcheck, tmp_path: Path) -> None:
    data = tmp_path / "data"
    test_provenance.data(data / "ht_vs_mt")
    done = mtcheck("bench", "provenance", "--data", str(data), "--fit", str(tmp_path))
    assert 0 == done.code
    assert "language pair de-en unseen" in done.out
    assert (tmp_path / "machine_style.en.json").is_file()
    assert (tmp_path / "translationese.en.json").is_file()


def test_missing_data_ends_as_unusable_input(mtcheck: Mtcheck, tmp_path: Path) -> None:
    for name in ("surface", "provenance"):
        done = mtcheck("bench", name, "--data", str(tmp_path))
        assert 2 == done.code
        assert str(tmp_path) in done.err
