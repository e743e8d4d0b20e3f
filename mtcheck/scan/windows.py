"""Cuts the inputs of a scan into windows: enough documents to batch over, few enough to keep memory constant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from mtcheck.core.documents import Document
from mtcheck.core.errors import InputError
from mtcheck.core.reading import Input

INPUTS_A_WINDOW = 8
DOCUMENTS_A_WINDOW = 32
CHARACTERS_A_WINDOW = 500_000

Read = Callable[[Input], Iterator[Document | InputError]]


@dataclass(frozen=True, slots=True)
class Window:
    """Work for one worker: inputs it is to read itself, and documents of a stream that were read already.

    ``inputs`` counts the inputs that are done with this window, for the progress bar.
    """

    items: tuple[Input | Document | InputError, ...]
    inputs: int


def windows(inputs: Iterable[Input | InputError], read: Read) -> Iterator[Window]:
    """Cut inputs into windows, in order. Files are left to the worker; a feed or standard input is read here."""
    waiting: list[Input | InputError] = []
    for item in inputs:
        streamed = isinstance(item, Input) and (item.feed or item.path == "-")
        if waiting and (streamed or len(waiting) == INPUTS_A_WINDOW):
            yield Window(tuple(waiting), len(waiting))
            waiting = []
        if streamed and isinstance(item, Input):
            yield from _stream(read(item))
        else:
            waiting.append(item)
    if waiting:
        yield Window(tuple(waiting), len(waiting))


def _stream(documents: Iterable[Document | InputError]) -> Iterator[Window]:
    """Cut the documents of one feed; its last window counts as the one input done."""
    gathered: list[Document | InputError] = []
    characters = 0
    for item in documents:
        if len(gathered) == DOCUMENTS_A_WINDOW or characters > CHARACTERS_A_WINDOW:
            yield Window(tuple(gathered), 0)
            gathered, characters = [], 0
        gathered.append(item)
        characters += len(item.text) if isinstance(item, Document) else 0
    yield Window(tuple(gathered), 1)
