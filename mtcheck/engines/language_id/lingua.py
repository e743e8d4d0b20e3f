"""lingua as a third opinion, for those who installed the extra: ``pip install 'mtcheck[lingua]'``.

It knows 75 languages by n-grams of up to five letters (https://github.com/pemistahl/lingua-rs) and is the best of the
three on single words; it is also by far the largest and the slowest.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from importlib import metadata
from typing import TYPE_CHECKING

import numpy as np

from mtcheck.core.errors import ModelUnavailable
from mtcheck.engines.language_id.candidates import LANGUAGES_OF_SCRIPT
from mtcheck.engines.language_id.profiles import Evidence

if TYPE_CHECKING:
    from lingua import LanguageDetector

FLOOR = math.log(1e-6)
READ_CHARACTERS = 400
"""So much of a text is read: lingua is slow, and sure long before."""

_BATCH = 512
_COUNTED_AS = {"nb": "no", "nn": "no", "bs": "hr", "ms": "id"}


class LinguaModel:
    """The log-probabilities of lingua over the languages known here."""

    def __init__(self, detector: LanguageDetector) -> None:
        """Take a detector with any languages."""
        self._detector = detector
        self._languages = tuple(sorted({language for group in LANGUAGES_OF_SCRIPT.values() for language in group}))
        self._columns = {language: column for column, language in enumerate(self._languages)}

    @classmethod
    @cache
    def load(cls) -> LinguaModel:
        """Build the detector for the languages of ``candidates``, once a process. Raises ``ModelUnavailable``."""
        try:
            from lingua import Language, LanguageDetectorBuilder
        except ImportError as error:
            raise ModelUnavailable("lingua is not installed: pip install 'mtcheck[lingua]'") from error
        open_scripts = {name for names in LANGUAGES_OF_SCRIPT.values() if len(names) > 1 for name in names}
        wanted = open_scripts | set(_COUNTED_AS)
        codes = [language.iso_code_639_1 for language in Language.all()]
        codes = [code for code in codes if code.name.lower() in wanted]
        return cls(LanguageDetectorBuilder.from_iso_codes_639_1(*codes).build())

    @property
    def kind(self) -> str:
        """The name under which it is calibrated."""
        return "lingua"

    @property
    def signature(self) -> str:
        """The version of the package."""
        return f"lingua {metadata.version('lingua-language-detector')}"

    @property
    def languages(self) -> tuple[str, ...]:
        """Every language of ``candidates``; those that lingua does not know always get the floor."""
        return self._languages

    def score(self, texts: Sequence[str]) -> Evidence:
        """Return the log-probabilities of each text; one feature for each text that lingua finds words in."""
        values = np.full((len(texts), len(self._languages)), FLOOR)
        features = np.zeros(len(texts), np.int64)
        for start in range(0, len(texts), _BATCH):
            batch = [_plain(text) for text in texts[start : start + _BATCH]]
            for row, found in enumerate(self._detector.compute_language_confidence_values_in_parallel(batch), start):
                sums: dict[int, float] = {}
                for entry in found:
                    code = entry.language.iso_code_639_1.name.lower()
                    column = self._columns.get(_COUNTED_AS.get(code, code))
                    if column is not None and entry.value > 0:
                        sums[column] = sums.get(column, 0.0) + entry.value
                features[row] = bool(sums)
                for column, probability in sums.items():
                    values[row, column] = max(FLOOR, math.log(probability))
        return Evidence(values, features)


def _plain(text: str) -> str:
    """Return the start of a text without what no codec can write."""
    return text[:READ_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
