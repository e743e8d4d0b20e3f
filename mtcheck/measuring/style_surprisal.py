"""Fit and measure what surprisal adds to the style of a page, for ``mtcheck bench damage``.

The second model stands on the score of the style model and the features of surprisal. Both are measured on language pairs (and so
engines) that took no part in fitting, nor any other translation of the same documents; native news is split in halves by document.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mtcheck.core.spans import Span
from mtcheck.core.surprisal import LanguageModel, PassageSurprisal
from mtcheck.measuring.intervals import is_tuning
from mtcheck.measuring.provenance import (
    FALSE_FLAGS,
    NATIVE,
    RIDGE,
    Sample,
    calibrate,
    importance_of,
    kind_of,
    share_above,
    table_of,
)
from mtcheck.text.damage import model_and_hash
from mtcheck.text.machine_style import LANGUAGE, StyleModel, Weight
from mtcheck.text.style_surprisal import MACHINE_WITH_SURPRISAL, STYLE_SCORE, passage_features
from mtcheck.text.word_surprisal import words_of
from mtcheck.training.logistic import Matrix, area_under_curve, fit, probability

# Paragraphs of news have about so many sentences; a model reads no further back in a scan either.
_PARAGRAPH = 3
_PASSAGES = 40
_NATIVE_TIMES = 5
_SECOND_RIDGE = 20.0
TRANSLATOR_FLAGS = 0.1
"""The share of human translations that may be named; style alone names as many."""


@dataclass(frozen=True, slots=True)
class Gain:
    """Areas under the curve on a part that took no part in fitting: style alone, with surprisal, surprisal alone."""

    name: str
    passages: int
    style: float
    both: float
    surprisal: float


@dataclass(frozen=True, slots=True)
class StyleWithSurprisal:
    """The fitted model and what surprisal gains on each language pair unseen, then on all of them."""

    model: StyleModel
    gains: tuple[Gain, ...]


def chosen(samples: Sequence[Sample], most: int = _PASSAGES) -> list[int]:
    """Return the indexes of a fixed choice: of each language pair ``most`` passages by people and by machines, and native ones."""
    counts: Counter[tuple[str, bool]] = Counter()
    found = []
    for index in sorted(range(len(samples)), key=lambda index: _digest(samples[index])):
        key = samples[index].pair, samples[index].is_machine
        if counts[key] < (_NATIVE_TIMES * most if samples[index].is_native else most):
            counts[key] += 1
            found.append(index)
    return sorted(found)


def _digest(sample: Sample) -> bytes:
    named = "\x00".join((sample.document, sample.system, *sample.sentences[:1]))
    return hashlib.sha256(named.encode()).digest()


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Some sentences of a passage as one text, with their spans in it."""

    text: str
    spans: tuple[Span, ...]


def _paragraphs(sample: Sample) -> list[_Paragraph]:
    found = []
    for start in range(0, len(sample.sentences), _PARAGRAPH):
        spans: list[Span] = []
        text = ""
        for sentence in sample.sentences[start : start + _PARAGRAPH]:
            text += " " if text else ""
            spans.append(Span(len(text), len(text) + len(sentence)))
            text += sentence
        found.append(_Paragraph(text, tuple(spans)))
    return found


def _features(model: LanguageModel, samples: Sequence[Sample]) -> tuple[tuple[str, ...], Matrix]:
    """Return the names of the features of surprisal, and those of each passage."""
    texts = sorted({paragraph.text for sample in samples for paragraph in _paragraphs(sample)})
    answers = dict(zip(texts, model.surprisals(texts, LANGUAGE), strict=True))
    rows = []
    for sample in samples:
        sentences = []
        for paragraph in _paragraphs(sample):
            whole = PassageSurprisal(Span(0, len(paragraph.text)), LANGUAGE, answers[paragraph.text])
            words = words_of(paragraph.text, whole)
            sentences += [
                [word for word in words if span.start <= word.span.start < span.end] for span in paragraph.spans
            ]
        rows.append(passage_features(sentences))
    names = tuple(next(row for row in rows if row))
    return names, np.array([[row.get(name, 0.0) for name in names] for row in rows], np.float64)


