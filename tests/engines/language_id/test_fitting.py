from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from mtcheck.engines.language_id.calibration import TEMPERATURES
from mtcheck.engines.language_id.fitting import items, loss, main
from mtcheck.engines.language_id.identifier import Weighed

ROWS = (
    "language\tline\tsentence\n"
    "en\t0\tThe ferry to the island leaves at nine in the morning.\n"
    "en\t1\tNobody reads the odd lines here.\n"
    "de\t0\tDie Fähre zur Insel fährt um neun Uhr morgens ab.\n"
    "zh\t2\t开往该岛的渡轮早上九点出发。\n"
)


@pytest.fixture
def sentences(tmp_path: Path) -> Path:
    path = tmp_path / "sentences.tsv.gz"
    path.write_bytes(gzip.compress(ROWS.encode("utf-8")))
    return path


def test_items_leave_the_odd_lines_alone(sentences: Path) -> None:
    found = list(items(sentences))
    assert ("en", "The ferry to the island leaves at nine in the morning.") in found
    assert ("en", "ferry to the") in found
    assert ("zh", "开往") in found
    assert not any("Nobody" in text or "odd" in text for _, text in found)


def test_loss_is_least_where_the_answers_are_as_sure_as_they_are_right() -> None:
    sure_and_wrong_once = [("en", Weighed(("de", "en"), (0.0, 8.0)))] * 3 + [("de", Weighed(("de", "en"), (0.0, 8.0)))]
    assert loss(sure_and_wrong_once, 7.0) < loss(sure_and_wrong_once, 1.0)


def test_prints_one_temperature_for_each_length(sentences: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(str(sentences))
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == sum(1 for line in lines if line.strip().startswith("("))
    assert 0 < len(lines) <= len(TEMPERATURES)
