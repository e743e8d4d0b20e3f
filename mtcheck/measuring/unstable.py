"""Whether several back-translations part where raters marked an error: the figures of ``mtcheck bench unstable``.

Pages are machine translations that professionals marked (Freitag et al. 2021; three raters in 2020, one later), a fixed choice by a digest
of their names. Each goes through the providers that a scan uses, so that what the guard leaves out is left out here too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mtcheck.checks.accuracy import unstable_span
from mtcheck.core.facts import FactRequest, Facts
from mtcheck.core.findings import Hit
from mtcheck.core.spans import Span
from mtcheck.core.translation import RENDERINGS, ROUND_TRIP, Translator
from mtcheck.engines.translation.renderings import RenderingsProvider
from mtcheck.engines.translation.round_trip import RoundTripProvider
from mtcheck.measuring.intervals import Count, Share, is_tuning, share_of
from mtcheck.measuring.marked_translations import MarkedPage, page_of, translations, verdict
from mtcheck.measuring.source import area_under_curve
from mtcheck.testing import facts_of, run_check
from mtcheck.text.alignment import words_of
from mtcheck.text.instability import instability


@dataclass(frozen=True, slots=True)
class UnstableFigures:
    """What was measured: words compared, the area under the curve by their bits, findings at a mark, and what chance would give.

    ``spot`` are findings of ACC002 as it stands, ``wide`` those without the guard that leaves pages alone. ``chance`` are all stretches of
    as many words as a finding has, of the same page.
    """

    pages: int
    words: int
    area: float | None
    spot: Share
    wide: Share
    chance: Share


def measure(path: Path, translator: Translator, most: int, *, tuning: bool) -> UnstableFigures:
    """Measure on ``most`` pages of one half of a set. Raises ``InputError`` where it cannot be read."""
    chosen = [(name, segments) for name, segments in translations(path) if is_tuning(name) is tuning]
    chosen.sort(key=lambda entry: hashlib.sha256("\x00".join(each.text for each in entry[1]).encode()).digest())
    pages = [page_of(segments) for _, segments in chosen[:most]]
    known = [facts_of(page.document) for page in pages]
    trips = RoundTripProvider(translator).provide(
        [FactRequest(page.document, facts) for page, facts in zip(pages, known, strict=True)]
    )
    facts = [Facts({ROUND_TRIP: outcome.value}) for outcome in trips]
    found = RenderingsProvider(translator).provide(
        [FactRequest(page.document, mine) for page, mine in zip(pages, facts, strict=True)]
    )
    scores: dict[bool, list[float]] = {True: [], False: []}
    spot, wide, chance = [], [], []
    for page, outcome in zip(pages, found, strict=True):
        if outcome.value is None:
            continue
        marks = _marks(page)
        sentences: list[list[Span]] = []
        for sentence in outcome.value.sentences:
            text = sentence.sentence.of(page.document.text)
            sentences.append([])
            for word in instability(text, [each.text for each in sentence.renderings]):
                span = word.word.span.shift(sentence.sentence.start)
                marked = any(mark.start < span.end and span.start < mark.end for mark in marks)
                scores[marked].append(word.bits)
                sentences[-1].append(span)
        read = Facts({RENDERINGS: outcome.value})
        spot.append(_right(page, _hits(page, read, unstable_span.Options())))
        every = _hits(page, read, unstable_span.Options(usual=9.0, sentences=1))
        wide.append(_right(page, every))
        chance.append(_by_chance(page, every, sentences))
    area = area_under_curve(scores[True], scores[False]) if scores[True] and scores[False] else None
    words = sum(map(len, scores.values()))
    return UnstableFigures(len(pages), words, area, share_of(spot), share_of(wide), share_of(chance))


def _hits(page: MarkedPage, facts: Facts, options: unstable_span.Options) -> list[Hit]:
    return run_check(unstable_span.CHECK, page.document, facts, options)


def _right(page: MarkedPage, hits: Sequence[Hit]) -> Count:
    return Count(sum(verdict(page, hit)[0] for hit in hits), len(hits))


def _by_chance(page: MarkedPage, hits: Sequence[Hit], sentences: Sequence[Sequence[Span]]) -> Count:
    """Count the stretches of the page that have as many words as a hit, and those of them that are at a mark."""
    marked = trials = 0
    for hit in hits:
        size = len(words_of(hit.span.of(page.document.text)))
        for words in sentences:
            for start in range(len(words) - size + 1):
                stretch = Span(words[start].start, words[start + size - 1].end)
                trials += 1
                marked += verdict(page, Hit(stretch, hit.message))[0]
    return Count(marked, trials)


def _marks(page: MarkedPage) -> Sequence[Span]:
    return [
        mark.shift(start) for segment, start in zip(page.segments, page.starts, strict=True) for mark in segment.marked
    ]
