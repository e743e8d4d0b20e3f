"""How well a translator knows its own failures: the figures of ``mtcheck bench guard``.

Sentences with a human translation are translated; a translation with a sentence chrF (Popović 2015) under ``POOR`` counts as poor.
For each sign of the guard (mean log-probability, words attended to, length), and for what the model turned round says of the text given its
translation, the table says what leaving out the worst share of the
sentences by it would catch, and the last rows what the guard as it stands leaves out. FLORES-200 dev is for fitting, devtest reports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import numpy as np

from mtcheck.app import translations_of_lines
from mtcheck.app.planning import translator_of
from mtcheck.config import Settings
from mtcheck.core.errors import InputError
from mtcheck.core.reading import Input
from mtcheck.core.translation import Likelihood, Scorer
from mtcheck.engines.translation.doubt import Doubt, distance_of
from mtcheck.measuring.intervals import Count, Share, share_of
from mtcheck.measuring.source import area_under_curve
from mtcheck.readers import stream_lines
from mtcheck.training.logistic import fit, probability

# The embedded models' mean is 40 to 42: what lies under this says something else than its source in most of its parts.
POOR = 30.0
WORST_SHARES = (0.01, 0.02, 0.05, 0.10)
LEFT_OUT = 0.1
"""The share of translations that what is fitted leaves out."""
RIDGE = 3.0


@dataclass(frozen=True, slots=True)
class Judged:
    """One translation: what the translator says of it, and how near it is to a person's.

    ``reverse`` is the mean log-probability a token of the text given its translation, where the translator has the way back.
    """

    score: float | None
    coverage: float | None
    length_ratio: float | None
    unusable: str
    chrf: float
    reverse: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what is left out, and the share of poor translations among it and among the rest."""

    label: str
    left_out: Share
    rest: Share


def judged(
    source: Path, reference: Path, settings: Settings, source_language: str, target_language: str
) -> list[Judged]:
    """Translate every line of a file and compare it with that of another. Raises ``InputError`` for files that do not fit."""
    from sacrebleu.metrics.chrf import CHRF

    metric = CHRF()
    references = list(stream_lines(Input(str(reference))))
    lines = list(translations_of_lines(Input(str(source)), settings, source_language, target_language))
    if len(lines) != len(references):
        raise InputError(str(reference), f"has {len(references)} lines for the {len(lines)} of {source}")
    translator = translator_of(settings)
    reverse: list[Likelihood | None] = [None] * len(lines)
    if isinstance(translator, Scorer):
        texts, translations = [line.source for line in lines], [line.translation for line in lines]
        reverse = translator.likelihoods(translations, texts, target_language, source_language)
    return [
        Judged(
            line.score,
            line.coverage,
            line.length_ratio,
            line.unusable,
            float(metric.sentence_score(line.translation, [person]).score),
            None if back is None else back.mean,
        )
        for line, person, back in zip(lines, references, reverse, strict=True)
        if line.source.strip()
    ]


def fitted(translations: Sequence[Judged]) -> Doubt:
    """Fit the signs together on these translations, and set the threshold at which ``LEFT_OUT`` of them are left out.

    A weak model loses more: what is likelier poor than not is always left out.

    Raises ``ValueError`` where none is poor, or all are.
    """
    rows = [(signs, each) for each in translations if (signs := _signs(each)) is not None]
    values = np.array([signs for signs, _ in rows], np.float64)
    labels = np.array([float(each.chrf < POOR) for _, each in rows])
    found = fit(values, labels, np.ones(len(rows)), RIDGE)
    weights = found.weights / found.deviations
    intercept = found.intercept - float(weights @ found.means)
    threshold = min(0.5, float(np.quantile(probability(found.scores(values)), 1 - LEFT_OUT)))
    return Doubt(*(round(value, 5) for value in (intercept, *map(float, weights), threshold)))


def _signs(each: Judged) -> tuple[float, float, float] | None:
    if each.score is None or each.coverage is None or each.length_ratio is None:
        return None
    return each.score, each.coverage, distance_of(each.length_ratio)


def _all_signs(doubt: Doubt | None) -> tuple[tuple[str, Callable[[Judged], float | None]], ...]:
    """Return the signs by name; the lower, the worse the translation."""

    def together(each: Judged) -> float | None:
        if doubt is None or each.score is None or each.coverage is None or each.length_ratio is None:
            return None
        return -doubt.probability(each.score, each.coverage, each.length_ratio)

    return (
        ("log-probability", lambda each: each.score),
        ("coverage", lambda each: each.coverage),
        ("length ratio", lambda each: each.length_ratio),
        ("text given it", lambda each: each.reverse),
        ("both ways", _both_ways),
        ("weighed together", together),
    )


def areas(translations: Sequence[Judged], doubt: Doubt | None = None) -> Iterator[tuple[str, float]]:
    """Yield the area under the ROC curve of each sign: how often a poor translation has a lower value than another one."""
    for name, sign in _all_signs(doubt):
        known = [(value, each.chrf < POOR) for each in translations if (value := sign(each)) is not None]
        poor, others = ([-value for value, is_poor in known if is_poor is wanted] for wanted in (True, False))
        if poor and others:
            yield name, area_under_curve(poor, others)


def table(translations: Sequence[Judged], doubt: Doubt | None = None) -> Iterator[Row]:
    """Yield the rows: each sign at several thresholds, then each reason of the guard, then the guard as a whole.

    ``doubt`` weighs the signs together; its thresholds are negative, so that the worst are lowest here too.
    """
    for name, sign in _all_signs(doubt):
        values = sorted(value for each in translations if (value := sign(each)) is not None)
        for share in WORST_SHARES if values else ():
            threshold = values[int(share * len(values))]
            yield _row(
                f"{name} under {threshold:.2f}", translations, [_under(sign(each), threshold) for each in translations]
            )
    for reason in sorted({each.unusable for each in translations} - {""}):
        yield _row(f"guard: {reason}", translations, [each.unusable == reason for each in translations])
    yield _row("guard: all", translations, [bool(each.unusable) for each in translations])


def mean_chrf(translations: Sequence[Judged]) -> float:
    """Return the mean of the sentences' chrF, 0 without any."""
    return mean(each.chrf for each in translations) if translations else 0.0


def _both_ways(each: Judged) -> float | None:
    """Return the mean of what the translator says of the translation given the text, and of the text given the translation."""
    return None if each.score is None or each.reverse is None else (each.score + each.reverse) / 2


def _under(value: float | None, threshold: float) -> bool:
    return value is not None and value < threshold


def _row(label: str, translations: Sequence[Judged], left_out: Sequence[bool]) -> Row:
    def poor(*, out: bool) -> Share:
        return share_of(
            [Count(each.chrf < POOR, 1) for each, gone in zip(translations, left_out, strict=True) if gone is out]
        )

    return Row(label, poor(out=True), poor(out=False))
