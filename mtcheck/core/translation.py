"""The fact ROUND_TRIP, and the seam behind which a translation model or program works."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from mtcheck.core.facts import Fact
from mtcheck.core.spans import Span

USUAL_BEAMS = 3
"""The width of the beam where nothing else is asked for: three take twice as long as greedy decoding, and come back from Russian
five points of chrF nearer to the text; more than three gain little."""


@dataclass(frozen=True, slots=True)
class Translation:
    """One translated text.

    ``unusable`` is empty, or says why the text must not be used as evidence: ``empty``, ``loop``, ``copy``, ``truncated``,
    ``timeout``, ``too-long``, ``input-too-long``, ``leftover-markers``, ``unknown-words``, ``low-confidence``,
    ``low-coverage``, ``failed``. ``score`` is the mean log-probability a token (natural logarithm) and ``coverage`` the share
    of the text's words that the translator attended to, where the runtime gives them.
    """

    text: str
    score: float | None = None
    unusable: str = ""
    coverage: float | None = None


class Translator(Protocol):
    """Translates texts, one answer a text, in order."""

    @property
    def signature(self) -> str:
        """Name, revision and decoding options: whatever could change an answer."""
        ...

    def supports(self, source_language: str, target_language: str) -> bool:
        """Tell whether this translator has the direction at all, without loading it."""
        ...

    def translate(self, texts: Sequence[str], source_language: str, target_language: str) -> list[Translation]:
        """Translate each text. Raises ``ModelUnavailable`` or ``EngineError`` where none can be translated."""
        ...


@dataclass(frozen=True, slots=True)
class Likelihood:
    """How likely a model holds a given translation: the log-probability (natural logarithm) of all its tokens, and their number.

    The token that ends the text is one of them.
    """

    total: float
    tokens: int

    @property
    def mean(self) -> float:
        """The mean log-probability a token."""
        return self.total / self.tokens


@runtime_checkable
class Scorer(Protocol):
    """Tells how likely given translations are; a translator whose runtime can score implements it too."""

    def likelihoods(
        self, sources: Sequence[str], targets: Sequence[str], source_language: str, target_language: str
    ) -> list[Likelihood | None]:
        """Return how likely each target is given its source, in order (forced decoding: nothing is translated).

        ``None`` where that cannot be said (no such direction, a text too long, a runtime without scores). An empty source
        gives what the wording is worth by itself. Raises ``EngineError`` where the model fails.
        """
        ...


@runtime_checkable
class Proposer(Protocol):
    """Gives several translations of a text; a translator whose runtime searches with beams implements it too."""

    def proposals(
        self, texts: Sequence[str], source_language: str, target_language: str, count: int
    ) -> list[tuple[Translation, ...]]:
        """Return the ``count`` most likely translations of each text that a search with as many beams ends with, best first.

        Without any randomness. Empty where that cannot be said (no such direction, a text too long, a runtime without
        beams). Raises ``EngineError`` where the model fails.
        """
        ...


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """One sentence sent to another language and back.

    ``sentence`` is its span in the document's text. ``chrf`` (0 to 100) compares the sentence with ``back``; it is
    ``None`` where ``unusable`` says why the translator's own output is not to be trusted here.
    """

    sentence: Span
    language: str
    pivot: str
    forward: str
    back: str
    chrf: float | None
    unusable: str = ""


@dataclass(frozen=True, slots=True)
class RoundTrips:
    """All round trips of a document, with the translators' signature and that of the chrF metric."""

    trips: tuple[RoundTrip, ...]
    translator_signature: str
    metric_signature: str


ROUND_TRIP: Fact[RoundTrips] = Fact("round trip")


@dataclass(frozen=True, slots=True)
class Rendering:
    """One of several back-translations of a sentence: its text, and the language that it went through."""

    text: str
    pivot: str


@dataclass(frozen=True, slots=True)
class SentenceRenderings:
    """The back-translations of one sentence that may be used, the likeliest first; ``sentence`` is its span in the text."""

    sentence: Span
    language: str
    renderings: tuple[Rendering, ...]


@dataclass(frozen=True, slots=True)
class Renderings:
    """Several back-translations of each sentence of a document, with the translator's signature."""

    sentences: tuple[SentenceRenderings, ...]
    translator_signature: str


RENDERINGS: Fact[Renderings] = Fact("several back-translations")
