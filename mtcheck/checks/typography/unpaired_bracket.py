"""A bracket has lost its partner.

What it finds: a round, square, curly or fullwidth bracket that is never closed, or closes nothing, or is closed by a bracket
of another kind. Brackets may pair across paragraphs.

Why it matters: translation systems lose what stands in brackets, or carry half of it into the next sentence.

When it is wrong: in emoticons and list labels it does not know; ``a)``, ``1)``, ``:)``, intervals as ``[0, 1)``, code and
addresses are understood. In Russian and Ukrainian a closing bracket at the end of a sentence may be a smile and is passed
over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example, NoOptions
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Related, Severity
from mtcheck.core.languages import LANGUAGES
from mtcheck.core.spans import Span
from mtcheck.text.code_like import CodeContext
from mtcheck.text.quotation_marks import is_han_or_kana
from mtcheck.text.quotations import PROSE_KINDS

PARTNERS = {
    "(": ")",
    "[": "]",
    "{": "}",
    "（": "）",
    "［": "］",
    "｛": "｝",
    "【": "】",
    "〔": "〕",
    "〈": "〉",
    "《": "》",
}
"""Opening brackets and what closes them."""

_ALIKE = {"）": ")", "］": "]", "｝": "}"}
_OPENING = {closing: opening for opening, closing in PARTNERS.items()}
_BRACKET = re.compile("[" + re.escape("".join([*PARTNERS, *_OPENING])) + "]")
# "a) first, b) second", "1) first", "iv) fourth", "№ 3)": a short label after white space.
_LABEL = re.compile(r"(?:\A|(?<=[\s.,;:–—*•/\"“«‘'„-]))(?:[^\W_]{1,2}|[0-9]{1,3}[a-zа-я]?|[ivxlIVXL]{1,5})[.]?\Z")
_EMOTICON = re.compile(r"(?:[:;=8xX%]['’]?[-–o^*]?|\^_?\^|[)(])\Z")
_INTERVAL = re.compile(r"[\[(\]]\s{0,2}[-+−]?[\w.∞/]{1,12}\s{0,2}[,;]\s{0,2}[-+−]?[\w.∞/]{1,12}\s{0,2}[\])\[]")
_WORD = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")
_TRUNCATED = re.compile(r"(?:\.\.\.|…)\s*\Z")
_LONGEST_CARRY = 20
_LONGEST_ANCHOR = 40
_FEWEST_WORDS = 4
_BARS_OF_A_ROW = 3
_MOST_FAULTS = 8
_DEEPEST_SKIPPED = 3
_SMILING_LANGUAGES = frozenset({"ru", "uk", "be", "kk"})


@dataclass(frozen=True, slots=True)
class _Bracket:
    """A bracket at an offset of the document's text, in a block; ``in_address``: it ends a URL, or belongs to one."""

    offset: int
    glyph: str
    block: int
    in_address: bool = False


@dataclass(frozen=True, slots=True)
class _Fault:
    """A bracket without a partner; or, with ``partner``, a closing bracket of another kind than that one."""

    bracket: _Bracket
    partner: _Bracket | None = None


def find(document: Document, facts: Facts, options: NoOptions) -> Iterator[Hit]:
    """Yield one hit for each bracket without its partner."""
    del options
    context = CodeContext(document)
    if context.technical:
        # Where a page shows code, brackets are part of what it shows.
        return
    faults: list[_Fault] = []
    waiting: list[_Bracket] = []
    for index, block in enumerate(document.blocks):
        if block.kind not in PROSE_KINDS:
            continue
        faults.extend(_Fault(late) for late in waiting if index - late.block > _LONGEST_CARRY)
        waiting = [bracket for bracket in waiting if index - bracket.block <= _LONGEST_CARRY]
        found, opened = _read(document, index, context, facts[LANGUAGES].at(block.span.start), waiting)
        if len(found) + len(opened) <= _MOST_FAULTS:
            # In a block where nothing pairs, brackets are ornaments.
            faults.extend(found)
            waiting.extend(opened)
    faults.extend(_Fault(bracket) for bracket in waiting)
    for fault in faults:
        block = document.blocks[fault.bracket.block]
        if _is_prose(document.text, block.span):
            yield _hit(document.text, block.span, fault)


def _read(
    document: Document, index: int, context: CodeContext, language: str, waiting: list[_Bracket]
) -> tuple[list[_Fault], list[_Bracket]]:
    """Return what is wrong inside one block, and what it leaves open; brackets of earlier blocks are closed on the way."""
    text, block = document.text, document.blocks[index].span
    faults: list[_Fault] = []
    opened: list[_Bracket] = []
    for bracket in _brackets(document, index, context):
        if bracket.glyph in PARTNERS:
            opened.append(bracket)
        elif opened:
            partner = opened.pop()
            if _same_shape(partner, bracket):
                continue
            if any(_same_shape(outer, bracket) for outer in opened[-_DEEPEST_SKIPPED:]):
                # The innermost one is never closed; an outer one closes here.
                faults.append(_Fault(partner))
                while not _same_shape(opened[-1], bracket):
                    faults.append(_Fault(opened.pop()))
                opened.pop()
            else:
                faults.append(_Fault(bracket, partner))
        elif waiting and _same_shape(waiting[-1], bracket):
            waiting.pop()
        elif not bracket.in_address and _closes_nothing(text, bracket.offset, block, language):
            faults.append(_Fault(bracket))
    cut_off = _TRUNCATED.search(text, max(block.end - 8, block.start), block.end)
    return faults, [] if cut_off else opened


