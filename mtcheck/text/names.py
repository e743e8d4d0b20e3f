"""The fact NAMES: where names of people and places stand in a page, and which of them are one name in two spellings.

Names are found by shape: runs of words with a capital letter, inside a sentence or at its start where the rest of the page
bears them out. No list of names is needed, so a name that nobody has heard of counts as much as a famous one.

Two spellings become one cluster only where transliteration explains the whole difference
(``mtcheck.text.transliteration``) and the page itself speaks for one bearer: the same other half of the name ("Sergey
Lavrov", "Sergei Lavrov"), a place that is known in both spellings ("Kyiv", "Kiev"), or, in English, a long rare name that
stands alone and never beside different given names. Inflected forms are one spelling.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations, pairwise
from math import inf

from rapidfuzz.distance import Levenshtein

from mtcheck.core.documents import BlockRole, Document
from mtcheck.core.facts import Computed, Fact, Facts
from mtcheck.core.spans import Span
from mtcheck.text.pinyin import two_chinese_names
from mtcheck.text.sentences import SENTENCES, Sentence
from mtcheck.text.transliteration import fold, spelling_distance

LANGUAGES_OF_NAMES = frozenset({"en", "de", "es", "fr", "ru", "uk"})
# Fitted on the development pairs and pages; costs are those of the transliteration table.
SHARED_PART_DISTANCE = 0.65
SHARED_PART_DISTANCE_A_LETTER = 0.1
# Names of up to four letters are near one another by chance.
SHORT_NAME_DISTANCE = 0.33
ALONE_DISTANCE = 0.3
ALONE_LETTERS = 6
# How many different words one bucket compares with one another: bounds the work on hostile text.
BUCKET = 48
# Where names are declined, two places of one name seldom share an ending, so that stems are compared.
_DECLINING = frozenset({"ru", "uk"})

_FORMER = ("ex-", "экс-", "екс-")
_SOFT_STEM_ENDS = frozenset("иеьуаяю")

_WORD = re.compile(r"[^\W\d_]+(?:[-'’ʼ][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’ʼ]s?\Z")
_JOINT = re.compile("[-'’ʼ]")
# Arabic articles that Latin and Cyrillic spellings of names keep in small letters.
_JOINED_ARTICLES = ("al-", "el-", "аль-", "эль-")
_GAP_IN_NAME = frozenset({" ", "\u00a0"})
_GAP_AFTER_INITIAL = frozenset({".", ". ", ".\u00a0", " "})


@dataclass(frozen=True, slots=True)
class NamePart:
    """One word of a name: its span without a possessive ending, and its spelling in lower case."""

    span: Span
    spelling: str


@dataclass(frozen=True, slots=True)
class NameMention:
    """One name where it stands: its span, its words (roles and titles left out), the index of its sentence.

    ``normalized`` is the name in lower case without marks, its words separated by spaces.
    """

    span: Span
    parts: tuple[NamePart, ...]
    sentence: int
    normalized: str


@dataclass(frozen=True, slots=True)
class NameSpelling:
    """One spelling of a word of a name, with every place where it stands for that bearer, in order."""

    text: str
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class NameCluster:
    """The spellings of one word of one name, the most frequent first (the earlier one where they are level).

    ``basis`` is ``shared-part`` (the rest of the name is the same: ``shared``), ``known-place`` or ``alone``; ``distance``
    is the greatest transliteration distance from the first spelling.
    """

    spellings: tuple[NameSpelling, ...]
    basis: str
    shared: str
    distance: float


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one page, in order, and the clusters of those that are spelt in more than one way."""

    mentions: tuple[NameMention, ...]
    clusters: tuple[NameCluster, ...]


