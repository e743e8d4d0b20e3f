"""The fact DAMAGE: how likely each word of an English page is damaged, and how far each sentence is mere words.

Two small logistic models over named features (``mtcheck.text.word_surprisal`` and below), kept as plain data
(``data/*.en.json``), written by ``mtcheck bench damage --fit``. A probability is calibrated for machine translations of news: it
says how often a professional marked such a word there. Nothing is said of other languages.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, fsum
from statistics import fmean, pstdev

from mtcheck.core.documents import Document
from mtcheck.core.facts import Computed, Fact, Facts
from mtcheck.core.findings import Note
from mtcheck.core.spans import Span
from mtcheck.core.surprisal import SURPRISAL, PassageSurprisal
from mtcheck.text.fitted import version_of
from mtcheck.text.sentences import SENTENCES
from mtcheck.text.style_words import FUNCTION_WORDS
from mtcheck.text.word_frequency import FREQUENCY_FILE, frequencies
from mtcheck.text.word_surprisal import Level, WordSurprisal, features_of, level_of, words_of

LANGUAGE = "en"
WORDS, SALAD = "damaged_words", "word_salad"
FEWEST_WORDS = 8
"""Words a sentence needs before anything is said of it as a whole."""
_LARGEST_SHARE_OF_NAMES = 0.4
_ENDS, _AFTER_THE_END = frozenset((".", "!", "?", "…")), "\"'”’»)] "
_LONGEST_SENTENCE = 120
_LONGEST_ABBREVIATION = 4
_LARGEST = 30.0


@dataclass(frozen=True, slots=True)
class Term:
    """One feature of a model: its mean and deviation in the data it was fitted to, and its weight."""

    feature: str
    mean: float
    deviation: float
    weight: float


@dataclass(frozen=True, slots=True)
class DamageModel:
    """A fitted model. Log-odds are calibrated as ``slope * score + offset`` on documents that took no part in fitting.

    ``threshold`` is the probability from which a finding is made. ``precision`` is the share of findings that were right on the
    reporting half, ``false_alarms`` their number in 1,000 words that people wrote, ``fitted_with`` the signature of the language model.
    """

    name: str
    intercept: float
    terms: tuple[Term, ...]
    slope: float
    offset: float
    threshold: float
    precision: float
    false_alarms: float
    fitted_with: str

    def parts(self, values: Sequence[float]) -> list[tuple[str, float]]:
        """Return what each feature adds to the score, the strongest first. ``values`` stand in the order of ``terms``."""
        found = [
            (term.feature, term.weight * (value - term.mean) / term.deviation)
            for term, value in zip(self.terms, values, strict=True)
        ]
        return sorted(found, key=lambda part: (-part[1], part[0]))

    def probability(self, values: Sequence[float]) -> float:
        """Return the calibrated probability."""
        score = self.intercept + fsum(part for _, part in self.parts(values))
        return 1 / (1 + exp(-max(-_LARGEST, min(_LARGEST, self.slope * score + self.offset))))

    def strongest(self, values: Sequence[float], most: int = 4) -> str:
        """Say which features carried a finding, with what each added to the log-odds."""
        parts = [(name, self.slope * part) for name, part in self.parts(values)[:most]]
        return "; ".join(f"{name} {part:+.2f}" for name, part in parts if part > 0) or "many small ones"


@dataclass(frozen=True, slots=True)
class JudgedWord:
    """A word with the probability that it is damaged; ``plain`` as in ``WordSurprisal``, ``values`` its features in the order of the model."""

    span: Span
    probability: float
    highest: float
    plain: bool
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class JudgedSentence:
    """A sentence with the probability that its words stand in no order; ``values`` as those of a word."""

    span: Span
    probability: float
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Damage:
    """The words of each passage that was judged, in order, the sentences, and the page's own level."""

    passages: tuple[tuple[JudgedWord, ...], ...]
    sentences: tuple[JudgedSentence, ...]
    level: Level


DAMAGE: Fact[Damage] = Fact("damage")

SENTENCE_FEATURES: tuple[str, ...] = (
    "bits of a word",
    "beyond the frequency of the words",
    "against the page",
    "variation of the bits",
    "share of words beyond their frequency",
    "function words, beyond their frequency",
    "rare words",
    "words of the sentence",
    "names and numbers",
)
"""The names of the features of a sentence, in order."""


def sentence_features(words: Sequence[WordSurprisal], level: Level) -> tuple[float, ...]:
    """Return the features of a sentence with these words. Raises ``ValueError`` where there are none."""
    if not words:
        raise ValueError("a sentence without words has no features")
    bits = [word.bits for word in words]
    beyond = [word.beyond for word in words]
    function = [word.beyond for word in words if word.word.lower() in FUNCTION_WORDS]
    return (
        fmean(bits),
        fmean(beyond),
        fmean(level.deviation(word.highest) for word in words),
        pstdev(bits),
        sum(value > 0 for value in beyond) / len(words),
        fmean(function) if function else 0.0,
        sum(word.word.lower() not in frequencies() for word in words) / len(words),
        min(_LONGEST_SENTENCE, len(words)) ** 0.5,
        sum(_is_name_or_number(word) for word in words) / len(words),
    )


