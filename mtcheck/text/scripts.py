"""Unicode scripts of characters and of stretches of text.

Python's ``unicodedata`` knows no scripts, so a compact table of block ranges stands here: the ranges of Unicode 15's
``Scripts.txt``, joined where only unassigned characters, digits or punctuation lie between them. Whether a character of a
range is a letter or a mark at all is left to its general category, so the table may be coarse.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from mtcheck.core.spans import Span

LATIN, GREEK, CYRILLIC, ARABIC, HEBREW = "Latin", "Greek", "Cyrillic", "Arabic", "Hebrew"
HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO = "Han", "Hiragana", "Katakana", "Hangul", "Bopomofo"
OTHER = "Other"
"""Letters of a script that the table does not name."""

_RANGES: tuple[tuple[int, int, str], ...] = (
    (0x0041, 0x005A, LATIN),
    (0x0061, 0x007A, LATIN),
    (0x00C0, 0x02B8, LATIN),
    (0x02E0, 0x02E4, LATIN),
    (0x0370, 0x03E1, GREEK),
    (0x03E2, 0x03EF, "Coptic"),
    (0x03F0, 0x03FF, GREEK),
    (0x0400, 0x052F, CYRILLIC),
    (0x0531, 0x0588, "Armenian"),
    (0x0591, 0x05F4, HEBREW),
    (0x0610, 0x06FF, ARABIC),
    (0x0700, 0x074F, "Syriac"),
    (0x0750, 0x077F, ARABIC),
    (0x0780, 0x07BF, "Thaana"),
    (0x07C0, 0x07FF, "Nko"),
    (0x0860, 0x086F, "Syriac"),
    (0x0870, 0x08FF, ARABIC),
    (0x0900, 0x097F, "Devanagari"),
    (0x0980, 0x09FF, "Bengali"),
    (0x0A00, 0x0A7F, "Gurmukhi"),
    (0x0A80, 0x0AFF, "Gujarati"),
    (0x0B00, 0x0B7F, "Oriya"),
    (0x0B80, 0x0BFF, "Tamil"),
    (0x0C00, 0x0C7F, "Telugu"),
    (0x0C80, 0x0CFF, "Kannada"),
    (0x0D00, 0x0D7F, "Malayalam"),
    (0x0D80, 0x0DFF, "Sinhala"),
    (0x0E00, 0x0E7F, "Thai"),
    (0x0E80, 0x0EFF, "Lao"),
    (0x0F00, 0x0FFF, "Tibetan"),
    (0x1000, 0x109F, "Myanmar"),
    (0x10A0, 0x10FF, "Georgian"),
    (0x1100, 0x11FF, HANGUL),
    (0x1200, 0x139F, "Ethiopic"),
    (0x13A0, 0x13FF, "Cherokee"),
    (0x1400, 0x167F, "Canadian Aboriginal"),
    (0x1780, 0x17FF, "Khmer"),
    (0x1800, 0x18AF, "Mongolian"),
    (0x18B0, 0x18FF, "Canadian Aboriginal"),
    (0x1C80, 0x1C8F, CYRILLIC),
    (0x1C90, 0x1CBF, "Georgian"),
    (0x1D00, 0x1D25, LATIN),
    (0x1D26, 0x1D2A, GREEK),
    (0x1D2B, 0x1D2B, CYRILLIC),
    (0x1D2C, 0x1D77, LATIN),
    (0x1D78, 0x1D78, CYRILLIC),
    (0x1D79, 0x1DBE, LATIN),
    (0x1DBF, 0x1DBF, GREEK),
    (0x1E00, 0x1EFF, LATIN),
    (0x1F00, 0x1FFF, GREEK),
    (0x2C60, 0x2C7F, LATIN),
    (0x2D00, 0x2D2F, "Georgian"),
    (0x2D30, 0x2D7F, "Tifinagh"),
    (0x2D80, 0x2DDF, "Ethiopic"),
    (0x2DE0, 0x2DFF, CYRILLIC),
    (0x2E80, 0x2FDF, HAN),
    (0x3005, 0x3007, HAN),
    (0x3021, 0x3029, HAN),
    (0x3038, 0x303B, HAN),
    (0x3041, 0x3096, HIRAGANA),
    (0x309D, 0x309F, HIRAGANA),
    (0x30A1, 0x30FF, KATAKANA),
    (0x3105, 0x312F, BOPOMOFO),
    (0x3131, 0x318E, HANGUL),
    (0x31A0, 0x31BF, BOPOMOFO),
    (0x31F0, 0x31FF, KATAKANA),
    (0x3400, 0x4DBF, HAN),
    (0x4E00, 0x9FFF, HAN),
    (0xA000, 0xA4CF, "Yi"),
    (0xA640, 0xA69F, CYRILLIC),
    (0xA722, 0xA787, LATIN),
    (0xA78B, 0xA7FF, LATIN),
    (0xA8E0, 0xA8FF, "Devanagari"),
    (0xA960, 0xA97F, HANGUL),
    (0xA980, 0xA9DF, "Javanese"),
    (0xA9E0, 0xA9FF, "Myanmar"),
    (0xAA60, 0xAA7F, "Myanmar"),
    (0xAB00, 0xAB2F, "Ethiopic"),
    (0xAB30, 0xAB6F, LATIN),
    (0xAB70, 0xABBF, "Cherokee"),
    (0xAC00, 0xD7FF, HANGUL),
    (0xF900, 0xFAFF, HAN),
    (0xFB00, 0xFB06, LATIN),
    (0xFB13, 0xFB17, "Armenian"),
    (0xFB1D, 0xFB4F, HEBREW),
    (0xFB50, 0xFDFF, ARABIC),
    (0xFE70, 0xFEFE, ARABIC),
    (0xFF21, 0xFF3A, LATIN),
    (0xFF41, 0xFF5A, LATIN),
    (0xFF66, 0xFF9F, KATAKANA),
    (0xFFA0, 0xFFDC, HANGUL),
    (0x1B000, 0x1B001, KATAKANA),
    (0x1B002, 0x1B11F, HIRAGANA),
    (0x20000, 0x323AF, HAN),
)
_COMMON = frozenset(
    # Letters by category that belong to no script: ordinal indicators, the micro sign, modifier primes and the like.
    [0x00AA, 0x00BA, 0x00B5, *range(0x02B9, 0x02E0), *range(0x02E5, 0x0300), 0x2126, 0x212A, 0x212B]
)
_INHERITED_RANGES: tuple[tuple[int, int], ...] = (
    (0x0300, 0x036F),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0xFE00, 0xFE0F),
)
_INHERITED_RANGES += ((0xFE20, 0xFE2F), (0x200C, 0x200D), (0xE0100, 0xE01EF))
_SYMBOL_LETTERS = ((0x2100, 0x218F), (0x2460, 0x24FF), (0x1D400, 0x1D7FF), (0x1F100, 0x1F1FF))
_STARTS = tuple(start for start, _, _ in _RANGES)
SCRIPTS: tuple[str, ...] = (*dict.fromkeys(script for _, _, script in _RANGES), OTHER)
"""Every script that ``script_of`` can answer, the commonest in news first."""

_CODES = {script: chr(ord("A") + number) for number, script in enumerate(SCRIPTS)}
_NAMES = {code: script for script, code in _CODES.items()}
_NO_SCRIPT, _INHERITED = ".", "~"
_REMEMBERED = 1 << 16


def script_of(character: str) -> str:
    """Return the script of one letter or mark; empty for digits, punctuation, symbols and marks of any script."""
    return _NAMES.get(_script_code(ord(character)), "")


def _script_code(point: int) -> str:
    """Return the one-character code of a code point's script."""
    if any(start <= point <= end for start, end in _INHERITED_RANGES):
        return _INHERITED
    category = unicodedata.category(chr(point))
    if category[0] not in "LM" or point in _COMMON or any(start <= point <= end for start, end in _SYMBOL_LETTERS):
        return _NO_SCRIPT
    index = bisect_right(_STARTS, point) - 1
    if index >= 0 and point <= _RANGES[index][1]:
        return _CODES[_RANGES[index][2]]
    return _CODES[OTHER] if category[0] == "L" else _INHERITED


