"""The fact SURPRISAL, and the seam behind which a language model works."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from mtcheck.core.facts import Fact
from mtcheck.core.spans import Span


@dataclass(frozen=True, slots=True)
class TokenSurprisal:
    """How unexpected one token is after those before it: ``-log2 p(token | context)``, in bits (Shannon 1948; Hale 2001).

    ``span`` counts the code points of the text that was scored; the tokens of a text are in order and do not overlap, and only
    white space stands between them.
    """

    span: Span
    bits: float


class LanguageModel(Protocol):
    """Tells how expected each token of a text is."""

    @property
    def signature(self) -> str:
        """Name, content and options: whatever could change a figure."""
        ...

    def supports(self, language: str) -> bool:
        """Tell whether this model knows the language, without loading it."""
        ...

    def signature_of(self, language: str) -> str:
        """Return the signature of what scores that language, where several models stand behind this one.

        Raises ``ModelUnavailable`` for a language that is not supported.
        """
        ...

    def surprisals(self, texts: Sequence[str], language: str) -> list[tuple[TokenSurprisal, ...]]:
        """Score each text for itself, in order. Raises ``ModelUnavailable`` or ``EngineError`` where none can be scored."""
        ...


@dataclass(frozen=True, slots=True)
class PassageSurprisal:
    """The surprisal of one passage that was scored in one go; spans of its tokens count the document's text."""

    passage: Span
    language: str
    tokens: tuple[TokenSurprisal, ...]


@dataclass(frozen=True, slots=True)
class ScoringModel:
    """The signature of the model that scores the passages of one language."""

    language: str
    signature: str


@dataclass(frozen=True, slots=True)
class Surprisals:
    """The surprisal of a document's passages, in order. ``models`` has one entry for each language of the document that a model scores."""

    passages: tuple[PassageSurprisal, ...]
    models: tuple[ScoringModel, ...]

    def signature_of(self, language: str) -> str:
        """Return the signature of the model that scores a language, or the empty text where none does."""
        return next((model.signature for model in self.models if model.language == language), "")


@dataclass(frozen=True, slots=True)
class SentenceSurprisal:
    """How unexpected a sentence is on the whole: the bits of its tokens for each of its characters, white space left out.

    ``sentence`` counts the document's text.
    """

    sentence: Span
    bits_per_character: float


SURPRISAL: Fact[Surprisals] = Fact("surprisal")