NAMES: Fact[Names] = Fact("names")


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """What a language says about the words around and in names."""

    roles: frozenset[str]
    particles: frozenset[str]
    endings: tuple[str, ...]
    adjectival: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two spellings held to be one name, and why."""

    left: str
    right: str
    basis: str
    shared: str
    distance: float


def names_of(document: Document, facts: Facts) -> Names:
    """Return the names of the main text in the languages that the rules cover."""
    sentences = facts[SENTENCES]
    mentions = tuple(_mentions(document, sentences))
    lowercase = _lowercase_words(document, sentences)
    language = Counter(sentences[mention.sentence].language for mention in mentions).most_common(1)
    if not language:
        return Names((), ())
    pairs = _related_spellings(mentions, lowercase, language[0][0])
    return Names(mentions, tuple(_clusters(document, mentions, pairs, language[0][0])))


def stems(spelling: str, language: str) -> frozenset[str]:
    """Return the spelling and what is left of it when an ending that inflection could have added is taken off."""
    lexicon = _lexicon(language)
    found = {spelling}
    for ending in (*lexicon.endings, *lexicon.adjectival):
        stem = spelling[: len(spelling) - len(ending)]
        if len(stem) < 3 or not spelling.endswith(ending):
            continue
        # "Марией" ends in a case ending, "Сергей" does not.
        if ending != "ей" or stem[-1] in _SOFT_STEM_ENDS:
            found.add(stem)
    return frozenset(found)


def _mentions(document: Document, sentences: Sequence[Sentence]) -> Iterator[NameMention]:
    """Yield the runs of capitalised words; a lone word at the start of a sentence only where it also stands inside one."""
    runs: list[tuple[int, bool, list[NamePart]]] = []
    for index, sentence in enumerate(sentences):
        if sentence.language in LANGUAGES_OF_NAMES and document.blocks[sentence.block].role is BlockRole.MAIN:
            runs.extend((index, first, run) for first, run in _runs(document.text, sentence))
    inside = {part.spelling for _, first, run in runs for part in (run[1:] if first else run)}
    for index, first, run in runs:
        if first and run[0].spelling not in inside and len(run) == 1:
            continue
        normalized = " ".join(fold(part.spelling) for part in run)
        yield NameMention(Span(run[0].span.start, run[-1].span.end), tuple(run), index, normalized)


def _runs(text: str, sentence: Sentence) -> Iterator[tuple[bool, list[NamePart]]]:
    """Yield each run of name words of a sentence, and whether it starts with the sentence's first word."""
    lexicon = _lexicon(sentence.language)
    run: list[NamePart] = []
    starts_sentence = False
    previous_end = sentence.span.start
    after_initial = False
    for position, match in enumerate(_WORD.finditer(text, sentence.span.start, sentence.span.end)):
        gap = text[previous_end : match.start()]
        previous_end = match.end()
        if run and gap not in (_GAP_AFTER_INITIAL if after_initial else _GAP_IN_NAME):
            yield starts_sentence, run
            run = []
        whole = match[0]
        after_initial = len(whole) == 1 and whole.isupper()
        if after_initial or (run and whole in lexicon.particles):
            continue
        if whole[0].isupper() or whole.startswith(_JOINED_ARTICLES):
            word = _POSSESSIVE.sub("", whole)
            lowered = word.casefold()
            copied = text.startswith(" [sic]", match.end())
            if _is_name_word(word) and lowered not in lexicon.roles and not copied:
                if not run:
                    starts_sentence = position == 0
                run.append(NamePart(Span(match.start(), match.start() + len(word)), lowered))
                if len(word) == len(whole):
                    continue
        if run:
            yield starts_sentence, run
            run = []
    if run:
        yield starts_sentence, run


def _is_name_word(word: str) -> bool:
    """Tell whether a capitalised word goes on as names do, in small letters; "al-Sisi" and "O'Neill" count."""
    if word.isalpha():
        return not word.isupper()
    pieces = _JOINT.split(word)
    if len(pieces[-1]) == 1:
        return False  # "Mexico-U.S. border": an abbreviation begins here
    capital = next((piece for piece in pieces if piece[:1].isupper()), "")
    return bool(capital) and any(character.islower() for character in capital + pieces[-1])


