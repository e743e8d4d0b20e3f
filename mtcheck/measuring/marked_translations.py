"""Checks against translations in which professionals marked the errors (MQM, Freitag et al. 2021).

Segments are sentences there, and what were paragraphs is not kept. A page made of them must not part what one pair of marks
encloses: segments between which a quotation of the *source* stays open are put into one paragraph, whatever the translation
does. All other segments are paragraphs of their own.

A finding is right *at the spot* when a rater marked an error where the finding stands, or where it says that a lost mark
belongs; raters mark either. It is right *in the segment* when any error is marked in the segment of such a place. Raters mark
at most five errors a segment, so that both are lower bounds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mtcheck.core.documents import Block, BlockKind, Document
from mtcheck.core.findings import Hit
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.spans import Span
from mtcheck.measuring.intervals import Count, is_tuning
from mtcheck.measuring.records import records_of
from mtcheck.testing import facts_of, run_check

MARKED_SETS = ("newstest2020.zh-en.mqm", "newstest2021.zh-en.mqm", "ted2021.zh-en.mqm")
SURFACE_KINDS = (
    "punctuation",
    "spelling",
    "character",
    "display",
    "untranslated",
    "currency",
    "date",
    "time",
    "telephone",
)
"""Kinds of marks that show on the page without the source, by the first word of the last part of the raters' category.

Grammar and awkward style are left out: they can be seen too, but only by who understands the sentence.
"""
NEAR_SPOT = 3
"""How many characters off a marked span a finding may lie; raters often mark the word beside a lost or stray sign."""
_LONGEST_RUN = 8


@dataclass(frozen=True, slots=True)
class SurfaceMark:
    """A mark of one of ``SURFACE_KINDS``; ``agreed`` where another rater set such a mark there too."""

    span: Span
    kind: str
    agreed: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """One translated segment with its source, the union of what its raters marked, and what of it shows on the surface."""

    source: str
    text: str
    marked: tuple[Span, ...]
    surface: tuple[SurfaceMark, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A translation as a page, and where each of its segments starts in it."""

    document: Document
    segments: tuple[Segment, ...]
    starts: tuple[int, ...]

    def segment_at(self, offset: int) -> int:
        """Return the index of the segment at an offset."""
        return max(bisect_right(self.starts, offset) - 1, 0)


@dataclass(slots=True)
class Precision:
    """Counts by document for one check: an error was marked at the spot of a finding, or anywhere in its segment."""

    spot: list[Count] = field(default_factory=list)
    segment: list[Count] = field(default_factory=list)


def translations(path: Path) -> Iterator[tuple[str, list[Segment]]]:
    """Read a set of marked translations: each document of each system with its segments in order.

    Raises ``InputError`` where the file cannot be read.
    """
    documents: dict[tuple[str, str], dict[int, _Ratings]] = {}
    for row in records_of(path, "doc_id", "system", "seg_id", "source", "target", "spans"):
        segments = documents.setdefault((row["doc_id"], row["system"]), {})
        ratings = segments.setdefault(_number(row), _Ratings(row["source"], row["target"]))
        for entry in row["spans"]:
            span = Span(entry["start"], entry["end"])
            ratings.marked.add(span)
            kind = _surface_kind(entry.get("category", ""))
            if kind:
                ratings.surface.append((span, kind, row.get("rater", "")))
    for document, system in sorted(documents):
        found = documents[document, system]
        yield (
            document,
            [
                Segment(ratings.source, ratings.text, tuple(sorted(ratings.marked)), _surface_marks(ratings.surface))
                for _, ratings in sorted(found.items())
            ],
        )


def _number(row: dict[str, Any]) -> int:
    """Return the place of a row's segment in its document; some sets number only within the document, in a field of its own."""
    number = int(row["seg_id"])
    return number if number >= 0 else int(row["doc_seg"])


@dataclass(slots=True)
class _Ratings:
    """What the raters of one segment marked; of marks on the surface also the kind and the rater."""

    source: str
    text: str
    marked: set[Span] = field(default_factory=set)
    surface: list[tuple[Span, str, str]] = field(default_factory=list)


def _surface_kind(category: str) -> str:
    """Return the kind of a rater's category ("Fluency/Character encoding": "character"), nothing for all others."""
    kind = category.rpartition("/")[2].partition(" ")[0].casefold()
    return kind if kind in SURFACE_KINDS else ""


