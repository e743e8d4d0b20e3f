"""A comment in the file asks to leave out a finding that is not there.

What it finds: selectors of ``<!-- mtcheck: ignore CODE -->`` and ``[mtcheck: ignore CODE]`` that left no finding out, though the
check looked at the page, and such that name no check. Only where the settings trust the files (``suppressions = true``).

Why it matters: a suppression that is out of date stays behind unseen, and hides the next real damage in its paragraph.

When it is wrong: where a check finds something with one model or version and not with another.
"""

from __future__ import annotations

from collections.abc import Iterator

from mtcheck.core.checks import Check, Example, Given, NoOptions
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Severity
from mtcheck.core.suppressions import UNUSED_SUPPRESSIONS, UnusedSuppression


def find(document: Document, facts: Facts, options: NoOptions) -> Iterator[Hit]:
    """Yield one hit for each selector that suppressed nothing."""
    del document, options
    for unused in facts[UNUSED_SUPPRESSIONS]:
        comment = f"The comment on line {unused.line}"
        if not unused.selector:
            message = f"{comment} names no check to ignore"
        elif unused.known:
            message = f"{comment} ignores {unused.selector}, which finds nothing here"
        else:
            message = f"{comment} ignores {unused.selector}, and no check is called so"
        yield Hit(unused.span, message)


def _first_block_is_unused(document: Document) -> tuple[UnusedSuppression, ...]:
    """Call the first paragraph of an example a comment that suppressed nothing."""
    return (UnusedSuppression(document.blocks[0].span, 1, "REP001", known=True),)


def _all_are_used(document: Document) -> tuple[UnusedSuppression, ...]:
    del document
    return ()


_UNUSED = (Given(UNUSED_SUPPRESSIONS, _first_block_is_unused),)
_USED = (Given(UNUSED_SUPPRESSIONS, _all_are_used),)

CHECK = Check(
    code="SUP001",
    name="unused-suppression",
    category="provenance/suppression",
    severity=Severity.NEUTRAL,
    needs=(UNUSED_SUPPRESSIONS,),
    find=find,
    documentation=__doc__,
    examples=(
        Example("⟦[mtcheck: ignore REP001]⟧\n\nThe ferry to Varen left on time.", given=_UNUSED),
        Example("⟦[mtcheck: ignore REP001]⟧\n\nПаром в Варен ушёл вовремя.", "ru", given=_UNUSED),
        Example("⟦[mtcheck: ignore REP001]⟧\n\nغادرت العبارة إلى فارين في موعدها.", "ar", given=_UNUSED),
        Example("⟦[mtcheck: ignore REP001]⟧\n\nEl transbordador de Varén zarpó a su hora.", "es", given=_UNUSED),
        Example(
            "[mtcheck: ignore REP001 (as he said it)]\n\nDie Fähre fährt nach nach Varen.",
            "de",
            given=_USED,
            comment="It leaves a finding out: it does its work.",
        ),
    ),
)
