"""The words of a sentence stand in no order.

What it finds: an English sentence of eight words or more in which the words are no more expected than they would be in any order: to a language
model, the words before them say nothing of the next one. The probability comes from a small logistic model over named features (bits
beyond what the frequency of the words explains, of all words and of function words, against the page's own level), fitted to whole and
shuffled sentences; each finding says which features carried it.

Why it matters: a decoder that loses the thread, a sentence put together from cells or captions, and text spun to escape a filter are
all made of real words, so that no spelling check sees them.

When it is wrong: on verse, headlines run together, lists of terms, recipes, and passages of another kind of English than news (old prose, code,
legal formulas). Sentences of which two words in five are names or numbers are not judged. Other languages were not measured and are not judged. It finds whole
sentences in disorder, not two words that changed places; it runs on request, because it loads a model for what news seldom has.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example, Given, Tier
from mtcheck.core.documents import BlockKind, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Metric, Note, Severity
from mtcheck.core.surprisal import SURPRISAL, ScoringModel, Surprisals
from mtcheck.text.damage import DAMAGE, LANGUAGE, SALAD, Damage, JudgedSentence, calibration_note, damage_model
from mtcheck.text.word_surprisal import Level

_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.LEAD, BlockKind.SUMMARY, BlockKind.QUOTATION})


@dataclass(frozen=True, slots=True)
class Options:
    """``threshold``: the probability from which a sentence is named; 0 means that of the fitted model."""

    threshold: float = 0.0


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each sentence whose words stand in no order."""
    signature = facts[SURPRISAL].signature_of(LANGUAGE)
    model = damage_model(SALAD)
    for sentence in facts[DAMAGE].sentences:
        block = document.block_at(sentence.span.start)
        if sentence.probability < (options.threshold or model.threshold) or block is None or block.kind not in _KINDS:
            continue
        yield Hit(
            sentence.span,
            "The words of this sentence stand in no order that English has",
            max(0.0001, round(sentence.probability, 4)),
            (
                Metric("probability that the words were mixed up", round(sentence.probability, 3), model.name),
                Metric("bits beyond the frequency of its words, mean", round(sentence.values[1], 2), signature),
                Note("strongest features", model.strongest(sentence.values)),
                *calibration_note(model, signature),
            ),
        )


def _given(probability: float) -> tuple[Given[Surprisals], Given[Damage]]:
    """Make every block one sentence with this probability."""

    def judge(document: Document) -> Damage:
        values = tuple(term.mean for term in damage_model(SALAD).terms)
        sentences = tuple(JudgedSentence(block.span, probability, values) for block in document.blocks)
        return Damage((), sentences, Level(4.0, 2.0))

    return Given(SURPRISAL, lambda _: Surprisals((), (ScoringModel(LANGUAGE, "given"),))), Given(DAMAGE, judge)


CHECK = Check(
    code="FLU002",
    name="word-salad",
    category="linguistic/grammar",
    severity=Severity.MAJOR,
    needs=(SURPRISAL, DAMAGE),
    options=Options,
    find=find,
    documentation=__doc__,
    tier=Tier.ON_REQUEST,
    languages=frozenset({LANGUAGE}),
    examples=(
        Example("⟦Harbor the of late council said the on would and open it Monday again.⟧", given=_given(0.9995)),
        Example("The council said late on Monday that the harbor would open again and it did.", given=_given(0.01)),
    ),
)
