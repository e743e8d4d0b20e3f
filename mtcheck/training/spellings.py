"""Fit the costs of exchanges in Latin spellings of names: ``python -m mtcheck.training.spellings FOLDER``.

The folder holds ``variant_groups.tsv.gz`` (spellings in Latin letters of one native name) and ``variant_pairs.tsv.gz`` (pairs
of spellings of one name and of two) of NETransliteration (Merhav and Ash 2018, CC0). Used is the half of the native names
that ``mtcheck bench consistency --tuning`` measures on. Names hold nothing that the table keeps: it has letter groups only.

The costs start as written by hand (``transliteration.tsv``). In each round the cheapest exchanges between two spellings are
found, and a logistic regression on their numbers, divided by the length of the longer spelling, tells pairs of one name
from pairs of two; its weights become the costs, held near those they start from. First one table is fitted for all
writings, then from it one for each. At last each is scaled so that, at ``NEAR`` a letter, it merges the same share of the
pairs of two names.
"""

from __future__ import annotations

import gzip
import random
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Levenshtein

from mtcheck.text.transliteration import Exchange, Writing, fold, hand_written, script_of

NEAR = 0.12
"""The distance a letter at which pairs are held to be one name."""
WRONG_SHARE = 0.023
"""Share of the pairs of two names that the table of one writing merges at ``NEAR``; all tables together merge more."""
SLOPE = 40.0
HOLD = 20.0
"""Strength with which costs are held near those they start from."""
LEAST_COST = 0.05
ROUNDS, STEPS, RATE = 3, 400, 0.01
MOST_ONE_NAME, MOST_TWO_NAMES = 3_000, 4_000
MOST_PAIRS_A_NAME, MOST_NEIGHBORS = 4, 8
FARTHEST = 3.0
_HEADER = """# Costs of exchanges in Latin spellings of names, fitted for names from several kinds of writing.
# writing <tab> where <tab> cost <tab> two forms ("-" is nothing at all). What the columns mean is said in transliteration.tsv,
# whose costs hold, times the factor of the writing ("all"), for every exchange that is not listed here.
# Made by `python -m mtcheck.training.spellings` from the tuning half of NETransliteration (Merhav and Ash 2018, CC0).
# The table holds letter groups only, no names.
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two folded spellings, and whether they are of one native name."""

    writing: str
    left: str
    right: str
    same: bool


def groups(folder: Path) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield writing, native name and folded spellings of each name of the tuning half."""
    for writing, native, spellings, *_ in _rows(folder / "variant_groups.tsv.gz"):
        if is_tuning(native):
            folded = dict.fromkeys(fold(spelling) for spelling in spellings.split())
            yield writing, native, tuple(each for each in folded if script_of(each) == "Latin")


def listed_pairs(folder: Path) -> list[Pair]:
    """Return the pairs of the tuning half that the measurement is made on."""
    return [
        Pair(writing, fold(left), fold(right), same == "1")
        for writing, left, right, same, *natives in _rows(folder / "variant_pairs.tsv.gz")
        if is_tuning(min(natives))
    ]


def made_pairs(names: Sequence[tuple[str, str, tuple[str, ...]]]) -> list[Pair]:
    """Return pairs of spellings of one name, and of two names that begin alike and look alike."""
    found: list[Pair] = []
    together: set[tuple[str, str]] = set()
    for writing, _, spellings in names:
        together.update(combinations(sorted(spellings), 2))
        for left, right in list(combinations(spellings, 2))[:MOST_PAIRS_A_NAME]:
            if max(len(left), len(right)) >= 3:
                found.append(Pair(writing, min(left, right), max(left, right), same=True))
    begin_alike: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for writing, native, spellings in names:
        for spelling in spellings[:3]:
            begin_alike[writing, spelling[:2]].append((spelling, native))
    draw = random.Random(5)  # noqa: S311  # a sample, no secret
    for (writing, _), standing in sorted(begin_alike.items()):
        for left, native in standing:
            others = [
                right
                for right, other in standing
                if right > left
                and other != native
                and (left, right) not in together
                and Levenshtein.distance(left, right, score_cutoff=3) <= 3
            ]
            draw.shuffle(others)
            others.sort(key=lambda right: Levenshtein.distance(left, right))
            found.extend(Pair(writing, left, right, same=False) for right in others[:MOST_NEIGHBORS])
    return found


def is_tuning(native: str) -> bool:
    """Tell whether a native name belongs to the tuning half (that of ``mtcheck.measuring.consistency``)."""
    return zlib.crc32(native.encode()) % 2 == 0


def fit(start: Mapping[Exchange, float], pairs: Sequence[Pair]) -> dict[Exchange, float]:
    """Return costs that tell the pairs of one name from those of two, near those they start from."""
    keys = sorted(start)
    index = {exchange: number for number, exchange in enumerate(keys)}
    held = np.array([start[exchange] for exchange in keys])
    costs = held.copy()
    for turn in range(ROUNDS):
        rows, columns, shares, same = _features(Writing(dict(zip(keys, costs.tolist(), strict=True))), pairs, index)
        fresh = _regression(costs, held, rows, columns, shares, same)
        costs = fresh if turn == ROUNDS - 1 else (costs + fresh) / 2
    return dict(zip(keys, costs.tolist(), strict=True))


def _features(
    writing: Writing, pairs: Sequence[Pair], index: Mapping[Exchange, int]
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return, for each exchange of each pair, row, column and share of the length; and which rows are one name."""
    rows: list[int] = []
    columns: list[int] = []
    shares: list[float] = []
    same: list[bool] = []
    for pair in pairs:
        length = max(len(pair.left), len(pair.right))
        # Two names that lie far apart teach nothing; one name that does shows which exchanges are too dear.
        found = writing.exchanges(pair.left, pair.right, length * (FARTHEST if pair.same else 0.5))
        if found is not None:
            for exchange, count in Counter(found).items():
                rows.append(len(same))
                columns.append(index[exchange])
                shares.append(count / length)
            same.append(pair.same)
    return np.array(rows), np.array(columns), np.array(shares), np.array(same, dtype=np.float64)


