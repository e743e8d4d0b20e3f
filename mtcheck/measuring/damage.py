"""Fit and measure what surprisal says of words and sentences: the figures of ``mtcheck bench damage``.

Words: professionals marked errors in machine translations of Chinese news (newstest2020, three raters). A logistic model over the named
features of ``mtcheck.text.word_surprisal`` is fitted on the documents of one half, calibrated on scores of documents that took no
part, and reported on the other half; newstest2021 and TED, other engines and one rater, take no part in fitting at all. Word salad: sentences that people wrote
with their words shuffled, against the same pages whole (PolNeAR, split by article). False alarms are counted on PolNeAR.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mtcheck.core.spans import Span
from mtcheck.measuring.damage_pages import Page
from mtcheck.measuring.intervals import Count, Share, share_of
from mtcheck.measuring.reliability import Judged
from mtcheck.measuring.surprisal import (
    LANGUAGE,
    MARKED_SETS,
    Figure,
    area_under_curve,
    figure,
    precision_at,
)
from mtcheck.text.damage import (
    SALAD,
    SENTENCE_FEATURES,
    WORDS,
    DamageModel,
    Term,
    damaged_spans,
    judged,
    sentence_features,
    words_by_sentence,
)
from mtcheck.text.word_surprisal import FEATURES, WordSurprisal, features_of, level_of, words_of
from mtcheck.training.logistic import Fitted, Matrix, fit, probability

AGREED, ANY = MARKED_SETS[0], MARKED_SETS[1]
"""newstest2020 as two raters agree on it, and as any of the three marked it: the model is fitted to both at once."""
RIDGE = 100.0
SALAD_RIDGE = 10.0
WORD_ALARMS, SALAD_ALARMS = 1.0, 0.05
"""Findings of damaged words and of word salad in 1,000 words that people wrote, on the tuning half."""
_PARTS = 8
_MARKED_SHARE = 0.2
_Indexes = NDArray[np.int64]
_Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Rows:
    """Words (or sentences) of many pages: features, whether each is marked, the number of its document, its length in letters."""

    values: Matrix
    marked: _Flags
    documents: _Indexes
    names: tuple[str, ...]
    letters: Matrix

    def __len__(self) -> int:
        return len(self.marked)


def word_rows(pages: Sequence[Page]) -> Rows:
    """Return the words of the pages."""
    found: list[tuple[tuple[float, ...], WordSurprisal, Page]] = []
    for page in pages:
        words = [words_of(page.text, passage) for passage in page.passages]
        for mine, features in zip(words, features_of(words), strict=True):
            found += [(values, word, page) for word, values in zip(mine, features, strict=True)]
    return _rows([(values, word.span, page) for values, word, page in found], len(FEATURES))


def sentence_rows(pages: Sequence[Page]) -> Rows:
    """Return the sentences of the pages; one is marked where a mark covers it."""
    found = []
    for page in pages:
        words = [words_of(page.text, passage) for passage in page.passages]
        level = level_of(words)
        for span, inside in words_by_sentence(page.text, words, page.sentences):
            found.append((sentence_features(inside, level), span, page))
    return _rows(found, len(SENTENCE_FEATURES))


def _rows(found: Sequence[tuple[tuple[float, ...], Span, Page]], width: int) -> Rows:
    numbers: dict[str, int] = {}
    documents = [numbers.setdefault(page.document, len(numbers)) for _, _, page in found]
    return Rows(
        np.array([values for values, _, _ in found], np.float64).reshape(-1, width),
        np.array([_is_marked(span, page) for _, span, page in found], bool),
        np.array(documents, np.int64),
        tuple(numbers),
        np.array([len(span) for _, span, _ in found], np.float64),
    )


def _is_marked(span: Span, page: Page) -> bool:
    return any(mark.start < span.end and span.start < mark.end for mark in page.marks)


def _folds(rows: Rows) -> Iterator[_Flags]:
    """Yield the rows of one part of the documents after the other, by a digest of their names; empty parts are left out."""
    parts = np.array([hashlib.sha256(f"fold of {name}".encode()).digest()[0] % _PARTS for name in rows.names], np.int64)
    for part in range(_PARTS):
        mine: _Flags = (parts == part)[rows.documents]
        if mine.any() and not mine.all():
            yield mine


def _fit_both(agreed: Rows, by_any: Rows, used: _Flags) -> Fitted:
    values = np.concatenate([agreed.values[used], by_any.values[used]])
    labels = np.concatenate([agreed.marked[used], by_any.marked[used]]).astype(np.float64)
    return fit(values, labels, np.full(len(labels), 0.5), RIDGE)


def fit_words(agreed: Rows, by_any: Rows, written: Sequence[Page], signature: str) -> DamageModel:
    """Fit and calibrate the model of words on the tuning half of newstest2020; both rows hold the same words."""
    unseen = np.empty(len(by_any))
    for mine in _folds(by_any):
        unseen[mine] = _fit_both(agreed, by_any, ~mine).scores(by_any.values[mine])
    slope, offset = calibrated(unseen, by_any.marked)
    everything = _fit_both(agreed, by_any, np.ones(len(by_any), bool))
    model = _model(WORDS, everything, FEATURES, slope, offset, 1.0, signature)
    return replace(model, threshold=_threshold(model, written))


def _threshold(model: DamageModel, written: Sequence[Page]) -> float:
    """Return the lowest probability, at least two fifths, at which text that people wrote has few findings."""
    salad = DamageModel(SALAD, 0.0, (), 0.0, 0.0, 1.0, 0.0, 0.0, "")
    words = max(1, sum(page.words for page in written))
    found = [judged(page.text, page.passages, (), model, salad) for page in written]
    for step in range(40, 100):
        if 1000 * sum(len(list(damaged_spans(damage, step / 100))) for damage in found) <= WORD_ALARMS * words:
            return step / 100
    return 1.0


def fit_salad(written: Sequence[Page], shuffled: Sequence[Page], signature: str) -> DamageModel:
    """Fit and calibrate the model of sentences on articles of the tuning half, whole and shuffled."""
    whole, mixed = sentence_rows(written), sentence_rows(shuffled)
    both = _joined(whole, mixed)
    values, labels = both.values, both.marked.astype(np.float64)
    unseen = np.empty(len(labels))
    for mine in _folds(both):
        fitted = fit(values[~mine], labels[~mine], np.ones(int((~mine).sum())), SALAD_RIDGE)
        unseen[mine] = fitted.scores(values[mine])
    slope, offset = calibrated(unseen, labels.astype(bool))
    everything = fit(values, labels, np.ones(len(labels)), SALAD_RIDGE)
    shown = probability(slope * unseen + offset)
    allowed = int(SALAD_ALARMS * sum(page.words for page in written) / 1000)
    sound = np.sort(shown[labels == 0])[::-1]
    threshold = max(0.5, float(sound[min(allowed, len(sound) - 1)]) + 1e-6)
    return _model(SALAD, everything, SENTENCE_FEATURES, slope, offset, threshold, signature)


def _joined(whole: Rows, mixed: Rows) -> Rows:
    """Return sound sentences and the shuffled ones; an article has one number, whichever of its two forms a sentence is from."""
    names = tuple(dict.fromkeys((*whole.names, *mixed.names)))
    place = {name: number for number, name in enumerate(names)}
    taken = [*(whole.names[number] for number in whole.documents)]
    taken += [mixed.names[number] for number in mixed.documents[mixed.marked]]
    return Rows(
        np.concatenate([whole.values, mixed.values[mixed.marked]]),
        np.concatenate([np.zeros(len(whole), bool), mixed.marked[mixed.marked]]),
        np.array([place[name] for name in taken], np.int64),
        names,
        np.concatenate([whole.letters, mixed.letters[mixed.marked]]),
    )


def calibrated(scores: Matrix, labels: _Flags) -> tuple[float, float]:
    """Return slope and offset that turn scores into log-odds (Platt 1999)."""
    fitted = fit(scores[:, None], labels.astype(np.float64), np.ones(len(labels)), 1e-6)
    slope = float(fitted.weights[0] / fitted.deviations[0])
    return slope, fitted.intercept - slope * float(fitted.means[0])


def _model(
    name: str, fitted: Fitted, features: Sequence[str], slope: float, offset: float, threshold: float, signature: str
) -> DamageModel:
    terms = tuple(
        Term(feature, round(float(mean), 6), round(float(deviation), 6), round(float(weight), 6))
        for feature, mean, deviation, weight in zip(
            features, fitted.means, fitted.deviations, fitted.weights, strict=True
        )
    )
    numbers = (round(value, 6) for value in (fitted.intercept, slope, offset, threshold))
    intercept, slope, offset, threshold = numbers
    return DamageModel(name, intercept, terms, slope, offset, threshold, 0.0, 0.0, signature)


def shown_by(model: DamageModel, rows: Rows) -> Matrix:
    """Return the probability that a model gives each row."""
    means, deviations, weights = (
        np.array([getattr(term, key) for term in model.terms]) for key in ("mean", "deviation", "weight")
    )
    scores = model.intercept + ((rows.values - means) / deviations) @ weights
    return probability(model.slope * scores + model.offset)


def word_figures(model: DamageModel, name: str, rows: Rows) -> Iterator[Figure]:
    """Yield area under the curve, precision of the highest twentieth, and F1 over letters with a fifth marked."""
    scores = shown_by(model, rows)
    ones = np.ones(len(rows))
    drawn = np.unique(rows.documents)
    measures: tuple[tuple[str, Callable[[Matrix], float]], ...] = (
        ("AUROC", lambda draw: area_under_curve(scores, rows.marked, ones * draw[rows.documents])),
        ("precision of 5 %", lambda draw: precision_at(scores, rows.marked, ones * draw[rows.documents])),
        ("letter F1 of at most 20 %", lambda draw: letter_f1(scores, rows, draw[rows.documents])),
    )
    for what, of in measures:
        yield figure(f"{name}: {what}, the combined features", of, drawn, len(rows))
    yield Figure(f"{name}: letter F1 of all", letter_f1(ones, rows, ones, 1.0), len(rows))


def letter_f1(scores: Matrix, rows: Rows, weights: Matrix, share: float = _MARKED_SHARE) -> float:
    """Return the F1 over the letters of words where the highest-scored ``share`` of all letters is marked.

    The share is the best one up to ``share``; marks that cover a part of a word count with the whole of it.
    """
    sizes = rows.letters * weights
    order = np.argsort(-scores, kind="stable")
    taken = np.cumsum(sizes[order])
    right = np.cumsum((sizes * rows.marked)[order])
    wanted = float((sizes * rows.marked).sum())
    within = taken <= share * taken[-1]
    values = 2 * right[within] / np.maximum(taken[within] + wanted, 1e-9)
    return float(values.max()) if len(values) else 0.0


def ablation(agreed: Rows, by_any: Rows, held_out: Rows) -> Iterator[tuple[str, float, float]]:
    """Yield each group of features with the area that is lost without it, and the area that it has alone."""
    used = np.ones(len(by_any), bool)
    whole = _area(_fit_both(agreed, by_any, used), held_out)
    for name, group in GROUPS.items():
        inside = np.array([feature in group for feature in FEATURES])
        areas = []
        for kept in (~inside, inside):
            narrowed = [replace(rows, values=rows.values[:, kept]) for rows in (agreed, by_any, held_out)]
            areas.append(_area(_fit_both(narrowed[0], narrowed[1], used), narrowed[2]))
        yield name, whole - areas[0], areas[1]


def _area(fitted: Fitted, rows: Rows) -> float:
    return area_under_curve(fitted.scores(rows.values), rows.marked, np.ones(len(rows)))


GROUPS: dict[str, frozenset[str]] = {
    "the word's own bits": frozenset(FEATURES[0:3]),
    "against the page's own level": frozenset({"against the page", "the page's own level"}),
    "frequency": frozenset({"beyond its frequency", "how rare it is", "its length"}),
    "neighbors": frozenset(FEATURES[7:13]),
    "signs beside it": frozenset({"signs before", "signs after"}),
    "place and marks": frozenset(FEATURES[15:18]),
    "kind of word": frozenset(FEATURES[18:24]),
    "the passage": frozenset(FEATURES[24:27]),
}
"""The features by what they look at; together they are all."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check would find at its threshold: how many are right, and how many in 1,000 words."""

    right: Share
    per_1000_words: float


