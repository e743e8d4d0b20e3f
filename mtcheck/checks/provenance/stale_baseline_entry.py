"""An entry of the baseline fits no finding any more.

What it finds: lines of the baseline file (``--baseline``) that accept a finding which this scan did not make again, although it
scanned the document with that check, and lines about files that are gone. The finding points into the baseline file.

Why it matters: each entry hides one finding for good. One that is out of date hides nothing now, but it would accept the same
damage if it came back. ``mtcheck baseline prune`` removes such entries.

When it is wrong: where a check or a model changed, so that a finding disappears with one version and returns with the next.
"""

from __future__ import annotations

from collections.abc import Iterator

from mtcheck.core.checks import Check, Example, Given, NoOptions
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Note, Severity
from mtcheck.core.suppressions import STALE_ENTRIES, StaleEntry


def find(document: Document, facts: Facts, options: NoOptions) -> Iterator[Hit]:
    """Yield one hit for each stale entry; ``document`` is the baseline's file."""
    del document, options
    for entry in facts[STALE_ENTRIES]:
        yield Hit(
            entry.line,
            f"This entry accepts a finding of {entry.code} in {entry.document} that is no longer made",
            1.0,
            (Note("text that was accepted", entry.text),),
        )


def _second_block_is_stale(document: Document) -> tuple[StaleEntry, ...]:
    """Call the second paragraph of an example the stale one."""
    return tuple(StaleEntry(block.span, "harbor.txt", "REP001", "the the") for block in document.blocks[1:2])


def _none_is_stale(document: Document) -> tuple[StaleEntry, ...]:
    del document
    return ()


_STALE = (Given(STALE_ENTRIES, _second_block_is_stale),)
_FITTING = (Given(STALE_ENTRIES, _none_is_stale),)

CHECK = Check(
    code="SUP002",
    name="stale-baseline-entry",
    category="provenance/suppression",
    severity=Severity.NEUTRAL,
    needs=(STALE_ENTRIES,),
    find=find,
    documentation=__doc__,
    examples=(
        Example(
            '{"mtcheck_baseline": 1}\n\n⟦{"document": "harbor.txt", "code": "REP001", "text": "the the"}⟧', given=_STALE
        ),
        Example(
            '{"mtcheck_baseline": 1}\n\n⟦{"document": "порт.txt", "code": "REP001", "text": "в в"}⟧', "ru", given=_STALE
        ),
        Example(
            '{"mtcheck_baseline": 1}\n\n⟦{"document": "ميناء.txt", "code": "REP001", "text": "في في"}⟧',
            "ar",
            given=_STALE,
        ),
        Example(
            '{"mtcheck_baseline": 1}\n\n⟦{"document": "puerto.txt", "code": "REP001", "text": "el el"}⟧',
            "es",
            given=_STALE,
        ),
        Example(
            '{"mtcheck_baseline": 1}\n\n{"document": "hafen.txt", "code": "REP001", "text": "nach nach"}',
            "de",
            given=_FITTING,
            comment="The finding is still made: the entry does its work.",
        ),
    ),
)
