"""Dates in running text: day, month, year and weekday as far as they are given, with exact places.

Dates in words are read in English, German, Spanish, French, Russian, Ukrainian and Arabic (both sets of month names), dates
in digits in the ISO order (2024-05-31) and, where nothing else is possible or the language leaves no doubt, day first
(31.05.2024). "05/06/2024" in English is ambiguous and has a year only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from mtcheck.core.spans import Span
from mtcheck.text.opposites import plain_form

LANGUAGES_OF_DATES = frozenset({"en", "de", "es", "fr", "ru", "uk", "ar"})
_NUMERIC = re.compile(r"(?<![\d.,/\-])(\d{1,4})([./\-])(\d{1,2})\2(\d{1,4})(?![\d/]|[.,\-]\d)")
_TOKEN = re.compile(r"\d+|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
# What may stand between the parts of a date in words.
_GAP = re.compile(
    r"[\s\u00a0]{0,2}(?:[.,،]|st|nd|rd|th|er|º|-го|-е)?[\s\u00a0]{0,2}(?:\(|of |the |dem |den |de |del |من )?"
)
_YEARS = range(1500, 2101)
_MAY_BE_VERB = frozenset({"may", "march", "mar", "sept", "dec", "mars"})


@dataclass(frozen=True, slots=True)
class DateMention:
    """One date as far as a text gives it; ``weekday`` counts from Monday, 0."""

    span: Span
    year: int | None
    month: int | None
    day: int | None
    weekday: int | None = None

    def weekday_of_date(self) -> int | None:
        """Return the weekday that the calendar gives for a whole date, or ``None`` for a part or an impossible one."""
        if self.year is None or self.month is None or self.day is None:
            return None
        try:
            return date(self.year, self.month, self.day).weekday()
        except ValueError:
            return None

    def exists(self) -> bool:
        """Tell whether there is such a day (29 February counts where no year is given)."""
        if self.month is None or self.day is None:
            return True
        try:
            date(self.year or 2024, self.month, self.day)
        except ValueError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class _Part:
    """A word or number that can be a part of a date."""

    kind: str
    value: int
    span: Span


def dates_in(text: str, language: str, span: Span | None = None) -> tuple[DateMention, ...]:
    """Return the dates of a stretch of text in order; a bare year is none, a month with a year or a day is one."""
    region = span or Span(0, len(text))
    found = list(_numeric(text, language, region))
    taken = [mention.span for mention in found]
    in_words = [
        mention for mention in _in_words(text, language, region) if not any(mention.span.overlaps(t) for t in taken)
    ]
    return tuple(sorted([*found, *in_words], key=lambda mention: mention.span))


def weekday_names(language: str) -> dict[str, int]:
    """Return the weekdays of a language by their plain forms, Monday being 0."""
    return {form: number - 1 for form, number in _table(language)["weekday"].items()}


def _numeric(text: str, language: str, region: Span) -> Iterator[DateMention]:
    """Yield the dates written in digits only."""
    for match in _NUMERIC.finditer(text, region.start, region.end):
        first, second, third = int(match[1]), int(match[3]), int(match[4])
        span = Span(match.start(), match.end())
        if len(match[1]) == 4 and first in _YEARS and 1 <= second <= 12 and 1 <= third <= 31:
            yield DateMention(span, first, second, third)
        elif len(match[4]) == 4 and third in _YEARS and len(match[1]) <= 2:
            if match[2] == "/" and language == "en" and first <= 12 and second <= 12 and first != second:
                yield DateMention(span, third, None, None)
            elif 1 <= second <= 12 and 1 <= first <= 31:
                yield DateMention(span, third, second, first)
            elif 1 <= first <= 12 and 1 <= second <= 31:
                yield DateMention(span, third, first, second)


def _in_words(text: str, language: str, region: Span) -> Iterator[DateMention]:
    """Yield the dates with a month in words: what joins it on either side, in any order."""
    parts = list(_parts(text, language, region))
    end = 0
    for place, part in enumerate(parts):
        if part.kind != "month" or place < end:
            continue
        chosen = {"month": part}
        first, last = place, place
        while first - 1 >= end and _joins(text, parts[first - 1], parts[first], chosen):
            first -= 1
            chosen[parts[first].kind] = parts[first]
        while last + 1 < len(parts) and _joins(text, parts[last], parts[last + 1], chosen, forward=True):
            last += 1
            chosen[parts[last].kind] = parts[last]
        if not {"day", "year"} & chosen.keys():
            continue
        end = last + 1
        values = {kind: part.value for kind, part in chosen.items()}
        weekday = values.get("weekday")
        yield DateMention(
            Span(parts[first].span.start, parts[last].span.end),
            values.get("year"),
            values["month"],
            values.get("day"),
            None if weekday is None else weekday - 1,
        )


def _joins(text: str, left: _Part, right: _Part, chosen: dict[str, _Part], *, forward: bool = False) -> bool:
    """Tell whether a neighboring part belongs to the date, which lacks one of its kind."""
    part = right if forward else left
    if part.kind in chosen or (part.kind == "month") or (part.kind == "year" and not forward):
        return False
    if part.kind == "weekday" and forward:
        return False
    return _GAP.fullmatch(text, left.span.end, right.span.start) is not None


def _parts(text: str, language: str, region: Span) -> Iterator[_Part]:
    """Yield days, months, years and weekdays in order."""
    table = _table(language)
    matches = list(_TOKEN.finditer(text, region.start, region.end))
    skip = -1
    for place, match in enumerate(matches):
        if place == skip:
            continue
        token, span = match[0], Span(match.start(), match.end())
        if token[0].isdigit():
            if len(token) <= 2 and 1 <= int(token) <= 31:
                yield _Part("day", int(token), span)
            elif len(token) == 4 and int(token) in _YEARS:
                yield _Part("year", int(token), span)
            continue
        if len(token) > 16:
            continue
        form = plain_form(token, language)
        if language == "ar" and place + 1 < len(matches):
            pair = f"{form} {plain_form(matches[place + 1][0], language)}"
            if pair in table["month"]:
                skip = place + 1
                yield _Part("month", table["month"][pair], Span(match.start(), matches[place + 1].end()))
                continue
        for kind in ("month", "weekday"):
            if form in table[kind] and not (form in _MAY_BE_VERB and token[0].islower()):
                yield _Part(kind, table[kind][form], span)
                break


@cache
def _table(language: str) -> dict[str, dict[str, int]]:
    """Read the months and weekdays of a language, counted from 1."""
    table: dict[str, dict[str, int]] = {"month": {}, "weekday": {}}
    for row in (files("mtcheck.text") / "data" / "dates.tsv").read_text("utf-8").splitlines():
        if row.startswith(f"{language}\t"):
            _, kind, entries = row.split("\t")
            for number, forms in enumerate(entries.split(), 1):
                for form in forms.split("|"):
                    table[kind][plain_form(form.replace("_", " "), language)] = number
    return table
