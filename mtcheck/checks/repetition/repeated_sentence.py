"""The same sentence or headline stands twice on the page.

What it finds: a headline or paragraph that is repeated whole, and a sentence that is said again inside the same text, compared by
letters and digits alone. The second place is the hit, the first is given as related.

Why it matters: translation pipelines that cut a page into pieces paste a piece twice, and a decoder that loops says the same
sentence again; often the second copy displaced what really stood there.

When it is wrong: in refrains, litanies and set phrases. Left alone are page furniture, captions, lists, tables and comments, a
pull quote (one sentence of the body alone in a block of its own), a summary taken from the body, a sentence that two paragraphs
share, and what stands on the page three times or more without standing side by side (a template).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from mtcheck.core.checks import Check, Example
from mtcheck.core.documents import BlockKind, BlockRole, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Note, Related, Severity
from mtcheck.core.spans import Span
from mtcheck.text.repetition import is_unspaced, words_of
from mtcheck.text.sentences import SENTENCES, Sentence

_TEXT_KINDS = frozenset({BlockKind.HEADLINE, BlockKind.LEAD, BlockKind.PARAGRAPH, BlockKind.QUOTATION})
# What may stand between two copies that count as side by side, and how much of it.
_BETWEEN_KINDS = frozenset({BlockKind.DATELINE, BlockKind.BYLINE, BlockKind.CAPTION, BlockKind.LABEL})
_HEADLINE_REACH = 2


@dataclass(frozen=True, slots=True)
class Options:
    """What counts as a sentence: at least so many words and letters (scripts without spaces: half as many letters)."""

    words: int = 5
    letters: int = 25


@dataclass(frozen=True, slots=True)
class _Unit:
    """A stretch that may be repeated: a sentence, or all the sentences of a block; ``whole`` for the latter."""

    key: str
    span: Span
    block: int
    whole: bool


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each repeated block or sentence, at its second and later places."""
    sentences = [
        sentence
        for sentence in facts[SENTENCES]
        if document.blocks[sentence.block].kind in _TEXT_KINDS
        and document.blocks[sentence.block].role is BlockRole.MAIN
    ]
    by_block: dict[int, list[Sentence]] = defaultdict(list)
    for sentence in sentences:
        by_block[sentence.block].append(sentence)
    repeated = dict(_repeated_blocks(document, by_block, options))
    for block, (first, second, near) in sorted(repeated.items()):
        if block - 1 in repeated and not near:
            # One stretch pasted twice is one hit, at its first block.
            continue
        stretch = next(count for count in range(1, len(repeated) + 1) if block + count not in repeated)
        severity = Severity.MAJOR if near else Severity.MINOR
        yield _hit(document, first, second, 0.9 if near else 0.7, severity, 1 if near else stretch)
    for group in _groups(_single_sentences(document, by_block, options)):
        in_text = [unit for unit in group if unit.block not in repeated]
        for first, second in pairwise(in_text):
            # One of the two alone in its block: a headline, a pull quote, or a block already compared as a whole.
            if first.block == second.block and not first.whole:
                yield _hit(document, first, second, 0.85, Severity.MAJOR, 1)


def _repeated_blocks(
    document: Document, by_block: dict[int, list[Sentence]], options: Options
) -> Iterator[tuple[int, tuple[_Unit, _Unit, bool]]]:
    """Yield the number of each block that repeats an earlier one, with the two, and whether they stand side by side."""
    for group in _groups(_whole_blocks(document, by_block, options)):
        for first, second in pairwise(group):
            between = document.blocks[first.block + 1 : second.block]
            near = all(block.kind in _BETWEEN_KINDS for block in between[: _HEADLINE_REACH + 1])
            if near and len(between) <= _HEADLINE_REACH:
                yield second.block, (first, second, True)
            elif len(group) == 2 and len(by_block[second.block]) > 1:
                yield second.block, (group[0], second, False)


def _hit(document: Document, first: _Unit, second: _Unit, confidence: float, severity: Severity, blocks: int) -> Hit:
    kind = document.blocks[second.block].kind if second.whole else "sentence"
    return Hit(
        second.span,
        f"This {kind} already stands above" + _and_more(blocks - 1),
        confidence,
        (Note("first copy", first.span.of(document.text)),),
        (Related(first.span, "the first copy"),),
        severity=severity,
    )


