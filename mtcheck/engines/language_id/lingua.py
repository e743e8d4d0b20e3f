"""lingua as a third opinion, for those who installed the extra: ``pip install 'mtcheck[lingua]'``.

It knows 75 languages by n-grams of up to five letters (https://github.com/pemistahl/lingua-rs) and is the best of the
three on single words; it is also by far the largest and the slowest. So it is asked about the main languages only, which costs
a quarter of the memory: the other models decide how likely it is that a text is in one of these, all together in which of them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import metadata
from typing import TYPE_CHECKING

import numpy as np

from mtcheck.core.errors import ModelUnavailable
from mtcheck.engines.language_id.candidates import LANGUAGES_OF_SCRIPT, is_main
from mtcheck.engines.language_id.profiles import Evidence
from mtcheck.text.scripts import HAN

if TYPE_CHECKING:
    from lingua import Language, LanguageDetector

FLOOR = math.log(1e-6)
READ_CHARACTERS = 400
"""So much of a text is read: lingua is slow, and sure long before."""

ASKED = tuple(
    sorted(
        language
        for script, group in LANGUAGES_OF_SCRIPT.items()
        if len(group) > 1 and script != HAN
        for language in group
        if is_main(language)
    )
)
"""The main languages of the alphabets that several languages share."""

NOT_INSTALLED = "lingua is not installed: pip install 'mtcheck[lingua]'"


class LinguaModel:
    """The log-probabilities of lingua over ``ASKED``, given that a text is in one of them."""

    def __init__(self, detector: LanguageDetector, columns: Mapping[Language, int]) -> None:
        """Take a detector of ``ASKED``, and the column of each of lingua's languages."""
        self._detector = detector
        self._columns = columns

    @classmethod
    @cache
    def load(cls) -> LinguaModel:
        """Build the detector, once a process. Raises ``ModelUnavailable``."""
        try:
            from lingua import Language, LanguageDetectorBuilder
        except ImportError as error:
            raise ModelUnavailable(NOT_INSTALLED) from error
        names = {language: language.iso_code_639_1.name.lower() for language in Language.all()}
        columns = {language: ASKED.index(name) for language, name in names.items() if name in ASKED}
        return cls(LanguageDetectorBuilder.from_languages(*columns).build(), columns)

    @property
    def kind(self) -> str:
        """The name under which it is calibrated."""
        return "lingua"

    @property
    def signature(self) -> str:
        """The version of the package."""
        return model_signature()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it is asked about."""
        return ASKED

    def score(self, texts: Sequence[str]) -> Evidence:
        """Return the log-probabilities of each text; one feature for each text that lingua finds words in."""
        values = np.full((len(texts), len(ASKED)), FLOOR)
        features = np.zeros(len(texts), np.int64)
        for row, text in enumerate(texts):
            # One by one: many at once would start threads that each keep memory of their own.
            for entry in self._detector.compute_language_confidence_values(_plain(text)):
                if entry.value > 0:
                    values[row, self._columns[entry.language]] = max(FLOOR, math.log(entry.value))
                    features[row] = 1
        return Evidence(values, features)


def model_signature() -> str:
    """Return the version of the package and the languages it is asked for. Raises ``ModelUnavailable``."""
    try:
        return f"lingua {metadata.version('lingua-language-detector')} of {len(ASKED)} languages"
    except metadata.PackageNotFoundError as error:
        raise ModelUnavailable(NOT_INSTALLED) from error


def _plain(text: str) -> str:
    """Return the start of a text without what no codec can write."""
    return text[:READ_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
