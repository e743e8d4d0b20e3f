"""The models that give an opinion, by name: ``langdetect``, ``fasttext``, ``lingua``, or a fastText file by path."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mtcheck.core.errors import ConfigurationError
from mtcheck.engines.language_id import fasttext as fasttext_models
from mtcheck.engines.language_id.fasttext import FastTextModel
from mtcheck.engines.language_id.profiles import TUNED, LikelihoodModel, ProfileModel, tuned_signature

DEFAULT_BACKENDS = ("langdetect", "fasttext")
BACKENDS = (*DEFAULT_BACKENDS, "lingua")
"""Names of models, in the order in which their weights stand in the calibration."""


class LazyModels:
    """Models named now and loaded when they are first used, so that a command that needs none pays for none."""

    def __init__(self, backends: Sequence[str] = DEFAULT_BACKENDS, fasttext: Path | None = None) -> None:
        """Take names and a fastText file. Raises ``ConfigurationError`` for an unknown name or none."""
        unknown = sorted(set(backends) - set(BACKENDS))
        if unknown or not backends:
            raise ConfigurationError(f"language_backends: {', '.join(BACKENDS)}; not {', '.join(unknown) or 'none'}")
        self._backends = tuple(name for name in BACKENDS if name in backends)
        self._fasttext = fasttext

    @property
    def signatures(self) -> tuple[str, ...]:
        """The signatures of the models, from what their files hold; none is loaded. Raises ``ModelUnavailable``."""
        return tuple(_signature_of(name, self._fasttext) for name in self._backends)

    def load(self) -> tuple[LikelihoodModel, ...]:
        """Return the models, in the order of ``BACKENDS``. Raises ``ModelUnavailable`` for one that is not here."""
        return tuple(model_of(name, self._fasttext) for name in self._backends)


def default_models() -> tuple[LikelihoodModel, ...]:
    """Return the profiles and the compressed fastText model, loaded once a process. Raises ``ModelUnavailable``."""
    return models_of(DEFAULT_BACKENDS)


def models_of(backends: Sequence[str], fasttext: Path | None = None) -> tuple[LikelihoodModel, ...]:
    """Return the models of some names, in the order of ``BACKENDS``; ``fasttext`` is a file to use for its model.

    Raises ``ConfigurationError`` for an unknown name or none, ``ModelUnavailable`` for a model that is not here.
    """
    return LazyModels(backends, fasttext).load()


def model_of(name: str, fasttext: Path | None = None) -> LikelihoodModel:
    """Return one model by name. Raises ``ModelUnavailable``."""
    if name == "fasttext":
        return FastTextModel.load(fasttext)
    if name == "lingua":
        from mtcheck.engines.language_id.lingua import LinguaModel

        return LinguaModel.load()
    return ProfileModel.load(TUNED)


def _signature_of(name: str, fasttext: Path | None) -> str:
    """Return what ``model_of(name, fasttext).signature`` is. Raises ``ModelUnavailable``."""
    if name == "fasttext":
        return fasttext_models.model_signature(fasttext)
    if name == "lingua":
        from mtcheck.engines.language_id.lingua import model_signature

        return model_signature()
    return tuned_signature()
