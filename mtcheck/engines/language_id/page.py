"""A page as its languages are judged: its blocks with the evidence in them, what language it is in, and what to expect there."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from mtcheck.core.documents import Block, BlockKind, BlockRole, Document
from mtcheck.core.languages import Guess, LanguageSpan
from mtcheck.engines.language_id.candidates import LANGUAGES_OF_SCRIPT, commonness
from mtcheck.engines.language_id.exclusions import without_addresses
from mtcheck.engines.language_id.identifier import Identifier, Piece, Weighed, best, pieces_of
from mtcheck.engines.language_id.stretches import Segmented
from mtcheck.text.scripts import LATIN

LONG_BLOCK = 40
"""Letters from which a block has a say in what the page's language is."""

PAGE_WEIGHT = 30.0
"""How likely the page's own language is before a block is read, where ``commonness`` gives a main language 1."""

# The same for the language that the page declares, and for those that its other blocks are in.
_DECLARED = 2.0
_PRESENT = 10.0

_ENOUGH_VOTES = 0.34
"""The part of the letters that has to speak for the page's language."""

_POOLED_CHARACTERS = 4000
_OWN_PART = 8
"""A block with Latin words is in the page's own script where that makes up one part of so many."""

_OWN_VOICE = frozenset({BlockKind.COMMENT, BlockKind.CODE})
"""Kinds that say nothing about the page's language: other people's words and no words at all."""


@dataclass(slots=True)
class Read:
    """One block under examination: its text without addresses, and the evidence of each script in it.

    ``segmented`` is what it was cut into, ``aside`` says that it is in another language for a reason that makes it harmless.
    ``words`` are single words and short phrases of another language in it, with their offsets in the block.
    """

    block: Block
    text: str
    pieces: list[Piece]
    weighed: list[Weighed] = field(default_factory=list)
    segmented: Segmented | None = None
    aside: LanguageSpan | None = None
    words: tuple[LanguageSpan, ...] = ()

    @property
    def weight(self) -> int:
        """The letters of all scripts, signs that say more counted more than once."""
        return sum(piece.weight for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class JudgedPage:
    """A page with its language, the weights of languages by script, and a guess for each block."""

    language: str
    blocks: list[Read]
    priors: dict[str, dict[str, float]]
    guesses: list[Guess]


def read_blocks(document: Document) -> list[Read]:
    """Return the blocks of a document as they are weighed."""
    page = []
    for block in document.blocks:
        text = "" if block.kind is BlockKind.CODE else without_addresses(block.span.of(document.text))
        page.append(Read(block, text, pieces_of(text)))
    return page


def nudged(candidates: Mapping[str, float], *tags: str | None) -> dict[str, float]:
    """Return the weak prior that candidates and tags are; a page often declares the wrong language. Later tags weigh more."""
    nudge: dict[str, float] = dict(candidates)
    declared = 0
    for tag in tags:
        if tag:
            language = re.split("[-_]", tag.strip().lower(), maxsplit=1)[0]
            declared += 1
            nudge[language] = candidates.get(language, commonness(language)) * _DECLARED * declared
    return nudge


def votes_of(page: list[Read], nudge: Mapping[str, float], identifier: Identifier) -> dict[str, float]:
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
        for piece, weighed in zip(pooled, identifier.weigh(pooled), strict=True):
            _vote(votes, weighed, piece.weight, nudge)
    return votes


def _voice(read: Read) -> tuple[Piece, Weighed]:
    """Return the piece that speaks for a block with letters: Latin words among other writing are names."""
    chosen = 0
    if read.pieces[0].script == LATIN and len(read.pieces) > 1 and read.pieces[1].weight * 4 >= read.weight:
        chosen = 1
    return read.pieces[chosen], read.weighed[chosen]


def _vote(votes: dict[str, float], weighed: Weighed, weight: int, nudge: Mapping[str, float]) -> None:
    """Add so many letters to the languages that a text may be in, by their probability."""
    for language, probability in weighed.posterior(nudge).items():
        votes[language] = votes.get(language, 0.0) + probability * weight


def winner(votes: Mapping[str, float]) -> str:
    """Return the language with most of the votes, ``und`` where none has enough of them to be believed."""
    guess = best(
        {language: count / (math.fsum(votes.values()) or 1.0) for language, count in votes.items()}, _ENOUGH_VOTES
    )
    return guess.language


def priors_of(
    page: list[Read], votes: Mapping[str, float], page_language: str, candidates: Mapping[str, float]
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
            prior[page_language] = PAGE_WEIGHT
        elif sums:
            for language, share in Weighed(tuple(sums), tuple(sums.values())).posterior().items():
                prior[language] += _PRESENT * share
        priors[script] = prior
    return priors


def leading(read: Read, page_language: str) -> tuple[Piece, Weighed] | None:
    """Return the piece that decides a block's language: the weightiest, or the page's own script beside Latin names."""
    if not read.pieces:
        return None
    if read.pieces[0].script == LATIN:
        for piece, weighed in zip(read.pieces[1:], read.weighed[1:], strict=True):
            if page_language in LANGUAGES_OF_SCRIPT.get(piece.script, ()) and piece.weight * _OWN_PART >= read.weight:
                return piece, weighed
    return read.pieces[0], read.weighed[0]
