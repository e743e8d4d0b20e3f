"""Translation behind its seam: a checkpoint (transformers or CTranslate2) or any program, watched and cached.

``open_translator`` puts the pieces together; nothing is loaded before the first text is translated.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from mtcheck.core.errors import ModelUnavailable
from mtcheck.core.translation import USUAL_BEAMS, Likelihood, Proposer, Scorer, Translation, Translator
from mtcheck.engines.models.catalog import TRANSLATION, embedded_models
from mtcheck.engines.models.folders import cache_folder
from mtcheck.engines.models.store import checked_folder, pull
from mtcheck.engines.translation.cache import CachedTranslator, TranslationCache
from mtcheck.engines.translation.program import DEFAULT_TIMEOUT_SECONDS, Mode, Program, ProgramTranslator
from mtcheck.engines.translation.watch import WatchedTranslator

LOGGER = logging.getLogger(__name__)

NO_TRANSLATOR = (
    "no translation model is set: pass --model FOLDER or a hub name, set [translation] command, or --no-translate"
)

RuntimeName = Literal["auto", "transformers", "ctranslate2"]


@dataclass(frozen=True, slots=True)
class TranslatorSettings:
    """Which translator to use, and how.

    ``model`` is a folder, a hub name (``owner/name`` or ``owner/name@revision``), the name of an embedded model, or several
    of these separated by commas (a round trip through two one-way models needs both). ``command`` gives a command line
    for each direction (``("en-es", "apertium eng-spa")``); where both have a direction, the command is used.
    ``command_mode`` is ``batch``, or ``stream`` for programs that answer every line at once. ``cache`` is the folder for
    translations and converted models (``None``: ``MTCHECK_CACHE`` or the platform's), ``remember`` whether translations are
    kept there. ``device`` is ``auto``, ``cpu`` or ``cuda``; ``beams`` 1 is greedy decoding; ``timeout`` is the seconds that a
    program may take for a short text.
    """

    model: str | None = None
    command: Mapping[str, str] | tuple[tuple[str, str], ...] = ()
    command_mode: Literal["batch", "stream"] = "batch"
    runtime: RuntimeName = "auto"
    offline: bool = False
    cache: Path | None = None
    remember: bool = True
    device: str = "auto"
    beams: int = USUAL_BEAMS
    timeout: float = DEFAULT_TIMEOUT_SECONDS


def open_translator(settings: TranslatorSettings) -> Translator:
    """Return the translator that the settings ask for, its answers watched and cached.

    Raises ``ModelUnavailable`` where neither a model nor a command is set or a model's folder is not there, and
    ``ConfigurationError`` for settings that cannot be read. Models and programs are loaded with the first text; what is
    missing then raises ``ModelUnavailable`` too.
    """
    translators: list[Translator] = []
    pairs = settings.command.items() if isinstance(settings.command, Mapping) else settings.command
    programs = [Program.parse(direction, command, Mode(settings.command_mode)) for direction, command in pairs]
    if programs:
        translators.append(ProgramTranslator(programs, settings.timeout))
    names = [name.strip() for name in (settings.model or "").split(",") if name.strip()]
    if not names and not programs:
        names = [card.name for card in embedded_models() if card.kind == TRANSLATION]
    translators.extend(_open_checkpoint(name, settings) for name in names)
    if not translators:
        raise ModelUnavailable(NO_TRANSLATOR)
    translator = translators[0] if len(translators) == 1 else FirstTranslator(translators)
    if settings.remember:
        translator = CachedTranslator(translator, TranslationCache(cache_folder(settings.cache)))
    return WatchedTranslator(translator)


def _open_checkpoint(name: str, settings: TranslatorSettings) -> Translator:
    """Return the translator for a folder, an embedded model or a model on a hub, which is fetched if need be.

    Raises ``ModelUnavailable`` where there is none, ``UsageError`` for a name that can be neither.
    """
    from mtcheck.engines.translation.checkpoint import read_checkpoint
    from mtcheck.engines.translation.neural import CheckpointTranslator, Runtime

    cache = cache_folder(settings.cache)
    folder = Path(name).expanduser()
    embedded = {card.name: card for card in embedded_models()}
    if name in embedded:
        checkpoint = read_checkpoint(checked_folder(embedded[name]), name)
    elif folder.is_dir():
        checkpoint = read_checkpoint(folder)
    elif folder.is_absolute() or name.startswith((".", "~")) or "/" not in name:
        raise ModelUnavailable(
            f"the model {name} is neither a folder nor an embedded model nor a hub name (owner/name)"
        )
    else:
        model = pull(name, folder=settings.cache, offline=settings.offline)
        LOGGER.info("the model %s at %s has the license: %s", model.name, model.revision, model.license)
        checkpoint = read_checkpoint(model.path, model.name)
    runtime: Runtime
    if settings.runtime == "transformers" or (settings.runtime == "auto" and settings.device.startswith("cuda")):
        from mtcheck.engines.translation.marian import TransformersRuntime

        runtime = TransformersRuntime(settings.beams, settings.device)
    else:
        from mtcheck.engines.translation.ctranslate2 import CTranslate2Runtime

        runtime = CTranslate2Runtime(cache, settings.beams, settings.device)
    return CheckpointTranslator(checkpoint, runtime)


def translate(
    settings: TranslatorSettings, texts: Sequence[str], source_language: str, target_language: str
) -> list[Translation]:
    """Open a translator and translate texts with it, one answer a text, in order.

    Raises ``ModelUnavailable`` where there is no translator or it has not the direction, ``EngineError`` where it fails.
    """
    translator = open_translator(settings)
    if not translator.supports(source_language, target_language):
        raise ModelUnavailable(f"the translator has no direction {source_language}-{target_language}")
    return translator.translate(texts, source_language, target_language)


class FirstTranslator:
    """Several translators as one: each direction goes to the first that has it."""

    def __init__(self, translators: Sequence[Translator]) -> None:
        """Take the translators in order of choice."""
        self._translators = tuple(translators)

    @property
    def signature(self) -> str:
        """Those of all of them, in order."""
        return " or ".join(translator.signature for translator in self._translators)

    def signature_for(self, source_language: str, target_language: str) -> str:
        """Return the signature of the first that has the direction, empty where none has."""
        ways = (each for each in self._translators if each.supports(source_language, target_language))
        return next((each.signature for each in ways), "")

    def supports(self, source_language: str, target_language: str) -> bool:
        """Tell whether one of them has the direction."""
        return any(translator.supports(source_language, target_language) for translator in self._translators)

    def translate(self, texts: Sequence[str], source_language: str, target_language: str) -> list[Translation]:
        """Translate with the first that has the direction. Raises ``ModelUnavailable`` where none has."""
        for translator in self._translators:
            if translator.supports(source_language, target_language):
                return translator.translate(texts, source_language, target_language)
        raise ModelUnavailable(f"no translation model or program is set for {source_language}-{target_language}")

    def likelihoods(
        self, sources: Sequence[str], targets: Sequence[str], source_language: str, target_language: str
    ) -> list[Likelihood | None]:
        """Score with the first that has the direction and can; ``None`` where none is there."""
        for translator in self._translators:
            if translator.supports(source_language, target_language) and isinstance(translator, Scorer):
                return translator.likelihoods(sources, targets, source_language, target_language)
        return [None] * len(sources)

    def proposals(
        self, texts: Sequence[str], source_language: str, target_language: str, count: int
    ) -> list[tuple[Translation, ...]]:
        """Ask the first that has the direction and gives several; none where none is there."""
        for translator in self._translators:
            if translator.supports(source_language, target_language) and isinstance(translator, Proposer):
                return translator.proposals(texts, source_language, target_language, count)
        return [()] * len(texts)
