"""The fact STYLE_SURPRISAL: how much a page reads like machine translation, where a language model has read it too.

A logistic model over the score of the style model (``mtcheck.text.machine_style``) and named features of surprisal: machines choose the
expected word, and keep sentences alike. Kept as plain data (``data/machine_style_surprisal.en.json``), written by ``mtcheck bench
damage --fit``. It was fitted with one language model and is silent with any other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev

from mtcheck.core.documents import Document
from mtcheck.core.facts import Computed, Fact, Facts
from mtcheck.core.surprisal import SURPRISAL
from mtcheck.text.damage import model_and_hash
from mtcheck.text.fitted import version_of
from mtcheck.text.machine_style import LANGUAGE, STYLE, running_sentences, style_model
from mtcheck.text.sentences import SENTENCES
from mtcheck.text.word_frequency import FREQUENCY_FILE
from mtcheck.text.word_surprisal import WordSurprisal, words_of

MACHINE_WITH_SURPRISAL = "machine_style_surprisal"
STYLE_SCORE = "the style of the passage"
_HARDLY, _VERY = 1.0, 12.0


@dataclass(frozen=True, slots=True)
class StyleSurprisal:
    """The score of each passage of STYLE, in order, with the features that moved it most; none with another language model."""

    scores: tuple[float, ...]
    features: tuple[tuple[tuple[str, float], ...], ...]


STYLE_SURPRISAL: Fact[StyleSurprisal] = Fact("style and surprisal")


def passage_features(sentences: Sequence[Sequence[WordSurprisal]]) -> dict[str, float]:
    """Return the features of a passage by name, nothing for one without words."""
    filled = [words for words in sentences if words]
    if not filled:
        return {}
    levels = [
        sum(word.bits + word.before for word in words) / (words[-1].span.end - words[0].span.start) for words in filled
    ]
    bits = [word.bits for words in filled for word in words]
    return {
        "bits a character": fmean(levels),
        "variation of surprisal between sentences": pstdev(levels) / (fmean(levels) or 1.0),
        "bits of a word": fmean(bits),
        "beyond the frequency of the words": fmean(word.beyond for words in filled for word in words),
        "share of words that hardly surprise": sum(value < _HARDLY for value in bits) / len(bits),
        "share of words that surprise much": sum(value > _VERY for value in bits) / len(bits),
        "variation of surprisal between words": pstdev(bits),
    }


def style_surprisal_of(document: Document, facts: Facts) -> StyleSurprisal:
    """Return the scores of the passages of a page."""
    surprisals = facts[SURPRISAL]
    model = style_model(MACHINE_WITH_SURPRISAL)
    if model.language_model != model_and_hash(surprisals.model_signature):
        return StyleSurprisal((), ())
    words = [
        word
        for passage in surprisals.passages
        if passage.language == LANGUAGE
        for word in words_of(document.text, passage)
    ]
    starts = [word.span.start for word in words]
    known = facts[SENTENCES]
    sentences = running_sentences(document, known)
    scores, features = [], []
    for passage in facts[STYLE].passages:
        inside = [
            words[bisect_left(starts, sentence.span.start) : bisect_left(starts, sentence.span.end)]
            for sentence in sentences
            if passage.span.start <= sentence.span.start and sentence.span.end <= passage.span.end
        ]
        found: Mapping[str, float] = {STYLE_SCORE: passage.machine, **passage_features(inside)}
        scores.append(model.score(found))
        features.append(tuple(model.contributions(found)[:6]))
    return StyleSurprisal(tuple(scores), tuple(features))


# Raise the first part where the code could give another value; the second changes with what was fitted.
_VERSION = (1 << 32) + version_of(f"{MACHINE_WITH_SURPRISAL}.{LANGUAGE}.json", FREQUENCY_FILE)
PROVIDER = Computed(STYLE_SURPRISAL, (STYLE, SURPRISAL, SENTENCES), style_surprisal_of, version=_VERSION)
