"""What a scan is to read, and how: the inputs that the user names, and the source that a page was translated from."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mtcheck.config import Settings
from mtcheck.core.documents import Document
from mtcheck.core.errors import InputError, UsageError
from mtcheck.core.reading import Input, InputFormat, ReadOptions
from mtcheck.readers import discover


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


def read_input(options: ReadOptions, source: Input) -> Iterator[Document | InputError]:
    """Read the documents of one input."""
    from mtcheck.readers import read

    return read(source, options, sys.stdin.buffer if source.path == "-" else None)


def read_options(settings: Settings) -> ReadOptions:
    """Return how the settings want inputs read. Raises ``InputError`` where the source of a page cannot be read."""
    return ReadOptions(
        language=settings.language,
        source_language=settings.source_language,
        suppressions=settings.suppressions,
        source=_source_text(settings),
        text_fields=settings.text_field,
    )


def refuse_several_pages(inputs: Inputs, settings: Settings) -> None:
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
    from mtcheck.readers import read

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
