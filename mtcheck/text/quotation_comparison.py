"""Comparison of two renderings of one quotation, word by word, and what of the differences turns the sense.

A quotation is held against another wording of the same utterance: a reference, or the same quotation on another page. What
is only cut short (an excerpt, an ellipsis, the editor's square brackets) is no difference. Of the differences that are left,
those that turn the sense are named: a negation lost or put in, a subject of another person, names that changed places,
another number, a word for its opposite. Two faithful translations differ in most other words, so that those are listed
and judged by nobody here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from rapidfuzz.distance import LCSseq

from mtcheck.core.spans import Span
from mtcheck.text.alignment import Word, word_differences, words_of
from mtcheck.text.opposites import plain_form, poles
from mtcheck.text.restatements import sentence_words
from mtcheck.text.sentences import sentence_spans

# Longer texts are no quotations, and the alignment is quadratic in the words of a sentence.
MOST_WORDS = 2000
# A neighboring sentence of the other text is taken in where it adds so many common content words.
_WORTH_ANOTHER_SENTENCE = 2
# A bracket that an editor put in, or an ellipsis in any spelling.
_BRACKETED = re.compile(r"\[[^\[\]]{0,200}\]")
_ELLIPSIS = re.compile(r"\[?(?:…|\.\.\.|\. \. \.)\]?")
_PREFIXED_LETTERS = 4
# A negation among so few words at the edge of a sentence belongs to the verb beside them.
_WORDS_AT_AN_EDGE = 3
_STOPS = frozenset(".!?…")
_LONGEST_NUMBER = 18
_HALF_A_DAY = 12


class Change(StrEnum):
    """What happened to the words of the other wording."""

    MISSING = "missing"
    ADDED = "added"
    CHANGED = "changed"


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
class Divergence:
    """A stretch in which the wordings differ; spans count in the two texts compared, an empty one where words lack."""

    change: Change
    here: Span
    there: Span


@dataclass(frozen=True, slots=True)
class SenseTurn:
    """One way in which the sense is turned: words of either text (either may be none)."""

    turn: Turn
    here: tuple[Span, ...]
    there: tuple[Span, ...]


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


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The words of a language by which renderings are judged; ``excuses`` by whole words and by beginnings."""

    negations: frozenset[str]
    auxiliaries: frozenset[str]
    persons: tuple[frozenset[str], frozenset[str], frozenset[str]]
    excuses: frozenset[str]
    excusing_beginnings: tuple[str, ...]
    prefixes: tuple[str, ...]
    idle: frozenset[str]
    phrases: frozenset[str]
    ordinary: tuple[str, ...]
    double: frozenset[str]
    function: frozenset[str]

    def person(self, key: str) -> int | None:
        """Return the person (0 to 2) of a subject pronoun, ``None`` for any other word."""
        return next((number for number, words in enumerate(self.persons) if key in words), None)

    def content(self, key: str) -> bool:
        """Tell whether a word carries content of its own."""
        return key not in self.function and key not in self.negations