def span_findings(words: DamageModel, salad: DamageModel, pages: Sequence[Page]) -> tuple[Findings, Findings]:
    """Return the findings of damaged spans and of word salad on pages, as the checks make them; right is what touches a mark."""
    counts: dict[str, list[Count]] = {WORDS: [], SALAD: []}
    for page in pages:
        damage = judged(page.text, page.passages, page.sentences, words, salad)
        spans = [found.span for found in damaged_spans(damage, words.threshold)]
        whole = [sentence.span for sentence in damage.sentences if sentence.probability >= salad.threshold]
        for name, found in ((WORDS, spans), (SALAD, whole)):
            counts[name].append(Count(sum(_is_marked(span, page) for span in found), len(found)))
    size = max(1, sum(page.words for page in pages))
    first, second = (
        Findings(share_of(counts[name]), 1000 * sum(count.trials for count in counts[name]) / size)
        for name in (WORDS, SALAD)
    )
    return first, second


def judged_words(model: DamageModel, rows: Rows) -> list[Judged]:
    """Return the probability shown for every word, for a reliability table."""
    scores = shown_by(model, rows)
    return [
        Judged(float(shown), bool(right), rows.names[number])
        for shown, right, number in zip(scores, rows.marked, rows.documents, strict=True)
    ]


def write(model: DamageModel, folder: Path) -> Path:
    """Write a model as plain data and return its path."""
    record = asdict(model)
    record["terms"] = [asdict(term) for term in model.terms]
    path = folder / f"{model.name}.{LANGUAGE}.json"
    path.write_text(json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return path
