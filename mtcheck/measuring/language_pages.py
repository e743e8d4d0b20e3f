"""Pages made of real sentences and labels, half of them with labels and a sentence of another language."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mtcheck.core.documents import Block, BlockKind, BlockRole, Document
from mtcheck.core.facts import FactRequest, Facts
from mtcheck.core.languages import Languages
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.spans import Span
from mtcheck.engines.language_id.candidates import LANGUAGES_OF_SCRIPT
from mtcheck.engines.language_id.provider import LanguagesProvider
from mtcheck.text.foreign import HARMLESS
from mtcheck.text.scripts import script_of

_SENTENCES, _OWN_LABELS, _FOREIGN_LABELS = 12, 6, 3
_AT_ONCE = 16
"""Pages judged together, as many as a scan takes at once."""


@dataclass(frozen=True, slots=True)
class MadePage:
    """A page made of sentences and labels, and the language that most of them are in."""

    document: Document
    language: str


@dataclass(frozen=True, slots=True)
class JudgedBlock:
    """One block of a made page: what it is in, whether it is foreign there, what was said, and how sure that was.

    ``named`` is the language given to the block, ``flagged`` tells whether some stretch of it was reported as foreign, ``why`` is the
    reason that kept a foreign stretch from being reported.
    """

    text: str
    language: str
    page: str
    named: str
    confidence: float
    flagged: bool
    why: str

    @property
    def foreign(self) -> bool:
        """Whether the block is in another language than its page."""
        return self.language != self.page

    @property
    def cause(self) -> str:
        """Why a foreign block was missed, in the words of the table; empty where it was not."""
        if not self.foreign or self.flagged:
            return ""
        words = self.text.split()
        shape = "one word" if len(words) == 1 else "several words"
        same = any({self.language, self.page} <= set(group) for group in LANGUAGES_OF_SCRIPT.values())
        letters = [script_of(letter) for letter in self.text if letter.isalpha()]
        if not same and letters and self.language not in LANGUAGES_OF_SCRIPT.get(letters[0] or "", ()):
            return f"{shape} in letters that are not the language's own"
        if self.why:
            return f"{shape}, passed over as {self.why}"
        return f"{shape}, the evidence is too weak"


def made_pages(
    news: Mapping[str, Sequence[str]], labels: Mapping[str, Sequence[str]], pages_a_language: int, seed: int
) -> Iterator[tuple[MadePage, tuple[str, ...]]]:
    """Yield pages in each language of ``news``, with the language of each block beside it; every other page is mixed.

    The same pages come for the same texts and seed.
    """
    draw = random.Random(seed)  # noqa: S311  # a fixed sample, not a secret
    for language in news:
        for number in range(pages_a_language):
            other = draw.choice([name for name in news if name != language])
            own_labels = draw.sample(labels[language], min(_OWN_LABELS, len(labels[language])))
            parts = [
                (text, BlockKind.PARAGRAPH, language)
                for text in draw.sample(news[language], _sentences(news[language]))
            ]
            parts += [(text, BlockKind.LABEL, language) for text in own_labels]
            if number % 2:
                foreign = draw.sample(labels[other], min(_FOREIGN_LABELS, len(labels[other])))
                parts += [(text, BlockKind.LABEL, other) for text in foreign]
                parts += [
                    (text, BlockKind.PARAGRAPH, other) for text in draw.sample(news[other], min(1, len(news[other])))
                ]
            draw.shuffle(parts)
            yield _page(f"{language}-{number}", language, parts), tuple(part[2] for part in parts)


def _sentences(texts: Sequence[str]) -> int:
    return min(_SENTENCES, len(texts))


def judged_blocks(
    pages: Sequence[tuple[MadePage, tuple[str, ...]]], provider: LanguagesProvider
) -> list[tuple[JudgedBlock, ...]]:
    """Return what the provider says of every block of every page."""
    found = []
    for start in range(0, len(pages), _AT_ONCE):
        batch = pages[start : start + _AT_ONCE]
        outcomes = provider.provide([FactRequest(page.document, Facts({})) for page, _ in batch])
        for (page, languages_of_blocks), outcome in zip(batch, outcomes, strict=True):
            languages = outcome.value or Languages("und", (), ())
            found.append(tuple(_judged(page, languages, n, language) for n, language in enumerate(languages_of_blocks)))
    return found


def _judged(page: MadePage, languages: Languages, number: int, language: str) -> JudgedBlock:
    """Return what was said of one block."""
    block = page.document.blocks[number]
    inside = [one for one in languages.foreign if block.span.overlaps(one.span)]
    flagged = any(one.reason not in HARMLESS for one in inside)
    named = languages.blocks[number]
    return JudgedBlock(
        block.span.of(page.document.text),
        language,
        page.language,
        named.language,
        named.confidence,
        flagged,
        "" if flagged or not inside else inside[0].reason,
    )


def _page(name: str, language: str, parts: Sequence[tuple[str, BlockKind, str]]) -> MadePage:
    """Put a page together."""
    blocks: list[Block] = []
    text = ""
    for words, kind, _ in parts:
        span = Span(len(text), len(text) + len(words))
        text += words + "\n\n"
        role = BlockRole.FURNITURE if kind is BlockKind.LABEL else BlockRole.MAIN
        blocks.append(Block(kind, span, role))
    return MadePage(Document(name, name, text, tuple(blocks), OffsetMap.identity(text)), language)
