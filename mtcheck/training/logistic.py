"""Logistic regression by Newton's method, in NumPy, with a penalty on the squares of the weights (Hoerl and Kennard 1970)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
_STEPS = 30
_SMALL = 1e-6
_LARGEST_EXPONENT = 30.0


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fitted model: features are centered by ``means`` and divided by ``deviations`` before ``weights`` apply."""

    intercept: float
    weights: Matrix
    means: Matrix
    deviations: Matrix

    def scores(self, features: Matrix) -> Matrix:
        """Return the log-odds of each row."""
        scores: Matrix = self.intercept + ((features - self.means) / self.deviations) @ self.weights
        return scores


def fit(features: Matrix, labels: Matrix, importance: Matrix, ridge: float) -> Fitted:
    """Fit the probability that ``labels`` is 1. Deterministic.

    ``importance`` is the weight of each row, ``ridge`` the penalty on the squared weights of the standardized features (none on
    the intercept). Raises ``ValueError`` where a class is missing.
    """
    if not 0 < float(labels.sum()) < len(labels):
        raise ValueError("fitting needs cases of both classes")
    means = np.average(features, axis=0, weights=importance)
    deviations = np.sqrt(np.average((features - means) ** 2, axis=0, weights=importance))
    deviations = np.where(deviations < _SMALL, 1.0, deviations)
    design = np.column_stack([np.ones(len(features)), (features - means) / deviations])
    penalty = np.full(design.shape[1], ridge)
    penalty[0] = _SMALL
    weights = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        expected = probability(design @ weights)
        slope = design.T @ (importance * (labels - expected)) - penalty * weights
        curvature = (design * (importance * expected * (1 - expected))[:, None]).T @ design + np.diag(penalty)
        step = np.linalg.solve(curvature, slope)
        weights = weights + step
        if float(np.abs(step).max()) < _SMALL:
            break
    return Fitted(float(weights[0]), weights[1:], means, deviations)


def probability(scores: Matrix) -> Matrix:
    """Return the probabilities that belong to log-odds."""
    found: Matrix = 1 / (1 + np.exp(-np.clip(scores, -_LARGEST_EXPONENT, _LARGEST_EXPONENT)))
    return found


def area_under_curve(scores: Matrix, labels: Matrix) -> float:
    """Return the chance that a case of class 1 scores above one of class 0, ties counting half (Hanley and McNeil 1982)."""
    order = np.argsort(scores, kind="mergesort")
    ranked = scores[order]
    starts = np.searchsorted(ranked, ranked, side="left")
    ends = np.searchsorted(ranked, ranked, side="right")
    ranks = np.empty(len(scores))
    ranks[order] = (starts + ends + 1) / 2
    ones = float(labels.sum())
    zeros = len(labels) - ones
    if not ones or not zeros:
        return float("nan")
    return float((ranks[labels == 1].sum() - ones * (ones + 1) / 2) / (ones * zeros))
