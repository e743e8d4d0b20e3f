"""The fact STYLE_SURPRISAL: how much a page reads like a translation, and like one by machine, where a language model has read it too.

Two logistic models over the features of ``mtcheck.text.style`` and of surprisal: translators and machines choose the expected word, and
keep sentences alike. The first tells translations from native text; the second tells machines from people among translations. The
score of a machine is the log of both probabilities together. Kept as plain data (``data/*_surprisal.en.json``), written by ``mtcheck bench
damage --fit``. They were fitted with one language model and are silent with any other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log1p
from statistics import fmean, pstdev

from mtcheck.core.documents import Document
from mtcheck.core.facts import Computed, Fact, Facts
from mtcheck.core.surprisal import SURPRISAL
from mtcheck.text.damage import model_and_hash
from mtcheck.text.fitted import version_of
from mtcheck.text.machine_style import (
    LANGUAGE,
    MACHINE,
    STYLE,
    TRANSLATED,
    StyleModel,
    running_sentences,
    style_model,
)
from mtcheck.text.sentences import SENTENCES
from mtcheck.text.style import features
from mtcheck.text.style_words import FUNCTION_WORDS
from mtcheck.text.word_frequency import FREQUENCY_FILE
from mtcheck.text.word_surprisal import WordSurprisal, words_of

MACHINE_WITH_SURPRISAL, TRANSLATED_WITH_SURPRISAL = "machine_style_surprisal", "translationese_surprisal"
_PARTS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98)
_SENTENCE_PARTS = (0.1, 0.25, 0.5, 0.75, 0.9)
_SHARES = (0.5, 1, 2, 8, 12, 16)
_KINDS = ("first word", "number", "name", "function word", "long word", "other word")
_LONG = 8
_TOLD_APART = (
    *("the", "of", "a", "to", "in", "and", "that", "for", "on", "with", "as", "at", "by", "it", "is", "was", "has"),
    *("have", "said", "will", "this", "from", "an", "but", "not", "be", "are"),
)
# A word that stands once or twice in a passage says little: its mean is drawn to nothing, as if these stood there too.
_UNSEEN = 3
_MOST = 30.0


@dataclass(frozen=True, slots=True)
class StyleSurprisal:
    """The scores of each passage of STYLE, in order, with the features that moved them most; none with another language model."""

    machine: tuple[float, ...]
    translated: tuple[float, ...]
    machine_features: tuple[tuple[tuple[str, float], ...], ...]
    translated_features: tuple[tuple[tuple[str, float], ...], ...]


STYLE_SURPRISAL: Fact[StyleSurprisal] = Fact("style and surprisal")


@dataclass(frozen=True, slots=True)
class PageScores:
    """The scores of the passages of a page by the model that knows most of it, with the features that moved them most."""

    model: StyleModel
    scores: tuple[float, ...]
    features: tuple[tuple[tuple[str, float], ...], ...]

    @property
    def worst(self) -> int:
        """The index of the passage with the highest score, the first of several."""
        return max(range(len(self.scores)), key=lambda index: (self.scores[index], -index))


def machine_scores(facts: Facts) -> PageScores:
    """Return how much the passages of STYLE read like machine translation; surprisal counts where it is known."""
    if STYLE_SURPRISAL in facts and facts[STYLE_SURPRISAL].machine:
        known = facts[STYLE_SURPRISAL]
        return PageScores(style_model(MACHINE_WITH_SURPRISAL), known.machine, known.machine_features)
    passages = facts[STYLE].passages
    features = tuple(passage.machine_features for passage in passages)
    return PageScores(style_model(MACHINE), tuple(passage.machine for passage in passages), features)


def translated_scores(facts: Facts) -> PageScores:
    """Return how much the passages of STYLE read like a translation; surprisal counts where it is known."""
    if STYLE_SURPRISAL in facts and facts[STYLE_SURPRISAL].translated:
        known = facts[STYLE_SURPRISAL]
        return PageScores(style_model(TRANSLATED_WITH_SURPRISAL), known.translated, known.translated_features)
    passages = facts[STYLE].passages
    features = tuple(passage.translated_features for passage in passages)
    return PageScores(style_model(TRANSLATED), tuple(passage.translated for passage in passages), features)


def machine_score(translated: float, machine: float) -> float:
    """Return the log of the probability of being a translation and, being one, by machine, from the log-odds of both."""
    return -log1p(exp(min(_MOST, -translated))) - log1p(exp(min(_MOST, -machine)))


def passage_features(sentences: Sequence[Sequence[WordSurprisal]]) -> dict[str, float]:
    """Return the features of surprisal of a passage by name, nothing for one without words."""
    filled = [words for words in sentences if words]
    if not filled:
        return {}
    found: dict[str, float] = {}
    by_sentence = {
        "bits a character": [
            sum(word.bits + word.before for word in words) / (words[-1].span.end - words[0].span.start)
            for words in filled
        ],
        "bits of the words": [fmean(word.bits for word in words) for words in filled],
        "bits of the least expected word": [max(word.highest for word in words) for words in filled],
    }
    for name, values in by_sentence.items():
        found[f"{name} in a sentence"] = fmean(values)
        found[f"variation between sentences: {name}"] = pstdev(values) / (fmean(values) or 1.0)
        found |= {
            f"{name} in a sentence, {100 * part:.0f} % lie below": _quantile(values, part) for part in _SENTENCE_PARTS
        }
    bits = [word.bits for words in filled for word in words]
    beyond = [word.beyond for words in filled for word in words]
    for name, values in (("bits of a word", bits), ("bits beyond frequency", beyond)):
        found[name] = fmean(values)
        found[f"variation: {name}"] = pstdev(values)
        found |= {f"{name}, {100 * part:.0f} % lie below": _quantile(values, part) for part in _PARTS}
    found |= {f"share of words below {most} bits": sum(value < most for value in bits) / len(bits) for most in _SHARES}
    found["surprise follows surprise"] = _correlation(
        [(left.bits, right.bits) for words in filled for left, right in pairwise(words)]
    )
    found["sentences follow each other's level"] = _correlation(list(pairwise(by_sentence["bits a character"])))
    found |= _by_kind(filled)
    signs = [word.before for words in filled for word in words]
    found["bits of the signs between words"] = fmean(signs)
    set_signs = [value for value in signs if value > 0]
    found["bits of a sign"] = fmean(set_signs) if set_signs else 0.0
    found["bits of a sign, 90 % lie below"] = _quantile(set_signs, 0.9) if set_signs else 0.0
    return found


def _by_kind(sentences: Sequence[Sequence[WordSurprisal]]) -> dict[str, float]:
    """Return the level of kinds of words, and how unexpected the most frequent function words are."""
    kinds: dict[str, list[WordSurprisal]] = {kind: [] for kind in _KINDS}
    told: dict[str, list[float]] = {word: [] for word in _TOLD_APART}
    for words in sentences:
        for index, word in enumerate(words):
            kinds[_kind(word, first=index == 0)].append(word)
            if word.word in told:
                told[word.word].append(word.beyond)
    found: dict[str, float] = {}
    for kind, words in kinds.items():
        found[f"bits of a {kind}"] = fmean(word.bits for word in words) if words else 0.0
        found[f"bits beyond frequency of a {kind}"] = fmean(word.beyond for word in words) if words else 0.0
        found[f"variation: bits of a {kind}"] = pstdev(word.bits for word in words) if words else 0.0
    return found | {
        f"bits beyond frequency of “{word}”": sum(values) / (len(values) + _UNSEEN) for word, values in told.items()
    }


def _kind(word: WordSurprisal, *, first: bool) -> str:
    if first:
        return "first word"
    if word.word[0].isdigit():
        return "number"
    if word.word[0].isupper():
        return "name"
    if word.word.lower() in FUNCTION_WORDS:
        return "function word"
    return "long word" if len(word.word) > _LONG else "other word"


def _quantile(values: Sequence[float], part: float) -> float:
    """Return the value below which a part of the values lies, between two neighbors by proportion."""
    ordered = sorted(values)
    place = part * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def _correlation(pairs: Sequence[tuple[float, float]]) -> float:
    """Return Pearson's correlation, 0 for too few pairs or where one side never changes."""
    if len(pairs) < _UNSEEN:
        return 0.0
    left, right = zip(*pairs, strict=True)
    spread = pstdev(left) * pstdev(right)
    middle = fmean(left), fmean(right)
    return fmean((one - middle[0]) * (other - middle[1]) for one, other in pairs) / spread if spread > 0 else 0.0


