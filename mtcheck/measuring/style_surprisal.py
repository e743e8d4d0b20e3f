"""Fit and measure what surprisal adds to the style of a page, for ``mtcheck bench damage``.

Two models over the features of style and surprisal: translations against native news, and machines against people among
translations; a page's score as machine translation takes both. They are measured on language pairs (and so engines) that took no part
in fitting, nor any other translation of the same documents; native news is split in halves by document.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from itertools import pairwise

import numpy as np

from mtcheck.core.spans import Span
from mtcheck.core.surprisal import LanguageModel, PassageSurprisal
from mtcheck.measuring.intervals import is_tuning
from mtcheck.measuring.provenance import (
    FALSE_FLAGS,
    Column,
    Sample,
    balanced,
    calibrate,
    importance_of,
    kind_of,
    share_above,
    table_of,
    weights_of,
)
from mtcheck.measuring.reliability import Judged
from mtcheck.text.damage import model_and_hash
from mtcheck.text.machine_style import LANGUAGE, StyleModel
from mtcheck.text.style_surprisal import (
    MACHINE_WITH_SURPRISAL,
    TRANSLATED_WITH_SURPRISAL,
    machine_score,
    passage_features,
)
from mtcheck.text.word_surprisal import words_of
from mtcheck.training.logistic import Fitted, Matrix, area_under_curve, fit, probability

# Paragraphs of news have about so many sentences; a model reads no further back in a scan either.
_PARAGRAPH = 3
_PASSAGES = 120
_GRAMS = 600
_RIDGE = 1000.0
_NEURAL = 2017
"""The first year of neural engines at WMT: what gave the older ones away is not what gives away those of today."""
_LENGTHS = (10, 20, 30, 60, 10_000)
TRANSLATOR_FLAGS = 0.1
"""The share of human translations that may be named; style alone names as many."""


@dataclass(frozen=True, slots=True)
class Gain:
    """Areas under the curve on a part that took no part in fitting.

    ``translated``: all translations against native news, by the score of a translation. ``native`` and ``translators``: machine
    translations against native news and against human ones, by the score of a machine.
    """

    name: str
    passages: int
    translated: float
    native: float
    translators: float


@dataclass(frozen=True, slots=True)
class StyleWithSurprisal:
    """The fitted models; how well they do on each language pair unseen, by kind of feature and by length; reliability."""

    models: tuple[StyleModel, ...]
    gains: tuple[Gain, ...]
    judged: tuple[tuple[Judged, ...], ...]


@dataclass(frozen=True, slots=True)
class _Cases:
    """The passages as columns; ``folds`` names the language pair that took no part in fitting what scored them."""

    documents: Column
    systems: Column
    pairs: Column
    kinds: Column
    lengths: Column
    tuning: Column
    years: Column
    folds: Column

    def of(self, indexes: Column) -> _Cases:
        """Return some of the passages."""
        return _Cases(*(getattr(self, field.name)[indexes] for field in fields(self)))

    @property
    def native(self) -> Column:
        """Which passages were written by native writers."""
        native: Column = self.kinds == "native"
        return native

    @property
    def recent(self) -> Column:
        """Which passages are of a year in which engines were of today's kind."""
        recent: Column = self.years >= _NEURAL
        return recent


@dataclass(frozen=True, slots=True)
class _Scored:
    """Passages with the scores of models that saw neither their pair nor their documents; native ones come once with each pair."""

    cases: _Cases
    translated: Matrix
    machine: Matrix

    def recent(self) -> _Scored:
        """Return native text, and the translations of the years in which engines were of today's kind."""
        mine = np.flatnonzero(self.cases.native | self.cases.recent)
        return _Scored(self.cases.of(mine), self.translated[mine], self.machine[mine])


def chosen(samples: Sequence[Sample]) -> list[int]:
    """Return the indexes of a fixed choice: what people wrote, and of each language pair and year some machine translations."""
    counts: Counter[tuple[str, int]] = Counter()
    found = []
    for index in sorted(range(len(samples)), key=lambda index: digest_of(samples[index])):
        key = samples[index].pair, samples[index].year
        if samples[index].is_machine:
            counts[key] += 1
        if not samples[index].is_machine or counts[key] <= _PASSAGES:
            found.append(index)
    return sorted(found)


