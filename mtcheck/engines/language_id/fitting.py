"""Fit ``data/calibration.tsv`` anew: ``python -m mtcheck.engines.language_id.fitting FOLDER [--lingua]``.

The folder holds ``ntrex12.tsv.gz`` (language, line, sentence), ``lingua_testdata.tsv.gz`` (language, unit, text) and
``short_items.tsv.gz`` (origin, kind, language, text), tab-separated with a header. Fitted is on the even lines of the first,
and on what the second has; texts of the third, which is for measuring, are left out. Each sentence gives some lower-case words of
four letters or more (pairs of ideographs in Chinese), a run of three words, and one in four gives itself.

What is fitted minimizes the mean negative log-probability of the right language among all that its script allows, with the
weights of ``candidates.commonness``; weights of a script are held near those of all scripts together.
"""

from __future__ import annotations

import gzip
import math
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mtcheck.engines.language_id.calibration import (
    ANY_SCRIPT,
    LENGTHS,
    SHORTEST,
    Calibration,
    Lean,
    between,
    written,
)
from mtcheck.engines.language_id.candidates import LANGUAGES_OF_SCRIPT, commonness
from mtcheck.engines.language_id.exclusions import without_addresses
from mtcheck.engines.language_id.identifier import main_piece
from mtcheck.engines.language_id.models import default_models, model_of
from mtcheck.engines.language_id.profiles import LikelihoodModel

MOST_ITEMS = 24_000
"""Items taken of each corpus."""

_CORPUS_WEIGHTS = (1.0, 0.5)
_SCRIPTS = ("Latin", "Cyrillic", "Arabic")
_STEPS, _RATE = 300, 0.05
_HOLD_LEAN, _HOLD_SCRIPT = 3e-4, 3e-3
_SEED = 1
_NAMES = {"nb": "no", "nn": "no", "bs": "hr", "ms": "id"}
"""Codes of the second corpus that are other ones here."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Texts with their languages, weighed by every model.

    ``opinions`` (texts, languages, models), ``place`` (texts, lengths: how near a text is to each of ``LENGTHS``), ``prior``
    (texts, languages: log-weights, minus infinity outside the script), ``right`` and ``weight`` of each text.
    """

    opinions: NDArray[np.float64]
    place: NDArray[np.float64]
    letters: NDArray[np.float64]
    prior: NDArray[np.float64]
    right: NDArray[np.int64]
    weight: NDArray[np.float64]
    scripts: NDArray[np.str_]

    def of_script(self, script: str) -> Sample:
        """Return the texts of one script."""
        chosen = self.scripts == script
        return Sample(
            self.opinions[chosen],
            self.place[chosen],
            self.letters[chosen],
            self.prior[chosen],
            self.right[chosen],
            self.weight[chosen],
            self.scripts[chosen],
        )


@dataclass(frozen=True, slots=True)
class Item:
    """A text with its language and how much it counts."""

    language: str
    text: str
    weight: float


def items(folder: Path, most: int = MOST_ITEMS) -> list[Item]:
    """Return what is fitted on."""
    measured = {fields[3] for fields in table(folder / "short_items.tsv.gz")}
    news = [
        (language, text)
        for language, line, sentence in table(folder / "ntrex12.tsv.gz")
        if int(line) % 2 == 0
        for text in drawn(language, sentence, whole=int(line) % 8 == 0)
    ]
    other = [(_NAMES.get(language, language), text) for language, _, text in table(folder / "lingua_testdata.tsv.gz")]
    found: list[Item] = []
    for corpus, weight in zip((news, other), _CORPUS_WEIGHTS, strict=True):
        kept = [(language, text) for language, text in corpus if text not in measured]
        random.Random(_SEED).shuffle(kept)  # noqa: S311  # a fixed sample, not a secret
        found.extend(Item(language, text, weight) for language, text in kept[:most])
    return found


def drawn(language: str, sentence: str, *, whole: bool) -> Iterator[str]:
    """Yield the short texts that are drawn from a sentence, and the sentence if it is wanted."""
    if whole:
        yield sentence
    if language == "zh":
        yield from (sentence[start : start + 2] for start in range(0, min(30, len(sentence) - 1), 10))
        yield sentence[:6]
        return
    words = [word.strip(".,;:!?\"«»()“”'") for word in sentence.split()]
    short = [word for word in words if len(word) >= 4 and word.isalpha() and word == word.lower()]
    yield from short[::4][:4]
    middle = len(words) // 2
    yield " ".join(sentence.split()[middle : middle + 3])


def table(path: Path) -> Iterator[list[str]]:
    """Yield the fields of each line after the header."""
    lines = gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()
    return (line.split("\t") for line in lines[1:])


