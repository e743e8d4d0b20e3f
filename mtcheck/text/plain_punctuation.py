"""One spelling for marks that mean the same, with the place of every character in the original text.

A language model must not find a text strange for its typography: curly and straight quotation marks, the kinds of dashes,
full-width letters, ligatures and odd spaces are written one way here, both where a model learns and where it scores.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass

from mtcheck.core.spans import Span

REPLACEMENT = "\ufffd"
# A letter with more marks than this is an attack, not a letter; composing is not linear in their number.
MAX_MARKS = 8
# So many characters are written for one at most.
MAX_WRITTEN = 4

# Letters that stand for themselves, unless a mark follows that may melt into them: read by runs, for a page of Cyrillic has nothing else.
LETTERS = (
    "À-ÖØ-öø-ıĴ-ľŁ-ňŊ-ž"  # Latin
    "\u0391-\u03a1\u03a3-\u03ce\u0400-\u0481\u048a-\u052f"  # Greek, Cyrillic
    "\u05d0-\u05ea\u0621-\u063a\u0641-\u064a"  # Hebrew, Arabic
    "\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fa5\uac00-\ud7a3"  # kana, Han, Hangul
)
_NEEDS_WORK = re.compile(r"[^\x20-\x7e]|--|``|''|  |^ | $|`")
_PART = re.compile(
    rf"""
    (?P<dash> \s* (?: -{{2,}} | [\u2014\u2015\u2e3a\u2e3b] ) \s* | \s+ [\u2012\u2013\u2212] \s+ )  # stands between words
    | (?P<hyphen> [\u2010-\u2013\u2212\ufe58\ufe63\uff0d] )
    | (?P<double> `` | '' | [\u2018\u2019\u201a\u201b]{{2}} | [\u201c-\u201f\u00ab\u00bb\u2033\u2036\u301d-\u301f\uff02] )
    | (?P<single> [\x27\u2018-\u201b\u2039\u203a\u2032\u2035\u00b4`\u02bb\u02bc\uff07] )
    | (?P<space> \s+ )
    | (?P<unseen> [\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufffe\uffff]+ )
    | (?P<plain> [!-&(-,.-_a-~{LETTERS}]+ | - )
    | (?P<other> [^\x00-\x7f] )
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class PlainText:
    """``text`` with one spelling of marks. ``starts[i]`` and ``ends[i]`` bound what its character ``i`` came from, in code points.

    Both never fall. A character that was put in (the spaces around a dash) came from nothing: its start is its end.
    """

    text: str
    starts: array[int]
    ends: array[int]

    def span(self, start: int, end: int) -> Span:
        """Return where the characters ``start`` to ``end`` (not empty) came from."""
        return Span(self.starts[start], max(self.starts[start], self.ends[end - 1]))


def plain_punctuation(text: str) -> PlainText:
    """Return a text with straight quotation marks, spaced dashes, single spaces and NFKC letters; any text will do."""
    if not _NEEDS_WORK.search(text):
        places = array("q", range(len(text) + 1))
        return PlainText(text, places[:-1], places[1:])
    found: list[str] = []
    starts, ends = array("q"), array("q")

    def put(piece: str, start: int, end: int) -> None:
        found.append(piece)
        starts.extend([start] * len(piece))
        ends.extend([end] * len(piece))

    place, spaced, after_plain = 0, True, False
    while place < len(text):
        match = _PART.match(text, place)
        if match is None:
            raise AssertionError(f"no part of the pattern takes U+{ord(text[place]):04X}")
        kind, start, end = match.lastgroup, match.start(), match.end()
        if kind == "plain" and text[end - 1] > "\x7f" and end < len(text) and unicodedata.combining(text[end]):
            # The last letter goes with its marks.
            end -= 1
            kind = "plain" if start < end else "other"
        if kind == "plain":
            found.append(text[start:end])
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
            spaced = False
        elif kind == "space":
            if not spaced:
                put(" ", start, end)
            spaced = True
        elif kind == "dash":
            whole = match.group()
            first = end - len(whole.lstrip())
            last = start + len(whole.rstrip())
            if not spaced:
                put(" ", start, first)
            put("-", first, last)
            put(" ", last, end)
            spaced = True
        elif kind != "unseen":
            if kind == "other":
                end = _cluster_end(text, start)
                if after_plain and unicodedata.combining(text[start]):
                    # The letter that the marks stand on was put already.
                    found[-1] = found[-1][:-1]
                    start = starts.pop()
                    ends.pop()
            put(_written(kind, text[start:end]), start, end)
            spaced = False
        place, after_plain = end, kind == "plain"
    if found and spaced:
        # A space at the end says nothing; white space inside of other parts cannot end a text.
        found[-1] = found[-1][:-1]
        starts.pop()
        ends.pop()
    return PlainText("".join(found), starts, ends)


def _cluster_end(text: str, start: int) -> int:
    """Return where a letter's combining marks end."""
    end = start + 1
    while end < len(text) and end - start <= MAX_MARKS and unicodedata.combining(text[end]):
        end += 1
    return end


def _written(kind: str | None, part: str) -> str:
    if kind == "double":
        return '"'
    if kind == "single":
        return "'"
    if kind == "hyphen":
        return "-"
    composed = unicodedata.normalize("NFKC", part)
    if len(composed) > MAX_WRITTEN * len(part):
        # A whole phrase in one sign (U+FDFA has 18 characters): it stays a sign, or a page of them would grow too long.
        composed = unicodedata.normalize("NFC", part)
    # Code points without a character of their own, such as halves of pairs, are no letters that a model could know.
    plain = "".join(REPLACEMENT if unicodedata.category(char) in {"Cs", "Co", "Cn"} else char for char in composed)
    # Some characters are letters set on a space (U+00A8); a space inside of one would count as a border of words.
    return plain.replace(" ", "") or REPLACEMENT
