"""The configurations: one for two CPU cores, one for a GPU; the same code runs both. Written in ``configurations/*.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from mtcheck.core.errors import ConfigurationError
from mtcheck.training.corpora import Group


@dataclass(frozen=True, slots=True)
class Shape:
    """The model: width, layers, heads, width of the feed-forward layers, size of the vocabulary, dropout.

    Without encoder layers it is a language model.
    """

    width: int
    encoder_layers: int
    decoder_layers: int
    heads: int
    feed_forward: int
    pieces: int
    dropout: float = 0.1
    activation: str = "relu"
    max_positions: int = 256

    @property
    def is_language_model(self) -> bool:
        """Tell whether it continues texts instead of translating them."""
        return self.encoder_layers == 0


@dataclass(frozen=True, slots=True)
class Phase:
    """What is learned from ``start`` (share of the run, 0 to 1) on: how often each group is drawn for its size.

    ``joined`` is the share of everyday pairs that are joined to sequences of two to four, so that the model meets long ones.
    """

    start: float
    weights: dict[Group, float]
    joined: float = 0.0


@dataclass(frozen=True, slots=True)
class Configuration:
    """A whole run.

    ``batch_tokens`` is the number of tokens a side in a step (padding counted, the mean of both sides), split into ``micro_batches`` passes where memory
    is short. ``learning_rate`` is the peak of the matrices' optimizer (``adam`` or ``muon``); ``embedding_rate`` that of
    embeddings, norms and biases. The rate rises over ``warm_up`` steps, then stays (``flat``) or falls with the square
    root of the steps (``inverse-square-root``), and falls to zero over the last ``cool_down`` share of the run.
    ``language_exponent`` below 1 draws small languages more often than their size.
    """

    name: str
    shape: Shape
    phases: tuple[Phase, ...]
    optimizer: Literal["adam", "muon"] = "adam"
    learning_rate: float = 1e-3
    embedding_rate: float = 1e-3
    weight_decay: float = 0.0
    warm_up: int = 400
    schedule: Literal["flat", "inverse-square-root"] = "flat"
    cool_down: float = 0.7
    label_smoothing: float = 0.1
    clip: float = 1.0
    batch_tokens: int = 4_096
    micro_batches: int = 1
    chunk_tokens: int = 400_000
    precision: Literal["float32", "bfloat16"] = "bfloat16"
    segmentations: int = 1
    language_exponent: float = 1.0
    threads: int = 2
    device: str = "auto"
    checkpoint_minutes: float = 4.0
    checkpoints_kept: int = 8
    seed: int = 1


def load_configuration(name_or_path: str) -> Configuration:
    """Load a configuration of the package (``cpu``, ``language-model-cpu``) or a file. Raises ``ConfigurationError``."""
    path = Path(name_or_path)
    if path.suffix == ".toml":
        try:
            text, name = path.read_text(encoding="utf-8"), path.stem
        except OSError as error:
            raise ConfigurationError(f"the configuration {path} cannot be read: {error}") from error
    else:
        resource = files("mtcheck.training").joinpath(f"configurations/{name_or_path}.toml")
        if not resource.is_file():
            raise ConfigurationError(f"there is no training configuration {name_or_path!r}; there are {_names()}")
        text, name = resource.read_text(encoding="utf-8"), name_or_path
    try:
        return _configuration(name, tomllib.loads(text))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise ConfigurationError(f"the training configuration {name_or_path} cannot be used: {error}") from error


def _names() -> str:
    folder = files("mtcheck.training").joinpath("configurations")
    return ", ".join(sorted(Path(item.name).stem for item in folder.iterdir() if item.name.endswith(".toml")))


def _configuration(name: str, table: dict[str, Any]) -> Configuration:
    known = {item.name for item in fields(Configuration)} - {"name"}
    if unknown := sorted(set(table) - known):
        raise ValueError(f"unknown keys {', '.join(unknown)}")
    phases = tuple(
        Phase(
            phase["start"],
            {Group(group): float(weight) for group, weight in phase["weights"].items()},
            phase.get("joined", 0.0),
        )
        for phase in table.pop("phases")
    )
    if not phases or phases[0].start != 0 or list(phases) != sorted(phases, key=lambda phase: phase.start):
        raise ValueError("phases must begin at 0 and be in order")
    return Configuration(name=name, shape=Shape(**table.pop("shape")), phases=phases, **table)
