"""Turns of phrase that show the language a text was translated from, with what a writer would say."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from mtcheck.core.spans import Span


@dataclass(frozen=True, slots=True)
class Calque:
    """One turn of phrase: the language it comes from, how it is written in the table, and the usual wording."""

    origin: str
    phrase: str
    usual: str


@dataclass(frozen=True, slots=True)
class CalqueUse:
    """A place where a turn of phrase is used."""

    span: Span
    calque: Calque


@cache
def calques(language: str) -> tuple[Calque, ...]:
    """Return the table for texts in a language, in its order."""
    return _table().get(language, ())


def calque_languages() -> frozenset[str]:
    """Return the languages of texts that the table knows."""
    return frozenset(_table())


def calque_uses(text: str, span: Span, language: str) -> Iterator[CalqueUse]:
    """Yield the turns of phrase in a part of a text, in order. Linear in its length."""
    pattern = _pattern(language)
    if pattern is None:
        return
    table = calques(language)
    for match in pattern.finditer(text, span.start, span.end):
        if match.lastgroup is not None:
            yield CalqueUse(Span(*match.span()), table[int(match.lastgroup[1:])])


@cache
def _table() -> dict[str, tuple[Calque, ...]]:
    found: dict[str, list[Calque]] = defaultdict(list)
    for row in (files("mtcheck.text") / "data" / "calques.tsv").read_text("utf-8").splitlines():
        if row and not row.startswith("#"):
            language, origin, phrase, usual = row.split("\t")
            found[language].append(Calque(origin, phrase, usual))
    return {language: tuple(entries) for language, entries in found.items()}


@cache
def _pattern(language: str) -> re.Pattern[str] | None:
    entries = calques(language)
    if not entries:
        return None
    alternatives = (f"(?P<c{number}>{_compiled(entry.phrase)})" for number, entry in enumerate(entries))
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})", re.IGNORECASE)


def _compiled(phrase: str) -> str:
    """Return a phrase of the table as a regular expression: words with white space between, marks with none before them."""
    parts: list[str] = []
    for part in phrase.split("_"):
        is_mark = not any(character.isalnum() or character in "~*" for character in part)
        if parts and not is_mark:
            parts.append(r"\s+")
        parts.append(_part(part))
    last = phrase[-1]
    return "".join(parts) + (r"(?!\w)" if last.isalnum() else "")


def _part(part: str) -> str:
    if part == "~":
        return r"\w+(?:\s+\w+){0,2}?"
    return re.escape(part).replace(r"\~", r"\w{1,20}").replace("~", r"\w{1,20}").replace(r"\*", r"\w{0,12}")
