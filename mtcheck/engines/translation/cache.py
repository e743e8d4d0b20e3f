"""A cache of translations in SQLite: two processes may use it at once, and losing it costs only time.

Whatever goes wrong with the file (corrupt, locked for long, disk full, folder not writable) ends in a logged warning and a
translator without a cache, never in a failed scan.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sqlite3
import threading
import time
import weakref
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from mtcheck.core.translation import Likelihood, Proposer, Scorer, Translation, Translator
from mtcheck.core.unusable import Unusable
from mtcheck.engines.translation.several import signature_for

LOGGER = logging.getLogger(__name__)

CACHE_FILE = "translations.sqlite3"
# Raise it when the table changes; a file of another version is left alone and another one is made.
SCHEMA_VERSION = 2
# About two million sentences. Beyond it the oldest tenth is dropped.
MAX_BYTES = 1 << 30
# How long one process waits for another that is writing.
BUSY_SECONDS = 10.0
# SQLite's own limit on variables of one statement is 999 in old builds.
_KEYS_PER_QUERY = 500

_SCHEMA = """
CREATE TABLE IF NOT EXISTS translations (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    key BLOB NOT NULL UNIQUE,
    text BLOB NOT NULL,
    answer BLOB NOT NULL,
    score REAL,
    unusable TEXT NOT NULL,
    coverage REAL,
    made INTEGER NOT NULL
)
"""


class TranslationCache:
    """A table from (translator, direction, text) to its translation. No method raises for what the file does."""

    def __init__(self, folder: Path, max_bytes: int = MAX_BYTES) -> None:
        """Name the folder (made when it is first needed) and the size above which old entries are dropped."""
        self.path = folder / f"v{SCHEMA_VERSION}-{CACHE_FILE}"
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._process = 0
        self._broken = False
        self._finalizer: weakref.finalize[..., TranslationCache] | None = None

    def get(self, signature: str, direction: tuple[str, str], texts: Sequence[str]) -> dict[str, Translation]:
        """Return what is known of the texts."""
        keys = {_key(signature, direction, text): text for text in texts}
        found: dict[str, Translation] = {}
        with self._lock:
            connection = self._open()
            if connection is None:
                return found
            try:
                wanted = list(keys)
                for start in range(0, len(wanted), _KEYS_PER_QUERY):
                    part = wanted[start : start + _KEYS_PER_QUERY]
                    marks = ",".join("?" * len(part))
                    rows = connection.execute(
                        f"SELECT key, text, answer, score, unusable, coverage FROM translations WHERE key IN ({marks})",  # noqa: S608
                        part,
                    )
                    for key, text, answer, score, unusable, coverage in rows:
                        # The text is compared too, so that neither a collision nor a damaged row can lie.
                        if _encoded(keys[key]) == text:
                            found[keys[key]] = Translation(_decoded(answer), score, unusable, coverage)
            except (sqlite3.Error, UnicodeError, TypeError) as error:
                self._give_up(error)
        return found

    def put(self, signature: str, direction: tuple[str, str], answers: Mapping[str, Translation]) -> None:
        """Keep translations; what another process wrote meanwhile is left as it is."""
        made = int(time.time())
        rows = [
            (
                _key(signature, direction, text),
                _encoded(text),
                _encoded(answer.text),
                answer.score,
                answer.unusable,
                answer.coverage,
                made,
            )
            for text, answer in answers.items()
        ]
        with self._lock:
            connection = self._open()
            if connection is None or not rows:
                return
            try:
                with connection:
                    connection.executemany(
                        "INSERT OR IGNORE INTO translations (key, text, answer, score, unusable, coverage, made) "
                        "VALUES (?, ?, ?, ?, ?, ?, ?)",
                        rows,
                    )
                self._shrink(connection)
            except sqlite3.Error as error:
                self._give_up(error)

    def close(self) -> None:
        """Close the file; it is opened again when it is needed."""
        with self._lock:
            self._close()

    def _open(self) -> sqlite3.Connection | None:
        """Return the connection of this process, or ``None`` where the cache cannot be used."""
        if self._broken:
            return None
        if self._connection is not None and self._process == os.getpid():
            return self._connection
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, check_same_thread=False)
        except (OSError, sqlite3.Error) as error:
            self._give_up(error)
            return None
        # After a fork the parent's connection must be neither used nor closed here; it is only let go of.
        self._connection, self._process = connection, os.getpid()
        self._finalizer = weakref.finalize(self, connection.close)
        try:
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.execute("PRAGMA journal_mode = WAL")
            # A power cut may lose the last entries, which can be made again; it cannot damage the file in WAL mode.
            connection.execute("PRAGMA synchronous = NORMAL")
            with connection:
                connection.execute(_SCHEMA)
        except sqlite3.Error as error:
            self._give_up(error)
        return self._connection

    def _shrink(self, connection: sqlite3.Connection) -> None:
        """Drop the oldest tenth while the file is larger than it may be."""
        for _ in range(20):
            pages, free, size = (
                connection.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("page_count", "freelist_count", "page_size")
            )
            if (pages - free) * size <= self._max_bytes:
                break
            with connection:
                connection.execute(
                    "DELETE FROM translations WHERE number IN (SELECT number FROM translations ORDER BY number "
                    "LIMIT (SELECT MAX(1, COUNT(*) / 10) FROM translations))"
                )
        if free:
            connection.execute("PRAGMA incremental_vacuum").fetchall()

    def _give_up(self, error: Exception) -> None:
        self._broken = True
        LOGGER.warning("translations are not cached: %s: %s (the file may be deleted)", self.path, error)
        self._close()

    def _close(self) -> None:
        if self._finalizer is not None and self._process == os.getpid():
            with suppress(sqlite3.Error):
                self._finalizer()
        self._connection, self._finalizer = None, None


class CachedTranslator:
    """A translator that asks its cache first, and for each distinct text only once."""

    def __init__(self, translator: Translator, cache: TranslationCache) -> None:
        """Wrap a translator."""
        self._translator = translator
        self._cache = cache

    @property
    def signature(self) -> str:
        """The translator's own: a cache changes no answer."""
        return self._translator.signature

    def signature_for(self, source_language: str, target_language: str) -> str:
        """Return the signature of what translates in a direction."""
        return signature_for(self._translator, source_language, target_language)

    def supports(self, source_language: str, target_language: str) -> bool:
        """Tell whether the translator has the direction."""
        return self._translator.supports(source_language, target_language)

    def translate(self, texts: Sequence[str], source_language: str, target_language: str) -> list[Translation]:
        """Look up each distinct text, translate the others, keep their answers. Raises what the translator raises."""
        direction = (source_language, target_language)
        distinct = list(dict.fromkeys(texts))
        known = self._cache.get(self.signature, direction, distinct)
        missing = [text for text in distinct if text not in known]
        if missing:
            answers = dict(
                zip(missing, self._translator.translate(missing, source_language, target_language), strict=True)
            )
            self._cache.put(self.signature, direction, dict(_lasting(answers.items())))
            known.update(answers)
        return [known[text] for text in texts]

    def likelihoods(
        self, sources: Sequence[str], targets: Sequence[str], source_language: str, target_language: str
    ) -> list[Likelihood | None]:
        """Pass on what the translator says of given translations; ``None`` where it cannot score."""
        if not isinstance(self._translator, Scorer):
            return [None] * len(sources)
        return self._translator.likelihoods(sources, targets, source_language, target_language)

    def proposals(
        self, texts: Sequence[str], source_language: str, target_language: str, count: int
    ) -> list[tuple[Translation, ...]]:
        """Pass on the translator's several translations; none where it gives only one."""
        if not isinstance(self._translator, Proposer):
            return [()] * len(texts)
        return self._translator.proposals(texts, source_language, target_language, count)


def _lasting(answers: Iterable[tuple[str, Translation]]) -> Iterable[tuple[str, Translation]]:
    """Yield the answers that another try would give again."""
    return ((text, answer) for text, answer in answers if answer.unusable not in _TRANSIENT)


_TRANSIENT = frozenset(reason.value for reason in Unusable if reason.transient)


def _key(signature: str, direction: tuple[str, str], text: str) -> bytes:
    digest = hashlib.sha256()
    for part in (signature, *direction, text):
        data = _encoded(part)
        # The length before each part keeps ("ab", "c") and ("a", "bc") apart.
        digest.update(len(data).to_bytes(8, "little") + data)
    return digest.digest()


def _encoded(text: str) -> bytes:
    """Return the text as bytes, lone surrogates included, which SQLite's own text type refuses."""
    return text.encode("utf-8", "surrogatepass")


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
