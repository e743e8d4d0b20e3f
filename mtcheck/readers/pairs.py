"""Files of pairs: XLIFF 1.2 and 2.x, TMX 1.4, gettext PO and tables (TSV), each read as one page with its source.

The text of the document is the translation of every unit, one block each, every character at its place in the file. What
each was translated from goes along as ``Document.segments``. Units whose translation is not in use (marked as obsolete or
as fuzzy in PO) are left out.
"""

from __future__ import annotations

from collections.abc import Callable

from mtcheck.core.documents import Block, BlockKind, Document, SegmentPair
from mtcheck.core.errors import InputError
from mtcheck.core.offsets import LineIndex
from mtcheck.core.reading import InputFormat, ReadOptions
from mtcheck.core.spans import Span
from mtcheck.readers.encodings import decode
from mtcheck.readers.gettext_pairs import gettext_pairs
from mtcheck.readers.pair_records import FilePairs
from mtcheck.readers.run_builder import RunBuilder
from mtcheck.readers.table_pairs import table_pairs
from mtcheck.readers.xml_pairs import xml_pairs

_SEPARATOR = "\n\n"


def document_of(data: bytes, path: str, kind: InputFormat, options: ReadOptions) -> Document:
    """Return the document of a file of pairs. Raises ``InputError`` where it holds none."""
    decoded = decode(data, path, markup=kind in (InputFormat.XLIFF, InputFormat.TMX))
    found = _reader_of(kind)(decoded.text, options)
    if not found.pairs:
        raise InputError(path, "holds no pair of a source and its translation")
    builder = RunBuilder()
    blocks: list[Block] = []
    segments: list[SegmentPair] = []
    for pair in found.pairs:
        if not pair.source.strip():
            continue
        if not any(piece.text.strip() for piece in pair.target):
            segments.append(SegmentPair(Span(builder.length, builder.length), pair.source))
            continue
        if blocks:
            builder.separate(_SEPARATOR, pair.target[0].start)
        start = builder.length
        for piece in pair.target:
            builder.add(piece.text, piece.start, piece.end)
        blocks.append(Block(BlockKind.PARAGRAPH, Span(start, builder.length)))
        segments.append(SegmentPair(Span(start, builder.length), pair.source))
    if not blocks:
        raise InputError(path, "holds no translation: every unit has its source only")
    return Document(
        doc_id=path,
        path=path,
        text=builder.text(),
        blocks=tuple(blocks),
        offsets=builder.offsets(len(decoded.text), LineIndex.of(decoded.text)),
        encoding=decoded.encoding,
        declared_language=found.target_language or None,
        expected_language=options.language,
        source_language=found.source_language or options.source_language,
        segments=tuple(segments),
    )


def _reader_of(kind: InputFormat) -> Callable[[str, ReadOptions], FilePairs]:
    if kind is InputFormat.PO:
        return gettext_pairs
    return table_pairs if kind is InputFormat.TSV else xml_pairs
