"""What a page shows, with everything decided that a template should not decide."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mtcheck.core.checks import Documentation
from mtcheck.core.documents import BlockKind
from mtcheck.core.findings import Severity
from mtcheck.core.report import DocumentReport, NotChecked
from mtcheck.core.spans import Span
from mtcheck.reporters.gathering import WORST_FIRST, DocumentResult, Reason, reasons
from mtcheck.reporters.html.blocks import BlockGroup, groups_of
from mtcheck.reporters.html.cards import Card, about_anchor, cards_of
from mtcheck.reporters.html.ribbon import Ribbon, ribbon_of
from mtcheck.reporters.html.trips import TripTable, sentences_of, table_of
from mtcheck.reporters.protocol import Explanations

_LOOK_FIRST = 5
_TITLE_LIMIT = 160


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a check of this page is about."""

    code: str
    name: str
    anchor: str
    documentation: Documentation


@dataclass(frozen=True, slots=True)
class PageView:
    """Everything a page shows."""

    document: DocumentReport
    title: str
    link: str | None
    ribbon: Ribbon
    counts: tuple[tuple[Severity, int], ...]
    cards: tuple[Card, ...]
    look_first: tuple[Card, ...]
    groups: tuple[BlockGroup, ...]
    trips: TripTable | None
    explanations: tuple[Explanation, ...]
    reasons: tuple[Reason, ...]
    problems: tuple[str, ...]

    @property
    def incomplete(self) -> bool:
        """Whether something was asked for on this page and could not be done."""
        return any(reason.incomplete for reason in self.reasons)


def title_of(document: DocumentReport) -> str:
    """Return the document's title, its headline where it has none, and its path at last; cut where it is no title."""
    headline = next((block.span.of(document.text) for block in document.blocks if block.kind is BlockKind.HEADLINE), "")
    title = " ".join((document.title or headline)[: 4 * _TITLE_LIMIT].split()) or document.path
    return title if len(title) <= _TITLE_LIMIT else title[: _TITLE_LIMIT - 1] + "…"


def page_view(
    result: DocumentResult,
    scan_wide: Sequence[NotChecked],
    pages: Mapping[str, str],
    explanations: Explanations,
    pointed_at: Sequence[Span] = (),
) -> PageView:
    """Arrange one document; ``scan_wide`` was not checked anywhere, ``pages`` are the file names of documents by id.

    ``pointed_at`` are the places of this document that findings of other documents link to.
    """
    document = result.document
    ribbon = ribbon_of(document)
    cards = cards_of(result.findings, pages, explanations)
    look_first = sorted(
        (card for card in cards if card.finding.severity.rank >= Severity.MAJOR.rank),
        key=lambda card: (-card.finding.severity.rank, -card.finding.confidence, card.number),
    )
    sentences = sentences_of(document)
    groups = groups_of(document, ribbon, cards, sentences, pointed_at)
    drawn = frozenset(
        anchor
        for group in groups
        for block in group.blocks
        for stretch in block.stretches
        for anchor in stretch.sentence_anchors
    )
    shown_codes = sorted({(finding.code, finding.name) for finding in result.findings})
    return PageView(
        document,
        title_of(document),
        document.url if document.url and re.match(r"https?://", document.url) else None,
        ribbon,
        tuple((severity, result.count(severity)) for severity in WORST_FIRST if result.count(severity)),
        cards,
        tuple(look_first[:_LOOK_FIRST]) if len(cards) > _LOOK_FIRST else (),
        groups,
        table_of(document, sentences, drawn),
        tuple(
            Explanation(code, name, about_anchor(code), explanations[code])
            for code, name in shown_codes
            if code in explanations
        ),
        reasons((*result.not_checked, *scan_wide)),
        tuple(f"{problem.message} [{problem.kind}]" for problem in result.problems),
    )
