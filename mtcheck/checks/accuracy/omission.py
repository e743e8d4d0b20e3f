"""A part of the source is missing from its translation.

What it finds: with the source at hand, a sentence of it that nothing in the translation renders, a unit of a file of pairs that
was left empty, and a stretch of a sentence whose words have no counterpart although each of them nearly always finds one
(by a bilingual lexicon of English and Arabic, Chinese, French, German, Russian, Spanish or Ukrainian).

Why it matters: what is left out cannot be missed by a reader who has only the translation; it is the commonest grave fault of
neural translation after wrong words.

When it is wrong: for free translation, summaries, and sentences that were moved far away. One missing word is not enough: a
stretch must weigh as much as a clause. Where no lexicon has the two languages, only whole sentences and units are found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example, Given
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Metric, Passage, Severity
from mtcheck.core.sources import SOURCE_ALIGNMENT, SourceAlignment, paired_blocks
from mtcheck.core.spans import Span
from mtcheck.text.alignment import words_of
from mtcheck.text.source_gaps import pair_evidence, place_of_gap

_LABEL = "evidence that it is missing (log)"


@dataclass(frozen=True, slots=True)
class Options:
    """A sentence of at least ``words`` words counts; a stretch counts from ``weight`` (natural logarithm) and ``missed`` words.

    A pair whose words speak against it on the whole (mean below ``related``) is another text and not judged here.
    """

    words: int = 3
    weight: float = 10.0
    missed: int = 3
    related: float = 0.3


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each sentence or stretch of the source that is missing."""
    del document
    alignment = facts[SOURCE_ALIGNMENT]
    yield from _gaps(alignment, options)
    for pair in alignment.comparable:
        found = pair_evidence(pair.source, pair.translation, alignment.source_language, alignment.language)
        if found is None or found.source is None or found.mean < options.related:
            continue
        stretch = found.source
        if stretch.weight >= options.weight and stretch.words >= options.missed:
            missing = stretch.span.of(pair.source)
            yield Hit(
                pair.target,
                f"Nothing here renders “{missing}” of the source",
                min(0.9, 0.5 + (stretch.weight - options.weight) / 20),
                (
                    Passage("source", pair.source, alignment.source_language, (stretch.span,)),
                    Metric(_LABEL, round(stretch.weight, 1)),
                ),
            )


def _gaps(alignment: SourceAlignment, options: Options) -> Iterator[Hit]:
    """Yield one hit for each run of sentences or units that have no translation."""
    waiting: list[str] = []
    place: Span | None = None
    for index, pair in enumerate(alignment.pairs):
        missing = not len(pair.target) and pair.sure and len(words_of(pair.source)) >= options.words
        if missing:
            waiting.append(pair.source.strip())
            place = place or place_of_gap(alignment, index)
        if waiting and (not missing or index == len(alignment.pairs) - 1):
            if place is not None:
                yield _gap(waiting, place, alignment.source_language)
            waiting, place = [], None


def _gap(missing: list[str], place: Span, language: str) -> Hit:
    what = "a sentence" if len(missing) == 1 else f"{len(missing)} sentences"
    text = " ".join(missing)
    return Hit(
        place,
        f"Beside this, {what} of the source has no translation"
        if len(missing) == 1
        else f"Beside this, {what} of the source have no translation",
        0.85,
        (Passage("source", text, language, (Span(0, len(text)),)),),
    )


CHECK = Check(
    code="ACC003",
    name="omission",
    category="accuracy/omission",
    severity=Severity.MAJOR,
    needs=(SOURCE_ALIGNMENT,),
    options=Options,
    find=find,
    documentation=__doc__,
    languages=frozenset({"en", "ar", "de", "es", "fr", "ru", "uk", "zh"}),
    examples=(
        Example(
            "The council met on Tuesday.\n\nIt rejected the ⟦plan⟧.",
            given=(
                Given(
                    SOURCE_ALIGNMENT,
                    paired_blocks(
                        "de",
                        "en",
                        (
                            "Der Rat tagte am Dienstag.",
                            "Er lehnte den Plan ab.",
                            "Der Bürgermeister trat noch am Abend zurück.",
                        ),
                    ),
                ),
            ),
        ),
        Example(
            "⟦The president said that the new law would enter into force in January.⟧",
            given=(
                Given(
                    SOURCE_ALIGNMENT,
                    paired_blocks(
                        "ru",
                        "en",
                        (
                            "Президент заявил, что новый закон вступит в силу в январе, хотя оппозиция требует провести референдум и обратилась в суд.",
                        ),
                    ),
                ),
            ),
        ),
        Example(
            "The president said that the new law would enter into force in January.",
            given=(
                Given(
                    SOURCE_ALIGNMENT,
                    paired_blocks("ru", "en", ("Президент заявил, что новый закон вступит в силу в январе.",)),
                ),
            ),
        ),
        Example("The council met on Tuesday.", given=(Given(SOURCE_ALIGNMENT, paired_blocks("und", "en", ())),)),
        Example(
            "El consejo se reunió el ⟦martes⟧.",
            "es",
            (
                Given(
                    SOURCE_ALIGNMENT,
                    paired_blocks("en", "es", ("The council met on Tuesday.", "The mayor resigned that same evening.")),
                ),
            ),
        ),
        Example(
            "Совет собрался во ⟦вторник⟧.",
            "ru",
            (
                Given(
                    SOURCE_ALIGNMENT,
                    paired_blocks("en", "ru", ("The council met on Tuesday.", "The mayor resigned that same evening.")),
                ),
            ),
        ),
        Example(
            "Der Rat tagte am ⟦Dienstag⟧.",
            "de",
            (
                Given(
                    SOURCE_ALIGNMENT,
                    paired_blocks("en", "de", ("The council met on Tuesday.", "The mayor resigned that same evening.")),
                ),
            ),
        ),
        Example(
            "اجتمع المجلس يوم ⟦الثلاثاء⟧.",
            "ar",
            (
                Given(
                    SOURCE_ALIGNMENT,
                    paired_blocks("en", "ar", ("The council met on Tuesday.", "The mayor resigned that same evening.")),
                ),
            ),
        ),
    ),
)
