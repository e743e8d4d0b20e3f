"""What was fitted and lies in ``data``: a number for its content, so that a result kept from before it was fitted anew is not used."""

from __future__ import annotations

from importlib.resources import files
from zlib import crc32


def version_of(*names: str) -> int:
    """Return a number that changes with the content of files of ``mtcheck/text/data``."""
    number = 0
    for name in names:
        number = crc32((files("mtcheck.text") / "data" / name).read_bytes(), number)
    return number
