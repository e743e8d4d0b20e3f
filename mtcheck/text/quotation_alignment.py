"""Two wordings of one quotation laid side by side: which words they share in one order, and what each has beside them.

Words that an editor put in or left out and says so (square brackets, an ellipsis), and what an excerpt leaves off at its ends,
are no difference.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from mtcheck.core.spans import Span
from mtcheck.text.alignment import Word, word_differences, words_of
from mtcheck.text.opposites import plain_form
from mtcheck.text.sense_words import SenseWords
from mtcheck.text.sentences import sentence_spans

# Longer texts are no quotations, and the alignment is quadratic in the words of a sentence.
MOST_WORDS = 2000
# A neighboring sentence of the other text is taken in where it adds so many common content words.
_WORTH_ANOTHER_SENTENCE = 2
# A bracket that an editor put in, or an ellipsis in any spelling.
_BRACKETED = re.compile(r"\[[^\[\]]{0,200}\]")
_ELLIPSIS = re.compile(r"\[?(?:…|\.\.\.|\. \. \.)\]?")
# A negation among so few words at the edge of a sentence belongs to the verb beside them.
_WORDS_AT_AN_EDGE = 3
_STOPS = frozenset(".!?…")


@dataclass(frozen=True, slots=True)
class Gap:
    """One difference as index ranges into the words of both sides."""

    here: range
    there: range


def plain_words(text: str, language: str) -> tuple[Word, ...]:
    """Return the words of a text under the keys that the tables are written in."""
    return tuple(Word(word.span, plain_form(word.key, language)) for word in words_of(text)[:MOST_WORDS])


def own_words(here: str, language: str) -> tuple[Word, ...]:
    """Return the words of the text under suspicion without those that an editor put into square brackets.

    A bracketed first letter belongs to its word: "[T]he".
    """
    bracketed = [Span(match.start(), match.end()) for match in _BRACKETED.finditer(here)]
    starts = [span.start for span in bracketed]
    found: list[Word] = []
    for word in plain_words(here, language):
        index = bisect_right(starts, word.span.start) - 1
        if index < 0 or bracketed[index].end <= word.span.start:
            previous = found[-1] if found else None
            if previous is not None and here[previous.span.end : word.span.start] == "]":
                found[-1] = Word(Span(previous.span.start, word.span.end), previous.key + word.key)
            else:
                found.append(word)
        elif len(bracketed[index]) == len("[T]") and here[bracketed[index].end : bracketed[index].end + 1].isalpha():
            found.append(word)
    return tuple(found)


def window_of(own: Sequence[Word], there: str, language: str, vocabulary: SenseWords) -> Span:
    """Return the sentence of the other text that shares most content with this one, with its neighbor where it helps."""
    sentences = sentence_spans(there, language)
    if not sentences:
        return Span(0, len(there))
    wanted = Counter(word.key for word in own)
    bags = [Counter(word.key for word in plain_words(span.of(there), language)) for span in sentences]

    def shared(bag: Counter[str]) -> int:
        return sum((wanted & Counter({k: v for k, v in bag.items() if vocabulary.content(k)})).values())

    scores = [shared(bag) for bag in bags]
    # Among equals, the shorter sentence holds less that this text lacks; then the earlier one.
    best = min(range(len(sentences)), key=lambda i: (-scores[i], bags[i].total(), i))
    first = last = best
    while True:
        sides = [side for side in (first - 1, last + 1) if 0 <= side < len(sentences)]
        merged = sum((bags[i] for i in range(first, last + 1)), Counter[str]())
        gains = {side: shared(merged + bags[side]) - shared(merged) for side in sides}
        side = max(gains, key=lambda number: (gains[number], -number), default=None)
        if side is None or gains[side] < _WORTH_ANOTHER_SENTENCE or 2 * gains[side] < scores[side]:
            return Span(sentences[first].start, sentences[last].end)
        first, last = min(first, side), max(last, side)


def gaps_between(own: Sequence[Word], other: Sequence[Word]) -> tuple[Gap, ...]:
    """Return the differences as ranges of words.

    What the other text has before the first and after the last word of this one is set apart first: an edit script over
    the whole would rather change words than leave out so many.
    """
    equal = [
        operation
        for operation in LCSseq.opcodes([word.key for word in own], [word.key for word in other])
        if operation.tag == "equal"
    ]
    first, last = 0, len(other)
    if equal:
        first = equal[0].dest_start if equal[0].src_start == 0 else 0
        last = equal[-1].dest_end if equal[-1].src_end == len(own) else len(other)
    own_index = {word.span.start: index for index, word in enumerate(own)}
    other_index = {word.span.start: index for index, word in enumerate(other)}
    found = [Gap(range(0), range(first))] if first else []
    here_end, there_end = 0, first
    for difference in word_differences(own, other[first:last]):
        # An empty side stands where the words before it ended: as far on as the other side has come since.
        if difference.left_words:
            here_start = own_index[difference.left_words[0].span.start]
            there_start = there_end + here_start - here_end
        else:
            there_start = other_index[difference.right_words[0].span.start]
            here_start = here_end + there_start - there_end
        here_end = here_start + len(difference.left_words)
        there_end = there_start + len(difference.right_words)
        found.append(Gap(range(here_start, here_end), range(there_start, there_end)))
    if last < len(other):
        found.append(Gap(range(len(own), len(own)), range(last, len(other))))
    return tuple(found)


def without_excerpt(
    gaps: Sequence[Gap], own: Sequence[Word], other: Sequence[Word], here: str, there: str, vocabulary: SenseWords
) -> tuple[Gap, ...]:
    """Leave out words of the other text before the first and after the last word that this text quotes.

    Kept is a negation at the edge of what presents itself as a sentence: "Shall we sign." for "Never shall we sign."
    """
    kept = []
    for gap in gaps:
        leads, trails = gap.there.start == 0, gap.there.stop == len(other)
        if gap.here or not own or not (leads or trails):
            kept.append(gap)
        elif len(gap.there) <= _WORDS_AT_AN_EDGE and any(other[i].key in vocabulary.negations for i in gap.there):
            ends = here[own[-1].span.end :].lstrip()[:1] in _STOPS
            # "Sign" for "sign" shows that nothing is meant to be missing before it.
            begins = _is_capital(own[0], here) and not _is_capital(other[gap.there.stop % len(other)], there)
            if (leads and begins) or (trails and ends):
                kept.append(gap)
    return tuple(kept)


def _is_capital(word: Word, text: str) -> bool:
    return text[word.span.start].isupper()


def is_licensed(here: str, own: Sequence[Word], gap: Gap) -> bool:
    """Tell whether this text itself says that it leaves out or replaces words here: an ellipsis, square brackets."""
    if gap.here:
        return False
    before = own[gap.here.start - 1].span.end if gap.here.start else 0
    after = own[gap.here.stop].span.start if gap.here.stop < len(own) else len(here)
    stretch = here[before:after]
    return _ELLIPSIS.search(stretch) is not None or _BRACKETED.search(stretch) is not None


def stretch(words: Sequence[Word], indexes: range, edge: int) -> Span:
    """Return the span of some words; where there are none, the empty one after the word before, or at ``edge``."""
    if indexes:
        return Span(words[indexes[0]].span.start, words[indexes[-1]].span.end)
    place = words[indexes.start - 1].span.end if indexes.start else edge
    return Span(place, place)
