"""Bytes to documents: plain text, HTML, Markdown, feeds (JSONL, WARC, Parquet); every character keeps its place in the file.

``discover`` turns what the user named into inputs, ``read`` turns an input into documents, ``read_lines`` and ``stream_lines``
into bare lines.
"""

from __future__ import annotations

from mtcheck.readers.discovery import discover
from mtcheck.readers.reading import read, read_lines, stream_lines

__all__ = ["discover", "read", "read_lines", "stream_lines"]
