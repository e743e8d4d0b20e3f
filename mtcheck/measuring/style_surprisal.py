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
    """The passages as columns."""

    documents: Column
    systems: Column
    pairs: Column
    kinds: Column
    lengths: Column
    tuning: Column

    def of(self, indexes: Column) -> _Cases:
        """Return some of the passages."""
        return _Cases(*(getattr(self, field.name)[indexes] for field in fields(self)))

    @property
    def native(self) -> Column:
        """Which passages were written by native writers."""
        return self.kinds == "native"

    @property
    def kept(self) -> Column:
        """Which native passages are only tested on, with each language pair."""
        return self.native & ~self.tuning


def chosen(samples: Sequence[Sample]) -> list[int]:
    """Return the indexes of a fixed choice: what people wrote, and of each language pair and year some machine translations."""
    counts: Counter[tuple[str, int]] = Counter()
    found = []
    for index in sorted(range(len(samples)), key=lambda index: _digest(samples[index])):
        key = samples[index].pair, samples[index].year
        if samples[index].is_machine:
            counts[key] += 1
        if not samples[index].is_machine or counts[key] <= _PASSAGES:
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
    """Fit both models, calibrate them on passages of language pairs unseen, and measure what each kind of feature gives."""
    mine = [samples[index] for index in chosen(samples)]
    style = table_of(mine, _GRAMS)
    names, surprisal = _features(model, mine)
    cases = _Cases(
        np.array([sample.document for sample in mine]),
        np.array([sample.system for sample in mine]),
        np.array([sample.pair for sample in mine]),
        np.array([kind_of(sample) for sample in mine]),
        np.array([len(sample.sentences) for sample in mine]),
        np.array([is_tuning(sample.document) for sample in mine]),
    )
    both = np.column_stack([style.values, surprisal])
    translated, machine = _unseen(both, cases)
    gains = [
        *_by_pair("", cases, translated, machine),
        *_by_length(cases, translated, machine),
        *(
            _mean(f"mean of the pairs, {name} alone", cases, *_unseen(values, cases))
            for name, values in (("style", style.values), ("surprisal", surprisal))
        ),
        _mean("mean of the pairs, both", cases, translated, machine),
    ]
    first, second = _fit_both(both, cases, np.ones(len(mine), dtype=bool))
    is_machine = (cases.kinds == "machine").astype(float)
    fitted = [
        _model(
            TRANSLATED_WITH_SURPRISAL,
            first,
            (*style.names, *names),
            translated,
            (~cases.native).astype(float),
            cases,
            (),
        ),
        _model(MACHINE_WITH_SURPRISAL, second, (*style.names, *names), machine, is_machine, cases, ("translator",)),
    ]
    return StyleWithSurprisal(
        tuple(replace(one, language_model=model_and_hash(model.signature)) for one, _ in fitted),
        tuple(gains),
        tuple(tuple(judged) for _, judged in fitted),
    )


def _fit_both(values: Matrix, cases: _Cases, used: Column) -> tuple[Fitted, Fitted]:
    """Fit translations against native text, and machines against people among translations."""
    translations = used & ~cases.native
    labels = (~cases.native).astype(float)
    machine = (cases.kinds == "machine").astype(float)
    return (
        fit(values[used], labels[used], importance_of(labels[used], cases.documents[used]), _RIDGE),
        fit(
            values[translations],
            machine[translations],
            importance_of(machine[translations], cases.documents[translations]),
            _RIDGE,
        ),
    )


def _unseen(values: Matrix, cases: _Cases) -> tuple[Matrix, Matrix]:
    """Return for each passage the score as a translation and as one by machine, of models that saw neither its pair nor its document.

    Native passages of the reporting half get the mean over the pairs, those of the other half are scored by a model without them.
    """
    translated, machine = np.zeros(len(values)), np.zeros(len(values))
    others = sorted(set(cases.pairs[~cases.native].tolist()))
    away = cases.native & cases.tuning
    for pair in (*others, ""):
        held = cases.pairs == pair if pair else away
        used = ~held & ~np.isin(cases.documents, cases.documents[held])
        first, second = _fit_both(values, cases, used & ~cases.kept if pair else used)
        for mine, weight in ((held, 1.0), (cases.kept, 1 / len(others) if pair else 0.0)):
            reads_translated = first.scores(values[mine])
            translated[mine] += weight * reads_translated
            machine[mine] += weight * np.array(
                [machine_score(*scores) for scores in zip(reads_translated, second.scores(values[mine]), strict=True)]
            )
    return translated, machine


def _areas(name: str, cases: _Cases, mine: Column, native: Column, translated: Matrix, machine: Matrix) -> Gain:
    """Return the areas of some translations with some native passages."""
    kinds = cases.kinds

    def area(scores: Matrix, ones: Column, zeros: Column) -> float:
        return area_under_curve(
            np.concatenate([scores[ones], scores[zeros]]), np.concatenate([np.ones(ones.sum()), np.zeros(zeros.sum())])
        )

    by_machine, by_people = mine & (kinds == "machine"), mine & (kinds == "translator")
    return Gain(
        name,
        int((mine | native).sum()),
        area(translated, mine & ~cases.native, native),
        area(machine, by_machine, native),
        area(machine, by_machine, by_people),
    )


def _by_pair(name: str, cases: _Cases, translated: Matrix, machine: Matrix) -> list[Gain]:
    return [
        _areas(f"{pair} unseen{name}", cases, cases.pairs == pair, cases.kept, translated, machine)
        for pair in sorted(set(cases.pairs[~cases.native].tolist()))
    ]


def _mean(name: str, cases: _Cases, translated: Matrix, machine: Matrix) -> Gain:
    found = _by_pair("", cases, translated, machine)
    columns = ([one.translated for one in found], [one.native for one in found], [one.translators for one in found])
    return Gain(name, sum(one.passages for one in found), *(float(np.nanmean(column)) for column in columns))


def _by_length(cases: _Cases, translated: Matrix, machine: Matrix) -> list[Gain]:
    """Return the means of the pairs by the number of sentences of whole documents, which have the mean score of their passages."""
    groups: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for index in np.flatnonzero(~(cases.native & cases.tuning)):
        groups[cases.documents[index], cases.systems[index], cases.pairs[index]].append(int(index))
    members = [np.array(indexes) for indexes in groups.values()]
    lengths = np.array([cases.lengths[indexes].sum() for indexes in members])
    found = []
    for low, high in pairwise(_LENGTHS):
        mine = [indexes for indexes, length in zip(members, lengths, strict=True) if low <= length < high]
        if not mine:
            continue
        firsts = np.array([indexes[0] for indexes in mine])
        whole = cases.of(firsts)
        scores = (np.array([column[indexes].mean() for indexes in mine]) for column in (translated, machine))
        until = "or more" if high == _LENGTHS[-1] else f"to {high - 1}"
        found.append(_mean(f"documents of {low} {until} sentences", whole, *scores))
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
    model = StyleModel(
        name,
        fitted.intercept,
        weights_of(names, fitted),
        slope,
        offset,
        threshold,
        *(
            share_above(shown, ~tuning & (cases.kinds == kind), threshold)
            for kind in ("native", "translator", "machine")
        ),
        area_under_curve(unseen[~tuning], labels[~tuning]),
    )
    return model, balanced(shown[~tuning], labels[~tuning], cases.documents[~tuning])
