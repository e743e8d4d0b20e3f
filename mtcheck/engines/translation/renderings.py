"""The provider of the fact RENDERINGS: several back-translations of every sentence that makes the round trip.

What the sentence became in the other language is translated back by a search with several beams, whose best results are kept;
and where the translator has other languages to go through, one more comes from each. Nothing is drawn at random.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from mtcheck.core.errors import EngineError
from mtcheck.core.facts import Fact, FactRequest, Omission, Outcome
from mtcheck.core.translation import (
    RENDERINGS,
    ROUND_TRIP,
    Proposer,
    Rendering,
    Renderings,
    RoundTrip,
    SentenceRenderings,
    Translator,
)
from mtcheck.engines.translation.round_trip import PIVOTS, ways_back

BEAMS = 4
"""Back-translations by beams. Eight differ among themselves in the same places, and cost twice as much."""
OTHER_PIVOTS = 2
FEWEST = 3
"""Of fewer renderings it cannot be said where they disagree."""


class RenderingsProvider:
    """Computes RENDERINGS with a translator that searches with beams.

    A translator that gives one translation only (a program) leaves the fact without sentences, and that is said; so is a failure.
    """

    def __init__(self, translator: Translator, pivots: Sequence[str] = ()) -> None:
        """Take the translator (watched) and the languages to go through; without any, ``PIVOTS``."""
        self._translator = translator
        self._pivots = tuple(pivots) or PIVOTS

    @property
    def provides(self) -> Fact[Renderings]:
        """The fact RENDERINGS."""
        return RENDERINGS

    @property
    def needs(self) -> tuple[Fact[Any], ...]:
        """ROUND_TRIP."""
        return (ROUND_TRIP,)

    @property
    def signature(self) -> str:
        """The translator, the number of beams and the pivots."""
        return f"renderings 1 {self._translator.signature} beams {BEAMS} via {','.join(self._pivots)}"

    def provide(self, requests: Sequence[FactRequest]) -> list[Outcome[Renderings]]:
        """Translate the sentences of all documents back several times, those of one way together."""
        usable = [
            [(request.document.text, trip) for trip in request.facts[ROUND_TRIP].trips if trip.chrf is not None]
            for request in requests
        ]
        ways: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for text, trip in (entry for found in usable for entry in found):
            ways[trip.language, trip.pivot][_line(text, trip)] = trip.forward
        known: dict[tuple[str, str, str], tuple[Rendering, ...]] = {}
        errors: dict[tuple[str, str], str] = {}
        for (language, pivot), sentences in ways.items():
            try:
                found_here = self._rendered(language, pivot, sentences)
            except EngineError as error:
                errors[language, pivot] = str(error)
            else:
                known.update(((language, pivot, sentence), renderings) for sentence, renderings in found_here.items())
        return [self._outcome(found, known, errors) for found in usable]

    def _rendered(self, language: str, pivot: str, forward: dict[str, str]) -> dict[str, tuple[Rendering, ...]]:
        """Return the renderings of sentences by the way through one language, and one each through others."""
        translator: object = self._translator
        if not isinstance(translator, Proposer):
            return {}
        texts = list(dict.fromkeys(forward.values()))
        proposals = dict(zip(texts, translator.proposals(texts, pivot, language, BEAMS), strict=True))
        found = {
            sentence: [Rendering(each.text, pivot) for each in proposals[there] if not each.unusable]
            for sentence, there in forward.items()
        }
        others = [other for other in ways_back(self._translator, language, self._pivots) if other != pivot]
        for other in others[:OTHER_PIVOTS]:
            there = self._translator.translate(list(forward), language, other)
            sent = {
                sentence: answer.text for sentence, answer in zip(forward, there, strict=True) if not answer.unusable
            }
            back = self._translator.translate(list(sent.values()), other, language) if sent else []
            for sentence, answer in zip(sent, back, strict=True):
                if not answer.unusable:
                    found[sentence].append(Rendering(answer.text, other))
        return {sentence: tuple(renderings) for sentence, renderings in found.items()}

    def _outcome(
        self,
        found: Sequence[tuple[str, RoundTrip]],
        known: dict[tuple[str, str, str], tuple[Rendering, ...]],
        errors: dict[tuple[str, str], str],
    ) -> Outcome[Renderings]:
        sentences: list[SentenceRenderings] = []
        missing = 0
        for text, trip in found:
            renderings = known.get((trip.language, trip.pivot, _line(text, trip)), ())
            if len(renderings) >= FEWEST:
                sentences.append(SentenceRenderings(trip.sentence, trip.language, renderings))
            else:
                missing += 1
        failed = dict.fromkeys(
            errors[trip.language, trip.pivot] for _, trip in found if (trip.language, trip.pivot) in errors
        )
        omissions = [Omission(message, incomplete=True) for message in failed]
        if missing and not failed:
            what = "1 sentence has" if missing == 1 else f"{missing} sentences have"
            omissions.append(Omission(f"{what} no several back-translations that could be compared"))
        return Outcome(Renderings(tuple(sentences), self._translator.signature), tuple(omissions))


def _line(text: str, trip: RoundTrip) -> str:
    """Return a sentence on one line, as it was sent."""
    return " ".join(trip.sentence.of(text).split())
