"""A causal language model in a folder, in the form of transformers: what it is, which languages it knows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from mtcheck.core.errors import ModelUnavailable
from mtcheck.engines.fingerprint import fingerprint_of
from mtcheck.engines.models.catalog import CARD_FILE, read_card

# How the families name the longest text that a model reads.
_LONGEST = ("max_position_embeddings", "n_positions", "n_ctx", "max_seq_len")
# A model that may read more gains little from it here, and a window costs memory by its length.
MAX_WINDOW = 512


@dataclass(frozen=True)
class Checkpoint:
    """A folder with a causal language model.

    ``begin`` is the token that every text begins with, ``longest`` the tokens that the model reads at once, ``vocabulary`` how
    many tokens it knows.
    """

    folder: Path
    name: str
    languages: frozenset[str]
    begin: int
    longest: int
    vocabulary: int

    @cached_property
    def fingerprint(self) -> str:
        """A hash over every file that decides a figure."""
        return fingerprint_of(self.folder)


def read_checkpoint(folder: Path, name: str | None = None, languages: Sequence[str] = ()) -> Checkpoint:
    """Look at a folder without loading its weights.

    ``languages`` are what the user says that the model knows; a card of its own is believed first. Raises ``ModelUnavailable`` where the
    folder holds no causal model that may be loaded, or nobody says which languages it knows.
    """
    name = name or folder.resolve().name
    if not folder.is_dir():
        raise ModelUnavailable(f"the model folder {folder} does not exist")
    path = folder / "config.json"
    try:
        configuration = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelUnavailable(f"{path} cannot be read, so that {folder} is no model folder: {error}") from error
    if not isinstance(configuration, dict):
        raise ModelUnavailable(f"{path} does not hold what a model's folder has there")
    if not any(folder.glob("*.safetensors")):
        pickled = any(folder.glob("*.bin"))
        reason = (
            "only pickled weights, which are never loaded: convert them to safetensors" if pickled else "no weights"
        )
        raise ModelUnavailable(f"the model folder {folder} has {reason}")
    if configuration.get("is_encoder_decoder"):
        raise ModelUnavailable(f"the model in {folder} translates; a language model (causal) is needed here")
    if (folder / CARD_FILE).is_file():
        languages = read_card(folder).languages or languages
    if not languages:
        raise ModelUnavailable(
            f'nobody says which languages the language model {name} knows: set [language_model] languages = ["en"]'
        )
    return Checkpoint(
        folder,
        name,
        frozenset(languages),
        begin=_number(configuration, ("bos_token_id", "eos_token_id"), folder),
        longest=min(MAX_WINDOW, _number(configuration, _LONGEST, folder)),
        vocabulary=_number(configuration, ("vocab_size",), folder),
    )


def _number(configuration: dict[str, object], names: Sequence[str], folder: Path) -> int:
    for name in names:
        value = configuration.get(name)
        if isinstance(value, int):
            return value
    raise ModelUnavailable(f"the configuration of the model in {folder} has no {' or '.join(names)}")
