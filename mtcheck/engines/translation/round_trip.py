"""The provider of the fact ROUND_TRIP: every sentence of the main text, sent to another language and back.

The same sentence on many pages is translated once. What is compared is sentence chrF (Popović 2015) as sacrebleu
computes it, with its signature.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mtcheck.core.documents import BlockRole, Document
from mtcheck.core.errors import EngineError
from mtcheck.core.facts import Fact, FactRequest, Omission, Outcome
from mtcheck.core.languages import LANGUAGES, UNDETERMINED
from mtcheck.core.spans import Span
from mtcheck.core.translation import ROUND_TRIP, RoundTrip, RoundTrips, Translation, Translator
from mtcheck.core.unusable import reason_sentence
from mtcheck.engines.chrf import chrf_signature
from mtcheck.text.alignment import words_of
from mtcheck.text.language_tags import primary
from mtcheck.text.sentences import SENTENCES

if TYPE_CHECKING:
    from sacrebleu.metrics.chrf import CHRF

# Languages to go through, in this order, where the document does not say what it was translated from and no model's card says
# which way is best: those for which most models exist.
PIVOTS = ("en", "es", "fr", "de", "ru", "pt", "it", "zh", "ar", "uk", "tr", "fa", "he", "ja")
# A label of one or two words comes back in any shape; and no sentence of news is longer than this, a run-on list is.
MIN_WORDS = 3
MAX_CHARACTERS = 1_000


@dataclass(frozen=True, slots=True)
class _Leg:
    """One text to send from one language to another."""

    text: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class _Trip:
    """A sentence that is to make the trip: its span in the document, the way, and the text as it is sent."""

    span: Span
    language: str
    pivot: str
    text: str

    @property
    def forward(self) -> _Leg:
        return _Leg(self.text, self.language, self.pivot)

    def back(self, forward: Translation) -> _Leg:
        return _Leg(forward.text, self.pivot, self.language)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be done for one document, and what is left out of it from the start."""

    trips: tuple[_Trip, ...]
    omissions: tuple[Omission, ...]


