"""A number differs from the one that another sentence of the page gives for the same thing.

What it finds: two sentences that restate each other ("12 ships left the port of Varen", "21 ships left the port of Varen, the
mayor said") with different numbers of the same thing: the same word is counted, or the same share or sum stands among the
same words. Numbers in digits and in words are compared by value, by the habits of the language. Rounding, bounds, ranges,
dates, totals beside parts and counts at another time are no contradiction, nor are entries of a list, which differ in several
numbers at once. The finding stands at the number that fewer
sentences of the page support, else at the summary's or the later one.

Why it matters: a translation engine copies most numbers and changes some: billions turn into millions, 12 into 21, and
nothing in the sentence around it looks wrong.

When it is wrong: where two sentences in the same words count two things and nothing in them tells so by name, day, or words
such as "another", "in total", "previously".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Comparison, Hit, Note, Related, Severity
from mtcheck.core.spans import Span
from mtcheck.text.dates import dates_in
from mtcheck.text.numbers import Bound, Number, NumberKind, numbers_in
from mtcheck.text.renderings import agree, comparable
from mtcheck.text.restatement_filters import (
    WITHOUT_NAME_CAPITALS,
    Candidate,
    CommonWords,
    asks_or_contrasts,
    blames_left,
    counts_otherwise,
    inside,
    label_of,
    names_tell_apart,
    strongest,
    times_tell_apart,
)
from mtcheck.text.restatements import (
    LANGUAGES_OF_RESTATEMENTS,
    RESTATEMENTS,
    ContentWord,
    Restatement,
    raw_words,
    sentence_words,
)
from mtcheck.text.sentences import SENTENCES, Sentence

_COUNTED = frozenset({NumberKind.CARDINAL, NumberKind.PERCENT})
# How far from a number the word that it counts may stand, in words.
_COUNTED_WORDS = 3
# How many characters around a number are looked at, and how many numbers of one sentence: bounds on hostile text.
_REACH = 120
_NUMBERS_A_SENTENCE = 40
# Digits joined by these are a score, a range, a fraction, a part of a clause number.
_JOINS = frozenset("-–—/:.")
_RANGE_WORDS = frozenset(
    ["to", "or", "through", "bis", "oder", "a", "o", "hasta", "à", "ou", "до", "или", "або", "чи", "الى", "إلى", "أو"]
)
# Hedged numbers differ only where one is at least half as much again as the other.
_HEDGED_APART = 1.5
_STRICTER = 0.1
# Two sentences of which each has so many numbers that the other lacks are two entries of one list: two prices, two coins.
_NUMBERS_OF_ANOTHER_THING = 2
# From here on two sentences are the same but for their numbers.
_SAME_FRAME = 0.85


@dataclass(frozen=True, slots=True)
class Options(CommonWords):
    """How much two sentences must have in common; ``strength`` (0 to 1) is what both coverages together must reach.

    Below .63 the pairs that are found on real pages speak of two things as often as of one ("the iceberg beside me").
    """

    shorter_covered: float = 0.7
    longer_covered: float = 0.4
    common_words: int = 3
    strength: float = 0.63


@dataclass(frozen=True, slots=True)
class _Conflict:
    """A number of each sentence that stand for the same thing and differ."""

    restatement: Restatement
    left: Number
    right: Number


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each number that contradicts a restatement."""
    sentences, restatements = facts[SENTENCES], facts[RESTATEMENTS]
    return strongest(_candidates(document, sentences, restatements, options))


def _candidates(
    document: Document, sentences: Sequence[Sentence], restatements: Sequence[Restatement], options: Options
) -> Iterator[Candidate]:
    numbers: dict[int, tuple[Number, ...]] = {}
    for restatement in restatements:
        if restatement.strength < options.strength:
            continue
        for conflict in _conflicts(document, sentences, restatement, numbers, options):
            votes = _votes(document, sentences, restatements, conflict, numbers)
            blamed_left = blames_left(document, sentences, restatement, votes)
            hit = _hit(document, sentences, conflict, blamed_left=blamed_left)
            yield Candidate(hit.span, restatement.strength, hit)


