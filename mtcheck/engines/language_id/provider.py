"""The fact LANGUAGES: the page's language first, from its long blocks, then every block in the light of it.

One pass over a short block alone would be wrong too often ("Update", "Chats" and "loader" are words of many languages), so
a block is taken for foreign only against the odds that the page sets: a script in which the page's language is not written, or
strong evidence from words that are no names. The declared language is only a nudge; pages often declare the wrong one.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from mtcheck.core.documents import Block, BlockKind, BlockRole, Document
from mtcheck.core.facts import Fact, FactRequest, Outcome
from mtcheck.core.languages import LANGUAGES, UNDETERMINED, Guess, Languages, LanguageShare, LanguageSpan
from mtcheck.core.spans import Span
from mtcheck.engines.language_id.calibration import ABSTAIN_BELOW
from mtcheck.engines.language_id.candidates import LANGUAGES_OF_SCRIPT, commonness, expected
from mtcheck.engines.language_id.exclusions import without_addresses
from mtcheck.engines.language_id.identifier import Identifier, Piece, Weighed, best, pieces_of
from mtcheck.engines.language_id.reasons import (
    foreign_stretches,
    is_language_name,
    reason_inside,
    reason_of_block,
    without_introduction,
)
from mtcheck.engines.language_id.stretches import Segmented, StretchFinder
from mtcheck.text.scripts import LATIN, script_runs

VERSION = 2

LONG_BLOCK = 40
"""Letters from which a block has a say in what the page's language is."""

# Weights of languages before a block is read, where ``commonness`` gives a main language 1: the one that the page declares, the
# page's own, and those that its other blocks are in.
_DECLARED = 2.0
_PAGE = 30.0
_PRESENT = 10.0

# What it takes to call a block foreign in a script that the page's language is (or could be) written in: the probability on
# the whole block, that on its lower-case words alone (names are capitalized and prove nothing), and how many of those.
_STRONG = 0.98
_STRONG_WITHOUT_NAMES = 0.9
_STRONG_INSIDE = 0.95
_TELLING_LETTERS, _TELLING_WORDS = 4, 2  # "Casa de las Gaviotas" has small words too, but only short ones
_STRONG_LETTERS = 14
_STRONG_WORDS = 3
_LABEL_WORDS, _LABEL_LETTERS, _LABEL_LETTERS_AT_HOME = 2, 8, 10
_POOLED_CHARACTERS = 4000
_OWN_PART = 8
"""A block with Latin words is in the page's own script where that makes up one part of so many."""

_LOWER_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_OWN_VOICE = frozenset({BlockKind.COMMENT, BlockKind.CODE})
"""Kinds that say nothing about the page's language: other people's words and no words at all."""


