"""What of the differences between two wordings turns the sense: negations, subjects, names, numbers, opposites."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from mtcheck.core.spans import Span
from mtcheck.text.alignment import Word
from mtcheck.text.opposites import poles
from mtcheck.text.quotation_alignment import Gap, stretch
from mtcheck.text.sense_words import SenseWords

_PREFIXED_LETTERS = 4
_LONGEST_NUMBER = 18
_HALF_A_DAY = 12


class Turn(StrEnum):
    """How a difference turns the sense."""

    NEGATION_LOST = "negation lost"
    NEGATION_ADDED = "negation added"
    SUBJECT_LOST = "subject lost"
    SUBJECT_CHANGED = "subject changed"
    NAMES_SWAPPED = "names swapped"
    NUMBER_CHANGED = "number changed"
    OPPOSITE = "opposite word"


@dataclass(frozen=True, slots=True)
class SenseTurn:
    """One way in which the sense is turned: words of either text (either may be none)."""

    turn: Turn
    here: tuple[Span, ...]
    there: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class WordLists:
    """Two word lists, what they leave unaligned, and the vocabulary."""

    here: tuple[Word, ...]
    there: tuple[Word, ...]
    gaps: tuple[Gap, ...]
    words: SenseWords
    language: str

    def here_keys(self) -> Counter[str]:
        """The words of this side that have no partner in their place."""
        return Counter(self.here[i].key for gap in self.gaps for i in gap.here)

    def there_keys(self) -> Counter[str]:
        """The words of the other side that have no partner in their place."""
        return Counter(self.there[i].key for gap in self.gaps for i in gap.there)


def turns_of(pair: WordLists, here: str, there: str) -> tuple[SenseTurn, ...]:
    """Return what turns the sense, in a fixed order."""
    negations = _negation_turn(pair)
    found = [*negations, *_subject_turn(pair, lost=bool(negations))]
    if len(found) == 1 == len(negations):
        found.extend(_subject_of(pair, negations[0]))
    found.extend(_swapped_names(pair, here, there))
    found.extend(_numbers(pair))
    if not negations:
        found.extend(_opposites(pair))
    return tuple(found)


def _negation_turn(pair: WordLists) -> list[SenseTurn]:
    """Return a negation that one side has and the other neither has nor says in another way."""
    here = _negations(pair.here, pair.words)
    there = _negations(pair.there, pair.words)
    only_here = [i for gap in pair.gaps for i in gap.here if i in here]
    only_there = [i for gap in pair.gaps for i in gap.there if i in there]
    if bool(only_here) == bool(only_there):
        return []
    here_keys, there_keys = pair.here_keys(), pair.there_keys()
    # A negation that only moved, into what an excerpt leaves out perhaps, is still there.
    lost, added = len(here) < len(there), len(here) > len(there)
    double = pair.words.double & (there_keys if lost else here_keys).keys()
    if lost and only_there and not double and not _excused(pair, here_keys - there_keys, pair.there):
        unaligned = frozenset(i for gap in pair.gaps for i in gap.there)
        return [SenseTurn(Turn.NEGATION_LOST, (), _with_auxiliary(pair, only_there, unaligned))]
    if added and only_here and not double and not _excused(pair, there_keys - here_keys, pair.here):
        return [SenseTurn(Turn.NEGATION_ADDED, tuple(pair.here[i].span for i in only_here), ())]
    return []


def _negations(words: Sequence[Word], vocabulary: SenseWords) -> frozenset[int]:
    """Return the indexes of negations that have force: "not only" has none, and "No. 5" is no negation."""
    found = set()
    for index, word in enumerate(words):
        following = words[index + 1].key if index + 1 < len(words) else ""
        if word.key in vocabulary.negations or word.key.endswith("n't"):
            if following not in vocabulary.idle and not following[:1].isdecimal():
                found.add(index)
        elif f"{word.key}_{following}" in vocabulary.phrases:
            found.add(index)
    return frozenset(found)


def _excused(pair: WordLists, only: Counter[str], others: Sequence[Word]) -> bool:
    """Tell whether words that only one side has can say what the other side says with a negation."""
    beginnings = {word.key[:_PREFIXED_LETTERS] for word in others if len(word.key) >= _PREFIXED_LETTERS}
    other_poles = [pole for word in others for pole in poles(word.key, pair.language)]
    for key in only:
        if key in pair.words.excuses:
            return True
        if key.startswith(pair.words.excusing_beginnings) and not key.startswith(pair.words.ordinary):
            return True
        for prefix in pair.words.prefixes:
            if key.startswith(prefix) and key[len(prefix) :][:_PREFIXED_LETTERS] in beginnings:
                return True
        if any(pole.opposes(other) for pole in poles(key, pair.language) for other in other_poles):
            return True
    return False


def _with_auxiliary(pair: WordLists, indexes: Sequence[int], unaligned: frozenset[int]) -> tuple[Span, ...]:
    """Return the negations, each with the auxiliary before it where that is missing too ("will not")."""
    spans = []
    for index in indexes:
        start = index
        if index - 1 in unaligned and pair.there[index - 1].key in pair.words.auxiliaries:
            start = index - 1
        spans.append(Span(pair.there[start].span.start, pair.there[index].span.end))
    return tuple(spans)


def _subject_turn(pair: WordLists, *, lost: bool) -> list[SenseTurn]:
    """Return a subject of another person in the same place, or, beside a lost negation, a subject that is gone."""
    only_here, only_there = pair.here_keys() - pair.there_keys(), pair.there_keys() - pair.here_keys()
    gone: list[Span] = []
    for gap in pair.gaps:
        here = [(i, person) for i in gap.here if (person := _person(pair, pair.here[i], only_here)) is not None]
        there = [(i, person) for i in gap.there if (person := _person(pair, pair.there[i], only_there)) is not None]
        # "We" for "they" in the same place is a turn; a pronoun somewhere in a rewritten clause is not.
        if len(gap.here) == len(gap.there) == len(here) == len(there) == 1 and here[0][1] != there[0][1]:
            turn = (pair.here[here[0][0]].span,), (pair.there[there[0][0]].span,)
            return [SenseTurn(Turn.SUBJECT_CHANGED, *turn)]
        if there and not here:
            gone.extend(pair.there[i].span for i, _ in there)
    if lost and gone and not any(pair.words.person(key) is not None for key in only_here):
        return [SenseTurn(Turn.SUBJECT_LOST, (), tuple(gone))]
    return []


def _subject_of(pair: WordLists, negation: SenseTurn) -> list[SenseTurn]:
    """Return the subject that went with a lost negation: in English the word before its auxiliary ("it will not")."""
    if pair.language != "en" or negation.turn is not Turn.NEGATION_LOST:
        return []
    first = next((i for i, word in enumerate(pair.there) if word.span.start == negation.there[0].start), 0)
    gone = any(first - 1 in gap.there for gap in pair.gaps)
    if not first or not gone or pair.there[first].key not in pair.words.auxiliaries:
        return []
    subject = pair.there[first - 1]
    if subject.key in pair.words.auxiliaries or any(word.key == subject.key for word in pair.here):
        return []
    return [SenseTurn(Turn.SUBJECT_LOST, (), (subject.span,))]


def _person(pair: WordLists, word: Word, only: Counter[str]) -> int | None:
    return pair.words.person(word.key) if only[word.key] else None


def _swapped_names(pair: WordLists, here: str, there: str) -> list[SenseTurn]:
    """Return two names that changed places while every other word stayed."""
    if len(pair.gaps) != 2:
        return []
    first, second = pair.gaps
    if not (first.here and second.here and first.there and second.there):
        return []
    if _keys(pair.here, first.here) != _keys(pair.there, second.there):
        return []
    if _keys(pair.here, second.here) != _keys(pair.there, first.there):
        return []
    spans_here = (stretch(pair.here, first.here, 0), stretch(pair.here, second.here, 0))
    spans_there = (stretch(pair.there, first.there, 0), stretch(pair.there, second.there, 0))
    between = [pair.here[i].key for i in range(first.here.stop, second.here.start)]
    # "A and B met" is "B and A met": only where a verb or a preposition lies between have the names parts to play.
    if all(not pair.words.content(key) for key in between):
        return []
    words = [*(span.of(here) for span in spans_here), *(span.of(there) for span in spans_there)]
    if pair.language != "ar" and not all(word[0].isupper() for word in words):
        return []
    return [SenseTurn(Turn.NAMES_SWAPPED, spans_here, spans_there)]


def _keys(words: Sequence[Word], indexes: range) -> list[str]:
    return [words[i].key for i in indexes]


def _numbers(pair: WordLists) -> list[SenseTurn]:
    """Return a number written in digits that stands in the place of another one."""
    only_here, only_there = pair.here_keys() - pair.there_keys(), pair.there_keys() - pair.here_keys()
    found = []
    for gap in pair.gaps:
        if len(gap.here) != 1 or len(gap.there) != 1:
            continue
        here, there = pair.here[gap.here[0]], pair.there[gap.there[0]]
        if only_here[here.key] and only_there[there.key] and _other_number(here.key, there.key):
            found.append(SenseTurn(Turn.NUMBER_CHANGED, (here.span,), (there.span,)))
    return found


def _other_number(here: str, there: str) -> bool:
    """Tell whether two words are numbers that cannot be the same one ("69" is "1969", "1:25" in the afternoon "13:25")."""
    if not (here[0].isdecimal() and there[0].isdecimal()):
        return False
    digits = ["".join(c for c in key if c.isdecimal()).lstrip("0") for key in (here, there)]
    if digits[0].endswith(digits[1]) or digits[1].endswith(digits[0]):
        return False
    values = [int(number[:_LONGEST_NUMBER] or 0) for number in digits]
    return not (abs(values[0] - values[1]) == _HALF_A_DAY and max(values) <= 2 * _HALF_A_DAY)


def _opposites(pair: WordLists) -> list[SenseTurn]:
    """Return a word that stands in the place of its opposite."""
    found = []
    for gap in pair.gaps:
        if len(gap.here) != 1 or len(gap.there) != 1:
            continue
        here, there = pair.here[gap.here[0]], pair.there[gap.there[0]]
        if any(
            pole.opposes(other) for pole in poles(here.key, pair.language) for other in poles(there.key, pair.language)
        ):
            found.append(SenseTurn(Turn.OPPOSITE, (here.span,), (there.span,)))
    return found