def digest_of(sample: Sample) -> bytes:
    """Return the digest by which a choice of passages is put in order, the same on every machine."""
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
    """Fit both models, calibrate them on passages of language pairs unseen, and measure what each kind of feature gives."""
    mine = [samples[index] for index in chosen(samples)]
    style = table_of(mine, _GRAMS)
    names, surprisal = _features(model, mine)
    pairs = np.array([sample.pair for sample in mine])
    cases = _Cases(
        np.array([sample.document for sample in mine]),
        np.array([sample.system for sample in mine]),
        pairs,
        np.array([kind_of(sample) for sample in mine]),
        np.array([len(sample.sentences) for sample in mine]),
        np.array([is_tuning(sample.document) for sample in mine]),
        np.array([sample.year for sample in mine]),
        pairs,
    )
    both = np.column_stack([style.values, surprisal])
    scored = _unseen(both, cases)
    recent = scored.recent()
    gains = [
        *_by_pair(recent),
        *_by_length(recent),
        _mean("mean of the pairs, style alone", _unseen(style.values, cases).recent()),
        _mean("mean of the pairs, surprisal alone", _unseen(surprisal, cases).recent()),
        _mean("mean of the pairs, both", recent),
        _mean(f"mean of the pairs, with the years before {_NEURAL}", scored),
    ]
    everything = np.ones(len(mine), dtype=bool)
    first, second = _fit_translated(both, cases, everything), _fit_machine(both, cases, everything)
    is_machine = (recent.cases.kinds == "machine").astype(float)
    is_translated = (~scored.cases.native).astype(float)
    all_names = (*style.names, *names)
    fitted = [
        _model(TRANSLATED_WITH_SURPRISAL, first, all_names, scored.translated, is_translated, scored.cases, ()),
        _model(MACHINE_WITH_SURPRISAL, second, all_names, recent.machine, is_machine, recent.cases, ("translator",)),
    ]
    return StyleWithSurprisal(
        tuple(replace(one, language_model=model_and_hash(model.signature_of(LANGUAGE))) for one, _ in fitted),
        tuple(gains),
        tuple(tuple(judged) for _, judged in fitted),
    )


def _fit_translated(values: Matrix, cases: _Cases, used: Column) -> Fitted:
    """Fit translations against native text."""
    labels = (~cases.native).astype(float)[used]
    return fit(values[used], labels, importance_of(labels, cases.documents[used]), _RIDGE)


def _fit_machine(values: Matrix, cases: _Cases, used: Column) -> Fitted:
    """Fit machines against people among translations of recent years."""
    mine = used & ~cases.native & cases.recent
    labels = (cases.kinds == "machine").astype(float)[mine]
    return fit(values[mine], labels, importance_of(labels, cases.documents[mine]), _RIDGE)


def _unseen(values: Matrix, cases: _Cases) -> _Scored:
    """Score each language pair by models that saw neither it nor its documents, and with it each half of the native passages.

    Native passages are scored anew with each pair, by a model without their half, so that the scores of one pair are of one kind.
    """
    parts: list[tuple[Column, Matrix, Matrix]] = []
    folds: list[str] = []
    for pair in sorted(set(cases.pairs[~cases.native].tolist())):
        held = cases.pairs == pair
        used = ~held & ~np.isin(cases.documents, cases.documents[held])
        second = _fit_machine(values, cases, used).scores(values)
        for half in (True, False):
            away = cases.tuning == half
            first = _fit_translated(values, cases, used & ~(cases.native & away)).scores(values)
            mine = np.flatnonzero((held | cases.native) & away)
            by_machine = [machine_score(*scores) for scores in zip(first[mine], second[mine], strict=True)]
            parts.append((mine, first[mine], np.array(by_machine)))
            folds += [pair] * len(mine)
    indexes, translated, machine = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    return _Scored(replace(cases.of(indexes), folds=np.array(folds)), translated, machine)


