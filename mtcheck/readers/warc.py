"""WARC files (ISO 28500), read as a stream: every archived page is a document, its places count in the page itself.

Pages are the responses of servers (only those that say success), resources and conversions (the text that Common Crawl makes
of its pages), of a media type that a person reads. All others are passed over, as a scan of a folder passes over its
images. A record is untangled as a browser would do it: transfer and content encodings are undone, and the charset of the HTTP
header counts before the page's own.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO, cast

from mtcheck.core.documents import Document
from mtcheck.core.errors import InputError
from mtcheck.core.reading import InputFormat, ReadOptions
from mtcheck.readers.decompression import GZIP_MAGIC, ZSTD_MAGIC, ByteStream
from mtcheck.readers.pages import document_of
from mtcheck.readers.records import RecordNames, plain_string

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

WARC_MAGIC = b"WARC/1."
LARGEST_PAGE = 64 * 1024 * 1024
"""Bytes of one page, decoded; what is longer is refused, so that memory stays bounded whatever the archive holds."""
_TYPES = {
    "text/html": InputFormat.HTML,
    "application/xhtml+xml": InputFormat.HTML,
    "text/plain": InputFormat.TEXT,
    "text/markdown": InputFormat.MARKDOWN,
}
_MOST_ENCODINGS = 3
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]{0,9}(?:;[^\r\n]{0,200})?\r?\n")
_ZLIB_START = b"\x78"
_LIKE_A_PAGE = re.compile(rb"\s{0,100}<[!?a-zA-Z]")
_END_OF_RECORD = b"\r\n\r\n"


def read_warc(stream: ByteStream, path: str, options: ReadOptions) -> Iterator[Document | InputError]:
    """Yield the document of each page, or the error that stands in its place.

    A page is named by its address (``path#https://...``), which stays the same from one crawl to the next. Raises ``InputError``
    where what reads archives is not installed.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise InputError(path, "is a WARC file, which needs an extra: pip install 'mtcheck[warc]'") from error
    if not stream.head():
        raise InputError(path, "is empty")
    if not stream.head().startswith(b"WARC/"):
        raise InputError(path, "is no WARC file: it does not begin with WARC/")
    names = RecordNames()
    found = False
    records = iter(
        ArchiveIterator(
            cast("BinaryIO", _Counted(stream)),
            record_types=WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion,
            stream_detect=False,
            strict_mode=False,
        )
    )
    number = 0
    while True:
        try:
            record = next(records)
        except StopIteration:
            break
        except BaseException as error:
            if not _is_foreseen(error):
                raise
            after = f"after {number:,} records" if number else "at its first record"
            yield InputError(path, stream.damage or f"is damaged {after}, the rest was not read ({_lower(error)})")
            return
        number += 1
        kind = _kind_of(record)
        if kind is None:
            continue
        item = _document(record, number, kind, path, options, names)
        found = found or item is not None
        if item is not None:
            yield item
    if stream.damage:
        yield InputError(path, f"{stream.damage}: {number:,} records")
    elif stream.tail != _END_OF_RECORD:
        yield InputError(path, "is cut off in its last record")
    elif not found:
        yield InputError(path, "holds no page: no record of HTML or plain text")


def _kind_of(record: WarcRecord) -> InputFormat | None:
    """Return what a record's page is, or ``None`` for what nobody reads: images, scripts, error pages."""
    if record.is_http:
        status = record.http_headers.status_code if record.is_http_parsed else None
        if status is None or not 200 <= status < 300:
            return None
        declared = record.http_content_type or ""
    else:
        declared = record.headers.get("Content-Type") or ""
    return _TYPES.get(declared.partition(";")[0].strip().lower())


def _document(
    record: WarcRecord, number: int, kind: InputFormat, path: str, options: ReadOptions, names: RecordNames
) -> Document | InputError | None:
    """Return the document of one record; ``None`` for a page without a single byte, as answers to a question may be."""
    address = plain_string((record.headers.get("WARC-Target-URI") or "").strip("<>"))
    name = names.unique(f"{path}#{address or record.record_id or number}")
    try:
        data = _body(record)
    except BaseException as error:
        if not _is_foreseen(error):
            raise
        return InputError(name, f"its encoding for the transfer cannot be undone ({_lower(error)})")
    if not data:
        return None
    if len(data) > LARGEST_PAGE:
        return InputError(name, f"is larger than {LARGEST_PAGE // 1024 // 1024} MB")
    charset = language = None
    if record.is_http:
        charset = record.http_charset
        language = plain_string(record.http_headers.get("Content-Language"))
    try:
        document = document_of(data, name, kind, options, charset=charset)
    except InputError as error:
        return error
    # A header may list the languages of the readers that are meant; that says nothing of the page's own.
    served = language if language and "," not in language else None
    return replace(
        document,
        path=path,
        url=address or document.url,
        declared_language=document.declared_language or served,
    )


def _body(record: WarcRecord) -> bytes:
    """Return the bytes of a page as a browser would see them, or more than ``LARGEST_PAGE`` of them.

    Tools often store a page decoded and leave the header as it was; what does not look encoded is taken as it is. Raises
    ``OSError`` or ``ValueError`` for what cannot be decoded.
    """
    # The library could do this while it reads, but loses its way in the archive where a page is damaged.
    from fastwarc.stream_io import BrotliReader, GzipReader, ZstdReader

    data = record.reader.read(LARGEST_PAGE + 1)
    if not record.is_http or not record.is_http_parsed or len(data) > LARGEST_PAGE:
        return data
    headers = record.http_headers
    if "chunked" in (headers.get("Transfer-Encoding") or "").lower() and _CHUNK.match(data):
        data = _unchunked(data)
    encodings = [name.strip().lower() for name in (headers.get("Content-Encoding") or "").split(",")]
    for encoding in reversed(encodings[:_MOST_ENCODINGS]):
        if encoding in ("gzip", "x-gzip") and data.startswith(GZIP_MAGIC):
            data = GzipReader(io.BytesIO(data)).read(LARGEST_PAGE + 1)
        elif encoding == "deflate" and data[:1] == _ZLIB_START:
            data = zlib.decompressobj().decompress(data, LARGEST_PAGE + 1)
        elif encoding == "zstd" and data.startswith(ZSTD_MAGIC):
            data = ZstdReader(io.BytesIO(data)).read(LARGEST_PAGE + 1)
        elif encoding == "br" and not _LIKE_A_PAGE.match(data):
            data = BrotliReader(io.BytesIO(data)).read(LARGEST_PAGE + 1)
    return data


def _unchunked(data: bytes) -> bytes:
    """Return what was sent in chunks (RFC 9112, 7.1) up to the last whole or cut one. Raises ``ValueError`` for no chunk."""
    parts = []
    position = 0
    while position < len(data):
        start = _CHUNK.match(data, position)
        if start is None:
            raise ValueError("a chunk has no length")
        size = int(start[1], 16)
        if size == 0:
            break
        parts.append(data[start.end() : start.end() + size])
        position = start.end() + size
        position += 2 if data.startswith(b"\r\n", position) else 1
    return b"".join(parts)


class _Counted:
    """What the library asks of a stream, which includes the position in it."""

    def __init__(self, stream: ByteStream) -> None:
        self._stream = stream
        self._position = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read1(size)
        self._position += len(data)
        return data

    def tell(self) -> int:
        return self._position


def _is_foreseen(error: BaseException) -> bool:
    """Tell whether an error comes of the data. A panic of the library's is no ``Exception`` to Python, and ends one archive."""
    return isinstance(error, OSError | ValueError | zlib.error) or type(error).__module__ == "pyo3_runtime"


def _lower(error: BaseException) -> str:
    message = str(error) or type(error).__name__
    return message[0].lower() + message[1:]
