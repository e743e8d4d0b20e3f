"""A page of English reads like machine translation.

What it finds: pages of ten sentences of running text or more whose style (function words, lengths, variety, shapes of words; no names, no topics,
no quotation marks) is more often that of machine translations than that of writers and human translators. Where a language model is there, how
much the words surprise it and how evenly is taken with it, which tells more. The probability is calibrated, as
if one passage in two were machine-translated, and shown with the share of passages by people that are named at the same threshold. It is
given for passages and pages, never for a sentence.

Why it matters: whether a page was translated by machine is the first thing an editor asks of it.

When it is wrong: often. Style alone tells little between a good engine and a hurried translator: the figures stand in the evidence of each
finding. It informs, weighs nothing and fails no build, and it is a preview. Other languages than English were not measured and are not judged.
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
from mtcheck.text.style_surprisal import STYLE_SURPRISAL, StyleSurprisal, machine_scores


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
    found = machine_scores(facts)
    model = found.model
    probability = model.probability(fmean(found.scores))
    threshold = options.threshold or model.threshold
    if probability < threshold:
        return
    named = "this threshold" if not options.threshold else f"the threshold {model.threshold:.2f}"
    yield Hit(
        passages[found.worst].span,
        f"The page reads like machine translation (probability {probability:.2f})",
        min(1.0, round(probability, 4)),
        (
            Metric("probability of machine translation", round(probability, 3), model.name),
            Metric("passages of ten sentences or more", len(passages)),
            Note(
                "error rate",
                f"at {named}, {_percent(model.native_flagged)} of passages by native writers and "
                f"{_percent(model.translated_flagged)} of human translations are named too, and {_percent(model.found)} of machine translations",
            ),
            Note("strongest features", strongest_features(found.features[found.worst])),
        ),
    )


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _given(machine: float) -> Given[Style]:
    def build(document: Document) -> Style:
        span = Span(0, len(document.text))
        return Style((PassageStyle(span, 10, machine, 0.0, (("commas a sentence", 0.4),), ()),))

    return Given(STYLE, build)


def _given_surprisal(score: float) -> Given[StyleSurprisal]:
    feature = (("bits of a word", 0.5),)
    return Given(STYLE_SURPRISAL, lambda _: StyleSurprisal((score,), (score,), (feature,), (feature,)))


CHECK = Check(
    code="DOC001",
    name="machine-translated-page",
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
            "⟦The relevant departments of Varen carried out the work. And so on for ten sentences.⟧",
            given=(_given(4.0),),
        ),
        Example("The old man of the port went home early. And so on for ten sentences.", given=(_given(-3.0),)),
        Example(
            "⟦The harbor of Varen was opened by the mayor. And so on for ten sentences.⟧",
            given=(_given(-3.0), _given_surprisal(6.0)),
            comment="the style alone says nothing; the words surprise as little as those of a machine",
        ),
        Example("Too short to judge: three sentences say nothing. The port is closed. It will open."),
    ),
)
