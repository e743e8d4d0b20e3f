"""Words of a text by place, and stretches of words that repeat what stands just before them.

Letters of scripts that put no spaces between words (Han, kana, Thai, Lao, Khmer, Burmese) count as one word each.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import eq

from mtcheck.core.spans import Span

# Scripts without spaces between words, as the inside of a character class.
UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff"
)
# Marks that belong to the letter before them, which ``\w`` leaves out: combining accents, Hebrew and Arabic points, the
# vowel signs of Indic scripts, and the joiners that shape letters inside a word.
MARKS = (
    r"\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    r"\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0900-\u0963\u0970-\u0dff\u200c\u200d"
)
_WORD = re.compile(
    rf"""
    [{UNSPACED}]                                          # one letter of an unspaced script
    |
    [^\W_{UNSPACED}]                                      # or a word: it starts with a letter or a digit,
    (?: (?:(?![{UNSPACED}_])[\w{MARKS}])                  # goes on with letters, digits and their marks,
      | ['’ʼ\-‐‑] (?=[^\W_{UNSPACED}])                    # apostrophes and hyphens inside it
    )*+
    """,
    re.VERBOSE,
)
_UNSPACED_LETTER = re.compile(f"[{UNSPACED}]")

SHORT_PERIOD = 5
GRAM = 5
LONGEST_PERIOD = 40


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text: lower-case forms, and where each starts and ends in it (code points)."""

    text: str
    forms: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.forms)

    def written(self, index: int) -> str:
        """Return a word as it is written."""
        return self.text[self.starts[index] : self.ends[index]]

    def gap(self, index: int) -> str:
        """Return what stands between a word and the word before it. The first word has no gap: ``IndexError``."""
        if index == 0:
            raise IndexError("nothing stands before the first word")
        return self.text[self.ends[index - 1] : self.starts[index]]

    def span(self, start: int, end: int) -> Span:
        """Return the span from word ``start`` to the word before ``end``."""
        return Span(self.starts[start], self.ends[end - 1])


@dataclass(frozen=True, slots=True)
class Run:
    """Words ``[start, start + period + length)``, of which each from ``start + period`` on equals the one ``period`` before.

    Two full copies stand in a run whose ``length`` is its ``period`` or more.
    """

    start: int
    period: int
    length: int

    @property
    def end(self) -> int:
        """The index after the last word of the run."""
        return self.start + self.period + self.length

    @property
    def copies(self) -> int:
        """How often the unit stands in full."""
        return (self.period + self.length) // self.period


def words_of(text: str) -> Words:
    """Return the words of a text, numbers included, in time linear in its length."""
    matches = list(_WORD.finditer(text))
    return Words(
        text,
        tuple(match[0].lower() for match in matches),
        tuple(match.start() for match in matches),
        tuple(match.end() for match in matches),
    )


def is_unspaced(form: str) -> bool:
    """Tell whether a word is a letter of a script that puts no spaces between words."""
    return len(form) == 1 and _UNSPACED_LETTER.match(form) is not None


def repeated_runs(forms: Sequence[str]) -> list[Run]:
    """Return the runs of words that repeat what stands just before them, by start; they do not overlap.

    Units of 1 or 2 words are reported from two full copies on, units of 3 to 40 words also where the second copy lacks its
    last word ("the port and the port": the linking word has no copy). Of runs that overlap, the one that covers
    the most words stays. Linear: each word starts at most one comparison a period.
    """
    found = [run for period in range(1, SHORT_PERIOD + 1) for run in _short_runs(forms, period)]
    found.extend(_long_runs(forms))
    found.sort(key=lambda run: (run.start - run.end, run.period, run.start))
    taken = bytearray(len(forms))
    kept: list[Run] = []
    for run in found:
        if not any(taken[run.start : run.end]):
            taken[run.start : run.end] = b"\1" * (run.end - run.start)
            kept.append(run)
    return sorted(kept, key=lambda run: run.start)


def repetition_density(words: Words) -> float:
    """Return how densely a text repeats itself: 0 where no longer word stands twice, above 1 in a loop.

    It adds the repeats of words of five letters or more (hyphenated words taken apart) and the repeats of neighboring pairs of
    six letters or more, by the number of words; function words hardly count that way in any spaced script. On the corpus of
    Guerreiro et al. (2023, German to English) it ranks oscillating translations above the others with an AUROC of .95; unlike
    :func:`repeated_runs` it also rises where copies do not follow each other.
    """
    forms = [part for form in words.forms for part in re.split(r"[\-‐‑]", form) if not part.isdigit()]
    if not forms:
        return 0.0
    single = Counter(form for form in forms if len(form) >= 5)
    pairs = Counter(pair for pair in pairwise(forms) if len(pair[0]) + len(pair[1]) >= 6)
    return (single.total() - len(single) + pairs.total() - len(pairs)) / len(forms)


def _short_runs(forms: Sequence[str], period: int) -> list[Run]:
    """Return the runs of one short period."""
    least = period if period < 3 else period - 1
    # One byte a word, 1 where it equals the word one period before: the stretches of ones are the runs.
    equal = bytes(map(eq, forms[period:], forms))
    runs = [Run(match.start(), period, len(match[0])) for match in re.finditer(rb"\x01{%d,}" % least, equal)]
    # "no no no no" also repeats with the periods 2 and 3: only its shortest period says what it is.
    return [run for run in runs if period == 1 or len(set(forms[run.start : run.start + period])) > 1]


def _long_runs(forms: Sequence[str]) -> list[Run]:
    """Return the runs whose period is 5 words or more, found by the last place of every 5-word sequence."""
    runs: list[Run] = []
    last: dict[tuple[str, ...], int] = {}
    explored = 0
    for index, gram in enumerate(zip(*(forms[offset:] for offset in range(GRAM)), strict=False)):
        before = last.get(gram)
        last[gram] = index
        if before is None or index < explored or not SHORT_PERIOD <= index - before <= LONGEST_PERIOD:
            continue
        period = index - before
        end = index + GRAM
        while end < len(forms) and forms[end] == forms[end - period]:
            end += 1
        start = index
        while start > period and start > explored and forms[start - 1] == forms[start - 1 - period]:
            start -= 1
        # What was compared is not compared again, so that the whole stays linear.
        explored = end - GRAM + 1
        if end - start >= period - 1:
            runs.append(Run(start - period, period, end - start))
    return runs
