"""What the templates show: a report's parts with everything decided that a template should not decide."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from mtcheck.core.checks import Documentation
from mtcheck.core.documents import Block, BlockKind, BlockRole
from mtcheck.core.findings import Evidence, Finding, Severity
from mtcheck.core.languages import UNDETERMINED
from mtcheck.core.report import DocumentReport
from mtcheck.core.spans import Span
from mtcheck.reporters.gathering import WORST_FIRST, DocumentResult, Reason, reasons
from mtcheck.reporters.html.segments import Labelled, Segment, segments
from mtcheck.reporters.protocol import Explanations
from mtcheck.reporters.visible import direction_of, percentage
from mtcheck.text.language_names import language_name

LANGUAGE_COLORS = 6
"""Languages of a page that get a color of their own; the rest share one."""

WIDE = 160
"""Characters from which a finding is about a passage: it is tinted, since an underline would drown what lies inside."""

_FOLDED_FROM = 4
"""Blocks of page furniture in a row, without a finding, from which they are folded."""

_LOOK_FIRST = 5
_TITLE_LIMIT = 160
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


@dataclass(frozen=True, slots=True)
class LanguageView:
    """A language of a page: its name, its share, and the number of its color."""

    code: str
    name: str
    share: str
    color: str


@dataclass(frozen=True, slots=True)
class Stripe:
    """One piece of the language ribbon, in thousandths of the page."""

    start: float
    width: float
    color: str
    title: str


@dataclass(frozen=True, slots=True)
class Ribbon:
    """The languages of a page from its start to its end, and their shares."""

    stripes: tuple[Stripe, ...]
    languages: tuple[LanguageView, ...]


@dataclass(frozen=True, slots=True)
class RelatedView:
    """A link to a related place."""

    href: str
    text: str
    message: str
    where: str


@dataclass(frozen=True, slots=True)
class Card:
    """A finding beside the text.

    ``number`` counts the page's findings from 1; ``anchor`` is its permanent link; ``about`` that of the check's
    explanation, or empty.
    """

    number: int
    anchor: str
    finding: Finding
    confidence: str
    evidence: tuple[Evidence, ...]
    related: tuple[RelatedView, ...]
    about: str


@dataclass(frozen=True, slots=True)
class Flag:
    """The small number at the start of a finding in the text."""

    number: int
    anchor: str
    severity: Severity
    title: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A segment of the text as it is drawn: plain where ``findings`` and ``related`` are empty."""

    segment: Segment
    flags: tuple[Flag, ...]
    related_anchors: tuple[str, ...]
    findings: str
    related: str
    severity: Severity | None
    wide: bool
    title: str


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block of the page. ``tag`` says what it is where that is worth saying; ``foreign`` names another language."""

    tag: str
    element: str
    kind: str
    language: str | None
    direction: str
    foreign: LanguageView | None
    furniture: bool
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class BlockGroup:
    """Blocks in a row; ``folded`` is empty, or what the fold says."""

    folded: str
    blocks: tuple[BlockView, ...]


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
    explanations: tuple[Explanation, ...]
    reasons: tuple[Reason, ...]
    problems: tuple[str, ...]


def slug(text: str) -> str:
    """Return a text as a safe id: letters, digits and hyphens of ASCII."""
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-")[:40]


def _about(code: str) -> str:
    return f"about-{slug(code)}"


def title_of(document: DocumentReport) -> str:
    """Return the document's title, its headline where it has none, and its path at last; cut where it is no title."""
    headline = next((block.span.of(document.text) for block in document.blocks if block.kind is BlockKind.HEADLINE), "")
    title = " ".join((document.title or headline)[: 4 * _TITLE_LIMIT].split()) or document.path
    return title if len(title) <= _TITLE_LIMIT else title[: _TITLE_LIMIT - 1] + "…"


