"""Pairs with one fault built in, told by a whole sentence, and what all this costs a page."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mtcheck.core.surprisal import LanguageModel, TokenSurprisal
from mtcheck.measuring.damage import word_figures, word_rows
from mtcheck.measuring.damage_pages import marked_pages, passage_of, written_pages
from mtcheck.measuring.surprisal import LANGUAGE, MARKED_SETS, FaultyPair, Figure, faulty_pairs, figure
from mtcheck.text.damage import (
    SALAD,
    SENTENCE_FEATURES,
    WORDS,
    DamageModel,
    damage_model,
    judged,
    model_and_hash,
    sentence_features,
)
from mtcheck.text.word_surprisal import Level, features_of, words_of
from mtcheck.training.logistic import Matrix

_Indexes = NDArray[np.int64]
# One sentence has no level of its own: that of a usual page of news.
_USUAL = Level(4.0, 3.0)

SENTENCE_STATISTICS: tuple[str, ...] = (
    *SENTENCE_FEATURES[:6],
    "bits a character",
    "all bits",
    "highest word",
    "mean probability of damage",
    "highest probability of damage",
    "probability of word salad",
)
"""What may tell the faulty of two sentences; the one chosen is the best of the tuning half."""


def sentence_statistics(
    text: str, tokens: Sequence[TokenSurprisal], words: DamageModel, salad: DamageModel
) -> tuple[float, ...]:
    """Return the statistics of one sentence as a page of its own."""
    passage = passage_of(text, tokens, 0)
    found = words_of(text, passage)
    if not found:
        return (0.0,) * len(SENTENCE_STATISTICS)
    values = sentence_features(found, _USUAL)
    chances = [words.probability(features) for features in features_of([found])[0]]
    bits = sum(token.bits for token in tokens)
    return (
        *values[:6],
        bits / len(text),
        bits,
        max(word.bits for word in found),
        sum(chances) / len(chances),
        max(chances),
        salad.probability(values),
    )


def pairs_told_apart(
    model: LanguageModel, words: DamageModel, salad: DamageModel, data: Path, limit: int = 20
) -> Iterator[Figure]:
    """Yield how often the faulty side of a DEMETR pair is told, the mean over the kinds of fault, and then every kind.

    The statistic is the best one of the tuning half; what is yielded stands on the reporting half. ``limit`` is the pairs of a kind.
    """
    path = data / "challenge" / "demetr.x-en.jsonl.gz"
    halves = {
        tuning: _told(model, words, salad, faulty_pairs(path, tuning=tuning, limit=limit)) for tuning in (True, False)
    }
    kinds, _, right = halves[True]
    best = int(
        np.argmax([_mean_of_kinds(right[:, column], kinds, np.ones(len(kinds))) for column in range(right.shape[1])])
    )
    kinds, documents, right = halves[False]
    column = right[:, best]
    name = SENTENCE_STATISTICS[best]
    yield figure(
        f"DEMETR: faulty above sound, {name} (best of the tuning half)",
        lambda draw: _mean_of_kinds(column, kinds, draw[documents]),
        np.unique(documents),
        len(kinds),
    )
    for kind in sorted(set(kinds.tolist())):
        mine = kinds == kind
        yield Figure(f"DEMETR {kind}, {name}", float(column[mine].mean()), int(mine.sum()))


def _told(
    model: LanguageModel, words: DamageModel, salad: DamageModel, pairs: Sequence[FaultyPair]
) -> tuple[NDArray[np.str_], _Indexes, Matrix]:
    """Return kind and document of each pair, and for each statistic 1 where the faulty side is above, one half where equal."""
    texts = [text for pair in pairs for text in (pair.faulty, pair.sound)]
    answers = model.surprisals(texts, LANGUAGE)
    values = np.array(
        [sentence_statistics(text, tokens, words, salad) for text, tokens in zip(texts, answers, strict=True)]
    ).reshape(-1, 2, len(SENTENCE_STATISTICS))
    right = (values[:, 0] > values[:, 1]) + 0.5 * (values[:, 0] == values[:, 1])
    numbers: dict[str, int] = {}
    documents = np.array([numbers.setdefault(pair.document, len(numbers)) for pair in pairs], np.int64)
    return np.array([pair.kind for pair in pairs]), documents, right


def _mean_of_kinds(right: Matrix, kinds: NDArray[np.str_], weights: Matrix) -> float:
    rates = []
    for kind in np.unique(kinds):
        mine = kinds == kind
        if weights[mine].sum():
            rates.append(float((right[mine] * weights[mine]).sum() / weights[mine].sum()))
    return sum(rates) / len(rates)


def cost(
    model: LanguageModel, words: DamageModel, salad: DamageModel, data: Path, articles: int = 6
) -> Iterator[Figure]:
    """Yield the time a page of 600 words takes: for the language model, and for everything that is made of its answers."""
    started = time.perf_counter()
    pages = written_pages(model, data, tuning=True, limit=articles)
    scored = time.perf_counter()
    for page in pages:
        judged(page.text, page.passages, page.sentences, words, salad)
    ended = time.perf_counter()
    size = max(1, sum(page.words for page in pages)) / 600
    yield Figure("ms a page of 600 words, language model", 1000 * (scored - started) / size, len(pages))
    yield Figure("ms a page of 600 words, features and probabilities", 1000 * (ended - scored) / size, len(pages))


def combined_figures(model: LanguageModel, data: Path, *, tuning: bool, limit: int) -> Iterator[Figure]:
    """Yield the figures of the fitted models of the package, for ``mtcheck bench surprisal``; none where they belong to another language model."""
    words, salad = damage_model(WORDS), damage_model(SALAD)
    if model_and_hash(words.fitted_with) != model_and_hash(model.signature_of(LANGUAGE)):
        return
    yield from cost(model, words, salad, data)
    for marked in MARKED_SETS:
        rows = word_rows(marked_pages(model, data, marked, tuning=tuning, limit=limit))
        yield from word_figures(words, marked.name, rows)
    yield from pairs_told_apart(model, words, salad, data)
