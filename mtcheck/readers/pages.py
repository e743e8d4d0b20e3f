"""One page, whatever it came from: its bytes, or a string out of a record, to a document."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mtcheck.core.documents import Block, Document, MarkupSign
from mtcheck.core.errors import InputError
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.reading import InputFormat, ReadOptions
from mtcheck.readers import html, markdown, plain_text
from mtcheck.readers.encodings import EncodingSource, decode
from mtcheck.readers.sniffing import looks_like_html
from mtcheck.text.blocks import plain_blocks
from mtcheck.text.suppression_comments import suppressions_in

_SNIFFED = 65_536


def document_of(
    data: bytes,
    path: str,
    kind: InputFormat | None,
    options: ReadOptions,
    *,
    charset: str | None = None,
    trusted: bool = False,
) -> Document:
    """Return the document of a page's bytes, with its suppressions where it is trusted.

    ``kind`` is ``None`` where the bytes themselves have to tell. ``charset`` is what the page was served as. Raises
    ``InputError`` for what is no text or holds none.
    """
    markup = kind is InputFormat.HTML or (kind is None and looks_like_html(data[:_SNIFFED].decode("latin-1")))
    decoded = decode(data, path, markup=markup, charset=charset)
    if kind is None and not markup:
        # UTF-16 shows its markup only when decoded.
        markup = decoded.chosen_by in (EncodingSource.BYTE_ORDER_MARK, EncodingSource.NUL_PATTERN) and looks_like_html(
            decoded.text[:_SNIFFED]
        )
    if markup:
        document = html.document_of(decoded, path, options)
    elif kind is InputFormat.MARKDOWN:
        document = markdown.document_of(decoded, path, options)
    else:
        document = plain_text.document_of(decoded, path, options)
    if not document.blocks:
        raise InputError(path, "holds no text")
    return replace(document, suppressions=suppressions_in(decoded.text)) if trusted else document


@dataclass(frozen=True, slots=True)
class FieldText:
    """What a field of a record shows to a reader, with what it says of itself where it is a page."""

    text: str
    blocks: tuple[Block, ...]
    offsets: OffsetMap
    title: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None
    signs: tuple[MarkupSign, ...] = ()


def field_text(value: str, offsets: OffsetMap, *, markup: bool) -> FieldText:
    """Return what a string shows, as a page or as it is; ``offsets`` leads from the string to the file."""
    if not markup:
        return FieldText(value, plain_blocks(value), offsets)
    page = html.page_of(value)
    return FieldText(
        page.text,
        page.blocks,
        page.offsets.compose(offsets),
        page.title,
        page.url,
        page.published,
        page.language,
        page.signs,
    )


def shows_markup(name: str, value: str) -> bool:
    """Tell whether a field holds HTML: ``html`` does and ``text`` does not; any other is looked at."""
    return name == "html" or (name != "text" and looks_like_html(value[:_SNIFFED]))
