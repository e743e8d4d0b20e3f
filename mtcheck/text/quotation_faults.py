"""Which pairs of quotation marks are faulty although they are pairs: turned, mixed or misplaced ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mtcheck.core.spans import Span
from mtcheck.text.quotation_blocks import WORD, Surroundings
from mtcheck.text.quotation_languages import SPACED_LANGUAGES
from mtcheck.text.quotation_marks import Direction, Family, Mark
from mtcheck.text.quotation_pairs import Pair, Problem
from mtcheck.text.quotation_records import Diagnosis, Misplacement, StrayMark
from mtcheck.text.speech import DANGLING_WORDS, starts_with_attribution

_SECOND_STOP = re.compile(r"[ \t\xa0\u202f]+[.,](?![.\w])")
_FEWEST_WORDS = 4
_LONGEST_JUDGED = 2000
_SMALLEST_STYLE = 3


def faulty_pairs(around: Surroundings, pairs: Sequence[tuple[Pair, int]]) -> Iterator[StrayMark]:
    """Yield the marks of pairs that are turned, mixed or misplaced, where that is not the page's own style.

    ``pairs`` holds each pair with the index of its block.
    """
    styles: dict[tuple[str, str], int] = {}
    for pair, _ in pairs:
        style = (pair.opening.glyph, pair.closing.glyph)
        styles[style] = styles.get(style, 0) + 1
    total = sum(count for style, count in styles.items() if style[0] not in "'‘’`‚‛")
    for pair, index in pairs:
        if pair.opening.family is Family.SINGLE or not around.judged(index):
            continue
        if pair.problem in (Problem.TURNED, Problem.MIXED) and pair.faulty is not None:
            count = styles[pair.opening.glyph, pair.closing.glyph]
            if count < _SMALLEST_STYLE or 2 * count < total:
                yield _faulty(around, pair, pair.faulty, index)
        elif pair.problem is Problem.MISPLACED:
            yield _misplaced(around, Misplacement.WRONG_SIDE, pair, index, pair.closing.span.end)
        elif _stands_apart(around, pair, index):
            yield _misplaced(around, Misplacement.APART, pair, index, pair.closing.span.end)
        elif (end := _second_stop(around, pair.closing, index)) is not None:
            yield _misplaced(around, Misplacement.SECOND_STOP, pair, index, end)
        elif _cuts_sentence(around, pair, index):
            yield _misplaced(around, Misplacement.CUTS_SENTENCE, pair, index, pair.closing.span.end)


def _faulty(around: Surroundings, pair: Pair, faulty: Mark, index: int) -> StrayMark:
    diagnosis = Diagnosis.TURNED if pair.problem is Problem.TURNED else Diagnosis.MIXED
    opening = faulty is pair.opening
    partner = pair.closing.span if opening else pair.opening.span
    # An opening mark that hangs on the word before it is shown with that word.
    forward = opening and not (faulty.after.isspace() and not faulty.before.isspace())
    anchor = around.anchor(faulty, index, after=forward)
    return StrayMark(diagnosis, faulty.span, anchor, index, around.languages[index], partner)


def _misplaced(around: Surroundings, misplacement: Misplacement, pair: Pair, index: int, end: int) -> StrayMark:
    mark = pair.closing.span
    anchor = Span(around.anchor(pair.closing, index, after=False).start, end)
    language = around.languages[index]
    return StrayMark(Diagnosis.MISPLACED, mark, anchor, index, language, pair.opening.span, misplacement=misplacement)


def _stands_apart(around: Surroundings, pair: Pair, index: int) -> bool:
    """Tell whether a space parts the closing mark from the stop before it, where none stands after the opening one."""
    opening, closing = pair.opening, pair.closing
    if closing.direction is not Direction.APART or around.languages[index] in SPACED_LANGUAGES:
        return False
    if not closing.before.isspace() or opening.after.isspace() or opening.direction is Direction.APART:
        return False
    start = max(closing.span.start - 3, opening.span.end)
    return around.text[start : closing.span.start].rstrip()[-1:] in {".", "!", "?", ","}


def _second_stop(around: Surroundings, mark: Mark, index: int) -> int | None:
    """Return the end of a second stop that stands apart after a closing mark (``in Europe." .``), or ``None``."""
    if mark.before not in ".!?,…" or not mark.before:
        return None
    match = _SECOND_STOP.match(around.text, mark.span.end, around.blocks[index].span.end)
    return match.end() if match else None


def _cuts_sentence(around: Surroundings, pair: Pair, index: int) -> bool:
    """Tell whether the closing mark stops a quoted sentence after a word that cannot end one, and text goes on.

    Only a quotation that begins as a whole sentence is judged, introduced by a comma or a colon with a capital:
    part of a sentence may be quoted up to any word.
    """
    text, language = around.text, around.languages[index]
    opening, closing = pair.opening, pair.closing
    spaced = language in SPACED_LANGUAGES
    if language == "ar" or not (closing.direction is Direction.CLOSES or spaced):
        return False
    if not around.first_inside(opening).isupper():
        return False
    introduced = text[max(opening.span.start - 3, around.blocks[index].span.start) : opening.span.start].rstrip()
    if introduced[-1:] not in {",", ":"} or closing.span.start - opening.span.end > _LONGEST_JUDGED:
        return False
    words = [match[0] for match in WORD.finditer(text, opening.span.end, closing.span.start)]
    if len(words) < _FEWEST_WORDS or words[-1] not in DANGLING_WORDS.get(language, frozenset()):
        return False
    last = text[max(closing.span.start - 2, 0) : closing.span.start]
    if (
        not (last.rstrip() if spaced else last)[-1:].isalpha()
        or not text[closing.span.end : closing.span.end + 2].strip().isalpha()
    ):
        return False
    capitals = sum(word[0].isupper() for word in words[1:])
    if 2 * capitals >= len(words) - 1:
        return False
    return not starts_with_attribution(text, closing.span.end, language)
