"""Which sentences of a translation belong to which of its source.

Dynamic programming over sentences in order (Gale and Church 1993): one to one, one to two, two to one, or one that has no
counterpart. A grouping is judged by its lengths, by the words that a bilingual lexicon knows (as Moore 2002 and Hunalign
do), and by shared numbers and names. Every score is a logarithm of a likelihood ratio, "belong together" against "do not".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, inf, log, sqrt

from mtcheck.core.spans import Span
from mtcheck.text.anchors import anchors_of
from mtcheck.text.lengths import usual_ratio
from mtcheck.text.word_evidence import SidedUnits, relatedness

# Gale and Church's variance of the length difference a character (1993, section 3.2), and how often groupings of each
# kind occur: theirs, with more room for what is left out, which is what is looked for here.
_VARIANCE = 6.8
_GROUPINGS = {(1, 1): log(0.88), (1, 2): log(0.045), (2, 1): log(0.045), (1, 0): log(0.01), (0, 1): log(0.01)}
# Words are no independent witnesses: each counts for a part of its evidence only.
_WORD_WEIGHT = 0.35
# The words of the two worst-fitting renderings of real pairs say no more against them than this many logarithms a sentence.
# And no more for them than this: beyond it the lengths decide, for a page speaks of one matter and repeats its words.
_LEAST_WORDS, _MOST_WORDS = -12.0, 25.0
_ANCHOR_SHARED, _ANCHOR_MISSED = 2.0, -0.6
_MOST_ANCHORS = 6
# How far from the diagonal a pair may lie, in sentences, at least and as a part of the text.
_BAND, _BAND_SHARE = 25, 0.06
MOST_CELLS = 400_000
"""Beyond so many possible pairs no alignment is tried."""
SURE = 4.0
"""A pair with at least this score on both sides of a gap makes the gap sure."""


SOURCE, TARGET = 0, 1
"""The two sides, as they are counted."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """Sentences that belong together: half-open ranges of indices on both sides, one of which may be empty.

    ``score`` is the logarithm of the likelihood ratio, 0 for a range that stands alone.
    """

    source: Span
    target: Span
    score: float


def align_sentences(
    source: Sequence[str], target: Sequence[str], source_language: str, target_language: str
) -> tuple[Grouping, ...] | None:
    """Return the groupings that cover both texts in order, or ``None`` for texts too long and too unlike to align."""
    rows, columns = len(source), len(target)
    band = max(_BAND, int(_BAND_SHARE * max(rows, columns)), 0)
    width = min(columns + 1, 2 * band + 1 + (columns // rows if rows else 0))
    if (rows + 1) * width > MOST_CELLS:
        return None
    judge = _Judge(source, target, source_language, target_language)
    best: dict[tuple[int, int], float] = {(0, 0): 0.0}
    came: dict[tuple[int, int], tuple[int, int, float]] = {}
    for i in range(rows + 1):
        middle = round(i * columns / rows) if rows else 0
        low, high = max(0, middle - band), min(columns, middle + band)
        if not rows:
            low, high = 0, columns
        for j in range(low, high + 1):
            for (di, dj), prior in _GROUPINGS.items():
                before = best.get((i - di, j - dj))
                if before is None:
                    continue
                score = judge.score(i - di, i, j - dj, j) if di and dj else 0.0
                total = before + prior + score
                if total > best.get((i, j), -inf):
                    best[i, j] = total
                    came[i, j] = (di, dj, score)
    if (rows, columns) not in best:
        return None
    return _followed_back(came, rows, columns)


def _followed_back(
    came: dict[tuple[int, int], tuple[int, int, float]], rows: int, columns: int
) -> tuple[Grouping, ...]:
    """Return the groupings on the best way from the ends to the beginnings, in order."""
    found: list[Grouping] = []
    i, j = rows, columns
    while (i, j) in came:
        di, dj, score = came[i, j]
        found.append(Grouping(Span(i - di, i), Span(j - dj, j), score))
        i, j = i - di, j - dj
    return tuple(reversed(found))


class _Judge:
    """Scores groupings; what is known of a sentence is worked out once."""

    def __init__(
        self, source: Sequence[str], target: Sequence[str], source_language: str, target_language: str
    ) -> None:
        self._languages = (source_language, target_language)
        self._ratio = usual_ratio(source_language, target_language)
        self._texts = (tuple(source), tuple(target))
        self._units: dict[tuple[int, int, int], SidedUnits] = {}
        self._anchors: dict[tuple[int, int, int], frozenset[str]] = {}

    def score(self, i: int, i_end: int, j: int, j_end: int) -> float:
        """Return the logarithm of the likelihood ratio of a grouping."""
        source_length = sum(map(len, self._texts[SOURCE][i:i_end]))
        target_length = sum(map(len, self._texts[TARGET][j:j_end]))
        words = self._words(i, i_end, j, j_end)
        if i_end - i > 1 or j_end - j > 1:
            # Neighbors share words: joined, they must not be worth more than each by itself.
            parts = [self._words(a, a + 1, b, b + 1) for a in range(i, i_end) for b in range(j, j_end)]
            words = min(words, sum(parts))
        words = min(max(_WORD_WEIGHT * words, _LEAST_WORDS), _MOST_WORDS)
        here, there = self._anchors_of(SOURCE, i, i_end), self._anchors_of(TARGET, j, j_end)
        shared = len(here & there)
        missed = len(here | there) - shared
        anchors = _ANCHOR_SHARED * min(shared, _MOST_ANCHORS) + _ANCHOR_MISSED * min(missed, _MOST_ANCHORS)
        return words + anchors + _length_score(source_length * self._ratio, target_length)

    def _words(self, i: int, i_end: int, j: int, j_end: int) -> float:
        return relatedness(self._units_of(SOURCE, i, i_end), self._units_of(TARGET, j, j_end), *self._languages)

    def _units_of(self, side: int, start: int, end: int) -> SidedUnits:
        key = (side, start, end)
        if key not in self._units:
            texts = self._texts[side]
            self._units[key] = SidedUnits.of(" ".join(texts[start:end]), self._languages[side])
        return self._units[key]

    def _anchors_of(self, side: int, start: int, end: int) -> frozenset[str]:
        key = (side, start, end)
        if key not in self._anchors:
            found = anchors_of(" ".join(self._texts[side][start:end]))
            self._anchors[key] = frozenset(found.numbers) | found.names
        return self._anchors[key]


def _length_score(expected: float, length: int) -> float:
    """Return how much likelier the length is for a translation than for any text (Gale and Church's tail probability)."""
    deviation = (length - expected) / sqrt(_VARIANCE * max(expected, 1.0))
    return log(max(erfc(abs(deviation) / sqrt(2)), 1e-6)) + 1.0
