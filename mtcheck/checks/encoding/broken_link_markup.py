"""The markup of a link is visible, or an address is torn apart.

What it finds: what is left of links in Markdown, wiki text and bulletin-board code ("[the port] (https://…)", "[url=…]", "[[port|the port]]"),
HTML tags of links and emphasis that show as text ("</ a>", "< a href"), and addresses with spaces in them ("https: //example.org",
"www. example. com").

Why it matters: systems that translate text with its markup break the markup: they set spaces into it, translate or move its parts. The
link is dead, and the reader sees the machinery.

When it is wrong: on pages about markup. Code, backticks and pages that discuss code are left alone, and notes in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example
from mtcheck.core.documents import BlockKind, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Severity
from mtcheck.core.spans import Span
from mtcheck.text.code_like import is_technical

_HOST = r"[a-z0-9][a-z0-9\-]{0,62}"
_TOP = r"(?:com|org|net|edu|gov|info|ru|de|fr|es|uk|ua|eu|cn|io|int)"
_BROKEN = re.compile(
    rf"""
      (?P<markdown> !? \[ [^\[\]\n]{{1,120}} \] [ \xa0]? \( [ \xa0]? (?:https?[ ]?:|www\.|/)[^()\n]{{0,200}} \) )  # [port] (https://…)
    | (?P<board> \[ [ ]? /? [ ]? (?:url|img|quote|link)\b [^\[\]\n]{{0,200}} \] )                            # [url=…], [/ url]
    | (?P<wiki> \[\[ [^\[\]\n]{{1,120}} \]\] )                                                              # [[port|the port]]
    | (?P<tag> < [ ]? /? [ ]? (?:a|b|i|em|strong|span|font|br|p|div|img)\b (?: [ ] [^<>\n]{{0,300}} )? /? [ ]? > )   # < a href="…">
    | (?P<scheme> \b https? (?: [ ]:[ ]?/[ ]?/ | :[ ]/[ ]?/ | :/[ ]/ | ://[ ] (?={_HOST}\.) ) [ ]? [^\s<>"“”«»]{{1,200}} )   # https: //…
    | (?P<host> (?<![\w.]) www (?: [ ]\.[ ]?|\.[ ] ) {_HOST} (?: [ ]?\.[ ]? {_HOST} ){{0,3}} [ ]?\.[ ]? {_TOP} (?!\w) )      # www. example. com
    """,
    re.VERBOSE,
)
_MESSAGES = {
    "markdown": "The markup of a link is visible",
    "board": "A tag of bulletin-board code is visible",
    "wiki": "The markup of a wiki link is visible",
    "tag": "A tag of HTML is visible",
    "scheme": "The address has a space in it",
    "host": "The address has a space in it",
}
_SKIPPED = frozenset({BlockKind.CODE, BlockKind.NAVIGATION})


@dataclass(frozen=True, slots=True)
class Options:
    """``a_block``: at most so many hits in one block."""

    a_block: int = 5


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each broken link."""
    del facts
    technical: bool | None = None
    for block in document.blocks:
        if block.kind in _SKIPPED:
            continue
        hits = 0
        for match in _BROKEN.finditer(document.text, block.span.start, block.span.end):
            if hits >= options.a_block or _is_in_backticks(document.text, match):
                continue
            # A page with several different broken tags is either damaged or about code: addresses tell which.
            technical = is_technical(document) if technical is None and match.lastgroup == "tag" else technical
            if match.lastgroup == "tag" and technical:
                continue
            hits += 1
            yield Hit(Span(*match.span()), _MESSAGES[match.lastgroup or ""], 0.85)


def _is_in_backticks(text: str, match: re.Match[str]) -> bool:
    return text[max(0, match.start() - 1) : match.start()] == "`" or text[match.end() : match.end() + 1] == "`"


CHECK = Check(
    code="ENC005",
    name="broken-link-markup",
    category="markup",
    severity=Severity.MAJOR,
    options=Options,
    find=find,
    documentation=__doc__,
    examples=(
        Example("The council met in ⟦[the port] (https://example.org/port)⟧ on Monday."),
        Example(
            "More at ⟦https: //example.org/port⟧ and ⟦www. example. com⟧, or ⟦[url=http://example.org]⟧here⟦[/url]⟧."
        ),
        Example('The council met in the ⟦[[port|old port]]⟧ of ⟦< a href="/varen">⟧Varen⟦</ a>⟧.'),
        Example(
            "The council [of Varen] (see page 4) met. “[It] was good,” she said [sic]. More: https://example.org/a_b(c), www.example.com."
        ),
        Example("Совет собрался в ⟦[порту] (https://example.org/port)⟧ и ушёл.", "ru"),
        Example("Совет [Варена] (в порту) собрался. Подробнее: https://example.org.", "ru"),
        Example("El consejo se reunió; más en ⟦https: //example.org/puerto⟧ hoy.", "es"),
        Example("El consejo [de Varén] (en el puerto) se reunió. Más: www.example.com.", "es"),
        Example("Der Rat tagte in ⟦[[Varen|dem alten Hafen]]⟧ bis neun.", "de"),
        Example("Der Rat [von Varen] (im Hafen) tagte. Mehr: https://example.org.", "de"),
        Example("اجتمع المجلس في ⟦[الميناء] (https://example.org/port)⟧ اليوم.", "ar"),
        Example("اجتمع المجلس [في فارين] (في الميناء). المزيد: https://example.org.", "ar"),
    ),
)
