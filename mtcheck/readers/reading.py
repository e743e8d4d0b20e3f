"""Read one input: open it, tell what it is, hand it to the reader of its format."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast

from mtcheck.core.documents import Document
from mtcheck.core.errors import InputError
from mtcheck.core.reading import Input, ReadOptions
from mtcheck.readers import html, markdown, pairs, plain_text
from mtcheck.readers.discovery import (
    FEED_SUFFIXES,
    HTML_SUFFIXES,
    MARKDOWN_SUFFIXES,
    PAIR_SUFFIXES,
    STANDARD_INPUT,
    TEXT_SUFFIXES,
    XML_PAIR_SUFFIXES,
    kind_of,
    reason_of,
    shown,
)
from mtcheck.readers.encodings import EncodingSource, decode, refuse_binary
from mtcheck.readers.jsonl import LONGEST_LINE, feed_encoding, looks_like_feed, read_feed
from mtcheck.readers.sniffing import looks_like_html
from mtcheck.text.suppression_comments import suppressions_in

LARGEST_DOCUMENT = 256 * 1024 * 1024
"""Bytes of a file that is one document, decompressed; a larger one is refused rather than filling the memory."""

_PEEK = 65_536
_PEEK_FOR_ENCODING = 1_024
_GZIP = b"\x1f\x8b"


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
            stream = _peekable(raw)
            if stream.peek(2)[:2] == _GZIP:
                stream = _peekable(cast("BinaryIO", gzip.GzipFile(fileobj=stream)))
            content = _content(stream, path)
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

    The input is UTF-8 unless a byte-order mark says else, and may be packed by gzip; bytes that are no UTF-8 become U+FFFD. A line
    may have ``longest`` characters. Raises ``InputError`` for an input that cannot be opened or read, is no text, or has a
    longer line; an empty one has no lines.
    """
    path = shown(source.path)
    number = 0
    try:
        with _opened(source.path, stdin) as raw:
            stream = _peekable(raw)
            if stream.peek(2)[:2] == _GZIP:
                stream = _peekable(cast("BinaryIO", gzip.GzipFile(fileobj=stream)))
            head = stream.peek(_PEEK_FOR_ENCODING)[:_PEEK_FOR_ENCODING]
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
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(path, f"is cut off or damaged after line {number} ({error})") from error
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
    stream = _peekable(raw)
    if stream.peek(2)[:2] == _GZIP:
        stream = _peekable(cast("BinaryIO", gzip.GzipFile(fileobj=stream)))
    kind = kind_of(source.path)
    if source.feed or kind in FEED_SUFFIXES:
        yield from _feed(stream, path, options)
        return
    try:
        head = _peek(stream)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(path, f"is cut off or damaged: nothing of it can be decompressed ({error})") from error
    known = TEXT_SUFFIXES | MARKDOWN_SUFFIXES | HTML_SUFFIXES | PAIR_SUFFIXES
    if kind not in known and looks_like_feed(_complete_lines(head)):
        yield from _feed(stream, path, options)
        return
    content = _content(stream, path)
    trusted = options.suppressions and source.path != STANDARD_INPUT
    if kind in PAIR_SUFFIXES:
        document = pairs.document_of(decode(content.data, path, markup=kind in XML_PAIR_SUFFIXES), path, kind, options)
    else:
        document = _document(content.data, path, kind, options, trusted=trusted)
    if not document.blocks:
        raise InputError(path, "holds no text")
    if options.source is not None and document.source is None and not document.segments:
        document = replace(document, source=options.source)
    yield document
    if content.damage:
        yield InputError(path, content.damage)


def _feed(stream: io.BufferedReader, path: str, options: ReadOptions) -> Iterator[Document | InputError]:
    try:
        head = _peek(stream)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(path, f"is cut off or damaged: nothing of it can be decompressed ({error})") from error
    if not head:
        raise InputError(path, "is empty")
    refuse_binary(head, path)
    yield from read_feed(cast("BinaryIO", stream), path, feed_encoding(head), options)


def _document(data: bytes, path: str, kind: str, options: ReadOptions, *, trusted: bool) -> Document:
    """Make the one document of a file, with its suppressions where it is trusted. Raises ``InputError`` where there is none."""
    markup = kind in HTML_SUFFIXES or (
        kind not in TEXT_SUFFIXES | MARKDOWN_SUFFIXES and looks_like_html(data[:_PEEK].decode("latin-1"))
    )
    decoded = decode(data, path, markup=markup)
    if not markup and kind not in TEXT_SUFFIXES | MARKDOWN_SUFFIXES:
        # UTF-16 shows its markup only when decoded.
        markup = decoded.chosen_by in (EncodingSource.BYTE_ORDER_MARK, EncodingSource.NUL_PATTERN) and looks_like_html(
            decoded.text[:_PEEK]
        )
    if markup:
        document = html.document_of(decoded, path, options)
    elif kind in MARKDOWN_SUFFIXES:
        document = markdown.document_of(decoded, path, options)
    else:
        document = plain_text.document_of(decoded, path, options)
    return replace(document, suppressions=suppressions_in(decoded.text)) if trusted else document


@dataclass(frozen=True, slots=True)
class _Content:
    """The bytes of a file, and what was wrong where they are not all of it."""

    data: bytes
    damage: str = ""


def _content(stream: io.BufferedReader, path: str) -> _Content:
    parts: list[bytes] = []
    size = 0
    try:
        while part := stream.read1(1 << 20):
            parts.append(part)
            size += len(part)
            if size > LARGEST_DOCUMENT:
                raise InputError(path, f"is larger than {LARGEST_DOCUMENT // 1024 // 1024} MB")
    except EOFError:
        return _Content(b"".join(parts), "is cut off: the compressed data ends early, only its beginning was read")
    except (zlib.error, gzip.BadGzipFile):
        return _Content(b"".join(parts), "the compressed data is damaged, only its beginning was read")
    return _Content(b"".join(parts))


class _Raw(io.RawIOBase):
    """A raw view of any object with ``read``, so that what cannot be sought can be peeked at."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill a buffer as far as the next read goes."""
        view = memoryview(cast("bytearray", buffer)).cast("B")
        read_some = getattr(self._stream, "read1", self._stream.read)
        data = read_some(len(view))
        view[: len(data)] = data
        return len(data)


def _peekable(stream: BinaryIO) -> io.BufferedReader:
    if isinstance(stream, io.BufferedReader):
        return stream
    return io.BufferedReader(_Raw(stream), buffer_size=_PEEK)


def _peek(stream: io.BufferedReader) -> bytes:
    """Return the first bytes without consuming them: at least one where there is any."""
    return stream.peek(_PEEK)[:_PEEK]


def _complete_lines(head: bytes) -> str:
    """Return the beginning of a file as text for sniffing, an incomplete last line included."""
    return head.decode(feed_encoding(head), "replace")