def _numbers(
    document: Document, sentence: Sentence, index: int, known: dict[int, tuple[Number, ...]]
) -> tuple[Number, ...]:
    """Return the quantities of a sentence: no dates, years, labels, ranges or scores."""
    if index not in known:
        text, language = document.text, sentence.language
        dates = [date.span for date in dates_in(text, language, sentence.span)]
        numbers = numbers_in(text, language, sentence.span)[:_NUMBERS_A_SENTENCE]
        known[index] = tuple(
            number
            for number in numbers
            if number.kind in _COUNTED
            and not any(number.span.overlaps(date) for date in dates)
            and not (number.in_words and number.value <= 1)
            and not _in_range(text, sentence.span, number)
        )
    return known[index]


def _in_range(text: str, sentence: Span, number: Number) -> bool:
    """Tell whether a number is one end of a range, or one side of a score or fraction."""
    before = text[max(sentence.start, number.span.start - _REACH) : number.span.start].rstrip()
    after = text[number.span.end : min(sentence.end, number.span.end + _REACH)].lstrip()
    for edge, inner in ((before[-1:], before[:-1].rstrip()[-1:]), (after[:1], after[1:].lstrip()[:1])):
        if edge in _JOINS and edge and inner.isdigit():
            return True
    for words, place in ((before.split()[-1:], -1), (after.split()[:1], 0)):
        rest = before.split()[-2:-1] if place else after.split()[1:2]
        if words and words[0].casefold() in _RANGE_WORDS and rest and any(c.isdigit() for c in rest[0]):
            return True
    return False


def _conflicts(
    document: Document,
    sentences: Sequence[Sentence],
    restatement: Restatement,
    numbers: dict[int, tuple[Number, ...]],
    options: Options,
) -> Iterator[_Conflict]:
    """Yield the numbers of a strong restatement that count the same and differ."""
    left, right = sentences[restatement.left], sentences[restatement.right]
    stricter = _STRICTER if left.language in WITHOUT_NAME_CAPITALS else 0.0
    here = _numbers(document, left, restatement.left, numbers)
    there = _numbers(document, right, restatement.right, numbers)
    coverages = _coverages(restatement, here, there)
    if not here or not there:
        return
    if not options.enough(coverages, len(_plain_shared(restatement)), stricter=stricter):
        return
    if asks_or_contrasts(document, left, right):
        return
    if names_tell_apart(restatement, left.language) or times_tell_apart(document, left, right):
        return
    if min(_unanswered(here, there), _unanswered(there, here)) >= _NUMBERS_OF_ANOTHER_THING:
        return
    frame = min(coverages) >= _SAME_FRAME and not _other_words_differ(restatement, here, there)
    for number in here:
        if any(agree(number, other) for other in there):
            continue
        rivals = [
            other
            for other in there
            if _differ(number, other)
            and not any(agree(other, known) for known in here)
            and _counts_the_same(document, left, right, restatement, number, other, frame=frame)
        ]
        if len(rivals) == 1 and not counts_otherwise(document, left, number.span, right, rivals[0].span):
            yield _Conflict(restatement, number, rivals[0])


def _unanswered(numbers: Sequence[Number], others: Sequence[Number]) -> int:
    """Count the numbers that agree with none of the other sentence."""
    return sum(not any(agree(number, other) for other in others) for number in numbers)


def _other_words_differ(restatement: Restatement, here: Sequence[Number], there: Sequence[Number]) -> bool:
    """Tell whether each sentence has a content word that the other lacks and that is no number."""
    return all(
        any(not any(number.span.overlaps(word.span) for number in numbers) for word in only)
        for only, numbers in ((restatement.left_only, here), (restatement.right_only, there))
    )


def _plain_shared(restatement: Restatement) -> list[ContentWord]:
    """Return the common words that are no digits."""
    return [pair.left for pair in restatement.shared if not pair.left.form[0].isdigit()]


def _coverages(restatement: Restatement, here: Sequence[Number], there: Sequence[Number]) -> tuple[float, float]:
    """Return the coverage of the left and of the right sentence, the differing numbers left out of the count."""
    sides = []
    for covered, only, numbers in (
        (restatement.left_covered, restatement.left_only, here),
        (restatement.right_covered, restatement.right_only, there),
    ):
        words = [word for word in only if not word.opposable]
        quantities = sum(any(number.span.overlaps(word.span) for number in numbers) for word in words)
        rest = len(words) - quantities
        share = rest / len(words) if words else 0.0
        sides.append(covered / (covered + (1.0 - covered) * share) if covered else 0.0)
    left, right = sides
    return left, right


