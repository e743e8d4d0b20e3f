"""What a page leaves for the comparison of names across pages, and which spellings on different pages are one name.

A page leaves each full name (the last two words of it) with the company it is in: the other names of the page. Two full names of
different pages are one name in two spellings where all words but one are the same, transliteration explains the difference
in that one (``mtcheck.text.transliteration``), and the pages share company: people who happen to have nearly one name
(Jon and John Marr) seldom stand among the same people.

Names are brought together by what transliteration leaves alone, the shared words and the consonants of the other one, so
that a name meets only those that can be its spellings.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from mtcheck.core.across import Gathering, Meeting, PlacedSpan, PlaceSpan
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.spans import Span
from mtcheck.text.names import (
    BUCKET,
    NAMES,
    SHARED_PART_DISTANCE,
    SHARED_PART_DISTANCE_A_LETTER,
    SHORT_NAME_DISTANCE,
    NameMention,
    stems,
)
from mtcheck.text.pinyin import two_chinese_names
from mtcheck.text.restatements import sentence_words
from mtcheck.text.sentences import SENTENCES, Sentence
from mtcheck.text.transliteration import fold, spelling_distance

LANGUAGES_OF_NAMES_ACROSS = frozenset({"en", "de", "es", "fr"})
"""Languages that write names in Latin letters and hardly decline them."""

MOST_COMPANIONS = 60
"""Other names of a page that are kept with each name; the first ones are the ones the page is about."""

SHARED_COMPANIONS = 3
"""Other names that the pages of two spellings must share."""

_SHORT_NAME = 4
_FEWEST_LETTERS = 3
# Words with a capital that stand right before a name and are none: days and months, and words that open a sentence.
_DAYS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz mai juni juli
    oktober dezember""".split()
)
_OPENERS = frozenset(
    """then now later meanwhile yesterday today still but after before since while although however only even so yet both
    danach dann gestern heute später jedoch aber luego después ayer hoy pero puis hier ensuite mais""".split()
)
# Letters that systems of transliteration put for one another fall together; vowels, "h", "j" and "y" come and go.
_CLASSES = str.maketrans("cqgzvwdp", "kkksfftb", "aeiouyhj")
_Bucket = tuple[str, tuple[str, ...], int, str]


@dataclass(frozen=True, slots=True)
class NameOnPage:
    """One full name on one page: its words, folded; how often it stands there and where first.

    ``company`` holds the name words of the page as numbers, its own among them.
    """

    words: tuple[str, ...]
    language: str
    mentions: int
    at: PlacedSpan
    company: frozenset[int]


@dataclass(frozen=True, slots=True)
class SpellingOnPages:
    """One spelling of a full name with all pages that have it, sorted by document."""

    words: tuple[str, ...]
    text: str
    pages: tuple[NameOnPage, ...]


@dataclass(frozen=True, slots=True)
class NameOnPages:
    """One name in several spellings, the one on most pages first (then the one with most mentions).

    ``distance`` is the greatest transliteration distance between two spellings that were taken for one name.
    """

    spellings: tuple[SpellingOnPages, ...]
    distance: float


def names_on_page(document: Document, facts: Facts, place: PlaceSpan) -> Iterator[NameOnPage]:
    """Yield the full names of a page, each once."""
    del document
    sentences = facts[SENTENCES]
    mentions = [
        mention
        for mention in facts[NAMES].mentions
        if sentences[mention.sentence].language in LANGUAGES_OF_NAMES_ACROSS
    ]
    # One set for all names of the page, own words included, so that a page does not weigh more the more names it has.
    company = frozenset(_company(mentions))
    found: dict[tuple[str, ...], list[NameMention]] = defaultdict(list)
    for mention in mentions:
        words = tuple(map(fold, full_name(mention, sentences)))
        if len(words) == 2 and min(map(len, words)) >= _FEWEST_LETTERS:
            found[words].append(mention)
    for words, standing in found.items():
        first = standing[0]
        yield NameOnPage(
            words,
            sentences[first.sentence].language,
            len(standing),
            place(Span(first.parts[-2].span.start, first.span.end)),
            company,
        )


def full_name(mention: NameMention, sentences: Sequence[Sentence]) -> list[str]:
    """Return the last two words of a name in lower case, or the only one.

    What stands before them is often no part of it: "Secretary of State Peter Marlow", "On Monday Peter Marlow".
    """
    words = [part.spelling for part in mention.parts]
    function = sentence_words(sentences[mention.sentence].language).function
    while len(words) > 1 and (words[0] in _DAYS or words[0] in function or words[0] in _OPENERS):
        del words[0]
    return words[-2:]


