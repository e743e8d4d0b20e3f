"""A page of English reads like a translation.

What it finds: pages of ten sentences of running text or more whose style is that of translated rather than of native news: its function words,
lengths, variety and word shapes. Where a language model is there, how much the words surprise it is taken with it. Who translated, a person or a machine, it does not tell (DOC001 tries to).

Why it matters: readers notice translationese before they notice errors, and it is measurable on a page with no error at all.

When it is wrong: for reports on foreign affairs, legal and technical prose, and writers to whom English is a second language. It informs,
weighs nothing and fails no build, and it is a preview. The error rate stands in the evidence. Other languages are not judged.
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
from mtcheck.core.surprisal import SURPRISAL
from mtcheck.text.machine_style import LANGUAGE, STYLE, PassageStyle, Style, strongest_features
from mtcheck.text.style_surprisal import STYLE_SURPRISAL, StyleSurprisal, translated_scores


@dataclass(frozen=True, slots=True)
class Options:
    """``threshold``: the probability from which a page is named; 0 means the one at which 5 % of native passages are."""

    threshold: float = 0.0


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield at most one hit: the page, at the passage that shows it most."""
    del document
    passages = facts[STYLE].passages
    if not passages:
        return
    found = translated_scores(facts)
    model = found.model
    probability = model.probability(fmean(found.scores))
    if probability < (options.threshold or model.threshold):
        return
    yield Hit(
        passages[found.worst].span,
        f"The page reads like a translation (probability {probability:.2f})",
        min(1.0, round(probability, 4)),
        (
            Metric("probability of translation", round(probability, 3), model.name),
            Metric("passages of ten sentences or more", len(passages)),
            Note(
                "error rate",
                f"at the threshold {model.threshold:.2f}, {100 * model.native_flagged:.0f} % of passages by native writers are named "
                f"too, {100 * model.translated_flagged:.0f} % of human and {100 * model.found:.0f} % of machine translations",
            ),
            Note("strongest features", strongest_features(found.features[found.worst])),
        ),
    )


def _given(translated: float) -> Given[Style]:
    def build(document: Document) -> Style:
        span = Span(0, len(document.text))
        return Style((PassageStyle(span, 10, 0.0, translated, (), (("share of function words", 0.3),)),))

    return Given(STYLE, build)


def _given_surprisal(score: float) -> Given[StyleSurprisal]:
    feature = (("bits of a word", 0.5),)
    return Given(STYLE_SURPRISAL, lambda _: StyleSurprisal((score,), (score,), (feature,), (feature,)))


CHECK = Check(
    code="LIT002",
    name="translationese-score",
    category="provenance",
    severity=Severity.NEUTRAL,
    needs=(STYLE,),
    welcomes=(SURPRISAL, STYLE_SURPRISAL),
    options=Options,
    find=find,
    documentation=__doc__,
    tier=Tier.PREVIEW,
    languages=frozenset({LANGUAGE}),
    examples=(
        Example(
            "⟦The realization of the opening of the port of Varen was carried out. And so on for ten sentences.⟧",
            given=(_given(4.0),),
        ),
        Example(
            "⟦The opening of the port of Varen took place. And so on for ten sentences.⟧",
            given=(_given(-3.0), _given_surprisal(6.0)),
            comment="the style alone says nothing; the words surprise as little as those of a translation",
        ),
        Example("They opened the port at last. And so on for ten sentences.", given=(_given(-3.0),)),
        Example("Too short to judge: three sentences say nothing. The port is closed. It will open."),
    ),
)
