"""How far a translation is to be doubted: three signs of the translator weighed together, as fitted for its model.

The signs are the mean log-probability, the share of the words that were attended to, and how far the length is from what is usual. Each
alone tells little (``mtcheck bench guard``); their logistic regression on sentences with a human translation (a sentence chrF under 30
counts as poor) tells more. ``doubts.json`` has the weights of one model by direction, written by ``mtcheck bench guard --fit``; other
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
    """Return what was fitted for a direction of the translator with this signature, if anything was."""
    model, doubts = _fitted()
    return doubts.get(f"{source_language}-{target_language}") if model and model in signature else None


@cache
def _fitted() -> tuple[str, Mapping[str, Doubt]]:
    return read(Path(str(files("mtcheck.engines.translation") / FILE)))


def read(path: Path) -> tuple[str, dict[str, Doubt]]:
    """Return the model's name and hash, and the doubts by direction; nothing where there is no file."""
    if not path.is_file():
        return "", {}
    record = json.loads(path.read_text(encoding="utf-8"))
    return record["model"], {direction: Doubt(**weights) for direction, weights in record["directions"].items()}


def write(path: Path, model: str, direction: str, doubt: Doubt) -> None:
    """Add what was fitted for a direction; what the file has of another model is dropped."""
    known, doubts = read(path)
    kept = doubts if known == model else {}
    directions = {name: asdict(entry) for name, entry in sorted((kept | {direction: doubt}).items())}
    path.write_text(json.dumps({"model": model, "directions": directions}, indent=1) + "\n", encoding="utf-8")
