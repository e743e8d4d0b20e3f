"""Read one input: open it, tell what it is, hand it to the reader of its format."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast

from mtcheck.core.documents import Document
from mtcheck.core.errors import InputError
from mtcheck.core.reading import Input, InputFormat, ReadOptions
from mtcheck.readers import pairs
from mtcheck.readers.decompression import ByteStream, byte_stream
from mtcheck.readers.discovery import STANDARD_INPUT, format_of, reason_of, shown
from mtcheck.readers.encodings import decode, refuse_binary
from mtcheck.readers.jsonl import LONGEST_LINE, feed_encoding, looks_like_feed, read_feed
from mtcheck.readers.pages import document_of
from mtcheck.readers.parquet import PARQUET_MAGIC, read_parquet
from mtcheck.readers.warc import WARC_MAGIC, read_warc

LARGEST_DOCUMENT = 256 * 1024 * 1024
"""Bytes of a file that is one document, decompressed; a larger one is refused rather than filling the memory."""


def read(source: Input, options: ReadOptions, stdin: BinaryIO | None = None) -> Iterator[Document | InputError]:
    """Yield the documents of an input, or errors in their place. Never raises for what the input holds.

    ``stdin`` stands in for the process's standard input where the path is ``-``.
    """
    path = shown(source.path)
    try:
        opened = _opened(source.path, stdin)
    except (OSError, ValueError) as error:
        yield InputError(path, reason_of(error))
        return
    try:
        with opened as raw:
            yield from _read(raw, source, path, options)
    except InputError as error:
        yield error
    except OSError as error:
        yield InputError(path, reason_of(error))


def read_lines(source: Input, stdin: BinaryIO | None = None) -> list[str]:
    """Return the lines of an input, whatever its format, without their ends (LF or CR LF); an empty last one is none.

    Raises ``InputError`` for an input that cannot be opened, is no text or holds nothing.
    """
    path = shown(source.path)
    try:
        with _opened(source.path, stdin) as raw:
            content = _content(byte_stream(raw, path), path)
    except (OSError, ValueError) as error:
        raise InputError(path, reason_of(error)) from error
    if content.damage:
        raise InputError(path, content.damage)
    text = decode(content.data, path).text
    # Other line breaks of Unicode are characters of a line: whoever counts lines by "\n" must find the same numbers.
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    return lines[:-1] if not lines[-1] else lines


def stream_lines(source: Input, stdin: BinaryIO | None = None, longest: int = LONGEST_LINE) -> Iterator[str]:
    """Yield the lines of an input as they arrive, whatever its format, without their ends (LF or CR LF).

    The input is UTF-8 unless a byte-order mark says else, and may be compressed; bytes that are no UTF-8 become U+FFFD. A line
    may have ``longest`` characters. Raises ``InputError`` for an input that cannot be opened or read, is no text, or has a
    longer line; an empty one has no lines.
    """
    path = shown(source.path)
    number = 0
    try:
        with _opened(source.path, stdin) as raw:
            stream = byte_stream(raw, path)
            head = stream.head()
            encoding = feed_encoding(head)
            if encoding == "utf-8":
                refuse_binary(head, path)
            lines = io.TextIOWrapper(cast("BinaryIO", stream), encoding=encoding, errors="replace", newline="\n")
            try:
                while line := lines.readline(longest + 2):
                    number += 1
                    if len(line) >= longest + 2 and not line.endswith("\n"):
                        raise InputError(path, f"line {number} is longer than {longest:,} characters")
                    yield line.removesuffix("\n").removesuffix("\r")
            finally:
                # The stream belongs to whoever opened it, and a wrapper closes what it wraps when it goes.
                lines.detach()
            if stream.damage:
                raise InputError(path, f"{stream.damage} (after line {number})")
    except (OSError, ValueError) as error:
        raise InputError(path, reason_of(error)) from error


def _opened(path: str, stdin: BinaryIO | None) -> AbstractContextManager[BinaryIO]:
    """Open a file. Raises ``OSError`` or ``ValueError`` where that is not possible."""
    if path != STANDARD_INPUT:
        return Path(path).open("rb")
    if stdin is None:
        # A process may be started without standard input; then there is no stream at all.
        stdin = sys.stdin.buffer if sys.stdin is not None else io.BytesIO()
    if stdin.closed:
        raise OSError("standard input is closed")
    return nullcontext(stdin)


def _read(raw: BinaryIO, source: Input, path: str, options: ReadOptions) -> Iterator[Document | InputError]:
    stream = byte_stream(raw, path)
    kind = source.format or format_of(source.path) or _sniffed(stream.head())
    if kind is None and source.feed:
        kind = InputFormat.JSONL
    if kind is InputFormat.JSONL:
        yield from _feed(stream, path, options)
    elif kind is InputFormat.WARC:
        yield from read_warc(stream, path, options)
    elif kind is InputFormat.PARQUET:
        yield from read_parquet(source.path, path, options)
    else:
        content = _content(stream, path)
        trusted = options.suppressions and source.path != STANDARD_INPUT
        if kind is not None and kind.has_pairs:
            document = pairs.document_of(content.data, path, kind, options)
        else:
            document = document_of(content.data, path, kind, options, trusted=trusted)
        if options.source is not None and document.source is None and not document.segments:
            document = replace(document, source=options.source)
        yield document
        if content.damage:
            yield InputError(path, content.damage)


def _sniffed(head: bytes) -> InputFormat | None:
    """Return the feed that a file without a telling name is by its first bytes, if it is one."""
    if head.startswith(WARC_MAGIC):
        return InputFormat.WARC
    if head.startswith(PARQUET_MAGIC):
        return InputFormat.PARQUET
    # The last line may be incomplete.
    return InputFormat.JSONL if looks_like_feed(head.decode(feed_encoding(head), "replace")) else None


def _feed(stream: ByteStream, path: str, options: ReadOptions) -> Iterator[Document | InputError]:
    head = stream.head()
    if not head:
        raise InputError(path, "is empty")
    refuse_binary(head, path)
    yield from read_feed(stream, path, feed_encoding(head), options)


@dataclass(frozen=True, slots=True)
class _Content:
    """The bytes of a file, and what was wrong where they are not all of it."""

    data: bytes
    damage: str


def _content(stream: ByteStream, path: str) -> _Content:
    """Return all bytes. Raises ``InputError`` for more than a document may have."""
    parts: list[bytes] = []
    size = 0
    while part := stream.read1(1 << 20):
        parts.append(part)
        size += len(part)
        if size > LARGEST_DOCUMENT:
            raise InputError(path, f"is larger than {LARGEST_DOCUMENT // 1024 // 1024} MB")
    return _Content(b"".join(parts), stream.damage)