def _lowercase_words(document: Document, sentences: Sequence[Sentence]) -> frozenset[str]:
    """Return the words that the page also writes with a small letter: they are not names."""
    found: set[str] = set()
    for sentence in sentences:
        words = _WORD.findall(document.text, sentence.span.start, sentence.span.end)
        found.update(word for word in words if word[0].islower())
    return frozenset(found)


def _related_spellings(mentions: Sequence[NameMention], lowercase: frozenset[str], language: str) -> list[_Pair]:
    """Return the pairs of spellings that are one name."""
    spellings: dict[str, set[int]] = defaultdict(set)
    before: dict[str, set[str]] = defaultdict(set)
    after: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        words = [part.spelling for part in mention.parts]
        for word in words:
            spellings[word].add(mention.sentence)
        for left, right in pairwise(words):
            before[right].add(left)
            after[left].add(right)
    kept = {word for word in spellings if word not in lowercase and len(fold(word)) >= 3}
    pairs: dict[tuple[str, str], _Pair] = {}
    for pair in (
        *_pairs_with_shared_part(kept, before, language),
        *_pairs_with_shared_part(kept, after, language),
        *_known_places(kept, before, after),
        *_pairs_alone(kept, before, after, language),
    ):
        # Both spellings in one sentence: two people, or a page that explains the spelling itself.
        if not spellings[pair.left] & spellings[pair.right]:
            pairs.setdefault((pair.left, pair.right), pair)
    return list(pairs.values())


def _pairs_with_shared_part(kept: set[str], neighbors: Mapping[str, set[str]], language: str) -> Iterator[_Pair]:
    """Yield pairs that stand beside the same other word of a name."""
    beside: dict[str, set[str]] = defaultdict(set)
    for word, others in neighbors.items():
        if word in kept:
            for other in others:
                for stem in stems(other, language):
                    if len(stem) >= 3:
                        beside[stem].add(word)
    for shared, words in sorted(beside.items()):
        for left, right in combinations(sorted(words)[:BUCKET], 2):
            if two_chinese_names(fold(left), fold(right), fold(shared)):
                continue
            distance = _distance(left, right, language)
            letters = max(len(fold(left)), len(fold(right)))
            allowed = SHARED_PART_DISTANCE_A_LETTER * letters if letters > 4 else SHORT_NAME_DISTANCE
            if distance <= min(SHARED_PART_DISTANCE, allowed):
                yield _Pair(left, right, "shared-part", shared, distance)


def _known_places(kept: set[str], before: Mapping[str, set[str]], after: Mapping[str, set[str]]) -> Iterator[_Pair]:
    """Yield pairs of a group of known spellings; a word inside a longer name may be the fixed name of something else."""
    groups: dict[int, list[str]] = defaultdict(list)
    for word in sorted(kept):
        if word in _known_variants() and not before.get(word) and not after.get(word):
            groups[_known_variants()[word]].append(word)
    for words in groups.values():
        for left, right in combinations(words, 2):
            yield _Pair(left, right, "known-place", "", 0.0)


def _pairs_alone(
    kept: set[str], before: Mapping[str, set[str]], after: Mapping[str, set[str]], language: str
) -> Iterator[_Pair]:
    """Yield pairs of long names that stand alone, where nothing tells their bearers apart."""
    if language != "en":
        return
    buckets: dict[str, list[str]] = defaultdict(list)
    for word in sorted(kept):
        folded = fold(word)
        # A word that others follow is a given name, and a given name has many bearers.
        if len(folded) >= ALONE_LETTERS and not after.get(word):
            buckets[folded[0]].append(word)
    for words in buckets.values():
        for left, right in combinations(words[:BUCKET], 2):
            if before.get(left) and before.get(right):
                continue
            if (distance := _distance(left, right, language)) <= ALONE_DISTANCE:
                yield _Pair(left, right, "alone", "", distance)


