"""How well surprisal tells damaged text from sound text: the figures of ``mtcheck bench surprisal``.

Bits a character of news that no model has seen (FLORES-200, NTREX-128). Words inside of spans that professionals marked in
machine translations (Freitag et al. 2021) against the other words: the area under the curve, and the precision where one
word in twenty is named. For English, pairs of a translation and the same with one fault built in (DEMETR, Karpinska et al. 2022): how often
the faulty side surprises more. Documents are split by a digest of their name; what is reported stands on the reporting half.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mtcheck.core.errors import InputError
from mtcheck.core.spans import Span
from mtcheck.core.surprisal import LanguageModel, TokenSurprisal
from mtcheck.measuring.intervals import SEED, is_tuning
from mtcheck.measuring.records import lines_of, records_of

LANGUAGE = "en"
RESAMPLES = 300
# One word in twenty is about what an editor will look at.
NAMED_SHARE = 0.05
BATCH = 256
_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: a value over how many cases, with its 95 % interval (bootstrap over documents) where it has one."""

    name: str
    value: float
    cases: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class MarkedSet:
    """A file of marked translations: the key of its spans, and whether rows of several raters are one segment."""

    name: str
    file: str
    spans: str = "spans"


MARKED_SETS: tuple[MarkedSet, ...] = (
    MarkedSet("newstest2020, marked by two raters", "newstest2020.zh-en.consensus", "spans_any2"),
    MarkedSet("newstest2020, marked by any of three", "newstest2020.zh-en.mqm"),
    MarkedSet("newstest2021", "newstest2021.zh-en.mqm"),
    MarkedSet("TED 2021", "ted2021.zh-en.mqm"),
)
MARKED_SETS_OF: dict[str, tuple[MarkedSet, ...]] = {
    LANGUAGE: MARKED_SETS,
    "de": (
        MarkedSet("newstest2020 en-de, marked by any of three", "newstest2020.en-de.mqm"),
        MarkedSet("newstest2021 en-de", "newstest2021.en-de.mqm"),
        MarkedSet("TED 2021 en-de", "ted2021.en-de.mqm"),
    ),
    "ru": (
        MarkedSet("newstest2021 en-ru", "newstest2021.en-ru.mqm"),
        MarkedSet("TED 2021 en-ru", "ted2021.en-ru.mqm"),
    ),
}
"""The marked translations into each language; there are none into others."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A translated segment, the page it stands on (document and system), and what was marked in it."""

    document: str
    page: str
    text: str
    marks: tuple[Span, ...]


def measure(
    model: LanguageModel, data: Path, *, language: str = LANGUAGE, tuning: bool = False, limit: int = 4_000
) -> Iterator[Figure]:
    """Yield the figures of a model on texts of a language. ``limit`` is the number of segments a set, whole documents.

    ``data`` is the folder of the evaluation data; FLORES is looked for in ``../corpora/evaluation`` beside it. Raises
    ``InputError`` where a file is missing.
    """
    yield from _held_out_news(model, data, language)
    for marked in MARKED_SETS_OF.get(language, ()):
        segments = segments_of(data / "mqm_spans" / f"{marked.file}.jsonl.gz", marked.spans, tuning=tuning, limit=limit)
        yield from _marked_words(model, language, marked.name, segments)
    if language == LANGUAGE:
        yield from _demetr(model, data / "challenge" / "demetr.x-en.jsonl.gz", tuning=tuning, limit=limit)


def speed(model: LanguageModel, data: Path, language: str = LANGUAGE, texts: int = 1_000) -> Iterator[Figure]:
    """Yield seconds to the first answer (loading), and tokens a second on news. Raises ``InputError`` where there is none in the language."""
    path = data / "langid" / "ntrex12.tsv.gz"
    lines = list(islice(_column(path, language), texts))
    if not lines:
        raise InputError(str(path), f"has no sentence in “{language}”")
    started = time.perf_counter()
    model.surprisals(["The harbor is shut."], language)
    loaded = time.perf_counter()
    tokens = sum(len(answer) for answer in model.surprisals(lines, language))
    ended = time.perf_counter()
    yield Figure("seconds to the first answer", loaded - started, 1)
    yield Figure("tokens a second", tokens / (ended - loaded), tokens)


def area_under_curve(scores: _Floats, marked: NDArray[np.bool_], weights: _Floats) -> float:
    """Return the area under the ROC curve of weighted cases; equal scores count half (Mann and Whitney 1947)."""
    order = np.argsort(scores, kind="stable")
    positive = np.where(marked, weights, 0.0)[order]
    negative = np.where(marked, 0.0, weights)[order]
    starts = np.flatnonzero(np.concatenate([[True], np.diff(scores[order]) > 0]))
    positives, negatives = np.add.reduceat(positive, starts), np.add.reduceat(negative, starts)
    below = np.cumsum(negatives) - negatives
    total = positives.sum() * negatives.sum()
    return float((positives * (below + negatives / 2)).sum() / total) if total else 0.5


