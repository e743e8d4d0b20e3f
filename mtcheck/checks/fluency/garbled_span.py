"""Words surprise a language model far more than the rest of the page does.

What it finds: in English text, words that are probably damaged: unexpected after what stands before them, beyond what their
frequency, their place and the page's own level explain, and with neighbors that do not fit either. Names, numbers, capitals and addresses
surprise by their nature and are left alone. A small logistic model over these named
features turns surprisal into a probability, calibrated on machine translations of news in which three professionals marked errors; each
finding says which features carried it.

Why it matters: a wrong sense, a literal idiom or a lost word leaves no sign on the surface; that the words do not go together is all
that a reader of the translation alone can see.

When it is wrong: on unusual but right words: terms, names, jokes, poetry, and news of things that the language model has never read of. Raters
mark such words only somewhat more often than not, and people's own text has about one such place in a thousand words, so that the check is
a preview. Other languages than English were not measured and are not judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example, Given, Tier
from mtcheck.core.documents import BlockKind, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Metric, Note, Severity
from mtcheck.core.spans import Span
from mtcheck.core.surprisal import SURPRISAL, ScoringModel, Surprisals
from mtcheck.text.damage import (
    DAMAGE,
    LANGUAGE,
    WORDS,
    Damage,
    JudgedWord,
    calibration_note,
    damage_model,
    damaged_spans,
)
from mtcheck.text.word_surprisal import Level

# Headlines, captions and lists have a grammar of their own.
_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.LEAD, BlockKind.SUMMARY, BlockKind.QUOTATION})


@dataclass(frozen=True, slots=True)
class Options:
    """``threshold``: the probability from which words are named; 0 means that of the fitted model."""

    threshold: float = 0.0


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each run of words that are probably damaged."""
    damage, signature = facts[DAMAGE], facts[SURPRISAL].signature_of(LANGUAGE)
    model = damage_model(WORDS)
    for found in damaged_spans(damage, options.threshold or model.threshold):
        block = document.block_at(found.span.start)
        if block is None or block.kind not in _KINDS:
            continue
        worst = found.worst
        said = worst.span.of(document.text)
        whole = found.span == worst.span
        yield Hit(
            found.span,
            f"“{said}” is far less expected here than the page's other words"
            if whole
            else f"These words do not go together; “{said}” is the least expected",
            max(0.0001, round(worst.probability, 4)),
            (
                Metric("probability that a professional marks it", round(worst.probability, 3), model.name),
                Metric("bits of the least expected word", round(worst.highest, 1), signature),
                Metric("median of the page in bits", round(damage.level.median, 1), signature),
                Note("strongest features", model.strongest(worst.values)),
                *calibration_note(model, signature),
            ),
        )


def _given(*damaged: str) -> tuple[Given[Surprisals], Given[Damage]]:
    """Make the words named damaged and all others sound."""

    def judge(document: Document) -> Damage:
        words, start = [], 0
        for said in document.text.split():
            place = document.text.index(said, start)
            start = place + len(said)
            probability = 0.9 if said in damaged else 0.1
            values = tuple(term.mean for term in damage_model(WORDS).terms)
            words.append(JudgedWord(Span(place, start), probability, 15.0, plain=True, values=values))
        return Damage((tuple(words),), (), Level(4.0, 2.0))

    return Given(SURPRISAL, lambda _: Surprisals((), (ScoringModel(LANGUAGE, "given"),))), Given(DAMAGE, judge)


CHECK = Check(
    code="FLU001",
    name="garbled-span",
    category="accuracy/mistranslation",
    severity=Severity.MINOR,
    needs=(SURPRISAL, DAMAGE),
    options=Options,
    find=find,
    documentation=__doc__,
    tier=Tier.PREVIEW,
    languages=frozenset({LANGUAGE}),
    examples=(
        Example("The council ⟦drank the handle⟧ of the new bridge.", given=_given("drank", "handle")),
        Example("The ferry leaves the ⟦pickle⟧ at noon and comes back at night.", given=_given("pickle")),
        Example("The ferry leaves the harbor at noon and comes back at night.", given=_given()),
    ),
)