def sample_of(found: Sequence[Item], models: Sequence[LikelihoodModel], languages: tuple[str, ...]) -> Sample:
    """Weigh the texts that more than one language is possible for, among those that all the models know."""
    kept = []
    known = set(languages).intersection(*(model.languages for model in models))
    for item in found:
        piece = main_piece(without_addresses(item.text))
        allowed = [
            language for language in (LANGUAGES_OF_SCRIPT.get(piece.script, ()) if piece else ()) if language in known
        ]
        if piece and len(allowed) > 1 and item.language in allowed:
            kept.append((item, piece, allowed))
    column = {language: number for number, language in enumerate(languages)}
    opinions = np.zeros((len(kept), len(languages), len(models)))
    for number, model in enumerate(models):
        scores = model.score([piece.text for _, piece, _ in kept]).log_likelihoods
        for source, language in enumerate(model.languages):
            if language in column:
                opinions[:, column[language], number] = scores[:, source]
    place = np.zeros((len(kept), len(LENGTHS)))
    prior = np.full((len(kept), len(languages)), -math.inf)
    for row, (_, piece, allowed) in enumerate(kept):
        low, high, part = between(piece.weight)
        place[row, low] += 1 - part
        place[row, high] += part
        for language in allowed:
            if language in column:
                prior[row, column[language]] = math.log(commonness(language))
    weight = np.array([item.weight for item, _, _ in kept])
    totals: dict[str, float] = {}
    for item, _, _ in kept:
        totals[item.language] = totals.get(item.language, 0.0) + item.weight
    # A language counts by how common it is, not by how many of its texts happen to be here.
    weight *= np.array([commonness(item.language) / totals[item.language] for item, _, _ in kept])
    return Sample(
        opinions,
        place,
        np.array([max(SHORTEST, piece.weight) for _, piece, _ in kept], np.float64),
        prior,
        np.array([column[item.language] for item, _, _ in kept]),
        weight,
        np.array([piece.script for _, piece, _ in kept]),
    )


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights (lengths, models), leans (languages; always and short), and the loss that is left."""

    weights: NDArray[np.float64]
    leans: NDArray[np.float64]
    loss: float


def fit(sample: Sample, start: Fitted | None = None) -> Fitted:
    """Minimize the loss by Adam (Kingma and Ba 2015) over the whole sample; ``start`` also holds the weights near itself."""
    models, languages = sample.opinions.shape[2], sample.opinions.shape[1]
    held = start.weights if start else np.full((len(LENGTHS), models), 0.3)
    parts = [held.copy(), start.leans.copy() if start else np.zeros((languages, 2))]
    first = [np.zeros_like(part) for part in parts]
    second = [np.zeros_like(part) for part in parts]
    short = SHORTEST / sample.letters
    total = sample.weight.sum()
    rows = np.arange(len(sample.right))
    loss = math.inf
    for step in range(1, _STEPS + 1):
        weights, leans = parts
        sums = np.einsum("nlm,nm->nl", sample.opinions, sample.place @ weights)
        sums += sample.prior + leans[:, 0] + short[:, None] * leans[:, 1]
        sums -= sums.max(axis=1, keepdims=True)
        probabilities = np.exp(sums)
        probabilities /= probabilities.sum(axis=1, keepdims=True)
        right = np.maximum(probabilities[rows, sample.right], 1e-12)
        loss = float(-(sample.weight * np.log(right)).sum() / total)
        error = probabilities
        error[rows, sample.right] -= 1
        error *= (sample.weight / total)[:, None]
        by_model = np.einsum("nl,nlm->nm", error, sample.opinions)
        hold = _HOLD_SCRIPT * 2 * (weights - held) if start else 0.0
        slopes = [
            sample.place.T @ by_model + hold,
            np.stack((error.sum(axis=0), (error * short[:, None]).sum(axis=0)), axis=1) + 2 * _HOLD_LEAN * leans,
        ]
        for number, slope in enumerate(slopes):
            first[number] = 0.9 * first[number] + 0.1 * slope
            second[number] = 0.999 * second[number] + 0.001 * slope**2
            rate = _RATE * (1 - step / (_STEPS + 1))
            moment = first[number] / (1 - 0.9**step)
            parts[number] = parts[number] - rate * moment / (np.sqrt(second[number] / (1 - 0.999**step)) + 1e-9)
        parts[0] = np.maximum(parts[0], 0.0)  # no model counts against what it says
    return Fitted(parts[0], parts[1], loss)


def calibrate(found: Sequence[Item], models: Sequence[LikelihoodModel]) -> tuple[Calibration, dict[str, float]]:
    """Return the calibration of some models together, and the loss by script."""
    languages = tuple(sorted({name for names in LANGUAGES_OF_SCRIPT.values() for name in names if len(names) > 1}))
    sample = sample_of(found, models, languages)
    whole = fit(sample)
    losses = {ANY_SCRIPT: whole.loss}
    weights = {ANY_SCRIPT: _rows(whole)}
    leans = _leans(whole, languages)
    for script in _SCRIPTS:
        part = sample.of_script(script)
        if not len(part.right):
            continue
        fitted = fit(part, whole)
        losses[script], weights[script] = fitted.loss, _rows(fitted)
        own = _leans(fitted, languages)
        leans.update({language: own[language] for language in LANGUAGES_OF_SCRIPT[script] if language in own})
    return Calibration(tuple(model.kind for model in models), weights, leans), losses


def _rows(fitted: Fitted) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(float(value) for value in row) for row in fitted.weights)


def _leans(fitted: Fitted, languages: tuple[str, ...]) -> dict[str, Lean]:
    return {
        language: Lean(float(always), float(short))
        for language, (always, short) in zip(languages, fitted.leans, strict=True)
    }


def main(arguments: Sequence[str]) -> None:
    """Print the table to put in place of the old one; the losses go to standard error."""
    folder = Path(arguments[0])
    ours = default_models()
    sets: list[tuple[LikelihoodModel, ...]] = [ours[:1], ours[1:], ours]
    if "--lingua" in arguments[1:]:
        lingua = model_of("lingua")
        sets.extend([(lingua,), (ours[0], lingua), (ours[1], lingua), (*ours, lingua)])
    sys.stdout.write("# Weights of models and leans of languages; see calibration.py. Written by fitting.py.\n")
    found = items(folder)
    for models in sets:
        calibration, losses = calibrate(found, models)
        sys.stdout.write("".join(f"{line}\n" for line in written(calibration)))
        sys.stderr.write(f"{'+'.join(calibration.members)}: {losses}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
