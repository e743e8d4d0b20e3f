"""Where words of one side have no counterpart on the other: stretches with evidence against them, and gaps between pairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mtcheck.core.sources import AlignedPair, PartScore, SourceAlignment
from mtcheck.core.spans import Span
from mtcheck.text.alignment import words_of
from mtcheck.text.word_evidence import Evidence, SidedUnits, evidence, has_lexicon


@dataclass(frozen=True, slots=True)
class UnmatchedStretch:
    """The stretch of a text with the strongest evidence that the other text has nothing for it.

    ``span`` counts that text, from the first word that misses its counterpart to the last; ``weight`` (natural logarithm) is
    the sum of the evidence against, positive; ``words`` are those that miss theirs.
    """

    span: Span
    weight: float
    words: int


@dataclass(frozen=True, slots=True)
class PairEvidence:
    """What the words of both sides of a pair say: how many are known, the mean weight, the worst stretch of each side, and each word."""

    known: int
    mean: float
    source: UnmatchedStretch | None
    target: UnmatchedStretch | None
    source_words: tuple[Evidence, ...]
    target_words: tuple[Evidence, ...]


def pair_evidence(source: str, target: str, source_language: str, target_language: str) -> PairEvidence | None:
    """Return what the lexicon says of a pair, or ``None`` where there is none for the two languages."""
    if not has_lexicon(source_language, target_language):
        return None
    here, there = SidedUnits.of(source, source_language), SidedUnits.of(target, target_language)
    forward = evidence(here.units, there.keys, source_language, target_language)
    backward = evidence(there.units, here.keys, target_language, source_language)
    known = len(forward) + len(backward)
    total = sum(item.weight for item in forward) + sum(item.weight for item in backward)
    return PairEvidence(known, total / known if known else 0.0, _worst(forward), _worst(backward), forward, backward)


def _worst(found: Sequence[Evidence]) -> UnmatchedStretch | None:
    """Return the stretch whose evidence against is greatest (Kadane's maximum sum over runs), or ``None`` without any."""
    best: tuple[float, int, int] | None = None
    total, start = 0.0, 0
    for place, item in enumerate(found):
        if total >= 0:
            total, start = 0.0, place
        total += item.weight
        if total < 0 and (best is None or total < best[0]):
            best = (total, start, place)
    if best is None:
        return None
    weight, first, last = best
    missed = [item for item in found[first : last + 1] if not item.found]
    return UnmatchedStretch(Span(missed[0].span.start, missed[-1].span.end), -weight, len(missed))


def unrendered(
    scores: Iterable[PartScore], words: Sequence[Evidence], most: float, support: float
) -> tuple[PartScore, ...]:
    """Return the parts that a translation model and the words agree on: nothing on the other side stands for them.

    ``most`` is the highest gain (natural logarithm) that such a part may have, ``support`` how much the ``words`` inside must speak
    against it together. Of parts that overlap, that with the least gain is returned.
    """
    chosen: list[PartScore] = []
    for score in sorted(scores, key=lambda score: (score.gain, score.span)):
        against = -sum(word.weight for word in words if score.span.start <= word.span.start < score.span.end)
        apart = all(other.span.end <= score.span.start or score.span.end <= other.span.start for other in chosen)
        if score.gain <= most and against >= support and apart:
            chosen.append(score)
    return tuple(chosen)


def places_of_gaps(alignment: SourceAlignment) -> Iterator[Span | None]:
    """Yield for each pair, as if its translation were missing, the word before that place, else the one after it.

    ``None`` for a document without words around.
    """
    first = next((word.shift(pair.target.start) for pair in alignment.pairs for word in _words(pair)[:1]), None)
    before: Span | None = None
    for pair in alignment.pairs:
        yield before or first
        for word in _words(pair)[-1:]:
            before = word.shift(pair.target.start)


def _words(pair: AlignedPair) -> list[Span]:
    return [word.span for word in words_of(pair.translation)]


# A sentence of which a part is said again and again scores as high as one that is foreign to its source; chosen on the tuning
# half of the corpora of ``mtcheck bench source``.
_REPETITION_WEIGHT = 5.0
_REPEATED_WORDS = 3


def detachment(source: str, target: str, source_language: str, target_language: str) -> float | None:
    """Return how little a translation has to do with its source: the higher, the likelier made up; ``None`` without a lexicon.

    The mean evidence of the words of both sides, turned round, and the part of its runs of three words that are repeated.
    """
    found = pair_evidence(source, target, source_language, target_language)
    if found is None:
        return None
    keys = [word.key for word in words_of(target)]
    runs = [tuple(keys[start : start + _REPEATED_WORDS]) for start in range(len(keys) - _REPEATED_WORDS + 1)]
    repeated = 1 - len(set(runs)) / len(runs) if runs else 0.0
    return _REPETITION_WEIGHT * repeated - found.mean
