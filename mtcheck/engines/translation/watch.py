"""The translator watched: what it plainly failed at is marked, so that no check accuses a page for it.

Every threshold is a named constant with where it comes from. They are wide on purpose: a translation that passes is not
thereby good, and one that is marked is only left out of the evidence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from mtcheck.core.translation import Likelihood, Proposer, Scorer, Translation, Translator
from mtcheck.core.unusable import Unusable
from mtcheck.engines.translation.doubt import Doubt, doubt_for
from mtcheck.engines.translation.several import signature_for
from mtcheck.text.alignment import words_of
from mtcheck.text.lengths import usual_ratio

# Texts with more characters are not sent at all: several times the longest sentence of news, and beyond what the common
# models were trained on (512 subwords).
MAX_INPUT_CHARACTERS = 2_000
# A copy counts from this many words of letters on; shorter texts can be names, and numbers are the same in all languages.
COPY_WORDS = 4
# A translation of twice as many words, of which more than this share are words of the source, was hardly translated at all. No human
# translation of FLORES-200 dev comes near it, not between Russian and Ukrainian either.
MAX_COPIED_SHARE = 0.8
# A loop, after Guerreiro et al. 2023 (arXiv 2208.05309, "top n-gram count"): the commonest run of four words comes at least
# twice more often than in the source; and, for single words, this many in a row when the source has no such row.
LOOP_WORDS, LOOP_EXCESS = 4, 2
ROW_WORDS = 4
# The same for scripts without spaces and for words stuck together: a piece of at most 8 characters, 8 times in a row.
_STUCK = re.compile(r"(\S.{0,7}?)\1{7}", re.DOTALL)
# Of 55,832 human translations (FLORES-200 dev, eight languages, all directions) 1 in 1,000 is shorter than 0.50 times, and 1 in
# 1,000 longer than 1.9 times what is usual, almost all of them between Chinese and another language. Beyond these bounds a
# translation has lost or gained whole clauses.
MIN_LENGTH_RATIO, MAX_LENGTH_RATIO = 0.5, 2.0
# The same where one of the two languages is written in signs for words or syllables.
DENSE_LANGUAGES = frozenset({"zh", "ja", "ko"})
MIN_DENSE_RATIO, MAX_DENSE_RATIO = 0.35, 3.0
# Characters by which a short text may miss the bounds: an article, a spelt-out number.
LENGTH_SLACK = 12
# Where nothing was fitted for the model (``mtcheck.engines.translation.doubt``): below this mean log-probability a token (natural
# logarithm; a choice among 3.3 words at each step), and below this share of the words attended to, a translation is left out. Chosen on
# FLORES-200 dev with `mtcheck bench guard` and a small model: about the least sure twentieth.
LEAST_SCORE = -1.2
LEAST_COVERAGE = 0.5
# What tokenizers and models leave behind when they fail; what the source has itself is no leftover.
_MARKERS = re.compile(r"<unk>|</?s>|<pad>|<mask>|\u2581|@@(?=\s|$)|\u2047|\u0120|>>[a-z]{2,3}<<|__[a-z]{2,3}__|\ufffd")


def judge(
    text: str, translation: Translation, source_language: str, target_language: str, doubt: Doubt | None = None
) -> Translation:
    """Return the translation, marked as unusable where it plainly failed. A mark that it already bears is kept.

    ``doubt`` is what was fitted for the direction of the translator, if anything was.
    """
    if translation.unusable:
        return translation
    ratio = length_ratio(text, translation.text, source_language, target_language)
    reason = _fault(text, translation.text, source_language, target_language) or _doubt(translation, ratio, doubt)
    return translation if reason is None else replace(translation, unusable=reason)


def length_ratio(source: str, target: str, source_language: str, target_language: str) -> float | None:
    """Return the length of a translation against what is usual between the two languages (1.0); ``None`` for no text."""
    return len(target) / (len(source) * usual_ratio(source_language, target_language)) if source else None


def _fault(source: str, target: str, source_language: str, target_language: str) -> Unusable | None:
    if not target.strip():
        return Unusable.EMPTY
    source_words = [word.key for word in words_of(source)]
    target_words = [word.key for word in words_of(target)]
    if source_words and not target_words:
        return Unusable.EMPTY
    if _copies(source_words, target_words):
        return Unusable.COPY
    if _loops(source, source_words, target, target_words):
        return Unusable.LOOP
    leftover = Counter(_MARKERS.findall(target))
    leftover.subtract(_MARKERS.findall(source))
    if any(count > 0 for count in leftover.values()):
        return Unusable.MARKERS
    expected = len(source) * usual_ratio(source_language, target_language)
    dense = not DENSE_LANGUAGES.isdisjoint((source_language, target_language))
    if len(target) + LENGTH_SLACK < expected * (MIN_DENSE_RATIO if dense else MIN_LENGTH_RATIO):
        return Unusable.TRUNCATED
    if len(target) - LENGTH_SLACK > expected * (MAX_DENSE_RATIO if dense else MAX_LENGTH_RATIO):
        return Unusable.TOO_LONG
    return None


def _doubt(translation: Translation, ratio: float | None, doubt: Doubt | None) -> Unusable | None:
    """Return what the translator itself says against its translation."""
    if doubt and translation.score is not None and translation.coverage is not None and ratio is not None:
        probability = doubt.probability(translation.score, translation.coverage, ratio)
        return Unusable.LOW_CONFIDENCE if probability >= doubt.threshold else None
    if translation.score is not None and translation.score < LEAST_SCORE:
        return Unusable.LOW_CONFIDENCE
    if translation.coverage is not None and translation.coverage < LEAST_COVERAGE:
        return Unusable.LOW_COVERAGE
    return None


def _copies(source_words: Sequence[str], target_words: Sequence[str]) -> bool:
    """Tell whether the translation is, but for a few words, made of the source's own."""
    words = [word for word in target_words if word.isalpha()]
    if source_words == target_words:
        return len(words) >= COPY_WORDS
    known = set(source_words)
    return len(words) >= 2 * COPY_WORDS and sum(word in known for word in words) > MAX_COPIED_SHARE * len(words)


