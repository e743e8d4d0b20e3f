"""The fact LANGUAGES: which language stands where.

Languages are lower-case codes as langdetect writes them (``en``, ``ru``, ``zh`` for both Chinese scripts), ``und`` where the
identifier abstains. Shares count letters, never bytes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from mtcheck.core.documents import Document
from mtcheck.core.facts import Fact
from mtcheck.core.spans import Span

UNDETERMINED = "und"


@dataclass(frozen=True, slots=True)
class LanguageShare:
    """The part of a document's letters (0 to 1) that stands in one language."""

    language: str
    share: float


@dataclass(frozen=True, slots=True)
class LanguageSpan:
    """A stretch of text in one language.

    ``confidence`` is the identifier's probability. ``reason`` is empty, or says why a stretch in another language is no
    damage: ``name``, ``quoted-title``, ``loanword``, ``translated-quotation``, ``interface``, ``user-comment``, ``too-short``.
    """

    span: Span
    language: str
    confidence: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Languages:
    """What was identified in one document.

    ``page`` is the language of the page as a whole. ``blocks`` has one entry for each block of the document, in order.
    ``foreign`` lists stretches inside or across blocks that are not in the page's language, furniture included. ``spans``
    lists every stretch with letters, in order: each block cut where its language changes.
    """

    page: str
    shares: tuple[LanguageShare, ...]
    blocks: tuple[LanguageSpan, ...]
    foreign: tuple[LanguageSpan, ...] = ()
    spans: tuple[LanguageSpan, ...] = ()

    def at(self, offset: int) -> str:
        """Return the language of the block around a text offset; the page's where the block's is undetermined."""
        index = bisect_right(self.blocks, offset, key=lambda block: block.span.start) - 1
        language = self.blocks[index].language if index >= 0 else UNDETERMINED
        return self.page if language == UNDETERMINED else language


@dataclass(frozen=True, slots=True)
class Guess:
    """An identifier's answer for one text: a language, or ``und``, with its probability."""

    language: str
    confidence: float


class LanguageIdentifier(Protocol):
    """Names the language of texts. Deterministic: the same text always gets the same answer."""

    @property
    def signature(self) -> str: ...
    @property
    def languages(self) -> frozenset[str]: ...

    def identify(self, texts: Sequence[str], candidates: Sequence[str] | None = None) -> list[Guess]:
        """Return one guess a text, in order, among ``candidates`` (``None``: all languages known)."""
        ...


LANGUAGES: Fact[Languages] = Fact("languages")


def languages_by_block(
    page: str, foreign: Mapping[str, str] | None = None, reason: str = ""
) -> Callable[[Document], Languages]:
    """Return a function that makes the fact LANGUAGES of a document; for the examples and the tests of checks.

    Every block stands in the language ``page``, except those that hold a key of ``foreign``: they stand, as a whole, in the
    language it maps to, and are listed as foreign with ``reason``.
    """
    others = dict(foreign or {})

    def build(document: Document) -> Languages:
        blocks = []
        letters: dict[str, int] = {}
        for block in document.blocks:
            text = block.span.of(document.text)
            language = next((other for words, other in others.items() if words in text), page)
            blocks.append(LanguageSpan(block.span, language, 0.99))
            letters[language] = letters.get(language, 0) + sum(map(str.isalpha, text))
        total = sum(letters.values()) or 1
        shares = (LanguageShare(language, count / total) for language, count in letters.items())
        return Languages(
            page,
            tuple(sorted(shares, key=lambda share: (-share.share, share.language))),
            tuple(blocks),
            tuple(LanguageSpan(b.span, b.language, b.confidence, reason) for b in blocks if b.language != page),
        )

    return build


def languages_with_spans(
    page: str, foreign: Mapping[str, str], reason: str = "", confidence: float = 0.99
) -> Callable[[Document], Languages]:
    """Return a function that makes the fact LANGUAGES of a document; for the examples and the tests of checks.

    Every block stands in the language ``page``; every occurrence of a key of ``foreign`` is a stretch in the language that it
    maps to, with ``reason``.
    """

    def build(document: Document) -> Languages:
        text = document.text
        spans: list[LanguageSpan] = []
        for words, language in foreign.items():
            start = text.find(words)
            while start >= 0:
                spans.append(LanguageSpan(Span(start, start + len(words)), language, confidence, reason))
                start = text.find(words, start + len(words))
        letters: dict[str, int] = {page: sum(map(str.isalpha, text))}
        for span in spans:
            count = sum(map(str.isalpha, span.span.of(text)))
            letters[page] -= count
            letters[span.language] = letters.get(span.language, 0) + count
        total = sum(letters.values()) or 1
        shares = (LanguageShare(language, count / total) for language, count in letters.items())
        return Languages(
            page,
            tuple(sorted(shares, key=lambda share: (-share.share, share.language))),
            tuple(LanguageSpan(block.span, page, 0.99) for block in document.blocks),
            tuple(sorted(spans, key=lambda span: span.span)),
        )

    return build
