"""What a scan computes: the checks that are selected, and the engines that the settings name for what these need."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from mtcheck.app.references import references_folder
from mtcheck.checks import all_checks
from mtcheck.config import Settings, options_of
from mtcheck.core.checks import Check
from mtcheck.core.errors import ModelUnavailable
from mtcheck.core.facts import FactProvider
from mtcheck.core.references import GLOSSARY, REFERENCE_MATCHES, REFERENCE_NAMES
from mtcheck.core.sources import BACK_TRANSLATIONS
from mtcheck.core.surprisal import SURPRISAL, LanguageModel
from mtcheck.core.translation import RENDERINGS, ROUND_TRIP, Translator
from mtcheck.scan.planning import Plan, Unavailable, make_plan
from mtcheck.scan.selection import select_checks
from mtcheck.text import computed_facts

if TYPE_CHECKING:
    from mtcheck.engines.language_id.provider import LanguagesProvider

TRANSLATION_IS_OFF = "translation is turned off (--no-translate)"
LANGUAGE_MODEL_IS_OFF = "the language model is turned off (--no-language-model)"


def selected_checks(settings: Settings) -> tuple[Check[Any], ...]:
    """Return the checks that the settings select. Raises ``UsageError`` for a selector that fits none."""
    return select_checks(all_checks(), settings.select, settings.ignore)


def plan_of(settings: Settings) -> Plan:
    """Return what a scan with these settings computes. Models are named here, and loaded when they are used."""
    checks = selected_checks(settings)
    options = options_of(all_checks(), settings.checks)
    languages = languages_provider(settings)
    providers: list[FactProvider[Any]] = [languages, *computed_facts(), _source_alignment(languages)]
    unavailable: list[Unavailable] = []
    shown = (SURPRISAL,) if settings.language_model.draw and settings.language_model.enabled else ()
    wanted = {fact for check in checks for fact in (*check.needs, *check.welcomes)} | set(shown)
    # One translator serves the round trips and the references in other languages: a model is loaded once.
    translator = functools.cache(functools.partial(translator_of, settings))
    trips = (ROUND_TRIP, RENDERINGS)
    if wanted & set(trips):
        if not settings.translation.enabled:
            unavailable.extend(Unavailable(fact, TRANSLATION_IS_OFF, incomplete=False) for fact in trips)
        else:
            try:
                providers.extend(_round_trips(settings, translator()))
            except ModelUnavailable as error:
                unavailable.extend(Unavailable(fact, str(error), incomplete=True) for fact in trips)
    if SURPRISAL in wanted:
        if not settings.language_model.enabled:
            unavailable.append(Unavailable(SURPRISAL, LANGUAGE_MODEL_IS_OFF, incomplete=False))
        else:
            try:
                providers.append(_surprisals(settings, _languages_of_surprisal(settings, checks)))
            except ModelUnavailable as error:
                unavailable.append(Unavailable(SURPRISAL, str(error), incomplete=True))
    if BACK_TRANSLATIONS in wanted:
        # What welcomes the scores of parts gets them where a check needs the translator for the pairs anyway.
        providers.extend(_back_translations(settings, translator))
    if wanted & {REFERENCE_MATCHES, GLOSSARY, REFERENCE_NAMES}:
        providers.extend(_references(settings, translator, matches=REFERENCE_MATCHES in wanted))
    return make_plan(checks, options, providers, unavailable, all_checks(), shown)


def _source_alignment(languages: LanguagesProvider) -> FactProvider[Any]:
    """Return the provider of what belongs to what in a page and its source; it costs nothing where there is no source."""
    from mtcheck.engines.source_alignment import SourceAlignmentProvider

    return SourceAlignmentProvider(languages.identifier)


def _back_translations(settings: Settings, translator: Callable[[], Translator]) -> list[FactProvider[Any]]:
    """Return what a translator says of pairs; without one the provider of back-translations says so of the pages that have a source."""
    from mtcheck.engines.translation.back_translation import BackTranslationProvider
    from mtcheck.engines.translation.part_scores import PartScoresProvider

    if not settings.translation.enabled:
        return [BackTranslationProvider(None, TRANSLATION_IS_OFF)]
    try:
        return [BackTranslationProvider(translator()), PartScoresProvider(translator())]
    except ModelUnavailable as error:
        return [BackTranslationProvider(None, str(error), incomplete=True)]


def languages_provider(settings: Settings, candidates: Sequence[str] = ()) -> LanguagesProvider:
    """Return the provider of languages, with the models that the settings name.

    Raises ``ConfigurationError`` for a backend that is not known.
    """
    from mtcheck.engines.language_id.identifier import Identifier
    from mtcheck.engines.language_id.models import LazyModels
    from mtcheck.engines.language_id.provider import LanguagesProvider

    models = LazyModels(settings.language_backends, settings.fasttext_model)
    return LanguagesProvider(Identifier(models), candidates)


def _references(settings: Settings, translator: Callable[[], Translator], *, matches: bool) -> list[FactProvider[Any]]:
    """Return the providers of what the references say; the index of quotations is built here, if they are wanted.

    ``translator`` opens the translator, where references in other languages need one. Raises ``ConfigurationError`` where the references cannot be used.
    """
    from mtcheck.engines.models.folders import cache_folder
    from mtcheck.engines.references import (
        GlossaryProvider,
        NamesProvider,
        QuotationIndex,
        ReferenceMatchesProvider,
        open_references,
    )

    library = open_references(references_folder(settings))
    providers: list[FactProvider[Any]] = [GlossaryProvider(library), NamesProvider(library)]
    if matches:
        index = QuotationIndex(library, cache_folder(settings.cache))
        opened = None
        if settings.translation.enabled and index.languages:
            # References in the page's own language are found without one.
            with suppress(ModelUnavailable):
                opened = translator()
        providers.append(ReferenceMatchesProvider(library, index, opened))
    return providers


def _round_trips(settings: Settings, translator: Translator) -> list[FactProvider[Any]]:
    """Return the providers of round trips and of several ways back."""
    from mtcheck.engines.translation.renderings import RenderingsProvider
    from mtcheck.engines.translation.round_trip import RoundTripProvider

    pivots = settings.translation.pivots
    return [RoundTripProvider(translator, pivots, best_pivots(settings)), RenderingsProvider(translator, pivots)]


def best_pivots(settings: Settings) -> dict[str, list[str]]:
    """Return for each language the pivots that the cards of the embedded models in use have measured, the best first."""
    from mtcheck.engines.models.catalog import embedded_models

    named = {name.strip() for name in (settings.translation.model or "").split(",") if name.strip()}
    scores = [score for card in embedded_models() if not named or card.name in named for score in card.round_trips]
    found: dict[str, list[str]] = {}
    for score in sorted(scores, key=lambda score: -score.chrf):
        found.setdefault(score.language, []).append(score.pivot)
    return found


def translator_of(settings: Settings) -> Translator:
    """Return the translator. Raises ``ModelUnavailable`` where no model and no program is set."""
    from mtcheck.engines.translation import TranslatorSettings, open_translator

    translation = settings.translation
    return open_translator(
        TranslatorSettings(
            model=translation.model,
            command=tuple(sorted(translation.command.items())),
            runtime=translation.runtime,
            offline=translation.offline,
            cache=settings.cache,
            device=translation.device,
            beams=translation.beams,
            command_mode=translation.command_mode,
            timeout=translation.timeout,
        )
    )


def _languages_of_surprisal(settings: Settings, checks: Sequence[Check[Any]]) -> frozenset[str] | None:
    """Return the languages in which anybody reads surprisal, ``None`` for all: what nobody reads is not computed."""
    if settings.language_model.draw:
        return None
    claimed = [check.languages for check in checks if SURPRISAL in (*check.needs, *check.welcomes)]
    return None if None in claimed else frozenset[str]().union(*filter(None, claimed))


def _surprisals(settings: Settings, languages: frozenset[str] | None) -> FactProvider[Any]:
    """Return the provider of surprisal. Raises ``ModelUnavailable`` where no language model is set."""
    from mtcheck.engines.language_model.provider import SurprisalProvider

    return SurprisalProvider(language_model_of(settings, languages), languages)


def language_model_of(settings: Settings, wanted: frozenset[str] | None = None) -> LanguageModel:
    """Return the language model that the settings name, for the languages that are wanted (``None``: all that it knows).

    Raises ``ModelUnavailable`` where there is none.
    """
    from mtcheck.engines.language_model import LanguageModelSettings, open_language_model

    model = settings.language_model
    return open_language_model(
        LanguageModelSettings(
            model=model.model,
            languages=model.languages,
            wanted=wanted,
            runtime=model.runtime,
            precision=model.precision,
            device=model.device,
            offline=model.offline,
            cache=settings.cache,
        )
    )
