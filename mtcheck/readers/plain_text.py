"""Plain text files: the text as it is, blocks by shape."""

from __future__ import annotations

from mtcheck.core.documents import Document
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.reading import ReadOptions
from mtcheck.readers.encodings import Decoded
from mtcheck.text.blocks import plain_blocks


def document_of(decoded: Decoded, path: str, options: ReadOptions) -> Document:
    """Return the document of a plain text file; its text is the whole file as decoded."""
    text = decoded.text
    return Document(
        doc_id=path,
        path=path,
        text=text,
        blocks=plain_blocks(text),
        offsets=OffsetMap.identity(text),
        encoding=decoded.encoding,
        expected_language=options.language,
        source_language=options.source_language,
    )
