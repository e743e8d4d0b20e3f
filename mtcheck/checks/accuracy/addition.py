"""The translation says something that its source does not.

What it finds: with the source at hand, a sentence of the page that renders nothing of the source. With the option ``stretches`` also a
stretch of a sentence whose words have no counterpart there although each of them nearly always finds one (by a bilingual lexicon
of English and Arabic, Chinese, French, German, Russian, Spanish or Ukrainian); that is off, for a third of what it found was right. Where a
translation model reads the pairs anyway (for ACC011), a part counts without which the model holds the source no less likely, if the
words too speak against it.

Why it matters: translation models make things up, fluently; readers have no means to tell.

When it is wrong: for additions that editors make on purpose (an explanation for foreign readers, a byline), and free translation.
One added word is not enough: a stretch must weigh as much as a clause.
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
from mtcheck.text.source_gaps import pair_evidence, unrendered

_LABEL = "evidence that it was added (log)"


@dataclass(frozen=True, slots=True)
class Options:
    """A sentence of at least ``words`` words counts. Stretches inside sentences are looked for where ``stretches`` is set; one counts from ``weight`` (natural logarithm) and ``missed`` words.

    A pair whose words speak against it on the whole (mean below ``related``) is another text and not judged here. Where a translation
    model has scored the parts of the translation, one that adds at most ``gain`` (natural logarithm) to the source counts from the weight
    ``support`` on.
    """

    words: int = 5
    stretches: bool = False
    weight: float = 9.0
    missed: int = 3
    related: float = 0.3
    gain: float = -2.0
    support: float = 9.0


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each sentence or stretch of the page that the source has not."""
    del document
    alignment = facts[SOURCE_ALIGNMENT]
    for pair in alignment.pairs:
        if len(pair.target) and not pair.source and pair.sure and len(words_of(pair.translation)) >= options.words:
            yield Hit(pair.target, "The source has nothing that this sentence could render", 0.8)
    scores = facts.get(PART_SCORES)
    parts = scores.of_side(Side.TRANSLATION) if scores else {}
    for index in alignment.comparable_indexes if options.stretches or scores is not None else ():
        pair = alignment.pairs[index]
        found = pair_evidence(pair.source, pair.translation, alignment.source_language, alignment.language)
        if found is None or found.mean < options.related:
            continue
        stretch = found.target
        if options.stretches and stretch and stretch.weight >= options.weight and stretch.words >= options.missed:
            confidence = min(0.9, 0.5 + (stretch.weight - options.weight) / 20)
            yield _added(pair, stretch.span, alignment, confidence, Metric(_LABEL, round(stretch.weight, 1)))
        elif scores is not None:
            for part in unrendered(parts.get(index, ()), found.target_words, options.gain, options.support):
                gain = Metric("what it adds to the source (log)", round(part.gain, 1), scores.translator_signature)
                yield _added(pair, part.span, alignment, 0.5, gain)


def _added(pair: AlignedPair, span: Span, alignment: SourceAlignment, confidence: float, metric: Metric) -> Hit:
    return Hit(
        span.shift(pair.target.start),
        "The source has nothing that these words could render",
        confidence,
        (Passage("source", pair.source, alignment.source_language), metric),
    )


def _given_gain(translation: str, part: str, gain: float) -> Given[PartScores]:
    start = translation.index(part)
    score = PartScore(0, Side.TRANSLATION, Span(start, start + len(part)), gain)
    return Given(PART_SCORES, lambda _document: PartScores((score,), "example translator"))


_SHORTER = "Der Bürgermeister eröffnete die Schule und dankte den Lehrern."
_LONGER = "The mayor opened the school, together with his young son, and thanked the teachers."
_ASIDE = "together with his young son"

CHECK = Check(
    code="ACC004",
    name="addition",
    category="accuracy/addition",
    severity=Severity.MAJOR,
    needs=(SOURCE_ALIGNMENT,),
    welcomes=(PART_SCORES,),
    options=Options,
    find=find,
    documentation=__doc__,
    languages=frozenset({"en", "ar", "de", "es", "fr", "ru", "uk", "zh"}),
    examples=(
        Example(
            _LONGER.replace(_ASIDE, f"⟦{_ASIDE}⟧"),
            given=(
                Given(SOURCE_ALIGNMENT, paired_blocks("de", "en", (_SHORTER,))),
                _given_gain(_LONGER, _ASIDE, -3.4),
            ),
        ),
        Example(
            _LONGER,
            given=(
                Given(SOURCE_ALIGNMENT, paired_blocks("de", "en", (_SHORTER,))),
                _given_gain(_LONGER, _ASIDE, 4.0),
            ),
            comment="the model holds the source likelier with the part",
        ),
        Example(
            "The council met on Tuesday.\n\n⟦The weather was fine and the hotel had a pool.⟧",
            given=(Given(SOURCE_ALIGNMENT, paired_blocks("de", "en", ("Der Rat tagte am Dienstag.", ""))),),
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
            "⟦El tiempo era bueno y el hotel tenía una piscina.⟧",
            "es",
            (Given(SOURCE_ALIGNMENT, paired_blocks("en", "es", ("",))),),
        ),
        Example(
            "⟦Погода была хорошая, а в отеле был бассейн.⟧",
            "ru",
            (Given(SOURCE_ALIGNMENT, paired_blocks("en", "ru", ("",))),),
        ),
        Example(
            "⟦Das Wetter war schön, und das Hotel hatte ein Schwimmbad.⟧",
            "de",
            (Given(SOURCE_ALIGNMENT, paired_blocks("en", "de", ("",))),),
        ),
        Example(
            "⟦كان الطقس جميلا وكان في الفندق مسبح كبير.⟧",
            "ar",
            (Given(SOURCE_ALIGNMENT, paired_blocks("en", "ar", ("",))),),
        ),
    ),
)
