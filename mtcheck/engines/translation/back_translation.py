"""The provider of the fact BACK_TRANSLATIONS: each translated pair sent back and scored, where the translator can.

Sent back, the document's wording is compared with the source itself (chrF as sacrebleu computes it). Where the translator
has the way there and its runtime can score, the wording's mean log-probability given the source is measured too, and the
same with an empty source: the difference is what the source does for the wording, whatever its style (the contrastive form of
Guerreiro et al. 2023's sequence log-probability).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mtcheck.core.errors import EngineError
from mtcheck.core.facts import Fact, FactRequest, Omission, Outcome
from mtcheck.core.languages import UNDETERMINED
from mtcheck.core.sources import (
    BACK_TRANSLATIONS,
    SOURCE_ALIGNMENT,
    AlignedPair,
    BackTranslation,
    BackTranslations,
    SourceAlignment,
)
from mtcheck.core.translation import Likelihood, Scorer, Translation, Translator
from mtcheck.core.unusable import reason_sentence
from mtcheck.engines.translation.round_trip import MAX_CHARACTERS, MIN_WORDS
from mtcheck.text.alignment import words_of

if TYPE_CHECKING:
    from sacrebleu.metrics.chrf import CHRF


@dataclass(frozen=True, slots=True)
class _Way:
    """A direction of pairs: from which language to which."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class _Job:
    """One pair to send back: its index in the alignment, both texts on one line each."""

    pair: int
    source: str
    target: str


class BackTranslationProvider:
    """Computes BACK_TRANSLATIONS. A document without a source has none, and nothing was left out.

    A pair that the translator failed on is left out, and that is said.
    """

    def __init__(self, translator: Translator | None, reason: str = "", *, incomplete: bool = False) -> None:
        """Take the translator, or the reason why there is none; ``incomplete`` tells that the scan was asked for one."""
        self._translator = translator
        self._reason = reason
        self._incomplete = incomplete

    @property
    def provides(self) -> Fact[BackTranslations]:
        """The fact BACK_TRANSLATIONS."""
        return BACK_TRANSLATIONS

    @property
    def needs(self) -> tuple[Fact[Any], ...]:
        """SOURCE_ALIGNMENT."""
        return (SOURCE_ALIGNMENT,)

    @property
    def signature(self) -> str:
        """The translator and the metric."""
        translator = self._translator.signature if self._translator else "none"
        return f"back-translation 1 {translator} {self.metric_signature}"

    @property
    def metric_signature(self) -> str:
        """The signature of chrF as sacrebleu gives it."""
        return str(self._metric.get_signature())

    @cached_property
    def _metric(self) -> CHRF:
        from sacrebleu.metrics.chrf import CHRF

        metric = CHRF()
        # The signature says how many references there are only once a score was computed.
        metric.sentence_score("a", ["a"])
        return metric

    def provide(self, requests: Sequence[FactRequest]) -> list[Outcome[BackTranslations]]:
        """Send the pairs of all documents back, those of one direction together."""
        alignments = [request.facts[SOURCE_ALIGNMENT] for request in requests]
        jobs: dict[_Way, list[tuple[int, _Job]]] = defaultdict(list)
        refused: dict[int, Omission] = {}
        for number, alignment in enumerate(alignments):
            wanted = _jobs(alignment)
            if not wanted:
                continue
            way = _Way(alignment.source_language, alignment.language)
            refusal = self._refusal(way)
            if refusal is not None:
                refused[number] = refusal
            else:
                jobs[way].extend((number, job) for job in wanted)
        found: dict[int, list[BackTranslation]] = defaultdict(list)
        for way, numbered in jobs.items():
            try:
                results = self._sent_back(way, [job for _, job in numbered])
            except EngineError as error:
                refused.update((number, Omission(str(error), incomplete=True)) for number, _ in numbered)
            else:
                for (number, _), result in zip(numbered, results, strict=True):
                    found[number].append(result)
        return [
            self._outcome(alignment, found.get(number, []), refused.get(number))
            for number, alignment in enumerate(alignments)
        ]

    def _refusal(self, way: _Way) -> Omission | None:
        """Return why pairs of a direction cannot be sent back, or ``None``."""
        if self._translator is None:
            return Omission(self._reason, incomplete=self._incomplete)
        if UNDETERMINED in (way.source, way.target):
            return Omission("the page was not translated back: its language or that of its source is not known")
        if not self._translator.supports(way.target, way.source):
            return Omission(
                f"the page was not translated back to its source: the translator has no way from “{way.target}” to “{way.source}”"
            )
        return None

    def _outcome(
        self, alignment: SourceAlignment, found: list[BackTranslation], refusal: Omission | None
    ) -> Outcome[BackTranslations]:
        signature = self._translator.signature if self._translator else ""
        value = BackTranslations(tuple(found), signature, self.metric_signature if found else "")
        way = f"{alignment.language}-{alignment.source_language}"
        left_out = [
            Omission(f"the translator ({way}) {reason_sentence(back.unusable)}", alignment.pairs[back.pair].target)
            for back in found
            if back.unusable
        ]
        return Outcome(value, (*((refusal,) if refusal else ()), *left_out))

    def _sent_back(self, way: _Way, jobs: Sequence[_Job]) -> list[BackTranslation]:
        assert self._translator is not None
        distinct = list(dict.fromkeys(job.target for job in jobs))
        answers = dict(zip(distinct, self._translator.translate(distinct, way.target, way.source), strict=True))
        scores = self._scores(way, jobs)
        return [self._compared(job, answers[job.target], *score) for job, score in zip(jobs, scores, strict=True)]

    def _scores(self, way: _Way, jobs: Sequence[_Job]) -> list[tuple[float | None, float | None]]:
        """Return for each pair how likely its wording is with the source and without."""
        translator: object = self._translator
        if not isinstance(translator, Scorer) or not jobs:
            return [(None, None)] * len(jobs)
        targets = [job.target for job in jobs]
        given = translator.likelihoods([job.source for job in jobs], targets, way.source, way.target)
        alone = translator.likelihoods([""] * len(jobs), targets, way.source, way.target)
        return [(_mean(here), _mean(there)) for here, there in zip(given, alone, strict=True)]

    def _compared(
        self, job: _Job, back: Translation, score: float | None, without_source: float | None
    ) -> BackTranslation:
        chrf = None if back.unusable else float(self._metric.sentence_score(back.text, [job.source]).score)
        return BackTranslation(job.pair, back.text, chrf, score, without_source, back.unusable)


def _mean(likelihood: Likelihood | None) -> float | None:
    return None if likelihood is None else likelihood.mean


def _jobs(alignment: SourceAlignment) -> list[_Job]:
    """Return the pairs that are worth sending back: long enough to say something, short enough to be sent."""
    return [
        _Job(number, source, target)
        for number, pair in enumerate(alignment.pairs)
        for source, target in (_texts(pair),)
        if source and target and len(words_of(target)) >= MIN_WORDS and max(len(source), len(target)) <= MAX_CHARACTERS
    ]


def _texts(pair: AlignedPair) -> tuple[str, str]:
    return " ".join(pair.source.split()), " ".join(pair.translation.split())
