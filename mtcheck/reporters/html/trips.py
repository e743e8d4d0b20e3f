"""The round trips of a page: each sentence, what it became in another language, and what came back."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from mtcheck.core.report import DocumentReport
from mtcheck.core.spans import Span
from mtcheck.core.translation import RoundTrip
from mtcheck.core.unusable import reason_sentence
from mtcheck.reporters.visible import direction_in, language_label, language_tag
from mtcheck.text.alignment import differences

_FAILED_TEXT_LIMIT = 240
"""Characters shown of a translation that is not to be used: enough to see the loop, not all of its turns."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One of the three texts of a round trip; ``tag`` is its language where that may stand in a ``lang`` attribute."""

    text: str
    highlights: tuple[Span, ...]
    language: str
    tag: str | None
    direction: str


@dataclass(frozen=True, slots=True)
class Trip:
    """A row: the sentence, the text on the way, the text that came back.

    ``number`` counts the page's round trips from 1 in the order of the text. ``anchor`` is the row's id, ``place`` that of
    the sentence in the text, or empty where no such sentence is drawn. ``chrf`` and ``gauge`` (the same, held to 0 to 100)
    are ``None`` where ``unusable`` is a sentence that says why.
    """

    number: int
    anchor: str
    place: str
    span: Span
    sentence: Wording
    forward: Wording
    back: Wording
    chrf: str | None
    gauge: float | None
    unusable: str


@dataclass(frozen=True, slots=True)
class TripTable:
    """All round trips of a page.

    ``languages`` and ``pivots`` name the languages on the two sides, in order of first use. ``median`` is that of the
    page's usable chrF values, ``gauge`` the same for drawing.
    """

    trips: tuple[Trip, ...]
    languages: tuple[str, ...]
    pivots: tuple[str, ...]
    median: str | None
    gauge: float | None
    unusable: int
    metric: str
    translator: str

    @property
    def mixed(self) -> bool:
        """Whether the rows differ in their languages, so that each has to say them."""
        return len(self.languages) > 1 or len(self.pivots) > 1


def place_of(number: int) -> str:
    """Return the id of the place in the text where a sentence begins."""
    return f"sentence-{number}"


def anchor_of(number: int) -> str:
    """Return the id of the row of a sentence."""
    return f"trip-{number}"


def sentences_of(document: DocumentReport) -> tuple[RoundTrip, ...]:
    """Return the round trips in the order of the text: the first of them has the number 1."""
    if document.round_trips is None:
        return ()
    return tuple(sorted(document.round_trips.trips, key=lambda trip: trip.sentence))


def table_of(document: DocumentReport, sentences: Sequence[RoundTrip], drawn: frozenset[str]) -> TripTable | None:
    """Arrange the round trips; ``drawn`` are the ids in the text. ``None`` for a page without any."""
    if document.round_trips is None or not sentences:
        return None
    trips = tuple(_trip(document.text, index, sentence, drawn) for index, sentence in enumerate(sentences, 1))
    scores = [score for sentence in sentences if (score := _score(sentence)) is not None]
    middle = median(scores) if scores else None
    return TripTable(
        trips,
        tuple(dict.fromkeys(trip.sentence.language for trip in trips)),
        tuple(dict.fromkeys(trip.forward.language for trip in trips)),
        None if middle is None else _shown(middle),
        None if middle is None else _gauge(middle),
        sum(1 for trip in trips if trip.unusable),
        document.round_trips.metric_signature,
        document.round_trips.translator_signature,
    )


def _trip(text: str, index: int, trip: RoundTrip, drawn: frozenset[str]) -> Trip:
    sentence = trip.sentence.of(text)
    score = _score(trip)
    changes = () if score is None else differences(sentence, trip.back)
    place = place_of(index)
    return Trip(
        index,
        anchor_of(index),
        place if place in drawn else "",
        trip.sentence,
        _wording(sentence, trip.language, tuple(change.left for change in changes if len(change.left))),
        _wording(_cut(trip.forward, score), trip.pivot),
        _wording(_cut(trip.back, score), trip.language, tuple(change.right for change in changes if len(change.right))),
        None if score is None else _shown(score),
        None if score is None else _gauge(score),
        "" if score is not None else _reason(trip.unusable),
    )


def _score(trip: RoundTrip) -> float | None:
    """Return the chrF of a round trip that may be used as evidence."""
    if trip.unusable or trip.chrf is None or not math.isfinite(trip.chrf):
        return None
    return trip.chrf


def _reason(unusable: str) -> str:
    if not unusable:
        return "The round trip could not be measured."
    return f"Not used: the translator {reason_sentence(unusable)}."


def _wording(text: str, language: str, highlights: tuple[Span, ...] = ()) -> Wording:
    return Wording(text, highlights, language_label(language), language_tag(language), direction_in(language, text))


def _cut(text: str, score: float | None) -> str:
    return text if score is not None or len(text) <= _FAILED_TEXT_LIMIT else text[:_FAILED_TEXT_LIMIT] + " …"


def _shown(score: float) -> str:
    """Return a score with one decimal, so that a column of them lines up."""
    return f"{score:.1f}"


def _gauge(score: float) -> float:
    return round(min(max(score, 0.0), 100.0), 1)
