"""Language models behind their seam: a causal checkpoint, embedded or any other, on transformers or CTranslate2.

``open_language_model`` puts the pieces together; nothing is loaded before the first text is scored.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from mtcheck.core.errors import ModelUnavailable
from mtcheck.core.surprisal import LanguageModel, TokenSurprisal
from mtcheck.engines.language_model.model import CheckpointLanguageModel, Runtime
from mtcheck.engines.models.catalog import LANGUAGE_MODEL, embedded_models
from mtcheck.engines.models.folders import cache_folder
from mtcheck.engines.models.store import checked_folder, pull

LOGGER = logging.getLogger(__name__)
_Item = TypeVar("_Item")

NO_LANGUAGE_MODEL = (
    "no language model is set: set [language_model] model to a folder or a hub name, or pass --no-language-model"
)


@dataclass(frozen=True, slots=True)
class LanguageModelSettings:
    """Which language model to use, and how.

    ``model`` is a folder, a hub name (``owner/name`` or ``owner/name@revision``), the name of an embedded model, or several of
    these separated by commas; ``languages`` are those that a model without a card knows. ``precision`` is that of the
    runtime CTranslate2. ``cache`` is the folder for converted models (``None``: ``MTCHECK_CACHE`` or the platform's). ``wanted`` are
    the languages that will be scored, where that is known: models of others are left alone.
    """

    model: str | None = None
    languages: tuple[str, ...] = ()
    runtime: Literal["auto", "transformers", "ctranslate2"] = "auto"
    precision: Literal["int8", "float32"] = "int8"
    device: str = "auto"
    offline: bool = False
    cache: Path | None = None
    wanted: frozenset[str] | None = None


def open_language_model(settings: LanguageModelSettings) -> LanguageModel:
    """Return the language model that the settings ask for; where none knows a language that is wanted, all of them.

    Raises ``ModelUnavailable`` where none is set or a model's folder is not there or not whole. The weights are loaded with
    the first text; what is wrong with them then raises ``ModelUnavailable`` too.
    """
    names = [name.strip() for name in (settings.model or "").split(",") if name.strip()]
    if not names:
        # To open a model is to read all of it, for it is verified: only those that will be asked are.
        cards = [card for card in embedded_models() if card.kind == LANGUAGE_MODEL]
        names = [card.name for card in _those_wanted(cards, settings, lambda card, code: code in card.languages)]
    if not names:
        raise ModelUnavailable(NO_LANGUAGE_MODEL)
    models = _those_wanted(
        [_open(name, settings) for name in names], settings, lambda model, code: model.supports(code)
    )
    return models[0] if len(models) == 1 else FirstLanguageModel(models)


def _those_wanted(
    items: Sequence[_Item], settings: LanguageModelSettings, knows: Callable[[_Item, str], bool]
) -> Sequence[_Item]:
    """Return those that know a language that is wanted; all where none does, or where nothing is known of what is wanted."""
    wanted = settings.wanted
    return (wanted and [item for item in items if any(knows(item, code) for code in wanted)]) or items


def _open(name: str, settings: LanguageModelSettings) -> LanguageModel:
    from mtcheck.engines.language_model.checkpoint import read_checkpoint

    folder = Path(name).expanduser()
    embedded = {card.name: card for card in embedded_models()}
    if name in embedded:
        checkpoint = read_checkpoint(checked_folder(embedded[name]), name, settings.languages)
    elif folder.is_dir():
        checkpoint = read_checkpoint(folder, None, settings.languages)
    elif folder.is_absolute() or name.startswith((".", "~")) or "/" not in name:
        raise ModelUnavailable(
            f"the model {name} is neither a folder nor an embedded model nor a hub name (owner/name)"
        )
    else:
        model = pull(name, folder=settings.cache, offline=settings.offline)
        LOGGER.info("the model %s at %s has the license: %s", model.name, model.revision, model.license)
        checkpoint = read_checkpoint(model.path, model.name, settings.languages)
    return CheckpointLanguageModel(checkpoint, _runtime(settings))


def _runtime(settings: LanguageModelSettings) -> Runtime:
    if settings.runtime == "transformers" or (settings.runtime == "auto" and settings.device.startswith("cuda")):
        from mtcheck.engines.language_model.torch_runtime import TorchRuntime

        return TorchRuntime(settings.device)
    from mtcheck.engines.language_model.ctranslate2_runtime import CTranslate2Runtime

    return CTranslate2Runtime(cache_folder(settings.cache), settings.precision, settings.device)


class FirstLanguageModel:
    """Several models as one: each language goes to the first that knows it."""

    def __init__(self, models: Sequence[LanguageModel]) -> None:
        """Take the models in order of choice."""
        self._models = tuple(models)

    @property
    def signature(self) -> str:
        """Those of all of them, in order."""
        return " or ".join(model.signature for model in self._models)

    def supports(self, language: str) -> bool:
        """Tell whether one of them knows the language."""
        return any(model.supports(language) for model in self._models)

    def signature_of(self, language: str) -> str:
        """Return that of the first that knows the language. Raises ``ModelUnavailable`` where none does."""
        return self._first(language).signature_of(language)

    def surprisals(self, texts: Sequence[str], language: str) -> list[tuple[TokenSurprisal, ...]]:
        """Score with the first that knows the language. Raises ``ModelUnavailable`` where none does."""
        return self._first(language).surprisals(texts, language)

    def _first(self, language: str) -> LanguageModel:
        for model in self._models:
            if model.supports(language):
                return model
        raise ModelUnavailable(f"no language model is set for “{language}”")
