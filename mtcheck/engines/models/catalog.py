"""The models that mtcheck knows by name: those embedded in the package, and well-known public ones.

An embedded model is a folder ``mtcheck/models/NAME/`` with a ``card.json``; being there is being listed. Public models are
not endorsed: their licenses are their own, and are shown before use.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from statistics import fmean

from mtcheck.core.errors import EngineError

CARD_FILE = "card.json"
TRANSLATION = "translation"
LANGUAGE_MODEL = "language-model"


@dataclass(frozen=True, slots=True)
class FileHash:
    """One file of a model: its path inside the model's folder and the SHA-256 of its bytes, in hexadecimal."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class RoundTripScore:
    """How well text of ``language`` comes back from ``pivot``: chrF (0 to 100), the mean over the test sets of the card."""

    language: str
    pivot: str
    chrf: float


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What ``card.json`` says of an embedded model.

    ``kind`` is ``translation`` or ``language-model``, ``directions`` are written ``en-es`` (empty for a language model),
    ``languages`` are those of a language model, ``license`` is an SPDX identifier. ``round_trips`` are the scores of ways there
    and back (``en-es-en``), the best first.
    """

    name: str
    kind: str
    directions: tuple[str, ...]
    license: str
    revision: str
    files: tuple[FileHash, ...]
    folder: Path
    languages: tuple[str, ...] = ()
    round_trips: tuple[RoundTripScore, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicModel:
    """A public model on a hub.

    ``name`` may hold ``{source}`` and ``{target}`` for a family with one model a direction. ``license`` is what the
    publisher states, as an SPDX identifier; ``note`` says what a user should know first.
    """

    name: str
    kind: str
    directions: str
    license: str
    note: str = ""


PUBLIC_MODELS = (
    PublicModel(
        "Helsinki-NLP/opus-mt-{source}-{target}",
        TRANSLATION,
        "one a model, over a thousand",
        "Apache-2.0 or CC-BY-4.0, by model",
        "small; a round trip needs two of them; only revisions with model.safetensors can be used",
    ),
    PublicModel(
        "facebook/m2m100_418M",
        TRANSLATION,
        "any to any of 100 languages",
        "MIT",
        "large (about 2 GB)",
    ),
    PublicModel(
        "facebook/nllb-200-distilled-600M",
        TRANSLATION,
        "any to any of 200 languages",
        "CC-BY-NC-4.0",
        "large (about 2.5 GB); the license forbids commercial use",
    ),
)


def embedded_models(folder: Path | None = None) -> tuple[ModelCard, ...]:
    """Return the cards of the embedded models, by name. Raises ``EngineError`` for a card that cannot be read."""
    root = Path(str(files("mtcheck.models"))) if folder is None else folder
    return tuple(read_card(card.parent) for card in sorted(root.glob(f"*/{CARD_FILE}")))


def read_card(folder: Path) -> ModelCard:
    """Read the card of one model's folder. Raises ``EngineError`` where it is missing or not of the right form."""
    path = folder / CARD_FILE
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
        hashes = dict(card["sha256"])
        return ModelCard(
            name=str(card["name"]),
            # Written with a space by some.
            kind=str(card["kind"]).replace(" ", "-"),
            directions=tuple(map(str, card["directions"])),
            license=str(card["license"]),
            revision=str(card["revision"]),
            files=tuple(FileHash(str(name), str(value)) for name, value in sorted(hashes.items())),
            folder=folder,
            languages=tuple(map(str, card.get("languages", ()))),
            round_trips=_round_trips(card.get("scores", ())),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise EngineError(f"the model card {path} cannot be used: {type(error).__name__}: {error}") from error


def _round_trips(scores: object) -> tuple[RoundTripScore, ...]:
    """Return the scores of round trips, which a card gives as directions of three languages."""
    found: dict[tuple[str, str], list[float]] = {}
    for score in scores if isinstance(scores, list) else ():
        parts = str(score.get("direction", "")).split("-") if isinstance(score, dict) else []
        if len(parts) == 3 and parts[0] == parts[2]:
            found.setdefault((parts[0], parts[1]), []).append(float(score["chrf"]))
    means = [RoundTripScore(language, pivot, fmean(values)) for (language, pivot), values in found.items()]
    return tuple(sorted(means, key=lambda score: (-score.chrf, score.language, score.pivot)))


def public_model(name: str) -> PublicModel | None:
    """Return the entry of the catalog that a hub name belongs to, or ``None``."""
    for model in PUBLIC_MODELS:
        pattern = re.escape(model.name).replace(r"\{source\}", "[^/]+").replace(r"\{target\}", "[^/]+")
        if re.fullmatch(pattern, name):
            return model
    return None
