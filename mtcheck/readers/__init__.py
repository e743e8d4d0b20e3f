"""Bytes to documents: plain text, HTML, Markdown, feeds (JSONL, WARC, Parquet); every character keeps its place in the file.

``discover`` turns what the user named into inputs, ``read`` turns an input into documents, ``read_lines`` and ``stream_lines``
into bare lines. Each is loaded when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtcheck.core.lazy import exports

if TYPE_CHECKING:
    from mtcheck.readers.discovery import discover
    from mtcheck.readers.reading import read, read_lines, stream_lines

__all__ = ["discover", "read", "read_lines", "stream_lines"]

_READING = f"{__name__}.reading"
__getattr__ = exports(
    __name__,
    {"discover": f"{__name__}.discovery", "read": _READING, "read_lines": _READING, "stream_lines": _READING},
)
