"""A page uses the quotation marks of another language.

What it finds: marks that the language of the page does not use for quotations of the first level: „…“ or «…» in English, “…” in Russian,
Ukrainian, French or German, "…" in none. It is reported once for each pair of marks, at its first place, with the number of places.

Why it matters: the marks of the source stay in what a machine translates, or English ones come into what it writes.

When it is wrong: for newsrooms that set English marks as their own style. It runs on request only. Straight marks are right everywhere;
quotations inside others, quotations in another language, and marks that fit the page's declared variant are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example, Tier
from mtcheck.core.documents import BlockRole, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Metric, Related, Severity
from mtcheck.core.languages import LANGUAGES
from mtcheck.core.spans import Span
from mtcheck.text.quotations import QUOTATIONS, QuotationForm

STRAIGHT = frozenset({'""', "''"})
MARKS: dict[str, frozenset[str]] = {
    language: STRAIGHT | frozenset(pairs.split())
    for language, pairs in {
        "en": "“” ‘’ `` `'",
        "ru": "«» „“ „”",
        "uk": "«» „“ „” “”",
        "es": "«» “” ‘’",
        "fr": "«» “” ‹›",
        "de": "„“ ‚‘ »« «» ›‹ ‹›",
        "ar": "«» “” ”“ »«",
    }.items()
}
"""The pairs of marks that each language uses, after CLDR's delimiters (Unicode License) and the style of its newsrooms."""
_ANY = frozenset().union(*MARKS.values())
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Options:
    """``marks``: further pairs (two characters each) that are right on every page."""

    marks: frozenset[str] = frozenset()


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield at most one hit for each pair of foreign marks."""
    text, languages = document.text, facts[LANGUAGES]
    own = MARKS.get(languages.page)
    if own is None:
        return
    places: dict[str, list[Span]] = {}
    right = 0
    for quotation in facts[QUOTATIONS].quotations:
        opening, closing = quotation.opening, quotation.closing
        if quotation.form is not QuotationForm.MARKS or quotation.depth or opening is None or closing is None:
            continue
        block = document.block_at(opening.start)
        if block is None or block.role is not BlockRole.MAIN or languages.at(opening.start) != languages.page:
            continue
        pair = f"{opening.of(text)[:1]}{closing.of(text)[-1:]}"
        if pair in own or pair in options.marks or "'" in pair or '"' in pair:
            right += 1
        elif pair in _ANY:
            places.setdefault(pair, []).append(quotation.span)
    for pair, spans in sorted(places.items(), key=lambda entry: entry[1][0]):
        counts = (Metric(f"quotations in {pair}", len(spans)), Metric("quotations in marks of the language", right))
        related = tuple(Related(span, "the same marks") for span in spans[1 : _SHOWN + 1])
        message = f"{pair[0]}…{pair[1]} are not the quotation marks of the page's language ({languages.page})"
        yield Hit(spans[0], message, 0.8, counts, related)


CHECK = Check(
    code="TYP004",
    name="locale-quotation-marks",
    category="locale/punctuation",
    severity=Severity.MINOR,
    needs=(LANGUAGES, QUOTATIONS),
    options=Options,
    find=find,
    documentation=__doc__,
    tier=Tier.ON_REQUEST,
    languages=frozenset(MARKS),
    examples=(
        Example("The minister said: ⟦„The port of Varen opens in spring.“⟧ Nobody asked."),
        Example("Министр сказал: ⟦“Порт Варена откроется весной”⟧. Никто не спросил.", "ru"),
        Example("El ministro dijo: ⟦„El puerto abrirá en primavera“⟧. Nadie preguntó.", "es"),
        Example("Der Minister sagte: ⟦“Der Hafen öffnet im Frühjahr.”⟧ Niemand fragte.", "de"),
        Example("وقال الوزير: ⟦„الميناء سيفتح في الربيع“⟧.", "ar"),
        Example('The minister said: “The port opens in spring.” "Really?" asked the mayor.'),
        Example("Министр сказал: «Порт Варена откроется весной». Никто не спросил.", "ru"),
        Example("El ministro dijo: «El puerto abrirá en primavera». Nadie preguntó.", "es"),
        Example("Der Minister sagte: „Der Hafen öffnet im Frühjahr.“ Niemand fragte.", "de"),
        Example("وقال الوزير: «الميناء سيفتح في الربيع».", "ar"),
    ),
)
