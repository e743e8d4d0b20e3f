"""Several translators as one: which of them translates in a direction, so that what was fitted for one is not held against another."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from mtcheck.core.translation import Translator


@runtime_checkable
class ByDirection(Protocol):
    """A translator that is made of others, or wraps one that may be."""

    def signature_for(self, source_language: str, target_language: str) -> str:
        """Return the signature of the one that translates in a direction, empty where none does."""
        ...


def signature_for(translator: Translator, source_language: str, target_language: str) -> str:
    """Return the signature of what translates in a direction: of several together that one's, else the translator's own."""
    if isinstance(translator, ByDirection):
        return translator.signature_for(source_language, target_language)
    return translator.signature