def _is_name_or_number(word: WordSurprisal) -> bool:
    return word.word[0].isdigit() or (word.word[0].isupper() and not word.sentence_start)


@cache
def damage_model(name: str) -> DamageModel:
    """Return a model of the package by name."""
    return read_model((files("mtcheck.text") / "data" / f"{name}.{LANGUAGE}.json").read_text("utf-8"))


def read_model(text: str) -> DamageModel:
    """Return the model in a JSON text."""
    record = json.loads(text)
    terms = tuple(Term(**entry) for entry in record.pop("terms"))
    return DamageModel(terms=terms, **record)


def damage_of(document: Document, facts: Facts) -> Damage:
    """Return what the models of the package say of the English passages of a page."""
    passages = [passage for passage in facts[SURPRISAL].passages if passage.language == LANGUAGE]
    spans = [sentence.span for sentence in facts[SENTENCES]]
    return judged(document.text, passages, spans, damage_model(WORDS), damage_model(SALAD))


def judged(
    text: str,
    passages: Sequence[PassageSurprisal],
    sentences: Sequence[Span],
    of_words: DamageModel,
    of_sentences: DamageModel,
) -> Damage:
    """Return what two models say of a page; all spans count ``text``, and sentences stand in order."""
    words = [words_of(text, passage) for passage in passages]
    level = level_of(words)
    found = tuple(
        tuple(
            JudgedWord(word.span, of_words.probability(values), word.highest, word.plain, values)
            for word, values in zip(mine, features, strict=True)
        )
        for mine, features in zip(words, features_of(words), strict=True)
    )
    whole = []
    for span, inside in words_by_sentence(text, words, sentences):
        values = sentence_features(inside, level)
        whole.append(JudgedSentence(span, of_sentences.probability(values), values))
    return Damage(found, tuple(whole), level)


def words_by_sentence(
    text: str, passages: Sequence[Sequence[WordSurprisal]], sentences: Sequence[Span]
) -> Iterator[tuple[Span, list[WordSurprisal]]]:
    """Yield the sentences that can be judged as a whole, with their words.

    They end as sentences do, and have enough words; bylines, lists of names, tags and lines in capitals have an order of their own.
    """
    every = [word for words in passages for word in words]
    starts = [word.span.start for word in every]
    for span in sentences:
        first, last = (bisect_left(starts, place) for place in (span.start, span.end))
        inside = every[first:last]
        names = sum(map(_is_name_or_number, inside))
        if len(inside) < FEWEST_WORDS or names > _LARGEST_SHARE_OF_NAMES * len(inside) or not _ends(span.of(text)):
            continue
        if not any(_is_code(word) for word in inside):
            yield span, inside


def _is_code(word: WordSurprisal) -> bool:
    small = word.word.islower() and not word.plain
    return small or (word.word.isupper() and len(word.word) > _LONGEST_ABBREVIATION)


def _ends(sentence: str) -> bool:
    return sentence.rstrip(_AFTER_THE_END)[-1:] in _ENDS


@dataclass(frozen=True, slots=True)
class DamagedSpan:
    """Words next to each other that are probably damaged, with the most probable of them."""

    span: Span
    worst: JudgedWord


def damaged_spans(damage: Damage, threshold: float) -> Iterator[DamagedSpan]:
    """Yield the runs of plain words whose probability reaches the threshold; one word between two of them is taken in."""
    for words in damage.passages:
        run: list[int] = []
        for index, word in enumerate(words):
            if word.probability < threshold or not word.plain:
                continue
            if run and index - run[-1] > 2:
                yield _span_of(words, run)
                run = []
            run.append(index)
        if run:
            yield _span_of(words, run)


def _span_of(words: Sequence[JudgedWord], run: Sequence[int]) -> DamagedSpan:
    worst = max((words[index] for index in run), key=lambda word: word.probability)
    return DamagedSpan(Span(words[run[0]].span.start, words[run[-1]].span.end), worst)


def model_and_hash(signature: str) -> str:
    """Return the part of a language model's signature that tells its weights; runtimes and precisions differ by little."""
    return " ".join(signature.split()[:2])


def calibration_note(model: DamageModel, signature: str) -> tuple[Note, ...]:
    """Return a note where another language model gave the surprisal than the one that ``model`` was fitted with, else nothing."""
    fitted, given = model_and_hash(model.fitted_with), model_and_hash(signature)
    if fitted == given:
        return ()
    return (Note("calibration", f"the probability was fitted with {fitted} and is a guess with {given}"),)


# Raise the first part where the code could give another value; the second changes with what was fitted.
_VERSION = (1 << 32) + version_of(f"{WORDS}.{LANGUAGE}.json", f"{SALAD}.{LANGUAGE}.json", FREQUENCY_FILE)
PROVIDER = Computed(DAMAGE, (SURPRISAL, SENTENCES), damage_of, version=_VERSION)
