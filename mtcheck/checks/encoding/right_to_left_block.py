"""A block of Arabic, Persian or Hebrew text has no right-to-left direction.

What it finds: a block of an HTML page whose letters are mostly of a script that runs from right to left, while the page declares it to run
from left to right, or declares a direction for other blocks and none for this one.

Why it matters: the browser then sets full stops, brackets, numbers and quotation marks on the wrong side. It is what is left when a
pipeline puts a translation into the template of the source's language.

When it is wrong: where a style sheet sets the direction, which the reader of the file does not see, and for pages that declare no direction
anywhere, on which it is silent. Plain text has no declared direction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example
from mtcheck.core.documents import BlockKind, BlockRole, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Note, Related, Severity

_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_LETTER = re.compile(r"[^\W\d_]")
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Options:
    """``letters``: blocks with fewer are left alone; ``share``: the part of the letters that must run from right to left."""

    letters: int = 20
    share: float = 0.7


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield at most one hit: the first such block, with the others."""
    del facts
    declared = any(block.direction == "rtl" for block in document.blocks)
    places = [
        block
        for block in document.blocks
        if block.role is BlockRole.MAIN
        and block.kind is not BlockKind.CODE
        and (block.direction == "ltr" or (declared and block.direction is None))
        and _runs_left(block.span.of(document.text), options)
    ]
    if not places:
        return
    first = places[0]
    state = "left to right" if first.direction == "ltr" else "none"
    yield Hit(
        first.span,
        "The text runs from right to left, and the page does not say so",
        0.9,
        (Note("declared direction", state), Note("blocks", str(len(places)))),
        tuple(Related(block.span, "the same") for block in places[1 : _SHOWN + 1]),
    )


def _runs_left(text: str, options: Options) -> bool:
    letters = len(_LETTER.findall(text))
    return letters >= options.letters and len(_RIGHT_TO_LEFT.findall(text)) >= options.share * letters


CHECK = Check(
    code="ENC006",
    name="right-to-left-block-without-direction",
    category="markup",
    severity=Severity.MINOR,
    options=Options,
    find=find,
    documentation=__doc__,
    examples=(
        Example("⟦وقال الوزير إن الميناء سيفتح في الربيع القادم.⟧", "ar", direction="ltr"),
        Example("⟦השר אמר שהנמל ייפתח באביב הקרוב לכל התושבים.⟧", "he", direction="ltr"),
        Example("وقال الوزير إن الميناء سيفتح في الربيع القادم.", "ar", direction="rtl"),
        Example(
            "وقال الوزير إن الميناء سيفتح في الربيع القادم.",
            "ar",
            comment="plain text, or a page that declares nothing",
        ),
        Example("The minister said that the port would open next spring.", direction="ltr"),
        Example("Министр сказал, что порт откроется будущей весной.", "ru", direction="ltr"),
        Example("El ministro dijo que el puerto abriría la próxima primavera.", "es", direction="ltr"),
        Example("Der Minister sagte, der Hafen öffne im nächsten Frühjahr.", "de", direction="ltr"),
        Example("השר אמר.", "he", direction="ltr", comment="too short to judge"),
    ),
)
