"""A translation checkpoint in a folder: which family it is, which directions it has, whether it may be loaded."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from mtcheck.core.errors import ModelUnavailable
from mtcheck.engines.fingerprint import fingerprint_of
from mtcheck.engines.models.catalog import CARD_FILE, read_card
from mtcheck.engines.translation.languages import M2M100_LANGUAGES, NLLB_CODES, short_code

_DIRECTION = re.compile(r"(?:.*[-_/])?([A-Za-z]{2,3})-([A-Za-z]{2,7})")


class Family(StrEnum):
    """The kinds of checkpoints that are understood."""

    MARIAN = "marian"
    M2M100 = "m2m100"
    NLLB = "nllb"


@dataclass(frozen=True, slots=True)
class LanguageCodes:
    """How a checkpoint writes the two languages of a direction. Empty where it wants no mark."""

    source: str
    target: str


@dataclass(frozen=True)
class Checkpoint:
    """A folder with a checkpoint.

    ``source`` and ``targets`` describe a Marian model: its source language (``None``: several, any is tried) and, for each
    target language, the mark that the text must begin with (empty for a model with one). ``directions`` are the only ones it
    has, where its card lists several. Other families go by their tables.
    """

    folder: Path
    name: str
    family: Family
    max_tokens: int
    source: str | None
    targets: Mapping[str, str]
    directions: frozenset[tuple[str, str]] = frozenset()

    def supports(self, source_language: str, target_language: str) -> bool:
        """Tell whether the checkpoint has the direction."""
        if source_language == target_language:
            return False
        if self.directions:
            return (source_language, target_language) in self.directions
        if self.family is Family.MARIAN:
            return self.source in {None, source_language} and target_language in self.targets
        known = M2M100_LANGUAGES if self.family is Family.M2M100 else NLLB_CODES
        return source_language in known and target_language in known

    def codes(self, source_language: str, target_language: str) -> LanguageCodes:
        """Return how the direction is written. Raises ``KeyError`` for a direction that is not supported."""
        if self.family is Family.MARIAN:
            return LanguageCodes("", self.targets[target_language])
        if self.family is Family.M2M100:
            return LanguageCodes(source_language, target_language)
        return LanguageCodes(NLLB_CODES[source_language], NLLB_CODES[target_language])

    @cached_property
    def fingerprint(self) -> str:
        """A hash over every file that decides a translation."""
        return fingerprint_of(self.folder)


def read_checkpoint(folder: Path, name: str | None = None) -> Checkpoint:
    """Look at a folder without loading its weights.

    ``name`` is the model's name on its hub. Raises ``ModelUnavailable`` where the folder holds no checkpoint that may be
    loaded: another kind of model, pickled weights only, or a direction that cannot be told.
    """
    name = name or folder.resolve().name
    if not folder.is_dir():
        raise ModelUnavailable(f"the model folder {folder} does not exist")
    configuration = _json(folder / "config.json")
    tokenizer = _json(folder / "tokenizer_config.json") if (folder / "tokenizer_config.json").is_file() else {}
    if not any(folder.glob("*.safetensors")):
        pickled = any(folder.glob("*.bin"))
        reason = (
            "only pickled weights, which are never loaded: convert them to safetensors" if pickled else "no weights"
        )
        raise ModelUnavailable(f"the model folder {folder} has {reason}")
    model_type = configuration.get("model_type")
    if model_type == "marian":
        if several := _card_directions(folder):
            marks = _target_marks(folder)
            if missing := sorted({target for _, target in several} - set(marks)):
                raise ModelUnavailable(
                    f"the card in {folder} lists the target languages {', '.join(missing)}, for which the vocabulary has no mark"
                )
            return Checkpoint(folder, name, Family.MARIAN, _max_tokens(configuration), None, marks, several)
        source, targets = _marian_languages(folder, name, tokenizer)
        return Checkpoint(folder, name, Family.MARIAN, _max_tokens(configuration), source, targets)
    if model_type == "m2m_100":
        nllb = "nllb" in str(tokenizer.get("tokenizer_class", "")).lower() or "nllb" in name.lower()
        family = Family.NLLB if nllb else Family.M2M100
        return Checkpoint(folder, name, family, _max_tokens(configuration), None, {})
    raise ModelUnavailable(
        f"the model in {folder} is of the type {model_type!r}; Marian, M2M-100 and NLLB models can be used"
    )


def _card_directions(folder: Path) -> frozenset[tuple[str, str]]:
    """Return the directions that the card of a model lists; none where it has no card, or one direction only."""
    if not (folder / CARD_FILE).is_file():
        return frozenset()
    matches = [_DIRECTION.fullmatch(text) for text in read_card(folder).directions]
    codes = [(short_code(match[1]), short_code(match[2])) for match in matches if match]
    pairs = frozenset((source, target) for source, target in codes if source is not None and target is not None)
    return pairs if len(pairs) > 1 else frozenset()


def _marian_languages(folder: Path, name: str, tokenizer: Mapping[str, object]) -> tuple[str | None, Mapping[str, str]]:
    """Return a Marian model's source language and its target languages with their marks.

    The model's card is asked first, then its name (``opus-mt-en-es``), then its tokenizer's configuration.
    """
    written = [read_card(folder).directions[0]] if (folder / CARD_FILE).is_file() else []
    written.append(name)
    if tokenizer.get("source_lang") and tokenizer.get("target_lang"):
        written.append(f"{tokenizer['source_lang']}-{tokenizer['target_lang']}")
    for text in written:
        if match := _DIRECTION.fullmatch(text):
            source, target = short_code(match[1]), short_code(match[2])
            marks = _target_marks(folder)
            if target is not None:
                # A model of one target language may still want its mark (a model of a group, named after one member).
                return source, {target: marks.get(target, "")}
            if marks:
                return source, marks
    raise ModelUnavailable(
        f"the languages of the Marian model in {folder} cannot be told: name its folder like en-es, or add a {CARD_FILE}"
    )


def _target_marks(folder: Path) -> Mapping[str, str]:
    """Return the marks ``>>xx<<`` in the model's vocabulary by two-letter code; where one has several, the shortest."""
    vocabulary = _json(folder / "vocab.json") if (folder / "vocab.json").is_file() else {}
    marks: dict[str, str] = {}
    for token in sorted(vocabulary, key=lambda token: (len(token), token)):
        if token.startswith(">>") and token.endswith("<<") and (short := short_code(token)):
            marks.setdefault(short, token)
    return marks


def _max_tokens(configuration: Mapping[str, object]) -> int:
    value = configuration.get("max_position_embeddings")
    return value if isinstance(value, int) else 512


def _json(path: Path) -> dict[str, object]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelUnavailable(f"{path} cannot be read, so that {path.parent} is no model folder: {error}") from error
    if not isinstance(value, dict):
        raise ModelUnavailable(f"{path} does not hold what a model's folder has there")
    return value
