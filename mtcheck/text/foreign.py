"""Foreign stretches of a page, sorted by what they mean: damage, furniture, other people's words, or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from mtcheck.core.documents import Block, BlockKind, BlockRole, Document
from mtcheck.core.languages import Languages, LanguageSpan

HARMLESS = frozenset({"name", "quoted-title", "loanword", "translated-quotation", "too-short"})
"""Reasons for which a stretch in another language is as it should be."""

SIDE_REASONS = frozenset({"interface", "user-comment"})
"""Reasons that make a foreign stretch somebody else's affair, or a small one."""

_SIDE_KINDS = frozenset({BlockKind.COMMENT, BlockKind.NAVIGATION, BlockKind.FOOTER, BlockKind.LABEL})


@dataclass(frozen=True, slots=True)
class ForeignText:
    """A stretch in another language that a reader would stumble over, with the block around it.

    ``letters`` counts those of the stretch, ``share`` is their part of the block's letters (0 to 1). ``aside`` is true
    outside what the page itself says: menus, footers, readers' comments.
    """

    stretch: LanguageSpan
    block: Block
    letters: int
    share: float

    @property
    def aside(self) -> bool:
        """Whether it stands outside the main text."""
        return (
            self.stretch.reason in SIDE_REASONS
            or self.block.role is BlockRole.FURNITURE
            or self.block.kind in _SIDE_KINDS
        )

    @property
    def whole(self) -> bool:
        """Whether it is the block, and no word in it."""
        return self.share >= 0.8


def foreign_texts(document: Document, languages: Languages) -> tuple[ForeignText, ...]:
    """Return the foreign stretches that no reason makes harmless, in order."""
    found = []
    for stretch in languages.foreign:
        block = document.block_at(stretch.span.start)
        if block is None or block.kind is BlockKind.CODE or stretch.reason in HARMLESS:
            continue
        letters = count_letters(stretch.span.of(document.text))
        around = count_letters(block.span.of(document.text))
        if letters:
            found.append(ForeignText(stretch, block, letters, min(1.0, letters / around)))
    return tuple(found)


def count_letters(text: str) -> int:
    """Return the number of letters in a text."""
    return sum(map(str.isalpha, text))
