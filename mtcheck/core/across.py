"""Checks across pages: what each page yields for them, how it is brought together, what they say of which page.

A page is seen once and then gone, so it leaves records: small values that can be pickled, with the places they may be
pointed at by. When all pages were seen, a pure function groups the records of a kind, and every check that lives on them
judges the groups. Where and in which order the pages were seen makes no difference: records come to the grouping in the
order of their documents' ids.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from mtcheck.core.documents import Document
from mtcheck.core.facts import Fact, Facts
from mtcheck.core.findings import Evidence, RelatedPlace, Severity
from mtcheck.core.offsets import Place
from mtcheck.core.spans import Span

RecordT = TypeVar("RecordT")
GroupT = TypeVar("GroupT")
OptionsT = TypeVar("OptionsT")


@dataclass(frozen=True, slots=True)
class PlacedSpan:
    """A span that can be pointed at when its document is gone: its place in the file, its text.

    ``utf16`` counts UTF-16 code units of the document's text; ``context`` is a digest of the sentence around the span, for
    the fingerprint of a finding there.
    """

    document: str
    span: Span
    place: Place
    utf16: Span
    text: str
    context: str

    def related(self, message: str) -> RelatedPlace:
        """Return this span as a place that belongs to a finding elsewhere."""
        return RelatedPlace(self.document, self.span, self.place, self.utf16, self.text, message)


PlaceSpan = Callable[[Span], PlacedSpan]


@dataclass(frozen=True, slots=True)
class Meeting(Generic[RecordT]):
    """Which records can come into one group, told without having them all in memory.

    ``identity`` is what a record is, ``keys`` where it can meet another one. A record belongs to no group unless a key of it is also
    a key of a record with another identity; all records of one identity have the same keys.
    """

    identity: Callable[[RecordT], object]
    keys: Callable[[RecordT], Iterable[object]]


@dataclass(frozen=True, slots=True)
class Gathering(Generic[RecordT, GroupT]):
    """One kind of record, and how the records of all pages are grouped; several checks may share it.

    ``record`` is the class of the records, a dataclass of plain values that can be kept in a file. ``records`` is pure: same document and facts (those in ``needs``), same records; it places the spans it keeps with the
    function it is given. ``group`` gets the records of all pages, sorted by document, and returns groups in an order that
    depends on the records only; it should not take much longer than sorting them.
    Where there is a ``meeting``, ``group`` may be given only the records that can meet.
    """

    name: str
    needs: tuple[Fact[Any], ...]
    record: type[RecordT]
    records: Callable[[Document, Facts, PlaceSpan], Iterable[RecordT]]
    group: Callable[[Sequence[RecordT]], Sequence[GroupT]]
    meeting: Meeting[RecordT] | None = None


@dataclass(frozen=True, slots=True)
class PageHit:
    """What a check across pages says of one page: where, what is wrong there, and the evidence.

    ``confidence`` and ``severity`` are those of ``mtcheck.core.findings.Hit``; ``related`` may lie in other documents.
    Raises ``ValueError`` for a confidence outside (0, 1] or an empty span.
    """

    at: PlacedSpan
    message: str
    confidence: float = 1.0
    evidence: tuple[Evidence, ...] = ()
    related: tuple[RelatedPlace, ...] = ()
    severity: Severity | None = None

    def __post_init__(self) -> None:
        if not 0.0 < self.confidence <= 1.0:
            raise ValueError(f"a confidence lies in (0, 1], not {self.confidence}")
        if len(self.at.span) == 0:
            raise ValueError("a hit needs at least one character to point at")


@dataclass(frozen=True, slots=True)
class AcrossPages(Generic[GroupT, OptionsT]):
    """The part of a check that looks across pages: the records it lives on, and a pure function that judges groups."""

    gathering: Gathering[Any, GroupT]
    judge: Callable[[Sequence[GroupT], OptionsT], Iterable[PageHit]]


@dataclass(frozen=True, slots=True)
class PageRecords:
    """The records that one document yielded for one gathering."""

    gathering: str
    document: str
    records: tuple[Any, ...]


def in_order(pages: Iterable[PageRecords], gathering: str) -> list[Any]:
    """Return the records of one gathering, whatever order the pages came in."""
    chosen = sorted((page for page in pages if page.gathering == gathering), key=lambda page: page.document)
    return [record for page in chosen for record in page.records]
