"""What keeps two sentences with the same words from being two reports of the same thing.

A page may speak of two events, two sides, two days or two counts in the same words. These tests err towards "two things":
checks that accuse a page of contradicting itself are to stay silent on people's writing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from mtcheck.core.documents import BlockKind, Document
from mtcheck.core.findings import Hit
from mtcheck.core.spans import Span
from mtcheck.text.dates import dates_in, weekday_names
from mtcheck.text.opposites import plain_form, poles
from mtcheck.text.restatements import Restatement, raw_words, sentence_words
from mtcheck.text.sentences import Sentence

# Languages that show no names by their capitals.
WITHOUT_NAME_CAPITALS = frozenset({"de", "ar"})
_QUESTION_MARKS = ("?", "؟")
_CLOSING_MARKS = "\"'”’»"
_KIND_NAMES = {BlockKind.HEADLINE: "headline", BlockKind.SUMMARY: "summary", BlockKind.LEAD: "lead"}
_WORDS_BESIDE = 3
# How many characters around a number are looked at: a bound on hostile text.
_REACH = 120


@dataclass(frozen=True, slots=True)
class CommonWords:
    """How much of two sentences their common words must cover (weighted by rarity, 0 to 1).

    ``shorter_covered`` is asked of the better covered sentence, ``longer_covered`` of the other; ``common_words`` is the
    least number of common words.
    """

    shorter_covered: float
    longer_covered: float
    common_words: int

    def enough(self, coverages: tuple[float, float], words: int, *, stricter: float = 0.0) -> bool:
        """Tell whether so many common words cover so much of both sentences, each share asked ``stricter`` higher."""
        worse, better = sorted(coverages)
        covered = better >= self.shorter_covered + stricter and worse >= self.longer_covered + stricter
        return covered and words >= self.common_words


@dataclass(frozen=True, slots=True)
class Candidate:
    """A hit with the place that it speaks of (of several hits at one place the best is kept) and its strength."""

    place: Span
    strength: float
    hit: Hit


def strongest(candidates: Iterable[Candidate]) -> Iterator[Hit]:
    """Yield the strongest hit of each place, in the order in which the places came up; the earlier one among equals."""
    kept: dict[Span, Candidate] = {}
    for candidate in candidates:
        known = kept.get(candidate.place)
        if known is None or known.strength < candidate.strength:
            kept[candidate.place] = candidate
    for candidate in kept.values():
        yield candidate.hit


def asks_or_contrasts(document: Document, left: Sentence, right: Sentence) -> bool:
    """Tell whether one of two sentences asks, supposes, or sets two things against each other, and the other does not."""
    if any(s.span.of(document.text).rstrip(_CLOSING_MARKS).endswith(_QUESTION_MARKS) for s in (left, right)):
        return True
    contrast = sentence_words(left.language).contrast
    here, there = (
        sorted(form for form in _forms(sentence.span.of(document.text), sentence.language) if form in contrast)
        for sentence in (left, right)
    )
    return here != there


def names_tell_apart(restatement: Restatement, language: str) -> bool:
    """Tell whether both sentences have a name that the other lacks: they may speak of two bearers."""
    if language in WITHOUT_NAME_CAPITALS:
        return False
    return all(
        any(word.name and not word.opposable and not word.form[0].isdigit() for word in side)
        for side in (restatement.left_only, restatement.right_only)
    )


def numbers_tell_apart(restatement: Restatement) -> bool:
    """Tell whether both sentences have a number that the other lacks: they may speak of two things."""
    return all(any(word.form[0].isdigit() for word in side) for side in (restatement.left_only, restatement.right_only))


def times_tell_apart(document: Document, left: Sentence, right: Sentence) -> bool:
    """Tell whether the sentences name different days, months or years, or one a time and the other none."""
    times = [_times(sentence.span.of(document.text), sentence.language) for sentence in (left, right)]
    (left_days, left_dates), (right_days, right_dates) = times
    different_days = bool(left_days and right_days and not left_days & right_days)
    return different_days or bool(left_dates and right_dates and not left_dates & right_dates)


def counts_otherwise(document: Document, left: Sentence, number: Span, right: Sentence, other: Span) -> bool:
    """Tell whether words beside one of two numbers make it a total, a part, a further one, or a count at another time."""
    words = _told_apart(left.language)
    beside = []
    for sentence, span in ((left, number), (right, other)):
        start, end = max(sentence.span.start, span.start - _REACH), min(sentence.span.end, span.end + _REACH)
        before = raw_words(document.text, Span(start, span.start))[-_WORDS_BESIDE:]
        after = raw_words(document.text, Span(span.end, end))[:_WORDS_BESIDE]
        forms = {plain_form(near.of(document.text), sentence.language) for near in (*before, *after)}
        beside.append(forms & words)
    return beside[0] != beside[1]


def comes_at_another_time(document: Document, left: Sentence, right: Sentence) -> bool:
    """Tell whether one of two sentences places what it says before or after something, and the other does not."""
    words = sentence_words(left.language).sequence
    here, there = (
        words & set(_forms(sentence.span.of(document.text), sentence.language)) for sentence in (left, right)
    )
    return here != there


def opposed(restatement: Restatement, language: str, *, answering_left: bool) -> bool:
    """Tell whether opposed words answer a negation that the other side has: "did not improve", "deteriorated".

    Any word with an opposite on the answering side counts, unless the denying side has one of the same pole ("won", "win").
    """
    answering, denying = restatement.left_only, restatement.right_only
    if not answering_left:
        answering, denying = denying, answering
    known = {pole for word in denying for pole in poles(word.form, language)}
    return any(not known & set(poles(word.form, language)) for word in answering if word.opposable)


def blames_left(
    document: Document, sentences: Sequence[Sentence], restatement: Restatement, votes: Counter[bool]
) -> bool:
    """Tell whether the left side is to be reported: fewer sentences support it, or they are level and it is the summary.

    ``votes`` counts the other sentences of the page that say what the left side says (``True``) or the right (``False``).
    """
    if votes[True] != votes[False]:
        return votes[True] < votes[False]
    return document.blocks[sentences[restatement.left].block].kind is BlockKind.SUMMARY


def inside(span: Span, sentence: Sentence) -> Span:
    """Return a span of the document as it counts from the start of a sentence around it."""
    return span.shift(-sentence.span.start)


def label_of(document: Document, sentence: Sentence) -> str:
    """Return what an editor calls the place of a sentence."""
    return _KIND_NAMES.get(document.blocks[sentence.block].kind, "text")


# A sentence is compared with many others: what is asked of it alone is kept while its page is looked at.
@lru_cache(maxsize=512)
def _forms(sentence: str, language: str) -> tuple[str, ...]:
    """Return the plain forms of the words of a sentence."""
    return tuple(plain_form(word.of(sentence), language) for word in raw_words(sentence, Span(0, len(sentence))))


@lru_cache(maxsize=512)
def _times(sentence: str, language: str) -> tuple[frozenset[int], frozenset[tuple[int | None, int | None]]]:
    """Return the weekdays that a sentence names, and the months with their days."""
    names = weekday_names(language)
    return (
        frozenset(names[form] for form in _forms(sentence, language) if form in names),
        frozenset((date.month, date.day) for date in dates_in(sentence, language)),
    )


@cache
def _told_apart(language: str) -> frozenset[str]:
    """Read the words of a language."""
    for row in (files("mtcheck.text") / "data" / "told_apart.tsv").read_text("utf-8").splitlines():
        if row.startswith(f"{language}\t"):
            return frozenset(plain_form(word, language) for word in row.split("\t")[1].split())
    return frozenset()
