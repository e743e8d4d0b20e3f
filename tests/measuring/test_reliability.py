"""Reliability: expected against observed."""

from __future__ import annotations

import pytest

from mtcheck.measuring.reliability import Judged, calibration_error, reliability, table

CASES = [Judged(0.9, right, f"d{number}") for number, right in enumerate([True] * 3 + [False])] + [
    Judged(1.0, True, "e"),
    Judged(0.55, False, "f"),
]


def test_cases_fall_into_bands_and_one_belongs_to_the_last() -> None:
    low, middle, high = reliability(CASES)
    assert (0.5, 0.6, 0.55, 0, 1) == (low.low, low.high, low.expected, low.observed.hits, low.observed.trials)
    assert (0.9, 3, 4) == (middle.low, middle.observed.hits, middle.observed.trials)
    assert (0.95, 1.0, 1.0, 1) == (high.low, high.high, high.expected, high.observed.hits)


def test_the_error_is_the_mean_distance() -> None:
    assert pytest.approx((0.55 + 4 * 0.15 + 0) / 6) == calibration_error(reliability(CASES))
    assert 0 == calibration_error([])


def test_the_table_names_error_and_cases() -> None:
    assert "expected calibration error 0.192 over 6 cases" == table(CASES)[-1]