def _and_more(blocks: int) -> str:
    if blocks == 0:
        return ""
    return ", and so does the block after it" if blocks == 1 else f", and so do the {blocks} blocks after it"


def _whole_blocks(document: Document, by_block: dict[int, list[Sentence]], options: Options) -> Iterator[_Unit]:
    """Yield the blocks that are long enough to compare."""
    for block, sentences in sorted(by_block.items()):
        span = Span(sentences[0].span.start, sentences[-1].span.end)
        key = _key(span.of(document.text), options)
        if key:
            yield _Unit(key, span, block, whole=True)


def _single_sentences(document: Document, by_block: dict[int, list[Sentence]], options: Options) -> Iterator[_Unit]:
    """Yield the sentences that are long enough to compare."""
    for block, sentences in sorted(by_block.items()):
        for sentence in sentences:
            key = _key(sentence.span.of(document.text), options)
            if key:
                yield _Unit(key, sentence.span, block, whole=len(sentences) == 1)


def _groups(units: Iterator[_Unit]) -> Iterator[list[_Unit]]:
    """Yield the units of one key where there are two or more, in order of their first place."""
    groups: dict[str, list[_Unit]] = defaultdict(list)
    for unit in units:
        groups[unit.key].append(unit)
    yield from (group for group in groups.values() if len(group) > 1)


def _key(text: str, options: Options) -> str:
    """Return the words of a text without case, spaces and punctuation; nothing for a text too short to tell."""
    if len(text) * 2 < options.letters:
        return ""
    words = words_of(text).forms
    letters = sum(len(word) for word in words if not word.isdigit())
    unspaced = sum(is_unspaced(word) for word in words) * 2 > len(words)
    if letters < (options.letters // 2 if unspaced else options.letters) or len(words) < options.words:
        return ""
    return " ".join(words)


CHECK = Check(
    code="REP003",
    name="repeated-sentence",
    category="linguistic/duplication",
    severity=Severity.MAJOR,
    needs=(SENTENCES,),
    options=Options,
    find=find,
    measured=frozenset("ar de en es fa fr he pt ru tr uk zh".split()),
    documentation=__doc__,
    examples=(
        Example(
            "Mayor of Varen signs the agreement on the northern ferry\n\n"
            "⟦Mayor of Varen signs the agreement on the northern ferry⟧\n\n"
            "The mayor of Varen signed the paper on Monday evening. Ferries leave again in May."
        ),
        Example(
            "The council met in the old harbor office on Monday. ⟦The council met in the old harbor office on Monday.⟧ "
            "It will meet again in May."
        ),
        Example(
            "The council met on Monday. “We will not sell the northern ferry to anyone,” said Ms. Orlo, its chair.\n\n"
            "Nobody spoke against her, and the paper was signed.\n\n"
            "“We will not sell the northern ferry to anyone,”\n\n"
            "said a poster at the gate.",
            comment="A pull quote repeats one sentence of the body on purpose.",
        ),
        Example(
            "Совет собрался в понедельник в старой конторе порта. Решения пока нет. "
            "⟦Совет собрался в понедельник в старой конторе порта.⟧",
            "ru",
        ),
        Example("Совет собрался в порту. Совет решил ждать. Совет снова соберётся в мае.", "ru"),
        Example(
            "اجتمع المجلس يوم الاثنين في مكتب الميناء القديم. ⟦اجتمع المجلس يوم الاثنين في مكتب الميناء القديم.⟧",
            "ar",
        ),
        Example("اجتمع المجلس يوم الاثنين. وسيجتمع المجلس مرة أخرى في شهر مايو.", "ar"),
        Example(
            "El consejo se reunió el lunes en la vieja oficina del puerto. No hubo acuerdo. "
            "⟦El consejo se reunió el lunes en la vieja oficina del puerto.⟧",
            "es",
        ),
        Example("El consejo se reunió el lunes. El consejo no decidió nada.", "es"),
        Example(
            "Der Rat tagte am Montag im alten Hafenamt von Varen. Beschlossen wurde nichts. "
            "⟦Der Rat tagte am Montag im alten Hafenamt von Varen.⟧",
            "de",
        ),
        Example("Der Rat tagte am Montag. Der Rat beschloss nichts.", "de"),
    ),
)
