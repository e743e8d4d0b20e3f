"""Measure a model's folder: BLEU and chrF with their signatures, and round trips of clean text.

Beside it stand the open Firefox models, where a folder of engine outputs holds their translations of the same sentences.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any

from mtcheck.core.errors import UsageError
from mtcheck.core.translation import USUAL_BEAMS
from mtcheck.training.cleaning import letters_only
from mtcheck.training.decoding import FolderTranslator
from mtcheck.training.languages import ENGLISH
from mtcheck.training.overlap import read_lines
from mtcheck.training.preparation import OPEN_ENGINES


@dataclass(frozen=True, slots=True)
class Score:
    """One figure: BLEU and chrF (0 to 100) of a direction on a set, with sacrebleu's signatures.

    ``system`` is the model, or an engine that translated the same sentences. ``direction`` is ``es-en``, or ``en-es-en`` for a
    round trip, whose reference is its own source. ``beams`` 1 is greedy, 0 not known.
    """

    system: str
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
    """A sentence sent to another language and back, with the chrF (0 to 100) of what came back."""

    language: str
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


@dataclass(frozen=True, slots=True)
class _Leg:
    """What one direction of a set is measured on."""

    direction: str
    source: list[str]
    reference: list[str]
    target_language: str


def evaluate(
    model: Path,
    sets: Sequence[str],
    round_trips: Sequence[str],
    limit: int | None = None,
    beams: int = USUAL_BEAMS,
    engines: Path | None = None,
) -> list[Score]:
    """Return the scores of a folder, and those of the open engines whose outputs lie in the folder ``engines``.

    ``sets`` are written ``NAME:XX:ENGLISH:OTHER`` with two aligned text files, or ``NAME:XX:TABLE:-`` with one file of two
    columns; ``round_trips`` ``NAME:XX:ENGLISH`` (the first column, where a table). Raises ``UsageError`` for other forms.
    """
    wanted = [_test_set(text, limit) for text in sets]
    clean = [_test_set(text + ":-", limit) for text in round_trips]
    scores: list[Score] = []
    with FolderTranslator(model, beams) as translator:
        for item in wanted:
            for leg in _legs(item):
                found = translator.translate(leg.source, leg.target_language)
                scores.append(_score(model.name, item.name, leg, found, beams))
                if engines is not None:
                    scores.extend(_engine_scores(engines, item.name, leg))
        for item in clean:
            back = translator.translate(translator.translate(item.english, item.language), ENGLISH)
            trip = _Leg(f"en-{item.language}-en", item.english, item.english, ENGLISH)
            scores.append(_score(model.name, item.name, trip, back, beams))
    return scores


def write_scores(scores: Sequence[Score], path: Path) -> None:
    """Write scores as JSON."""
    path.write_text(json.dumps([asdict(score) for score in scores], indent=2) + "\n", encoding="utf-8")


def write_examples(model: Path, languages: Sequence[str], path: Path) -> int:
    """Send the package's own sentences through each language, write the trips from best to worst, and return their number."""
    from sacrebleu.metrics.chrf import CHRF

    metric = CHRF()
    sentences = files("mtcheck.training").joinpath("data/examples.en.txt").read_text(encoding="utf-8").splitlines()
    examples = []
    with FolderTranslator(model) as translator:
        for language in languages:
            forward = translator.translate(sentences, language)
            back = translator.translate(forward, ENGLISH)
            for source, there, again in zip(sentences, forward, back, strict=True):
                chrf = round(metric.sentence_score(again, [source]).score, 1)
                examples.append(Example(language, source, there, again, chrf))
    examples.sort(key=lambda example: (-example.chrf, example.source, example.language))
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


def _legs(item: _TestSet) -> tuple[_Leg, _Leg]:
    return (
        _Leg(f"{item.language}-en", item.other, item.english, ENGLISH),
        _Leg(f"en-{item.language}", item.english, item.other, item.language),
    )


def _engine_scores(folder: Path, name: str, leg: _Leg) -> Iterator[Score]:
    """Yield a score for each open engine that translated sentences of a set."""
    path = folder / f"{leg.direction}.tsv.xz"
    if not path.is_file():
        return
    references = {letters_only(source): reference for source, reference in zip(leg.source, leg.reference, strict=True)}
    answers: dict[str, dict[str, str]] = {}
    for line in read_lines(path):
        source, translation, engine, set_name = line.split("\t")
        key = letters_only(source)
        if engine in OPEN_ENGINES and set_name == name and key in references:
            answers.setdefault(engine, {})[key] = translation
    for engine, found in sorted(answers.items()):
        part = _Leg(leg.direction, list(found), [references[key] for key in found], leg.target_language)
        yield _score(engine, name, part, list(found.values()), 0)


def _score(system: str, name: str, leg: _Leg, found: list[str], beams: int) -> Score:
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

    bleu: Any = BLEU(tokenize="zh" if leg.target_language == "zh" else "13a")
    chrf: Any = CHRF()
    bleu_score = bleu.corpus_score(found, [leg.reference])
    chrf_score = chrf.corpus_score(found, [leg.reference])
    return Score(
        system,
        name,
        leg.direction,
        len(found),
        beams,
        round(bleu_score.score, 2),
        round(chrf_score.score, 2),
        str(bleu.get_signature()),
        str(chrf.get_signature()),
    )
