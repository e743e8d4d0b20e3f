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


def records_of(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a gzip file of JSON lines. Raises ``InputError`` where it cannot be read or is none."""
    for line in lines_of(path):
        try:
            record: dict[str, Any] = json.loads(line)
        except ValueError as error:
            raise InputError(str(path), f"cannot be read: {error}") from error
        yield record
