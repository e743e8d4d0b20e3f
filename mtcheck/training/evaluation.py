"""Measure a model's folder: BLEU and chrF with their signatures, and round trips of clean text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any

from mtcheck.core.errors import UsageError
from mtcheck.training.decoding import FolderTranslator
from mtcheck.training.languages import ENGLISH
from mtcheck.training.overlap import read_lines


@dataclass(frozen=True, slots=True)
class Score:
    """One figure: BLEU and chrF (0 to 100) of a direction on a set, with sacrebleu's signatures.

    ``direction`` is ``es-en``, or ``en-es-en`` for a round trip, whose reference is its own source. ``beams`` 1 is greedy.
    """

    set: str
    direction: str
    sentences: int
    beams: int
    bleu: float
    chrf: float
    bleu_signature: str
    chrf_signature: str


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence sent there and back, with the chrF (0 to 100) of what came back."""

    source: str
    forward: str
    back: str
    chrf: float


@dataclass(frozen=True, slots=True)
class _TestSet:
    name: str
    language: str
    english: list[str]
    other: list[str]


def evaluate(
    model: Path, sets: Sequence[str], round_trips: Sequence[str], limit: int | None = None, beams: int = 1
) -> list[Score]:
    """Return the scores of a folder.

    ``sets`` are written ``NAME:XX:ENGLISH:OTHER`` with two aligned text files, or ``NAME:XX:TABLE:-`` with one file of two
    columns; ``round_trips`` ``NAME:XX:ENGLISH`` (the first column, where a table). Raises ``UsageError`` for other forms.
    """
    wanted = [_test_set(text, limit) for text in sets]
    clean = [_test_set(text + ":-", limit) for text in round_trips]
    scores: list[Score] = []
    with FolderTranslator(model, beams) as translator:
        for item in wanted:
            to_english = translator.translate(item.other, ENGLISH)
            to_other = translator.translate(item.english, item.language)
            scores.append(_score(item.name, f"{item.language}-en", to_english, item.english, ENGLISH, beams))
            scores.append(_score(item.name, f"en-{item.language}", to_other, item.other, item.language, beams))
        for item in clean:
            back = translator.translate(translator.translate(item.english, item.language), ENGLISH)
            scores.append(_score(item.name, f"en-{item.language}-en", back, item.english, ENGLISH, beams))
    return scores


def write_scores(scores: Sequence[Score], path: Path) -> None:
    """Write scores as JSON."""
    path.write_text(json.dumps([asdict(score) for score in scores], indent=2) + "\n", encoding="utf-8")


def write_examples(model: Path, language: str, path: Path) -> int:
    """Send the package's own sentences there and back, write them from best to worst, and return how many there are."""
    from sacrebleu.metrics.chrf import CHRF

    metric = CHRF()
    sentences = files("mtcheck.training").joinpath("data/examples.en.txt").read_text(encoding="utf-8").splitlines()
    with FolderTranslator(model) as translator:
        forward = translator.translate(sentences, language)
        back = translator.translate(forward, ENGLISH)
    examples = [
        Example(source, there, again, round(metric.sentence_score(again, [source]).score, 1))
        for source, there, again in zip(sentences, forward, back, strict=True)
    ]
    examples.sort(key=lambda example: (-example.chrf, example.source))
    text = json.dumps([asdict(example) for example in examples], ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")
    return len(examples)


def _test_set(text: str, limit: int | None) -> _TestSet:
    parts = text.split(":")
    if len(parts) != 4 or not all(parts):
        raise UsageError(f"a test set is written NAME:XX:ENGLISH:OTHER, not {text!r}")
    name, language, english_path, other_path = parts
    english = list(islice(read_lines(Path(english_path)), limit))
    if other_path == "-":
        columns = [line.split("\t") for line in english]
        return _TestSet(name, language, [row[0] for row in columns], [row[-1] for row in columns])
    other = list(islice(read_lines(Path(other_path)), limit))
    if len(english) != len(other):
        raise UsageError(f"the files of the set {name} have {len(english)} and {len(other)} lines")
    return _TestSet(name, language, english, other)


def _score(name: str, direction: str, found: list[str], wanted: list[str], language: str, beams: int) -> Score:
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

    bleu: Any = BLEU(tokenize="zh" if language == "zh" else "13a")
    chrf: Any = CHRF()
    bleu_score, chrf_score = bleu.corpus_score(found, [wanted]), chrf.corpus_score(found, [wanted])
    return Score(
        name,
        direction,
        len(found),
        beams,
        round(bleu_score.score, 2),
        round(chrf_score.score, 2),
        str(bleu.get_signature()),
        str(chrf.get_signature()),
    )
