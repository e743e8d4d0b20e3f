"""One thing called by two terms on a page: words of one group with the same words around them.

A translator keeps to a term; an engine chooses anew in every sentence. Which words an engine chooses between is data
(``data/term_groups.tsv``): each group holds the words that stand for one word of the source. Three patterns are compared:
a modifier with its noun ("security guarantees", "guarantees of security"), names of several words that differ in words of
one group each ("Administration for Market Regulation", "Administration of Market Supervision"), and a ministry that is
called by its field alone ("Foreign Affairs says") where the page else calls it a ministry.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations

from mtcheck.core.documents import BlockRole, Document
from mtcheck.core.spans import Span
from mtcheck.text.opposites import plain_form
from mtcheck.text.restatements import sentence_words
from mtcheck.text.sentences import Sentence
from mtcheck.text.speech import SPEECH_VERBS

LANGUAGE = "en"
MOST_NAMES = 200
"""Different names of a page that are compared with one another."""

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_NAME = re.compile(
    r"""
    [A-Z][\w’'-]*                                                      # the first word of a name
    (?:\ (?:(?:of|for|and|on)\ (?:the\ )?)?[A-Z][\w’'-]*){1,9}        # and those that follow, joined by small words
    """,
    re.VERBOSE,
)
_CONNECTIVES = frozenset({"of", "for", "and", "on", "the"})
# Words that a short form of a name leaves out.
_OPTIONAL = frozenset({"municipal", "national", "state", "central", "general", "people's", "people’s", "the"})
_FIELD = re.compile(r"(?<![\w’'-])(?:Foreign Affairs|Foreign Relations|External Affairs)\b(?![’'\w-])")
_MINISTRY = re.compile(
    r"\b(?:(?:Foreign|External)(?: Affairs| Relations)? Ministry|Ministry of (?:Foreign|External) (?:Affairs|Relations))\b"
)
_INSTITUTION = re.compile(
    r"\A\s(?:Ministry|Minister|Committee|Council|Department|Secretary|Spokes\w+|Commission|magazine|Magazine|[A-Z])"
)


@dataclass(frozen=True, slots=True)
class TermUse:
    """One form of a term with the places where it stands, in order."""

    text: str
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class TermPair:
    """Two terms for one thing, the more frequent one first (the earlier one where they are level).

    ``kind`` is ``term``, ``name``, ``first`` or ``field``; ``shared`` are the words that both have, ``words`` those that differ.
    """

    kind: str
    usual: TermUse
    other: TermUse
    shared: str
    words: tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Group:
    """Words of one group, and how many other words two names must share."""

    number: int
    shared: int


@dataclass(frozen=True, slots=True)
class _Name:
    """A name: its content words in order, in lower case and singular."""

    words: tuple[str, ...]


def inconsistent_terms(document: Document, sentences: Sequence[Sentence]) -> list[TermPair]:
    """Return the pairs of terms of the English main text, in the order of the first place of the rarer one."""
    english = [
        sentence
        for sentence in sentences
        if sentence.language == LANGUAGE and document.blocks[sentence.block].role is BlockRole.MAIN
    ]
    found = [*_nouns(document.text, english), *_names(document.text, english), *_fields(document.text, english)]
    return sorted(found, key=lambda pair: (pair.other.places[0], pair.usual.places[0]))


def _nouns(text: str, sentences: Sequence[Sentence]) -> Iterator[TermPair]:
    """Yield nouns of one group after the same modifier, and words of one group before the same noun."""
    uses: dict[tuple[str, str, int], dict[str, list[tuple[int, Span]]]] = defaultdict(lambda: defaultdict(list))
    for number, sentence in enumerate(sentences):
        words = list(_WORD.finditer(text, sentence.span.start, sentence.span.end))
        for place in range(len(words) - 1):
            left, right = words[place], words[place + 1]
            one, other = _singular(left[0]), _singular(right[0])
            between = text[left.end() : right.start()]
            if between != " ":
                continue
            span = Span(left.start(), right.end())
            if (group := _groups("term").get(other)) is not None and _is_content(one):
                uses["term", one, group.number][other].append((number, span))
            if (group := _groups("first").get(one)) is not None and _is_content(other):
                uses["first", other, group.number][one].append((number, span))
        for place in range(len(words) - 2):
            # "Guarantees of security" is "security guarantees".
            head, of, modifier = words[place : place + 3]
            group = _groups("term").get(_singular(head[0]))
            if group is not None and of[0] == "of" and _is_content(_singular(modifier[0])):
                key = ("term", _singular(modifier[0]), group.number)
                uses[key][_singular(head[0])].append((number, Span(head.start(), modifier.end())))
    for (kind, shared, _), forms in uses.items():
        yield from _pairs(text, kind, shared, forms)


def _pairs(text: str, kind: str, shared: str, forms: Mapping[str, Sequence[tuple[int, Span]]]) -> Iterator[TermPair]:
    """Yield each rarer form with the usual one, unless one sentence has both and so tells them apart."""
    ordered = sorted(forms, key=lambda form: (-len(forms[form]), forms[form][0][1]))
    for other in ordered[1:]:
        usual = ordered[0]
        if {number for number, _ in forms[usual]} & {number for number, _ in forms[other]}:
            continue
        yield TermPair(kind, _use(text, forms[usual]), _use(text, forms[other]), shared, (usual, other))


def _use(text: str, places: Sequence[tuple[int, Span]]) -> TermUse:
    spans = tuple(span for _, span in places)
    return TermUse(" ".join(spans[0].of(text).split()), spans)


def _names(text: str, sentences: Sequence[Sentence]) -> Iterator[TermPair]:
    """Yield names of several words that differ in words of one group each."""
    places: dict[_Name, list[tuple[int, Span]]] = defaultdict(list)
    for number, sentence in enumerate(sentences):
        for match in _NAME.finditer(text, sentence.span.start, sentence.span.end):
            words = [_singular(word[0]) for word in _WORD.finditer(match[0])]
            content = tuple(word for word in words if word not in _CONNECTIVES)
            if any(word in _groups("name") for word in content) and len(places) < MOST_NAMES:
                places[_Name(content)].append((number, Span(match.start(), match.end())))
    ordered = sorted(places, key=lambda name: (-len(places[name]), places[name][0][1]))
    seen: set[_Name] = set()
    for usual, other in combinations(ordered, 2):
        swapped = _swapped(usual, other)
        if swapped is None or other in seen:
            continue
        if {number for number, _ in places[usual]} & {number for number, _ in places[other]}:
            continue
        seen.add(other)
        shared = " ".join(word for word in usual.words if word in other.words)
        yield TermPair("name", _use(text, places[usual]), _use(text, places[other]), shared, swapped)


def _swapped(left: _Name, right: _Name) -> tuple[str, str] | None:
    """Return the words that differ where each has a counterpart of its group in the other name, and enough is shared."""
    one = [word for word in left.words if word not in right.words and word not in _OPTIONAL]
    other = [word for word in right.words if word not in left.words and word not in _OPTIONAL]
    shared = {word for word in left.words if word in right.words and word not in _OPTIONAL}
    if not one or len(one) != len(other) or len(one) > 2:
        return None
    groups = _groups("name")
    for word, counterpart in zip(one, other, strict=True):
        here, there = groups.get(word), groups.get(counterpart)
        if here is None or there is None or here.number != there.number or len(shared) < here.shared:
            return None
    return " ".join(one), " ".join(other)


def _fields(text: str, sentences: Sequence[Sentence]) -> Iterator[TermPair]:
    """Yield a ministry that speaks under the name of its field, where the page also calls it a ministry."""
    alone: list[tuple[int, Span]] = []
    whole: list[tuple[int, Span]] = []
    verbs = SPEECH_VERBS[LANGUAGE]
    for number, sentence in enumerate(sentences):
        whole.extend(
            (number, Span(*match.span())) for match in _MINISTRY.finditer(text, sentence.span.start, sentence.span.end)
        )
        for match in _FIELD.finditer(text, sentence.span.start, sentence.span.end):
            after = text[match.end() : match.end() + 30]
            before = text[max(sentence.span.start, match.start() - 30) : match.start()].rstrip()
            following, preceding = _WORD.search(after), _WORD.findall(before)
            if before and before[-1].isalnum():
                speaks = bool(preceding) and preceding[-1] in verbs
            else:
                speaks = following is not None and following.start() == 1 and following[0] in verbs
            if speaks and not _INSTITUTION.match(after):
                alone.append((number, Span(*match.span())))
    if alone and whole:
        usual, other = _use(text, whole), _use(text, alone)
        yield TermPair("field", usual, other, "", (usual.text, other.text))


def _is_content(word: str) -> bool:
    words = sentence_words(LANGUAGE)
    return len(word) > 2 and word not in words.function and word not in words.negator


def _singular(word: str) -> str:
    """Return a word in lower case without the ending of a plural."""
    form = plain_form(word, LANGUAGE)
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    return form[:-1] if form.endswith("s") and not form.endswith(("ss", "us", "is")) and len(form) > 3 else form


@cache
def _groups(kind: str) -> Mapping[str, _Group]:
    """Read the words of one kind of group."""
    found: dict[str, _Group] = {}
    for number, row in enumerate((files("mtcheck.text") / "data" / "term_groups.tsv").read_text("utf-8").splitlines()):
        if row and not row.startswith("#"):
            row_kind, shared, words = row.split("\t")
            if row_kind == kind:
                for word in words.split():
                    found.setdefault(word, _Group(number, int(shared)))
    return found
