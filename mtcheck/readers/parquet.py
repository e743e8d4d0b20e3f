"""Parquet tables, read row by row: a row is a document, its places count in the text of its column.

The columns have the names of the fields of a JSONL feed: ``text`` or ``html`` (or those of ``text_fields``), and ``id``, ``url``,
``title``, ``published``, ``language``, ``source``, ``source_language``. Where neither ``text`` nor ``html`` is there, a table with
one column of strings has its text in that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from mtcheck.core.documents import Document
from mtcheck.core.errors import InputError
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.reading import ReadOptions
from mtcheck.readers.decompression import LARGEST_RATIO, UNMEASURED
from mtcheck.readers.pages import field_text, shows_markup
from mtcheck.readers.records import (
    DEFAULT_FIELDS,
    RecordNames,
    filled_fields,
    identifier_of,
    plain_string,
    reason_for_none,
)

if TYPE_CHECKING:
    from pyarrow import DataType
    from pyarrow.parquet import ParquetFile

PARQUET_MAGIC = b"PAR1"
LONGEST_TEXT = 64 * 1024 * 1024
"""Characters of one row's text; what is longer is refused."""
ROWS_AT_ONCE = 64
_BUFFER = 1 << 20
_ABOUT = ("id", "url", "title", "published", "language", "source", "source_language")
_HALF_PAIR = re.compile("[\ud800-\udfff]")


def read_parquet(file: str, path: str, options: ReadOptions) -> Iterator[Document | InputError]:
    """Yield the document of each row, or the error that stands in its place; ``path`` is the file as shown.

    Raises ``InputError`` where what reads tables is not installed, or the table has no column to read.
    """
    if file == "-":
        raise InputError(path, "Parquet has its directory at the end and cannot be read from a stream; name the file")
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise InputError(path, "is a Parquet file, which needs an extra: pip install 'mtcheck[parquet]'") from error
    number = 0
    try:
        # Pages are fetched as they are needed, not a group of rows at once: such a group may be the whole file.
        with ParquetFile(file, pre_buffer=False, buffer_size=_BUFFER) as table:
            columns = _columns(table, path, options)
            _refuse_expanding(table, path, columns)
            chosen = replace(options, text_fields=tuple(name for name in columns if name not in _ABOUT))
            if not options.text_fields and set(chosen.text_fields) <= set(DEFAULT_FIELDS):
                chosen = options
            names = RecordNames()
            for batch in table.iter_batches(batch_size=ROWS_AT_ONCE, columns=list(columns), use_threads=False):
                for index in range(batch.num_rows):
                    number += 1
                    values = {name: _value(batch.column(name)[index]) for name in columns}
                    yield from _row(values, number, path, chosen, names)
            if not number:
                yield InputError(path, "is empty: it holds no row")
    except (ArrowException, OSError, ValueError) as error:
        # The messages of the library go on about its own sources.
        reason = str(error).split("\n")[0][:200]
        yield InputError(path, f"is damaged, or no Parquet file; {number:,} rows were read ({reason})")


def _columns(table: ParquetFile, path: str, options: ReadOptions) -> tuple[str, ...]:
    """Return the columns to read: those that hold the text, and those that say something of it."""
    schema = table.schema_arrow
    # Of two columns of one name no one can tell which is meant.
    names = [name for name in schema.names if schema.names.count(name) == 1]
    strings = [name for name in names if _is_string(schema.field(name).type)]
    about = [name for name in _ABOUT if name in names and not _is_nested(schema.field(name).type)]
    if options.text_fields:
        missing = [name for name in options.text_fields if name not in strings]
        if missing:
            listed = ", ".join(strings) or "none"
            raise InputError(path, f"has no column of strings called {missing[0]!r}; its columns of strings: {listed}")
        text = list(options.text_fields)
    else:
        text = [name for name in DEFAULT_FIELDS if name in strings]
        if not text and len(strings) == 1:
            text = strings
        if not text:
            listed = ", ".join(strings) or "none"
            raise InputError(path, f"name the column of the text (--text-field); its columns of strings: {listed}")
    return tuple(dict.fromkeys([*text, *about]))


def _is_string(kind: DataType) -> bool:
    from pyarrow import types

    if types.is_dictionary(kind):
        kind = kind.value_type
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _is_nested(kind: DataType) -> bool:
    from pyarrow import types

    return bool(types.is_nested(kind))


def _refuse_expanding(table: ParquetFile, path: str, columns: tuple[str, ...]) -> None:
    """Raise ``InputError`` for columns that say themselves that they expand beyond all measure."""
    metadata = table.metadata
    for group in range(metadata.num_row_groups):
        row_group = metadata.row_group(group)
        for index in range(row_group.num_columns):
            column = row_group.column(index)
            size = column.total_uncompressed_size
            if column.path_in_schema in columns and size > max(
                UNMEASURED, LARGEST_RATIO * column.total_compressed_size
            ):
                raise InputError(path, f"expands to more than {LARGEST_RATIO} times its size and is not read")


def _value(cell: Any) -> object:
    """Return a value of the table as Python has it; bytes that are no UTF-8 in a string stand as U+FFFD."""
    try:
        value: object = cell.as_py()
    except UnicodeDecodeError:
        value = cell.as_buffer().to_pybytes().decode("utf-8", "replace")
    if isinstance(value, str):
        return _HALF_PAIR.sub("\ufffd", value)
    return value.isoformat() if isinstance(value, date) else value


def _row(
    values: dict[str, object], number: int, path: str, options: ReadOptions, names: RecordNames
) -> Iterator[Document | InputError]:
    where = f"{path}, row {number}"
    keys = filled_fields(values, options)
    if not keys:
        yield InputError(where, reason_for_none([name for name in values if name not in _ABOUT], options))
        return
    identifier = f"{path}#{identifier_of(values.get('id')) or number}"
    for key in keys:
        text = str(values[key])
        if len(text) > LONGEST_TEXT:
            yield InputError(where, f'its "{key}" is longer than {LONGEST_TEXT:,} characters')
            continue
        shown = field_text(text, OffsetMap.identity(text), markup=shows_markup(key, text))
        if not shown.blocks:
            yield InputError(where, f'its "{key}" holds no text')
            continue
        yield Document(
            doc_id=names.unique(f"{identifier}:{key}" if len(keys) > 1 else identifier),
            path=path,
            text=shown.text,
            blocks=shown.blocks,
            offsets=shown.offsets,
            title=plain_string(values.get("title")) or shown.title,
            url=plain_string(values.get("url")) or shown.url,
            published=plain_string(values.get("published")) or shown.published,
            declared_language=plain_string(values.get("language")) or shown.language,
            expected_language=options.language,
            source=plain_string(values.get("source")),
            source_language=plain_string(values.get("source_language")) or options.source_language,
            signs=shown.signs,
        )
