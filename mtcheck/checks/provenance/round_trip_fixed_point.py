"""A page of English comes back from another language as if a machine had written it.

What it finds: pages of ten sentences or more of which, sent to another language and back, so much returns word for word (runs of words, whole
sentences, chrF) as is usual for machine translations and not for what people write. Sentence length, names and numbers, which
return whoever wrote them, are taken out. The probability is calibrated, as if one passage in two were machine-translated, and given for
the page, never for a sentence.

Why it matters: what a translation model wrote lies near a fixed point of such models; the sign is independent of style.

When it is wrong: often with a small translator; plain prose, sport and weather return too. The figures stand in the evidence of each finding. It
informs, weighs nothing and fails no build, and it is a preview. It was fitted with one translation model and is silent with any
other, and on pages in other languages than English.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean

from mtcheck.core.checks import Check, Example, Given, Tier
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Metric, Note, Severity
from mtcheck.core.spans import Span
from mtcheck.core.translation import ROUND_TRIP, RoundTrip, RoundTrips
from mtcheck.text.fixed_point import FIXED_POINT, Return, fixed_point_features
from mtcheck.text.machine_style import LANGUAGE, StyleModel, strongest_features, style_model
from mtcheck.text.style import passages


@dataclass(frozen=True, slots=True)
class Options:
    """``threshold``: the probability from which a page is named; 0 means the one at which 5 % of native passages are."""

    threshold: float = 0.0


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield at most one hit: the page, at the passage that shows it most."""
    found = facts[ROUND_TRIP]
    model = style_model(FIXED_POINT)
    translator, _, pivot = model.language_model.partition(" via ")
    # Several models together are one translator; the way through this language is that of the one that was fitted.
    if translator not in found.translator_signature:
        return
    trips = sorted(
        (trip for trip in found.trips if (trip.language, trip.pivot) == (LANGUAGE, pivot) and trip.chrf is not None),
        key=lambda trip: trip.sentence,
    )
    features = [_features(document, trips[start:end]) for start, end in passages(trips)]
    if not features:
        return
    scores = [model.score(each) for each in features]
    probability = model.probability(fmean(scores))
    if probability < (options.threshold or model.threshold):
        return
    worst = max(range(len(scores)), key=lambda index: (scores[index], -index))
    start, end = passages(trips)[worst]
    yield Hit(
        Span(trips[start].sentence.start, trips[end - 1].sentence.end),
        f"The page comes back from a round trip as machine translation does (probability {probability:.2f})",
        min(1.0, round(probability, 4)),
        (
            Metric("probability of machine translation", round(probability, 3), model.name),
            Metric("passages of ten sentences or more", len(scores)),
            Note("error rate", _error_rate(model)),
            Note("strongest features", strongest_features(model.contributions(features[worst]))),
            Note("translator", found.translator_signature),
        ),
    )


def _features(document: Document, trips: list[RoundTrip]) -> dict[str, float]:
    returns = [Return(trip.sentence.of(document.text), trip.back, trip.chrf or 0.0) for trip in trips]
    return dict(fixed_point_features(returns))


def _error_rate(model: StyleModel) -> str:
    return (
        f"at the threshold {model.threshold:.2f}, {100 * model.native_flagged:.0f} % of passages by native writers are named too, "
        f"{100 * model.translated_flagged:.0f} % of human and {100 * model.found:.0f} % of machine translations"
    )


def _given(share: float, translator: str = "") -> Given[RoundTrips]:
    """Return round trips for an example of one sentence a line: of each line the first ``share`` of the words come back."""

    def build(document: Document) -> RoundTrips:
        trips = []
        for block in document.blocks:
            words = block.span.of(document.text).split()
            kept = round(share * len(words))
            back = " ".join([*words[:kept], *("x" * len(word) for word in words[kept:])])
            trips.append(RoundTrip(block.span, "en", "es", "…", back, 100 * share))
        signature = translator or style_model(FIXED_POINT).language_model
        return RoundTrips(tuple(trips), signature, "example chrF")

    return Given(ROUND_TRIP, build)


_LINES = (
    "the ferry sails again today from the old town", "the harbor office opened at seven in the morning",
    "many people waited on the quay for hours", "the storm had closed the port for a day",
    "the mayor thanked the crews for their work", "two boats were damaged in the night by waves",
    "the repairs will take a week or more", "the insurance pays for half of the work",
    "tickets cost as much as they did before", "the next ferry leaves the port at noon",
)  # fmt: skip
_PAGE = "\n\n".join(_LINES)

CHECK = Check(
    code="LIT001",
    name="round-trip-fixed-point",
    category="provenance",
    severity=Severity.NEUTRAL,
    needs=(ROUND_TRIP,),
    options=Options,
    find=find,
    documentation=__doc__,
    tier=Tier.PREVIEW,
    languages=frozenset({LANGUAGE}),
    examples=(
        Example(f"⟦{_PAGE}⟧", given=(_given(1.0),)),
        Example(_PAGE, given=(_given(0.2),), comment="little of it comes back"),
        Example(_PAGE, given=(_given(1.0, "another translator"),), comment="fitted with another translator"),
        Example("\n\n".join(_LINES[:9]), given=(_given(1.0),), comment="too short to judge"),
    ),
)
