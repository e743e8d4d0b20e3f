"""From a sum of n-gram evidence to an honest probability.

N-grams of one word overlap, so a naive Bayes counts the same evidence many times and is far too sure of itself. Dividing its
log-likelihoods by a temperature that grows with the length of the text mends that (Guo et al. 2017, "On Calibration of
Modern Neural Networks", applied by length).
"""

from __future__ import annotations

import math

TEMPERATURES: tuple[tuple[int, float], ...] = (
    (4, 2.6),
    (6, 2.6),
    (9, 2.6),
    (14, 3.0),
    (22, 3.5),
    (40, 4.5),
    (80, 7.0),
    (160, 12.0),
)
"""Letters (ideographs and other heavy signs counted by their weight) and the temperature fitted there.

Fitted by ``python -m mtcheck.engines.language_id.fitting`` on the even lines of NTREX-128 in twelve languages (en ru ar es fr
de zh uk he fa tr pt): single words, runs of three words and whole sentences; each value minimizes the mean negative
log-probability of the right language among all that its script allows, with the weights of ``candidates.commonness``.
"""

ABSTAIN_BELOW = 0.55
"""A best language less probable than this is no answer: the guess is ``und``."""

_LOGARITHMS = tuple((math.log(letters), temperature) for letters, temperature in TEMPERATURES)


def temperature_at(letters: int) -> float:
    """Return the temperature for a text of so many letters, between the fitted points on a logarithmic scale."""
    place = math.log(max(1, letters))
    previous, value = _LOGARITHMS[0]
    if place <= previous:
        return value
    for next_place, next_value in _LOGARITHMS[1:]:
        if place <= next_place:
            return value + (next_value - value) * (place - previous) / (next_place - previous)
        previous, value = next_place, next_value
    # Beyond the longest texts that it was fitted on the evidence grows with the length, and so does what is counted twice.
    return value * math.exp(place - previous)
