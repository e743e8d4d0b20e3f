"""The index of a report: its documents from the worst down, in parts where there are many."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, overload

from mtcheck.core.document_store import DocumentHead, head_of
from mtcheck.core.findings import Finding, Severity
from mtcheck.core.report import ScanReport
from mtcheck.reporters.gathering import WORST_FIRST, DocumentResult, Said
from mtcheck.reporters.html.folder import INDEX
from mtcheck.reporters.html.ribbon import Ribbon, Stripe, ribbon_of
from mtcheck.reporters.html.views import title_of
from mtcheck.reporters.visible import language_label

ROWS_A_SHARD = 200
"""Documents in one part of the index: as many as a table can hold and still open at once."""

MOST_DATA = 5_000_000
"""Characters of data that the first part holds for sorting and filtering all documents; the worst come first."""

_LANGUAGES_SHOWN = 4
_MOST_STRIPES = 60
"""Stripes of a ribbon in the index, where it is a few fingers wide."""


@dataclass(frozen=True, slots=True)
class Row:
    """A document in the index; ``order`` is its place from the worst down, ``languages`` their shares in words."""

    order: int
    head: DocumentHead
    title: str
    href: str
    ribbon: Ribbon
    languages: str
    counts: tuple[tuple[Severity, int], ...]
    findings: int


@dataclass(frozen=True, slots=True)
class Shard:
    """One part of the index: its file, which documents it holds (from 1), and the files before and after it."""

    name: str
    rows: Sequence[Row]
    first: int
    last: int
    documents: int
    count: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A check in the index, with how often it fired."""

    code: str
    name: str
    severity: Severity
    findings: int
    documents: int


def index_names(documents: int) -> list[str]:
    """Return the file names of the parts of an index."""
    count = max(1, -(-documents // ROWS_A_SHARD))
    return [INDEX, *(f"index-{number}.html" for number in range(2, count + 1))]


def shards_of(report: ScanReport, names: Sequence[str]) -> tuple[Shard, ...]:
    """Return the parts of the index; ``names`` are the file names of the documents' pages."""
    rows = _Rows(report, names)
    files = index_names(len(rows))
    return tuple(
        Shard(
            file,
            rows[index * ROWS_A_SHARD : (index + 1) * ROWS_A_SHARD],
            index * ROWS_A_SHARD + 1,
            min((index + 1) * ROWS_A_SHARD, len(rows)),
            len(rows),
            len(files),
            files[index - 1] if index else "",
            files[index + 1] if index + 1 < len(files) else "",
        )
        for index, file in enumerate(files)
    )


def rows_as_data(shards: Sequence[Shard]) -> list[list[Any]] | None:
    """Return all rows as ``rows.js`` reads them, so many as fit ``MOST_DATA``; ``None`` where one table holds them all."""
    if len(shards) == 1:
        return None
    made: list[list[Any]] = []
    size = 0
    for shard in shards:
        for row in shard.rows:
            data = _row_as_data(row)
            size += len(json.dumps(data, separators=(",", ":"))) + 1
            if size > MOST_DATA:
                return made
            made.append(data)
    return made


def check_rows(findings: Sequence[Finding]) -> list[CheckRow]:
    """Return the checks that fired, the most frequent first."""
    groups: dict[tuple[str, str], list[tuple[Severity, str]]] = {}
    for finding in findings:
        groups.setdefault((finding.code, finding.name), []).append((finding.severity, finding.document))
    rows = [
        CheckRow(
            code,
            name,
            max((severity for severity, _document in group), key=lambda severity: severity.rank),
            len(group),
            len({document for _severity, document in group}),
        )
        for (code, name), group in groups.items()
    ]
    return sorted(rows, key=lambda row: (-row.findings, row.code))


class _Rows(Sequence[Row]):
    """The rows of all documents, the worst first; each is made of its document when it is asked for."""

    def __init__(self, report: ScanReport, names: Sequence[str]) -> None:
        self._documents, self._names, self._said = report.documents, names, Said(report)
        heads = report.heads
        # By penalty, then by penalty a word; the report's order breaks ties.
        self._order = sorted(range(len(heads)), key=lambda number: self._badness(heads[number]))
        if len(names) != len(heads):
            raise ValueError(f"{len(names)} names of pages for {len(heads)} documents")

    def _badness(self, head: DocumentHead) -> tuple[float, ...]:
        scores = head.scores
        return (-scores.penalty, -(scores.penalty_per_1000_words or 0.0), -len(self._said.findings(head.id)))

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return _Part(self, range(len(self))[index])
        number = self._order[index]
        return _row(index % len(self), self._said.result(self._documents[number]), self._names[number])


@dataclass(frozen=True, slots=True)
class _Part(Sequence[Row]):
    """Some of the rows."""

    rows: Sequence[Row]
    numbers: range

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        return _Part(self.rows, self.numbers[index]) if isinstance(index, slice) else self.rows[self.numbers[index]]


def _row(order: int, result: DocumentResult, href: str) -> Row:
    document = result.document
    ribbon = ribbon_of(document)
    shares = [f"{language_label(language.code)} {language.share}" for language in ribbon.languages if language.share]
    more = len(shares) - _LANGUAGES_SHOWN
    return Row(
        order,
        head_of(document),
        title_of(document),
        href,
        Ribbon(_coarse(ribbon.stripes), ribbon.languages),
        ", ".join(shares[:_LANGUAGES_SHOWN]) + (f", {more} more" if more > 0 else ""),
        tuple((severity, result.count(severity)) for severity in WORST_FIRST),
        len(result.findings),
    )


def _coarse(stripes: tuple[Stripe, ...]) -> tuple[Stripe, ...]:
    """Join stripes that are too narrow to see with the one before them."""
    if len(stripes) <= _MOST_STRIPES:
        return stripes
    joined: list[Stripe] = []
    for stripe in stripes:
        if joined and (joined[-1].color == stripe.color or stripe.width < 1000 / _MOST_STRIPES):
            before = joined[-1]
            joined[-1] = Stripe(before.start, round(before.width + stripe.width, 1), before.color, before.title)
        else:
            joined.append(stripe)
    return tuple(joined)


def _row_as_data(row: Row) -> list[Any]:
    head = row.head
    rate = head.scores.penalty_per_1000_words
    return [
        row.href,
        row.title,
        head.path,
        head.id if head.id != head.path else "",
        row.languages,
        [[stripe.color, stripe.width] for stripe in row.ribbon.stripes],
        [count for _severity, count in row.counts],
        None if rate is None else round(rate, 4),
        head.scores.words,
    ]
