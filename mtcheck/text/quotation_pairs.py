"""What the automaton of quotations makes of a block: pairs, marks left open, marks that close nothing; and which marks pair."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from mtcheck.text.quotation_marks import Family, Mark

_LONGEST_UNLIKE = 600
_LONGEST_TERM = 40
_MOST_WORDS_OF_A_TERM = 4


class Problem(StrEnum):
    """What is wrong with the marks of a quotation that has both."""

    NONE = ""
    TURNED = "turned"
    MIXED = "mixed"
    MISPLACED = "misplaced"


@dataclass(slots=True)
class OpenMark:
    """A mark that waits for its partner. ``turned``: it is a closing glyph; ``doubtful``: it may close instead."""

    mark: Mark
    depth: int
    turned: bool = False
    doubtful: bool = False
    joint: bool = False
    soft_close: Mark | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two marks that belong together, and what is wrong with one of them (``faulty``)."""

    opening: Mark
    closing: Mark
    depth: int
    problem: Problem = Problem.NONE
    faulty: Mark | None = None


@dataclass(slots=True)
class BlockReading:
    """What one block holds: pairs, marks left open (outermost first), and closing marks that close nothing.

    ``apart``: marks with a space on both sides after a stop or a comma, while nothing is open.
    """

    pairs: list[Pair] = field(default_factory=list)
    left_open: list[OpenMark] = field(default_factory=list)
    strays: list[tuple[Mark, bool]] = field(default_factory=list)
    apart: list[Mark] = field(default_factory=list)


def fits(opening: Mark, closing: Mark) -> bool:
    """Tell whether two marks of a family are of one style (straight with straight, curly with curly).

    The typewriter's substitutes and the low marks go with either: „…" is how keyboards without “ have it.
    """
    if opening.family is not Family.DOUBLE:
        return opening.family is closing.family
    straight = {'"', "＂", "''"}
    if opening.glyph in {"„", "``", ",,", "‟", "〝"} or closing.glyph in {"''", "″"}:
        return True
    return (opening.glyph in straight) is (closing.glyph in straight)


def is_unlike(opening: Mark, closing: Mark, next_open: OpenMark | None) -> bool:
    """Tell whether a mark left open belongs to a later closing mark of another family, with none left open between.

    A single mark may close a double one ("“…,’ he says"); nothing but a double one closes a single one.
    """
    families = {Family.DOUBLE, Family.ANGLE}
    if closing.family is opening.family or opening.family not in families:
        return False
    if closing.family not in families and (closing.family, opening.family) != (Family.SINGLE, Family.DOUBLE):
        return False
    if next_open is not None and next_open.mark.span < closing.span:
        return False
    return closing.span.start - opening.span.end <= _LONGEST_UNLIKE


def nests(outer: Mark, pair: Pair) -> bool:
    """Tell whether a pair is of another kind than an open mark, so that it may stand inside that mark's quotation."""
    return pair.opening.family is not outer.family or not fits(outer, pair.closing)


def is_term(text: str, pair: Pair) -> bool:
    """Tell whether a pair holds a few words that are no sentence: a name or a term, which may stand inside a quotation."""
    inner = text[pair.opening.span.end : min(pair.closing.span.start, pair.opening.span.end + _LONGEST_TERM + 1)]
    short = len(inner) <= _LONGEST_TERM and len(inner.split()) <= _MOST_WORDS_OF_A_TERM
    return short and inner.rstrip()[-1:] not in {".", ",", "!", "?", "…"}
