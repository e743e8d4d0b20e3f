"""An index of reference quotations: SQLite's FTS5 with its trigram tokenizer, kept beside the cache.

An index file is named after the contents it was made from and never changes once it is there: it is built under another
name and moved into place whole. Two scans may therefore build and read at once, a changed reference makes another file,
and a file that turns out to be damaged is simply made again. Large files of quotations have an index each, so that
a line added to a small one does not cost a rebuild of the million others.

A look-up takes the rarest trigram of every word, the rarest words first, adds up how rare those are that a quotation has,
and orders the best by the words in common. A garbled quotation keeps some of its rare words, and that is enough.
"""

from __future__ import annotations

import hashlib
import logging
import math
import os
import re
import sqlite3
import time
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import accumulate, combinations
from pathlib import Path
from tempfile import mkstemp
from typing import TypeVar

from mtcheck.core.errors import EngineError
from mtcheck.core.references import ReferenceQuotation
from mtcheck.engines.references.library import Library, ReferenceFile, quotations_in, refuse
from mtcheck.engines.references.records import ReferenceProblem
from mtcheck.text.alignment import word_key

_Answer = TypeVar("_Answer")

LOGGER = logging.getLogger(__name__)

INDEX_FOLDER = "references"
# Raise it when the tables, the folding of texts or the records change.
SCHEMA_VERSION = 1
LARGE_FILE = 4 << 20
"""Bytes from which a file of quotations has an index of its own."""
UNUSED_DAYS = 60
"""Days after which an index that no scan has read is deleted."""

# Enough trigrams to find a quotation of which half is garbled; and how many index entries they may have together, which
# is what a look-up's time depends on.
_FEWEST_GRAMS = 4
_MOST_GRAMS = 24
_ENTRIES = 6_000
_PAIRED_GRAMS = 5
_FETCHED = 40
_GRAM = 3
_LONGEST_WORD = 24
_LONGEST_QUERY = 2_000
_BATCH = 5_000

