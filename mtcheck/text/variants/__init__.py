"""Words and characters by which the regional variants of one written language are told apart; one module a language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mtcheck.core.spans import Span


@dataclass(frozen=True, slots=True)
class Use:
    """One word or character that only one variant writes so.

    ``side`` is 0 or 1, a place in ``Variants.names``; ``form`` is the word in lower case.
    """

    span: Span
    side: int
    form: str


@dataclass(frozen=True, slots=True)
class Variants:
    """The two variants of a language: their names, the tags that declare them, and what tells them apart.

    ``regions`` are the region and script subtags of each side, in lower case. ``least`` is how many different forms of the
    rarer side it takes to speak of a mixture.
    """

    names: tuple[str, str]
    regions: tuple[frozenset[str], frozenset[str]]
    find: Callable[[str], Iterator[Use]]
    least: int

    def declared_side(self, tag: str | None) -> int | None:
        """Return the side that a language tag names, ``None`` where it names neither."""
        subtags = frozenset(re.split("[-_]", (tag or "").lower())[1:])
        return next((side for side, regions in enumerate(self.regions) if subtags & regions), None)


def finder(first: str, second: str, *, ignore_case: bool) -> Callable[[str], Iterator[Use]]:
    """Return a function that finds the words of two sides; each side is a pattern for a whole word."""
    flags = re.IGNORECASE if ignore_case else 0
    pattern = re.compile(rf"(?<![\w-])(?:({first})|({second}))(?![\w-])", flags)

    def find(text: str) -> Iterator[Use]:
        for match in pattern.finditer(text):
            yield Use(Span(*match.span()), 0 if match[1] is not None else 1, match[0].lower())

    return find
