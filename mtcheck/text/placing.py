"""Places for spans: where they stand in the original file, in UTF-16 code units, and in which sentence."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from mtcheck.core.across import PlacedSpan
from mtcheck.core.documents import Document
from mtcheck.core.spans import Span
from mtcheck.text.sentences import Sentence

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_CONTEXT_HEX_DIGITS = 20


class Placer:
    """Places spans of one document."""

    def __init__(self, document: Document, sentences: Sequence[Sentence]) -> None:
        """Take the document and its sentences, in order."""
        self._document = document
        self._sentences = sentences
        self._astral = [match.start() for match in _ASTRAL.finditer(document.text)]

    def placed(self, span: Span) -> PlacedSpan:
        """Return a span with its places. Raises ``ValueError`` for one that lies outside the document."""
        document = self._document
        context = folded(self.context(span).of(document.text))
        digest = hashlib.sha256(context.encode("utf-8", "surrogatepass")).hexdigest()[:_CONTEXT_HEX_DIGITS]
        text = span.of(document.text)
        return PlacedSpan(document.doc_id, span, document.place(span), self.utf16(span), text, digest)

    def utf16(self, span: Span) -> Span:
        """Return the span in UTF-16 code units: each character beyond U+FFFF takes two."""
        return Span(
            span.start + bisect_left(self._astral, span.start),
            span.end + bisect_left(self._astral, span.end),
        )

    def context(self, span: Span) -> Span:
        """Return the sentence at the start of the span, else its block, else the span itself."""
        index = bisect_right(self._sentences, span.start, key=lambda sentence: sentence.span.start) - 1
        if index >= 0 and span.start < self._sentences[index].span.end:
            return self._sentences[index].span
        block = self._document.block_at(span.start)
        return span if block is None else block.span


def folded(text: str) -> str:
    """Return a text with white space and case folded, as fingerprints compare it."""
    return " ".join(text.casefold().split())
