"""How long a translation is: characters for the same content, by language."""

from __future__ import annotations

# Characters for the content of 100 characters of English, from the 997 sentences of FLORES-200 dev; the others by script.
LENGTH_PER_LANGUAGE = {
    "ar": 88, "de": 117, "en": 100, "es": 119, "fa": 95, "fr": 119, "he": 78, "ja": 45, "ko": 52, "pt": 112, "ru": 110,
    "tr": 106, "uk": 103, "zh": 34,
}  # fmt: skip
DEFAULT_LENGTH = 105


def usual_ratio(source_language: str, target_language: str) -> float:
    """Return how many characters of the target language say what one character of the source language says."""
    source = LENGTH_PER_LANGUAGE.get(source_language, DEFAULT_LENGTH)
    return LENGTH_PER_LANGUAGE.get(target_language, DEFAULT_LENGTH) / source
