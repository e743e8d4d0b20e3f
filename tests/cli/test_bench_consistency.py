"""``mtcheck bench consistency``."""

from __future__ import annotations

from pathlib import Path

from tests.cli.commands import Mtcheck
from tests.measuring.test_consistency import data
from tests.measuring.test_pages import data as data_of_pages


def test_the_table_names_half_and_rows(mtcheck: Mtcheck, tmp_path: Path) -> None:
    data_of_pages(tmp_path)
    done = mtcheck("bench", "consistency", "--data", str(data(tmp_path)), "--tuning")
    assert 0 == done.code
    assert done.out.startswith("tuning half")
    assert "DEMETR 10, numbers: recall" in done.out
    assert "QUO008 on DEMETR 8: negation found" in done.out


def test_missing_data_ends_as_unusable_input(mtcheck: Mtcheck, tmp_path: Path) -> None:
    done = mtcheck("bench", "consistency", "--data", str(tmp_path))
    assert 2 == done.code
    assert "demetr.x-en" in done.err