def style_surprisal_of(document: Document, facts: Facts) -> StyleSurprisal:
    """Return the scores of the passages of a page."""
    surprisals = facts[SURPRISAL]
    machine, translated = style_model(MACHINE_WITH_SURPRISAL), style_model(TRANSLATED_WITH_SURPRISAL)
    if {machine.language_model, translated.language_model} != {model_and_hash(surprisals.signature_of(LANGUAGE))}:
        return StyleSurprisal((), (), (), ())
    words = [
        word
        for passage in surprisals.passages
        if passage.language == LANGUAGE
        for word in words_of(document.text, passage)
    ]
    starts = [word.span.start for word in words]
    known = facts[SENTENCES]
    sentences = running_sentences(document, known)
    grams = tuple(dict.fromkeys((*machine.grams, *translated.grams)))
    scores: list[tuple[float, float]] = []
    strongest = []
    for passage in facts[STYLE].passages:
        spans = [sentence.span for sentence in sentences if passage.span.contains(sentence.span)]
        inside = [words[bisect_left(starts, span.start) : bisect_left(starts, span.end)] for span in spans]
        found = features([span.of(document.text) for span in spans], grams) | passage_features(inside)
        reads_translated = translated.score(found)
        scores.append((machine_score(reads_translated, machine.score(found)), reads_translated))
        strongest.append((tuple(machine.contributions(found)[:6]), tuple(translated.contributions(found)[:6])))
    return StyleSurprisal(
        tuple(score for score, _ in scores),
        tuple(score for _, score in scores),
        tuple(mine for mine, _ in strongest),
        tuple(mine for _, mine in strongest),
    )


# Raise the first part where the code could give another value; the second changes with what was fitted.
_VERSION = (2 << 32) + version_of(
    f"{MACHINE_WITH_SURPRISAL}.{LANGUAGE}.json", f"{TRANSLATED_WITH_SURPRISAL}.{LANGUAGE}.json", FREQUENCY_FILE
)
PROVIDER = Computed(STYLE_SURPRISAL, (STYLE, SURPRISAL, SENTENCES), style_surprisal_of, version=_VERSION)
