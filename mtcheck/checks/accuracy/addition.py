"""The translation says something that its source does not.

What it finds: with the source at hand, a sentence of the page that renders nothing of the source. With the option ``stretches`` also a
stretch of a sentence whose words have no counterpart there although each of them nearly always finds one (by a bilingual lexicon
of English and Arabic, Chinese, French, German, Russian, Spanish or Ukrainian); that is off, for a third of what it found was right.

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
from mtcheck.core.sources import SOURCE_ALIGNMENT, paired_blocks
from mtcheck.text.alignment import words_of
from mtcheck.text.source_gaps import pair_evidence

_LABEL = "evidence that it was added (log)"


@dataclass(frozen=True, slots=True)
class Options:
    """A sentence of at least ``words`` words counts. Stretches inside sentences are looked for where ``stretches`` is set; one counts from ``weight`` (natural logarithm) and ``missed`` words.

    A pair whose words speak against it on the whole (mean below ``related``) is another text and not judged here.
    """

    words: int = 5
    stretches: bool = False
    weight: float = 9.0
    missed: int = 3
    related: float = 0.3


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each sentence or stretch of the page that the source has not."""
    del document
    alignment = facts[SOURCE_ALIGNMENT]
    for pair in alignment.pairs:
        if len(pair.target) and not pair.source and pair.sure and len(words_of(pair.translation)) >= options.words:
            yield Hit(pair.target, "The source has nothing that this sentence could render", 0.8)
    for pair in alignment.comparable if options.stretches else ():
        found = pair_evidence(pair.source, pair.translation, alignment.source_language, alignment.language)
        if found is None or found.target is None or found.mean < options.related:
            continue
        stretch = found.target
        if stretch.weight >= options.weight and stretch.words >= options.missed:
            yield Hit(
                stretch.span.shift(pair.target.start),
                "The source has nothing that these words could render",
                min(0.9, 0.5 + (stretch.weight - options.weight) / 20),
                (
                    Passage("source", pair.source, alignment.source_language),
                    Metric(_LABEL, round(stretch.weight, 1)),
                ),
            )


CHECK = Check(
    code="ACC004",
    name="addition",
    category="accuracy/addition",
    severity=Severity.MAJOR,
    needs=(SOURCE_ALIGNMENT,),
    options=Options,
    find=find,
    documentation=__doc__,
    languages=frozenset({"en", "ar", "de", "es", "fr", "ru", "uk", "zh"}),
    examples=(
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