def _differ(number: Number, other: Number) -> bool:
    """Tell whether two numbers of one kind cannot both be right, even if one is hedged."""
    if number.kind is not other.kind or not comparable(number, other):
        return False
    if number.bound is other.bound:
        return True
    low, high = sorted((number, other), key=lambda entry: entry.value)
    if low.bound is Bound.LEAST or high.bound is Bound.MOST:
        return False
    return float(high.value) > float(low.value) * _HEDGED_APART


def _counts_the_same(
    document: Document,
    left: Sentence,
    right: Sentence,
    restatement: Restatement,
    number: Number,
    other: Number,
    *,
    frame: bool,
) -> bool:
    """Tell whether both numbers count the same word, or both are shares or sums between the same words.

    ``frame`` tells that the sentences are the same but for the numbers: a common word beside both numbers then suffices.
    """
    after = (_neighbors(document, left, number, ahead=True), _neighbors(document, right, other, ahead=True))
    before = (_neighbors(document, left, number, ahead=False), _neighbors(document, right, other, ahead=False))
    pairs = [pair for pair in restatement.shared if not pair.left.form[0].isdigit()]
    following = [pair for pair in pairs if pair.left.span in after[0] and pair.right.span in after[1]]
    leading = [pair for pair in pairs if pair.left.span in before[0] and pair.right.span in before[1]]
    if number.unit or other.unit or number.kind is NumberKind.PERCENT:
        return number.unit == other.unit and bool(leading and (following or frame))
    first = (_first_content(document, left, after[0]), _first_content(document, right, after[1]))
    if any((pair.left.span, pair.right.span) == first for pair in following):
        return True
    return frame and bool(following or leading)


def _neighbors(document: Document, sentence: Sentence, number: Number, *, ahead: bool) -> list[Span]:
    """Return the spans of the words within reach of a number, on one side of it, in reading order."""
    if ahead:
        end = min(sentence.span.end, number.span.end + _REACH)
        return raw_words(document.text, Span(number.span.end, end))[:_COUNTED_WORDS]
    start = max(sentence.span.start, number.span.start - _REACH)
    return raw_words(document.text, Span(start, number.span.start))[-_COUNTED_WORDS:]


def _first_content(document: Document, sentence: Sentence, words: Sequence[Span]) -> Span | None:
    """Return the first word after a number that is no function word."""
    small = sentence_words(sentence.language)
    return next((span for span in words if span.of(document.text).casefold() not in small.function), None)


def _votes(
    document: Document,
    sentences: Sequence[Sentence],
    restatements: Sequence[Restatement],
    conflict: _Conflict,
    numbers: dict[int, tuple[Number, ...]],
) -> Counter[bool]:
    """Count the other sentences that restate one of the two and have the left (``True``) or the right number."""
    pair = {conflict.restatement.left, conflict.restatement.right}
    votes: Counter[bool] = Counter()
    voters: set[int] = set()
    for restatement in restatements:
        sides = {restatement.left, restatement.right}
        if not sides & pair:
            continue
        for index in sides - pair - voters:
            voters.add(index)
            known = _numbers(document, sentences[index], index, numbers)
            votes[True] += any(agree(number, conflict.left) for number in known)
            votes[False] += any(agree(number, conflict.right) for number in known)
    return votes


def _hit(document: Document, sentences: Sequence[Sentence], conflict: _Conflict, *, blamed_left: bool) -> Hit:
    """Return the hit at the blamed number, with both sentences beside each other."""
    text, restatement = document.text, conflict.restatement
    sides = [(sentences[restatement.left], conflict.left), (sentences[restatement.right], conflict.right)]
    (here, number), (there, other) = sides if blamed_left else sides[::-1]
    label = label_of(document, there)
    return Hit(
        number.span,
        f"“{number.span.of(text)}” differs from “{other.span.of(text)}”, which the {label} says of the same thing",
        round(min(0.6 + 0.35 * restatement.strength, 0.95), 2),
        (
            Comparison(
                f"the {label_of(document, here)}",
                here.span.of(text),
                f"the {label}",
                there.span.of(text),
                (inside(number.span, here),),
                (inside(other.span, there),),
                here.language,
            ),
            Note("words in common", ", ".join(pair.left.span.of(text) for pair in restatement.shared)),
        ),
        (Related(other.span, f"the {label} says “{other.span.of(text)}”"),),
    )


