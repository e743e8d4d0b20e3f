"""JSONL feeds: one record a line, read as a stream, places in the feed file itself."""

from __future__ import annotations

import codecs
import io
import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from mtcheck.core.documents import Document
from mtcheck.core.errors import InputError
from mtcheck.core.offsets import LineIndex
from mtcheck.core.reading import ReadOptions
from mtcheck.readers.discovery import reason_of
from mtcheck.readers.html import page_of
from mtcheck.readers.json_strings import Member, mapped_string, members_of
from mtcheck.text.blocks import plain_blocks

LONGEST_LINE = 64 * 1024 * 1024
"""Characters of one record: what is longer is refused, so that memory stays bounded whatever the feed holds."""

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def feed_encoding(head: bytes) -> str:
    """Return the codec of a feed by its first bytes: UTF-8 as RFC 8259 has it, unless a byte-order mark says else."""
    return next((codec for mark, codec in _MARKS if head.startswith(mark)), "utf-8")


def read_feed(stream: BinaryIO, path: str, encoding: str, options: ReadOptions) -> Iterator[Document | InputError]:
    """Yield the document of each record, or the error that stands in its place.

    ``stream`` gives the bytes, decompressed. ``path`` is the file as shown. A line that is no record yields an error and
    reading goes on; a stream that breaks off yields what was read and then an error.
    """
    lines = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="\n")
    try:
        yield from _records(lines, path, encoding, options)
    finally:
        # The stream belongs to the caller, and a wrapper closes what it wraps when it goes.
        lines.detach()


def _records(
    lines: io.TextIOWrapper, path: str, encoding: str, options: ReadOptions
) -> Iterator[Document | InputError]:
    seen: dict[str, int] = {}
    offset, line_number = 0, 1
    found = False
    while True:
        try:
            line = lines.readline(LONGEST_LINE)
        except (EOFError, zlib.error) as error:
            yield InputError(path, f"is cut off or damaged after line {line_number - 1} ({_plain(error)})")
            return
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
            except (EOFError, OSError, zlib.error):
                yield InputError(path, f"is cut off or damaged in line {line_number}")
                return
            line_number += 1
            continue
        if line.strip():
            found = True
            yield _record(line, offset, line_number, path, encoding, options, seen)
        offset += len(line)
        line_number += line.count("\n") if "\r" not in line else len(_LINE_BREAK.findall(line))
    if not found:
        yield InputError(path, "is empty: it holds no record")


def _plain(error: Exception) -> str:
    return "the compressed data ends early" if isinstance(error, EOFError) else "the compressed data is damaged"


def _record(
    line: str, offset: int, number: int, path: str, encoding: str, options: ReadOptions, seen: dict[str, int]
) -> Document | InputError:
    """Make the document of one line, which starts at ``offset`` of the file and is its line ``number``."""
    where = f"{path}:{number}"
    try:
        members = members_of(line)
    except ValueError as error:
        return InputError(where, str(error))
    key = next((name for name in ("text", "html") if _filled(members.get(name))), None)
    if key is None:
        named = [name for name in ("text", "html") if name in members]
        reason = f'its "{named[0]}" is not a string or is empty' if named else 'it has neither "text" nor "html"'
        return InputError(where, reason)
    mapped = mapped_string(line, members[key], offset, LineIndex.of(line.rstrip("\r\n"), offset, number))
    record = _Fields(members)
    if key == "html":
        page = page_of(mapped.text)
        text, blocks, offsets = page.text, page.blocks, page.offsets.compose(mapped.offsets)
        title, url, published, language = page.title, page.url, page.published, page.language
        signs = page.signs
        if not blocks:
            return InputError(where, "its HTML holds no text")
    else:
        text, blocks, offsets = mapped.text, plain_blocks(mapped.text), mapped.offsets
        title = url = published = language = None
        signs = ()
    return Document(
        doc_id=_unique(f"{path}#{record.identifier() or number}", seen),
        path=path,
        text=text,
        blocks=blocks,
        offsets=offsets,
        encoding=encoding,
        title=record.string("title") or title,
        url=record.string("url") or url,
        published=record.string("published") or published,
        declared_language=record.string("language") or language,
        expected_language=options.language,
        source=record.string("source"),
        source_language=record.string("source_language") or options.source_language,
        signs=signs,
    )


class _Fields:
    """The members of a record that are read as plain values."""

    def __init__(self, members: dict[str, Member]) -> None:
        self._members = members

    def string(self, name: str) -> str | None:
        """Return a member that is a string and not blank, halves of surrogate pairs replaced; else ``None``."""
        member = self._members.get(name)
        if member is None or not isinstance(member.value, str) or not member.value.strip():
            return None
        return _printable(member.value)

    def identifier(self) -> str | None:
        """Return the record's ``id``, which may be a number too."""
        member = self._members.get("id")
        if member is not None and isinstance(member.value, int) and not isinstance(member.value, bool):
            return str(member.value)
        return self.string("id")


def _filled(member: Member | None) -> bool:
    return member is not None and isinstance(member.value, str) and bool(member.value.strip())


def _printable(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unique(identifier: str, seen: dict[str, int]) -> str:
    """Return an identifier that no record before had: the second ``a`` is ``a~2``."""
    unique = identifier
    while unique in seen:
        seen[identifier] = seen.get(identifier, 1) + 1
        unique = f"{identifier}~{seen[identifier]}"
    seen[unique] = 1
    return unique


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
