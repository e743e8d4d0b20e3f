"""What people have decided about findings, and what of it no longer fits: comments in files and entries of a baseline."""

from __future__ import annotations

from dataclasses import dataclass

from mtcheck.core.facts import Fact
from mtcheck.core.spans import Span


@dataclass(frozen=True, slots=True)
class StaleEntry:
    """An entry of a baseline whose finding is not there any more.

    ``line`` is its span in the text of the baseline's file; the rest is what the entry says: the document, the check's code,
    the text that was found.
    """

    line: Span
    document: str
    code: str
    text: str


STALE_ENTRIES: Fact[tuple[StaleEntry, ...]] = Fact("stale baseline entries")


@dataclass(frozen=True, slots=True)
class UnusedSuppression:
    """One selector of a comment that left no finding out.

    ``span`` is where it shows in the text: the comment itself where a reader sees it, otherwise the block it speaks of.
    ``line`` is the comment's line in the file. ``known`` is false where no check is called so.
    """

    span: Span
    line: int
    selector: str
    known: bool


UNUSED_SUPPRESSIONS: Fact[tuple[UnusedSuppression, ...]] = Fact("unused suppressions")
