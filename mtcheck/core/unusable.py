"""Why a translation is not to be used as evidence: the values of ``Translation.unusable``."""

from __future__ import annotations

from enum import StrEnum


class Unusable(StrEnum):
    """A failure of the translator, never of the page.

    ``sentence`` says it to an editor.
    """

    EMPTY = "empty"
    COPY = "copy"
    LOOP = "loop"
    TRUNCATED = "truncated"
    TOO_LONG = "too-long"
    INPUT_TOO_LONG = "input-too-long"
    MARKERS = "leftover-markers"
    UNKNOWN_WORDS = "unknown-words"
    LOW_CONFIDENCE = "low-confidence"
    LOW_COVERAGE = "low-coverage"
    TIMEOUT = "timeout"
    FAILED = "failed"

    @property
    def sentence(self) -> str:
        """What happened, as a clause after "the translator ..."."""
        return _SENTENCES[self]

    @property
    def transient(self) -> bool:
        """Tell whether another try could end differently, so that the answer must not be kept in a cache."""
        return self in {Unusable.TIMEOUT, Unusable.FAILED}


_SENTENCES = {
    Unusable.EMPTY: "gave back nothing",
    Unusable.COPY: "gave the text back untranslated",
    Unusable.LOOP: "fell into a loop",
    Unusable.TRUNCATED: "cut the text short",
    Unusable.TOO_LONG: "gave far more text than it was given",
    Unusable.INPUT_TOO_LONG: "cannot take so long a text",
    Unusable.MARKERS: "left its own markers in the text",
    Unusable.UNKNOWN_WORDS: "did not know too many of the words",
    Unusable.LOW_CONFIDENCE: "was too unsure of its words",
    Unusable.LOW_COVERAGE: "passed over too many of the words",
    Unusable.TIMEOUT: "took too long",
    Unusable.FAILED: "failed on this text",
}


def reason_sentence(unusable: str) -> str:
    """Return the clause for a value of ``Translation.unusable``, also for one that another translator made up."""
    return Unusable(unusable).sentence if unusable in set(Unusable) else f"reported: {unusable}"
