"""JSONL feeds: one record a line, read as a stream, places in the feed file itself."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO, cast

from mtcheck.core.documents import Document
from mtcheck.core.errors import InputError
from mtcheck.core.offsets import LineIndex
from mtcheck.core.reading import ReadOptions
from mtcheck.readers.decompression import ByteStream
from mtcheck.readers.discovery import reason_of
from mtcheck.readers.json_strings import mapped_string, members_of
from mtcheck.readers.pages import field_text, shows_markup
from mtcheck.readers.records import RecordNames, filled_fields, identifier_of, plain_string, reason_for_none

LONGEST_LINE = 64 * 1024 * 1024
"""Characters of one record: what is longer is refused, so that memory stays bounded whatever the feed holds."""

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def feed_encoding(head: bytes) -> str:
    """Return the codec of a feed by its first bytes: UTF-8 as RFC 8259 has it, unless a byte-order mark says else."""
    return next((codec for mark, codec in _MARKS if head.startswith(mark)), "utf-8")


def read_feed(stream: ByteStream, path: str, encoding: str, options: ReadOptions) -> Iterator[Document | InputError]:
    """Yield the document of each record, or the error that stands in its place.

    ``path`` is the file as shown. A line that is no record yields an error and reading goes on; a stream that breaks off yields
    what was read and then an error.
    """
    lines = io.TextIOWrapper(cast("BinaryIO", stream), encoding=encoding, errors="replace", newline="\n")
    try:
        yield from _records(lines, stream, path, encoding, options)
    finally:
        # The stream belongs to the caller, and a wrapper closes what it wraps when it goes.
        lines.detach()


def _records(
    lines: io.TextIOWrapper, stream: ByteStream, path: str, encoding: str, options: ReadOptions
) -> Iterator[Document | InputError]:
    names = RecordNames()
    offset, line_number = 0, 1
    found = False
    while True:
        try:
            line = lines.readline(LONGEST_LINE)
        except OSError as error:
            yield InputError(path, f"{reason_of(error)} after line {line_number - 1}")
            return
        if not line:
            break
        complete = line.endswith("\n") or len(line) < LONGEST_LINE
        if not complete:
            yield InputError(path, f"line {line_number} is longer than {LONGEST_LINE:,} characters")
            offset += len(line)
            try:
                while line and not line.endswith("\n"):
                    line = lines.readline(LONGEST_LINE)
                    offset += len(line)
            except OSError as error:
                yield InputError(path, f"{reason_of(error)} in line {line_number}")
                return
            line_number += 1
            continue
        if stream.damage and not line.endswith("\n"):
            # A piece of a record; what is wrong is said once.
            break
        if line.strip():
            found = True
            yield from _record(line, offset, line_number, path, encoding, options, names)
        offset += len(line)
        line_number += line.count("\n") if "\r" not in line else len(_LINE_BREAK.findall(line))
    if stream.damage:
        yield InputError(path, f"{stream.damage}: {line_number - 1:,} lines")
    elif not found:
        yield InputError(path, "is empty: it holds no record")


def _record(
    line: str, offset: int, number: int, path: str, encoding: str, options: ReadOptions, names: RecordNames
) -> Iterator[Document | InputError]:
    """Yield the documents of one line, which starts at ``offset`` of the file and is its line ``number``; mostly it is one."""
    where = f"{path}:{number}"
    try:
        members = members_of(line)
    except ValueError as error:
        yield InputError(where, str(error))
        return
    values = {name: member.value for name, member in members.items()}
    keys = filled_fields(values, options)
    if not keys:
        yield InputError(where, reason_for_none(list(values), options))
        return
    lines = LineIndex.of(line.rstrip("\r\n"), offset, number)
    identifier = f"{path}#{identifier_of(values.get('id')) or number}"
    for key in keys:
        mapped = mapped_string(line, members[key], offset, lines)
        shown = field_text(mapped.text, mapped.offsets, markup=shows_markup(key, mapped.text))
        if not shown.blocks:
            yield InputError(where, "its HTML holds no text" if key == "html" else f'its "{key}" holds no text')
            continue
        yield Document(
            doc_id=names.unique(f"{identifier}:{key}" if len(keys) > 1 else identifier),
            path=path,
            text=shown.text,
            blocks=shown.blocks,
            offsets=shown.offsets,
            encoding=encoding,
            title=plain_string(values.get("title")) or shown.title,
            url=plain_string(values.get("url")) or shown.url,
            published=plain_string(values.get("published")) or shown.published,
            declared_language=plain_string(values.get("language")) or shown.language,
            expected_language=options.language,
            source=plain_string(values.get("source")),
            source_language=plain_string(values.get("source_language")) or options.source_language,
            signs=shown.signs,
        )


def looks_like_feed(head: str) -> bool:
    """Tell whether a text's first line that holds anything is a record of a feed."""
    first = next((line for line in head.splitlines() if line.strip()), "")
    if not first.lstrip().startswith("{"):
        return False
    try:
        members = members_of(first)
    except ValueError:
        return False
    return "text" in members or "html" in members
