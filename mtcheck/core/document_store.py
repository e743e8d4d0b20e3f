"""The documents of a report: a sequence that reads them from disk one at a time, and what is short of each at hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, overload

from mtcheck.core.spill import Slot, Spill

if TYPE_CHECKING:
    from mtcheck.core.report import DocumentReport, Scores


@dataclass(frozen=True, slots=True)
class DocumentHead:
    """What is short of a document, so that nobody has to read its text to know it."""

    id: str
    path: str
    scores: Scores


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document that lies in a spill."""

    head: DocumentHead
    slot: Slot


class DocumentStore(Sequence["DocumentReport"]):
    """Documents in a spill, in order. Each access makes its document anew; iterating holds one at a time.

    A store never changes: ``rescored`` and ``followed_by`` make others over the same spill.
    """

    __slots__ = ("_spill", "_stored")
    __hash__ = None  # type: ignore[assignment]  # as of a list: it would take reading all texts

    def __init__(self, spill: Spill, stored: Sequence[StoredDocument]) -> None:
        """Take the spill and what was put into it (``put``)."""
        self._spill, self._stored = spill, stored

    @classmethod
    def of(cls, documents: Sequence[DocumentReport]) -> DocumentStore:
        """Return documents as a store; one that is a store already stays as it is."""
        if isinstance(documents, DocumentStore):
            return documents
        spill = Spill()
        return cls(spill, put(spill, documents))

    @property
    def heads(self) -> Sequence[DocumentHead]:
        """What is short of each document, in order."""
        return _Heads(self._stored)

    def rescored(self, scores: Iterable[Scores]) -> DocumentStore:
        """Return the documents with these scores, one for each in order."""
        return DocumentStore(
            self._spill,
            [
                StoredDocument(replace(stored.head, scores=new), stored.slot)
                for stored, new in zip(self._stored, scores, strict=True)
            ],
        )

    def followed_by(self, documents: Sequence[DocumentReport]) -> DocumentStore:
        """Return these documents and then others. Raises ``OutputError`` where the disk does not take them."""
        return DocumentStore(self._spill, [*self._stored, *put(self._spill, documents)])

    def __len__(self) -> int:
        return len(self._stored)

    @overload
    def __getitem__(self, index: int) -> DocumentReport: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[DocumentReport]: ...
    def __getitem__(self, index: int | slice) -> DocumentReport | Sequence[DocumentReport]:
        if isinstance(index, slice):
            return DocumentStore(self._spill, self._stored[index])
        return self._read(self._stored[index])

    def __iter__(self) -> Iterator[DocumentReport]:
        return map(self._read, self._stored)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, DocumentStore | tuple | list):
            return NotImplemented
        return len(self) == len(other) and all(one == another for one, another in zip(self, other, strict=True))

    def _read(self, stored: StoredDocument) -> DocumentReport:
        document: DocumentReport = self._spill.get(stored.slot)
        return document if document.scores == stored.head.scores else replace(document, scores=stored.head.scores)


class _Heads(Sequence[DocumentHead]):
    """A view: a list of all heads would only take memory."""

    __slots__ = ("_stored",)

    def __init__(self, stored: Sequence[StoredDocument]) -> None:
        self._stored = stored

    def __len__(self) -> int:
        return len(self._stored)

    @overload
    def __getitem__(self, index: int) -> DocumentHead: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[DocumentHead]: ...
    def __getitem__(self, index: int | slice) -> DocumentHead | Sequence[DocumentHead]:
        return _Heads(self._stored[index]) if isinstance(index, slice) else self._stored[index].head


def put(spill: Spill, documents: Iterable[DocumentReport]) -> tuple[StoredDocument, ...]:
    """Put documents into a spill. Raises ``OutputError`` where the disk does not take them."""
    return tuple(StoredDocument(head_of(document), spill.put(document)) for document in documents)


def head_of(document: DocumentReport) -> DocumentHead:
    """Return what is short of a document."""
    return DocumentHead(document.id, document.path, document.scores)


def heads_of(documents: Sequence[DocumentReport]) -> Sequence[DocumentHead]:
    """Return what is short of each document, in order."""
    return documents.heads if isinstance(documents, DocumentStore) else tuple(map(head_of, documents))