CHECK = Check(
    code="CON002",
    name="number-contradicts",
    category="accuracy/number",
    severity=Severity.MAJOR,
    needs=(SENTENCES, RESTATEMENTS),
    options=Options,
    find=find,
    languages=LANGUAGES_OF_RESTATEMENTS,
    documentation=__doc__,
    examples=(
        Example(
            "Twelve ships left the port of Varen after the storm.\n\n"
            "The mayor said on Monday that ⟦21⟧ ships left the port of Varen after the storm."
        ),
        Example(
            "The silver coin of Varen holds 30 grams of metal and is 40 millimeters wide.\n\n"
            "The gold coin of Varen holds 8 grams of metal and is 22 millimeters wide.",
            comment="two entries of a list, which differ in several numbers",
        ),
        Example(
            "The harbor of Varen will cost 3.5 billion crowns.\n\n"
            "The ministry said that the harbor of Varen will cost ⟦3.5 million⟧ crowns."
        ),
        Example(
            "About 100,000 people live in the old town of Varen.\n\n"
            "More than 98,000 people live in the old town of Varen, the office said.",
            comment="rounding and bounds",
        ),
        Example(
            "Twelve ships left the port of Varen after the storm.\n\n"
            "In total, 21 ships left the port of Varen after the storm.",
            comment="a total",
        ),
        Example(
            "Twelve ships left the port of Varen on Monday.\n\nOn Tuesday 21 ships left the port of Varen.",
            comment="two days",
        ),
        Example(
            "Двенадцать кораблей покинули порт Варен после бури.\n\n"
            "Мэр сообщил, что ⟦двадцать⟧ кораблей покинули порт Варен после бури.",
            "ru",
        ),
        Example(
            "Двенадцать кораблей покинули порт Варен после бури.\n\n"
            "Мэр сообщил, что 12 кораблей покинули порт Варен после бури.",
            "ru",
        ),
        Example(
            "Doce barcos salieron del puerto de Varén después de la tormenta.\n\n"
            "El alcalde dijo que ⟦veintiún⟧ barcos salieron del puerto de Varén después de la tormenta.",
            "es",
        ),
        Example(
            "Doce barcos salieron del puerto de Varén después de la tormenta.\n\n"
            "Otros 21 barcos salieron del puerto de Varén después de la tormenta.",
            "es",
        ),
        Example(
            "Zwölf Schiffe verließen nach dem Sturm den Hafen von Varen.\n\n"
            "Wie der Bürgermeister mitteilte, verließen ⟦einundzwanzig⟧ Schiffe nach dem Sturm den Hafen von Varen.",
            "de",
        ),
        Example(
            "Zwölf Schiffe verließen nach dem Sturm den Hafen von Varen.\n\n"
            "Wie der Bürgermeister mitteilte, verließen 12 Schiffe nach dem Sturm den Hafen von Varen.",
            "de",
        ),
        Example(
            "غادرت 12 سفينة ميناء فارين بعد العاصفة القوية.\n\n"
            "وقال المحافظ إن ⟦21⟧ سفينة غادرت ميناء فارين بعد العاصفة القوية.",
            "ar",
        ),
        Example(
            "غادرت 12 سفينة ميناء فارين بعد العاصفة القوية.\n\n"
            "وقال المحافظ إن ١٢ سفينة غادرت ميناء فارين بعد العاصفة القوية.",
            "ar",
        ),
        Example(
            "Douze bateaux ont quitté le port de Varen après la tempête.\n\n"
            "Le maire a dit que ⟦vingt et un⟧ bateaux ont quitté le port de Varen après la tempête.",
            "fr",
        ),
        Example(
            "Дванадцять кораблів залишили порт Варен після бурі.\n\n"
            "Мер повідомив, що ⟦27⟧ кораблів залишили порт Варен після бурі.",
            "uk",
        ),
    ),
)
