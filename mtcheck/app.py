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
from mtcheck.core.reading import Input, InputFormat, ReadOptions
from mtcheck.core.references import GLOSSARY, REFERENCE_MATCHES, REFERENCE_NAMES
from mtcheck.core.report import ScanReport, Signature
from mtcheck.core.spans import Span
from mtcheck.core.suppressions import STALE_ENTRIES
from mtcheck.core.translation import ROUND_TRIP, Translator
from mtcheck.readers import discover, read, read_lines
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
from mtcheck.text.language_tags import primary

if TYPE_CHECKING:
    from mtcheck.engines.language_id.provider import LanguagesProvider

_LINES_AT_ONCE = 2_000
REFERENCES_FOLDER = "references"
"""The folder of references that is used where it stands in the working directory and none is named."""
TRANSLATION_IS_OFF = "translation is turned off (--no-translate)"


@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs of a scan, listed before it starts so that a progress bar knows its length."""

    items: tuple[Input | InputError, ...]

    def __len__(self) -> int:
        return len(self.items)


def find_inputs(paths: Sequence[str], settings: Settings | None = None) -> Inputs:
    """Expand files, folders and ``-`` to the inputs to scan."""
    given = settings.input_format if settings else None
    return Inputs(tuple(discover(paths, InputFormat(given) if given else None)))


def selected_checks(settings: Settings) -> tuple[Check[Any], ...]:
    """Return the checks that the settings select. Raises ``UsageError`` for a selector that fits none."""
    return select_checks(all_checks(), settings.select, settings.ignore)


def plan_of(settings: Settings) -> Plan:
    """Return what a scan with these settings computes. Models are named here, and loaded when they are used."""
    checks = selected_checks(settings)
    options = options_of(all_checks(), settings.checks)
    providers: list[FactProvider[Any]] = [_languages(settings), *computed_facts()]
    unavailable: list[Unavailable] = []
    if any(ROUND_TRIP in check.needs for check in checks):
        if not settings.translation.enabled:
            unavailable.append(Unavailable(ROUND_TRIP, TRANSLATION_IS_OFF, incomplete=False))
        else:
            try:
                providers.append(_round_trips(settings))
            except ModelUnavailable as error:
                unavailable.append(Unavailable(ROUND_TRIP, str(error), incomplete=True))
    wanted = {fact for check in checks for fact in check.needs}
    if wanted & {REFERENCE_MATCHES, GLOSSARY, REFERENCE_NAMES}:
        providers.extend(_references(settings, matches=REFERENCE_MATCHES in wanted))
    return make_plan(checks, options, providers, unavailable, all_checks())


def scan(inputs: Inputs, settings: Settings, progress: Progress = lambda _done: None) -> ScanReport:
    """Scan the inputs and return the report, with what the baseline accepts marked and lines that did not change left out.

    Raises ``UsageError``, ``ConfigurationError`` and, for the baseline, ``InputError`` before anything is read; what fails
    later is in the report.
    """
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


def identify_lines(inputs: Inputs, candidates: Sequence[str] = ()) -> Iterator[Identified | InputError]:
    """Yield the languages of every line of the inputs, each a text of its own, in whatever format the input is.

    Raises ``UsageError`` for a candidate that is not known.
    """
    from mtcheck.engines.language_id.lines import languages_of_lines

    provider = _languages(candidates=_known(candidates))
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
                count(start + 1), batch, languages_of_lines(batch, provider=provider), strict=False
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
        include={"language", "source_language", "translation", "checks", "suppressions", "input_format", "text_field"}
    )
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
    return ReadOptions(settings.language, settings.source_language, settings.suppressions, settings.text_field)


def _languages(settings: Settings | None = None, candidates: Sequence[str] = ()) -> LanguagesProvider:
    """Return the provider of languages, by default with the models that the settings' defaults name.

    Raises ``ConfigurationError`` for a backend that is not known.
    """
    from mtcheck.engines.language_id.identifier import Identifier
    from mtcheck.engines.language_id.models import LazyModels
    from mtcheck.engines.language_id.provider import LanguagesProvider

    models = LazyModels(settings.language_backends, settings.language_model) if settings else None
    return LanguagesProvider(Identifier(models), candidates)


def references_folder(settings: Settings) -> Path | None:
    """Return the folder of references that the settings name, or the one of the working directory where there is one."""
    if settings.references is not None:
        return settings.references
    folder = Path(REFERENCES_FOLDER)
    return folder if folder.is_dir() else None


def _references(settings: Settings, *, matches: bool) -> list[FactProvider[Any]]:
    """Return the providers of what the references say; the index of quotations is built here, if they are wanted.

    Raises ``ConfigurationError`` where the references cannot be used.
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
        translator = None
        if settings.translation.enabled and index.languages:
            # References in the page's own language are found without one.
            with suppress(ModelUnavailable):
                translator = _translator(settings)
        providers.append(ReferenceMatchesProvider(library, index, translator))
    return providers


def _round_trips(settings: Settings) -> FactProvider[Any]:
    """Return the provider of round trips. Raises ``ModelUnavailable`` where no model and no program is set."""
    from mtcheck.engines.translation.round_trip import RoundTripProvider

    return RoundTripProvider(_translator(settings), settings.translation.pivots)


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
