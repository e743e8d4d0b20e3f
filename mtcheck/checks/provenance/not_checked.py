"""A part of the main text was not checked, because its language could not be told.

What it finds: blocks of the main text that are long enough to be judged, but whose language could not be determined; once for
each reason in a document, with the places of the other blocks. A page whose language as a whole is unknown is named once.

Why it matters: what was not checked must not pass for clean. Checks that depend on a language stay silent there.

When it is wrong: it makes no claim about the text; lists of names and invented words end up here too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example, Given
from mtcheck.core.documents import BlockKind, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Related, Severity
from mtcheck.core.languages import LANGUAGES, UNDETERMINED, languages_by_block
from mtcheck.core.spans import Span
from mtcheck.text.foreign import count_letters
from mtcheck.text.scripts import OTHER, script_runs


@dataclass(frozen=True, slots=True)
class Options:
    """Blocks with fewer letters or fewer words than these are labels and not named; ``places`` bounds the places named."""

    letters: int = 25
    words: int = 3
    places: int = 20


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield at most one hit for each script whose language is unknown, or one for a page of unknown language."""
    languages = facts[LANGUAGES]
    main = {block.span: block for block in document.main_blocks if block.kind is not BlockKind.CODE}
    unknown: dict[str, list[Span]] = {}
    first: Span | None = None
    for judged in languages.blocks:
        if judged.span not in main:
            continue
        text = judged.span.of(document.text)
        if first is None and count_letters(text):
            first = judged.span
        if judged.language != UNDETERMINED or judged.reason or count_letters(text) < options.letters:
            continue
        script = _script(text, options.words)
        if script is not None:
            unknown.setdefault(script, []).append(judged.span)
    if languages.page == UNDETERMINED and not unknown and first is not None:
        yield Hit(first, "The page was not checked: it has too little text to tell its language", 1.0)
    for script, spans in sorted(unknown.items()):
        blocks = "this block was" if len(spans) == 1 else f"{len(spans)} blocks were"
        letters = "its letters" if script == OTHER else f"{script} letters"
        related = tuple(Related(span, "not checked either") for span in spans[1 : options.places + 1])
        message = f"The language could not be determined from {letters}, so {blocks} not checked for language"
        yield Hit(spans[0], message, 1.0, (), related)


def _script(text: str, words: int) -> str | None:
    """Return the script of most of a text's letters, ``None`` for a text of fewer words than asked for."""
    counts: dict[str, int] = {}
    found = 0
    for run in script_runs(text):
        counts[run.script] = counts.get(run.script, 0) + run.letters
        found += run.words
    # Scripts without spaces make one word of a sentence; there the letters alone decide.
    if not counts or (found < words and max(counts.values()) < 2 * len(text) // 3):
        return None
    return min(counts, key=lambda script: (-counts[script], script))


CHECK = Check(
    code="DOC003",
    name="not-checked",
    category="provenance/not-checked",
    severity=Severity.NEUTRAL,
    needs=(LANGUAGES,),
    options=Options,
    find=find,
    documentation=__doc__,
    examples=(
        Example(
            "The harbor council of Varen met on Tuesday.\n\n⟦Vobro selim tanu mirek dosal, perim ku lastav undero.⟧",
            given=(Given(LANGUAGES, languages_by_block("en", {"Vobro": "und"})),),
        ),
        Example(
            "Совет порта Варен собрался во вторник.\n\n⟦Ўонда селим тану мирек досал, перим ку ластав ундеро.⟧\n\n"
            "Ўинта мирек досал тану, ластав перим ундеро селим.",
            language="ru",
            given=(Given(LANGUAGES, languages_by_block("ru", {"Ўонда": "und", "Ўинта": "und"})),),
            comment="two blocks with one reason are one finding",
        ),
        Example("Der Hafenrat von Varen tagte am Dienstag.", language="de"),
        Example("اجتمع مجلس الميناء يوم الثلاثاء.", language="ar"),
        Example("El consejo del puerto se reunió el martes.", language="es"),
        Example(
            "The harbor council of Varen met on Tuesday.\n\nVobro selim",
            given=(Given(LANGUAGES, languages_by_block("en", {"Vobro": "und"})),),
            comment="a label is too short to matter",
        ),
    ),
)
