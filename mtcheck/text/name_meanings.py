"""Words that stand where only a name can stand, and are what a name means in its own language.

An engine that does not know a name translates it: the agency Sana becomes "Healthy", the city of Homs "Chickpeas". Such a
word is known by the place it has: after "told", before "news agency", in the brackets of a dateline, after "the city of".
The words are data (``data/name_meanings.tsv``), the places are patterns for each kind of name, in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from mtcheck.core.spans import Span

REACH = 60
"""Characters before and after a word that tell which place it has."""

_QUOTE = "[“”\"‘’«»']?"


@dataclass(frozen=True, slots=True)
class NameMeaning:
    """A name as the English press writes it, as it stands in its own language, and what kind of name it is."""

    kind: str
    name: str
    native: str


@dataclass(frozen=True, slots=True)
class LiteralName:
    """One word or phrase in the place of a name, and the names that it may stand for."""

    span: Span
    meanings: tuple[NameMeaning, ...]


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where a name of one kind stands: ``before`` or ``after`` tells it, ``not_after`` rules it out."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    not_after: re.Pattern[str] = re.compile(r"(?!)")


_ANOTHER_NAME = re.compile(r"[-’']?\s?(?:(?:and|of|for|in) )?[A-Z0-9]")
_NOT_ALONE = re.compile(r"(?<!\w)(?!The\s)[A-Z][\w.’'-]*\s\Z|[-\w]\Z")
_SLOTS = {
    "outlet": _Slot(
        before=re.compile(
            rf"""
            (?: \b(?: told | [Ss]ource: | [Cc]iting | quoted\ by | cited\ by | (?<!ac)[Aa]ccording\ to
                  | (?:interview|statement|statements|comment|comments)\ (?:to|with|for)
                  | (?:correspondent|reporter|journalist)\ (?:of|for|from)
                  | (?:newspaper|daily|news\ agency|broadcaster|satellite\ channel|TV\ channel|news\ website)
                ) \s (?:the\s)? {_QUOTE}
              | \A[A-Z][A-Za-z .’'-]{{2,30}}[,،]?\s? (?:\w{{3,9}}\.?\s\d{{1,2}}\s?)? [(–—-]\s?   # DAMASCUS, (…) -
            ) \Z""",
            re.VERBOSE,
        ),
        after=re.compile(
            rf"""
            {_QUOTE} (?: ’s\ correspondent | '?s?\ (?:(?:news|press)\ agency | newspaper | daily\ newspaper | TV\ channel | satellite\ channel
                     | correspondent | news\ website | reporter) \b
                   | \ (?:reported|reports|writes|wrote)\ that\b | \ quoted\b | \ said\ in\ a\ report\b )""",
            re.VERBOSE,
        ),
        not_after=_ANOTHER_NAME,
    ),
    "movement": _Slot(
        before=re.compile(r"(?!)"),
        after=re.compile(
            rf"{_QUOTE} (?:[Mm]ovement|[Mm]ilitants?|[Mm]ilitia|[Bb]rigades|[Pp]arty (?:leader|said|spokes))\b"
        ),
    ),
    "place": _Slot(
        before=re.compile(
            rf"\b(?:city|cities|town|village|province|governorate|region|countryside|port|suburbs|outskirts) of {_QUOTE}\Z"
        ),
        after=re.compile(rf"{_QUOTE} (?:province|governorate|oblast|[Gg]overnorate|countryside)\b"),
        not_after=_ANOTHER_NAME,
    ),
    "surname": _Slot(
        before=re.compile(
            r"""\b(?:President|Prime\ Minister|Premier|Minister|Sheikh|Emir|General|Ambassador|Secretary|Senator|Governor|leader)
            \s(?:[A-Z][\w’'-]{1,20}\s){0,2}\Z""",
            re.VERBOSE,
        ),
        after=re.compile(r"(?!)"),
        not_after=_ANOTHER_NAME,
    ),
    "given": _Slot(
        before=re.compile(r"(?!)"),
        after=re.compile(r"\s[A-Z][a-z]{2,20}(?:ova|eva|yova|skaya|skaia|tskaya|enko)\b"),
    ),
}
# A dateline or a title may stand right before; other capitals make a longer name of it ("Fox News", "New Truth").
_ALONE = frozenset({"outlet", "movement"})


def literal_names(text: str, sentence: Span) -> Iterator[LiteralName]:
    """Yield the words of an English sentence that stand for a name and are its meaning, in order."""
    for match in _words().finditer(text, sentence.start, sentence.end):
        span = Span(match.start(), match.end())
        before = text[max(sentence.start, span.start - REACH) : span.start]
        after = text[span.end : min(sentence.end, span.end + REACH)]
        kinds = {
            kind
            for kind in sorted({meaning.kind for meaning in _meanings()[match[0]]})
            if _stands_for_a_name(kind, before, after)
        }
        if kinds:
            yield LiteralName(span, tuple(meaning for meaning in _meanings()[match[0]] if meaning.kind in kinds))


def _stands_for_a_name(kind: str, before: str, after: str) -> bool:
    """Tell whether a word stands in a place that only a name of this kind has."""
    slot = _SLOTS[kind]
    if slot.after.match(after):
        return not (kind in _ALONE and _NOT_ALONE.search(before))
    return bool(slot.before.search(before)) and not slot.not_after.match(after)


@cache
def _meanings() -> dict[str, tuple[NameMeaning, ...]]:
    """Read the table: English rendering to the names that it may stand for."""
    found: dict[str, list[NameMeaning]] = {}
    for row in (files("mtcheck.text") / "data" / "name_meanings.tsv").read_text("utf-8").splitlines():
        if row and not row.startswith("#"):
            kind, name, native, renderings = row.split("\t")
            for rendering in renderings.split("|"):
                found.setdefault(rendering, []).append(NameMeaning(kind, name, native))
    return {rendering: tuple(meanings) for rendering, meanings in found.items()}


@cache
def _words() -> re.Pattern[str]:
    """Return a pattern for every rendering, the longest first, as whole words."""
    longest_first = sorted(_meanings(), key=lambda rendering: (-len(rendering), rendering))
    return re.compile(rf"(?<![\w’'])(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