def group_names(records: Sequence[NameOnPage]) -> tuple[NameOnPages, ...]:
    """Return the names that stand in more than one spelling, in the order of their first spelling's words."""
    by_words: dict[tuple[str, tuple[str, ...]], list[NameOnPage]] = defaultdict(list)
    for record in records:
        by_words[record.language, record.words].append(record)
    buckets: dict[_Bucket, list[tuple[str, ...]]] = defaultdict(list)
    for language, words in sorted(by_words):
        for bucket in _buckets(language, words):
            buckets[bucket].append(words)
    linked: dict[tuple[str, tuple[str, ...]], dict[tuple[str, ...], float]] = defaultdict(dict)
    for (language, rest, position, _), group in buckets.items():
        for left, right in combinations(group[:BUCKET], 2):
            if two_chinese_names(left[position], right[position], *rest):
                continue
            if stems(left[position], language) & stems(right[position], language):
                continue  # a plural of the other: "National Congress", "National Congresses"
            distance = spelling_distance(left[position], right[position])
            letters = max(len(left[position]), len(right[position]))
            allowed = SHARED_PART_DISTANCE_A_LETTER * letters if letters > _SHORT_NAME else SHORT_NAME_DISTANCE
            if distance > min(SHARED_PART_DISTANCE, allowed) or _silent_e(left[position], right[position]):
                continue
            if _in_one_company(by_words[language, left], by_words[language, right]):
                linked[language, left][right] = distance
                linked[language, right][left] = distance
    return tuple(_clusters(by_words, linked))


def _buckets(language: str, words: tuple[str, ...]) -> Iterator[_Bucket]:
    """Yield where a name meets those that can be its spellings: the language, the other words, a position, what is left of the word there."""
    for position, word in enumerate(words):
        yield language, (*words[:position], *words[position + 1 :]), position, _skeleton(word)


def _clusters(
    by_words: dict[tuple[str, tuple[str, ...]], list[NameOnPage]],
    linked: dict[tuple[str, tuple[str, ...]], dict[tuple[str, ...], float]],
) -> Iterator[NameOnPages]:
    """Yield the connected spellings."""
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for start in sorted(linked):
        if start in seen:
            continue
        language = start[0]
        members, waiting, distance = {start[1]}, [start[1]], 0.0
        while waiting:
            for other, apart in sorted(linked[language, waiting.pop()].items()):
                distance = max(distance, apart)
                if other not in members:
                    members.add(other)
                    waiting.append(other)
        seen.update((language, words) for words in members)
        spellings = [
            SpellingOnPages(words, _shown(by_words[language, words]), tuple(by_words[language, words]))
            for words in sorted(members)
        ]
        spellings.sort(key=lambda each: (-len(each.pages), -sum(page.mentions for page in each.pages), each.words))
        yield NameOnPages(tuple(spellings), distance)


def _shown(pages: Sequence[NameOnPage]) -> str:
    return " ".join(pages[0].at.text.split())


def _company(mentions: Sequence[NameMention]) -> list[int]:
    """Return a number for each name word of a page, the first ones of the page."""
    words: dict[str, int] = {}
    for mention in mentions:
        for part in mention.parts:
            folded = fold(part.spelling)
            if len(folded) >= _FEWEST_LETTERS and folded not in _DAYS and folded not in _OPENERS:
                words.setdefault(folded, _number(folded))
        if len(words) >= MOST_COMPANIONS:
            break
    return list(words.values())


def _number(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def _in_one_company(left: Sequence[NameOnPage], right: Sequence[NameOnPage]) -> bool:
    """Tell whether pages with the two spellings share enough other names."""
    one = frozenset[int]().union(*(page.company for page in left[:BUCKET]))
    other = frozenset[int]().union(*(page.company for page in right[:BUCKET]))
    own = {_number(word) for word in (*left[0].words, *right[0].words)}
    return len((one & other) - own) >= SHARED_COMPANIONS


def _silent_e(left: str, right: str) -> bool:
    """Tell whether only a final "e" parts two words: Green and Greene, Clark and Clarke are different families."""
    return left + "e" == right or right + "e" == left


def _skeleton(word: str) -> str:
    """Return what is left of a word in every transliteration: its consonants by class, doubled ones once."""
    return re.sub(r"(.)\1+", r"\1", word.replace("x", "ks").translate(_CLASSES))


NAMES_ON_PAGES: Gathering[NameOnPage, NameOnPages] = Gathering(
    "names",
    (SENTENCES, NAMES),
    NameOnPage,
    names_on_page,
    group_names,
    Meeting(lambda name: (name.language, name.words), lambda name: _buckets(name.language, name.words)),
)
