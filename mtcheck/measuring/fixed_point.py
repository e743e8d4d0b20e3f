"""What a round trip tells of who wrote a passage: the table behind LIT001, for ``mtcheck bench provenance --round-trip``.

The passages are a fixed choice by a digest of their names: of each language pair so many by people and as many by machines, and five times
as many native ones. Fitting, folds and calibration are those of ``mtcheck.measuring.provenance``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from mtcheck.core.translation import Translation, Translator
from mtcheck.engines.translation.round_trip import MAX_CHARACTERS, MIN_WORDS
from mtcheck.measuring.provenance import Sample, Table
from mtcheck.measuring.style_surprisal import digest_of
from mtcheck.text.alignment import words_of
from mtcheck.text.fixed_point import Return, fixed_point_features
from mtcheck.text.machine_style import LANGUAGE
from mtcheck.text.style import SMALLEST_PASSAGE

RIDGE = 10.0
_NATIVE_TIMES = 5
# Sentences sent at once: what is done is in the translator's cache, so that a run that was broken off goes on.
_BATCH = 256


def chosen(samples: Sequence[Sample], most: int) -> list[int]:
    """Return the indexes of a fixed choice: of each language pair ``most`` passages by people and by machines, and native ones."""
    counts: Counter[tuple[str, bool]] = Counter()
    found = []
    for index in sorted(range(len(samples)), key=lambda index: digest_of(samples[index])):
        key = samples[index].pair, samples[index].is_machine
        if counts[key] < (_NATIVE_TIMES * most if samples[index].is_native else most):
            counts[key] += 1
            found.append(index)
    return sorted(found)


def returns_of(samples: Sequence[Sample], translator: Translator, pivot: str) -> dict[str, Return]:
    """Send the sentences of passages through another language and back; those that the translator failed on are left out."""
    from sacrebleu.metrics.chrf import CHRF

    metric = CHRF()
    lines = sorted({_line(sentence) for sample in samples for sentence in sample.sentences})
    wanted = [line for line in lines if len(words_of(line)) >= MIN_WORDS and len(line) <= MAX_CHARACTERS]
    found: dict[str, Return] = {}
    for start in range(0, len(wanted), _BATCH):
        batch = wanted[start : start + _BATCH]
        there = _usable(batch, translator.translate(batch, LANGUAGE, pivot))
        texts = list(dict.fromkeys(answer.text for answer in there.values()))
        back = _usable(texts, translator.translate(texts, pivot, LANGUAGE)) if texts else {}
        for line, answer in there.items():
            if answer.text in back:
                text = back[answer.text].text
                found[line] = Return(line, text, float(metric.sentence_score(text, [line]).score))
    return found


def _usable(texts: Sequence[str], answers: Sequence[Translation]) -> dict[str, Translation]:
    return {text: answer for text, answer in zip(texts, answers, strict=True) if not answer.unusable}


def table_of(samples: Sequence[Sample], returns: dict[str, Return]) -> tuple[list[Sample], Table]:
    """Return the features of the passages of which enough sentences came back, and those passages."""
    kept: list[Sample] = []
    rows: list[list[float]] = []
    names: tuple[str, ...] = ()
    for sample in samples:
        mine = [returns[line] for line in map(_line, sample.sentences) if line in returns]
        if len(mine) < SMALLEST_PASSAGE:
            continue
        features = fixed_point_features(mine)
        names = names or tuple(features)
        kept.append(sample)
        rows.append(list(features.values()))
    return kept, Table(names, np.array(rows, np.float64))


def _line(sentence: str) -> str:
    return " ".join(sentence.split())
