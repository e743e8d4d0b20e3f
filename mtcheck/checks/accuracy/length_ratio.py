"""A translation is far too short or far too long for its source.

What it finds: with the source at hand, a sentence or unit whose length is outside what translations of that length have, given how
many characters the two languages need for the same content (FLORES-200).

Why it matters: clauses were dropped, or the model went on writing.

When it is wrong: for labels and abbreviations written out, which is why short texts have room, and for languages whose usual
length was not measured (Arabic, Chinese, English, French, German, Hebrew, Japanese, Korean, Persian, Portuguese, Russian, Spanish, Turkish
and Ukrainian were; for others that of most European languages is taken).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example, Given
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Metric, Passage, Severity
from mtcheck.core.sources import SOURCE_ALIGNMENT, paired_blocks
from mtcheck.text.lengths import usual_ratio


@dataclass(frozen=True, slots=True)
class Options:
    """The least and greatest part of the expected length, and how many characters a short text may miss it by."""

    least: float = 0.42
    most: float = 2.3
    slack: int = 16

    def __post_init__(self) -> None:
        if not 0 < self.least < 1 < self.most:
            raise ValueError("least lies below 1, most above")


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each pair with an impossible length."""
    del document
    alignment = facts[SOURCE_ALIGNMENT]
    ratio = usual_ratio(alignment.source_language, alignment.language)
    for pair in alignment.comparable:
        length = len(pair.translation.strip())
        expected = len(pair.source.strip()) * ratio
        short = length + options.slack < options.least * expected
        if not short and length - options.slack <= options.most * expected:
            continue
        part = length / expected if expected else 0.0
        yield Hit(
            pair.target,
            f"The translation is far too {'short' if short else 'long'} for its source: {part:.0%} of the usual length",
            0.85,
            (
                Passage("source", pair.source, alignment.source_language),
                Metric("part of the usual length", round(part, 2)),
            ),
        )


_LONG = "The council of the harbor met on Tuesday, heard the reports of both captains and put off the vote until the autumn."

CHECK = Check(
    code="ACC008",
    name="length-ratio",
    category="accuracy/omission",
    severity=Severity.MAJOR,
    needs=(SOURCE_ALIGNMENT,),
    options=Options,
    find=find,
    documentation=__doc__,
    examples=(
        Example(
            "⟦The council met.⟧\n\nThe vote is in autumn.",
            given=(
                Given(
                    SOURCE_ALIGNMENT,
                    paired_blocks(
                        "de",
                        "en",
                        (
                            "Der Hafenrat tagte am Dienstag, hörte die Berichte beider Kapitäne und verschob die Abstimmung auf den Herbst.",
                            "Abgestimmt wird im Herbst.",
                        ),
                    ),
                ),
            ),
        ),
        Example("OK", given=(Given(SOURCE_ALIGNMENT, paired_blocks("de", "en", ("In Ordnung, fertig",))),)),
        Example("⟦El consejo se reunió.⟧", "es", (Given(SOURCE_ALIGNMENT, paired_blocks("en", "es", (_LONG,))),)),
        Example("⟦Совет собрался.⟧", "ru", (Given(SOURCE_ALIGNMENT, paired_blocks("en", "ru", (_LONG,))),)),
        Example("⟦Der Rat tagte.⟧", "de", (Given(SOURCE_ALIGNMENT, paired_blocks("en", "de", (_LONG,))),)),
        Example("⟦اجتمع المجلس.⟧", "ar", (Given(SOURCE_ALIGNMENT, paired_blocks("en", "ar", (_LONG,))),)),
    ),
)