def _loops(source: str, source_words: Sequence[str], target: str, target_words: Sequence[str]) -> bool:
    # A word of a script without spaces has one to three characters, each of which counts as a word here.
    run = LOOP_WORDS if len(target) > 2 * len(target_words) else 2 * LOOP_WORDS
    if _most_repeated(target_words, run) - _most_repeated(source_words, run) >= LOOP_EXCESS:
        return True
    if _longest_row(target_words) >= ROW_WORDS > _longest_row(source_words):
        return True
    return _STUCK.search(target) is not None and _STUCK.search(source) is None


def _most_repeated(words: Sequence[str], length: int) -> int:
    """Return how often the commonest run of so many words comes."""
    runs = Counter(tuple(words[start : start + length]) for start in range(len(words) - length + 1))
    return max(runs.values(), default=1)


def _longest_row(words: Sequence[str]) -> int:
    """Return the greatest number of times that a word stands in a row."""
    longest = row = 0
    previous = None
    for word in words:
        row = row + 1 if word == previous else 1
        longest, previous = max(longest, row), word
    return longest


class WatchedTranslator:
    """A translator whose answers are judged; texts that are too long are not sent at all."""

    def __init__(self, translator: Translator) -> None:
        """Wrap a translator."""
        self._translator = translator

    @property
    def signature(self) -> str:
        """The translator's own; raise the version whenever the judgment changes."""
        return f"{self._translator.signature} watched 4"

    def signature_for(self, source_language: str, target_language: str) -> str:
        """Return the signature of what translates in a direction, unwatched."""
        return signature_for(self._translator, source_language, target_language)

    def supports(self, source_language: str, target_language: str) -> bool:
        """Tell whether the translator has the direction."""
        return self._translator.supports(source_language, target_language)

    def translate(self, texts: Sequence[str], source_language: str, target_language: str) -> list[Translation]:
        """Translate and judge each text. Raises what the translator raises."""
        sendable = [text for text in texts if len(text) <= MAX_INPUT_CHARACTERS]
        answers = iter(self._translator.translate(sendable, source_language, target_language) if sendable else ())
        doubt = doubt_for(self.signature_for(source_language, target_language), source_language, target_language)
        return [
            judge(text, next(answers), source_language, target_language, doubt)
            if len(text) <= MAX_INPUT_CHARACTERS
            else Translation("", unusable=Unusable.INPUT_TOO_LONG)
            for text in texts
        ]

    def likelihoods(
        self, sources: Sequence[str], targets: Sequence[str], source_language: str, target_language: str
    ) -> list[Likelihood | None]:
        """Pass on what the translator says of given translations; ``None`` where it cannot score."""
        if not isinstance(self._translator, Scorer):
            return [None] * len(sources)
        return self._translator.likelihoods(sources, targets, source_language, target_language)

    def proposals(
        self, texts: Sequence[str], source_language: str, target_language: str, count: int
    ) -> list[tuple[Translation, ...]]:
        """Judge each of the translator's several translations; none where it gives only one, and for a text too long to send."""
        if not isinstance(self._translator, Proposer):
            return [()] * len(texts)
        sendable = [text for text in texts if len(text) <= MAX_INPUT_CHARACTERS]
        answers = iter(self._translator.proposals(sendable, source_language, target_language, count))
        return [
            tuple(judge(text, each, source_language, target_language) for each in next(answers))
            if len(text) <= MAX_INPUT_CHARACTERS
            else ()
            for text in texts
        ]
