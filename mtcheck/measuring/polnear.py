"""PolNeAR (Newell et al. 2018) in its JSON form: news articles with every attribution annotated.

A direct quotation is a span in quotation marks inside the content of an attribution, with the annotated source and cue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mtcheck.core.spans import Span
from mtcheck.measuring.records import records_of

_MARKED = re.compile(r"“[^“”]*”|\"[^\"]*\"")


@dataclass(frozen=True, slots=True)
class Annotated:
    """One annotated direct quotation: its span with the marks, and the spans of source and cue (some have none)."""

    span: Span
    source: tuple[Span, ...]
    cue: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """One article with its direct quotations, and the spans of everything that is attributed in it."""

    name: str
    text: str
    quotations: tuple[Annotated, ...]
    attributed: tuple[Span, ...]


def articles(path: Path) -> Iterator[AnnotatedArticle]:
    """Read PolNeAR in its JSON form. Raises ``InputError`` where the file cannot be read."""
    return map(_article, records_of(path, "id", "text", "attributions"))


def _article(record: dict[str, Any]) -> AnnotatedArticle:
    text: str = record["text"]
    found: dict[Span, Annotated] = {}
    attributed: list[Span] = []
    for entry in record["attributions"]:
        source, cue, content = (
            tuple(Span(part["start"], part["end"]) for part in entry[key]) for key in ("source", "cue", "content")
        )
        for part in _merged(text, content):
            attributed.append(part)
            for match in _MARKED.finditer(text, part.start, part.end):
                span = Span(*match.span())
                found.setdefault(span, Annotated(span, source, cue))
    return AnnotatedArticle(record["id"], text, tuple(found[span] for span in sorted(found)), tuple(attributed))


def _merged(text: str, parts: Sequence[Span]) -> list[Span]:
    """Join the spans between which stands only white space; quotations of several sentences are annotated one by one."""
    merged: list[Span] = []
    for part in sorted(parts):
        if merged and not text[merged[-1].end : part.start].strip():
            merged[-1] = Span(merged[-1].start, max(part.end, merged[-1].end))
        else:
            merged.append(part)
    return merged
