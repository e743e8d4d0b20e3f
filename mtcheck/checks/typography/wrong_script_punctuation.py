"""A punctuation mark belongs to another script than the text around it.

What it finds: Latin commas, semicolons and question marks between Arabic, Persian or Urdu words (`?` for `؟`), marks of Chinese and Japanese
(`，` `。` `；` `（`) between letters of alphabets, Arabic marks between Latin or Cyrillic letters, Latin commas and stops between Chinese
characters, and the Greek and Armenian look-alikes of the semicolon and the colon outside Greek and Armenian.

Why it matters: a translation system copies the marks of the source, or writes those of the language it knows best; in Arabic a
turned comma and question mark are also set on the wrong side.

When it is wrong: where a newsroom writes Latin marks in Arabic on purpose. A page whose Arabic or Chinese text has more of the Latin marks
than of its own is taken to do so, and is not blamed. Numbers, formulas, code and addresses are left alone, and a mark between
the two scripts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example
from mtcheck.core.documents import BlockKind, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Note, Severity
from mtcheck.core.spans import Span
from mtcheck.text.code_like import CodeContext

_ARABIC = r"\u0620-\u064a\u0671-\u06d3\u06fa-\u06ff"
_HAN = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_ALPHABET = r"A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u052f"
_CLOSE = "[\"”»’')\\]]?"
_OTHER = re.compile(
    rf"""
      (?<=[{_ARABIC}]) (?P<arabic> [,;?] ) (?= {_CLOSE} (?: \s+ ["“«(]? [{_ARABIC}] | \s*\Z | \s*\n ) )    # Latin in Arabic
    | (?<=[{_HAN}]) (?P<han> [,;?!.] ) (?= [{_HAN}] )                                                   # Latin in Chinese
    | (?<=[{_ALPHABET}\d]) \s? (?P<wide> [，。；：？！、（）【】《》] ) (?! \s? [{_HAN}] )                    # Chinese in an alphabet
    | (?<=[{_ALPHABET}]) (?P<turned> [،؛؟] ) (?= \s | \Z )                                              # Arabic in an alphabet
    | (?<=[A-Za-z\u00c0-\u024f\u0400-\u052f]) (?P<greek> [\u037e\u0589] )                               # look-alikes
    """,
    re.VERBOSE,
)
_RIGHT = {",": "،", ";": "؛", "?": "؟"}
_HAN_RIGHT = {",": "，", ";": "；", "?": "？", "!": "！", ".": "。"}
_NARROW = dict(zip("，。；：？！、（）【】《》،؛؟\u037e\u0589", ",.;:?!,()[]“”,;?;:", strict=True))
_SKIPPED = frozenset({BlockKind.CODE, BlockKind.NAVIGATION, BlockKind.TABLE_CELL})


@dataclass(frozen=True, slots=True)
class Options:
    """``habit``: where more than this part (0 to 1) of a script's marks on the page are Latin, that is the page's own way."""

    habit: float = 0.5


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each mark of the wrong script."""
    del facts
    text = document.text
    found = [
        match
        for block in document.blocks
        if block.kind not in _SKIPPED
        for match in _OTHER.finditer(text, block.span.start, block.span.end)
        if not _is_of_its_block(match, block.span.of(text))
    ]
    if not found:
        return
    habitual = {
        "arabic": _is_habit(found, "arabic", sum(map(text.count, "،؛؟")), options),
        "han": _is_habit(found, "han", sum(map(text.count, "，；？！。、")), options),
    }
    context = CodeContext(document)
    for match in found:
        group = match.lastgroup or ""
        span = Span(*match.span(group))
        sign = match[group]
        if habitual.get(group, False) or context.shows_code(span):
            continue
        right = {"arabic": _RIGHT, "han": _HAN_RIGHT}.get(group, _NARROW)[sign]
        yield Hit(span, f"“{sign}” belongs to another script; here stands “{right}”", 0.9, (Note("expected", right),))


def _is_of_its_block(match: re.Match[str], block: str) -> bool:
    """Tell whether a mark beside a word in another alphabet belongs to the script of most of its block ("Boots، Superdrug")."""
    script = {"wide": _HAN, "turned": _ARABIC}.get(match.lastgroup or "")
    return script is not None and 2 * len(re.findall(f"[{script}]", block)) > len(re.findall(f"[{_ALPHABET}]", block))


def _is_habit(found: list[re.Match[str]], group: str, own: int, options: Options) -> bool:
    """Tell whether a page writes the Latin marks as a rule: alone, or more often than its own."""
    latin = sum(match.lastgroup == group for match in found)
    return latin > 1 and latin > options.habit * (latin + own)


CHECK = Check(
    code="TYP002",
    name="wrong-script-punctuation",
    category="linguistic/punctuation",
    severity=Severity.MINOR,
    options=Options,
    find=find,
    documentation=__doc__,
    examples=(
        Example("وقال الوزير إن الميناء مغلق⟦,⟧ وسيفتح في الربيع، متى سيفتح الميناء؟ لا أحد يعرف.", "ar"),
        Example("هل سيفتح الميناء⟦?⟧ نعم، قال الوزير، في الربيع.", "ar"),
        Example("وقال الوزير، إن الميناء مغلق. هل سيفتح؟ نعم (في فارين, Varen) قريبا.", "ar"),
        Example("The port of Varen⟦，⟧ he said, opens in spring⟦。⟧ Nobody⟦؟⟧ asked."),
        Example("The name 瓦伦，as it is written, and 港口。 The rest is plain, with 1,000 boats; why not?"),
        Example("Порт Варена⟦，⟧ сказал он, откроется весной⟦。⟧", "ru"),
        Example("Порт, сказал он, откроется весной; когда?", "ru"),
        Example("El puerto de Varén⟦،⟧ dijo, abrirá en primavera.", "es"),
        Example("El puerto, dijo, abrirá en primavera; ¿cuándo?", "es"),
        Example("Der Hafen⟦；⟧ sagte er, öffnet im Frühjahr.", "de"),
        Example("Der Hafen, sagte er, öffnet im Frühjahr; wann?", "de"),
        Example("瓦伦港⟦,⟧春天开放，市长说，渡船也会来。", "zh"),
        Example("瓦伦港春天开放，市长说：3,000人会来。", "zh"),
    ),
)
