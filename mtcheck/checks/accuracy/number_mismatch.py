"""A number of the translation is not that of its source.

What it finds: with the source at hand, numbers that only one side has: cardinals, shares, years, times and dates, in digits or in
words, in the separators and scales of each language ("1,2 Mrd." is "1.2 billion"). A number that differs from the source's by
a power of ten is ACC010's.

Why it matters: numbers are what is quoted from a page, and a wrong one looks as good as a right one.

When it is wrong: where the translator converted a unit or a currency, counted otherwise ("a dozen", "both"), or wrote out a
number in words that the tables do not know. Numerals in Chinese characters are not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example, Given
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Passage, Severity
from mtcheck.core.sources import SOURCE_ALIGNMENT, AlignedPair, paired_blocks
from mtcheck.text.number_pairs import compare_numbers
from mtcheck.text.numbers import Number


@dataclass(frozen=True, slots=True)
class Options:
    """``one_sided``: report numbers that one side only has, too, from the value ``least`` on; without it, only changed ones."""

    one_sided: bool = True
    least: int = 13


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each number of the translation that the source has not, or for a pair that lost one."""
    del document
    alignment = facts[SOURCE_ALIGNMENT]
    for pair in alignment.comparable:
        found = compare_numbers(pair.source, pair.translation, alignment.source_language, alignment.language)
        if found.missing and found.extra:
            yield from _changed(pair, found.missing, found.extra, alignment.source_language)
        elif options.one_sided:
            yield from _one_sided(pair, found.missing, found.extra, alignment.source_language, options.least)


def _changed(pair: AlignedPair, missing: Sequence[Number], extra: Sequence[Number], language: str) -> Iterator[Hit]:
    spans = tuple(number.span for number in missing)
    wanted = ", ".join(span.of(pair.source) for span in spans)
    for number in extra:
        message = f"The source has {wanted} here, not {number.span.of(pair.translation)}"
        evidence = (Passage("source", pair.source, language, spans),)
        yield Hit(number.span.shift(pair.target.start), message, 0.9, evidence)


def _one_sided(
    pair: AlignedPair, missing: Sequence[Number], extra: Sequence[Number], language: str, least: int
) -> Iterator[Hit]:
    for number in extra:
        if number.value >= least and not number.in_words:
            message = f"The source has no {number.span.of(pair.translation)}"
            evidence = (Passage("source", pair.source, language),)
            yield Hit(number.span.shift(pair.target.start), message, 0.7, evidence)
    lost = [number for number in missing if number.value >= least and not number.in_words]
    if lost:
        spans = tuple(number.span for number in lost)
        wanted = ", ".join(span.of(pair.source) for span in spans)
        yield Hit(
            pair.target,
            f"{wanted} of the source is missing here",
            0.7,
            (Passage("source", pair.source, language, spans),),
        )


CHECK = Check(
    code="ACC006",
    name="number-mismatch",
    category="accuracy/number",
    severity=Severity.MAJOR,
    needs=(SOURCE_ALIGNMENT,),
    options=Options,
    find=find,
    documentation=__doc__,
    languages=frozenset({"en", "ar", "de", "es", "fr", "ru", "uk", "zh"}),
    examples=(
        Example(
            "The company lost ⟦18⟧ ships.\n\nIt earned 1.2 billion euros.\n\nThe ferry left at 3:50 p.m. on July 24.",
            given=(
                Given(
                    SOURCE_ALIGNMENT,
                    paired_blocks(
                        "de",
                        "en",
                        (
                            "Das Unternehmen verlor 16 Schiffe.",
                            "Es verdiente 1,2 Milliarden Euro.",
                            "Die Fähre legte am 24. Juli um 15.50 Uhr ab.",
                        ),
                    ),
                ),
            ),
        ),
        Example(
            "Three thousand people came, ten percent more than in 2019.",
            given=(
                Given(
                    SOURCE_ALIGNMENT,
                    paired_blocks("ru", "en", ("Пришло 3000 человек, на 10 % больше, чем в 2019 году.",)),
                ),
            ),
        ),
        Example(
            "La empresa perdió ⟦18⟧ barcos en dos años.",
            "es",
            (Given(SOURCE_ALIGNMENT, paired_blocks("en", "es", ("The company lost 16 ships in two years.",))),),
        ),
        Example(
            "Компания потеряла ⟦18⟧ судов за два года.",
            "ru",
            (Given(SOURCE_ALIGNMENT, paired_blocks("en", "ru", ("The company lost 16 ships in two years.",))),),
        ),
        Example(
            "Das Unternehmen verlor in zwei Jahren ⟦18⟧ Schiffe.",
            "de",
            (Given(SOURCE_ALIGNMENT, paired_blocks("en", "de", ("The company lost 16 ships in two years.",))),),
        ),
        Example(
            "خسرت الشركة ⟦18⟧ سفينة في عام 2019.",
            "ar",
            (Given(SOURCE_ALIGNMENT, paired_blocks("en", "ar", ("The company lost 16 ships in 2019.",))),),
        ),
    ),
)
