"""From hits to findings: places in the original file, UTF-16 offsets and fingerprints, all in one spot."""

from __future__ import annotations

import hashlib
import posixpath
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from mtcheck.core.checks import Check
from mtcheck.core.documents import Document
from mtcheck.core.findings import UNCONFIRMED, Finding, Hit, RelatedPlace
from mtcheck.core.spans import Span
from mtcheck.text.sentences import Sentence

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_FINGERPRINT_HEX_DIGITS = 20


class FindingMaker:
    """Makes the findings of one document.

    A fingerprint is a hash of the check's code, the document as ``stable_id`` names it, the span's text and its sentence (white space and case
    folded) and a counter for equal ones: it survives moved lines and changes when the sentence changes.
    """

    def __init__(self, document: Document, sentences: Sequence[Sentence]) -> None:
        """Take the document and its sentences, in order."""
        self._document = document
        self._sentences = sentences
        self._astral = [match.start() for match in _ASTRAL.finditer(document.text)]
        self._seen: Counter[tuple[str, str, str]] = Counter()

    def findings(self, check: Check[Any], hits: Iterable[Hit]) -> list[Finding]:
        """Return the findings for a check's hits, in the order of their spans.

        Raises ``ValueError`` for a hit that points outside the document.
        """
        ordered = sorted(hits, key=lambda hit: (hit.span, hit.message))
        return [self._finding(check, hit) for hit in ordered]

    def _finding(self, check: Check[Any], hit: Hit) -> Finding:
        document = self._document
        return Finding(
            code=check.code,
            name=check.name,
            category=check.category,
            severity=hit.severity or check.severity,
            confidence=round(hit.confidence, 4),
            status=UNCONFIRMED,
            document=document.doc_id,
            span=hit.span,
            place=document.place(hit.span),
            utf16=self._utf16(hit.span),
            text=hit.span.of(document.text),
            message=hit.message,
            evidence=hit.evidence,
            related=tuple(
                RelatedPlace(
                    document.doc_id,
                    related.span,
                    document.place(related.span),
                    self._utf16(related.span),
                    related.span.of(document.text),
                    related.message,
                )
                for related in hit.related
            ),
            fingerprint=self._fingerprint(check.code, hit.span),
        )

    def _utf16(self, span: Span) -> Span:
        """Return the span in UTF-16 code units: each character beyond U+FFFF takes two."""
        return Span(
            span.start + bisect_left(self._astral, span.start),
            span.end + bisect_left(self._astral, span.end),
        )

    def _fingerprint(self, code: str, span: Span) -> str:
        text = self._document.text
        key = (code, _folded(span.of(text)), _folded(self._context(span).of(text)))
        occurrence = self._seen[key]
        self._seen[key] += 1
        identity = stable_id(self._document.doc_id, self._document.path)
        parts = "\0".join((code, identity, key[1], key[2], str(occurrence)))
        return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:_FINGERPRINT_HEX_DIGITS]

    def _context(self, span: Span) -> Span:
        """Return the sentence at the start of the span, else its block, else the span itself."""
        index = bisect_right(self._sentences, span.start, key=lambda sentence: sentence.span.start) - 1
        if index >= 0 and span.start < self._sentences[index].span.end:
            return self._sentences[index].span
        block = self._document.block_at(span.start)
        return span if block is None else block.span


def stable_id(document: str, path: str) -> str:
    """Return a document's identifier without the accidents of naming: ``./page.txt`` is ``page.txt``.

    ``document`` is the path, or the path with ``#record`` behind it.
    """
    return posixpath.normpath(path) + document.removeprefix(path) if document.startswith(path) else document


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