def _distance(left: str, right: str, language: str) -> float:
    """Return the spelling distance of two words, infinite for two inflected forms of one spelling."""
    if abs(len(left) - len(right)) > 3 or Levenshtein.distance(left, right, score_cutoff=4) > 4:
        return inf
    if _without_prefix(left) == _without_prefix(right):
        # "Freund", "Ex-Freund": somebody else, or the same person later.
        return inf
    if left.replace("-", "") == right.replace("-", ""):
        # A hyphen more or less is a habit of writing compounds, not another spelling of a name.
        return inf
    if fold(left) == fold(right):
        return 0.0
    left_stems = {fold(stem) for stem in stems(left, language)}
    right_stems = {fold(stem) for stem in stems(right, language)}
    if left_stems & right_stems:
        return inf
    if language not in _DECLINING:
        return spelling_distance(left, right)
    return min(spelling_distance(one, other) for one in sorted(left_stems) for other in sorted(right_stems))


def _without_prefix(spelling: str) -> str:
    return spelling.partition("-")[2] if spelling.startswith(_FORMER) else spelling


def _clusters(
    document: Document, mentions: Sequence[NameMention], pairs: Sequence[_Pair], language: str
) -> Iterator[NameCluster]:
    """Yield the connected groups of spellings with their places, in the order of their first place.

    Inflected forms of the most frequent spelling are that spelling; they come into a group through a third one.
    """
    neighbors: dict[str, list[_Pair]] = defaultdict(list)
    for pair in pairs:
        neighbors[pair.left].append(pair)
        neighbors[pair.right].append(pair)
    places: dict[str, list[Span]] = defaultdict(list)
    for mention in mentions:
        for part in mention.parts:
            if part.spelling in neighbors:
                places[part.spelling].append(part.span)
    seen: set[str] = set()
    for spelling in sorted(places, key=lambda word: places[word][0]):
        if spelling in seen:
            continue
        members, waiting = {spelling}, [spelling]
        while waiting:
            for pair in neighbors[waiting.pop()]:
                fresh = {pair.left, pair.right} - members
                members |= fresh
                waiting.extend(sorted(fresh))
        seen |= members
        ordered = sorted(members, key=lambda word: (-len(places[word]), places[word][0]))
        inner = [pair for word in ordered for pair in neighbors[word]]
        usual = stems(ordered[0], language)
        forms = [word for word in ordered if fold(word) != fold(ordered[0]) and stems(word, language) & usual]
        others = [word for word in ordered[1:] if word not in forms]
        if not others:
            continue
        same = sorted(place for word in (ordered[0], *forms) for place in places[word])
        yield NameCluster(
            (
                NameSpelling(places[ordered[0]][0].of(document.text), tuple(same)),
                *(NameSpelling(places[word][0].of(document.text), tuple(places[word])) for word in others),
            ),
            inner[0].basis,
            inner[0].shared,
            max(pair.distance for pair in inner),
        )


@cache
def _lexicon(language: str) -> _Lexicon:
    """Read the words around names of a language; empty for a language that has none."""
    words: dict[str, tuple[str, ...]] = {}
    for row in (files("mtcheck.text") / "data" / "name_words.tsv").read_text("utf-8").splitlines():
        if row.startswith(f"{language}\t"):
            _, kind, listed = row.split("\t")
            words[kind] = tuple(listed.split())
    return _Lexicon(
        frozenset(words.get("role", ())),
        frozenset(words.get("particle", ())),
        words.get("ending", ()),
        words.get("adjectival", ()),
    )


@cache
def _known_variants() -> Mapping[str, int]:
    """Read the known spellings of places: spelling to group number."""
    rows = (files("mtcheck.text") / "data" / "name_variants.tsv").read_text("utf-8").splitlines()
    groups = [row.split("\t")[1].split() for row in rows if row and not row.startswith("#")]
    return {spelling: number for number, group in enumerate(groups) for spelling in group if "_" not in spelling}


PROVIDER = Computed(NAMES, (SENTENCES,), names_of, version=4)
