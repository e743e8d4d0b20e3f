"""Sentences and credit lines by which a page says that it is a translation (``data/translation_notices.tsv``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from mtcheck.core.spans import Span

LONGEST_CREDIT = 160
"""Characters of a line that can be a credit or a notice and nothing else; what is longer is running text."""

_LINE = re.compile(r"[^\n\r]+")
_OPENING = re.compile(r"[\W\d_]{0,12}")
"""What may stand before a credit: a bracket, a dash, an asterisk, a number."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A place where a text says that it is a translation: the words, or the whole line of a credit; its language."""

    span: Span
    language: str


@dataclass(frozen=True, slots=True)
class _Row:
    language: str
    stem: str
    pattern: re.Pattern[str]
    anywhere: bool


def notices_in(text: str) -> tuple[Notice, ...]:
    """Return the notices of a text, such as a block, in order; at most one for each line. Linear in the text's length."""
    lowered = text.lower()
    rows = [row for row in _rows() if row.stem in lowered]
    if not rows:
        return ()
    found: list[Notice] = []
    for match in _LINE.finditer(text):
        line = Span(*match.span())
        notice = _credit(text, line, rows) or _sentence(text, line, rows)
        if notice is not None:
            found.append(notice)
    return tuple(found)


def _credit(text: str, line: Span, rows: list[_Row]) -> Notice | None:
    """Return the notice that a short line begins with."""
    words = line.of(text).strip()
    if len(words) > LONGEST_CREDIT:
        return None
    opening = _OPENING.match(words)
    for row in rows:
        if not row.anywhere and row.pattern.match(words, opening.end() if opening else 0):
            start = text.index(words[0], line.start)
            return Notice(Span(start, start + len(words)), row.language)
    return None


def _sentence(text: str, line: Span, rows: list[_Row]) -> Notice | None:
    """Return the first notice inside a line."""
    matches = [
        (match.span(), row.language)
        for row in rows
        if row.anywhere and (match := row.pattern.search(text, line.start, line.end)) is not None
    ]
    if not matches:
        return None
    (start, end), language = min(matches)
    return Notice(Span(start, end), language)


@cache
def _rows() -> tuple[_Row, ...]:
    """Return the rows of the table, compiled."""
    table = files("mtcheck.text").joinpath("data/translation_notices.tsv").read_text(encoding="utf-8")
    rows = []
    for line in table.splitlines():
        if line and not line.startswith("#"):
            language, where, stem, pattern = line.split("\t")
            spaced = pattern.replace(" ?", r"\s?").replace(" ", r"\s{1,3}")
            rows.append(_Row(language, stem, re.compile(spaced, re.IGNORECASE), where == "anywhere"))
    return tuple(rows)


@cache
def notice_languages() -> frozenset[str]:
    """Return the languages whose notices are known."""
    return frozenset(row.language for row in _rows())
