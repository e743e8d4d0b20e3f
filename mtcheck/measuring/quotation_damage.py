"""How many damaged quotations are found: real quotations (PolNeAR, Newell et al. 2018) with one mark lost, turned or moved.

Each annotated quotation is damaged in its paragraph, between the paragraphs beside it. A damage is *found* when the check
whose business it is reports it in that paragraph, and found *alone* when no other check of quotations says anything of these
paragraphs: one fault should be one finding. Paragraphs of which something is reported before any damage take no part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from mtcheck.core.checks import Check
from mtcheck.core.documents import Block, BlockKind, BlockRole, Document
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.spans import Span
from mtcheck.measuring.intervals import Count, is_tuning
from mtcheck.measuring.polnear import Annotated, AnnotatedArticle
from mtcheck.testing import document_from_text, facts_of, run_check

_TURNED = {"“": "”", "”": "“"}
# ", said Orlo Brandt." or ", he said.": what must follow for a closing mark to be moved behind it.
_ATTRIBUTION = re.compile(r" (?:(?:he|she|they) said|said (?:[A-Z][\w.'’-]* ?){1,3}(?<! ))(?=\.(?:\s|$))")


@dataclass(frozen=True, slots=True)
class Damage:
    """One way to damage a quotation, and the check that should find it."""

    name: str
    code: str


OPENING_LOST = Damage("opening mark lost", "QUO001")
CLOSING_LOST = Damage("closing mark lost", "QUO001")
MARK_TURNED = Damage("curly mark turned", "QUO002")
MARK_MOVED = Damage("closing mark moved over the space", "QUO005")
ATTRIBUTION_SWALLOWED = Damage("closing mark moved behind the attribution", "QUO004")
DAMAGES = (OPENING_LOST, CLOSING_LOST, MARK_TURNED, MARK_MOVED, ATTRIBUTION_SWALLOWED)


@dataclass(slots=True)
class Found:
    """Counts by document for one damage: found at all, and found with no other finding beside it."""

    found: list[Count] = field(default_factory=list)
    alone: list[Count] = field(default_factory=list)


def measure_damage(
    read: Iterable[AnnotatedArticle], checks: Sequence[Check[Any]], *, tuning: bool
) -> dict[Damage, Found]:
    """Damage the first annotated quotation of each paragraph of one half of the articles, and count what is found."""
    totals = {damage: Found() for damage in DAMAGES}
    for article in read:
        if is_tuning(article.name) is not tuning:
            continue
        answers: dict[Damage, list[tuple[bool, bool]]] = {damage: [] for damage in DAMAGES}
        for before, paragraph, after, quotation in _paragraphs(article):
            if _codes(before, paragraph, after, checks) != ([], []):
                continue
            for damage, damaged in _damaged(paragraph, quotation):
                here, beside = _codes(before, damaged, after, checks)
                answers[damage].append((damage.code in here, [damage.code] == here and not beside))
        for damage, given in answers.items():
            totals[damage].found.append(Count(sum(found for found, _ in given), len(given)))
            totals[damage].alone.append(Count(sum(alone for _, alone in given), len(given)))
    return totals


def _paragraphs(article: AnnotatedArticle) -> Iterator[tuple[str, str, str, Span]]:
    """Yield paragraphs with their first annotated quotation (counted in the paragraph), and the paragraphs beside them."""
    document = document_from_text(article.text)
    blocks = [block.span for block in document.blocks if block.role is BlockRole.MAIN]
    for index, block in enumerate(blocks):
        quotation = _first_inside(article.quotations, block)
        if quotation is not None:
            before = blocks[index - 1].of(article.text) if index else ""
            after = blocks[index + 1].of(article.text) if index + 1 < len(blocks) else ""
            yield before, block.of(article.text), after, quotation.shift(-block.start)


def _first_inside(quotations: Sequence[Annotated], block: Span) -> Span | None:
    return next((found.span for found in quotations if block.contains(found.span)), None)


def _damaged(paragraph: str, quotation: Span) -> Iterator[tuple[Damage, str]]:
    """Yield the paragraph with each damage that its first quotation allows."""
    first, last = paragraph[quotation.start], paragraph[quotation.end - 1]
    head, inner, tail = paragraph[: quotation.start], paragraph[quotation.start + 1 : quotation.end - 1], ""
    tail = paragraph[quotation.end :]
    yield OPENING_LOST, head + inner + last + tail
    yield CLOSING_LOST, head + first + inner + tail
    if last in _TURNED:
        yield MARK_TURNED, head + first + inner + _TURNED[last] + tail
    if tail.startswith(" ") and inner[-1:] in {",", ".", "!", "?"}:
        yield MARK_MOVED, f"{head}{first}{inner} {last}{tail[1:]}"
    attribution = _ATTRIBUTION.match(tail)
    if attribution is not None and inner.endswith(","):
        yield ATTRIBUTION_SWALLOWED, f"{head}{first}{inner}{attribution[0]}.{last}{tail[attribution.end() + 1 :]}"


def _codes(before: str, paragraph: str, after: str, checks: Sequence[Check[Any]]) -> tuple[list[str], list[str]]:
    """Return the codes of what is found in a paragraph, and in those beside it."""
    text = "\n".join((before, paragraph, after))
    start = len(before) + 1
    spans = (Span(0, len(before)), Span(start, start + len(paragraph)), Span(start + len(paragraph) + 1, len(text)))
    blocks = tuple(Block(BlockKind.PARAGRAPH, span) for span in spans if len(span))
    document = Document("paragraphs", "paragraphs", text, blocks, OffsetMap.identity(text))
    facts = facts_of(document)
    here: list[str] = []
    beside: list[str] = []
    for check in checks:
        for hit in run_check(check, document, facts):
            (here if hit.span.overlaps(spans[1]) else beside).append(check.code)
    return here, beside
