"""Who said a quotation and on which day, as far as its page says so plainly.

A speaker is a person only where the page has the full name; the names of the references say which names are one person's
("Mara Ortan" and "Mara Ortan-Lind"). A day counts only right beside the verb of speech or the speaker: "Marlow said on
12 May", not "Marlow said that the treaty of 12 May ...".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.references import REFERENCE_NAMES, ReferenceName
from mtcheck.core.spans import Span
from mtcheck.text.dates import LANGUAGES_OF_DATES, dates_in
from mtcheck.text.names import NAMES, NameMention
from mtcheck.text.names_across import full_name
from mtcheck.text.quotation_records import Quotation
from mtcheck.text.restatements import sentence_words
from mtcheck.text.sentences import SENTENCES, Sentence
from mtcheck.text.transliteration import fold

_REACH = 60
_FOLLOWING = 120
_WORD = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’ʼ]s?\Z")
_ANYBODY = frozenset({"a", "an", "another", "one", "un", "una", "une", "ein", "eine"})
# What may stand between the words of an attribution and its day.
_GAP = re.compile(r"\s*,?\s*(?:(?:late |early )?on|am|el|le|ce|the|am späten)?\s*")


@dataclass(frozen=True, slots=True)
class SaidOn:
    """The day on which something was said: ``05-31``, or ``2031-05-31`` where the page gives the year, and where it stands."""

    span: Span
    day: str


class Aliases:
    """Which names are one person's, after the references."""

    __slots__ = ("_names",)

    def __init__(self, names: Sequence[ReferenceName]) -> None:
        """Take the names of the references."""
        self._names: dict[str, str] = {}
        for name in names:
            for variant in (name.name, *name.variants):
                self._names.setdefault(_key(variant), name.name.casefold())

    def usual(self, name: str) -> str:
        """Return the name that the references use for a person, in lower case."""
        return self._names.get(_key(name), name.casefold())


class Speakers:
    """The people who are given as speakers on one page."""

    __slots__ = ("_aliases", "_people", "_sentences", "_text")

    def __init__(self, document: Document, facts: Facts) -> None:
        """Take the page with SENTENCES, NAMES and REFERENCE_NAMES."""
        self._text = document.text
        self._sentences = facts[SENTENCES]
        self._people = _people(facts[NAMES].mentions, self._sentences)
        names = facts[REFERENCE_NAMES]
        self._aliases = Aliases(names)

    def usual(self, name: str) -> str:
        """Return the name that the references use for a person, in lower case."""
        return self._aliases.usual(name)

    def name_of(self, quotation: Quotation) -> str:
        """Return the full name that a speaker's noun phrase ends in, in lower case, or nothing.

        "A Clinton campaign official" is not Clinton: an article for anybody, or a noun that follows, makes another person.
        """
        speaker = quotation.speaker
        if speaker is None:
            return ""
        words = [match[0].casefold() for match in _WORD.finditer(self._text, speaker.start, speaker.end)]
        if not words or words[0] in _ANYBODY:
            return ""
        following = _WORD.match(self._text, speaker.end + 1, speaker.end + _FOLLOWING)
        if following is not None and not (quotation.verb and quotation.verb.start == following.start()):
            function = sentence_words(self._sentence_at(speaker.start).language).function
            # "Marlow 12 May" goes on with a day, "Clinton campaign official" with another noun.
            if following[0].lower() not in function and not following[0][0].isdigit():
                return ""
        name = self._people.get(_POSSESSIVE.sub("", words[-1]), "")
        return self._aliases.usual(name) if name else ""

    def date_of(self, quotation: Quotation) -> SaidOn | None:
        """Return the day that stands beside the verb of speech or the speaker, or ``None``."""
        parts = [span for span in (quotation.speaker, quotation.verb) if span is not None]
        if quotation.verb is None or quotation.inherited:
            return None
        sentence = self._sentence_at(quotation.verb.start)
        if sentence.language not in LANGUAGES_OF_DATES:
            return None
        start, end = min(span.start for span in parts), max(span.end for span in parts)
        if end - start > _FOLLOWING:
            return None
        region = Span(max(0, start - _REACH), min(len(self._text), end + _REACH))
        for date in dates_in(self._text, sentence.language, region):
            if date.month is None or date.day is None or date.span.overlaps(quotation.span):
                continue
            if date.span.start >= end:
                gap = self._text[end : date.span.start]
            elif date.span.end <= start:
                gap = self._text[date.span.end : start]
            else:
                gap = ""
            if _GAP.fullmatch(gap):
                day = f"{date.month:02}-{date.day:02}"
                return SaidOn(date.span, f"{date.year}-{day}" if date.year else day)
        return None

    def _sentence_at(self, offset: int) -> Sentence:
        index = bisect_right(self._sentences, offset, key=lambda sentence: sentence.span.start) - 1
        return self._sentences[max(index, 0)]


def one_day(left: str, right: str) -> bool:
    """Tell whether two days can be one; a day without a year can be of any year."""
    return left[-5:] == right[-5:] and (len(left) != len(right) or left == right)


def _key(name: str) -> str:
    return " ".join(fold(word) for word in name.split())


def _people(mentions: Sequence[NameMention], sentences: Sequence[Sentence]) -> dict[str, str]:
    """Return the full names of people by their last word.

    A full name is taken for a person's where its last word also stands alone on the page and its first does not: "Lavrov"
    stands alone, "House" of "White House" does not. A last word that two full names share names nobody.
    """
    alone = {mention.parts[0].spelling for mention in mentions if len(mention.parts) == 1}
    found: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        spellings = full_name(mention, sentences)
        if len(spellings) > 1 and spellings[-1] in alone and spellings[0] not in alone:
            found[spellings[-1]].add(" ".join(spellings))
    return {last: min(names) for last, names in found.items() if len(names) == 1}
