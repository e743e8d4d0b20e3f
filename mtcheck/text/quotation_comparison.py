"""Comparison of two renderings of one quotation, word by word, and what of the differences turns the sense.

A quotation is held against another wording of the same utterance: a reference, or the same quotation on another page. What
is only cut short (an excerpt, an ellipsis, the editor's square brackets) is no difference. Of the differences that are left,
those that turn the sense are named: a negation lost or put in, a subject of another person, names that changed places,
another number, a word for its opposite. Two faithful translations differ in most other words, so that those are listed
and judged by nobody here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mtcheck.core.spans import Span
from mtcheck.text.alignment import Word
from mtcheck.text.quotation_alignment import (
    MOST_WORDS,
    Gap,
    gaps_between,
    is_licensed,
    own_words,
    plain_words,
    stretch,
    window_of,
    without_excerpt,
)
from mtcheck.text.sense_turns import SenseTurn, Turn, WordLists, turns_of
from mtcheck.text.sense_words import sense_words

__all__ = ["MOST_WORDS", "Change", "Divergence", "QuotationComparison", "SenseTurn", "Turn", "compare_quotations"]


class Change(StrEnum):
    """What happened to the words of the other wording."""

    MISSING = "missing"
    ADDED = "added"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Divergence:
    """A stretch in which the wordings differ; spans count in the two texts compared, an empty one where words lack."""

    change: Change
    here: Span
    there: Span


@dataclass(frozen=True, slots=True)
class QuotationComparison:
    """What two wordings of an utterance have in common and what not. ``here`` is the one under suspicion.

    ``window`` is the stretch of whole sentences of the other text that this one renders. ``shared_words`` and
    ``shared_content`` count aligned words, ``longest_run`` the longest unbroken row of them; ``here_words`` and
    ``here_content`` count the words of this text. ``likeness`` is the aligned share (0 to 1) of the words of this text and of
    the part of the window that it covers. ``summary`` says in a plain English clause what turns the sense, and is empty
    where nothing does.
    """

    window: Span
    divergences: tuple[Divergence, ...]
    turns: tuple[SenseTurn, ...]
    shared_words: int
    shared_content: int
    here_words: int
    here_content: int
    longest_run: int
    likeness: float
    summary: str

    @property
    def reversed(self) -> bool:
        """Tell whether a negation or the one who acts was lost or turned round."""
        return any(turn.turn in _REVERSALS for turn in self.turns)


_REVERSALS = frozenset({Turn.NEGATION_LOST, Turn.NEGATION_ADDED, Turn.SUBJECT_CHANGED, Turn.NAMES_SWAPPED})


def compare_quotations(here: str, there: str, language: str) -> QuotationComparison:
    """Compare a quotation with another wording of the same utterance, both in ``language``.

    ``there`` may be longer, with sentences that this text leaves out. Texts of more than 2,000 words are compared as far
    as that.
    """
    vocabulary = sense_words(language)
    own = own_words(here, language)
    window = window_of(own, there, language, vocabulary)
    other = tuple(Word(word.span.shift(window.start), word.key) for word in plain_words(window.of(there), language))
    gaps = without_excerpt(gaps_between(own, other), own, other, here, there, vocabulary)
    covered = len(own) + sum(len(gap.there) - len(gap.here) for gap in gaps)
    gaps = tuple(gap for gap in gaps if not is_licensed(here, own, gap))
    pair = WordLists(own, other, gaps, vocabulary, language)
    turns = turns_of(pair, here, there)
    shared = [own[i].key for i in sorted(set(range(len(own))) - {i for gap in gaps for i in gap.here})]
    return QuotationComparison(
        window=window,
        divergences=tuple(_divergence(pair, gap, window) for gap in gaps),
        turns=turns,
        shared_words=len(shared),
        shared_content=sum(map(vocabulary.content, shared)),
        here_words=len(own),
        here_content=sum(vocabulary.content(word.key) for word in own),
        longest_run=_longest_run(own, gaps),
        likeness=2 * len(shared) / max(len(own) + covered, 1),
        summary=_summary(turns, here, there),
    )


def _divergence(pair: WordLists, gap: Gap, window: Span) -> Divergence:
    change = Change.CHANGED if gap.here and gap.there else Change.ADDED if gap.here else Change.MISSING
    return Divergence(change, stretch(pair.here, gap.here, 0), stretch(pair.there, gap.there, window.start))


def _longest_run(own: Sequence[Word], gaps: Sequence[Gap]) -> int:
    """Return the longest row of words that both sides have in the same order with nothing between."""
    longest = start = 0
    for gap in gaps:
        longest = max(longest, gap.here.start - start)
        start = gap.here.stop
    return max(longest, len(own) - start)


def _summary(turns: Iterable[SenseTurn], here: str, there: str) -> str:
    """Say in one English clause what turns the sense; empty where nothing does."""
    by_turn = {turn.turn: turn for turn in turns}
    parts: list[str] = []
    lost = [
        f"the {name} ({_quoted(by_turn[turn].there, there)})"
        for turn, name in ((Turn.SUBJECT_LOST, "subject"), (Turn.NEGATION_LOST, "negation"))
        if turn in by_turn
    ]
    if lost:
        parts.append(f"{' and '.join(lost)} {'is' if len(lost) == 1 else 'are'} missing")
    for turn in turns:
        mine, other = _quoted(turn.here, here), _quoted(turn.there, there)
        if turn.turn is Turn.NEGATION_ADDED:
            parts.append(f"a negation ({mine}) was put in")
        elif turn.turn is Turn.SUBJECT_CHANGED:
            parts.append(f"the subject is “{mine}” instead of “{other}”")
        elif turn.turn is Turn.NAMES_SWAPPED:
            parts.append(f"“{turn.here[0].of(here)}” and “{turn.here[1].of(here)}” have changed places")
        elif turn.turn is Turn.NUMBER_CHANGED:
            parts.append(f"the number is {mine} instead of {other}")
        elif turn.turn is Turn.OPPOSITE:
            parts.append(f"“{mine}” stands for its opposite, “{other}”")
    return "; ".join(parts)


def _quoted(spans: Iterable[Span], text: str) -> str:
    """Return the words of several spans, each once."""
    return ", ".join(dict.fromkeys(" ".join(span.of(text).split()) for span in spans))
