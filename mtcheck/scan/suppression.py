"""Findings that comments in a trusted file ask to leave out: marked, kept in the report, and not counted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from mtcheck.core.checks import Check
from mtcheck.core.documents import Document, Suppression
from mtcheck.core.findings import SUPPRESSED, Finding
from mtcheck.core.spans import Span
from mtcheck.core.suppressions import UnusedSuppression


@dataclass(frozen=True, slots=True)
class Settled:
    """The findings of a document, some of them marked as suppressed, and the selectors that suppressed nothing."""

    findings: tuple[Finding, ...]
    unused: tuple[UnusedSuppression, ...]


@dataclass(frozen=True, slots=True)
class _Scope:
    """What a suppression speaks of: the blocks ``first`` to ``last``, and whether a reader sees the comment in the text."""

    suppression: Suppression
    first: int
    last: int
    shown: Span


def suppress(
    document: Document, findings: Sequence[Finding], ran: frozenset[str], known: Sequence[Check[Any]]
) -> Settled:
    """Mark the findings that the document's suppressions speak of.

    ``ran`` are the codes of the checks that looked at the document: a suppression of any other is not called unused. ``known``
    are all checks there are.
    """
    if not document.blocks:
        return Settled(tuple(findings), ())
    starts = [document.place(block.span).start for block in document.blocks]
    scopes = [_scope(document, suppression, starts) for suppression in document.suppressions]
    used: set[tuple[int, str]] = set()
    settled = []
    for finding in findings:
        reasons = [
            (number, selector)
            for number, scope in enumerate(scopes)
            if _covers(document, scope, finding)
            for selector in scope.suppression.selectors
            if _fits(selector, finding.code, finding.name)
        ]
        used.update(reasons)
        # The comment itself is no text of the page, whatever a check thinks of it.
        inside = any(
            scope.suppression.start <= finding.place.start and finding.place.end <= scope.suppression.end
            for scope in scopes
        )
        settled.append(replace(finding, status=SUPPRESSED) if reasons or inside else finding)
    unused = []
    for number, scope in enumerate(scopes):
        for selector in scope.suppression.selectors or ("",):
            meant = {check.code for check in known if _fits(selector, check.code, check.name)}
            if (number, selector) not in used and (meant & ran or not meant):
                unused.append(UnusedSuppression(scope.shown, scope.suppression.line, selector, known=bool(meant)))
    return Settled(tuple(settled), tuple(unused))


def _scope(document: Document, suppression: Suppression, starts: Sequence[int]) -> _Scope:
    """Find the blocks: all of them, or the one around the comment, or the one after it."""
    last = len(document.blocks) - 1
    shown = Span(suppression.start, suppression.end)
    is_text = shown.end <= len(document.text) and document.place(shown).start == shown.start
    around = bisect_right(starts, suppression.start) - 1
    inside = around >= 0 and suppression.end <= document.place(document.blocks[around].span).end
    block = around if inside else min(around + 1, last)
    if inside and is_text and document.blocks[around].span.of(document.text).strip() == shown.of(document.text).strip():
        # The comment is a paragraph of its own: what is meant comes after it.
        block = min(around + 1, last)
    place = shown if is_text and inside else document.blocks[block].span
    return _Scope(suppression, 0, last, place) if suppression.whole_file else _Scope(suppression, block, block, place)


def _covers(document: Document, scope: _Scope, finding: Finding) -> bool:
    index = document.block_index_at(finding.span.start)
    if index is None:
        # A finding about what stands between two blocks belongs to the block before.
        index = bisect_right(document.blocks, finding.span.start, key=lambda block: block.span.start) - 1
    return scope.first <= index <= scope.last


def _fits(selector: str, code: str, name: str) -> bool:
    return bool(selector) and (code.startswith(selector.upper()) or name == selector.lower())
