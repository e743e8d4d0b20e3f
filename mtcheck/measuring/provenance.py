"""Whether passages were written or translated by machine: fitting and figures of ``mtcheck bench provenance``.

Data: the documents of WMT with human and machine translations (2017, 2020, 2021), German-English 2008 to 2018 (HTMT), and native
English news. Passages have ten sentences or more. A model is always measured on passages of a language pair (and so of engines) that
took no part in fitting, nor any other translation of the same document; native news is split in halves by document. Calibration is
fitted to such scores on the tuning half of the documents and reported on the other. Only weights are kept, no text.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mtcheck.core.errors import InputError
from mtcheck.measuring.intervals import is_tuning
from mtcheck.measuring.records import records_of
from mtcheck.measuring.reliability import Judged, calibration_error, reliability
from mtcheck.text.machine_style import LANGUAGE, MACHINE, TRANSLATED, StyleModel, Weight
from mtcheck.text.sentences import sentence_spans
from mtcheck.text.style import general, passages, shape_grams, skeleton
from mtcheck.training.logistic import Fitted, Matrix, area_under_curve, fit, probability

NAMES = (MACHINE, TRANSLATED)
"""The models, as they are called in the package."""
GRAMS = 250
RIDGE = 3000.0
FALSE_FLAGS = 0.05
"""The share of passages by native writers that may be named."""
NATIVE = "native"
Column = NDArray[Any]
"""One value a passage: a name, a label, or whether it is meant."""
_RESAMPLES = 200
_SEED = 20220121
_BANDS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


@dataclass(frozen=True, slots=True)
class Sample:
    """One passage: who wrote it, and its features."""

    document: str
    pair: str
    year: int
    system: str
    is_machine: bool
    is_native: bool
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """The figures of one part that took no part in fitting, with 95 % intervals over documents for the area.

    ``against_native`` compares its machine translations with native news instead of the human translations of the same texts.
    """

    name: str
    passages: int
    area: float
    low: float
    high: float
    against_native: float

    def __str__(self) -> str:
        inside = (
            "       -              " if np.isnan(self.area) else f"{self.area:.3f} [{self.low:.3f}, {self.high:.3f}]"
        )
        return f"{inside}  {self.against_native:.3f}"


@dataclass(frozen=True, slots=True)
class Provenance:
    """All figures of one model, and the model."""

    model: StyleModel
    folds: tuple[Fold, ...]
    calibration: tuple[str, ...]
    calibration_error: float


def samples(folder: Path) -> list[Sample]:
    """Read all passages. Raises ``InputError`` where the data is missing."""
    paths = sorted(folder.glob("*.docs.jsonl.gz"))
    if not paths:
        raise InputError(str(folder), "has no documents (*.docs.jsonl.gz)")
    found: list[Sample] = []
    for path in paths:
        for row in records_of(path):
            sentences = [span.of(line) for line in row["text"].split("\n") for span in sentence_spans(line, "en")]
            native = row.get("is_translation") is False
            for start, end in passages(sentences):
                found.append(
                    Sample(
                        row["doc_id"],
                        NATIVE if native else row["lp"],
                        row["year"],
                        row["system"],
                        not row["is_human"],
                        native,
                        tuple(sentences[start:end]),
                    )
                )
    return found


@dataclass(frozen=True, slots=True)
class Table:
    """The features of all samples as a matrix, with their names."""

    names: tuple[str, ...]
    values: Matrix


def table_of(found: Sequence[Sample], grams: int = GRAMS) -> Table:
    """Count the features; the n-grams are those that most passages have, whoever wrote them."""
    skeletons = [[skeleton(sentence) for sentence in sample.sentences] for sample in found]
    counts = [Counter(gram for tokens in passage for gram in shape_grams(tokens)) for passage in skeletons]
    spread: Counter[str] = Counter()
    for count in counts:
        spread.update(count.keys())
    chosen = [gram for gram, _ in sorted(spread.items(), key=lambda entry: (-entry[1], entry[0]))[:grams]]
    rows = []
    names: tuple[str, ...] = ()
    for passage, count in zip(skeletons, counts, strict=True):
        words = [token.word for tokens in passage for token in tokens if token.is_word]
        size = sum(map(len, passage))
        rates = general(passage, words) if words else dict.fromkeys(names, 0.0)
        names = names or tuple(rates)
        rows.append([*rates.values(), *((1000 * count[gram] / max(size, 1)) ** 0.5 for gram in chosen)])
    return Table((*names, *(f"rate of “{gram}”" for gram in chosen)), np.array(rows, dtype=np.float64))


def measure(
    found: Sequence[Sample], table: Table, name: str, ridge: float = RIDGE, fitted_with: str = ""
) -> Provenance:
    """Fit and measure a model: ``TRANSLATED`` against native text, any other name machine translation against all that people wrote.

    ``fitted_with`` names the engine whose answers are among the features, if any.
    """
    if name == TRANSLATED:
        labels = np.array([float(not sample.is_native) for sample in found])
    else:
        labels = np.array([float(sample.is_machine) for sample in found])
    documents = np.array([sample.document for sample in found])
    pairs = np.array([sample.pair for sample in found])
    native = pairs == NATIVE
    tuning = np.array([is_tuning(document) for document in documents])
    unseen = np.full(len(found), np.nan)
    folds: list[Fold] = []
    kept, others = native & ~tuning, sorted(set(pairs[~native].tolist()))
    unseen[kept] = 0.0
    for pair in others:
        mine = pairs == pair
        fitted = _fit_without(table.values, labels, documents, mine, kept, ridge)
        unseen[mine] = fitted.scores(table.values[mine])
        unseen[kept] += fitted.scores(table.values[kept]) / len(others)
        folds.append(_fold(f"language pair {pair} unseen", fitted, table.values, labels, documents, mine, kept))
    # Native passages of the other half are scored by a model that has seen none of them.
    turned = _fit_without(table.values, labels, documents, native & tuning, native & tuning, ridge)
    unseen[native & tuning] = turned.scores(table.values[native & tuning])
    years = np.array([sample.year for sample in found])
    recent = (years == 2021) & ~native
    later = _fit_without(table.values, labels, documents, recent, kept, ridge)
    folds.append(_fold("year 2021 and its engines unseen", later, table.values, labels, documents, recent, kept))
    kind = np.array([kind_of(sample) for sample in found])
    slope, offset = calibrate(unseen[tuning], labels[tuning], kind[tuning])
    everything = fit(table.values, labels, importance_of(labels, documents), ridge)
    calibrated = probability(slope * unseen + offset)
    threshold = max(0.5, float(np.quantile(calibrated[native & tuning], 1 - FALSE_FLAGS)))
    reporting = ~tuning
    model = StyleModel(
        name,
        everything.intercept,
        weights_of(table.names, everything),
        slope,
        offset,
        threshold,
        share_above(calibrated, reporting & native, threshold),
        share_above(calibrated, reporting & (kind == "translator"), threshold),
        share_above(calibrated, reporting & (kind == "machine"), threshold),
        area_under_curve(unseen[reporting], labels[reporting]),
        fitted_with,
    )
    judged = balanced(calibrated[reporting], labels[reporting], documents[reporting])
    bands = reliability(judged, _BANDS)
    rows = tuple(f"{band.low:.1f} to {band.high:.1f}  {band.expected:.3f}  {band.observed}" for band in bands)
    return Provenance(model, tuple(folds), rows, calibration_error(bands))


def weights_of(names: Sequence[str], fitted: Fitted) -> tuple[Weight, ...]:
    """Return the weights of a fitted model by the names of its features."""
    return tuple(
        Weight(feature, round(float(mean), 6), round(float(deviation), 6), round(float(weight), 6))
        for feature, mean, deviation, weight in zip(names, fitted.means, fitted.deviations, fitted.weights, strict=True)
    )


def kind_of(sample: Sample) -> str:
    """Return who wrote a passage: ``machine``, ``native`` or ``translator``."""
    return "machine" if sample.is_machine else "native" if sample.is_native else "translator"


def importance_of(labels: Matrix, documents: Column) -> Matrix:
    """Weigh both classes alike, and the many translations of one document as the square root of their number."""
    groups: Counter[tuple[float, str]] = Counter(zip(labels.tolist(), documents.tolist(), strict=True))
    weights = np.array(
        [groups[label, document] ** -0.5 for label, document in zip(labels.tolist(), documents.tolist(), strict=True)]
    )
    for label in (0.0, 1.0):
        mine = labels == label
        weights[mine] *= len(labels) / 2 / weights[mine].sum()
    return weights


def _fit_without(
    values: Matrix, labels: Matrix, documents: Column, left_out: Column, also: Column, ridge: float
) -> Fitted:
    """Fit on everything but the passages left out, any other translation of their documents, and ``also``."""
    used = ~left_out & ~also & ~np.isin(documents, np.unique(documents[left_out]))
    return fit(values[used], labels[used], importance_of(labels[used], documents[used]), ridge)


def _fold(
    name: str,
    model: Fitted,
    values: Matrix,
    labels: Matrix,
    documents: Column,
    mine: Column,
    native: Column,
) -> Fold:
    scores, truth = model.scores(values[mine]), labels[mine]
    beside = model.scores(values[native])
    machine = scores[truth == 1]
    against = area_under_curve(
        np.concatenate([machine, beside]), np.concatenate([np.ones(len(machine)), np.zeros(len(beside))])
    )
    by_document: dict[str, list[int]] = defaultdict(list)
    for index, document in enumerate(documents[mine].tolist()):
        by_document[document].append(index)
    groups = [np.array(indexes) for _, indexes in sorted(by_document.items())]
    generator = np.random.default_rng(_SEED)
    areas = []
    for _ in range(_RESAMPLES):
        drawn = np.concatenate([groups[index] for index in generator.integers(0, len(groups), len(groups))])
        area = area_under_curve(scores[drawn], truth[drawn])
        if not np.isnan(area):
            areas.append(area)
    areas.sort()
    low, high = (areas[int(0.025 * len(areas))], areas[int(0.975 * len(areas))]) if areas else (float("nan"),) * 2
    return Fold(name, int(mine.sum()), area_under_curve(scores, truth), low, high, against)


def calibrate(scores: Matrix, labels: Matrix, kinds: Column) -> tuple[float, float]:
    """Return slope and offset (Platt 1999) with both classes alike, and native writers as much as translators."""
    importance = np.ones(len(scores))
    for label in (0.0, 1.0):
        present = sorted(set(kinds[labels == label].tolist()))
        for kind in present:
            mine = (labels == label) & (kinds == kind)
            importance[mine] = len(scores) / 2 / len(present) / mine.sum()
    fitted = fit(scores[:, None], labels, importance, 1e-6)
    slope = float(fitted.weights[0] / fitted.deviations[0])
    return slope, fitted.intercept - slope * float(fitted.means[0])


def balanced(shown: Matrix, labels: Matrix, documents: Column) -> list[Judged]:
    """Return the cases of both classes in like number: every so-many-th of the larger one."""
    found: list[Judged] = []
    fewer = int(min(labels.sum(), len(labels) - labels.sum()))
    for label in (0.0, 1.0):
        indexes = np.flatnonzero(labels == label)
        for index in indexes[np.linspace(0, len(indexes) - 1, fewer).astype(int)] if fewer else ():
            found.append(Judged(float(shown[index]), bool(label), str(documents[index])))
    return found


def share_above(shown: Matrix, mine: Column, threshold: float) -> float:
    """Return the share of some passages that reach a threshold, 0 where there are none."""
    return round(float((shown[mine] >= threshold).mean()), 4) if mine.any() else 0.0


def write(model: StyleModel, folder: Path) -> Path:
    """Write a model as plain data and return its path."""
    record = asdict(model)
    record["weights"] = [asdict(entry) for entry in model.weights]
    for key in ("intercept", "slope", "offset", "threshold", "area"):
        record[key] = round(record[key], 6)
    path = folder / f"{model.name}.{LANGUAGE}.json"
    path.write_text(json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return path
