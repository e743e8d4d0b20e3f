"""Translated back, a passage is far from its source.

What it finds: with the source at hand and a translator that has the way back, a sentence whose back-translation shares little with
the source (chrF), or whose wording the model holds no likelier with the source than without it.

Why it matters: it is the one signal that looks at the meaning of every word; the back-translation shows the editor what the page says.

When it is wrong: for free translation, idioms, and where the translator itself is weak; that is why it runs on request. Where the
translator has not the two languages (the embedded one has English and Spanish), the page is reported as not checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example, Given, Tier
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Evidence, Hit, Metric, Passage, Severity
from mtcheck.core.sources import (
    BACK_TRANSLATIONS,
    SOURCE_ALIGNMENT,
    BackTranslation,
    BackTranslations,
    paired_blocks,
)


@dataclass(frozen=True, slots=True)
class Options:
    """A back-translation below ``chrf`` (0 to 100), or a gain by the source below ``gain`` (log-probability a token), is low."""

    chrf: float = 18.0
    gain: float = 0.25


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each pair whose back-translation is far from the source."""
    del document
    alignment, sent_back = facts[SOURCE_ALIGNMENT], facts[BACK_TRANSLATIONS]
    for back in sent_back.pairs:
        pair = alignment.pairs[back.pair]
        gain = gain_of(back)
        low = back.chrf is not None and back.chrf < options.chrf
        empty = gain is not None and gain < options.gain
        if not low and not empty:
            continue
        evidence: list[Evidence] = [Passage("source", pair.source, alignment.source_language)]
        if back.back:
            evidence.append(Passage("translated back", back.back, alignment.source_language))
        if back.chrf is not None:
            evidence.append(Metric("chrF against the source", round(back.chrf, 1), sent_back.metric_signature))
        if gain is not None:
            evidence.append(Metric("gain by the source (log a token)", round(gain, 2), sent_back.translator_signature))
        yield Hit(
            pair.target, "Translated back, this is far from its source", 0.7 if low and empty else 0.5, tuple(evidence)
        )


def gain_of(back: BackTranslation) -> float | None:
    """Return how much likelier the source makes the wording, or ``None`` where that was not measured."""
    if back.score is None or back.without_source is None:
        return None
    return back.score - back.without_source


def _given(back: str, chrf: float, score: float, without_source: float) -> Given[BackTranslations]:
    pairs = (BackTranslation(0, back, chrf, score, without_source),)
    return Given(BACK_TRANSLATIONS, lambda _document: BackTranslations(pairs, "example", "example"))


CHECK = Check(
    code="ACC011",
    name="low-adequacy",
    category="accuracy/mistranslation",
    severity=Severity.MAJOR,
    needs=(SOURCE_ALIGNMENT, BACK_TRANSLATIONS),
    options=Options,
    find=find,
    documentation=__doc__,
    tier=Tier.PREVIEW,
    languages=frozenset({"en", "es"}),
    examples=(
        Example(
            "⟦The weather was fine.⟧",
            given=(
                Given(SOURCE_ALIGNMENT, paired_blocks("es", "en", ("El consejo aprobó el presupuesto.",))),
                _given("Hacía buen tiempo.", 9.0, -5.1, -5.0),
            ),
        ),
        Example(
            "The council approved the budget.",
            given=(
                Given(SOURCE_ALIGNMENT, paired_blocks("es", "en", ("El consejo aprobó el presupuesto.",))),
                _given("El concejo aprobó el presupuesto.", 88.0, -0.4, -4.2),
            ),
        ),
        Example(
            "⟦Hacía buen tiempo.⟧",
            "es",
            (
                Given(SOURCE_ALIGNMENT, paired_blocks("en", "es", ("The council approved the budget.",))),
                _given("The weather was fine.", 11.0, -5.1, -5.0),
            ),
        ),
    ),
)
