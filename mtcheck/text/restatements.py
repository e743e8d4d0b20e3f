"""The fact RESTATEMENTS: sentences of a page that say the same thing again, with what they share and what differs.

A page says its news several times: in the headline, the summary, the lead, the first sentences. Two sentences restate
each other where their content words, weighted by how rare they are on this page, cover most of the shorter sentence and
a good part of the longer one. What is left over on both sides is where a contradiction would stand.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations, islice
from math import log

from rapidfuzz.distance import Levenshtein

from mtcheck.core.documents import BlockKind, BlockRole, Document
from mtcheck.core.facts import Computed, Fact, Facts
from mtcheck.core.spans import Span
from mtcheck.text.opposites import plain_form, poles, without_joined_words
from mtcheck.text.sentences import SENTENCES, Sentence
from mtcheck.text.transliteration import spelling_distance

LANGUAGES_OF_RESTATEMENTS = frozenset({"en", "de", "es", "fr", "ru", "uk", "ar"})
# The share of weight that must be common for two sentences to be listed at all; checks may ask for more.
SHORTER_COVERED = 0.45
LONGER_COVERED = 0.15
# How many sentences from the start of the main text take part beside headline, summary and lead.
OPENING_SENTENCES = 10
FEWEST_CONTENT_WORDS = 4
FEWEST_SHARED_STEMS = 2
# Bounds on the search for restatements anywhere in a page: sentences looked at, sentences a word may stand in, pairs.
SENTENCES_INDEXED = 2000
RARE_WORD_SENTENCES = 6
RARE_WORDS_SHARED = 4
PAIRS = 300
WORDS_A_SENTENCE = 120

DATELINE_WORDS = 6

# What two forms need to count as one name: letters, edits at most, and the cost of transliteration at most.
NAME_LETTERS = 4
NAME_EDITS = 3
NAME_DISTANCE = 0.6

_WORD = re.compile(r"[^\W_]+(?:[-'’ʼ.,][^\W_]+)*")
# A place and an agency before the first words of the news: "Moscow, SANA- ", "VAREN (AP) — ".
_DATELINE = re.compile(r"[^\n.!?:]{2,40}?(?:\s?[-–—]{1,2}\s|[-–—]\s)")
_STEM_LETTERS = 5
_OPENING_KINDS = frozenset({BlockKind.HEADLINE, BlockKind.SUMMARY, BlockKind.LEAD})
_SPEAKING_KINDS = _OPENING_KINDS | {BlockKind.PARAGRAPH, BlockKind.QUOTATION, BlockKind.LIST_ITEM}


@dataclass(frozen=True, slots=True)
class ContentWord:
    """A word that carries content: its span in the document, its plain form and stem, its place among all words.

    ``name`` tells that the page writes it with a capital letter inside sentences, ``opposable`` that it has an opposite.
    """

    span: Span
    form: str
    stem: str
    position: int
    name: bool
    opposable: bool


@dataclass(frozen=True, slots=True)
class WordPair:
    """A content word of each sentence that are the same but for inflection."""

    left: ContentWord
    right: ContentWord


@dataclass(frozen=True, slots=True)
class Restatement:
    """Two sentences that say much the same, the earlier one on the left.

    ``left`` and ``right`` are indexes into SENTENCES. ``left_covered`` and ``right_covered`` are the shares of weight (0
    to 1) that the shared words have in each. Words with an opposite that stand on one side only have no weight: whether
    they fit is what checks ask.
    """

    left: int
    right: int
    shared: tuple[WordPair, ...]
    left_only: tuple[ContentWord, ...]
    right_only: tuple[ContentWord, ...]
    left_covered: float
    right_covered: float

    @property
    def strength(self) -> float:
        """The smaller of the two coverages' geometric mean and the better coverage, for ranking (0 to 1)."""
        return float((self.left_covered * self.right_covered) ** 0.5)


RESTATEMENTS: Fact[tuple[Restatement, ...]] = Fact("restatements")


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """The small words of a language, by what they do in a sentence."""

    function: frozenset[str]
    negator: frozenset[str]
    contrast: frozenset[str]
    article: frozenset[str]
    linking: frozenset[str]
    sequence: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Content:
    """A sentence with its content words and the weight of each."""

    index: int
    language: str
    words: tuple[ContentWord, ...]
    stems: frozenset[str]


