"""A word stands twice in a row.

What it finds: the same word twice in succession inside a sentence ("the the treaty"), where no language habit explains it.

Why it matters: decoders of translation models stutter, and editing of their output leaves halves of two versions behind.

When it is wrong: in set doublings ("had had", "that that"), emphasis ("very, very" has a comma and is not touched), and
names that double a word; the known ones are listed by language in the check's options.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Severity
from mtcheck.core.spans import Span
from mtcheck.text.sentences import SENTENCES

_DOUBLED = re.compile(r"\b([^\W\d_]+)\s+\1\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Options:
    """Words that may stand twice in a row."""

    allowed: frozenset[str] = frozenset({"had", "that"})


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each doubled word."""
    for sentence in facts[SENTENCES]:
        for match in _DOUBLED.finditer(sentence.span.of(document.text)):
            if match[1].lower() not in options.allowed:
                span = Span(match.start(), match.end()).shift(sentence.span.start)
                yield Hit(span, f"“{match[1]}” stands twice in a row", 0.9)


CHECK = Check(
    code="REP001",
    name="repeated-word",
    category="linguistic/duplication",
    severity=Severity.MINOR,
    needs=(SENTENCES,),
    options=Options,
    find=find,
    documentation=__doc__,
    examples=(
        Example("The minister signed ⟦the the⟧ agreement in the port of Varen."),
        Example("He said that he had had enough of it."),
    ),
)