@dataclass(slots=True)
class _Read:
    """One block under examination: its text without addresses, and the evidence of each script in it."""

    block: Block
    text: str
    pieces: list[Piece]
    weighed: list[Weighed] = field(default_factory=list)
    segmented: Segmented | None = None

    @property
    def weight(self) -> int:
        return sum(piece.weight for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A page with its language, the weights of languages by script, and a guess for each block."""

    language: str
    blocks: list[_Read]
    priors: dict[str, dict[str, float]]
    guesses: list[Guess]


class LanguagesProvider:
    """Provides LANGUAGES for documents, all their blocks weighed in one batch."""

    def __init__(self, identifier: Identifier | None = None, candidates: Sequence[str] = ()) -> None:
        """Take the identifier and the languages that are expected; none named: all are alike.

        The default identifier reads its models at its first use. What is expected is only a preference: a language that is
        not among ``candidates`` keeps a tenth of its weight.
        """
        self._identifier = identifier or Identifier()
        self._candidates = tuple(candidates)
        self._expected = expected(self._candidates)
        self._finder = StretchFinder(self._identifier)

    @property
    def identifier(self) -> Identifier:
        """The identifier that weighs the texts."""
        return self._identifier

    @property
    def candidates(self) -> tuple[str, ...]:
        """The languages that are expected; empty where all are alike."""
        return self._candidates

    @property
    def provides(self) -> Fact[Languages]:
        """The fact LANGUAGES."""
        return LANGUAGES

    @property
    def needs(self) -> tuple[Fact[object], ...]:
        """Nothing but the document."""
        return ()

    @property
    def signature(self) -> str:
        """The identifier's signature and the version of the rules here."""
        expects = f"; expects {', '.join(self._candidates)}" if self._candidates else ""
        return f"languages {VERSION}; {self._identifier.signature}{expects}"

    def provide(self, requests: Sequence[FactRequest]) -> list[Outcome[Languages]]:
        """Identify the languages of each document; every document gets a value, ``und`` where nothing can be said."""
        pages = [_read(request.document) for request in requests]
        weighed = iter(self._identifier.weigh([piece for page in pages for read in page for piece in read.pieces]))
        for page in pages:
            for read in page:
                read.weighed = [next(weighed) for _ in read.pieces]
        judged = [self._judge(request.document, page) for request, page in zip(requests, pages, strict=True)]
        self._cut(judged)
        return [
            Outcome(self._languages_of(request.document, page)) for request, page in zip(requests, judged, strict=True)
        ]

    def _judge(self, document: Document, page: list[_Read]) -> _Judged:
        """Decide the page's language, then each block's."""
        nudge = _nudge(document, self._expected)
        votes = self._votes(page, nudge)
        page_language = _winner(votes)
        priors = _priors(page, votes, page_language, self._expected)
        return _Judged(page_language, page, priors, self._blocks(page, page_language, priors))

    def _cut(self, pages: Sequence[_Judged]) -> None:
        """Look for changes of language inside the blocks that are in their page's language, all in one batch."""
        asked = [
            (read, {language: weight for weights in page.priors.values() for language, weight in weights.items()})
            for page in pages
            for read, guess in zip(page.blocks, page.guesses, strict=True)
            if read.pieces and guess.language == page.language != UNDETERMINED
        ]
        found = self._finder.find([read.text for read, _ in asked], [prior for _, prior in asked], ABSTAIN_BELOW)
        for (read, _), segmented in zip(asked, found, strict=True):
            read.segmented = segmented

    def _languages_of(self, document: Document, page: _Judged) -> Languages:
        """Put together what is known of a page."""
        blocks: list[LanguageSpan] = []
        foreign: list[LanguageSpan] = []
        spans: list[LanguageSpan] = []
        for read, guess in zip(page.blocks, page.guesses, strict=True):
            too_short = guess.language == UNDETERMINED and read.weight < LONG_BLOCK
            blocks.append(
                LanguageSpan(read.block.span, guess.language, guess.confidence, "too-short" if too_short else "")
            )
            strange = list(self._foreign(document, read, guess, page.language, page.priors))
            starts = [one.span.start for one in strange]
            inside = [one for one in _inside(read, guess) if not _is_covered(one.span, strange, starts)]
            strange = sorted([*strange, *inside], key=lambda one: one.span)
            foreign.extend(strange)
            spans.extend(_spans_of(read, guess, strange))
        shares = _shares(page.blocks, page.guesses, page.language, page.priors)
        return Languages(page.language, shares, tuple(blocks), tuple(foreign), tuple(spans))

    def _votes(self, page: list[_Read], nudge: Mapping[str, float]) -> dict[str, float]:
        """Return for each language the letters of the main text that speak for it."""
        main = [read for read in page if read.block.role is BlockRole.MAIN and read.block.kind not in _OWN_VOICE]
        enough = sum(read.weight for read in main) >= 2 * LONG_BLOCK
        voices = [read for read in (main if enough else page) if read.weight]
        long = [read for read in voices if read.weight >= LONG_BLOCK]
        votes: dict[str, float] = {}
        if long:
            for read in long:
                _vote(votes, _voice(read)[1], read.weight, nudge)
        else:
            pooled = pieces_of(" ".join(_voice(read)[0].text for read in voices)[:_POOLED_CHARACTERS])
            for piece, weighed in zip(pooled, self._identifier.weigh(pooled), strict=True):
                _vote(votes, weighed, piece.weight, nudge)
        return votes

    def _blocks(self, page: list[_Read], page_language: str, priors: Mapping[str, Mapping[str, float]]) -> list[Guess]:
        """Return the language of each block."""
        guesses: list[Guess] = []
        doubtful: list[tuple[int, Piece]] = []
        for index, read in enumerate(page):
            chosen = _leading(read, page_language)
            if chosen is None:
                guesses.append(Guess(UNDETERMINED, 1.0))
                continue
            piece, weighed = chosen
            posterior = weighed.posterior(priors.get(piece.script))
            guess = best(posterior)
            at_home = page_language in weighed.languages
            if guess.language != page_language and page_language != UNDETERMINED and (at_home or piece.script == LATIN):
                plain = _without_names(piece, at_home=at_home)
                if guess.confidence >= _STRONG and guess.language != UNDETERMINED and plain is not None:
                    doubtful.append((index, plain))
                fallback = page_language if at_home else UNDETERMINED
                confidence = posterior.get(page_language, 0.0) if at_home else 1.0
                guess = Guess(fallback, max(0.000001, confidence))
            guesses.append(guess)
        for (index, plain), weighed in zip(
            doubtful, self._identifier.weigh([plain for _, plain in doubtful]), strict=True
        ):
            piece, whole = _leading(page[index], page_language) or (plain, weighed)
            first = best(whole.posterior(priors.get(piece.script)))
            second = best(weighed.posterior(priors.get(piece.script)))
            if first.language == second.language and second.confidence >= _STRONG_WITHOUT_NAMES:
                guesses[index] = Guess(first.language, min(first.confidence, second.confidence))
        return guesses

    def _foreign(
        self,
        document: Document,
        read: _Read,
        guess: Guess,
        page_language: str,
        priors: Mapping[str, Mapping[str, float]],
    ) -> Iterator[LanguageSpan]:
        """Yield the stretches of one block that are not in the page's language, with the reason of the harmless ones."""
        if page_language == UNDETERMINED or not read.pieces:
            return
        at_home = {
            piece.script
            for piece, weighed in zip(read.pieces, read.weighed, strict=True)
            if page_language in LANGUAGES_OF_SCRIPT.get(piece.script, ())
        }
        home_weight = sum(piece.weight for piece in read.pieces if piece.script in at_home)
        if guess.language not in {page_language, UNDETERMINED} and (
            at_home & {piece.script for piece in read.pieces[:1]} or home_weight * 3 < read.weight
        ):
            text = read.block.span.of(document.text)
            reason = "name" if is_language_name(text) else reason_of_block(read.block)
            span = without_introduction(read.block.span, read.text, page_language)
            yield LanguageSpan(span, guess.language, guess.confidence, reason)
            return
        for stretch in foreign_stretches(read.block, read.text, page_language):
            for piece, weighed in zip(read.pieces, read.weighed, strict=True):
                if piece.script == stretch.script:
                    found = best(weighed.posterior(priors.get(piece.script)))
                    yield LanguageSpan(stretch.span, found.language, found.confidence, stretch.reason)


def _inside(read: _Read, guess: Guess) -> Iterator[LanguageSpan]:
    """Yield the stretches of a block in the page's own script (or in Latin letters) that are in another language.

    Those that are not beyond doubt say so, as ``too-short``.
    """
    segmented = read.segmented
    if segmented is None or segmented.home.language != guess.language:
        return
    start = read.block.span.start
    for stretch in segmented.stretches:
        if stretch.language in {guess.language, UNDETERMINED}:
            continue
        text = stretch.span.of(read.text)
        words = [match[0] for match in _LOWER_WORD.finditer(text) if match[0] == match[0].lower()]
        sure = (
            stretch.confidence >= _STRONG_INSIDE
            and len(words) >= _STRONG_WORDS
            and sum(map(len, words)) >= _STRONG_LETTERS
            and sum(len(word) >= _TELLING_LETTERS for word in set(words)) >= _TELLING_WORDS
        )
        reason = reason_inside(read.text, stretch.span) or reason_of_block(read.block)
        yield replace(stretch, span=stretch.span.shift(start), reason=reason or ("" if sure else "too-short"))
    for aside in segmented.asides:
        yield replace(aside, span=aside.span.shift(start))


def _is_covered(span: Span, found: Sequence[LanguageSpan], starts: Sequence[int]) -> bool:
    """Tell whether a span overlaps one of some that stand in order, ``starts`` being where they start."""
    last = bisect_left(starts, span.end) - 1
    return last >= 0 and found[last].span.overlaps(span)


def _spans_of(read: _Read, guess: Guess, foreign: Sequence[LanguageSpan]) -> Iterator[LanguageSpan]:
    """Yield the stretches of a block, without gaps but for what has no letters at its ends."""
    if not read.pieces:
        return
    start = read.block.span.start
    runs = script_runs(read.text)
    whole = Span(runs[0].span.start, runs[-1].span.end).shift(start)
    segmented = read.segmented
    if segmented is None or segmented.home.language != guess.language:
        yield LanguageSpan(whole, guess.language, guess.confidence)
        return
    reasons = {stretch.span: stretch.reason for stretch in foreign}
    for stretch in segmented.stretches:
        span = stretch.span.shift(start)
        confidence = guess.confidence if stretch.language == guess.language else stretch.confidence
        yield LanguageSpan(span, stretch.language, confidence, reasons.get(span, ""))


def _read(document: Document) -> list[_Read]:
    """Return the blocks of a document as they are weighed."""
    page = []
    for block in document.blocks:
        text = "" if block.kind is BlockKind.CODE else without_addresses(block.span.of(document.text))
        page.append(_Read(block, text, pieces_of(text)))
    return page


def _nudge(document: Document, candidates: Mapping[str, float]) -> dict[str, float]:
    """Return the weak prior that the candidates, the declared and the expected language are."""
    nudge: dict[str, float] = dict(candidates)
    declared = 0
    for tag in (document.declared_language, document.expected_language):
        if tag:
            language = re.split("[-_]", tag.strip().lower(), maxsplit=1)[0]
            declared += 1
            nudge[language] = candidates.get(language, commonness(language)) * _DECLARED * declared
    return nudge


def _voice(read: _Read) -> tuple[Piece, Weighed]:
    """Return the piece that speaks for a block with letters: Latin words among other writing are names."""
    chosen = 0
    if read.pieces[0].script == LATIN and len(read.pieces) > 1 and read.pieces[1].weight * 4 >= read.weight:
        chosen = 1
    return read.pieces[chosen], read.weighed[chosen]


def _vote(votes: dict[str, float], weighed: Weighed, weight: int, nudge: Mapping[str, float]) -> None:
    """Add so many letters to the languages that a text may be in, by their probability."""
    for language, probability in weighed.posterior(nudge).items():
        votes[language] = votes.get(language, 0.0) + probability * weight


def _winner(votes: Mapping[str, float]) -> str:
    """Return the language with most of the votes, ``und`` where none has enough of them to be believed."""
    guess = best({language: count / (math.fsum(votes.values()) or 1.0) for language, count in votes.items()}, 0.34)
    return guess.language


def _priors(
    page: list[_Read], votes: Mapping[str, float], page_language: str, candidates: Mapping[str, float]
) -> dict[str, dict[str, float]]:
    """Return for each script how likely its languages are on this page: the page's own, then those seen elsewhere on it."""
    pooled: dict[str, dict[str, float]] = {}
    for read in page:
        for piece, weighed in zip(read.pieces, read.weighed, strict=True):
            sums = pooled.setdefault(piece.script, {})
            for language, value in zip(weighed.languages, weighed.evidence, strict=True):
                sums[language] = sums.get(language, 0.0) + value
    total = math.fsum(votes.values()) or 1.0
    priors: dict[str, dict[str, float]] = {}
    for script, sums in pooled.items():
        prior = {
            language: candidates.get(language, commonness(language)) + _PRESENT * votes.get(language, 0.0) / total
            for language in sums
        }
        if page_language in sums:
            prior[page_language] = _PAGE
        elif sums:
            for language, share in Weighed(tuple(sums), tuple(sums.values())).posterior().items():
                prior[language] += _PRESENT * share
        priors[script] = prior
    return priors


def _leading(read: _Read, page_language: str) -> tuple[Piece, Weighed] | None:
    """Return the piece that decides a block's language: the weightiest, or the page's own script beside Latin names."""
    if not read.pieces:
        return None
    if read.pieces[0].script == LATIN:
        for piece, weighed in zip(read.pieces[1:], read.weighed[1:], strict=True):
            if page_language in LANGUAGES_OF_SCRIPT.get(piece.script, ()) and piece.weight * _OWN_PART >= read.weight:
                return piece, weighed
    return read.pieces[0], read.weighed[0]


def _without_names(piece: Piece, *, at_home: bool) -> Piece | None:
    """Return the lower-case words of a piece, ``None`` where they are too few to tell words from a list of names.

    In the page's own script (``at_home``) it takes more of them.
    """
    few, short = (_LABEL_WORDS, _LABEL_LETTERS_AT_HOME) if at_home else (_LABEL_WORDS, _LABEL_LETTERS)
    found = [match[0] for match in _LOWER_WORD.finditer(piece.text)]
    words = [word for word in found if word == word.lower()]
    if len(found) > 1 and found[0] not in words and found[1] in words:
        words.insert(0, found[0])  # its capital is that of the first word: "Change password"
    letters = sum(map(len, words))
    if len(words) < few or letters < short:
        return None
    return Piece(" ".join(words), piece.script, letters)


def _shares(
    page: list[_Read],
    guesses: Sequence[Guess],
    page_language: str,
    priors: Mapping[str, Mapping[str, float]],
) -> tuple[LanguageShare, ...]:
    """Return the part of the letters that stands in each language, the largest first.

    A part of a block in another script counts for its own language, Latin words elsewhere for the block's: brands and
    abbreviations are written so in every language.
    """
    letters: dict[str, int] = {}
    for read, guess in zip(page, guesses, strict=True):
        for piece, weighed in zip(read.pieces, read.weighed, strict=True):
            allowed = LANGUAGES_OF_SCRIPT.get(piece.script, ())
            if guess.language in allowed or piece.script == LATIN != read.pieces[0].script:
                language = guess.language
            elif page_language in allowed:
                language = page_language
            else:
                language = best(weighed.posterior(priors.get(piece.script))).language
            letters[language] = letters.get(language, 0) + piece.letters
    total = sum(letters.values())
    ordered = sorted(letters.items(), key=lambda item: (-item[1], item[0]))
    return tuple(LanguageShare(language, round(count / total, 6)) for language, count in ordered)
