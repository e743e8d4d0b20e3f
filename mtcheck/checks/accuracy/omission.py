"""A part of the source is missing from its translation.

What it finds: with the source at hand, a sentence of it that nothing in the translation renders, a unit of a file of pairs that
was left empty, and a stretch of a sentence whose words have no counterpart although each of them nearly always finds one
(by a bilingual lexicon of English and Arabic, Chinese, French, German, Russian, Spanish or Ukrainian). Where a translation model reads the
pairs anyway (for ACC011), less evidence of the words is enough for a part without which the model holds the translation no less likely.

Why it matters: what is left out cannot be missed by a reader who has only the translation; it is the commonest grave fault of
neural translation after wrong words.

When it is wrong: for free translation, summaries, and sentences that were moved far away. One missing word is not enough: a
stretch must weigh as much as a clause. Two languages without English have a lexicon by way of it,
which finds few stretches; where there is none, only whole sentences and units are found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example, Given
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Metric, Passage, Severity
from mtcheck.core.sources import (
    PART_SCORES,
    SOURCE_ALIGNMENT,
    AlignedPair,
    PartScore,
    PartScores,
    Side,
    SourceAlignment,
    paired_blocks,
)
from mtcheck.core.spans import Span
from mtcheck.text.alignment import words_of
from mtcheck.text.source_gaps import pair_evidence, places_of_gaps, unrendered

_LABEL = "evidence that it is missing (log)"


@dataclass(frozen=True, slots=True)
class Options:
    """A sentence of at least ``words`` words counts; a stretch counts from ``weight`` (natural logarithm) and ``missed`` words.

    A pair whose words speak against it on the whole (mean below ``related``) is another text and not judged here. Where a translation
    model has scored the parts of the source, one that adds at most ``gain`` (natural logarithm) to the translation counts from the
    weight ``support`` on.
    """

    words: int = 3
    weight: float = 10.0
    missed: int = 3
    related: float = 0.3
    gain: float = -2.0
    support: float = 7.0


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each sentence or stretch of the source that is missing."""
    del document
    alignment = facts[SOURCE_ALIGNMENT]
    scores = facts.get(PART_SCORES)
    parts = scores.of_side(Side.SOURCE) if scores else {}
    yield from _gaps(alignment, options)
    for index in alignment.comparable_indexes:
        pair = alignment.pairs[index]
        found = pair_evidence(pair.source, pair.translation, alignment.source_language, alignment.language)
        if found is None or found.mean < options.related:
            continue
        stretch = found.source
        if stretch is not None and stretch.weight >= options.weight and stretch.words >= options.missed:
            confidence = min(0.9, 0.5 + (stretch.weight - options.weight) / 20)
            yield _missing(pair, stretch.span, alignment, confidence, Metric(_LABEL, round(stretch.weight, 1)))
        elif scores is not None:
            for part in unrendered(parts.get(index, ()), found.source_words, options.gain, options.support):
                yield _missing(pair, part.span, alignment, 0.5, _gain(part, scores))


def _missing(pair: AlignedPair, span: Span, alignment: SourceAlignment, confidence: float, metric: Metric) -> Hit:
    return Hit(
        pair.target,
        f"Nothing here renders “{span.of(pair.source)}” of the source",
        confidence,
        (Passage("source", pair.source, alignment.source_language, (span,)), metric),
    )


def _gain(part: PartScore, scores: PartScores) -> Metric:
    return Metric("what it adds to the translation (log)", round(part.gain, 1), scores.translator_signature)


def _gaps(alignment: SourceAlignment, options: Options) -> Iterator[Hit]:
    """Yield one hit for each run of sentences or units that have no translation."""
    waiting: list[str] = []
    place: Span | None = None
    last = len(alignment.pairs) - 1
    for index, (pair, near) in enumerate(zip(alignment.pairs, places_of_gaps(alignment), strict=True)):
        missing = not len(pair.target) and pair.sure and len(words_of(pair.source)) >= options.words
        if missing:
            place = place or near
            waiting.append(pair.source.strip())
        if waiting and (not missing or index == last):
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


def _given_gain(source: str, part: str, gain: float) -> Given[PartScores]:
    start = source.index(part)
    score = PartScore(0, Side.SOURCE, Span(start, start + len(part)), gain)
    return Given(PART_SCORES, lambda _document: PartScores((score,), "example translator"))


_LONGER = "Der Bürgermeister eröffnete die Schule, begleitet von seinem Sohn, und dankte den Lehrern."
_ASIDE = "begleitet von seinem Sohn"

CHECK = Check(
    code="ACC003",
    name="omission",
    category="accuracy/omission",
    severity=Severity.MAJOR,
    needs=(SOURCE_ALIGNMENT,),
    welcomes=(PART_SCORES,),
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
        Example(
            "⟦The mayor opened the school and thanked the teachers.⟧",
            given=(
                Given(SOURCE_ALIGNMENT, paired_blocks("de", "en", (_LONGER,))),
                _given_gain(_LONGER, _ASIDE, -3.4),
            ),
            comment="too few words for the lexicon alone; the model misses them no more than it does",
        ),
        Example(
            "The mayor opened the school and thanked the teachers.",
            given=(
                Given(SOURCE_ALIGNMENT, paired_blocks("de", "en", (_LONGER,))),
                _given_gain(_LONGER, _ASIDE, 4.0),
            ),
            comment="the model holds the translation likelier with the part",
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