def ribbon_of(document: DocumentReport) -> Ribbon:
    """Return the languages of a document along its text, neighbors of one language joined."""
    shares = {share.language: share.share for share in document.languages}
    known = dict.fromkeys([document.language, *sorted(shares, key=lambda code: -shares[code])])
    known.update(dict.fromkeys(block.language for block in document.block_languages))
    known.pop(UNDETERMINED, None)
    colors = {
        code: f"language-{number}" if number < LANGUAGE_COLORS else "language-more" for number, code in enumerate(known)
    }
    colors[UNDETERMINED] = "language-none"
    views = {
        code: LanguageView(code, language_name(code), percentage(shares[code]) if code in shares else "", colors[code])
        for code in (*known, UNDETERMINED)
    }
    runs: list[tuple[str, int]] = [
        (code, sum(len(block.span) for block in run))
        for code, run in groupby(document.block_languages, key=lambda block: block.language)
    ] or [(code, round(share * 1000)) for code, share in shares.items()]
    total = sum(length for _code, length in runs) or 1
    stripes, position = [], 0
    for code, length in runs:
        start = round(position * 1000 / total, 1)
        position += length
        stripes.append(Stripe(start, round(position * 1000 / total - start, 1), colors[code], views[code].name))
    shown = [view for view in views.values() if view.share or view.code in {code for code, _length in runs}]
    return Ribbon(tuple(stripes), tuple(shown))


def page_view(result: DocumentResult, pages: Mapping[str, str], explanations: Explanations) -> PageView:
    """Arrange one document; ``pages`` are the file names of all documents by id."""
    document = result.document
    ribbon = ribbon_of(document)
    cards = _cards(result.findings, pages, explanations)
    look_first = sorted(
        (card for card in cards if card.finding.severity.rank >= Severity.MAJOR.rank),
        key=lambda card: (-card.finding.severity.rank, -card.finding.confidence, card.number),
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
        _groups(document, ribbon, cards),
        tuple(
            Explanation(code, name, _about(code), explanations[code])
            for code, name in shown_codes
            if code in explanations
        ),
        reasons(result.not_checked),
        tuple(f"{problem.message} [{problem.kind}]" for problem in result.problems),
    )


def _cards(findings: Sequence[Finding], pages: Mapping[str, str], explanations: Explanations) -> tuple[Card, ...]:
    cards, anchors = [], set[str]()
    for number, finding in enumerate(findings, 1):
        anchor = f"finding-{slug(finding.fingerprint) or number}"
        if anchor in anchors:
            anchor = f"{anchor}-{number}"
        anchors.add(anchor)
        related = tuple(
            RelatedView(
                f"#related-{number}-{index}" if place.document == finding.document else pages.get(place.document, "#"),
                place.text,
                place.message,
                f"line {place.place.line}, column {place.place.column}"
                + ("" if place.document == finding.document else f" of {place.document}"),
            )
            for index, place in enumerate(finding.related, 1)
        )
        cards.append(
            Card(
                number,
                anchor,
                finding,
                percentage(finding.confidence),
                finding.evidence,
                related,
                _about(finding.code) if finding.code in explanations else "",
            )
        )
    return tuple(cards)


def _groups(document: DocumentReport, ribbon: Ribbon, cards: Sequence[Card]) -> tuple[BlockGroup, ...]:
    """Draw the whole text: the blocks, and what stands between them where it is more than white space or is marked."""
    pieces = _pieces(document, cards)
    drawing = _Drawing(document, cards, [piece.span for piece in pieces])
    languages = {view.code: view for view in ribbon.languages}
    identified = {entry.span: entry.language for entry in document.block_languages}
    views = [
        _block(document.text, piece, drawing.stretches(index), identified.get(piece.span), document.language, languages)
        for index, piece in enumerate(pieces)
    ]
    groups = []
    for foldable, run in groupby(views, key=lambda view: view.furniture and not _has_findings(view)):
        blocks = tuple(run)
        folded = foldable and len(blocks) >= _FOLDED_FROM
        groups.append(BlockGroup(f"{len(blocks)} blocks of page furniture" if folded else "", blocks))
    return tuple(groups)


def _has_findings(view: BlockView) -> bool:
    return any(stretch.findings or stretch.related for stretch in view.stretches)


