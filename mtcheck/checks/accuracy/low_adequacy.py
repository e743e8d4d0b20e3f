"""Translated back, a passage is far from its source.

What it finds: with the source at hand and a translator that has both ways, a sentence whose back-translation shares little with the source
(chrF) and whose wording the model holds hardly likelier with the source than without it, measured against the other sentences of the
page. It needs five sentences, and is silent where the model knows too little of the languages.

Why it matters: it is the one signal that looks at the meaning of every word; the back-translation shows the editor what the page says.

When it is wrong: for free translation, idioms, and where the translator itself is weak; that is why it runs on request. Where the
translator has not the two languages, the page is reported as not checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from mtcheck.core.checks import Check, Example, Given, Tier
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Metric, Passage, Severity
from mtcheck.core.sources import (
    BACK_TRANSLATIONS,
    SOURCE_ALIGNMENT,
    BackTranslation,
    BackTranslations,
    paired_blocks,
)


@dataclass(frozen=True, slots=True)
class Options:
    """When a pair is low, and when the translator may speak at all.

    The wording of a pair is low where the source makes it likelier by less than ``share`` of what it does for the page's middle pair
    (log-probability a token), and the back-translation has less than ``chrf`` (0 to 100). The page needs ``pairs`` pairs that were
    measured, and a median gain of ``usual``: below it the model knows too little of the languages or the matter.
    """

    chrf: float = 30.0
    share: float = 0.5
    pairs: int = 5
    usual: float = 1.0


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each pair of whose source little is left, by the measure of its page."""
    del document
    alignment, sent_back = facts[SOURCE_ALIGNMENT], facts[BACK_TRANSLATIONS]
    gains = [(back, gain) for back in sent_back.pairs if (gain := gain_of(back)) is not None]
    if len(gains) < options.pairs:
        return
    usual = median(gain for _, gain in gains)
    if usual < options.usual:
        return
    for back, gain in gains:
        if gain >= options.share * usual or back.chrf is None or back.chrf >= options.chrf:
            continue
        pair = alignment.pairs[back.pair]
        yield Hit(
            pair.target,
            "Translated back, this is far from its source, and the source makes it hardly likelier",
            min(0.7, round(0.5 + 0.2 * (1 - max(0.0, gain) / usual), 2)),
            (
                Passage("source", pair.source, alignment.source_language),
                Passage("translated back", back.back, alignment.source_language),
                Metric("chrF against the source", round(back.chrf, 1), sent_back.metric_signature),
                Metric("gain by the source (log a token)", round(gain, 2), sent_back.translator_signature),
                Metric("the page's median", round(usual, 2), sent_back.translator_signature),
            ),
        )


def gain_of(back: BackTranslation) -> float | None:
    """Return how much likelier the source makes the wording, or ``None`` where that was not measured."""
    if back.score is None or back.without_source is None:
        return None
    return back.score - back.without_source


def _given(back: str, chrf: float, gain: float, usual: float = 4.0) -> Given[BackTranslations]:
    """Return back-translations for an example of one sentence a line: those of the last as given, of the others as usual."""

    def build(document: Document) -> BackTranslations:
        last = len(document.blocks) - 1
        pairs = [BackTranslation(number, "…", 60.0, usual - 6.0, -6.0) for number in range(last)]
        return BackTranslations((*pairs, BackTranslation(last, back, chrf, gain - 6.0, -6.0)), "example", "example")

    return Given(BACK_TRANSLATIONS, build)


_ENGLISH = (
    "The council met on Tuesday.", "The mayor spoke first.", "Two members were ill.", "The session was public.",
    "The council approved the budget.",
)  # fmt: skip
_SPANISH = (
    "El consejo se reunió el martes.", "El alcalde habló primero.", "Dos miembros estaban enfermos.", "La sesión fue pública.",
    "El consejo aprobó el presupuesto.",
)  # fmt: skip
_RUSSIAN = (
    "Совет собрался во вторник.", "Первым выступил мэр.", "Двое депутатов болели.", "Заседание было открытым.",
    "Совет утвердил бюджет.",
)  # fmt: skip
_ARABIC = (
    "اجتمع المجلس يوم الثلاثاء.", "تحدث العمدة أولا.", "كان عضوان مريضين.", "كانت الجلسة علنية.", "أقر المجلس الميزانية.",
)  # fmt: skip
_GERMAN = (
    "Der Rat tagte am Dienstag.", "Zuerst sprach der Bürgermeister.", "Zwei Mitglieder waren krank.", "Die Sitzung war öffentlich.",
    "Der Rat nahm den Haushalt an.",
)  # fmt: skip


def _example(
    page: tuple[str, ...],
    language: str,
    sources: tuple[str, ...],
    source_language: str,
    other: str,
    given: Given[BackTranslations],
) -> Example:
    """Return an example of which the last sentence is ``other``."""
    pairs = Given(SOURCE_ALIGNMENT, paired_blocks(source_language, language, sources))
    return Example("\n\n".join((*page[:-1], other)), language, (pairs, given))


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
    examples=(
        _example(_ENGLISH, "en", _SPANISH, "es", "⟦The weather was fine.⟧", _given("Hacía buen tiempo.", 9.0, 0.2)),
        _example(_ENGLISH, "en", _SPANISH, "es", _ENGLISH[-1], _given("El concejo aprobó el presupuesto.", 88.0, 3.8)),
        _example(_ENGLISH, "en", _SPANISH, "es", "The weather was fine.", _given("Hacía buen tiempo.", 9.0, 0.2, 0.6)),
        _example(_SPANISH, "es", _ENGLISH, "en", "⟦Hacía buen tiempo.⟧", _given("The weather was fine.", 11.0, 0.1)),
        _example(_RUSSIAN, "ru", _ENGLISH, "en", "⟦Погода была хорошая.⟧", _given("The weather was fine.", 11.0, 0.1)),
        _example(_ARABIC, "ar", _ENGLISH, "en", "⟦كان الطقس جميلا.⟧", _given("The weather was fine.", 11.0, 0.1)),
        _example(_GERMAN, "de", _ENGLISH, "en", "⟦Das Wetter war schön.⟧", _given("The weather was fine.", 11.0, 0.1)),
    ),
)
