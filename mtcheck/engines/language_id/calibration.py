"""From a sum of n-gram evidence to an honest probability.

N-grams of one word overlap, so a naive Bayes counts the same evidence many times and is far too sure of itself. Dividing its
log-likelihoods by a temperature that grows with the length of the text mends that (Guo et al. 2017, "On Calibration of
Modern Neural Networks", applied by length).
"""

from __future__ import annotations

import math

TEMPERATURES: tuple[tuple[int, float], ...] = (
    (4, 3.3),
    (6, 3.3),
    (9, 3.8),
    (14, 4.4),
    (22, 5.1),
    (40, 6.5),
    (80, 9.0),
    (160, 12.5),
)
"""Letters (ideographs and other heavy signs counted by their weight) and the temperature there.

The first five were fitted by ``python -m mtcheck.engines.language_id.fitting`` on the even lines of NTREX-128 in twelve
languages (en ru ar es fr de zh uk he fa tr pt): words, runs of three words, sentences; each minimizes the mean negative
log-probability of the right language among all that its script allows, with the weights of ``candidates.commonness``. Whole
sentences of clean news leave too few errors to fit on (they would ask for no temperature at all), while headlines, lists
of names and captions of that length do occur on pages; there the temperature goes on growing with the root of the length.
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
    return value * math.exp((place - previous) / 2)
