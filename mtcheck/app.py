"""The composition root: settings in, a scan out. The only module that knows every layer."""

from __future__ import annotations

import functools
import hashlib
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import mtcheck
from mtcheck.checks import all_checks
from mtcheck.config import Settings, options_of
from mtcheck.core.checks import Check
from mtcheck.core.documents import Block, BlockKind, Document
from mtcheck.core.errors import InputError, ModelUnavailable, UsageError
from mtcheck.core.facts import FactProvider, FactRequest, Facts
from mtcheck.core.languages import Languages
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.reading import Input, ReadOptions
from mtcheck.core.references import GLOSSARY, REFERENCE_MATCHES, REFERENCE_NAMES
from mtcheck.core.report import ScanReport, Signature
from mtcheck.core.sources import BACK_TRANSLATIONS
from mtcheck.core.spans import Span
from mtcheck.core.suppressions import STALE_ENTRIES
from mtcheck.core.surprisal import SURPRISAL, LanguageModel, TokenSurprisal
from mtcheck.core.translation import ROUND_TRIP, Translator
from mtcheck.readers import discover, read, read_lines, stream_lines
from mtcheck.readers.discovery import shown
from mtcheck.scan.baseline import (
    Baseline,
    Entry,
    accept,
    only_changed_lines,
    parse_baseline,
    stale_entries,
    with_stale_entries,
)
from mtcheck.scan.changes import Changes, changes_since
from mtcheck.scan.checker import WindowChecker
from mtcheck.scan.executors import Executor, ProcessExecutor, SerialExecutor
from mtcheck.scan.planning import Plan, Unavailable, make_plan
from mtcheck.scan.reuse import ResultStore, drop_old_results, salt_of
from mtcheck.scan.scanner import Progress, ReadAndCheck, run_scan
from mtcheck.scan.selection import select_checks
from mtcheck.scan.windows import windows
from mtcheck.text import computed_facts
from mtcheck.text.language_names import LANGUAGE_CODES
from mtcheck.text.language_tags import primary

if TYPE_CHECKING:
    from mtcheck.engines.language_id.provider import LanguagesProvider
    from mtcheck.engines.translation.lines import TranslatedLine

_LINES_AT_ONCE = 2_000
# What is sent to a model at once: enough to fill its batches, little enough that results come while a long input is read.
_LINES_IN_BATCH, _CHARACTERS_IN_BATCH = 128, 32_768
_LONGEST_LINE = 1_000_000
_MOST_DIRECTIONS_NAMED = 40
REFERENCES_FOLDER = "references"
"""The folder of references that is used where it stands in the working directory and none is named."""
TRANSLATION_IS_OFF = "translation is turned off (--no-translate)"
LANGUAGE_MODEL_IS_OFF = "the language model is turned off (--no-language-model)"