def _surface_marks(found: Sequence[tuple[Span, str, str]]) -> tuple[SurfaceMark, ...]:
    """Return each marked place once, of several kinds the one that the most raters chose."""
    kinds: dict[Span, Counter[str]] = defaultdict(Counter)
    for span, kind, _ in found:
        kinds[span][kind] += 1
    return tuple(
        SurfaceMark(
            span,
            min(kinds[span], key=lambda kind: (-kinds[span][kind], kind)),
            len({rater for other, _, rater in found if is_at(other, span)}) > 1,
        )
        for span in sorted(kinds)
    )


def is_at(span: Span, mark: Span) -> bool:
    """Tell whether a finding and a mark lie at the same spot."""
    return mark.start - NEAR_SPOT < span.end and span.start < mark.end + NEAR_SPOT


def page_of(segments: Sequence[Segment]) -> MarkedPage:
    """Make a page of segments, those of one quotation of the source in one paragraph."""
    text = ""
    starts: list[int] = []
    paragraphs: list[Span] = []
    for segment, runs_on in zip(segments, [False, *_runs_on(segments)], strict=False):
        text += " " if runs_on and text else "\n" if text else ""
        starts.append(len(text))
        start = paragraphs.pop().start if runs_on and paragraphs else len(text)
        text += segment.text
        paragraphs.append(Span(start, len(text)))
    blocks = tuple(Block(BlockKind.PARAGRAPH, span) for span in paragraphs if len(span))
    document = Document("segments", "segments", text, blocks, OffsetMap.identity(text))
    return MarkedPage(document, tuple(segments), tuple(starts))


def _runs_on(segments: Sequence[Segment]) -> list[bool]:
    """Tell for each segment whether a quotation of its source goes on in the next one, and ends in one of the next few."""
    found: list[bool] = []
    is_open = False
    since = 0
    for index, segment in enumerate(segments):
        was_open = is_open
        if was_open and segment.source.lstrip().startswith(("“", '"', "„", "«")):
            # A long quotation opens again in each of its paragraphs; this one begins a paragraph, and what was open stays so.
            found[index - 1] = False
            is_open = False
        for character in segment.source:
            if character in '“”"':
                is_open = character == "“" or (character == '"' and not is_open)
        if was_open and is_open and index - since >= _LONGEST_RUN:
            found[since:] = [False] * len(found[since:])
            is_open = False
        if is_open and not was_open:
            since = index
        found.append(is_open)
    if is_open:
        found[since:] = [False] * len(found[since:])
    return found


def places_of(hit: Hit) -> tuple[Span, ...]:
    """Return where a hit says that something is wrong: its span, and those it names beside it.

    A check that finds a contradiction shows one of two places and names the other; either may be the wrong one.
    """
    return hit.span, *(related.span for related in hit.related)


def verdict(page: MarkedPage, hit: Hit) -> tuple[bool, bool]:
    """Tell whether an error is marked at a place of a hit, and whether one is marked in a segment of those."""
    at_spot = in_segment = False
    for span in places_of(hit):
        number = page.segment_at(span.start)
        marked = page.segments[number].marked
        at_spot = at_spot or any(is_at(span, mark.shift(page.starts[number])) for mark in marked)
        in_segment = in_segment or bool(marked)
    return at_spot, in_segment


def measure_precision(paths: Sequence[Path], codes: Collection[str], *, tuning: bool) -> dict[str, Precision]:
    """Run checks over one half of the documents of the marked sets, all systems of a document together."""
    from mtcheck.checks import all_checks

    checks = [check for check in all_checks() if check.code in codes]
    totals: dict[str, dict[str, list[tuple[bool, bool]]]] = {check.code: {} for check in checks}
    for path in paths:
        for name, segments in translations(path):
            if is_tuning(name) is not tuning:
                continue
            page = page_of(segments)
            facts = facts_of(page.document)
            for check in checks:
                verdicts = totals[check.code].setdefault(name, [])
                verdicts.extend(verdict(page, hit) for hit in run_check(check, page.document, facts))
    return {
        code: Precision(
            [Count(sum(spot for spot, _ in verdicts), len(verdicts)) for verdicts in by_document.values()],
            [Count(sum(segment for _, segment in verdicts), len(verdicts)) for verdicts in by_document.values()],
        )
        for code, by_document in totals.items()
    }
