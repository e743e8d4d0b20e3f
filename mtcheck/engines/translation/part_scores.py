"""The provider of the fact PART_SCORES: what each part of a pair is worth to its other side, by forced decoding.

A part of the source without which the translation is no less likely has probably not been translated; a part of the translation without
which the source is no less likely has probably been added (Vamvas and Sennrich 2022, https://aclanthology.org/2022.acl-short.53).
They cut sentences by a parser; here parts stand between pauses, and the stretch of which a lexicon misses the counterparts is one too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mtcheck.core.errors import EngineError
from mtcheck.core.facts import Fact, FactRequest, Omission, Outcome
from mtcheck.core.sources import PART_SCORES, SOURCE_ALIGNMENT, PartScore, PartScores, Side, SourceAlignment
from mtcheck.core.spans import Span
from mtcheck.core.translation import Likelihood, Scorer, Translator
from mtcheck.engines.translation.round_trip import MAX_CHARACTERS
from mtcheck.text.alignment import words_of
from mtcheck.text.removable_parts import FEWEST_WORDS, MOST_SHARE, removable_parts, without
from mtcheck.text.source_gaps import pair_evidence

LEAST_GAIN = 1.0
"""How much likelier (natural logarithm a token) the other side must make a text, or the model knows too little of the pair to judge its parts."""


@dataclass(frozen=True, slots=True)
class _Job:
    """One side of a pair with its parts: ``text`` is cut, ``other`` is scored."""

    document: int
    pair: int
    side: Side
    text: str
    other: str
    parts: tuple[Span, ...]


class PartScoresProvider:
    """Computes PART_SCORES with a translator that scores given translations; without one, and without a source, there are none."""

    def __init__(self, translator: Translator) -> None:
        """Take the translator."""
        self._translator = translator

    @property
    def provides(self) -> Fact[PartScores]:
        """The fact PART_SCORES."""
        return PART_SCORES

    @property
    def needs(self) -> tuple[Fact[Any], ...]:
        """SOURCE_ALIGNMENT."""
        return (SOURCE_ALIGNMENT,)

    @property
    def signature(self) -> str:
        """The translator."""
        return f"part scores 1 {self._translator.signature}"

    def provide(self, requests: Sequence[FactRequest]) -> list[Outcome[PartScores]]:
        """Score the parts of the pairs of all documents, those of one direction together."""
        ways: dict[tuple[str, str], list[_Job]] = defaultdict(list)
        for number, request in enumerate(requests):
            alignment = request.facts[SOURCE_ALIGNMENT]
            for job in _jobs(number, alignment):
                languages = (alignment.source_language, alignment.language)
                ways[languages if job.side is Side.SOURCE else languages[::-1]].append(job)
        found: dict[int, list[PartScore]] = defaultdict(list)
        errors: dict[int, dict[str, None]] = defaultdict(dict)
        for way, jobs in ways.items():
            try:
                for job, scores in zip(jobs, self._scored(way, jobs), strict=True):
                    found[job.document].extend(scores)
            except EngineError as error:
                for job in jobs:
                    errors[job.document][str(error)] = None
        return [
            Outcome(
                PartScores(
                    tuple(sorted(found[number], key=lambda score: (score.pair, score.side, score.span))),
                    self._translator.signature,
                ),
                tuple(Omission(message, incomplete=True) for message in errors[number]),
            )
            for number in range(len(requests))
        ]

    def _scored(self, way: tuple[str, str], jobs: Sequence[_Job]) -> list[list[PartScore]]:
        translator: object = self._translator
        if not isinstance(translator, Scorer) or not self._translator.supports(*way):
            return [[] for _ in jobs]
        wanted = [(given, job.other) for job in jobs for given in ("", job.text, *_cut(job))]
        sources, targets = [given for given, _ in wanted], [other for _, other in wanted]
        answers = iter(translator.likelihoods(sources, targets, *way))
        return [_gains(job, [next(answers) for _ in range(2 + len(job.parts))]) for job in jobs]


def _jobs(number: int, alignment: SourceAlignment) -> Iterator[_Job]:
    for index in alignment.comparable_indexes:
        pair = alignment.pairs[index]
        if max(len(pair.source), len(pair.translation)) > MAX_CHARACTERS:
            continue
        words = pair_evidence(pair.source, pair.translation, alignment.source_language, alignment.language)
        for side, text, other, stretch in (
            (Side.SOURCE, pair.source, pair.translation, words and words.source),
            (Side.TRANSLATION, pair.translation, pair.source, words and words.target),
        ):
            parts = set(removable_parts(text))
            most = MOST_SHARE * len(words_of(text))
            if stretch and FEWEST_WORDS <= len(words_of(stretch.span.of(text))) <= most:
                parts.add(stretch.span)
            if parts:
                yield _Job(number, index, side, text, other, tuple(sorted(parts)))


def _cut(job: _Job) -> list[str]:
    return [without(job.text, part) for part in job.parts]


def _gains(job: _Job, likelihoods: Sequence[Likelihood | None]) -> list[PartScore]:
    """Return what each part is worth; nothing for a pair of which the model knows too little."""
    alone, whole, *cut = likelihoods
    if alone is None or whole is None or whole.mean - alone.mean < LEAST_GAIN:
        return []
    return [
        PartScore(job.pair, job.side, part, whole.total - each.total)
        for part, each in zip(job.parts, cut, strict=True)
        if each is not None
    ]