@dataclass(frozen=True, slots=True)
class _Gap:
    """One difference as index ranges into the words of both sides."""

    here: range
    there: range


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two word lists, what they leave unaligned, and the vocabulary."""

    here: tuple[Word, ...]
    there: tuple[Word, ...]
    gaps: tuple[_Gap, ...]
    words: _Vocabulary
    language: str

    def here_keys(self) -> Counter[str]:
        """The words of this side that have no partner in their place."""
        return Counter(self.here[i].key for gap in self.gaps for i in gap.here)

    def there_keys(self) -> Counter[str]:
        """The words of the other side that have no partner in their place."""
        return Counter(self.there[i].key for gap in self.gaps for i in gap.there)


def compare_quotations(here: str, there: str, language: str) -> QuotationComparison:
    """Compare a quotation with another wording of the same utterance, both in ``language``.

    ``there`` may be longer, with sentences that this text leaves out. Texts of more than 2,000 words are compared as far
    as that.
    """
    vocabulary = _vocabulary(language)
    own = _own_words(here, language)
    window = _window(own, there, language, vocabulary)
    other = tuple(Word(word.span.shift(window.start), word.key) for word in _words(window.of(there), language))
    gaps = _without_excerpt(_gaps(own, other), own, other, here, there, vocabulary)
    covered = len(own) + sum(len(gap.there) - len(gap.here) for gap in gaps)
    gaps = tuple(gap for gap in gaps if not _licensed(here, own, gap))
    pair = _Pair(own, other, gaps, vocabulary, language)
    turns = _turns(pair, here, there)
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


def _words(text: str, language: str) -> tuple[Word, ...]:
    """Return the words of a text under the keys that the tables are written in."""
    return tuple(Word(word.span, plain_form(word.key, language)) for word in words_of(text)[:MOST_WORDS])


def _own_words(here: str, language: str) -> tuple[Word, ...]:
    """Return the words of the text under suspicion without those that an editor put into square brackets.

    A bracketed first letter belongs to its word: "[T]he".
    """
    bracketed = [Span(match.start(), match.end()) for match in _BRACKETED.finditer(here)]
    starts = [span.start for span in bracketed]
    found: list[Word] = []
    for word in _words(here, language):
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


@cache
def _vocabulary(language: str) -> _Vocabulary:
    kinds: dict[str, tuple[str, ...]] = {}
    for row in (files("mtcheck.text") / "data" / "sense_words.tsv").read_text("utf-8").splitlines():
        if row.startswith(f"{language}\t"):
            _, kind, listed = row.split("\t")
            kinds[kind] = tuple(plain_form(word, language) for word in listed.split())
    small = sentence_words(language)
    excuses = kinds.get("excuse", ())
    first, second, third = (frozenset(kinds.get(person, ())) for person in ("first", "second", "third"))
    return _Vocabulary(
        negations=frozenset(kinds.get("negation", ())),
        auxiliaries=frozenset(kinds.get("auxiliary", ())),
        persons=(first, second, third),
        excuses=frozenset(word for word in excuses if not word.endswith("*")) | small.negator,
        excusing_beginnings=tuple(word.removesuffix("*") for word in excuses if word.endswith("*")),
        prefixes=kinds.get("prefix", ()),
        idle=frozenset(kinds.get("idle", ())),
        phrases=frozenset(kinds.get("phrase", ())),
        ordinary=tuple(word.removesuffix("*") for word in kinds.get("ordinary", ())),
        double=frozenset(kinds.get("double", ())),
        function=small.function,
    )


def _window(own: Sequence[Word], there: str, language: str, vocabulary: _Vocabulary) -> Span:
    """Return the sentence of the other text that shares most content with this one, with its neighbor where it helps."""
    sentences = sentence_spans(there, language)
    if not sentences:
        return Span(0, len(there))
    wanted = Counter(word.key for word in own)
    bags = [Counter(word.key for word in _words(span.of(there), language)) for span in sentences]

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


def _gaps(own: Sequence[Word], other: Sequence[Word]) -> tuple[_Gap, ...]:
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
    found = [_Gap(range(0), range(first))] if first else []
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
        found.append(_Gap(range(here_start, here_end), range(there_start, there_end)))
    if last < len(other):
        found.append(_Gap(range(len(own), len(own)), range(last, len(other))))
    return tuple(found)


def _without_excerpt(
    gaps: Sequence[_Gap], own: Sequence[Word], other: Sequence[Word], here: str, there: str, vocabulary: _Vocabulary
) -> tuple[_Gap, ...]:
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


def _licensed(here: str, own: Sequence[Word], gap: _Gap) -> bool:
    """Tell whether this text itself says that it leaves out or replaces words here: an ellipsis, square brackets."""
    if gap.here:
        return False
    before = own[gap.here.start - 1].span.end if gap.here.start else 0
    after = own[gap.here.stop].span.start if gap.here.stop < len(own) else len(here)
    stretch = here[before:after]
    return _ELLIPSIS.search(stretch) is not None or _BRACKETED.search(stretch) is not None


def _divergence(pair: _Pair, gap: _Gap, window: Span) -> Divergence:
    change = Change.CHANGED if gap.here and gap.there else Change.ADDED if gap.here else Change.MISSING
    return Divergence(change, _stretch(pair.here, gap.here, 0), _stretch(pair.there, gap.there, window.start))


def _stretch(words: Sequence[Word], indexes: range, edge: int) -> Span:
    """Return the span of some words; where there are none, the empty one after the word before, or at ``edge``."""
    if indexes:
        return Span(words[indexes[0]].span.start, words[indexes[-1]].span.end)
    place = words[indexes.start - 1].span.end if indexes.start else edge
    return Span(place, place)


def _longest_run(own: Sequence[Word], gaps: Sequence[_Gap]) -> int:
    """Return the longest row of words that both sides have in the same order with nothing between."""
    longest = start = 0
    for gap in gaps:
        longest = max(longest, gap.here.start - start)
        start = gap.here.stop
    return max(longest, len(own) - start)


def _turns(pair: _Pair, here: str, there: str) -> tuple[SenseTurn, ...]:
    """Return what turns the sense, in a fixed order."""
    negations = _negation_turn(pair)
    found = [*negations, *_subject_turn(pair, lost=bool(negations))]
    found.extend(_swapped_names(pair, here, there))
    found.extend(_numbers(pair))
    if not negations:
        found.extend(_opposites(pair))
    return tuple(found)


def _negation_turn(pair: _Pair) -> list[SenseTurn]:
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


def _negations(words: Sequence[Word], vocabulary: _Vocabulary) -> frozenset[int]:
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


def _excused(pair: _Pair, only: Counter[str], others: Sequence[Word]) -> bool:
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


def _with_auxiliary(pair: _Pair, indexes: Sequence[int], unaligned: frozenset[int]) -> tuple[Span, ...]:
    """Return the negations, each with the auxiliary before it where that is missing too ("will not")."""
    spans = []
    for index in indexes:
        start = index
        if index - 1 in unaligned and pair.there[index - 1].key in pair.words.auxiliaries:
            start = index - 1
        spans.append(Span(pair.there[start].span.start, pair.there[index].span.end))
    return tuple(spans)


def _subject_turn(pair: _Pair, *, lost: bool) -> list[SenseTurn]:
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


def _person(pair: _Pair, word: Word, only: Counter[str]) -> int | None:
    return pair.words.person(word.key) if only[word.key] else None


def _swapped_names(pair: _Pair, here: str, there: str) -> list[SenseTurn]:
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
    spans_here = (_stretch(pair.here, first.here, 0), _stretch(pair.here, second.here, 0))
    spans_there = (_stretch(pair.there, first.there, 0), _stretch(pair.there, second.there, 0))
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


def _numbers(pair: _Pair) -> list[SenseTurn]:
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


def _opposites(pair: _Pair) -> list[SenseTurn]:
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
