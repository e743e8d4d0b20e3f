"""The lines of ``mtcheck bench damage``: what was fitted, what it finds, what each feature adds, whether probabilities are true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from mtcheck.core.surprisal import LanguageModel
from mtcheck.measuring import provenance, style_surprisal
from mtcheck.measuring.damage import (
    AGREED,
    ANY,
    Findings,
    Rows,
    ablation,
    fit_salad,
    fit_words,
    judged_words,
    sentence_rows,
    shown_by,
    span_findings,
    word_figures,
    word_rows,
    write,
)
from mtcheck.measuring.damage_pages import Page, marked_pages, written_pages
from mtcheck.measuring.damage_pairs import pairs_told_apart
from mtcheck.measuring.reliability import Judged, calibration_error, reliability
from mtcheck.measuring.surprisal import LANGUAGE, MARKED_SETS, area_under_curve
from mtcheck.text.damage import SALAD, WORDS, DamageModel, damage_model

BANDS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)


def report(
    model: LanguageModel, data: Path, *, fit: Path | None, limit: int, articles: int, style: bool
) -> Iterator[str]:
    """Yield the lines. With ``fit`` the models are fitted anew and written there, else those of the package are measured.

    Raises ``InputError`` where data is missing.
    """
    written = written_pages(model, data, tuning=False, limit=articles)
    shuffled = written_pages(model, data, tuning=False, shuffled=True, limit=articles)
    tuning = {
        marked: word_rows(marked_pages(model, data, marked, tuning=True, limit=limit)) for marked in (AGREED, ANY)
    }
    if fit is None:
        words, salad = damage_model(WORDS), damage_model(SALAD)
    else:
        own = written_pages(model, data, tuning=True, limit=articles)
        mixed = written_pages(model, data, tuning=True, shuffled=True, limit=articles)
        words = fit_words(tuning[AGREED], tuning[ANY], own, model.signature_of(LANGUAGE))
        salad = fit_salad(own, mixed, model.signature_of(LANGUAGE))
    # What took no part in fitting is only reported on, and needs fewer.
    sizes = {marked: limit if marked in (AGREED, ANY) else limit // 2 for marked in MARKED_SETS}
    pages = {marked: marked_pages(model, data, marked, tuning=False, limit=size) for marked, size in sizes.items()}
    rows = {marked: word_rows(found) for marked, found in pages.items()}
    found = {marked.name: span_findings(words, salad, pages[marked]) for marked in MARKED_SETS}
    alarms = span_findings(words, salad, written)
    upset = span_findings(words, salad, shuffled)
    if fit is not None:
        words, salad = (
            replace(one, precision=round(right.right.value, 4), false_alarms=round(alarm.per_1000_words, 4))
            for one, right, alarm in ((words, found[ANY.name][0], alarms[0]), (salad, upset[1], alarms[1]))
        )
        for one in (words, salad):
            yield f"written: {write(one, fit)}"
    yield "\nWords: value [95 % interval, bootstrap over documents]  cases"
    for marked in MARKED_SETS:
        for figure in word_figures(words, marked.name, rows[marked]):
            between = "" if figure.low is None else f"[{figure.low:.3f}, {figure.high:.3f}]"
            yield f"  {figure.name:<90} {figure.value:8.3f} {between:<16} {figure.cases}"
    yield "\nFindings at the thresholds of FLU001 and FLU002: right, in 1,000 words"
    for name, (spans, sentences) in {
        **found,
        "written by people": alarms,
        "the same, some sentences shuffled": upset,
    }.items():
        yield f"  {name:<40} {WORDS} {_shown(spans)}"
        yield f"  {name:<40} {SALAD} {_shown(sentences)}"
    yield from _salad_lines(salad, shuffled)
    yield "\nAblation on newstest2020, reporting half, any of three: AUROC lost without the group, AUROC of the group alone"
    for name, lost, alone in ablation(tuning[AGREED], tuning[ANY], rows[ANY]):
        yield f"  {name:<40} {lost:+.4f}  {alone:.3f}"
    yield "\nProbability that one of three marks a word: shown, expected, observed (newstest2020, reporting half)"
    yield from _reliability(judged_words(words, rows[ANY]))
    yield "\nPairs with one fault built in (the first line is the mean of the kinds)"
    for figure in pairs_told_apart(model, words, salad, data):
        between = "" if figure.low is None else f"[{figure.low:.3f}, {figure.high:.3f}]"
        yield f"  {figure.name:<90} {figure.value:8.3f} {between:<16} {figure.cases}"
    if style:
        yield from _style_lines(model, data, fit)


def _style_lines(model: LanguageModel, data: Path, fit: Path | None) -> Iterator[str]:
    measured = style_surprisal.measure(model, provenance.samples(data / "ht_vs_mt"))
    yield "\nAUROC by style and surprisal: translated or native; machine or native, machine or human translation"
    for gain in measured.gains:
        yield f"  {gain.name:<46} {gain.passages:>5}  {gain.translated:.3f}  {gain.native:.3f}  {gain.translators:.3f}"
    for found, judged in zip(measured.models, measured.judged, strict=True):
        yield (
            f"  {found.name} at the threshold {found.threshold:.3f}: native passages {found.native_flagged:.3f}, human "
            f"translations {found.translated_flagged:.3f}, machine translations {found.found:.3f}"
        )
        yield from _reliability(judged)
        if fit is not None:
            yield f"  written: {provenance.write(found, fit)}"


def _shown(findings: Findings) -> str:
    return f"{findings.right!s:<36} {findings.per_1000_words:.3f}"


def _salad_lines(model: DamageModel, shuffled: Sequence[Page]) -> Iterator[str]:
    rows: Rows = sentence_rows(shuffled)
    shown = shown_by(model, rows)
    area = area_under_curve(shown, rows.marked, np.ones(len(rows)))
    recall = float((shown[rows.marked] >= model.threshold).mean()) if rows.marked.any() else 0.0
    yield f"  shuffled sentences: AUROC {area:.3f}, found {recall:.3f} of {int(rows.marked.sum())}"
    yield "\nProbability of word salad: shown, expected, observed (reporting half, one sentence in four shuffled)"
    judged = [
        Judged(float(value), bool(right), rows.names[number])
        for value, right, number in zip(shown, rows.marked, rows.documents, strict=True)
    ]
    yield from _reliability(judged)


def _reliability(cases: Sequence[Judged]) -> Iterator[str]:
    bands = reliability(cases, BANDS)
    for band in bands:
        yield f"  {band.low:.1f} to {band.high:.1f}  {band.expected:.3f}  {band.observed}"
    yield f"  expected calibration error {calibration_error(bands):.3f} over {len(cases)} cases"
