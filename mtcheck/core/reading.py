"""The seam between the scan and what reads files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from mtcheck.core.documents import Document
from mtcheck.core.errors import InputError


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the caller says of all inputs: the language expected and the language they were translated from.

    ``suppressions`` tells that comments in files may leave findings out. Feeds and standard input are never trusted so far:
    whoever wrote a record would decide what is found in it.
    ``source`` is the original text of the one document that is read, where the caller has it.
    """

    language: str | None = None
    source_language: str | None = None
    suppressions: bool = False
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read, or standard input (``-``). ``path`` is as the user named it, or found below a named folder.

    ``feed`` tells that one file holds many documents, so that it is read as a stream.
    """

    path: str
    feed: bool = False


class Reader(Protocol):
    """Turns the bytes of one file into documents."""

    def read(self, data: bytes, path: str, options: ReadOptions) -> Iterator[Document | InputError]:
        """Yield each document, or the error that stands in its place; never raises for what the bytes hold."""
        ...
