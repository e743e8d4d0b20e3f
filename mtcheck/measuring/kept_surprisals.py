"""A language model whose answers are kept on disk while figures are made: fitting anew takes seconds, not minutes.

The table is a file of its own and holds texts only as digests; losing it costs only time. A scan keeps nothing.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from mtcheck.core.spans import Span
from mtcheck.core.surprisal import LanguageModel, TokenSurprisal

FILE = "measured-surprisals.sqlite3"
_BATCH = 256
_SCHEMA = "CREATE TABLE IF NOT EXISTS answers (key BLOB PRIMARY KEY, answer BLOB NOT NULL) WITHOUT ROWID"


class KeptLanguageModel:
    """A language model that asks the one behind it only for what it has not said yet."""

    def __init__(self, model: LanguageModel, folder: Path) -> None:
        """Take the model and the folder for the table, which is made where it is not there."""
        folder.mkdir(parents=True, exist_ok=True)
        self._model = model
        self._connection = sqlite3.connect(folder / FILE)
        self._connection.execute(_SCHEMA)

    @property
    def signature(self) -> str:
        """That of the model behind it."""
        return self._model.signature

    def supports(self, language: str) -> bool:
        """Tell whether the model behind it knows the language."""
        return self._model.supports(language)

    def signature_of(self, language: str) -> str:
        """Return what the model behind it says, which is part of every key. Raises ``ModelUnavailable``."""
        return self._model.signature_of(language)

    def surprisals(self, texts: Sequence[str], language: str) -> list[tuple[TokenSurprisal, ...]]:
        """Score each text for itself, in order, and keep the answers. Raises what the model behind it raises."""
        signature = self.signature_of(language)
        keys = [_key(signature, text, language) for text in texts]
        known: dict[bytes, tuple[TokenSurprisal, ...]] = {}
        missing: dict[bytes, str] = {}
        for key, text in zip(keys, texts, strict=True):
            row = self._connection.execute("SELECT answer FROM answers WHERE key = ?", (key,)).fetchone()
            if row is None:
                missing[key] = text
            else:
                known[key] = _unpacked(row[0])
        for batch in _batches(list(missing.items())):
            answers = self._model.surprisals([text for _, text in batch], language)
            fresh = {key: answer for (key, _), answer in zip(batch, answers, strict=True)}
            known.update(fresh)
            rows = [(key, _packed(answer)) for key, answer in fresh.items()]
            with self._connection:
                self._connection.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?)", rows)
        return [known[key] for key in keys]


def _key(signature: str, text: str, language: str) -> bytes:
    named = "\x00".join((signature, language, text))
    return hashlib.blake2b(named.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _batches(items: list[tuple[bytes, str]]) -> Iterator[list[tuple[bytes, str]]]:
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]


def _packed(answer: Sequence[TokenSurprisal]) -> bytes:
    places = np.array([(token.span.start, token.span.end) for token in answer], "<i4").reshape(-1, 2)
    return places.tobytes() + np.array([token.bits for token in answer], "<f8").tobytes()


def _unpacked(packed: bytes) -> tuple[TokenSurprisal, ...]:
    # Two numbers of 4 bytes and one of 8 for each token.
    count = len(packed) // 16
    places = np.frombuffer(packed, "<i4", 2 * count).reshape(-1, 2).tolist()
    bits = np.frombuffer(packed, "<f8", count, 8 * count).tolist()
    return tuple(TokenSurprisal(Span(start, end), value) for (start, end), value in zip(places, bits, strict=True))
