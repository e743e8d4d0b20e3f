"""The confidence that a finding shows: between what its check believes and what was measured."""

from __future__ import annotations

import pytest

from mtcheck.checks import all_checks
from mtcheck.scan.confidence import LEAST, MOST, Measured, measured_checks, shown_confidence

TABLE = {"AAA001": Measured(0, 10), "AAA002": Measured(990, 990), "AAA003": Measured(0, 990)}


@pytest.mark.parametrize(
    ("code", "believed", "shown"),
    [
        ("AAA001", 0.8, 0.4),  # ten findings weigh as much as the belief
        ("AAA001", 0.6, 0.3),  # and the order of a check's own hits is kept
        ("AAA002", 0.5, MOST),
        ("AAA003", 0.9, LEAST),
        ("ZZZ999", 0.8, 0.8),  # not measured
    ],
)
def test_what_was_measured_moves_what_is_shown(code: str, believed: float, shown: float) -> None:
    assert shown_confidence(code, believed, TABLE) == pytest.approx(shown)


def test_the_table_names_checks_and_holds_counts() -> None:
    measured = measured_checks()
    assert measured
    assert set(measured) <= {check.code for check in all_checks()}
    assert list(measured) == sorted(measured)
    assert all(0 <= found.right <= found.findings and found.findings >= 5 for found in measured.values())
