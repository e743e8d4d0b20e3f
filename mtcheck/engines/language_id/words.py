"""The words of a text as the search for changes of language sees them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mtcheck.engines.language_id.candidates import WRITTEN_TOGETHER
from mtcheck.text.scripts import HAN, script_runs

_MARKS_OF_LETTERS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0962\u0963\u200c\u200d"
)
"""Combining marks, vowel signs and joiners of the scripts in which languages have to be told apart."""

_WORD = re.compile(
    rf"""
    [^\W\d_]                       # a letter
    (?: [^\W\d_{_MARKS_OF_LETTERS}]  # more of them
      | [{_MARKS_OF_LETTERS}]
      | ['’ʼ-](?=[^\W\d_])          # an apostrophe or a hyphen inside the word
    )*
    """,
    re.VERBOSE,
)
_IDEOGRAPHS = 4
"""Ideographs taken together: Chinese and Japanese have no spaces, and one sign alone says too little."""

MARKS = frozenset('"“”„«»‹›「」『』《》()[]（）［］【】<>\n\r\u2028\u2029|')
"""Signs at which a text changes its language more readily than between two words: quotation marks, brackets, line ends."""

WEAK_MARKS = frozenset(".!?…:;—–/•·。！？：；؟،,")
"""Signs at which it does so a little more readily."""


@dataclass(slots=True)
class Word:
    """A word of a text, or some ideographs: from ``start`` to ``end``, in small letters in ``text``.

    ``before`` holds what stands between the word before it and this one, ``capital`` tells whether it starts with a capital.
    Not frozen, as there are as many of them as words and freezing makes them four times as slow to make.
    """

    start: int
    end: int
    text: str
    script: str
    before: str
    capital: bool

    @property
    def at_mark(self) -> bool:
        """Whether a quotation mark, a bracket or a line end stands before it."""
        return not MARKS.isdisjoint(self.before)

    @property
    def at_weak_mark(self) -> bool:
        """Whether other punctuation stands before it."""
        return not WEAK_MARKS.isdisjoint(self.before)


def words_of(text: str) -> list[Word]:
    """Return the words of a text in order; what is in no language must be spaces already."""
    words: list[Word] = []
    end = 0
    for run in script_runs(text, same=WRITTEN_TOGETHER):
        script = run.script
        for match in _WORD.finditer(text, run.span.start, run.span.end):
            start, stop = match.span()
            step = _IDEOGRAPHS if script == HAN else stop - start
            for first in range(start, stop, step):
                last = min(first + step, stop)
                word = text[first:last]
                words.append(Word(first, last, word.lower(), script, text[end:first], word[0].isupper()))
                end = last
    return words


def is_like_a_name(words: Sequence[Word]) -> bool:
    """Tell whether Latin words may be a name or a title: capitals first and last, and no more small words than large."""
    large = [word.capital or len(word.text) == 1 for word in words]
    return large[0] and large[-1] and sum(large) * 2 >= len(large)
