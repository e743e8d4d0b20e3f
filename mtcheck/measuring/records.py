"""The compressed files that measurements read."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mtcheck.core.errors import InputError


def lines_of(path: Path) -> Iterator[str]:
    """Yield the lines of a gzip file without their ends. Raises ``InputError`` where it cannot be read."""
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
            for line in lines:
                yield line.rstrip("\n")
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror or error}") from error
    except (EOFError, zlib.error, UnicodeDecodeError) as error:
        raise InputError(str(path), f"cannot be read: {error}") from error


def records_of(path: Path, *fields: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of a gzip file of JSON lines.

    Raises ``InputError`` where it cannot be read, where a line is no object, and where one lacks one of the ``fields``.
    """
    for number, line in enumerate(lines_of(path), 1):
        try:
            record = json.loads(line)
        except ValueError as error:
            raise InputError(str(path), f"cannot be read: line {number}: {error}") from error
        if not isinstance(record, dict):
            raise InputError(str(path), f"cannot be read: line {number} is no object")
        missing = [field for field in fields if field not in record]
        if missing:
            raise InputError(str(path), f"cannot be read: line {number} lacks {missing[0]!r}")
        yield record
