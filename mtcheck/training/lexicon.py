"""Fit the bilingual lexicons: which words stand for which, how often a word finds its counterpart, how often by chance.

Words are associated by how often they stand in the same sentence pairs (log-likelihood ratio, Dunning 1993), and links are
those in which each word is the other's best in their pair (competitive linking, Melamed 2000). Links come from two thirds
of the pairs; how often a word finds one of its counterparts is counted on the rest, in true pairs and in pairs put together
at random. Only these counts are kept: no sentence of the corpora is in the result. The human translations of news test sets
that are distributed for research only take no part.
"""

from __future__ import annotations

import gzip
import lzma
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from mtcheck.core.errors import InputError
from mtcheck.text.word_units import units_of
from mtcheck.training.corpora import RESEARCH_NEWS
from mtcheck.training.languages import ENGLISH
from mtcheck.training.preparation import ENGINE_SETS_PREFIX, OPEN_ENGINES

MOST_PAIRS = 200_000
"""Sentence pairs read; general text first, as it stands first in the corpora's tiers."""
MOST_UNITS = 40
"""Longer sentences say little about which word belongs to which."""
LEAST_COUNT = 6
LEAST_LINKS = 3
LEAST_ASSOCIATION = 12.0
"""Log-likelihood ratio below which two words may stand together by chance."""
LEAST_PROBABILITY = 0.025
MOST_COUNTERPARTS = 14
LEAST_TRIALS = 4
CHANCE_PRIOR = 0.05
"""What is added to the count of chance finds: about the rate of a word that is rarely met."""
SCALE = 1000
"""Rates are written in thousandths."""
GENERAL = "general"
_CHUNK = 20_000

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class SentenceUnits:
    """The distinct units of one sentence pair, as numbers."""

    english: Array
    other: Array


@dataclass(frozen=True, slots=True)
class _Corpus:
    """The pairs of a corpus as numbers, and the units that the numbers stand for."""

    pairs: list[SentenceUnits]
    english: list[str]
    other: list[str]


def fit_lexicon(corpora: Path, language: str, output: Path) -> int:
    """Write ``lexicon.en-XX.tsv.gz`` for one language into a folder and return the number of English entries.

    Raises ``InputError`` where the corpus cannot be read.
    """
    corpus = _read(corpora, language)
    links = _links([pair for number, pair in enumerate(corpus.pairs) if number % 3], corpus)
    held = [pair for number, pair in enumerate(corpus.pairs) if not number % 3]
    rows: list[str] = []
    entries = 0
    forward, backward = _grouped(links), _grouped([(other, english, weight) for english, other, weight in links])
    for side, table, here, there, mine in (
        ("e", forward, corpus.english, corpus.other, True),
        ("o", backward, corpus.other, corpus.english, False),
    ):
        rates = _rates(held, table, mine=mine)
        for unit in sorted(table, key=lambda unit: here[unit]):
            hits, chance, trials = rates.get(unit, (0, 0, 0))
            if trials < LEAST_TRIALS:
                continue
            # Few words that are seldom met are found by chance, but most of those that are listed find their counterpart.
            found = round(SCALE * (hits + 1) / (trials + 2))
            by_chance = round(SCALE * (chance + CHANCE_PRIOR) / (trials + 2))
            listed = [there[other] for other in table[unit]] if mine else []
            rows.append("\t".join((side, here[unit], str(found), str(by_chance), " ".join(listed))).rstrip("\t"))
            entries += mine
    path = output / f"lexicon.{ENGLISH}-{language}.tsv.gz"
    output.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(("\n".join(rows) + "\n").encode())
    return entries


def _read(corpora: Path, language: str) -> _Corpus:
    english_numbers: dict[str, int] = {}
    other_numbers: dict[str, int] = {}
    raw: list[tuple[list[str], list[str]]] = []
    english_counts: Counter[str] = Counter()
    other_counts: Counter[str] = Counter()
    for english, other in _pairs(corpora, language):
        left = sorted({unit.key for unit in units_of(english, ENGLISH)})
        right = sorted({unit.key for unit in units_of(other, language)})
        if left and right and len(left) <= MOST_UNITS and len(right) <= 2 * MOST_UNITS:
            raw.append((left, right))
            english_counts.update(left)
            other_counts.update(right)
            if len(raw) == MOST_PAIRS:
                break
    for numbers, counts in ((english_numbers, english_counts), (other_numbers, other_counts)):
        numbers.update(
            {key: number for number, key in enumerate(sorted(key for key in counts if counts[key] >= LEAST_COUNT))}
        )
    pairs = [
        SentenceUnits(
            np.array([english_numbers[key] for key in left if key in english_numbers], np.int64),
            np.array([other_numbers[key] for key in right if key in other_numbers], np.int64),
        )
        for left, right in raw
    ]
    return _Corpus(
        [pair for pair in pairs if len(pair.english) and len(pair.other)], list(english_numbers), list(other_numbers)
    )


def _pairs(corpora: Path, language: str) -> Iterator[tuple[str, str]]:
    """Yield pairs of English and the other language: translated news first, then general text, then all other."""
    for name, turned in ((f"{ENGLISH}-{language}", False), (f"{language}-{ENGLISH}", True)):
        path = corpora / "engine-output" / f"{name}.tsv.xz"
        for source, translation, engine, origin in rows_of(path) if path.exists() else ():
            if engine in OPEN_ENGINES and origin.startswith(ENGINE_SETS_PREFIX):
                yield (translation, source) if turned else (source, translation)
    rows = [row for row in rows_of(corpora / f"{ENGLISH}-{language}.tsv.xz") if row[0] != RESEARCH_NEWS]
    rows.sort(key=lambda row: row[1] != GENERAL)
    for _, _, english, other in rows:
        yield english, other