def _regression(
    costs: np.ndarray, held: np.ndarray, rows: np.ndarray, columns: np.ndarray, shares: np.ndarray, same: np.ndarray
) -> np.ndarray:
    """Minimize the logistic loss by Adam (Kingma and Ba 2015) with a falling rate, in the costs above the least."""
    now = costs.copy()
    mean, square = np.zeros_like(now), np.zeros_like(now)
    for step in range(1, STEPS + 1):
        distance = np.bincount(rows, shares * now[columns], len(same))
        likely = 1 / (1 + np.exp(-SLOPE * (NEAR - distance)))
        gradient = np.bincount(columns, shares * (SLOPE * (same - likely))[rows], len(now)) + 2 * HOLD * (now - held)
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient**2
        rate = RATE * (1 - step / (STEPS + 20))
        direction = (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
        now = np.maximum(LEAST_COST, now - rate * direction)
    return now


def sampled(pairs: Sequence[Pair]) -> list[Pair]:
    """Return a sample of pairs, as many of each kind as the fitting needs."""
    draw = random.Random(3)  # noqa: S311  # a sample, no secret
    chosen: list[Pair] = []
    for same, most in ((True, MOST_ONE_NAME), (False, MOST_TWO_NAMES)):
        kind = [pair for pair in pairs if pair.same is same]
        draw.shuffle(kind)
        chosen.extend(kind[:most])
    return chosen


def scale_of(costs: Mapping[Exchange, float], two_names: Sequence[Pair]) -> float:
    """Return the factor that makes the costs merge ``WRONG_SHARE`` of the pairs of two names at ``NEAR`` a letter."""
    writing = Writing(costs)
    distances = sorted(
        writing.distance(pair.left, pair.right, FARTHEST) / max(len(pair.left), len(pair.right)) for pair in two_names
    )
    return NEAR / distances[int(WRONG_SHARE * len(distances))]


def table(folder: Path) -> str:
    """Fit everything and return the content of ``transliteration_fitted.tsv``."""
    made, listed = made_pairs(list(groups(folder))), listed_pairs(folder)
    by_hand = hand_written("Latin")
    learned_from = {
        writing: [
            *(pair for pair in (*listed, *listed) if pair.writing == writing),
            *sampled([pair for pair in made if pair.writing == writing]),
        ]
        for writing in sorted({pair.writing for pair in made})
    }
    shared = fit(by_hand, [pair for pairs in learned_from.values() for pair in pairs])
    lines = [_HEADER.rstrip()]
    for writing, pairs in learned_from.items():
        costs = fit(shared, pairs)
        factor = round(scale_of(costs, [pair for pair in listed if not pair.same]), 2)
        lines.append(f"{writing}\tall\t{factor:.2f}\t-")
        for exchange, cost in sorted(costs.items()):
            if abs(cost - by_hand[exchange]) >= 0.01:
                lines.append(
                    f"{writing}\t{exchange.where}\t{cost * factor:.2f}\t{exchange.one or '-'} {exchange.other}"
                )
    return "\n".join(lines) + "\n"


def _rows(path: Path) -> Iterator[list[str]]:
    """Yield the columns of each row after the header."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            yield line.rstrip("\n").split("\t")


def main(arguments: Sequence[str]) -> None:
    """Write the table to standard output."""
    sys.stdout.write(table(Path(arguments[0])))


if __name__ == "__main__":
    main(sys.argv[1:])
