"""A character reference of HTML is visible to the reader.

What it finds: entities that were escaped once too often and show as text (`&nbsp;`, `&quot;`, `&#8217;`), and what is left of one that
lost its ampersand (`#39;`) or its semicolon, each with the character that it should show.

Why it matters: pipelines that translate markup escape it again; readers see the markup instead of the mark.

When it is wrong: in texts about markup. Code blocks, backticks, addresses with their `&copy=2`, names such as “AT&T” and pages that discuss
code are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from html.entities import html5

from mtcheck.core.checks import Check, Example
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Comparison, Hit, Note, Severity
from mtcheck.core.spans import Span
from mtcheck.text.code_like import CodeContext

_COMMON = "nbsp|quot|amp|apos|lt|gt|[lr][sd]quo|[bs][sd]?quo|[lr]aquo|[lr]saquo|[mn]dash|hellip|middot|bull|shy|zwnj|zwj|ensp|emsp|thinsp|copy"
# What is left of the commonest numeric references without their ampersand: quotation marks, dashes, spaces.
_NUMBER = r"\# (?: 3[469] | 38 | 0?3[89] | 160 | 171 | 187 | 82(?:1[126-9]|2[0-2]|30) | x27 | x22 ) ;"
_ENTITY = re.compile(
    rf"""
      &amp; (?: \#[0-9]{{2,6}} | \#x[0-9A-Fa-f]{{2,6}} | (?:amp;)? [a-z]{{2,6}} ) ;    # escaped twice: UNT003 reports it
    | (?P<entity> & (?: [A-Za-z][A-Za-z0-9]{{1,31}} | \#[0-9]{{1,7}} | \#[xX][0-9A-Fa-f]{{1,6}} ) ; )
    | (?P<open> & (?: (?:{_COMMON}) | \#[0-9]{{2,5}} | \#x[0-9A-Fa-f]{{2,5}} ) ) (?! [\w;=&] )
    | (?P<spaced> & \s{{1,2}} (?: apos | quot | amp | nbsp | [lg]t | \#[0-9]{{2,4}} ) \s? ; )    # set apart by a tokenizer
    | (?<![&\w\#]) (?P<headless> (?:nbsp|quot|apos|[lr][sd]quo|[lr]aquo|[mn]dash|hellip) ; )
    | (?<![&\#]) (?P<number> (?<=\w) {_NUMBER} | {_NUMBER} (?=\w) )                # beside a word, so that no "No. #39;" is meant
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Options:
    """``a_block``: at most so many hits in one block, the rest counted in the evidence of the last."""

    a_block: int = 5


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each visible entity."""
    del facts
    if "&" not in document.text and ";" not in document.text:
        return
    context = CodeContext(document)
    for block in document.blocks:
        found = [
            (Span(match.start(), match.end()), character)
            for match in _ENTITY.finditer(document.text, block.span.start, block.span.end)
            if (character := _meant(match))
        ]
        if not found or context.technical:
            continue
        kept = [(span, character) for span, character in found if not context.shows_code(span)]
        for number, (span, character) in enumerate(kept[: options.a_block], 1):
            written = span.of(document.text)
            shown = character if character.isprintable() and not character.isspace() else "a space"
            evidence: tuple[Comparison | Note, ...] = (
                Comparison("as it stands", written, "as it should show", character),
            )
            if number == options.a_block < len(kept):
                evidence = (*evidence, Note("more in this block", str(len(kept) - number)))
            yield Hit(span, f"“{written}” is visible; readers should see {shown}", 0.95, evidence)


def _meant(match: re.Match[str]) -> str:
    """Return the character that an entity stands for; nothing where there is no such entity."""
    if match["entity"]:
        name = match["entity"]
        if name[1] != "#" and name[1:] not in html5:
            return ""
    elif match["open"]:
        name = f"{match['open']};"
    elif match["spaced"]:
        name = "".join(match["spaced"].split())
    elif match["headless"]:
        name = f"&{match['headless']}"
    elif match["number"]:
        name = f"&{match['number']}"
    else:
        return ""
    character = unescape(name)
    return character if character != name and "\ufffd" not in character else ""


CHECK = Check(
    code="ENC002",
    name="visible-entity",
    category="linguistic/encoding",
    severity=Severity.MINOR,
    options=Options,
    find=find,
    documentation=__doc__,
    examples=(
        Example(
            "The mayor said⟦&nbsp;⟧she would ⟦&quot;⟧never⟦&quot;⟧ sell the port⟦&#8217;⟧s ferry, Orlo⟦#39;⟧s pride.\n\nIt is the ferry⟦& apos;⟧ s bell."
        ),
        Example("AT&T; bought R&D rooms at Marks & Sons; see https://varen.example/?a=1&copy=2&amp;b=3 for the list."),
        Example("In HTML you write &nbsp; for a space; the <br> tag breaks the line, and `&lt;` opens a tag."),
        Example("Мэр сказала: ⟦&laquo;⟧никогда⟦&raquo;⟧ и ушла из порта.", "ru"),
        Example("Фирма «Орлов & сыновья»; порт открыт.", "ru"),
        Example("قالت العمدة ⟦&quot;⟧أبدا⟦&quot;⟧ ثم غادرت الميناء.", "ar"),
        Example("شركة أورلو & أبناؤه؛ الميناء مفتوح.", "ar"),
        Example("La alcaldesa dijo ⟦&ldquo;⟧nunca⟦&rdquo;⟧ y cerró el puerto.", "es"),
        Example("Orlo & hijos; el puerto sigue abierto.", "es"),
        Example("Die Bürgermeisterin sagte ⟦&bdquo;⟧nie⟦&ldquo;⟧ und ging.", "de"),
        Example("Orlo & Söhne; der Hafen bleibt offen.", "de"),
    ),
)
