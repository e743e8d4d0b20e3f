"""Foreign stretches of a page, sorted by what they mean: damage, furniture, other people's words, or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mtcheck.core.documents import Block, BlockKind, BlockRole, Document
from mtcheck.core.languages import Languages, LanguageSpan
from mtcheck.text.scripts import script_of

HARMLESS = frozenset({"name", "quoted-title", "loanword", "translated-quotation", "too-short"})
"""Reasons for which a stretch in another language is as it should be."""

SIDE_REASONS = frozenset({"interface", "user-comment"})
"""Reasons that make a foreign stretch somebody else's affair, or a small one."""

BLOCK_SHARE = 0.25
"""The part of a block's letters from which a foreign stretch is a foreign block (LID002) and no span in a sentence (LID003)."""

BLOCK_LETTERS = 30
"""The letters from which it is one wherever it stands."""

_SAMPLE = 5_000
"""Characters by which a page's script is told."""

_CLAUSE_WORDS = 3
_CLAUSE_SHARE = 0.4
_WORD = re.compile(r"(?<![\w.@/-])[^\W\d_]+(?![\w@/-]|\.\w)")
"""A word of letters that is no part of an address or a file's name."""

_TITLES = frozenset({BlockKind.HEADLINE, BlockKind.SUMMARY, BlockKind.CAPTION})
_SIDE_KINDS = frozenset({BlockKind.COMMENT, BlockKind.NAVIGATION, BlockKind.FOOTER, BlockKind.LABEL})


@dataclass(frozen=True, slots=True)
class ForeignText:
    """A stretch in another language that a reader would stumble over, with the block around it.

    ``letters`` counts those of the stretch, ``share`` is their part of the block's letters (0 to 1). ``own_script`` tells that it
    is written in the script of the page's own language. ``aside`` is true outside what the page itself says: menus, footers, readers'
    comments.
    """

    stretch: LanguageSpan
    block: Block
    letters: int
    share: float
    own_script: bool

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

    @property
    def title_or_caption(self) -> bool:
        """Whether it is a headline, summary or caption of the main text as a whole: UNT002 reports it, LID002 does not."""
        return self.whole and not self.aside and self.block.kind in _TITLES


def foreign_texts(document: Document, languages: Languages) -> tuple[ForeignText, ...]:
    """Return the foreign stretches that no reason makes harmless, in order."""
    found = []
    letters_of_blocks: dict[int, int] = {}
    script = _script_of_page(document, languages) if languages.foreign else ""
    for stretch in languages.foreign:
        block = document.block_at(stretch.span.start)
        if block is None or block.kind is BlockKind.CODE or stretch.reason in HARMLESS:
            continue
        letters = count_letters(stretch.span.of(document.text))
        # Counted once: a long block may hold thousands of stretches.
        if block.span.start not in letters_of_blocks:
            letters_of_blocks[block.span.start] = count_letters(block.span.of(document.text))
        if letters:
            share = min(1.0, letters / max(1, letters_of_blocks[block.span.start]))
            own = main_script(stretch.span.of(document.text)) == script
            found.append(ForeignText(stretch, block, letters, share, own))
    return tuple(found)


def _script_of_page(document: Document, languages: Languages) -> str:
    """Return the script that the page's own language is written in here, by its first blocks."""
    samples: list[str] = []
    enough = _SAMPLE
    for judged in languages.blocks:
        if judged.language == languages.page and enough > 0:
            samples.append(document.text[judged.span.start : min(judged.span.end, judged.span.start + enough)])
            enough -= len(samples[-1])
    return main_script(" ".join(samples))


def count_letters(text: str) -> int:
    """Return the number of letters in a text."""
    return sum(map(str.isalpha, text))


def main_script(text: str) -> str:
    """Return the script of most letters of a text; the first by name of several, and nothing for a text without letters."""
    counts: dict[str, int] = {}
    for character in text:
        if character.isalpha():
            script = script_of(character)
            counts[script] = counts.get(script, 0) + 1
    return min(counts, key=lambda script: (-counts[script], script), default="")


def is_running_text(text: str, language: str) -> bool:
    """Tell a clause from a name: the name of a villa, a firm or a film is foreign on every page and is left as it is.

    A clause has at least three words in lower case, and they make up two fifths of its letters, German ones apart, whose nouns are
    capitalized. Only for scripts with capital letters.
    """
    words = [word for word in _WORD.findall(text) if word.islower()]
    enough = 0 if language == "de" else _CLAUSE_SHARE * count_letters(text)
    return len(words) >= _CLAUSE_WORDS and sum(map(len, words)) >= enough