_NO_WORD = re.compile(r"[\W_]+")
# Han, kana, Thai and their neighbors: scripts that put no space between words.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_SCHEMA = """
CREATE TABLE quotations (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, speaker TEXT NOT NULL, date TEXT NOT NULL, language TEXT NOT NULL,
    text TEXT NOT NULL, origin TEXT NOT NULL, file TEXT NOT NULL, line INTEGER NOT NULL
);
CREATE VIRTUAL TABLE texts USING fts5(text, content='', detail=none, columnsize=0, tokenize='trigram');
"""
_FINISH = """
INSERT INTO texts(texts) VALUES ('optimize');
CREATE VIRTUAL TABLE terms USING fts5vocab(texts, 'row');
CREATE TABLE grams (gram TEXT PRIMARY KEY, entries INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO grams SELECT term, doc FROM terms ORDER BY term;
DROP TABLE terms;
CREATE TABLE languages AS SELECT language, COUNT(*) AS quotations FROM quotations GROUP BY language;
CREATE TABLE complete (version INTEGER NOT NULL, quotations INTEGER NOT NULL);
"""
_COLUMNS = "id, speaker, date, language, text, origin, file, line"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reference that may be meant, with the share (0 to 1) of the words looked up that it has."""

    quotation: ReferenceQuotation
    common: float


class QuotationIndex:
    """Finds the quotations of a library that are nearest to a text.

    Raises ``ConfigurationError`` for references that cannot be read, ``EngineError`` where SQLite lacks FTS5.
    """

    def __init__(self, library: Library, cache: Path) -> None:
        """Build what is not there yet; ``cache`` is the cache folder, in which the index gets a folder of its own."""
        small = [file for file in library.quotation_files if file.size < LARGE_FILE]
        large = [file for file in library.quotation_files if file.size >= LARGE_FILE]
        groups = [tuple(small)] * bool(small) + [(file,) for file in large]
        folder = cache / INDEX_FOLDER
        self._shards = tuple(_Shard(library, files, folder) for files in groups)
        for shard in self._shards:
            shard.ensure()
        _delete_unused(folder, {shard.path for shard in self._shards})

    @property
    def languages(self) -> Counter[str]:
        """How many quotations there are in each language."""
        return sum((shard.languages() for shard in self._shards), Counter[str]())

    def candidates(self, text: str, language: str, limit: int) -> list[Candidate]:
        """Return at most ``limit`` quotations in ``language`` that share most with ``text``, best first."""
        query = folded(text)[:_LONGEST_QUERY]
        wanted = primary(language)
        words = Counter(query.split())
        found: list[tuple[float, Candidate]] = []
        for shard in self._shards:
            for weight, quotation in shard.nearest(query, wanted):
                common = (words & Counter(folded(quotation.text).split())).total() / max(words.total(), 1)
                found.append((weight, Candidate(quotation, common)))
        found.sort(key=lambda item: (-item[1].common, -item[0], item[1].quotation.id))
        return [candidate for _, candidate in found[:limit]]

    def close(self) -> None:
        """Close the files; they are opened again when they are needed."""
        for shard in self._shards:
            shard.close()


class _Shard:
    """The index of some files."""

    def __init__(self, library: Library, files: tuple[ReferenceFile, ...], folder: Path) -> None:
        self._library = library
        self._files = files
        identity = "".join(f"{file.name}\0{file.digest}\n" for file in files).encode("utf-8", "surrogateescape")
        self.path = folder / f"v{SCHEMA_VERSION}-{hashlib.sha256(identity).hexdigest()[:32]}.sqlite3"
        self._connection: sqlite3.Connection | None = None
        self._process = 0
        self._in_memory = False

    def ensure(self) -> None:
        """Build the index unless a whole one is there."""
        try:
            self._count(self._open())
            with suppress(OSError):
                os.utime(self.path)
        except sqlite3.Error:
            self._rebuild()
        # Processes that are forked from this one must not share its connection.
        if not self._in_memory:
            self.close()

    def languages(self) -> Counter[str]:
        return Counter(dict(self._ask(lambda db: db.execute("SELECT language, quotations FROM languages").fetchall())))

    def nearest(self, query: str, language: str) -> list[tuple[float, ReferenceQuotation]]:
        """Return quotations by the rarity of the trigrams that they share with a folded text."""
        return self._ask(lambda db: _nearest(db, query, language))

    def close(self) -> None:
        connection, self._connection = self._connection, None
        # A connection that a fork has inherited must be let go of, not closed.
        if connection is not None and self._process == os.getpid():
            connection.close()

    def _ask(self, question: Callable[[sqlite3.Connection], _Answer]) -> _Answer:
        """Ask the index; one that is damaged, or was deleted, is built anew and asked again."""
        try:
            return question(self._open())
        except sqlite3.Error as error:
            LOGGER.warning("the index of references is built anew: %s: %s", self.path, error)
            self.close()
            self._rebuild()
        try:
            return question(self._open())
        except sqlite3.Error as error:
            raise EngineError(f"the index of references cannot be read: {self.path}: {error}") from error

    def _open(self) -> sqlite3.Connection:
        if self._connection is None or self._process != os.getpid():
            # The file never changes, so that SQLite need lock nothing.
            address = f"{self.path.absolute().as_uri()}?mode=ro&immutable=1"
            self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
            self._process = os.getpid()
        return self._connection

    def _count(self, connection: sqlite3.Connection) -> int:
        """Return how many quotations the index has. Raises ``sqlite3.Error`` where it was not finished."""
        return int(connection.execute("SELECT quotations FROM complete").fetchone()[0])

    def _rebuild(self) -> None:
        """Build the file beside its place and move it there; in memory, where the cache folder cannot be written."""
        self.close()
        partial: Path | None = None
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = mkstemp(prefix=f"{self.path.stem}-", suffix=".partial", dir=self.path.parent)
            os.close(handle)
            partial = Path(name)
            with closing(sqlite3.connect(partial)) as connection:
                self._fill(connection)
            partial.replace(self.path)
        except (OSError, sqlite3.OperationalError) as error:
            LOGGER.warning("the index of references is kept in memory: %s: %s", self.path.parent, error)
            connection = sqlite3.connect(":memory:", check_same_thread=False)
            try:
                self._fill(connection)
            except sqlite3.Error as failure:
                raise EngineError(
                    f"this SQLite ({sqlite3.sqlite_version}) cannot index references: {failure}"
                ) from failure
            self._connection, self._process, self._in_memory = connection, os.getpid(), True
        finally:
            if partial is not None:
                partial.unlink(missing_ok=True)

    def _fill(self, connection: sqlite3.Connection) -> None:
        # What is not finished is thrown away, so that no journal is needed.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(_SCHEMA)
        number = 0
        with connection:
            for batch in _batches(self._quotations(), _BATCH):
                rows = [(number + place, *_row(quotation)) for place, quotation in enumerate(batch, 1)]
                connection.executemany(f"INSERT INTO quotations VALUES ({','.join('?' * 9)})", rows)  # noqa: S608
                connection.executemany(
                    "INSERT INTO texts(rowid, text) VALUES (?, ?)",
                    [(number + place, folded(quotation.text)) for place, quotation in enumerate(batch, 1)],
                )
                number += len(batch)
        connection.executescript(_FINISH)
        with connection:
            connection.execute("INSERT INTO complete VALUES (?, ?)", (SCHEMA_VERSION, number))

    def _quotations(self) -> Iterator[ReferenceQuotation]:
        """Read the files. Raises ``ConfigurationError`` with the first problems."""
        problems: list[ReferenceProblem] = []
        places: dict[str, str] = {}
        for file in self._files:
            for item in quotations_in(file):
                if isinstance(item, ReferenceProblem):
                    problems.append(item)
                    continue
                place = f"{item.file}:{item.line}"
                if places.setdefault(item.id, place) != place:
                    message = f"the id {item.id!r} stands in {places[item.id]} too"
                    problems.append(ReferenceProblem(item.file, item.line, message))
                elif not problems:
                    yield item
        refuse(tuple(problems), self._library.folder)


def folded(text: str) -> str:
    """Return a text as it is indexed: words in their comparable form, with single spaces between and around them."""
    return f" {_NO_WORD.sub(' ', word_key(text)).strip()} "


def primary(language: str) -> str:
    """Return a language code without its region or script."""
    return language.partition("-")[0].lower()


def _nearest(connection: sqlite3.Connection, query: str, language: str) -> list[tuple[float, ReferenceQuotation]]:
    total = connection.execute("SELECT quotations FROM complete").fetchone()[0]
    weights: defaultdict[int, int] = defaultdict(int)
    for grams in _chosen(connection, query):
        weight = sum(round(1000 * math.log(1 + total / entries)) for _, entries in grams)
        asked = " AND ".join(f'"{gram}"' for gram, _ in grams)
        rows = connection.execute("SELECT rowid FROM texts WHERE texts MATCH ? LIMIT ?", (asked, _ENTRIES))
        for (number,) in rows:
            weights[number] += weight
    # Sorting bare numbers first is many times faster than sorting thousands of pairs.
    least = sorted(weights.values(), reverse=True)[:_FETCHED][-1:]
    likely = [(number, weight) for number, weight in weights.items() if weight >= least[0]]
    best = sorted(likely, key=lambda item: (-item[1], item[0]))[:_FETCHED]
    found = []
    for number, weight in best:
        row = connection.execute(f"SELECT {_COLUMNS} FROM quotations WHERE number = ?", (number,)).fetchone()  # noqa: S608
        quotation = ReferenceQuotation(*row)
        if primary(quotation.language) == language:
            found.append((weight / 1000, quotation))
    return found


def _chosen(connection: sqlite3.Connection, query: str) -> list[tuple[tuple[str, int], ...]]:
    """Return the trigrams to look for, with their entries: the rarest of each word, rarest words first.

    Where even those are common, the rarest are looked for in pairs.
    """
    words = [word for long in dict.fromkeys(query.split()) for word in _parts(long)]
    grams = sorted({gram for word in words for gram in _grams(word)})
    entries: dict[str, int] = {}
    for start in range(0, len(grams), 500):
        part = grams[start : start + 500]
        marks = ",".join("?" * len(part))
        entries.update(connection.execute(f"SELECT gram, entries FROM grams WHERE gram IN ({marks})", part))  # noqa: S608
    rarest: dict[str, int] = {}
    for word in words:
        known = [(entries[gram], gram) for gram in _grams(word) if gram in entries]
        if known:
            count, gram = min(known)
            rarest[gram] = count
    ordered = sorted(rarest.items(), key=lambda item: (item[1], item[0]))[:_MOST_GRAMS]
    spent = list(accumulate(count for _, count in ordered))
    single = bisect_right(spent, _ENTRIES)
    if single >= min(_FEWEST_GRAMS, len(ordered)):
        return [(gram,) for gram in ordered[:single]]
    paired = combinations(ordered[:_PAIRED_GRAMS], 2) if len(ordered) > 1 else [(ordered[0],)]
    return [*((gram,) for gram in ordered[:single]), *paired]


def _parts(word: str) -> Iterator[str]:
    """Yield a word with the spaces around it; a run of a script without spaces in pieces."""
    spaced = f" {word} "
    if len(word) <= _LONGEST_WORD and not _UNSPACED.search(word):
        yield spaced
        return
    for start in range(0, max(len(spaced) - _GRAM + 1, 1), _LONGEST_WORD // 4):
        yield spaced[start : start + _LONGEST_WORD // 4 + _GRAM - 1]


def _grams(word: str) -> list[str]:
    return [word[place : place + _GRAM] for place in range(len(word) - _GRAM + 1)]


def _row(quotation: ReferenceQuotation) -> tuple[str | int, ...]:
    return (
        quotation.id,
        quotation.speaker,
        quotation.date,
        quotation.language,
        quotation.text,
        quotation.origin,
        quotation.file,
        quotation.line,
    )


def _batches(items: Iterable[ReferenceQuotation], size: int) -> Iterator[list[ReferenceQuotation]]:
    batch: list[ReferenceQuotation] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _delete_unused(folder: Path, used: set[Path]) -> None:
    """Delete indexes, and leftovers of builds that were killed, that no scan has read for a long time."""
    oldest = time.time() - UNUSED_DAYS * 86_400
    for path in sorted((*folder.glob("*.sqlite3"), *folder.glob("*.partial"))):
        with suppress(OSError):
            if path not in used and path.stat().st_mtime < oldest:
                path.unlink()
