"""Whether two spellings can be one name, carried over from one alphabet to another in two ways.

The measure is a weighted edit distance whose only edits are exchanges of letter groups that systems of transliteration make
(``data/transliteration.tsv``, by hand; ``data/transliteration_fitted.tsv``, costs fitted for Latin letters): a difference
that no such exchange explains leaves the two spellings unrelated, however small it is. "Sergey" and "Sergei" are near,
"Iran" and "Iraq" are not.

Measured on the reporting half of NETransliteration's pairs (``mtcheck bench consistency``) at 0.12 a letter: recall .87 at
4.9 % wrong merges (Russian .91 at 4.7 %, Arabic .86 at 2.1 %, Armenian .91 at 4.8 %, Chinese .85 at 6.2 %, katakana .80 at
6.2 %). What joins names on a page asks for less distance than that, and for a common other name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from math import inf

# A name longer than this is not compared: the work grows with the product of the lengths.
MAXIMUM_LENGTH = 30
DOUBLED_CONSONANT_COST = 0.1
# Letters that compatibility decomposition leaves whole, with the usual way to write them in plain letters.
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)
_APOSTROPHES = frozenset("'’‘ʼʻ`´ʹʾʿ")
# Cyrillic letters that are letters of their own, although decomposition would take a mark off them.
_WHOLE_CYRILLIC = frozenset("йїґў")
_VOWELS = frozenset("aeiouyаеёиоуыэюяіїє")


@dataclass(frozen=True, slots=True)
class _Rules:
    """The exchanges of one script: cost by the pair of letter groups, anywhere and at the end of both words."""

    anywhere: dict[tuple[str, str], float]
    at_end: dict[tuple[str, str], float]
    longest: int


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


def spelling_distance(left: str, right: str) -> float:
    """Return how far apart two spellings are, if transliteration explains the whole difference.

    0 means the same letters (marks, case, apostrophes and hyphens aside), 1 about one letter that is not shared; infinity
    means that some difference has no explanation, that the scripts differ, or that a spelling is too long.
    """
    left, right = fold(left), fold(right)
    if left == right:
        return 0.0
    script = script_of(left)
    if script is None or script != script_of(right) or max(len(left), len(right)) > MAXIMUM_LENGTH:
        return inf
    return _distance(_rules(script), left, right)


def _distance(rules: _Rules, left: str, right: str) -> float:
    """Fill the table of prefix distances, allowing only exchanges that the rules know."""
    costs = [[inf] * (len(right) + 1) for _ in range(len(left) + 1)]
    costs[0][0] = 0.0
    for i in range(len(left) + 1):
        for j in range(len(right) + 1):
            here = costs[i][j]
            if here == inf:
                continue
            if i < len(left) and j < len(right) and left[i] == right[j]:
                costs[i + 1][j + 1] = min(costs[i + 1][j + 1], here)
                _relax_doubled(costs, left, right, i, j)
            for width in range(min(rules.longest, len(left) - i) + 1):
                group = left[i : i + width]
                for other_width in range(min(rules.longest, len(right) - j) + 1):
                    cost = _exchange(rules, group, right[j : j + other_width], i + width, j + other_width, left, right)
                    if cost is not None:
                        row = costs[i + width]
                        row[j + other_width] = min(row[j + other_width], here + cost)
    return round(costs[len(left)][len(right)], 6)


def _relax_doubled(costs: list[list[float]], left: str, right: str, i: int, j: int) -> None:
    """Let a doubled consonant stand for a single one."""
    letter = left[i]
    if letter in _VOWELS:
        return
    cost = costs[i][j] + DOUBLED_CONSONANT_COST
    if left[i : i + 2] == letter * 2:
        costs[i + 2][j + 1] = min(costs[i + 2][j + 1], cost)
    if right[j : j + 2] == letter * 2:
        costs[i + 1][j + 2] = min(costs[i + 1][j + 2], cost)


def _exchange(rules: _Rules, group: str, other: str, end: int, other_end: int, left: str, right: str) -> float | None:
    """Return the cost of an exchange, by the rules for word ends where both groups end their words."""
    if end == len(left) and other_end == len(right):
        cost = rules.at_end.get((group, other))
        if cost is not None:
            return cost
    return rules.anywhere.get((group, other))


@cache
def _rules(script: str) -> _Rules:
    """Read the exchanges of a script: those written by hand, and the fitted costs in their place."""
    tables: dict[str, dict[tuple[str, str], float]] = {"any": {}, "end": {}}
    for where, cost, groups in _rows("transliteration.tsv", script):
        table = tables[where]
        for group in groups:
            for other in groups:
                if group != other:
                    table[group, other] = min(cost, table.get((group, other), inf))
    for where, cost, (group, other) in _rows("transliteration_fitted.tsv", script):
        tables[where][group, other] = tables[where][other, group] = cost
    longest = max(len(group) for table in tables.values() for pair in table for group in pair)
    return _Rules(tables["any"], tables["end"], longest)


def _rows(name: str, script: str) -> Iterator[tuple[str, float, list[str]]]:
    """Yield where, cost and letter groups of each row of a table that belongs to a script."""
    for row in (files("mtcheck.text") / "data" / name).read_text("utf-8").splitlines():
        if row and not row.startswith("#"):
            row_script, where, cost, forms = row.split("\t")
            if row_script == script:
                yield where, float(cost), ["" if form == "-" else form for form in forms.split()]
