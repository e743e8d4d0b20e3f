"""The file of floors is whole, and a quick part of it holds."""

from __future__ import annotations

import json

import pytest

from tests.quality.floors import PATH, QUICK, fallen, floors, quick_figures, raised
from tests.shared import SHARED, needs_shared


def test_floors_are_shares_in_order_with_their_origin() -> None:
    record = json.loads(PATH.read_text("utf-8"))
    assert ["made_by", "floors"] == list(record)
    assert "commit" in record["made_by"]
    names = list(record["floors"])
    assert sorted(names) == names
    assert names
    assert all(0 <= value <= 1 for value in record["floors"].values())


def test_a_floor_only_rises() -> None:
    assert {"a": 0.8, "b": 0.5, "c": 0.123} == raised({"a": 0.7, "c": 0.1239}, {"a": 0.8, "b": 0.5})
    assert ["a"] == fallen({"a": 0.7999, "c": 0.1}, {"a": 0.8, "b": 0.5})
    assert [] == fallen({"a": 0.8004}, {"a": 0.8})


@needs_shared
def test_the_quick_figures_hold() -> None:
    if not (SHARED / "eval").is_dir():
        pytest.skip("needs the developers' evaluation data in ../shared/eval")
    known = floors()
    measured = dict(quick_figures(SHARED / "eval"))
    assert {name for name in known if name.startswith(QUICK)} == set(measured)
    assert [] == fallen(measured, known)
