"""What a page shows, with everything decided that a template should not decide."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mtcheck.core.checks import Documentation
from mtcheck.core.documents import BlockKind
from mtcheck.core.findings import Severity
from mtcheck.core.report import DocumentReport, NotChecked
from mtcheck.core.spans import Span
from mtcheck.reporters.gathering import WORST_FIRST, DocumentResult, Reason, reasons
from mtcheck.reporters.html.blocks import BlockGroup, groups_of
from mtcheck.reporters.html.breakdown import Breakdown, breakdown_of
from mtcheck.reporters.html.cards import Card, about_anchor, cards_of
from mtcheck.reporters.html.ribbon import Ribbon, ribbon_of
from mtcheck.reporters.html.strip import SurprisalStrip, Tick, surprisal_of, ticks_of
from mtcheck.reporters.html.trips import TripTable, sentences_of, table_of
from mtcheck.reporters.protocol import Explanations
from mtcheck.reporters.visible import language_tag

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
class CheckFilter:
    """A check to filter by, and the cards in which it speaks."""

    code: str
    name: str
    cards: int


@dataclass(frozen=True, slots=True)
class PageView:
    """Everything a page shows. ``counts`` are its cards by severity, ``findings`` the findings in them."""

    document: DocumentReport
    title: str
    tag: str | None
    link: str | None
    ribbon: Ribbon
    ticks: tuple[Tick, ...]
    surprisal: SurprisalStrip | None
    breakdown: Breakdown
    findings: int
    checks: tuple[CheckFilter, ...]
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
        (card for card in cards if card.severity.rank >= Severity.MAJOR.rank and not card.is_settled),
        key=lambda card: (-card.severity.rank, -card.lead.finding.confidence, card.number),
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
    by_severity = Counter(card.severity for card in cards)
    shown_codes = sorted({(finding.code, finding.name) for finding in result.findings})
    return PageView(
        document,
        title_of(document),
        language_tag(document.language),
        document.url if document.url and re.match(r"https?://", document.url) else None,
        ribbon,
        ticks_of(document, cards),
        surprisal_of(document),
        breakdown_of(result),
        len(result.findings),
        _check_filters(cards),
        tuple((severity, by_severity[severity]) for severity in WORST_FIRST if by_severity[severity]),
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


def _check_filters(cards: Sequence[Card]) -> tuple[CheckFilter, ...]:
    counts = Counter(code for card in cards for code in card.codes)
    names = {part.finding.code: part.finding.name for card in cards for part in card.parts}
    return tuple(CheckFilter(code, names[code], counts[code]) for code in sorted(counts))