@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs of a scan, listed before it starts so that a progress bar knows its length."""

    items: tuple[Input | InputError, ...]

    def __len__(self) -> int:
        return len(self.items)


def find_inputs(paths: Sequence[str]) -> Inputs:
    """Expand files, folders and ``-`` to the inputs to scan."""
    return Inputs(tuple(discover(paths)))


def selected_checks(settings: Settings) -> tuple[Check[Any], ...]:
    """Return the checks that the settings select. Raises ``UsageError`` for a selector that fits none."""
    return select_checks(all_checks(), settings.select, settings.ignore)


def plan_of(settings: Settings) -> Plan:
    """Return what a scan with these settings computes. Models are named here, and loaded when they are used."""
    checks = selected_checks(settings)
    options = options_of(all_checks(), settings.checks)
    languages = _languages(settings)
    providers: list[FactProvider[Any]] = [languages, *computed_facts(), _source_alignment(languages)]
    unavailable: list[Unavailable] = []
    wanted = {fact for check in checks for fact in (*check.needs, *check.welcomes)}
    # One translator serves the round trips and the references in other languages: a model is loaded once.
    translator = functools.cache(functools.partial(_translator, settings))
    if ROUND_TRIP in wanted:
        if not settings.translation.enabled:
            unavailable.append(Unavailable(ROUND_TRIP, TRANSLATION_IS_OFF, incomplete=False))
        else:
            try:
                providers.append(_round_trips(settings, translator()))
            except ModelUnavailable as error:
                unavailable.append(Unavailable(ROUND_TRIP, str(error), incomplete=True))
    if SURPRISAL in wanted:
        if not settings.language_model.enabled:
            unavailable.append(Unavailable(SURPRISAL, LANGUAGE_MODEL_IS_OFF, incomplete=False))
        else:
            try:
                providers.append(_surprisals(settings))
            except ModelUnavailable as error:
                unavailable.append(Unavailable(SURPRISAL, str(error), incomplete=True))
    if BACK_TRANSLATIONS in wanted:
        providers.append(_back_translations(settings, translator))
    if wanted & {REFERENCE_MATCHES, GLOSSARY, REFERENCE_NAMES}:
        providers.extend(_references(settings, translator, matches=REFERENCE_MATCHES in wanted))
    return make_plan(checks, options, providers, unavailable, all_checks())


def scan(inputs: Inputs, settings: Settings, progress: Progress = lambda _done: None) -> ScanReport:
    """Scan the inputs and return the report, with what the baseline accepts marked and lines that did not change left out.

    Raises ``UsageError``, ``ConfigurationError`` and, for the baseline, ``InputError`` before anything is read; what fails
    later is in the report.
    """
    _refuse_several_pages(inputs, settings)
    plan = plan_of(settings)
    baseline = read_baseline(settings.baseline) if settings.baseline else None
    items = inputs.items
    changes: Changes | None = None
    if baseline is not None:
        # A baseline among the scanned files is no page.
        own = os.path.realpath(baseline.path)
        items = tuple(item for item in items if isinstance(item, InputError) or os.path.realpath(item.path) != own)
    if settings.diff is not None:
        changes = changes_since(settings.diff, [item.path for item in items if isinstance(item, Input)])
        items = tuple(item for item in items if isinstance(item, InputError) or item.path in changes)
    report = _scanned(items, plan, settings, progress)
    stale: tuple[Entry, ...] = ()
    if baseline is not None:
        report = accept(report, baseline)
        stale = stale_entries(report, baseline, os.path.exists)
    if changes is not None:
        named = {shown(item.path): item.path for item in items if isinstance(item, Input)}
        report = _changed_only(report, changes, named)
    if baseline is not None:
        for check in plan.checks:
            if STALE_ENTRIES in check.needs:
                report = with_stale_entries(report, baseline, stale, check)
    return report


def read_baseline(path: Path) -> Baseline:
    """Return the baseline in a file. Raises ``InputError`` where it cannot be read."""
    try:
        source = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        hint = "; `mtcheck baseline update` makes one" if isinstance(error, FileNotFoundError) else ""
        raise InputError(path.as_posix(), f"{(error.strerror or str(error)).lower()}{hint}") from error
    except UnicodeDecodeError as error:
        raise InputError(path.as_posix(), "is no baseline: it is not UTF-8") from error
    return parse_baseline(source, path.as_posix())


def _changed_only(report: ScanReport, changes: Changes, named: Mapping[str, str]) -> ScanReport:
    """Leave out findings on lines that did not change. ``named`` gives the path of a file by the one that is shown."""
    paths = {document.id: named[document.path] for document in report.documents}
    kept = [finding for finding in report.findings if changes.concern(finding, paths[finding.document])]
    return only_changed_lines(report, kept, f"only lines that changed since {changes.revision} are reported (--diff)")


def _scanned(items: Sequence[Input | InputError], plan: Plan, settings: Settings, progress: Progress) -> ScanReport:
    processes = settings.jobs or os.cpu_count() or 1
    executor: Executor = ProcessExecutor(processes) if min(processes, len(items)) > 1 else SerialExecutor()
    make_work: Callable[[], ReadAndCheck]
    if isinstance(executor, SerialExecutor):
        make_work = functools.partial(_work_of, plan, settings)
    else:
        make_work = functools.partial(make_worker, settings)
    report = run_scan(
        items,
        read=functools.partial(read_input, _read_options(settings)),
        make_work=make_work,
        plan=plan,
        signature=signature_of(plan, settings),
        executor=executor,
        progress=progress,
    )
    if settings.reuse:
        drop_old_results(_cache_folder(settings))
    return report


@dataclass(frozen=True, slots=True)
class Identified:
    """One text with its languages; ``number`` counts the lines of an input from 1 where each is a text of its own."""

    document: Document
    languages: Languages
    number: int | None = None


def identify(inputs: Inputs, settings: Settings, candidates: Sequence[str] = ()) -> Iterator[Identified | InputError]:
    """Yield the languages of every document of the inputs, or the error that stands in its place.

    ``candidates`` are the languages expected (none: all are alike). Raises ``UsageError`` for one that is not known.
    """
    provider = _languages(settings, _known(candidates))
    options = _read_options(settings)
    for window in windows(inputs.items, functools.partial(read_input, options)):
        documents: list[Document] = []
        for item in window.items:
            for found in read_input(options, item) if isinstance(item, Input) else (item,):
                if isinstance(found, InputError):
                    yield from _identified(provider, documents)
                    documents = []
                    yield found
                else:
                    documents.append(found)
        yield from _identified(provider, documents)


def identify_lines(
    inputs: Inputs, settings: Settings, candidates: Sequence[str] = ()
) -> Iterator[Identified | InputError]:
    """Yield the languages of every line of the inputs, each a text of its own, in whatever format the input is.

    The settings name the models, and with ``language`` what is expected of every line, which is a nudge. Raises ``UsageError`` for a candidate that is not known.
    """
    from mtcheck.engines.language_id.lines import languages_of_lines

    provider = _languages(settings, _known(candidates))
    for item in inputs.items:
        try:
            if isinstance(item, InputError):
                raise item
            lines = read_lines(item, sys.stdin.buffer if item.path == "-" else None)
        except InputError as error:
            yield error
            continue
        for start in range(0, len(lines), _LINES_AT_ONCE):
            batch = lines[start : start + _LINES_AT_ONCE]
            for number, line, languages in zip(
                count(start + 1), batch, languages_of_lines(batch, (), provider, settings.language), strict=False
            ):
                yield Identified(_line(item.path, number, line), languages, number)


def _identified(provider: LanguagesProvider, documents: Sequence[Document]) -> Iterator[Identified]:
    outcomes = provider.provide([FactRequest(document, Facts({})) for document in documents])
    for document, outcome in zip(documents, outcomes, strict=True):
        if outcome.value is not None:
            yield Identified(document, outcome.value)


def _line(path: str, number: int, line: str) -> Document:
    blocks = (Block(BlockKind.PARAGRAPH, Span(0, len(line))),) if line else ()
    return Document(f"{path}:{number}", path, line, blocks, OffsetMap.identity(line))


def _known(candidates: Sequence[str]) -> tuple[str, ...]:
    """Return languages as the identifier names them. Raises ``UsageError`` for one that it does not know."""
    from mtcheck.engines.language_id.identifier import Identifier

    if not candidates:
        return ()
    languages = Identifier().languages
    named = []
    for candidate in candidates:
        code = primary(candidate) or ""
        chosen = next((tag for tag in (candidate.lower(), code) if tag in languages), None)
        if chosen is None:
            raise UsageError(f"no language {candidate!r} is known; there are {', '.join(sorted(languages))}")
        named.append(chosen)
    return tuple(dict.fromkeys(named))


@dataclass(frozen=True, slots=True)
class ScoredLine:
    """One line of an input with the surprisal of its tokens, whose spans count code points of the line."""

    line: str
    tokens: tuple[TokenSurprisal, ...]


def surprisals_of_lines(item: Input, settings: Settings, language: str) -> Iterator[ScoredLine]:
    """Yield every line of an input with its surprisal, each line a text of its own.

    Raises ``UsageError`` for a language that the model does not know, ``ModelUnavailable`` where there is no model and
    ``InputError`` where the input cannot be read.
    """
    wanted = primary(language) or language.lower()
    if not settings.language_model.languages:
        # A model that nothing is known of is taken for one of the language it is asked about.
        own = settings.language_model.model_copy(update={"languages": (wanted,)})
        settings = settings.model_copy(update={"language_model": own})
    model = language_model_of(settings)
    if not model.supports(wanted):
        known = [code for code in LANGUAGE_CODES if model.supports(code)]
        raise UsageError(f"no language model knows {language!r}; there is one for {', '.join(known) or 'no language'}")
    for batch in _batches_of_lines(item):
        for line, tokens in zip(batch, model.surprisals(batch, wanted), strict=True):
            yield ScoredLine(line, tokens)


def translations_of_lines(
    item: Input, settings: Settings, source_language: str, target_language: str
) -> Iterator[TranslatedLine]:
    """Yield the translation of every line of an input, in order.

    Raises ``UsageError`` for a direction that no model has, ``ModelUnavailable`` where there is no model, ``InputError`` where the
    input cannot be read.
    """
    from mtcheck.engines.translation.lines import translate_lines

    source, target = (primary(code) or code.lower() for code in (source_language, target_language))
    translator = _translator(settings)
    if not translator.supports(source, target):
        raise UsageError(f"no translation model is set for {source}-{target}; {_directions(translator)}")
    for batch in _batches_of_lines(item):
        yield from translate_lines(translator, batch, source, target)


def _directions(translator: Translator) -> str:
    """Say which directions there are."""
    found = [
        (source, target)
        for source in LANGUAGE_CODES
        for target in LANGUAGE_CODES
        if translator.supports(source, target)
    ]
    if len(found) <= _MOST_DIRECTIONS_NAMED:
        return f"there are {', '.join(map('-'.join, found)) or 'none'}"
    sources, targets = (", ".join(dict.fromkeys(pair[side] for pair in sorted(found))) for side in (0, 1))
    return f"there are {len(found):,}, from {sources} to {targets}"


def _batches_of_lines(item: Input) -> Iterator[list[str]]:
    """Yield the lines of an input in batches, so that memory does not grow with it."""
    batch: list[str] = []
    characters = 0
    for line in stream_lines(item, sys.stdin.buffer if item.path == "-" else None, _LONGEST_LINE):
        batch.append(line)
        characters += len(line)
        if len(batch) >= _LINES_IN_BATCH or characters >= _CHARACTERS_IN_BATCH:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def make_worker(settings: Settings) -> ReadAndCheck:
    """Make the work of a process of its own: everything is built anew there from the settings."""
    return _work_of(plan_of(settings), settings)


def read_input(options: ReadOptions, source: Input) -> Iterator[Document | InputError]:
    """Read the documents of one input."""
    return read(source, options, sys.stdin.buffer if source.path == "-" else None)


def signature_of(plan: Plan, settings: Settings) -> Signature:
    """Return what made a report: version, providers, checks, and a digest of the settings that can change findings."""
    # What the references hold is in the signatures of their providers; where they lie changes no finding.
    relevant = settings.model_dump_json(
        include={"language", "source_language", "translation", "language_model", "checks", "suppressions"}
    ) + (_source_text(settings) or "")
    return Signature(
        tool="mtcheck",
        version=mtcheck.__version__,
        configuration=hashlib.sha256(relevant.encode()).hexdigest()[:16],
        providers=tuple(provider.signature for provider in plan.providers),
        checks=tuple(check.code for check in plan.checks),
    )


def _work_of(plan: Plan, settings: Settings) -> ReadAndCheck:
    read_one = functools.partial(read_input, _read_options(settings))
    return ReadAndCheck(read_one, WindowChecker(plan), _store_of(plan, settings))


def _store_of(plan: Plan, settings: Settings) -> ResultStore | None:
    """Return where results are kept between scans, or ``None`` where they are not to be."""
    if not settings.reuse:
        return None
    return ResultStore(str(_cache_folder(settings)), salt_of(signature_of(plan, settings), plan), plan.gatherings)


def _cache_folder(settings: Settings) -> Path:
    from mtcheck.engines.models.folders import cache_folder

    return cache_folder(settings.cache)


def _read_options(settings: Settings) -> ReadOptions:
    return ReadOptions(settings.language, settings.source_language, settings.suppressions, _source_text(settings))


def _refuse_several_pages(inputs: Inputs, settings: Settings) -> None:
    """Raise ``UsageError`` where one source is given for what is not one page."""
    if settings.source is None:
        return
    one = inputs.items[0] if len(inputs) == 1 else None
    if one is None or (isinstance(one, Input) and (one.feed or Path(one.path).is_dir())):
        raise UsageError("--source is the original of one page: name one file, or put sources into the feed's records")


def _source_text(settings: Settings) -> str | None:
    """Return the main text of the source file that the settings name. Raises ``InputError`` where it cannot be read."""
    if settings.source is None:
        return None
    documents: list[Document] = []
    for found in read(Input(str(settings.source)), ReadOptions()):
        if isinstance(found, InputError):
            raise found
        documents.append(found)
    if len(documents) != 1 or documents[0].segments:
        raise InputError(settings.source.as_posix(), "is no single text that a page could be translated from")
    document = documents[0]
    blocks = document.main_blocks or document.blocks
    return "\n\n".join(block.span.of(document.text) for block in blocks)


def _source_alignment(languages: LanguagesProvider) -> FactProvider[Any]:
    """Return the provider of what belongs to what in a page and its source; it costs nothing where there is no source."""
    from mtcheck.engines.source_alignment import SourceAlignmentProvider

    return SourceAlignmentProvider(languages.identifier)


def _back_translations(settings: Settings, translator: Callable[[], Translator]) -> FactProvider[Any]:
    """Return the provider of back-translations; without a translator it says so of the pages that have a source."""
    from mtcheck.engines.translation.back_translation import BackTranslationProvider

    if not settings.translation.enabled:
        return BackTranslationProvider(None, TRANSLATION_IS_OFF)
    try:
        return BackTranslationProvider(translator())
    except ModelUnavailable as error:
        return BackTranslationProvider(None, str(error), incomplete=True)


def _languages(settings: Settings, candidates: Sequence[str] = ()) -> LanguagesProvider:
    """Return the provider of languages, with the models that the settings name.

    Raises ``ConfigurationError`` for a backend that is not known.
    """
    from mtcheck.engines.language_id.identifier import Identifier
    from mtcheck.engines.language_id.models import LazyModels
    from mtcheck.engines.language_id.provider import LanguagesProvider

    models = LazyModels(settings.language_backends, settings.fasttext_model)
    return LanguagesProvider(Identifier(models), candidates)


def references_folder(settings: Settings) -> Path | None:
    """Return the folder of references that the settings name, or the one of the working directory where there is one."""
    if settings.references is not None:
        return settings.references
    folder = Path(REFERENCES_FOLDER)
    return folder if folder.is_dir() else None


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


def _round_trips(settings: Settings, translator: Translator) -> FactProvider[Any]:
    """Return the provider of round trips."""
    from mtcheck.engines.translation.round_trip import RoundTripProvider

    return RoundTripProvider(translator, settings.translation.pivots)


def _translator(settings: Settings) -> Translator:
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


def _surprisals(settings: Settings) -> FactProvider[Any]:
    """Return the provider of surprisal. Raises ``ModelUnavailable`` where no language model is set."""
    from mtcheck.engines.language_model.provider import SurprisalProvider

    return SurprisalProvider(language_model_of(settings))


def language_model_of(settings: Settings) -> LanguageModel:
    """Return the language model that the settings name. Raises ``ModelUnavailable`` where there is none."""
    from mtcheck.engines.language_model import LanguageModelSettings, open_language_model

    model = settings.language_model
    return open_language_model(
        LanguageModelSettings(
            model=model.model,
            languages=model.languages,
            runtime=model.runtime,
            precision=model.precision,
            device=model.device,
            offline=model.offline,
            cache=settings.cache,
        )
    )
