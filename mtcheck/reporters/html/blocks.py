"""The text of a page as it is drawn: blocks, and in them the stretches over which findings and related places lie."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, groupby

from mtcheck.core.documents import Block, BlockKind, BlockRole
from mtcheck.core.findings import Severity
from mtcheck.core.languages import UNDETERMINED
from mtcheck.core.report import DocumentReport
from mtcheck.core.spans import Span
from mtcheck.core.translation import RoundTrip
from mtcheck.reporters.html.cards import WIDE, Card, Part, place_anchor, slug
from mtcheck.reporters.html.ribbon import LanguageView, Ribbon
from mtcheck.reporters.html.segments import Labelled, Segment, segments
from mtcheck.reporters.html.trips import anchor_of, place_of
from mtcheck.reporters.visible import direction_in, language_tag

_LONGEST_WORD = 40
_FIRST_WITHOUT_SPACES = 0x2E80
"""Characters of East Asian scripts begin here, in which nothing parts one word from the next."""

_FOLDED_FROM = 4
"""Blocks of page furniture in a row, without a finding, from which they are folded."""


@dataclass(frozen=True, slots=True)
class Flag:
    """The small number at the start of a finding in the text."""

    number: int
    anchor: str
    severity: Severity
    title: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A segment of the text as it is drawn: plain where ``findings`` and ``related`` are empty.

    ``sentence`` is the number of the round trip that it belongs to, or empty, and ``trip`` the id of that round trip's row
    where the sentence ends here.
    """

    segment: Segment
    flags: tuple[Flag, ...]
    related_anchors: tuple[str, ...]
    sentence_anchors: tuple[str, ...]
    sentence: str
    trip: str
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


def groups_of(
    document: DocumentReport,
    ribbon: Ribbon,
    cards: Sequence[Card],
    sentences: Sequence[RoundTrip],
    pointed_at: Sequence[Span] = (),
) -> tuple[BlockGroup, ...]:
    """Draw the whole text: the blocks, and what stands between them where it is more than white space or is marked.

    ``sentences`` are the page's round trips in the order of the text, ``pointed_at`` the places that findings of other
    pages link to.
    """
    pieces = _pieces(document, cards)
    drawing = _Drawing(document, cards, sentences, [piece.span for piece in pieces], pointed_at)
    languages = {view.code: view for view in ribbon.languages}
    identified = {entry.span: entry.language for entry in document.block_languages}
    views = [
        _block(document.text, piece, drawing.stretches(index), identified.get(piece.span), document.language, languages)
        for index, piece in enumerate(pieces)
    ]
    # A row of menu entries says once that it is one.
    for index in range(len(views) - 1, 0, -1):
        before, view = views[index - 1], views[index]
        if view.furniture and before.furniture and view.tag == before.tag:
            views[index] = replace(view, tag="")
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
    marked = sorted(part.finding.span for card in cards for part in card.parts)
    gaps = []
    for block in (*document.blocks, None):
        start = len(text) if block is None else min(block.span.start, len(text))
        if start > end:
            gap = Span(end, start)
            first = bisect_left(marked, gap.start, key=lambda span: span.start)
            words = gap.of(text)
            if any(gap.contains(span) for span in marked[first : first + 1]):
                gaps.append(Block(BlockKind.PARAGRAPH, gap))
            elif words.strip():
                # Bullets and rules between blocks are not what the page says.
                role = BlockRole.MAIN if any(map(str.isalpha, words)) else BlockRole.FURNITURE
                inner = Span(end + len(words) - len(words.lstrip()), end + len(words.rstrip()))
                gaps.append(Block(BlockKind.PARAGRAPH, inner, role))
        if block is not None:
            pieces.append(
                Block(
                    block.kind, Span(start, min(block.span.end, len(text))), block.role, block.language, block.direction
                )
            )
            end = max(end, pieces[-1].span.end)
    return sorted((*pieces, *gaps), key=lambda piece: piece.span)


