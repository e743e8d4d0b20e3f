"""Why a stretch in another language is no damage: names, quoted titles, translated quotations, interface, comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.documents import Block, BlockKind, BlockRole
from mtcheck.core.spans import Span
from mtcheck.engines.language_id.candidates import LANGUAGES_OF_SCRIPT, LETTER_WEIGHT, WRITTEN_TOGETHER
from mtcheck.engines.language_id.loanwords import is_link_note
from mtcheck.text.scripts import GREEK, HAN, LATIN, script_runs

# What language menus hold: the names of languages in those languages.
_LANGUAGE_NAMES = """
afrikaans azərbaycan bahasa bosanski català čeština cymraeg dansk deutsch eesti english español esperanto euskara
filipino français gaeilge galego hausa hrvatski indonesia italiano kiswahili kurdî latviešu lietuvių magyar melayu
nederlands norsk oʻzbek polski português română shqip slovenčina slovenščina soomaali suomi svenska tagalog türkçe
việt tiếng беларуская български кыргызча қазақ қазақша македонски монгол русский српски татарча тоҷикӣ українська
ўзбекча ελληνικά հայերեն ქართული עברית العربية عربي فارسی اردو پښتو کوردی हिन्दी हिंदी मराठी नेपाली বাংলা ਪੰਜਾਬੀ
ગુજરાતી தமிழ் తెలుగు ಕನ್ನಡ മലയാളം සිංහල ไทย ລາວ မြန်မာ ខ្មែរ አማርኛ 中文 简体中文 繁體中文 繁体中文 中国语 中國語 汉语 日本語 한국어 bokmål nynorsk brasil
"""
LANGUAGE_NAMES = frozenset(_LANGUAGE_NAMES.split())
_NAME_WORDS = 3
_TITLE_WORDS = 8
_OPENING_BRACKETS, _CLOSING_BRACKETS = "([（［【", ")]）］】"
_OPENING_QUOTES, _CLOSING_QUOTES = "“\"„«‹‘「『《〈‚'", "”\"“»›’」』》〉'"
_DASHES = "-–—/|"
_STOPS = " .!?。！？؟"
_SEPARATORS = ":|/–—©•·"
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of another script inside a block of the page's language, with the reason if it is harmless."""

    span: Span
    script: str
    reason: str


def reason_of_block(block: Block) -> str:
    """Return why a whole block in another language may be no fault of the translation; empty for the main text."""
    if block.kind is BlockKind.COMMENT:
        return "user-comment"
    if block.role is BlockRole.FURNITURE or block.kind in {BlockKind.NAVIGATION, BlockKind.FOOTER, BlockKind.LABEL}:
        return "interface"
    return ""


def is_language_name(text: str) -> bool:
    """Tell whether a text is nothing but names of languages, as in a language menu."""
    words = _LETTERS.findall(text.lower())
    return bool(words) and all(word in LANGUAGE_NAMES for word in words)


def foreign_stretches(block: Block, masked: str, page_language: str) -> Iterator[Stretch]:
    """Yield the runs of a block in a script that the page's language is not written in, Latin and Greek letters apart.

    Latin words stand in the text of every script (brands, abbreviations) and single Greek letters are symbols.
    ``masked`` is the block's text with addresses blanked out.
    """
    start = block.span.start
    for run in script_runs(masked, same=WRITTEN_TOGETHER):
        if run.script == LATIN or page_language in LANGUAGES_OF_SCRIPT.get(run.script, ()):
            continue
        if run.script == HAN and page_language in {"ja", "ko", "zh"}:
            continue
        if (run.letters < 2 and run.script != HAN) or (run.script == GREEK and run.letters < 4):
            continue
        reason = _reason(masked, run.span, run.words, run.letters * LETTER_WEIGHT.get(run.script, 1))
        yield Stretch(run.span.shift(start), run.script, reason or reason_of_block(block))


def without_introduction(span: Span, text: str, page_language: str) -> Span:
    """Return a foreign block without a label in the page's own script before it ("© Photo: ..."), if there is one.

    ``text`` is the block's, ``span`` its place. Page-script words that no sign sets apart belong to the foreign text.
    """
    for run in script_runs(text, same=WRITTEN_TOGETHER):
        if page_language in LANGUAGES_OF_SCRIPT.get(run.script, ()):
            continue
        label = text[: run.span.start]
        if any(map(str.isalpha, label)) and label.rstrip()[-1:] in tuple(_SEPARATORS):
            return Span(span.start + run.span.start, span.end)
        break
    return span


def reason_inside(text: str, span: Span) -> str:
    """Return why a stretch in the page's own script is harmless inside its block, empty where it is not.

    Titles in quotation marks start with a capital; quoted words that do not are words that somebody said.
    """
    words = _LETTERS.findall(span.of(text))
    if not words:
        return ""
    before, after = text[max(0, span.start - 4) : span.start].rstrip()[-1:], text[span.end : span.end + 4].lstrip()[:1]
    marks = _OPENING_QUOTES + _CLOSING_QUOTES
    small = words[0][0].islower()
    if before and after and before in marks and after in marks and len(words) <= _TITLE_WORDS and not small:
        return "quoted-title"
    reason = _reason(text, span, len(words), sum(map(len, words)))
    return "" if reason == "quoted-title" and small else reason


def _reason(text: str, span: Span, words: int, weight: int) -> str:
    """Return why a run inside other text is harmless, empty where it is not."""
    before = text[max(0, span.start - 40) : span.start].rstrip()
    after = text[span.end : span.end + 40].lstrip()
    few = words <= _NAME_WORDS and weight <= 45
    bracketed = (
        before[-1:] and before[-1:] in _OPENING_BRACKETS + _CLOSING_BRACKETS and before[-1:] in _OPENING_BRACKETS
    )
    quoted = bool(before) and bool(after) and before[-1] in _OPENING_QUOTES and after[0] in _CLOSING_QUOTES
    if bracketed and after[:1] and after[0] in _CLOSING_BRACKETS + ",;،" and words <= _TITLE_WORDS:
        if is_link_note(text[span.start : span.end]):
            return "interface"
        return "name" if few else "quoted-title"
    if quoted:
        rest = after[1:].lstrip()
        if rest[:1] and rest[0] in _OPENING_BRACKETS + "–—":
            return "translated-quotation"
        if before[:-1].rstrip()[-1:] and before[:-1].rstrip()[-1] in _OPENING_BRACKETS:
            return "translated-quotation"
        if words <= _TITLE_WORDS:
            return "quoted-title"
    if after.lstrip(_STOPS)[:1] == "=" or before[-1:] == "=":
        return "translated-quotation"  # a wording and what it means: "uscita = way out"
    if few and before and before[-1] in _DASHES and _LETTERS.search(before):
        return "name"
    return ""
