"""Checks against translations in which professionals marked the errors (MQM, Freitag et al. 2021).

Segments are sentences there, and what were paragraphs is not kept. A page made of them must not part what one pair of marks
encloses: segments between which a quotation of the *source* stays open are put into one paragraph, whatever the translation
does. All other segments are paragraphs of their own.

A finding is right *at the spot* when a rater marked an error where the finding stands, or where it says that a lost mark
belongs; raters mark either. It is right *in the segment* when any error is marked in the segment of such a place. Raters mark
at most five errors a segment, so that both are lower bounds.
"""

from __future__ import annotations

import gzip
import json
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mtcheck.core.documents import Block, BlockKind, Document
from mtcheck.core.errors import InputError
from mtcheck.core.findings import Hit
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.spans import Span
from mtcheck.measuring.intervals import Count, is_tuning
from mtcheck.testing import facts_of, run_check

MARKED_SETS = ("newstest2020.zh-en.mqm", "newstest2021.zh-en.mqm", "ted2021.zh-en.mqm")
_NEAR_SPOT = 3
_LONGEST_RUN = 8


@dataclass(frozen=True, slots=True)
class Segment:
    """One translated segment with its source, and the union of what its raters marked."""

    source: str
    text: str
    marked: tuple[Span, ...]


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
    documents: dict[tuple[str, str], dict[int, tuple[str, str, set[Span]]]] = {}
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                segments = documents.setdefault((row["doc_id"], row["system"]), {})
                _, _, marked = segments.setdefault(row["seg_id"], (row["source"], row["target"], set()))
                marked.update(Span(span["start"], span["end"]) for span in row["spans"])
    except (OSError, ValueError, KeyError) as error:
        raise InputError(str(path), f"no marked translations: {error}") from error
    for document, system in sorted(documents):
        found = documents[document, system]
        yield (
            document,
            [Segment(source, text, tuple(sorted(marked))) for _, (source, text, marked) in sorted(found.items())],
        )


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


def verdict(page: MarkedPage, hit: Hit) -> tuple[bool, bool]:
    """Tell whether an error is marked at a spot of a hit, and whether one is marked in a segment of those."""
    at_spot = in_segment = False
    for span in (hit.span, *(related.span for related in hit.related)):
        number = page.segment_at(span.start)
        marked = page.segments[number].marked
        local = Span(
            max(span.start - page.starts[number] - _NEAR_SPOT, 0), max(span.end - page.starts[number], 0) + _NEAR_SPOT
        )
        at_spot = at_spot or any(mark.overlaps(local) or local.contains(mark) for mark in marked)
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