class RoundTripProvider:
    """Computes ROUND_TRIP with a translator.

    Where the translator is not there or fails as a whole, the documents concerned get no value and an omission that
    counts as incomplete. Sentences that are out of reach (no words, too short, too long, a language without a way there
    and back) are left out with an omission that does not.
    """

    def __init__(
        self, translator: Translator, pivots: Sequence[str] = (), best: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        """Take the translator (watched, as ``open_translator`` returns it) and the pivot languages in order of choice.

        Without any, those of ``best`` come first, which has the pivots for a language that were measured, the best first; then
        ``PIVOTS``.
        """
        self._translator = translator
        self._pivots = tuple(pivots)
        self._best = {language: tuple(found) for language, found in (best or {}).items()}

    @property
    def provides(self) -> Fact[RoundTrips]:
        """The fact ROUND_TRIP."""
        return ROUND_TRIP

    @property
    def needs(self) -> tuple[Fact[Any], ...]:
        """SENTENCES and LANGUAGES."""
        return (SENTENCES, LANGUAGES)

    @property
    def signature(self) -> str:
        """The translator, the metric and the order of pivots."""
        measured = [f"{language}:{','.join(found)}" for language, found in sorted(self._best.items())]
        order = ",".join(self._pivots) or " ".join([*measured, ",".join(PIVOTS)])
        return f"round trip 2 {self._translator.signature} {self.metric_signature} via {order}"

    @property
    def metric_signature(self) -> str:
        """The signature of chrF as sacrebleu gives it."""
        return chrf_signature()

    @cached_property
    def _metric(self) -> CHRF:
        from sacrebleu.metrics.chrf import CHRF

        return CHRF()

    def provide(self, requests: Sequence[FactRequest]) -> list[Outcome[RoundTrips]]:
        """Send the sentences of all documents there and back, each distinct one once."""
        plans = [self._plan(request) for request in requests]
        errors: dict[tuple[str, str], str] = {}
        forward = self._translated((trip.forward for plan in plans for trip in plan.trips), errors)
        legs = [
            trip.back(there)
            for plan in plans
            for trip in plan.trips
            if (there := forward.get(trip.forward)) is not None and not there.unusable
        ]
        back = self._translated(legs, errors)
        return [self._outcome(plan, forward, back, errors) for plan in plans]

    def _translated(self, legs: Iterable[_Leg], errors: dict[tuple[str, str], str]) -> dict[_Leg, Translation]:
        """Translate each distinct leg; note the directions that failed as a whole."""
        by_direction: dict[tuple[str, str], dict[_Leg, None]] = defaultdict(dict)
        for leg in legs:
            by_direction[leg.source, leg.target][leg] = None
        answers: dict[_Leg, Translation] = {}
        for (source, target), distinct in by_direction.items():
            try:
                results = self._translator.translate([leg.text for leg in distinct], source, target)
            except EngineError as error:
                errors[source, target] = str(error)
            else:
                answers.update(zip(distinct, results, strict=True))
        return answers

    def _plan(self, request: FactRequest) -> _Plan:
        document = request.document
        trips: list[_Trip] = []
        left_out: list[Omission] = []
        unsupported: Counter[str] = Counter()
        short = 0
        for sentence in request.facts[SENTENCES]:
            if document.blocks[sentence.block].role is not BlockRole.MAIN:
                continue
            text = " ".join(sentence.span.of(document.text).split())
            words = words_of(text)
            if len(words) < MIN_WORDS or not any(character.isalpha() for character in text):
                short += 1
            elif len(text) > MAX_CHARACTERS:
                reason = f"this sentence of {len(text):,} characters is too long for a round trip (at most {MAX_CHARACTERS:,})"
                left_out.append(Omission(reason, sentence.span))
            elif (pivot := self._pivot(sentence.language, document)) is None:
                unsupported[sentence.language] += 1
            else:
                trips.append(_Trip(sentence.span, sentence.language, pivot, text))
        if short:
            left_out.append(Omission(f"{_sentences(short)} too short for a round trip (under {MIN_WORDS} words)"))
        for language, count in sorted(unsupported.items()):
            where = "whose language is not known" if language == UNDETERMINED else f"in “{language}”"
            reason = f"{_sentences(count)} {where}: the translator has no way from that language to another and back"
            left_out.append(Omission(reason))
        return _Plan(tuple(trips), tuple(left_out))

    def _pivot(self, language: str, document: Document) -> str | None:
        """Return the language to go through, the one the document was translated from first."""
        source = primary(document.source_language)
        chosen = self._pivots or (*self._best.get(language, ()), *PIVOTS)
        return next(iter(ways_back(self._translator, language, ((source,) if source else ()) + chosen)), None)

    def _outcome(
        self,
        plan: _Plan,
        forward: dict[_Leg, Translation],
        back: dict[_Leg, Translation],
        errors: dict[tuple[str, str], str],
    ) -> Outcome[RoundTrips]:
        done: list[RoundTrip] = []
        omissions = list(plan.omissions)
        failed: dict[str, int] = {}
        for trip in plan.trips:
            way = (errors.get((trip.language, trip.pivot)), errors.get((trip.pivot, trip.language)))
            message = next((error for error in way if error is not None), None)
            if message is not None:
                failed[message] = failed.get(message, 0) + 1
                continue
            there = forward[trip.forward]
            here = Translation("") if there.unusable else back[trip.back(there)]
            done.append(self._round_trip(trip, there, here))
            if done[-1].unusable:
                leg = f"{trip.language}-{trip.pivot}" if there.unusable else f"{trip.pivot}-{trip.language}"
                omissions.append(Omission(f"the translator ({leg}) {reason_sentence(done[-1].unusable)}", trip.span))
        omissions.extend(Omission(message, incomplete=True) for message in failed)
        if failed and not done:
            return Outcome(None, tuple(omissions))
        return Outcome(RoundTrips(tuple(done), self._translator.signature, self.metric_signature), tuple(omissions))

    def _round_trip(self, trip: _Trip, there: Translation, here: Translation) -> RoundTrip:
        unusable = there.unusable or here.unusable
        chrf = None if unusable else float(self._metric.sentence_score(here.text, [trip.text]).score)
        return RoundTrip(trip.span, trip.language, trip.pivot, there.text, here.text, chrf, unusable)


def ways_back(translator: Translator, language: str, pivots: Iterable[str]) -> list[str]:
    """Return those of the pivots to which the translator has a way from a language, and back; each once, in their order."""
    return [
        pivot
        for pivot in dict.fromkeys(pivots)
        if pivot != language and translator.supports(language, pivot) and translator.supports(pivot, language)
    ]


def _sentences(count: int) -> str:
    return "1 sentence" if count == 1 else f"{count} sentences"
