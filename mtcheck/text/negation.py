"""Negation: where a sentence denies something, and whether two renderings of one statement disagree about it.

The words are data (``data/negation.tsv``). A negator turns a statement round by grammar; an implicit one ("refused",
"unable", "undamaged") may stand for a negator in another rendering, so that "did not pay" and "refused to pay" agree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from mtcheck.core.spans import Span
from mtcheck.text.opposites import plain_form, without_joined_words

LANGUAGES_OF_NEGATION = frozenset({"en", "de", "es", "fr", "ru", "uk", "ar"})
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
# Two words of negation that make one in these languages: "ne ... pas", "nadie no", "никто не".
_CONCORD = frozenset({"es", "fr", "ru", "uk"})


@dataclass(frozen=True, slots=True)
class Negation:
    """One denying word: its span and plain form. ``implicit`` tells that it denies by its meaning only."""

    span: Span
    form: str
    implicit: bool


@dataclass(frozen=True, slots=True)
class _Words:
    """The denying words of a language."""

    negators: frozenset[str]
    implicit: frozenset[str]
    beginnings: tuple[str, ...]
    exempt: frozenset[tuple[str, ...]]


def negations_in(text: str, language: str, span: Span | None = None) -> tuple[Negation, ...]:
    """Return the denying words of a stretch of text in order, those of exempt phrases ("not only") left out."""
    region = span or Span(0, len(text))
    words = _words(language)
    matches = list(_WORD.finditer(text, region.start, region.end))
    forms = [plain_form(match[0], language) for match in matches]
    found = []
    for place, (match, form) in enumerate(zip(matches, forms, strict=True)):
        kind = _kind(form, language, words)
        if kind is None or (kind == "negator" and _exempt(forms, place, words)):
            continue
        found.append(Negation(Span(match.start(), match.end()), form, kind == "implicit"))
    return tuple(found)


def _kind(form: str, language: str, words: _Words) -> str | None:
    """Return ``negator``, ``implicit``, or ``None`` for a word that denies nothing."""
    candidates = without_joined_words(form) if language == "ar" else (form,)
    if language == "fr" and form[:2] in {"n'", "d'"}:
        candidates = (form[:1], form[2:])
    if any(candidate in words.negators for candidate in candidates) or (language == "en" and form.endswith("n't")):
        return "negator"
    if any(candidate in words.implicit or candidate.startswith(words.beginnings) for candidate in candidates):
        return "implicit"
    return None


def _exempt(forms: list[str], place: int, words: _Words) -> bool:
    """Tell whether the word at a place begins or ends an exempt phrase."""
    return any(
        tuple(forms[place - offset : place - offset + length]) in words.exempt
        for length in (2, 3)
        for offset in range(length)
        if place >= offset
    )


@cache
def _words(language: str) -> _Words:
    """Read the denying words of a language; none for a language without a table."""
    listed: dict[str, list[str]] = {}
    for row in (files("mtcheck.text") / "data" / "negation.tsv").read_text("utf-8").splitlines():
        if row.startswith(f"{language}\t"):
            _, kind, entries = row.split("\t")
            listed[kind] = [plain_form(entry, language) for entry in entries.split()]
    implicit = listed.get("implicit", [])
    return _Words(
        frozenset(listed.get("negator", [])),
        frozenset(entry for entry in implicit if not entry.endswith("*")),
        tuple(sorted({entry.removesuffix("*") for entry in implicit if entry.endswith("*")})),
        frozenset(tuple(entry.split("_")) for entry in listed.get("exempt", [])),
    )