class _Drawing:
    """Findings, related places and sentences of a page, dealt out to its pieces; each begins in exactly one of them.

    One cut of the text serves all: every span gets a number, and what the number stands for is looked up.
    """

    def __init__(
        self,
        document: DocumentReport,
        cards: Sequence[Card],
        sentences: Sequence[RoundTrip],
        pieces: Sequence[Span],
        pointed_at: Sequence[Span],
    ) -> None:
        self._text = document.text
        self._marked: dict[int, tuple[Card, Part]] = {}
        self._flags: dict[int, Card] = {}
        self._related: dict[int, tuple[int, str]] = {}
        self._pointed_at: dict[int, str] = {}
        self._sentences: dict[int, int] = {}
        self._sentence_ends: dict[int, int] = {}
        self._pieces = pieces
        self._labels: list[list[Labelled]] = [[] for _piece in pieces]
        self._begun: set[int] = set()
        self._numbers = count(1)
        starts = [piece.start for piece in pieces]
        for label in (*self._of_cards(document.id, cards), *self._of_places(sentences, pointed_at)):
            index = max(bisect_right(starts, label.span.start) - 1, 0)
            while index < len(pieces) and pieces[index].start < label.span.end:
                if pieces[index].overlaps(label.span):
                    self._labels[index].append(label)
                index += 1

    def _of_cards(self, document: str, cards: Sequence[Card]) -> Iterator[Labelled]:
        for card in cards:
            start = card.span.start
            # The flag stands before the word that the finding begins in, so that it does not cut the word.
            begin = _word_start(self._text, start)
            if begin < start:
                label = Labelled(Span(begin, start), next(self._numbers))
                self._flags[label.number] = card
                yield label
            flagged = begin < start
            for part in card.parts:
                label = Labelled(part.finding.span, next(self._numbers))
                self._marked[label.number] = (card, part)
                if part.finding.span.start == start and not flagged:
                    self._flags[label.number], flagged = card, True
                yield label
            places = (place for part in card.parts for place in part.finding.related)
            for index, place in enumerate(places, 1):
                if place.document == document and len(place.span):
                    label = Labelled(place.span, next(self._numbers))
                    self._related[label.number] = (card.number, f"related-{card.number}-{index}")
                    yield label

    def _of_places(self, sentences: Sequence[RoundTrip], pointed_at: Sequence[Span]) -> Iterator[Labelled]:
        for span in sorted(set(pointed_at)):
            if len(span):
                label = Labelled(span, next(self._numbers))
                self._pointed_at[label.number] = place_anchor(span)
                yield label
        for index, trip in enumerate(sentences, 1):
            label = Labelled(trip.sentence, next(self._numbers))
            self._sentences[label.number] = index
            self._sentence_ends[label.number] = trip.sentence.end
            yield label

    def stretches(self, index: int) -> tuple[Stretch, ...]:
        """Return the stretches of one piece."""
        return tuple(
            self._stretch(segment) for segment in segments(self._text, self._pieces[index], self._labels[index])
        )

    def _stretch(self, segment: Segment) -> Stretch:
        over = [self._marked[number] for number in segment.numbers if number in self._marked]
        related = [self._related[number][0] for number in segment.numbers if number in self._related]
        sentences = [number for number in segment.numbers if number in self._sentences]
        ending = [number for number in sentences if self._sentence_ends[number] == segment.span.end]
        starting = [number for number in segment.starting if number not in self._begun]
        self._begun.update(starting)
        narrow = [part for _card, part in over if len(part.finding.span) < WIDE]
        parts = narrow or [part for _card, part in over]
        severity = max((part.finding.severity for part in parts), key=lambda each: each.rank, default=None)
        return Stretch(
            segment,
            tuple(self._flag(self._flags[number]) for number in sorted(starting) if number in self._flags),
            (
                *(self._related[number][1] for number in starting if number in self._related),
                *(self._pointed_at[number] for number in starting if number in self._pointed_at),
            ),
            tuple(place_of(self._sentences[number]) for number in starting if number in self._sentences),
            str(self._sentences[sentences[0]]) if sentences else "",
            anchor_of(self._sentences[ending[0]]) if ending else "",
            " ".join(dict.fromkeys(str(card.number) for card, _part in over)),
            " ".join(str(number) for number in dict.fromkeys(related)),
            severity,
            bool(over) and not narrow,
            "; ".join(f"{part.finding.severity}: {part.finding.message}" for _card, part in over[:3]),
        )

    @staticmethod
    def _flag(card: Card) -> Flag:
        name = card.lead.finding.name
        return Flag(card.number, card.lead.anchor, card.severity, f"Finding {card.number}, {card.severity}: {name}")


def _word_start(text: str, start: int) -> int:
    """Return where the word begins that ``start`` lies in; ``start`` itself in scripts that do not part their words."""
    begin = start
    while begin > max(0, start - _LONGEST_WORD) and _joins(text[begin - 1]) and _joins(text[begin]):
        begin -= 1
    return begin if begin > start - _LONGEST_WORD else start


def _joins(character: str) -> bool:
    return ord(character) < _FIRST_WITHOUT_SPACES and (character.isalnum() or unicodedata.combining(character) > 0)


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
        language_tag(language),
        piece.direction if piece.direction in {"ltr", "rtl"} else direction_in(language, piece.span.of(text)),
        foreign,
        piece.role is BlockRole.FURNITURE,
        stretches,
    )