def _brackets(document: Document, index: int, context: CodeContext) -> Iterator[_Bracket]:
    """Yield the brackets of one block that are punctuation: none of tables, intervals, emoticons and code."""
    text, block = document.text, document.blocks[index].span
    if text.count("|", block.start, block.end) >= _BARS_OF_A_ROW:
        return
    intervals = {
        offset
        for match in _INTERVAL.finditer(text, block.start, block.end)
        if PARTNERS.get(match[0][0]) != match[0][-1]
        for offset in (match.start(), match.end() - 1)
    }
    in_code = 0
    for match in _BRACKET.finditer(text, block.start, block.end):
        offset, glyph = match.start(), match[0]
        if offset in intervals:
            continue
        opens = glyph in PARTNERS
        shows_code = context.shows_code(Span(offset, offset + 1))
        if not shows_code:
            in_code = 0
        elif opens or in_code:
            # An address may have brackets of its own; one that it does not open closes something before it.
            in_code += 1 if opens else -1
            continue
        if not (opens and _is_emoticon(text, offset, block)):
            yield _Bracket(offset, glyph, index, shows_code)


def _same_shape(opening: _Bracket, closing: _Bracket) -> bool:
    expected = PARTNERS[opening.glyph]
    return _ALIKE.get(expected, expected) == _ALIKE.get(closing.glyph, closing.glyph)


def _hit(text: str, block: Span, fault: _Fault) -> Hit:
    bracket, partner = fault.bracket, fault.partner
    if partner is not None:
        related = Related(Span(partner.offset, partner.offset + 1), "the bracket that it closes")
        message = f"The bracket {partner.glyph} is closed by {bracket.glyph}"
        return Hit(_anchor(text, bracket.offset, block, after=False), message, 0.8, related=(related,))
    if bracket.glyph in PARTNERS:
        return Hit(
            _anchor(text, bracket.offset, block, after=True), f"The bracket {bracket.glyph} is never closed", 0.85
        )
    return Hit(_anchor(text, bracket.offset, block, after=False), f"The bracket {bracket.glyph} closes nothing", 0.85)


def _is_emoticon(text: str, offset: int, block: Span) -> bool:
    return _EMOTICON.search(text, max(offset - 3, block.start), offset) is not None and text[
        max(offset - 1, block.start) : offset
    ] not in {"(", ")"}


def _closes_nothing(text: str, offset: int, block: Span, language: str) -> bool:
    """Tell whether a closing bracket without a partner is a fault: no label, no emoticon, no smile."""
    start = max(offset - 8, block.start)
    before = text[start:offset]
    if text[offset] in ")）" and (_LABEL.search(before) or _EMOTICON.search(before) or before[-1:].isspace()):
        return False
    if text[offset] == ")" and language in _SMILING_LANGUAGES:
        return text[offset + 1 : offset + 2] in {",", ".", ";", ":"}
    return text[offset : offset + 2] != "))" and bool(before)


def _is_prose(text: str, block: Span) -> bool:
    words = 0
    for match in _WORD.finditer(text, block.start, block.end):
        # Text without spaces between words counts by its length.
        words += 1 if match[0].isascii() else max(1, len(match[0]) // 4)
        if words >= _FEWEST_WORDS:
            return True
    return False


def _anchor(text: str, offset: int, block: Span, *, after: bool) -> Span:
    """Return the bracket with the word next to it; two characters of a script that is written without spaces."""
    if after:
        match = _WORD.search(text, offset + 1, min(offset + _LONGEST_ANCHOR, block.end))
        if match is None:
            return Span(offset, offset + 1)
        return Span(offset, min(match.start() + 2, match.end()) if is_han_or_kana(match[0][0]) else match.end())
    words = list(_WORD.finditer(text, max(offset - _LONGEST_ANCHOR, block.start), offset))
    if not words:
        return Span(offset, offset + 1)
    last = words[-1]
    return Span(max(last.end() - 2, last.start()) if is_han_or_kana(last[0][-1]) else last.start(), offset + 1)


CHECK = Check(
    code="TYP003",
    name="unpaired-bracket",
    category="linguistic/punctuation",
    severity=Severity.MINOR,
    needs=(LANGUAGES,),
    find=find,
    measured=frozenset("ar de en es fa fr he pt ru tr uk zh".split()),
    documentation=__doc__,
    examples=(
        Example("The treaty ⟦(signed⟧ in Varen last year ends in June."),
        Example("The treaty signed in Varen last ⟦year)⟧ ends in June."),
        Example("The treaty (signed in Varen last ⟦year]⟧ ends in June."),
        Example("Договор ⟦(подписан⟧ в Варене в прошлом году действует до июня.", language="ru"),
        Example("Договор, подписанный в Варене в прошлом ⟦году)⟧, действует до июня.", language="ru"),
        Example("المعاهدة ⟦(وقعت⟧ في العام الماضي تنتهي في يونيو.", language="ar"),
        Example("El tratado ⟦(firmado⟧ en Varén el año pasado termina en junio.", language="es"),
        Example("Der Vertrag ⟦(unterzeichnet⟧ in Waren im letzten Jahr endet im Juni.", language="de"),
        Example("Le traité ⟦(signé⟧ à Varenne l’an dernier finit en juin.", language="fr"),
        Example("The rules: a) be on time, b) be kind; 1) listen, 2) speak :) and smile :-( in the interval [0, 1)."),
        Example(
            "(The text of the treaty follows.\n\nIt ends in June.)\n\nSee the page (https://example.org/a_(b)) [sic]."
        ),
        Example("Спасибо всем за помощь)) Увидимся в порту)", language="ru"),
        Example("المعاهدة (وقعت في العام الماضي) تنتهي في يونيو.", language="ar"),
        Example("El tratado (firmado en Varén [en 2019]) termina en junio.", language="es"),
        Example("Der Vertrag (s. Abb. 3) endet im Juni; Punkt a) gilt weiter.", language="de"),
    ),
)
