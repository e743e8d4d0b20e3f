"""From the opinions of several models to one honest probability.

N-grams of one word overlap, so a naive Bayes counts the same evidence many times and is far too sure of itself; fastText is
too sure for other reasons. So each model's log-probabilities are multiplied by a weight (one divided by a temperature; Guo et
al. 2017, "On Calibration of Modern Neural Networks") before they are added up: a logarithmic opinion pool (Genest and Zidek
1986). The weights depend on the script and on the length of the text. To them comes a lean of each language, which makes up
for a model that names it too readily or too rarely; it matters most for short texts.

Both are in ``data/calibration.tsv``, which ``python -m mtcheck.engines.language_id.fitting`` writes.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

ABSTAIN_BELOW = 0.55
"""A best language less probable than this is no answer: the guess is ``und``."""

ANY_SCRIPT = "any"
SHORTEST = 4
"""The letters at which a lean counts in full; at twice as many the part of it that is for short texts counts half."""

LENGTHS = (4, 7, 12, 24, 60, 160)
"""Letters (ideographs and other heavy signs counted by their weight) for which weights are fitted.

Between them weights go on a logarithmic scale. Clean sentences of more than 160 letters leave too few errors to fit on (they
would ask for ever greater weights), while lists of names of that length do occur on pages: from there on n-grams, of which a
text has the more the longer it is, count by the root of the length.
"""

GROWS_WITH_LENGTH = frozenset({"profiles"})
"""Models whose log-likelihood is a sum over the whole text."""


@dataclass(frozen=True, slots=True)
class Lean:
    """What is added to the log-evidence for a language: to any text, and to a text of four letters on top."""

    always: float = 0.0
    short: float = 0.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """How much each of some models counts (``members``, in order), by script and length, and the lean of each language."""

    members: tuple[str, ...]
    weights: Mapping[str, tuple[tuple[float, ...], ...]]
    leans: Mapping[str, Lean] = field(default_factory=dict)

    def at(self, script: str, letters: int) -> tuple[float, ...]:
        """Return the weight of each member for a text of so many letters in a script."""
        rows = self.weights.get(script) or self.weights[ANY_SCRIPT]
        low, high, part = between(letters)
        found = [below + (above - below) * part for below, above in zip(rows[low], rows[high], strict=True)]
        if letters > LENGTHS[-1]:
            fall = math.sqrt(LENGTHS[-1] / letters)
            found = [
                value * fall if member in GROWS_WITH_LENGTH else value
                for member, value in zip(self.members, found, strict=True)
            ]
        return tuple(found)

    def lean(self, language: str) -> Lean:
        """Return the lean of a language; none where it was not fitted."""
        return self.leans.get(language, _NO_LEAN)


_NO_LEAN = Lean()
_LOGARITHMS = tuple(math.log(letters) for letters in LENGTHS)


def between(letters: int) -> tuple[int, int, float]:
    """Return the numbers of the two of ``LENGTHS`` around so many letters, and how far it is from the first to the second."""
    place = math.log(max(1, letters))
    if place <= _LOGARITHMS[0]:
        return 0, 0, 0.0
    for number in range(1, len(LENGTHS)):
        low, high = _LOGARITHMS[number - 1], _LOGARITHMS[number]
        if place <= high:
            return number - 1, number, (place - low) / (high - low)
    return len(LENGTHS) - 1, len(LENGTHS) - 1, 0.0


@cache
def calibration_of(members: tuple[str, ...]) -> Calibration:
    """Return the calibration that was fitted for these models together. Raises ``KeyError`` where none was."""
    weights: dict[str, list[tuple[float, ...]]] = {}
    leans: dict[str, Lean] = {}
    for fields in _rows():
        if fields[1] != "+".join(members):
            continue
        if fields[0] == "weights":
            weights.setdefault(fields[2], []).append(tuple(map(float, fields[4:])))
        else:
            leans[fields[2]] = Lean(float(fields[3]), float(fields[4]))
    if ANY_SCRIPT not in weights:
        raise KeyError(f"no calibration for {'+'.join(members)}")
    return Calibration(members, {script: tuple(rows) for script, rows in weights.items()}, leans)


def known_members() -> tuple[tuple[str, ...], ...]:
    """Return the sets of models that have a calibration."""
    return tuple(dict.fromkeys(tuple(fields[1].split("+")) for fields in _rows()))


def written(calibration: Calibration) -> Iterator[str]:
    """Yield the lines of the table for one calibration."""
    name = "+".join(calibration.members)
    for script, rows in calibration.weights.items():
        for letters, values in zip(LENGTHS, rows, strict=True):
            yield "\t".join(["weights", name, script, str(letters), *(f"{value:.4f}" for value in values)])
    for language, lean in sorted(calibration.leans.items()):
        yield "\t".join(["lean", name, language, f"{lean.always:.3f}", f"{lean.short:.3f}"])


def _rows() -> Iterator[Sequence[str]]:
    """Yield the fields of each line of the table."""
    lines = _table().decode("utf-8").splitlines()
    return (line.split("\t") for line in lines if line and not line.startswith("#"))


@cache
def table_digest() -> str:
    """Return a digest of the table: other numbers in it give other answers."""
    return hashlib.sha256(_table()).hexdigest()[:8]


def _table() -> bytes:
    return files("mtcheck.engines.language_id").joinpath("data/calibration.tsv").read_bytes()
