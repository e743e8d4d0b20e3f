from __future__ import annotations

import gzip
import json

import pytest

from mtcheck.checks.accuracy.round_trip_drift import CHECK, Options
from mtcheck.core.facts import FactRequest, Facts
from mtcheck.core.findings import Comparison, Hit, Metric, Passage
from mtcheck.core.translation import ROUND_TRIP, RoundTrip, RoundTrips
from mtcheck.engines.translation import TranslatorSettings, open_translator
from mtcheck.engines.translation.round_trip import RoundTripProvider
from mtcheck.testing import document_from_text, facts_of, run_check
from tests.engines.translation.apertium import needs_apertium
from tests.shared import SHARED, needs_shared

ODD = "Topics the ferry needs only when the passengers are defiantly ignored there."
ODD_BACK = "Subjects a boat wants if travelers get neglected there."
PLAIN = [f"The ferry number {number} sailed to Varen with forty passengers this week." for number in range(12)]


def hits(
    scores: list[float],
    odd: str = ODD,
    back: str = ODD_BACK,
    odd_score: float = 30.0,
    plain_back: str | None = None,
    options: Options | None = None,
) -> list[Hit]:
    """Run the check on plain sentences that come back with these scores, and an odd one at the end."""
    lines = [*PLAIN[: len(scores)], odd]
    document = document_from_text("\n\n".join(lines))
    trips = tuple(
        RoundTrip(block.span, "en", "es", "…", back if line is odd else (plain_back or line), score)
        for block, line, score in zip(document.blocks, lines, [*scores, odd_score], strict=True)
    )
    facts = Facts({ROUND_TRIP: RoundTrips(trips, "t", "chrF s")})
    return run_check(CHECK, document, facts, options)


USUAL = [80.0, 82.0, 78.0, 84.0, 76.0, 81.0, 79.0, 83.0, 77.0, 80.0, 82.0, 78.0]


def test_the_evidence_shows_both_sides_and_the_recipe() -> None:
    (hit,) = hits(USUAL)
    comparison, passage, chrf, usual, deviations = hit.evidence[:5]
    assert isinstance(comparison, Comparison)
    assert (comparison.left, comparison.right) == (ODD, ODD_BACK)
    assert "ignored" in " ".join(span.of(ODD) for span in comparison.left_highlights)
    assert "neglected" in " ".join(span.of(ODD_BACK) for span in comparison.right_highlights)
    assert isinstance(passage, Passage)
    assert passage.language == "es"
    assert isinstance(chrf, Metric)
    assert (chrf.value, chrf.signature) == (30.0, "chrF s")
    assert isinstance(usual, Metric)
    assert usual.value == 80.0
    assert isinstance(deviations, Metric)
    assert deviations.value > 3
    assert "en-es-en" in hit.message


@pytest.mark.parametrize(
    ("scores", "reason"),
    [
        ([30.0] * 12, "every sentence comes back like this"),
        ([20.0, 90.0, 35.0, 80.0, 30.0, 85.0, 25.0, 95.0, 40.0, 70.0, 30.0, 88.0], "the page scatters widely"),
        (USUAL[:8], "too few sentences"),
        ([45.0] * 12, "not far enough below in points"),
    ],
)
def test_the_page_s_own_level_decides(scores: list[float], reason: str) -> None:
    assert hits(scores) == [], reason


def test_short_sentences_are_not_judged() -> None:
    assert hits(USUAL, odd="Topics the ferry needs.", back="Boats.") == []


def test_a_low_score_without_lost_words_is_not_reported() -> None:
    assert hits(USUAL, back=ODD.upper()) == []


def test_what_the_translator_always_does_is_no_fault_of_the_sentence() -> None:
    odd = "The ferry of the ferry by the ferry for the ferry sails home."
    back = odd.replace("ferry", "ship")
    everywhere = PLAIN[0].replace("ferry", "ship")
    assert hits(USUAL, odd, back, plain_back=everywhere) == []
    assert len(hits(USUAL, odd, back, options=Options(lost_share=0.3))) == 1


def test_unusable_trips_are_no_evidence() -> None:
    document = document_from_text("\n\n".join([*PLAIN, ODD]))
    trips = tuple(
        RoundTrip(block.span, "en", "es", "…", "", None, "loop")
        if block is document.blocks[-1]
        else RoundTrip(block.span, "en", "es", "…", block.span.of(document.text), 80.0 + number % 3)
        for number, block in enumerate(document.blocks)
    )
    assert run_check(CHECK, document, Facts({ROUND_TRIP: RoundTrips(trips, "t", "s")})) == []


@needs_shared
@needs_apertium
def test_human_news_raises_almost_nothing() -> None:
    """At most 0.2 findings a thousand words on human-written news, through a weak translator."""
    lines = gzip.decompress((SHARED / "eval" / "quotations" / "polnear.jsonl.gz").read_bytes()).decode().splitlines()
    documents = [document_from_text(json.loads(line)["text"]) for line in lines[:300:25]]
    commands = {"en-es": "apertium eng-spa", "es-en": "apertium spa-eng"}
    provider = RoundTripProvider(open_translator(TranslatorSettings(command=commands, remember=False)))
    outcomes = provider.provide([FactRequest(document, facts_of(document)) for document in documents])
    found = [
        hit
        for document, outcome in zip(documents, outcomes, strict=True)
        for hit in run_check(CHECK, document, Facts({ROUND_TRIP: outcome.value}))
    ]
    words = sum(len(document.text.split()) for document in documents)
    assert words > 5_000
    assert len(found) <= 0.2 * words / 1_000, [hit.message for hit in found]
