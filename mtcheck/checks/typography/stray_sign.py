"""A sign that no prose uses hangs on a word.

What it finds: a tilde, caret, underscore, backslash, vertical bar, brace, equals sign, at sign or the like glued to the end of a word before a
space ("over_ the past years", "in 1985~ and"), or a hyphen or slash that hangs on the word before it ("the fund- starting").

Why it matters: such signs are what is left of markup, of masks for names and of the vocabulary of a translation model.

When it is wrong: for signs of footnotes, brands ("Canal+"), grades, prices in a shortened style and text that people type in chats. Code, addresses,
mentions, suspended hyphens ("two- and three-year"), signs that come in pairs around a word, and pages where such a sign stands more
than twice are left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from mtcheck.core.checks import Check, Example, NoOptions
from mtcheck.core.documents import BlockKind, BlockRole, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Severity
from mtcheck.core.languages import LANGUAGES
from mtcheck.core.spans import Span
from mtcheck.text.code_like import CodeContext

_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.LEAD, BlockKind.SUMMARY})
_STRAY = re.compile(
    r"""
      (?P<word> (?<![\w@\#$&/\\<>|_^~=+*`.:%-]) [^\W_]{1,40} ) (?P<sign> [~^_\\|}{=@\#<>`$&] ) (?= [ ] [^\W\d_] )    # over_ the
    | (?P<hung> (?<![\w-]) [^\W\d_]{3,40} ) (?P<dash> [/-] ) (?= [ ] (?P<after> [a-z]{2,40} ) )                      # fund- starting
    """,
    re.VERBOSE,
)
_SUSPENDING = frozenset(
    "and or to und oder bis sowie y o e et ou и или und beziehungsweise bzw as well but not und/oder not through nor und".split()
)
_PAIRED = frozenset("_|`^~=")
_MOST = 2
_DASH_LANGUAGES = frozenset({"en", "es", "fr"})
"""Languages that do not hang hyphens on first parts of compounds at every turn, as German does."""


def find(document: Document, facts: Facts, options: NoOptions) -> Iterator[Hit]:
    """Yield one hit for each stray sign."""
    del options
    text, languages = document.text, facts[LANGUAGES]
    found: list[tuple[str, Span]] = []
    for block in document.blocks:
        if block.kind not in _KINDS or block.role is not BlockRole.MAIN:
            continue
        for match in _STRAY.finditer(text, block.span.start, block.span.end):
            sign = match["sign"] or match["dash"]
            if match["dash"]:
                if languages.at(block.span.start) not in _DASH_LANGUAGES or match["after"] in _SUSPENDING:
                    continue
                end = match.end("dash")
            else:
                end = match.end("sign")
                partner = {"<": ">", ">": "<", "}": "{", "{": "}"}.get(sign)
                if partner is not None and partner in text[max(block.span.start, end - 200) : end + 200]:
                    continue
                if sign in _PAIRED and sign in text[max(block.span.start, match.start() - 80) : match.start()]:
                    continue
            found.append((sign, Span(match.start(), end)))
    counts = Counter(sign for sign, _ in found)
    context = CodeContext(document) if found else None
    for sign, span in found:
        if counts[sign] <= _MOST and context is not None and not context.shows_code(span):
            yield Hit(span, f"“{sign}” hangs on “{span.of(text)[:-1]}”", 0.85)


CHECK = Check(
    code="TYP008",
    name="stray-sign",
    category="linguistic/punctuation",
    severity=Severity.MINOR,
    needs=(LANGUAGES,),
    find=find,
    documentation=__doc__,
    examples=(
        Example(
            "The ferry has run ⟦over_⟧ the past years, from ⟦1985~⟧ and on, on money of the ⟦fund-⟧ starting in spring."
        ),
        Example(
            "The two- and three-year plans, Canal+ and C++, a_b, 50% and _Varen_ and more; x = y. See @varen or a/b."
        ),
        Example("Паром ходит ⟦много|⟧ лет подряд.", "ru"),
        Example("Паром ходит — много лет подряд, 50 % и более.", "ru"),
        Example("El barco sale ⟦desde^⟧ hace años.", "es"),
        Example("El barco sale desde hace años, 50 % más y @varen.", "es"),
        Example("Die Fähre fährt ⟦seit=⟧ vielen Jahren.", "de"),
        Example("Die Fähre fährt seit Jahren, Vor- und Nachteile, Hafen- oder Stadtrat.", "de"),
        Example("تبحر العبارة ⟦منذ~⟧ سنوات.", "ar"),
        Example("تبحر العبارة منذ سنوات، 50 % وأكثر.", "ar"),
    ),
)
