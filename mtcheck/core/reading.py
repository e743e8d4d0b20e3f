"""The seam between the scan and what reads files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from mtcheck.core.documents import Document
from mtcheck.core.errors import InputError


class InputFormat(StrEnum):
    """The formats that are read, each also compressed (gzip, Zstandard), but for Parquet, which compresses by itself."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSONL = "jsonl"
    WARC = "warc"
    PARQUET = "parquet"
    XLIFF = "xliff"
    TMX = "tmx"
    PO = "po"
    TSV = "tsv"

    @property
    def is_feed(self) -> bool:
        """Whether one file holds many documents."""
        return self in (InputFormat.JSONL, InputFormat.WARC, InputFormat.PARQUET)

    @property
    def has_pairs(self) -> bool:
        """Whether a file holds a text together with what it was translated from."""
        return self in (InputFormat.XLIFF, InputFormat.TMX, InputFormat.PO, InputFormat.TSV)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the caller says of all inputs: the language expected and the language they were translated from.

    ``suppressions`` tells that comments in files may leave findings out. Feeds and standard input are never trusted so far:
    whoever wrote a record would decide what is found in it. ``text_fields`` are the fields of a record, or columns of a
    table, that hold text, each of them a document of its own; without any, ``text`` or else ``html`` is the one.
    ``source`` is the original text of the one document that is read, where the caller has it.
    """

    language: str | None = None
    source_language: str | None = None
    suppressions: bool = False
    source: str | None = None
    text_fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read, or standard input (``-``). ``path`` is as the user named it, or found below a named folder.

    ``feed`` tells that one file holds many documents, so that it is read as a stream. ``format`` is what the caller says that
    it is; ``None`` leaves it to the name and the first bytes.
    """

    path: str
    feed: bool = False
    format: InputFormat | None = None


class Reader(Protocol):
    """Turns the bytes of one file into documents."""

    def read(self, data: bytes, path: str, options: ReadOptions) -> Iterator[Document | InputError]:
        """Yield each document, or the error that stands in its place; never raises for what the bytes hold."""
        ...
