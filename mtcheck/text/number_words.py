"""The words for numbers of each language (``data/numbers.tsv``): values, scales, ordinals, and what hedges a number."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from mtcheck.text.opposites import plain_form

LANGUAGES_OF_NUMBER_WORDS = frozenset({"en", "de", "es", "fr", "ru", "uk", "ar"})
# What a German compound is made of is never longer than this ("neunhundertneunundneunzigtausend...").
_LONGEST_COMPOUND = 60


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The number words of one language, by what they do; phrases have their spaces."""

    added: dict[str, Decimal]
    times: dict[str, Decimal]
    ordinal: dict[str, Decimal]
    joiner: frozenset[str]
    percent: tuple[str, ...]
    about: tuple[str, ...]
    least: tuple[str, ...]
    most: tuple[str, ...]


@cache
def number_words(language: str) -> NumberWords:
    """Return the number words of a language; none for a language without a table."""
    listed: dict[str, list[str]] = {}
    for row in (files("mtcheck.text") / "data" / "numbers.tsv").read_text("utf-8").splitlines():
        if row.startswith(f"{language}\t"):
            _, kind, entries = row.split("\t")
            listed[kind] = [plain_form(entry.replace("_", " "), language) for entry in entries.split()]
    added, times, ordinal = (_values(listed.get(kind, [])) for kind in ("add", "times", "ordinal"))
    percent, about, least, most = (
        tuple(sorted(listed.get(kind, []), key=len, reverse=True)) for kind in ("percent", "about", "least", "most")
    )
    return NumberWords(added, times, ordinal, frozenset(listed.get("joiner", [])), percent, about, least, most)


def german_compound(word: str) -> Decimal | None:
    """Return the value of a German number written as one word ("zweihundertdreiundvierzig"), or ``None``."""
    if len(word) > _LONGEST_COMPOUND:
        return None
    head, thousand, tail = word.rpartition("tausend")
    below = _german_below_thousand(tail) if tail else Decimal(0)
    above = _german_below_thousand(head) if head else Decimal(1)
    if below is None or above is None:
        return None
    return above * 1000 + below if thousand else below


def _german_below_thousand(word: str) -> Decimal | None:
    """Return the value of a German compound below one thousand, or ``None``."""
    table = number_words("de").added
    head, hundred, tail = word.rpartition("hundert")
    tail = tail.removeprefix("und") if hundred else tail
    hundreds = (table.get(head) if head else Decimal(1)) if hundred else Decimal(0)
    if hundreds is None or hundreds > 19:
        return None
    if not tail:
        return hundreds * 100 if hundred else None
    rest = table.get(tail)
    if rest is None:
        unit, joined, tens = tail.partition("und")
        if not joined or not 1 <= table.get(unit, Decimal(0)) <= 9 or not 20 <= table.get(tens, Decimal(0)) <= 90:
            return None
        rest = table[unit] + table[tens]
    return hundreds * 100 + rest


def _values(entries: list[str]) -> dict[str, Decimal]:
    """Read entries of the shape ``word=value``."""
    pairs = (entry.rsplit("=", 1) for entry in entries)
    return {word: Decimal(value) for word, value in pairs}
