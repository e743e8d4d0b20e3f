"""What is said of texts without a scan: their languages, and line by line their surprisal and their translation."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from mtcheck.app.inputs import Inputs, read_input, read_options
from mtcheck.app.planning import language_model_of, languages_provider, translator_of
from mtcheck.config import Settings
from mtcheck.core.documents import Block, BlockKind, Document
from mtcheck.core.errors import InputError, UsageError
from mtcheck.core.facts import FactRequest, Facts
from mtcheck.core.languages import Languages
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.reading import Input
from mtcheck.core.spans import Span
from mtcheck.core.surprisal import TokenSurprisal
from mtcheck.core.translation import Translator
from mtcheck.readers import read_lines, stream_lines
from mtcheck.scan.windows import windows
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
    provider = languages_provider(settings, _known(candidates))
    options = read_options(settings)
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

    provider = languages_provider(settings, _known(candidates))
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
    model = language_model_of(settings, frozenset({wanted}))
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
    translator = translator_of(settings)
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