def precision_at(scores: _Floats, marked: NDArray[np.bool_], weights: _Floats, share: float = NAMED_SHARE) -> float:
    """Return which share of the highest-scored cases is marked, where ``share`` of all are taken."""
    order = np.argsort(-scores, kind="stable")
    reached = np.cumsum(weights[order])
    taken = reached <= share * reached[-1]
    weight = weights[order][taken]
    return float((weight * marked[order][taken]).sum() / weight.sum()) if weight.sum() else 0.0


def _held_out_news(model: LanguageModel, data: Path, language: str) -> Iterator[Figure]:
    flores = data.parent / "corpora" / "evaluation"
    for name, texts in (
        ("FLORES-200 dev", list(lines_of(flores / f"flores200-dev.{language}.gz"))),
        ("FLORES-200 devtest", list(lines_of(flores / f"flores200-devtest.{language}.gz"))),
        ("NTREX-128", list(_column(data / "langid" / "ntrex12.tsv.gz", language))),
    ):
        answers = _answers(model, texts, language)
        bits = np.array([sum(token.bits for token in answer) for answer in answers])
        characters = np.array([len(text) for text in texts], np.float64)
        yield figure(
            f"{name}: bits a character",
            lambda weights, bits=bits, sizes=characters: float((weights * bits).sum() / (weights * sizes).sum()),  # type: ignore[misc]
            np.arange(len(texts)),
            len(texts),
        )


def _marked_words(model: LanguageModel, language: str, name: str, segments: Sequence[Segment]) -> Iterator[Figure]:
    answers = _answers(model, [segment.text for segment in segments], language)
    rows = _Rows()
    for segment, answer in zip(segments, answers, strict=True):
        rows.add(segment, answer)
    documents = np.array(rows.documents)
    marked = np.array(rows.marked, bool)
    weights = np.ones(len(marked))
    yield Figure(f"{name}: share of words marked", float(marked.mean()), len(marked))
    for feature, scores in rows.features().items():
        for measured, how in ((area_under_curve, "AUROC"), (precision_at, "precision of 5 %")):
            yield figure(
                f"{name}: {how}, {feature}",
                lambda draw, scores=scores, how=measured: how(scores, marked, weights * draw[documents]),  # type: ignore[misc]
                np.unique(documents),
                len(marked),
            )


class _Rows:
    """Words of many segments with what the model says of them."""

    def __init__(self) -> None:
        self.documents: list[int] = []
        self.marked: list[bool] = []
        self._numbers: dict[str, int] = {}
        self._pages: list[int] = []
        self._page_numbers: dict[str, int] = {}
        self._highest: list[float] = []
        self._mean: list[float] = []
        self._by_character: list[float] = []
        self._neighbors: list[float] = []

    def add(self, segment: Segment, tokens: Sequence[TokenSurprisal]) -> None:
        words = [Span(*match.span()) for match in _WORD.finditer(segment.text)]
        bits = [_bits_of(word, tokens) for word in words]
        highest = [max(values, default=0.0) for values in bits]
        for index, (word, values) in enumerate(zip(words, bits, strict=True)):
            near = highest[max(0, index - 1) : index + 2]
            self.documents.append(self._numbers.setdefault(segment.document, len(self._numbers)))
            self._pages.append(self._page_numbers.setdefault(segment.page, len(self._page_numbers)))
            self.marked.append(any(mark.start < word.end and word.start < mark.end for mark in segment.marks))
            self._highest.append(highest[index])
            self._mean.append(sum(values) / len(values) if values else 0.0)
            self._by_character.append(sum(values) / len(word))
            self._neighbors.append(sum(near) / len(near))

    def features(self) -> dict[str, _Floats]:
        """Return the scores of every word by each feature."""
        highest, neighbors = np.array(self._highest), np.array(self._neighbors)
        return {
            "highest token": highest,
            "mean token": np.array(self._mean),
            "bits a character": np.array(self._by_character),
            "with its neighbors": neighbors,
            "highest token against the page": self._against_page(highest),
            "with its neighbors against the page": self._against_page(neighbors),
        }

    def _against_page(self, scores: _Floats) -> _Floats:
        pages = np.array(self._pages)
        counts = np.bincount(pages)
        means = np.bincount(pages, scores) / counts
        deviations = np.sqrt(np.maximum(np.bincount(pages, scores**2) / counts - means**2, 1e-6))
        found: _Floats = (scores - means[pages]) / deviations[pages]
        return found


def _bits_of(word: Span, tokens: Sequence[TokenSurprisal]) -> list[float]:
    return [token.bits for token in tokens if token.span.start < word.end and word.start < token.span.end]


def segments_of(path: Path, key: str, *, tuning: bool, limit: int) -> list[Segment]:
    """Read segments of one half by document; the marks of several raters on one translation are put together."""
    merged: dict[tuple[str, str, str, str], set[Span]] = defaultdict(set)
    for record in records_of(path):
        if is_tuning(record["doc_id"]) is tuning and record["target"]:
            names = record["doc_id"], record["system"], str(record["seg_id"]), record["target"]
            merged[names].update(Span(span["start"], span["end"]) for span in record[key])
    by_document: dict[str, list[Segment]] = defaultdict(list)
    for (document, system, _, text), marks in merged.items():
        by_document[document].append(Segment(document, f"{document} {system}", text, tuple(sorted(marks))))
    found: list[Segment] = []
    for document in sorted(by_document, key=_digest):
        if len(found) < limit:
            found += by_document[document]
    return found


