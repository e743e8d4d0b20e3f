"""Whether two spellings can be one name, carried over from one alphabet to another in two ways.

The measure is a weighted edit distance whose only edits are exchanges of letter groups that systems of transliteration make
(``data/transliteration.tsv``, by hand): a difference that no such exchange explains leaves the two spellings unrelated,
however small it is. "Sergey" and "Sergei" are near, "Iran" and "Iraq" are not.

What an exchange costs depends on the writing that the name comes from: Arabic leaves out short vowels, katakana writes "l"
and "r" alike, Russian does neither. Latin spellings are therefore measured in several ways, one for each writing, with
costs fitted for it (``data/transliteration_fitted.tsv``, made by ``mtcheck.training.spellings``), and the least distance
counts: the whole difference must be explained by one writing, not a part of it by each.

Measured on the reporting half of NETransliteration's pairs (``mtcheck bench consistency``) at 0.12 a letter: recall .89 at
5.0 % wrong merges (Russian .93 at 3.3 %, Arabic .86 at 1.8 %, Armenian .93 at 4.8 %, Chinese .88 at 7.2 %, katakana .86 at
7.3 %). What joins names on a page asks for less distance than that, and for a common other name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import combinations
from math import inf

# A name longer than this is not compared: the work grows with the product of the lengths.
MAXIMUM_LENGTH = 30
MOST_DISTANCE = 1.5
"""Distances above this are not told apart, unless a caller asks for more."""
# Letters that compatibility decomposition leaves whole, with the usual way to write them in plain letters.
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)
_APOSTROPHES = frozenset("'’‘ʼʻ`´ʹʾʿ")
# Cyrillic letters that are letters of their own, although decomposition would take a mark off them.
_WHOLE_CYRILLIC = frozenset("йїґў")
# "C" in a row of the table stands for each of these in turn, the same one throughout the row.
_CONSONANTS = {"Latin": "bcdfgjklmnpqrstvwxz", "Cyrillic": "бвгґджзйклмнпрстфхцчшщ"}


@dataclass(frozen=True, slots=True, order=True)
class Exchange:
    """Two letter groups that may stand for one another: anywhere (``any``), or where both end their words (``end``)."""

    where: str
    one: str
    other: str


class Writing:
    """What the exchanges cost in spellings of names that come from one kind of writing."""

    __slots__ = ("_anywhere", "_at_end", "_longest")

    def __init__(self, costs: Mapping[Exchange, float]) -> None:
        """Take the cost of each exchange, which holds in both directions."""
        self._anywhere: dict[str, dict[str, float]] = {}
        self._at_end: dict[str, dict[str, float]] = {}
        for exchange, cost in costs.items():
            table = self._at_end if exchange.where == "end" else self._anywhere
            table.setdefault(exchange.one, {})[exchange.other] = cost
            table.setdefault(exchange.other, {})[exchange.one] = cost
        self._longest = max((len(group) for each in costs for group in (each.one, each.other)), default=0)

    def distance(self, left: str, right: str, limit: float) -> float:
        """Return the least cost of exchanges that turn one folded name into the other, infinite above ``limit``."""
        return self._table(left, right, limit)[len(left)][len(right)]

    def exchanges(self, left: str, right: str, limit: float) -> list[Exchange] | None:
        """Return the exchanges that ``distance`` counts, or ``None`` where it is infinite."""
        table = self._table(left, right, limit)
        i, j = len(left), len(right)
        if table[i][j] == inf:
            return None
        found: list[Exchange] = []
        while i or j:
            if i and j and left[i - 1] == right[j - 1] and table[i - 1][j - 1] == table[i][j]:
                i, j = i - 1, j - 1
                continue
            i, j, exchange = self._step_back(table, left, right, i, j)
            found.append(exchange)
        return found

    def _table(self, left: str, right: str, limit: float) -> list[list[float]]:
        """Fill the table of prefix distances, allowing only exchanges that are known."""
        width = len(right) + 1
        costs = [[inf] * width for _ in range(len(left) + 1)]
        costs[0][0] = 0.0
        for i in range(len(left) + 1):
            row = costs[i]
            for j in range(width):
                here = row[j]
                if here == inf:
                    continue
                if i < len(left) and j < len(right) and left[i] == right[j] and here < costs[i + 1][j + 1]:
                    costs[i + 1][j + 1] = here
                for size in range(min(self._longest, len(left) - i) + 1):
                    group = left[i : i + size]
                    others = self._anywhere.get(group)
                    at_end = self._at_end.get(group) if i + size == len(left) else None
                    if others is None and at_end is None:
                        continue
                    below = costs[i + size]
                    for end in range(j, min(j + self._longest, len(right)) + 1):
                        other = right[j:end]
                        cost = at_end.get(other) if at_end is not None and end == len(right) else None
                        if cost is None:
                            cost = others.get(other) if others is not None else None
                        if cost is not None and (total := here + cost) <= limit and total < below[end]:
                            below[end] = total
        return costs

    def _step_back(self, table: list[list[float]], left: str, right: str, i: int, j: int) -> tuple[int, int, Exchange]:
        """Return the cell before (i, j) on the cheapest way, and the exchange between them."""
        for k in range(max(0, i - self._longest), i + 1):
            for m in range(max(0, j - self._longest), j + 1):
                if table[k][m] == inf:
                    continue
                group, other = left[k:i], right[m:j]
                cost, where = None, "any"
                if i == len(left) and j == len(right):
                    cost, where = self._at_end.get(group, {}).get(other), "end"
                if cost is None:
                    cost, where = self._anywhere.get(group, {}).get(other), "any"
                if cost is not None and table[k][m] + cost == table[i][j]:
                    return k, m, Exchange(where, *sorted((group, other)))
        raise ValueError("no exchange leads to a cell that was reached")


@lru_cache(maxsize=16_384)
def fold(name: str) -> str:
    """Return a name in lower case, without marks above or below Latin letters, apostrophes and hyphens."""
    if name.isascii() and name.isalpha():
        return name.lower()
    folded: list[str] = []
    for character in name.casefold():
        if character in _WHOLE_CYRILLIC:
            folded.append(character)
        else:
            folded.extend(part for part in unicodedata.normalize("NFKD", character) if part.isalpha())
    return "".join(character for character in folded if character not in _APOSTROPHES).translate(_PLAIN_LETTERS)


def script_of(folded: str) -> str | None:
    """Return ``Latin`` or ``Cyrillic`` for a folded name that stands in that script throughout, or ``None``."""
    if folded and all("a" <= character <= "z" for character in folded):
        return "Latin"
    if folded and all("\u0400" <= character <= "\u04ff" for character in folded):
        return "Cyrillic"
    return None


def spelling_distance(left: str, right: str, limit: float = MOST_DISTANCE) -> float:
    """Return how far apart two spellings are, if transliteration explains the whole difference.

    0 means the same letters (marks, case, apostrophes and hyphens aside), 1 about one letter that is not shared; infinity
    means that some difference has no explanation, that the distance exceeds ``limit``, that the scripts differ, or that a
    spelling is too long.
    """
    left, right = fold(left), fold(right)
    if left == right:
        return 0.0
    script = script_of(left)
    if script is None or script != script_of(right) or max(len(left), len(right)) > MAXIMUM_LENGTH:
        return inf
    least = inf
    for writing in _writings(script):
        least = min(least, writing.distance(left, right, min(limit, least)))
    return round(least, 6)


@cache
def hand_written(script: str) -> Mapping[Exchange, float]:
    """Return the exchanges of a script (``Latin``, ``Cyrillic``) with the costs written by hand."""
    costs: dict[Exchange, float] = {}
    for row in _rows("transliteration.tsv"):
        row_script, where, cost, forms = row
        if row_script != script:
            continue
        for listed in [forms.replace("C", letter) for letter in _CONSONANTS[script]] if "C" in forms else [forms]:
            groups = ["" if form == "-" else form for form in listed.split()]
            for one, other in combinations(sorted(set(groups)), 2):
                exchange = Exchange(where, one, other)
                costs[exchange] = min(float(cost), costs.get(exchange, inf))
    return costs


@cache
def _writings(script: str) -> tuple[Writing, ...]:
    """Return the ways to measure spellings: Latin ones for each writing that costs were fitted for, others as by hand."""
    by_hand = hand_written(script)
    if script != "Latin":
        return (Writing(by_hand),)
    fitted: dict[str, dict[Exchange, float]] = {}
    for name, where, cost, forms in _rows("transliteration_fitted.tsv"):
        if where == "all":
            fitted[name] = {exchange: start * float(cost) for exchange, start in by_hand.items()}
        else:
            one, other = ("" if form == "-" else form for form in forms.split())
            fitted[name][Exchange(where, one, other)] = float(cost)
    return tuple(Writing(fitted[name]) for name in sorted(fitted))


def _rows(name: str) -> Iterator[list[str]]:
    """Yield the columns of each row of a table."""
    for row in (files("mtcheck.text") / "data" / name).read_text("utf-8").splitlines():
        if row and not row.startswith("#"):
            yield row.split("\t")