def restatements_of(document: Document, facts: Facts) -> tuple[Restatement, ...]:
    """Return the restatements of the main text, in the order of their sentences."""
    sentences = facts[SENTENCES]
    names = _names_inside_sentences(document, sentences)
    contents = {
        index: content
        for index, sentence in enumerate(sentences[:SENTENCES_INDEXED])
        if _speaks(document, sentence)
        and len((content := _content(document, index, sentence, names)).words) >= FEWEST_CONTENT_WORDS
    }
    frequency = Counter(stem for content in contents.values() for stem in content.stems)
    found = []
    for left, right in sorted(_candidates(document, sentences, contents, frequency)):
        if contents[left].language == contents[right].language:
            restatement = _align(contents[left], contents[right], frequency, len(contents))
            if restatement is not None:
                found.append(restatement)
    return tuple(found)


@cache
def sentence_words(language: str) -> SentenceWords:
    """Return the small words of a language; none for a language without a table."""
    kinds: dict[str, frozenset[str]] = {}
    for row in (files("mtcheck.text") / "data" / "sentence_words.tsv").read_text("utf-8").splitlines():
        if row.startswith(f"{language}\t"):
            _, kind, listed = row.split("\t")
            kinds[kind] = frozenset(plain_form(word, language) for word in listed.split())
    nothing: frozenset[str] = frozenset()
    return SentenceWords(
        *(kinds.get(kind, nothing) for kind in ("function", "negator", "contrast", "article", "linking", "sequence"))
    )


def raw_words(text: str, span: Span) -> list[Span]:
    """Return the spans of all words in a stretch of text, function words included."""
    return [Span(match.start(), match.end()) for match in _WORD.finditer(text, span.start, span.end)]


def _speaks(document: Document, sentence: Sentence) -> bool:
    """Tell whether a sentence is a part of what the page says, in a language that the tables cover."""
    block = document.blocks[sentence.block]
    return (
        block.role is BlockRole.MAIN
        and block.kind in _SPEAKING_KINDS
        and sentence.language in LANGUAGES_OF_RESTATEMENTS
    )


def _names_inside_sentences(document: Document, sentences: Sequence[Sentence]) -> frozenset[str]:
    """Return the plain forms that stand with a capital letter inside a sentence which is not in title case."""
    found: set[str] = set()
    for sentence in sentences[:SENTENCES_INDEXED]:
        words = _WORD.findall(document.text, sentence.span.start, sentence.span.end)
        capitals = [word for word in words[1:] if word[0].isupper()]
        if len(capitals) * 2 <= len(words):
            found.update(plain_form(word, sentence.language) for word in capitals)
    return frozenset(found)


def _content(document: Document, index: int, sentence: Sentence, names: frozenset[str]) -> _Content:
    """Return the content words of a sentence, its dateline left out."""
    small = sentence_words(sentence.language)
    start = _after_dateline(document.text, sentence.span)
    words = []
    matches = islice(_WORD.finditer(document.text, start, sentence.span.end), WORDS_A_SENTENCE)
    for position, match in enumerate(matches):
        form = plain_form(match[0], sentence.language)
        if form in small.function or form in small.negator or (len(form) == 1 and not form.isdigit()):
            continue
        span, stem = Span(match.start(), match.end()), _stem(form, sentence.language)
        opposable = bool(poles(form, sentence.language))
        words.append(ContentWord(span, form, stem, position, form in names, opposable))
    return _Content(index, sentence.language, tuple(words), frozenset(word.stem for word in words))


def _after_dateline(text: str, sentence: Span) -> int:
    """Return where a sentence begins after its dateline: capitalised words (few, where the script has none) and a dash."""
    dateline = _DATELINE.match(text, sentence.start, sentence.end)
    if dateline is None:
        return sentence.start
    words = _WORD.findall(dateline[0])
    if len(words) > DATELINE_WORDS or any(word[0].islower() for word in words):
        return sentence.start
    return dateline.end()


