"""A translation has nothing to do with its source.

What it finds: with the source at hand, a sentence or unit whose words, taken together, speak against its being a translation of
what stands beside it, by a bilingual lexicon of English and Arabic, Chinese, French, German, Russian, Spanish or Ukrainian.

Why it matters: a detached hallucination, or a file of pairs that slipped by a line: everything from there on is wrong.

When it is wrong: for idioms, headlines written anew, verse, and texts full of rare words; short ones are not judged. Where no
lexicon has the two languages, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example, Given
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Metric, Passage, Severity
from mtcheck.core.sources import SOURCE_ALIGNMENT, paired_blocks
from mtcheck.text.source_gaps import pair_evidence
from mtcheck.text.word_evidence import ENGLISH


@dataclass(frozen=True, slots=True)
class Options:
    """A pair of at least ``known`` words that the lexicon knows, whose mean evidence (natural logarithm) is below ``mean``.

    Two languages without English have lexicons by way of it; such pairs are judged where ``without_english`` is set: of sound pairs
    of FLORES-200 dev between 0.5 % (German-French) and 3.5 % (Arabic-Spanish) are then called unrelated.
    """

    known: int = 8
    mean: float = -0.15
    without_english: bool = False


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each pair that does not belong together."""
    del document
    alignment = facts[SOURCE_ALIGNMENT]
    if not options.without_english and ENGLISH not in (alignment.source_language, alignment.language):
        return
    for pair in alignment.comparable:
        found = pair_evidence(pair.source, pair.translation, alignment.source_language, alignment.language)
        if found is None or found.known < options.known or found.mean >= options.mean:
            continue
        yield Hit(
            pair.target,
            "These words have next to nothing in common with those of the source",
            min(0.95, 0.8 - found.mean / 4),
            (
                Passage("source", pair.source, alignment.source_language),
                Metric("mean evidence a word (log)", round(found.mean, 2)),
            ),
        )


_SOURCE = "The government wants to raise taxes on tobacco and alcohol next year."

CHECK = Check(
    code="ACC009",
    name="unrelated-pair",
    category="accuracy/mistranslation",
    severity=Severity.CRITICAL,
    needs=(SOURCE_ALIGNMENT,),
    options=Options,
    find=find,
    documentation=__doc__,
    languages=frozenset({"en", "ar", "de", "es", "fr", "ru", "uk", "zh"}),
    examples=(
        Example(
            "⟦The staff of the hotel were very friendly and helpful.⟧\n\nThe mayor opened the new school.",
            given=(
                Given(
                    SOURCE_ALIGNMENT,
                    paired_blocks(
                        "de",
                        "en",
                        (
                            "Die Regierung will im nächsten Jahr die Steuern auf Tabak und Alkohol erhöhen.",
                            "Der Bürgermeister eröffnete die neue Schule.",
                        ),
                    ),
                ),
            ),
        ),
        Example(
            "The government wants to raise taxes on tobacco next year.",
            given=(
                Given(
                    SOURCE_ALIGNMENT,
                    paired_blocks("zh", "en", ("政府希望明年提高烟草税。",)),
                ),
            ),
        ),
        Example(
            "⟦El personal del hotel fue muy amable y la habitación estaba limpia.⟧",
            "es",
            (Given(SOURCE_ALIGNMENT, paired_blocks("en", "es", (_SOURCE,))),),
        ),
        Example(
            "⟦Персонал гостиницы был очень любезен, а комната чистой и большой.⟧",
            "ru",
            (Given(SOURCE_ALIGNMENT, paired_blocks("en", "ru", (_SOURCE,))),),
        ),
        Example(
            "⟦Das Personal des Hotels war sehr freundlich, und das Zimmer war sauber.⟧",
            "de",
            (Given(SOURCE_ALIGNMENT, paired_blocks("en", "de", (_SOURCE,))),),
        ),
        Example(
            "⟦كان موظفو الفندق ودودين جدا وكانت الغرفة نظيفة وكبيرة.⟧",
            "ar",
            (Given(SOURCE_ALIGNMENT, paired_blocks("en", "ar", (_SOURCE,))),),
        ),
    ),
)
