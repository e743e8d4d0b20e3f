"""From hits to findings: places in the original file, UTF-16 offsets and fingerprints, all in one spot."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from mtcheck.core.across import PageHit, PlacedSpan
from mtcheck.core.checks import Check
from mtcheck.core.documents import Document
from mtcheck.core.findings import UNCONFIRMED, Finding, Hit, RelatedPlace
from mtcheck.core.spans import Span
from mtcheck.scan.confidence import shown_confidence
from mtcheck.scan.identity import stable_id
from mtcheck.text.placing import Placer, folded
from mtcheck.text.sentences import Sentence

# More of one kind on one page tell an editor nothing, and a hostile page must not fill the memory.
MOST_FINDINGS_OF_A_CHECK = 1000
TOO_MANY = f"the first {MOST_FINDINGS_OF_A_CHECK:,} findings of this check are listed; there are more"
_FINGERPRINT_HEX_DIGITS = 20


class FindingMaker:
    """Makes the findings of one document.

    A fingerprint is a hash of the check's code, the document as ``stable_id`` names it, the span's text and its sentence (white space and case
    folded) and a counter for equal ones: it survives moved lines and changes when the sentence changes.
    """

    def __init__(self, document: Document, sentences: Sequence[Sentence]) -> None:
        """Take the document and its sentences, in order."""
        self._document = document
        self._placer = Placer(document, sentences)
        self._seen: Counter[tuple[str, str, str]] = Counter()

    def findings(self, check: Check[Any], hits: Iterable[Hit]) -> list[Finding]:
        """Return the findings for a check's hits, in the order of their spans.

        Raises ``ValueError`` for a hit that points outside the document.
        """
        ordered = sorted(hits, key=lambda hit: (hit.span, hit.message))
        return [self._finding(check, hit) for hit in ordered]

    def _finding(self, check: Check[Any], hit: Hit) -> Finding:
        document = self._document
        fingerprint = self._fingerprint(check.code, hit.span)
        return Finding(
            code=check.code,
            name=check.name,
            category=check.category,
            severity=hit.severity or check.severity,
            confidence=round(shown_confidence(check.code, hit.confidence), 4),
            status=UNCONFIRMED,
            document=document.doc_id,
            span=hit.span,
            place=document.place(hit.span),
            utf16=self._placer.utf16(hit.span),
            text=hit.span.of(document.text),
            message=hit.message,
            evidence=hit.evidence,
            related=tuple(
                RelatedPlace(
                    document.doc_id,
                    related.span,
                    document.place(related.span),
                    self._placer.utf16(related.span),
                    related.span.of(document.text),
                    related.message,
                )
                for related in hit.related
            ),
            fingerprint=fingerprint,
            fault=fingerprint,
        )

    def _fingerprint(self, code: str, span: Span) -> str:
        text = self._document.text
        key = (code, folded(span.of(text)), folded(self._placer.context(span).of(text)))
        occurrence = self._seen[key]
        self._seen[key] += 1
        identity = stable_id(self._document.doc_id, self._document.path)
        return _digest(code, identity, key[1], key[2], str(occurrence))


class PageFindingMaker:
    """Makes the findings of checks across pages, when the documents themselves are gone."""

    def __init__(self) -> None:
        """Start with no finding made."""
        self._seen: Counter[tuple[str, str, str, str]] = Counter()

    def findings(self, check: Check[Any], hits: Iterable[PageHit]) -> list[Finding]:
        """Return the findings for a check's hits, in the order of their documents' ids and spans."""
        ordered = sorted(hits, key=lambda hit: (hit.at.document, hit.at.span, hit.message))
        return [self._finding(check, hit) for hit in ordered]

    def _finding(self, check: Check[Any], hit: PageHit) -> Finding:
        at = hit.at
        fingerprint = self._fingerprint(check.code, at)
        return Finding(
            code=check.code,
            name=check.name,
            category=check.category,
            severity=hit.severity or check.severity,
            confidence=round(shown_confidence(check.code, hit.confidence), 4),
            status=UNCONFIRMED,
            document=at.document,
            span=at.span,
            place=at.place,
            utf16=at.utf16,
            text=at.text,
            message=hit.message,
            evidence=hit.evidence,
            related=hit.related,
            fingerprint=fingerprint,
            fault=fingerprint,
        )

    def _fingerprint(self, code: str, at: PlacedSpan) -> str:
        identity = stable_id(at.document, at.document.partition("#")[0])
        key = (code, identity, folded(at.text), at.context)
        occurrence = self._seen[key]
        self._seen[key] += 1
        return _digest(*key, str(occurrence))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_FINGERPRINT_HEX_DIGITS]
