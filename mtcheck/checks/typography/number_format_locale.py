"""A number, an ordinal or a sum of money is written in the way of another language.

What it finds: in English a decimal comma before a unit ("3,5 million"), thousands grouped by points ("1.250.000"), a wrong ordinal ending
("23th"), a count of five digits or more in one run ("85993119 people") on a page that groups its others, and a sign of money torn from its figure ("US $3.4 million", "HK $ 20"); in Spanish, French, German, Russian and Ukrainian the
decimal point before a word ("3.5 Millionen") and thousands grouped by commas ("1,250,000").

Why it matters: figures pass through translation untouched, so that 1.250 turns from a thousand and a quarter into one and a quarter.

When it is wrong: for pages of American Spanish, where point and comma are set as in English (a page that does so throughout is left alone),
and for versions, clock times, coordinates and results of sports. Those, dates, tables and code are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example
from mtcheck.core.documents import BlockKind, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Note, Severity
from mtcheck.core.languages import LANGUAGES
from mtcheck.core.spans import Span
from mtcheck.text.code_like import CodeContext

_UNITS: dict[str, str] = {
    "en": r"million|billion|trillion|thousand|percent|per\ cent|%|kilomet(?:er|re)s?|miles|degrees|tons|tonnes|euros?|dollars",
    "es": r"millones|millón|billones|por\ ciento|%|kilómetros|euros|dólares|grados|toneladas",
    "fr": r"millions?|milliards?|pour\ cent|%|kilomètres|euros|dollars|degrés|tonnes",
    "de": "Millionen|Milliarden|Mio|Mrd|Prozent|%|Kilometer|Euro|Dollar|Grad|Tonnen",
    "ru": r"млн|млрд|миллион\w{0,3}|миллиард\w{0,3}|процент\w{0,3}|%|километр\w{0,3}|тонн\w?|евро|доллар\w{0,3}",
    "uk": r"млн|млрд|мільйон\w{0,3}|мільярд\w{0,3}|відсотк\w{0,3}|%|кілометр\w{0,3}|тонн\w?|євро|долар\w{0,3}",
}
"""Words that follow a quantity, so that the figure before them is no clock time, no version and no score."""
_COUNTED = (
    _UNITS["en"]
    + "|people|yuan|yen|rubles|pesos|rupees|crowns|residents|visitors|workers|students|jobs|cases|copies|hectares|acres"
)
_GROUPED = re.compile(r"(?<![\w.,:/\-–])\d{1,3}(?:,\d{3}){1,4}(?![\d.,]\d|\w)")
_NO_DIGIT = r"(?<![\w.,:/\-–])"
_ENGLISH = re.compile(
    rf"""
      {_NO_DIGIT} (?P<comma> \d{{1,3}} , \d{{1,2}} ) (?= [ \xa0]? (?:{_UNITS["en"]}) (?!\w) )
    | {_NO_DIGIT} (?P<points> \d{{1,3}} (?: \.\d{{3}} ){{2,6}} ) (?![\d.,]\d|\w)
    | {_NO_DIGIT} (?P<ordinal> \d{{0,8}} (?: (?<!1)(?:1(?:th|nd|rd)|2(?:th|st|rd)|3(?:th|st|nd)) | 1[123](?:st|nd|rd) | [04-9](?:st|nd|rd) ) ) (?!\w)
    | {_NO_DIGIT} (?<![\#$€£¥]) (?P<run> [1-9]\d{{4,8}} ) (?= [ \xa0] (?:{_COUNTED}) (?!\w) )
    | (?<![\w$.]) (?P<money> (?:US|HK|NT|AU|CA|NZ) [ \xa0]\$ [ \xa0]? \d ) (?# the sign torn from its country )
    | (?<=\s) (?P<torn> [$€£¥] [ \xa0] \d+ (?:[.,]\d+)* )
    """,
    re.VERBOSE,
)
_CONTINENTAL = {
    language: re.compile(
        rf"""
          {_NO_DIGIT} (?P<point> \d{{1,3}} \. \d{{1,2}} ) (?= [ \xa0\u202f]? (?:{units}) (?!\w) )
        | {_NO_DIGIT} (?P<commas> \d{{1,3}} (?: ,\d{{3}} ){{2,6}} ) (?![\d.,]\d|\w)
        """,
        re.VERBOSE,
    )
    for language, units in _UNITS.items()
    if language != "en"
}
_OWN = {
    language: re.compile(rf"{_NO_DIGIT}\d{{1,3}},\d{{1,2}}(?=[ \xa0\u202f]?(?:{units})(?!\w))")
    for language, units in _UNITS.items()
}
_MESSAGES = {
    "comma": "a decimal comma, where English sets a point",
    "points": "thousands grouped by points, where English sets commas",
    "ordinal": "an ordinal with the wrong ending",
    "run": "thousands not grouped, where the page groups others",
    "money": "the country torn from the sign of its currency",
    "torn": "the sign of the currency torn from its figure",
    "point": "a decimal point, where the language of the page sets a comma",
    "commas": "thousands grouped by commas, where the language of the page sets points or spaces",
}
_SKIPPED = frozenset({BlockKind.CODE, BlockKind.NAVIGATION, BlockKind.TABLE_CELL})


@dataclass(frozen=True, slots=True)
class Options:
    """``habit``: a page with more than this part (0 to 1) of its decimals in the other way does so on purpose."""

    habit: float = 0.6


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each figure in the way of another language."""
    text, languages = document.text, facts[LANGUAGES]
    found: list[tuple[re.Match[str], str]] = []
    own = 0
    for block in document.blocks:
        language = languages.at(block.span.start)
        pattern = _ENGLISH if language == "en" else _CONTINENTAL.get(language)
        if pattern is None or block.kind in _SKIPPED:
            continue
        found.extend(
            (match, match.lastgroup or "") for match in pattern.finditer(text, block.span.start, block.span.end)
        )
        own += (
            sum(1 for _ in _OWN[language].finditer(text, block.span.start, block.span.end)) if language != "en" else 0
        )
    foreign = sum(group in {"point", "commas"} for _, group in found)
    habitual = foreign > 1 and foreign > options.habit * (foreign + own)
    torn = sum(group == "torn" for _, group in found)
    groups = any(group == "run" for _, group in found) and _GROUPED.search(text) is not None
    context = CodeContext(document) if found else None
    for match, group in found:
        if (
            (habitual and group in {"point", "commas"})
            or (group == "torn" and torn > 2)
            or (group == "run" and not groups)
        ):
            continue
        span = Span(*match.span(group))
        if context is not None and not context.shows_code(span):
            confidence = 0.8 if group in {"point", "torn"} else 0.9
            yield Hit(span, f"“{span.of(text)}”: {_MESSAGES[group]}", confidence, (Note("kind", _MESSAGES[group]),))


CHECK = Check(
    code="TYP006",
    name="number-format-locale",
    category="locale/number-format",
    severity=Severity.MINOR,
    needs=(LANGUAGES,),
    options=Options,
    find=find,
    measured=frozenset({"en"}),
    documentation=__doc__,
    languages=frozenset(_UNITS),
    examples=(
        Example("The port cost ⟦3,5⟧ million crowns on May ⟦23th⟧, or ⟦US $3⟧.4 million, for ⟦1.250.000⟧ guests."),
        Example("The port cost 15,420 crowns and fed ⟦85993⟧ people for years."),
        Example("The port cost 15420 crowns and fed 85993 people for years.", comment="a habit of the page"),
        Example("Порт обошёлся в ⟦3.5⟧ миллиона крон.", "ru"),
        Example(
            "El puerto costó ⟦3.5⟧ millones y recibió a ⟦1,250,000⟧ personas, un 4,5 por ciento y un 2,1 % más.", "es"
        ),
        Example("Der Hafen kostete ⟦3.5⟧ Millionen Kronen.", "de"),
        Example("Le port a coûté ⟦3.5⟧ millions de couronnes.", "fr"),
        Example("Порт коштував ⟦3.5⟧ мільйона крон.", "uk"),
        Example(
            "It cost US$3.5 million on the 21st, 22nd, 23rd and 11th, in chapters 3,5 and 7; 1,250,000 came. Version 1.250.001a, 10.11.12."
        ),
        Example("Порт обошёлся в 3,5 миллиона крон, в 10.30 утра, на 1 250 000 человек.", "ru"),
        Example("El puerto costó 3.5 millones y un 4.5 por ciento más, dicen en América.", "es"),
        Example("Der Hafen kostete 3,5 Millionen; 1.250.000 Gäste kamen um 10.30 Uhr.", "de"),
    ),
)
