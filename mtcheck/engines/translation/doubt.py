"""How far a translation is to be doubted: three signs of the translator weighed together, as fitted for its model.

The signs are the mean log-probability, the share of the words that were attended to, and how far the length is from what is usual. Each
alone tells little (``mtcheck bench guard``); their logistic regression on sentences with a human translation (a sentence chrF under 30
counts as poor) tells more. ``doubts.json`` has the weights by model and direction, written by ``mtcheck bench guard --fit``; other
models, and runtimes that lack a sign, are judged by plain thresholds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from math import exp, log
from pathlib import Path

FILE = "doubts.json"
_SHORTEST = 0.05
"""A length ratio below this counts as this: its logarithm would be without bound."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """The weights of the signs for one direction of a model, and the probability of a poor translation from which one is left out."""

    intercept: float
    score: float
    coverage: float
    length: float
    threshold: float

    def probability(self, score: float, coverage: float, length_ratio: float) -> float:
        """Return the probability that the translation is poor."""
        odds = self.intercept + self.score * score + self.coverage * coverage
        odds += self.length * distance_of(length_ratio)
        return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


def distance_of(length_ratio: float) -> float:
    """Return how far a length ratio is from what is usual, as a logarithm."""
    return abs(log(max(length_ratio, _SHORTEST)))


def doubt_for(signature: str, source_language: str, target_language: str) -> Doubt | None:
    """Return what was fitted for a direction of the translator with this signature, if anything was.

    Of several translators together, the signature must be that of the one that has the direction.
    """
    direction = f"{source_language}-{target_language}"
    return next(
        (doubts[direction] for model, doubts in _fitted().items() if model in signature and direction in doubts), None
    )


@cache
def _fitted() -> Mapping[str, Mapping[str, Doubt]]:
    return read(Path(str(files("mtcheck.engines.translation") / FILE)))


def read(path: Path) -> dict[str, dict[str, Doubt]]:
    """Return the doubts by model (its name and hash) and direction; nothing where there is no file."""
    if not path.is_file():
        return {}
    record = json.loads(path.read_text(encoding="utf-8"))
    return {
        model: {direction: Doubt(**weights) for direction, weights in directions.items()}
        for model, directions in record.items()
    }


def write(path: Path, model: str, direction: str, doubt: Doubt) -> None:
    """Add what was fitted for a direction of a model; what the file has of other weights of that name is dropped."""
    name = model.split(" ")[0]
    known = {each: doubts for each, doubts in read(path).items() if each == model or each.split(" ")[0] != name}
    known[model] = known.get(model, {}) | {direction: doubt}
    record = {
        each: {way: asdict(entry) for way, entry in sorted(doubts.items())} for each, doubts in sorted(known.items())
    }
    path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