def measure(model: LanguageModel, samples: Sequence[Sample]) -> StyleWithSurprisal:
    """Fit the second model, calibrate it on passages of language pairs unseen, and measure what surprisal gains."""
    indexes = np.array(chosen(samples))
    mine = [samples[index] for index in indexes]
    names, surprisal = _features(model, mine)
    style = table_of(samples).values
    labels = np.array([float(sample.is_machine) for sample in samples])
    documents = np.array([sample.document for sample in samples])
    pairs = np.array([sample.pair for sample in samples])
    native = pairs == NATIVE
    kept = native & ~np.array([is_tuning(sample.document) for sample in samples])
    # The first model never sees the pair, the documents or the native half that it scores.
    scores = np.zeros(len(samples))
    others = sorted(set(pairs[~native].tolist()))
    for pair in others:
        held = pairs == pair
        used = ~held & ~kept & ~np.isin(documents, np.unique(documents[held]))
        fitted = fit(style[used], labels[used], importance_of(labels[used], documents[used]), RIDGE)
        scores[held] = fitted.scores(style[held])
        scores[kept] += fitted.scores(style[kept]) / len(others)
    fitted = fit(
        style[~native | kept],
        labels[~native | kept],
        importance_of(labels[~native | kept], documents[~native | kept]),
        RIDGE,
    )
    scores[native & ~kept] = fitted.scores(style[native & ~kept])

    labels, documents, pairs, native, kept = (column[indexes] for column in (labels, documents, pairs, native, kept))
    first = scores[indexes]
    both = np.column_stack([first, surprisal])
    unseen = {0: first, 1: np.zeros(len(mine)), 2: np.zeros(len(mine))}
    gains: list[Gain] = []
    turned = {1: both, 2: surprisal}
    for pair in others:
        held = pairs == pair
        used = ~held & ~kept & ~np.isin(documents, documents[held])
        tested = held | kept
        areas = [area_under_curve(first[tested], labels[tested])]
        for column, values in turned.items():
            second = fit(values[used], labels[used], importance_of(labels[used], documents[used]), _SECOND_RIDGE)
            given = second.scores(values)
            unseen[column][held] = given[held]
            unseen[column][kept] += given[kept] / len(others)
            areas.append(area_under_curve(given[tested], labels[tested]))
        gains.append(Gain(f"{pair} unseen, with native news", int(tested.sum()), *areas))
    away = native & ~kept
    for column, values in turned.items():
        second = fit(values[~away], labels[~away], importance_of(labels[~away], documents[~away]), _SECOND_RIDGE)
        unseen[column][away] = second.scores(values[away])
    for name, part in (("all pairs unseen, human translations only", ~native), ("all pairs unseen, all", ~away)):
        areas = [area_under_curve(unseen[column][part], labels[part]) for column in range(3)]
        gains.append(Gain(name, int(part.sum()), *areas))
    everything = fit(both, labels, importance_of(labels, documents), _SECOND_RIDGE)
    kinds = np.array([kind_of(sample) for sample in mine])
    tuning = np.array([is_tuning(name) for name in documents.tolist()])
    slope, offset = calibrate(unseen[1][tuning], labels[tuning], kinds[tuning])
    shown = probability(slope * unseen[1] + offset)
    by_translators = tuning & (kinds == "translator")
    threshold = max(
        0.5,
        float(np.quantile(shown[native & tuning], 1 - FALSE_FLAGS)),
        float(np.quantile(shown[by_translators], 1 - TRANSLATOR_FLAGS)),
    )
    fitted_model = StyleModel(
        MACHINE_WITH_SURPRISAL,
        everything.intercept,
        tuple(
            Weight(name, round(float(mean), 6), round(float(deviation), 6), round(float(weight), 6))
            for name, mean, deviation, weight in zip(
                (STYLE_SCORE, *names), everything.means, everything.deviations, everything.weights, strict=True
            )
        ),
        slope,
        offset,
        threshold,
        share_above(shown, ~tuning & native, threshold),
        share_above(shown, ~tuning & (kinds == "translator"), threshold),
        share_above(shown, ~tuning & (kinds == "machine"), threshold),
        area_under_curve(unseen[1][~tuning], labels[~tuning]),
        model_and_hash(model.signature),
    )
    return StyleWithSurprisal(fitted_model, tuple(gains))