def _areas(name: str, scored: _Scored, mine: Column) -> Gain:
    """Return the areas of some passages: the mean of both halves, each of which was scored by one model."""
    kinds, tuning = scored.cases.kinds, scored.cases.tuning
    machine, people, native = (mine & (kinds == kind) for kind in ("machine", "translator", "native"))

    def area(scores: Matrix, ones: Column, zeros: Column) -> float:
        found = []
        for half in (ones & tuning, zeros & tuning), (ones & ~tuning, zeros & ~tuning):
            labels = np.concatenate([np.full(part.sum(), label) for part, label in zip(half, (1.0, 0.0), strict=True)])
            found.append(area_under_curve(np.concatenate([scores[part] for part in half]), labels))
        return _mean_of(found)

    return Gain(
        name,
        int(mine.sum()),
        area(scored.translated, machine | people, native),
        area(scored.machine, machine, native),
        area(scored.machine, machine, people),
    )


def _mean_of(areas: Sequence[float]) -> float:
    """Return the mean of those areas that had passages of both kinds."""
    there = [area for area in areas if not np.isnan(area)]
    return float(np.mean(there)) if there else float("nan")


def _by_pair(scored: _Scored) -> list[Gain]:
    folds = scored.cases.folds
    return [_areas(f"{pair} unseen", scored, folds == pair) for pair in sorted(set(folds.tolist()))]


def _mean(name: str, scored: _Scored) -> Gain:
    found = _by_pair(scored)
    columns = ([one.translated for one in found], [one.native for one in found], [one.translators for one in found])
    means = (_mean_of(column) for column in columns)
    return Gain(name, sum(one.passages for one in found), *means)


def _by_length(scored: _Scored) -> list[Gain]:
    """Return the means of the pairs by the number of sentences of whole documents, which have the mean score of their passages."""
    cases = scored.cases
    groups: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for index, key in enumerate(zip(cases.documents, cases.systems, cases.folds, strict=True)):
        groups[key].append(index)
    members = [np.array(indexes) for indexes in groups.values()]
    lengths = [int(cases.lengths[indexes].sum()) for indexes in members]
    found = []
    for low, high in pairwise(_LENGTHS):
        mine = [indexes for indexes, length in zip(members, lengths, strict=True) if low <= length < high]
        if not mine:
            continue
        means = (
            np.array([column[indexes].mean() for indexes in mine]) for column in (scored.translated, scored.machine)
        )
        whole = _Scored(cases.of(np.array([indexes[0] for indexes in mine])), *means)
        until = "or more" if high == _LENGTHS[-1] else f"to {high - 1}"
        found.append(_mean(f"documents of {low} {until} sentences", whole))
    return found


def _model(
    name: str,
    fitted: Fitted,
    names: Sequence[str],
    unseen: Matrix,
    labels: Matrix,
    cases: _Cases,
    also_spared: Sequence[str],
) -> tuple[StyleModel, list[Judged]]:
    """Return a model calibrated on the tuning half, its threshold set there, and the probabilities of the reporting half."""
    tuning = cases.tuning
    slope, offset = calibrate(unseen[tuning], labels[tuning], cases.kinds[tuning])
    shown = probability(slope * unseen + offset)
    spared = [float(np.quantile(shown[cases.native & tuning], 1 - FALSE_FLAGS))]
    spared += [float(np.quantile(shown[tuning & (cases.kinds == kind)], 1 - TRANSLATOR_FLAGS)) for kind in also_spared]
    threshold = max(0.5, *spared)
    native, people, machine = (
        share_above(shown, ~tuning & (cases.kinds == kind), threshold) for kind in ("native", "translator", "machine")
    )
    area = area_under_curve(unseen[~tuning], labels[~tuning])
    weights = weights_of(names, fitted)
    model = StyleModel(name, fitted.intercept, weights, slope, offset, threshold, native, people, machine, area)
    return model, balanced(shown[~tuning], labels[~tuning], cases.documents[~tuning])