@dataclass(frozen=True, slots=True)
class FaultyPair:
    """A machine's translation and the same with one fault built in, of which ``kind`` is the kind."""

    kind: str
    document: str
    sound: str
    faulty: str


def faulty_pairs(path: Path, *, tuning: bool, limit: int) -> list[FaultyPair]:
    """Read the DEMETR pairs of one half, at most ``limit`` of a kind. Raises ``InputError`` where the file cannot be read."""
    by_kind: dict[str, list[FaultyPair]] = defaultdict(list)
    for record in records_of(path):
        if is_tuning(record["human"]) is tuning:
            pair = FaultyPair(record["phenomenon"], record["human"], record["mt"], record["perturbed"])
            by_kind[pair.kind].append(pair)
    return [
        pair
        for _, pairs in sorted(by_kind.items())
        for pair in sorted(pairs, key=lambda one: _digest(one.document))[:limit]
    ]


STATISTICS: dict[str, Callable[[Sequence[TokenSurprisal]], float]] = {
    "mean token": lambda tokens: sum(token.bits for token in tokens) / max(1, len(tokens)),
    "bits a character": lambda tokens: sum(token.bits for token in tokens) / max(1, _length(tokens)),
    "all bits": lambda tokens: sum(token.bits for token in tokens),
    "highest three tokens": lambda tokens: sum(sorted((token.bits for token in tokens), reverse=True)[:3]),
}


def _length(tokens: Sequence[TokenSurprisal]) -> int:
    return tokens[-1].span.end - tokens[0].span.start if tokens else 0


def _demetr(model: LanguageModel, path: Path, *, tuning: bool, limit: int) -> Iterator[Figure]:
    """Yield the share of pairs whose faulty side surprises more, as the mean over the kinds of fault; equal counts half."""
    by_kind: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in records_of(path):
        if is_tuning(record["human"]) is tuning:
            by_kind[record["phenomenon"]].append(record)
    most = max(20, limit // 40)
    items = [
        (kind, record)
        for kind, records in sorted(by_kind.items())
        for record in sorted(records, key=lambda record: _digest(record["human"]))[:most]
    ]
    texts = [record[side] for _, record in items for side in ("perturbed", "mt", "human")]
    answers = _answers(model, texts, LANGUAGE)
    kinds = {kind: number for number, kind in enumerate(sorted(by_kind))}
    numbers = np.array([kinds[kind] for kind, _ in items])
    sources = {text: number for number, text in enumerate(sorted({record["human"] for _, record in items}))}
    documents = np.array([sources[record["human"]] for _, record in items])
    for statistic, of in STATISTICS.items():
        values = np.array([of(answer) for answer in answers]).reshape(-1, 3)
        for column, other in ((1, "the machine's sound one"), (2, "the human one")):
            if column == 2 and statistic != "mean token":
                continue
            right = (values[:, 0] > values[:, column]) + 0.5 * (values[:, 0] == values[:, column])
            yield figure(
                f"DEMETR: faulty above {other}, {statistic}",
                lambda draw, right=right: _macro(right, numbers, draw[documents]),  # type: ignore[misc]
                np.unique(documents),
                len(items),
            )
        if statistic == "mean token":
            right = (values[:, 0] > values[:, 1]) + 0.5 * (values[:, 0] == values[:, 1])
            for kind, number in kinds.items():
                chosen = numbers == number
                yield Figure(f"DEMETR {kind}, mean token", float(right[chosen].mean()), int(chosen.sum()))


def _macro(right: _Floats, kinds: NDArray[np.int64], weights: _Floats) -> float:
    hits, totals = np.bincount(kinds, right * weights), np.bincount(kinds, weights)
    return float((hits[totals > 0] / totals[totals > 0]).mean())


def figure(name: str, of: Callable[[_Floats], float], documents: NDArray[np.int64], cases: int) -> Figure:
    """Return a figure with its interval: ``of`` takes how often each document was drawn."""
    generator = np.random.default_rng(SEED)
    size = int(documents.max()) + 1
    even = np.full(len(documents), 1 / len(documents))
    values = []
    for _ in range(RESAMPLES):
        drawn = np.zeros(size)
        drawn[documents] = generator.multinomial(len(documents), even)
        values.append(of(drawn))
    values.sort()
    low, high = values[int(0.025 * RESAMPLES)], values[int(0.975 * RESAMPLES)]
    return Figure(name, of(np.ones(size)), cases, low, high)


def _answers(model: LanguageModel, texts: Sequence[str], language: str) -> list[tuple[TokenSurprisal, ...]]:
    found: list[tuple[TokenSurprisal, ...]] = []
    for start in range(0, len(texts), BATCH):
        found += model.surprisals(texts[start : start + BATCH], language)
    return found


def _digest(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()


def _column(path: Path, language: str) -> Iterator[str]:
    for line in lines_of(path):
        of, _, text = line.split("\t")
        if of == language:
            yield text