class _Codes(dict[int, str]):
    """Script codes by code point, filled as characters are met; bounded, so that no text can make it grow for ever."""

    def __missing__(self, point: int) -> str:
        code = _script_code(point)
        if len(self) < _REMEMBERED:
            self[point] = code
        return code


_TABLE = _Codes()
_WORDS_OF_ONE_SCRIPT = re.compile("|".join(f"{re.escape(code)}[{re.escape(code)}{_INHERITED}]*" for code in _NAMES))


def script_codes(text: str) -> str:
    """Return a string as long as ``text`` with one code for each character's script; see ``code_of_script``."""
    return text.translate(_TABLE)


@cache
def code_of_script(script: str) -> str:
    """Return the character that stands for a script in ``script_codes``. Raises ``KeyError`` for an unknown script."""
    return _CODES[script]


@dataclass(frozen=True, slots=True)
class ScriptRun:
    """A stretch whose letters all belong to one script; it starts and ends with a letter or a mark.

    ``letters`` counts its letters and marks, ``words`` its unbroken stretches of them.
    """

    span: Span
    script: str
    letters: int
    words: int


def script_runs(text: str, *, same: dict[str, str] | None = None) -> list[ScriptRun]:
    """Split a text into stretches of one script, in order; what belongs to no script joins what is around it.

    ``same`` renames scripts before the runs are joined, so that scripts which are written together (Han and kana) make
    one run. Linear in the length of the text.
    """
    runs: list[ScriptRun] = []
    names = _renamed(tuple(same.items())) if same else _NAMES
    script, start, end, letters, words = "", 0, 0, 0, 0
    for match in _WORDS_OF_ONE_SCRIPT.finditer(script_codes(text)):
        found = names[match[0][0]]
        if found != script:
            if script:
                runs.append(ScriptRun(Span(start, end), script, letters, words))
            script, start, letters, words = found, match.start(), 0, 0
        words += match.start() != end or not words
        end = match.end()
        letters += end - match.start()
    if script:
        runs.append(ScriptRun(Span(start, end), script, letters, words))
    return runs


@cache
def _renamed(same: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return the script of every code, some scripts under another's name."""
    renamed = dict(same)
    return {code: renamed.get(script, script) for code, script in _NAMES.items()}