def rows_of(path: Path, columns: int = 4) -> list[list[str]]:
    """Return the rows of a packed table that have so many columns. Raises ``InputError`` where it cannot be read."""
    try:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            rows = [line.rstrip("\n").split("\t") for line in lines]
    except (OSError, lzma.LZMAError) as error:
        raise InputError(str(path), f"cannot be read: {error}") from error
    return [row for row in rows if len(row) == columns]


def _keys(pairs: Sequence[SentenceUnits], width: int) -> Iterator[Array]:
    """Yield one number for each word of the one side with each of the other, sentence by sentence, in chunks."""
    for start in range(0, len(pairs), _CHUNK):
        yield np.concatenate(
            [(pair.english[:, None] * width + pair.other[None, :]).ravel() for pair in pairs[start : start + _CHUNK]]
        )


def _counted(parts: Iterator[Array]) -> tuple[Array, Array]:
    """Return the distinct numbers of all chunks with their counts."""
    keys, counts = np.empty(0, np.int64), np.empty(0, np.int64)
    for part in parts:
        fresh, times = np.unique(part, return_counts=True)
        joined = np.concatenate((keys, fresh))
        weights = np.concatenate((counts, times))
        keys, places = np.unique(joined, return_inverse=True)
        counts = np.bincount(places, weights, len(keys)).astype(np.int64)
    return keys, counts


def _links(pairs: Sequence[SentenceUnits], corpus: _Corpus) -> list[tuple[int, int, float]]:
    """Return which units stand for which, with the greater of the two probabilities."""
    width, total = len(corpus.other), len(pairs)
    english_counts = np.bincount(np.concatenate([pair.english for pair in pairs]), minlength=len(corpus.english))
    other_counts = np.bincount(np.concatenate([pair.other for pair in pairs]), minlength=width)
    keys, counts = _counted(_keys(pairs, width))
    left, right = english_counts[keys // width], other_counts[keys % width]
    association = _association(counts, left, right, total)
    kept = (association >= LEAST_ASSOCIATION) & (counts * total > left * right) & (counts >= 2)
    keys = keys[kept]
    # The part of the rarer word's places is a better tie-breaker than the ratio, which grows with frequency alone.
    strength = counts[kept] / np.sqrt(left[kept] * right[kept])
    linked, times = _counted(_linked(pairs, keys, strength, width))
    left, right = english_counts[linked // width], other_counts[linked % width]
    probability = np.maximum(times / left, times / right)
    chosen = (times >= LEAST_LINKS) & (probability >= LEAST_PROBABILITY)
    return [
        (int(key) // width, int(key) % width, float(weight))
        for key, weight in zip(linked[chosen], probability[chosen], strict=True)
    ]


def _association(both: Array, left: Array, right: Array, total: int) -> Array:
    """Return the log-likelihood ratio of the two-by-two table of each pair of words (Dunning 1993)."""

    def part(seen: Array, expected: Array) -> Array:
        safe = np.maximum(seen, 1)
        return np.asarray(np.where(seen > 0, seen * np.log(safe / np.maximum(expected, 1e-9)), 0.0))

    only_left, only_right = left - both, right - both
    neither = total - left - right + both
    ratio = part(both, left * right / total) + part(only_left, left * (total - right) / total)
    ratio = ratio + part(only_right, right * (total - left) / total)
    return np.asarray(2 * (ratio + part(neither, (total - left) * (total - right) / total)))


def _linked(pairs: Sequence[SentenceUnits], keys: Array, strength: Array, width: int) -> Iterator[Array]:
    """Yield the pairs of units that are each other's best in a sentence pair, in chunks."""
    for start in range(0, len(pairs), _CHUNK):
        found: list[Array] = []
        for pair in pairs[start : start + _CHUNK]:
            grid = pair.english[:, None] * width + pair.other[None, :]
            places = np.minimum(np.searchsorted(keys, grid), len(keys) - 1)
            weights = np.where(keys[places] == grid, strength[places], 0.0)
            best = (weights == weights.max(axis=1, keepdims=True)) & (weights == weights.max(axis=0, keepdims=True))
            found.append(grid[best & (weights > 0)])
        yield np.concatenate(found)


def _grouped(links: Sequence[tuple[int, int, float]]) -> dict[int, list[int]]:
    """Return the counterparts of each unit, the most probable first."""
    grouped: dict[int, list[tuple[float, int]]] = {}
    for unit, other, weight in links:
        grouped.setdefault(unit, []).append((-weight, other))
    return {unit: [other for _, other in sorted(found)[:MOST_COUNTERPARTS]] for unit, found in grouped.items()}


def _rates(
    pairs: Sequence[SentenceUnits], table: dict[int, list[int]], *, mine: bool
) -> dict[int, tuple[int, int, int]]:
    """Return for each unit how often it finds a counterpart in its own pair, in another pair, and how often it occurs."""
    wanted = {unit: frozenset(found) for unit, found in table.items()}
    counts: dict[int, list[int]] = {}
    for number, pair in enumerate(pairs):
        # The pair half the corpus away is another sentence from elsewhere.
        stranger = pairs[(number + len(pairs) // 2) % len(pairs)]
        here = pair.english if mine else pair.other
        there = set((pair.other if mine else pair.english).tolist())
        elsewhere = set((stranger.other if mine else stranger.english).tolist())
        for unit in here.tolist():
            if unit in wanted:
                row = counts.setdefault(unit, [0, 0, 0])
                row[0] += not wanted[unit].isdisjoint(there)
                row[1] += not wanted[unit].isdisjoint(elsewhere)
                row[2] += 1
    return {unit: (row[0], row[1], row[2]) for unit, row in counts.items()}
