"""The fact LANGUAGES: the page's language first, from its long blocks, then every block in the light of it.

``page`` finds the language of the page, ``blocks`` those of its blocks, ``stretches`` where a language changes inside a block,
and ``parts`` puts together what is reported. The declared language is only a nudge; pages often declare the wrong one.
"""

from __future__ import annotations

from collections.abc import Sequence

from mtcheck.core.documents import Document
from mtcheck.core.facts import Fact, FactRequest, Outcome
from mtcheck.core.languages import LANGUAGES, UNDETERMINED, Languages, LanguageSpan
from mtcheck.engines.language_id.blocks import BlockJudge
from mtcheck.engines.language_id.calibration import ABSTAIN_BELOW
from mtcheck.engines.language_id.candidates import expected
from mtcheck.engines.language_id.foreign_words import ForeignWords
from mtcheck.engines.language_id.identifier import Identifier
from mtcheck.engines.language_id.page import (
    LONG_BLOCK,
    JudgedPage,
    Read,
    nudged,
    priors_of,
    read_blocks,
    votes_of,
    winner,
)
from mtcheck.engines.language_id.parts import foreign_in, shares_of, spans_of
from mtcheck.engines.language_id.stretches import StretchFinder

VERSION = 5


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
        self._judge = BlockJudge(self._identifier)
        self._finder = StretchFinder(self._identifier)
        self._foreign_words = ForeignWords(self._identifier)

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
        """The identifier's signature and the version of the rules here; no model is loaded for it."""
        expects = f"; expects {', '.join(self._candidates)}" if self._candidates else ""
        return f"languages {VERSION}; {self._identifier.signature}{expects}"

    def provide(self, requests: Sequence[FactRequest]) -> list[Outcome[Languages]]:
        """Identify the languages of each document; every document gets a value, ``und`` where nothing can be said."""
        pages = [read_blocks(request.document) for request in requests]
        weighed = iter(self._identifier.weigh([piece for page in pages for read in page for piece in read.pieces]))
        for page in pages:
            for read in page:
                read.weighed = [next(weighed) for _ in read.pieces]
        judged = [self._judged(request.document, page) for request, page in zip(requests, pages, strict=True)]
        self._cut(judged)
        self._foreign_words.find(judged)
        return [Outcome(_languages_of(page)) for page in judged]

    def _judged(self, document: Document, page: list[Read]) -> JudgedPage:
        """Decide the page's language, then each block's."""
        nudge = nudged(self._expected, document.declared_language, document.expected_language)
        votes = votes_of(page, nudge, self._identifier)
        page_language = winner(votes)
        priors = priors_of(page, votes, page_language, self._expected)
        return JudgedPage(page_language, page, priors, self._judge.guesses(page, page_language, priors))

    def _cut(self, pages: Sequence[JudgedPage]) -> None:
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


def _languages_of(page: JudgedPage) -> Languages:
    """Put together what is known of a page."""
    blocks: list[LanguageSpan] = []
    foreign: list[LanguageSpan] = []
    spans: list[LanguageSpan] = []
    for read, guess in zip(page.blocks, page.guesses, strict=True):
        too_short = guess.language == UNDETERMINED and read.weight < LONG_BLOCK
        blocks.append(LanguageSpan(read.block.span, guess.language, guess.confidence, "too-short" if too_short else ""))
        strange = foreign_in(read, guess, page)
        foreign.extend(strange)
        spans.extend(spans_of(read, guess, strange))
    return Languages(page.language, shares_of(page), tuple(blocks), tuple(foreign), tuple(spans))
