"""Logistic regression, against values worked out by hand or by other means."""

from __future__ import annotations

import numpy as np
import pytest

from mtcheck.training.logistic import area_under_curve, fit, probability


def test_one_binary_feature_gives_the_log_odds_of_its_table() -> None:
    # 30 of 40 cases with the feature are of class 1, and 10 of 40 without it.
    features = np.array([[1.0]] * 40 + [[0.0]] * 40)
    labels = np.array([1.0] * 30 + [0.0] * 10 + [1.0] * 10 + [0.0] * 30)
    fitted = fit(features, labels, np.ones(80), 0.0)
    assert pytest.approx([np.log(3), -np.log(3)], abs=1e-6) == fitted.scores(np.array([[1.0], [0.0]]))


def test_a_penalty_shrinks_the_weights_and_the_intercept_keeps_the_share() -> None:
    generator = np.random.default_rng(1)
    features = generator.normal(size=(400, 3))
    labels = (generator.random(400) < probability(features @ np.array([2.0, 0.0, -1.0]))).astype(float)
    free, tight = (fit(features, labels, np.ones(400), ridge) for ridge in (0.0, 1000.0))
    assert float(np.abs(tight.weights).sum()) < 0.3 * float(np.abs(free.weights).sum())
    assert pytest.approx(labels.mean(), abs=1e-6) == float(probability(free.scores(features)).mean())


def test_a_feature_that_never_varies_has_no_weight() -> None:
    features = np.array([[1.0, 5.0], [0.0, 5.0], [1.0, 5.0], [0.0, 5.0]])
    fitted = fit(features, np.array([1.0, 0.0, 0.0, 1.0]), np.ones(4), 0.1)
    assert 0 == fitted.weights[1]


def test_one_class_alone_cannot_be_fitted() -> None:
    with pytest.raises(ValueError, match="both classes"):
        fit(np.zeros((3, 1)), np.ones(3), np.ones(3), 1.0)


def test_area_counts_ties_half() -> None:
    assert 0.875 == area_under_curve(np.array([1.0, 2.0, 2.0, 3.0]), np.array([0.0, 1.0, 0.0, 1.0]))
    assert 1.0 == area_under_curve(np.array([0.0, 1.0]), np.array([0.0, 1.0]))
    assert 0.5 == area_under_curve(np.array([1.0, 1.0]), np.array([0.0, 1.0]))
    assert np.isnan(area_under_curve(np.array([1.0]), np.array([1.0])))
