"""Small charts along the page: where its findings stand, and how unexpected its sentences are to a language model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from mtcheck.core.findings import Severity
from mtcheck.core.report import DocumentReport
from mtcheck.reporters.html.cards import Card

WIDTH, HEIGHT = 1000, 40
"""Units of the drawing; the page's text runs from 0 to ``WIDTH``, as in the language ribbon."""

_LEAST_WIDTH = 2.0
_MOST_BARS = 600
"""More bars than this are narrower than a dot of the screen: then the highest of each few is drawn."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A sentence: its place along the page, and how high it stands."""

    start: float
    width: float
    height: float
    high: bool
    title: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A finding's place along the page."""

    start: float
    width: float
    severity: Severity


@dataclass(frozen=True, slots=True)
class SurprisalStrip:
    """Surprisal along the page; ``median`` is the height of the page's own level, ``level`` the level in words."""

    bars: tuple[Bar, ...]
    median: float
    level: str
    highest: str


def ticks_of(document: DocumentReport, cards: Sequence[Card]) -> tuple[Tick, ...]:
    """Return where the findings stand, the least severe first, so that the worst are drawn over them."""
    length = len(document.text) or 1
    ticks = {
        Tick(
            round(card.span.start * WIDTH / length, 1),
            round(max(len(card.span) * WIDTH / length, _LEAST_WIDTH), 1),
            card.severity,
        )
        for card in cards
    }
    return tuple(sorted(ticks, key=lambda tick: (tick.severity.rank, tick.start, tick.width)))


def surprisal_of(document: DocumentReport) -> SurprisalStrip | None:
    """Draw the surprisal of the sentences; ``None`` where no language model ran."""
    series = [each for each in document.surprisal if each.bits_per_character >= 0 and len(each.sentence)]
    if not series:
        return None
    length = len(document.text) or 1
    values = [each.bits_per_character for each in series]
    top = max(*values, 0.001)
    middle = median(values)
    # The spread of the page's own sentences decides what stands out, not a fixed number of bits.
    spread = median(abs(value - middle) for value in values)
    step = -(-len(series) // _MOST_BARS)
    bars = []
    for start in range(0, len(series), step):
        run = series[start : start + step]
        highest = max(run, key=lambda each: each.bits_per_character)
        value = highest.bits_per_character
        left = run[0].sentence.start * WIDTH / length
        bars.append(
            Bar(
                round(left, 1),
                round(max(run[-1].sentence.end * WIDTH / length - left - 1, _LEAST_WIDTH), 1),
                round(value / top * HEIGHT, 1),
                len(series) > 2 and value > middle + 3 * spread and value > 1.2 * middle,
                f"{value:.2f} bits a character: {_beginning(highest.sentence.of(document.text))}",
            )
        )
    return SurprisalStrip(tuple(bars), round(middle / top * HEIGHT, 1), f"{middle:.2f}", f"{top:.2f}")


def _beginning(text: str) -> str:
    words = " ".join(text[:200].split())
    return words if len(words) <= 60 else words[:59] + "…"