def _stem(form: str, language: str) -> str:
    """Return the first letters of a word, which inflection leaves alone: a rough stem that errs towards "the same"."""
    if language == "ar":
        form = min(without_joined_words(form), key=len)
        return form[:4]
    if form.endswith(("'s", "'")):
        form = form.rstrip("s").rstrip("'")
    if not form.isalpha() and any(character.isdigit() for character in form):
        return form
    return form[:_STEM_LETTERS] if len(form) > _STEM_LETTERS else form.removesuffix("s") if len(form) > 3 else form


def _candidates(
    document: Document,
    sentences: Sequence[Sentence],
    contents: dict[int, _Content],
    frequency: Counter[str],
) -> set[tuple[int, int]]:
    """Return the pairs of sentences to align: those of the opening, and any two that share several rare words."""
    opening = [i for i in contents if document.blocks[sentences[i].block].kind in _OPENING_KINDS][:OPENING_SENTENCES]
    opening += [i for i in list(contents)[:OPENING_SENTENCES] if i not in opening]
    pairs = set(combinations(sorted(opening), 2))
    holders: dict[str, list[int]] = defaultdict(list)
    for index, content in contents.items():
        for stem in sorted(content.stems):
            if 2 <= frequency[stem] <= RARE_WORD_SENTENCES:
                holders[stem].append(index)
    together: Counter[tuple[int, int]] = Counter()
    for indexes in holders.values():
        together.update(combinations(indexes, 2))
    frequent = sorted((-count, pair) for pair, count in together.items() if count >= RARE_WORDS_SHARED)
    pairs.update(pair for _, pair in frequent[:PAIRS])
    return pairs


def _align(left: _Content, right: _Content, frequency: Counter[str], sentences: int) -> Restatement | None:
    """Pair the words of two sentences; ``None`` where they share too little."""
    if len(left.stems & right.stems) < FEWEST_SHARED_STEMS:
        return None
    places: dict[str, list[ContentWord]] = defaultdict(list)
    for word in reversed(right.words):
        places[word.stem].append(word)
    shared: list[WordPair] = []
    left_only: list[ContentWord] = []
    for word in left.words:
        if places.get(word.stem):
            shared.append(WordPair(word, places[word.stem].pop()))
        else:
            left_only.append(word)
    right_only = sorted((word for rest in places.values() for word in rest), key=lambda word: word.position)
    left_only, right_only = _pair_spellings(shared, left_only, right_only)

    def weight(words: Sequence[ContentWord]) -> float:
        return sum(log((sentences + 1) / max(frequency[word.stem], 2)) + 1.0 for word in words)

    def neutral(words: Sequence[ContentWord]) -> list[ContentWord]:
        return [word for word in words if not word.opposable]

    common = weight([pair.left for pair in shared])
    left_covered = common / max(common + weight(neutral(left_only)), 1e-9)
    right_covered = common / max(common + weight(neutral(right_only)), 1e-9)
    if max(left_covered, right_covered) < SHORTER_COVERED or min(left_covered, right_covered) < LONGER_COVERED:
        return None
    return Restatement(
        left.index,
        right.index,
        tuple(sorted(shared, key=lambda pair: pair.left.position)),
        tuple(left_only),
        tuple(right_only),
        left_covered,
        right_covered,
    )


def _pair_spellings(
    shared: list[WordPair], left_only: list[ContentWord], right_only: list[ContentWord]
) -> tuple[list[ContentWord], list[ContentWord]]:
    """Move names that differ only by transliteration to the shared words; return what is left on each side."""
    for word in [word for word in left_only if word.name]:
        for other in right_only:
            if other.name and _one_name(word.form, other.form):
                shared.append(WordPair(word, other))
                left_only.remove(word)
                right_only.remove(other)
                break
    return left_only, right_only


def _one_name(form: str, other: str) -> bool:
    """Tell whether two different forms can be one name; most pairs are ruled out by a cheap count of edits."""
    if (
        min(len(form), len(other)) < NAME_LETTERS
        or Levenshtein.distance(form, other, score_cutoff=NAME_EDITS) > NAME_EDITS
    ):
        return False
    return spelling_distance(form, other) <= NAME_DISTANCE


PROVIDER = Computed(RESTATEMENTS, (SENTENCES,), restatements_of, version=2)