def _pieces(document: DocumentReport, cards: Sequence[Card]) -> list[Block]:
    """Return the blocks, with a block made up for each gap between them that must be seen."""
    text, pieces, end = document.text, list[Block](), 0
    marked = sorted(card.finding.span for card in cards)
    gaps = []
    for block in (*document.blocks, None):
        start = len(text) if block is None else min(block.span.start, len(text))
        if start > end:
            gap = Span(end, start)
            first = bisect_left(marked, gap.start, key=lambda span: span.start)
            if gap.of(text).strip() or any(gap.contains(span) for span in marked[first : first + 1]):
                gaps.append(Block(BlockKind.PARAGRAPH, gap))
        if block is not None:
            pieces.append(
                Block(
                    block.kind, Span(start, min(block.span.end, len(text))), block.role, block.language, block.direction
                )
            )
            end = max(end, pieces[-1].span.end)
    return sorted((*pieces, *gaps), key=lambda piece: piece.span)


class _Drawing:
    """The findings and related places of a page, dealt out to its pieces; each begins in exactly one of them."""

    def __init__(self, document: DocumentReport, cards: Sequence[Card], pieces: Sequence[Span]) -> None:
        self._text = document.text
        self._cards = {card.number: card for card in cards}
        self._pieces = pieces
        self._related: list[tuple[int, str]] = []
        self._labels: list[list[Labelled]] = [[] for _piece in pieces]
        self._begun: set[int] = set()
        starts = [piece.start for piece in pieces]
        labels = [Labelled(card.finding.span, card.number) for card in cards]
        for card in cards:
            for index, place in enumerate(card.finding.related, 1):
                if place.document == document.id and len(place.span):
                    # Related places have negative numbers, so that one cut of the text serves both.
                    self._related.append((card.number, f"related-{card.number}-{index}"))
                    labels.append(Labelled(place.span, -len(self._related)))
        for label in labels:
            index = max(bisect_right(starts, label.span.start) - 1, 0)
            while index < len(pieces) and pieces[index].start < label.span.end:
                if pieces[index].overlaps(label.span):
                    self._labels[index].append(label)
                index += 1

    def stretches(self, index: int) -> tuple[Stretch, ...]:
        """Return the stretches of one piece."""
        return tuple(
            self._stretch(segment) for segment in segments(self._text, self._pieces[index], self._labels[index])
        )

    def _stretch(self, segment: Segment) -> Stretch:
        cards = [self._cards[number] for number in segment.numbers if number > 0]
        related = [self._related[-number - 1][0] for number in segment.numbers if number < 0]
        starting = [number for number in segment.starting if number not in self._begun]
        self._begun.update(starting)
        narrow = [card for card in cards if len(card.finding.span) < WIDE]
        severity = max((card.finding.severity for card in narrow or cards), key=lambda each: each.rank, default=None)
        return Stretch(
            segment,
            tuple(self._flag(self._cards[number]) for number in sorted(starting) if number > 0),
            tuple(self._related[-number - 1][1] for number in starting if number < 0),
            " ".join(str(card.number) for card in cards),
            " ".join(str(number) for number in dict.fromkeys(related)),
            severity,
            bool(cards) and not narrow,
            "; ".join(f"{card.finding.severity}: {card.finding.message}" for card in cards[:3]),
        )

    @staticmethod
    def _flag(card: Card) -> Flag:
        finding = card.finding
        return Flag(
            card.number, card.anchor, finding.severity, f"Finding {card.number}, {finding.severity}: {finding.name}"
        )


def _block(
    text: str,
    piece: Block,
    stretches: tuple[Stretch, ...],
    identified: str | None,
    page_language: str,
    languages: Mapping[str, LanguageView],
) -> BlockView:
    """Describe one block; the language identified weighs more than the one declared, which may be the error."""
    language = identified if identified not in {None, UNDETERMINED} else piece.language or page_language
    foreign = (
        languages.get(language or "") if language != page_language and identified not in {None, UNDETERMINED} else None
    )
    element = {BlockKind.HEADLINE: "h2", BlockKind.CODE: "pre"}.get(piece.kind, "p")
    plain = piece.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}
    return BlockView(
        "" if plain else str(piece.kind),
        element,
        slug(str(piece.kind)),
        language if language and _LANGUAGE_TAG.fullmatch(language) and language != UNDETERMINED else None,
        piece.direction if piece.direction in {"ltr", "rtl"} else direction_of(piece.span.of(text)),
        foreign,
        piece.role is BlockRole.FURNITURE,
        stretches,
    )
