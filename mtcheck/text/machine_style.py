"""The fact STYLE: how much the passages of a page read like machine translation, and like translation at all.

Two small logistic models over the named features of ``mtcheck.text.style``, kept as plain data (``data/*.en.json``), written by
``mtcheck bench provenance --fit``. Only English was measured. A model may name features that other providers compute (surprisal,
round trip): ``StyleModel.score`` takes them in the same mapping.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, fsum

from mtcheck.core.documents import BlockKind, BlockRole, Document
from mtcheck.core.facts import Fact, FactRequest, Facts, Omission, Outcome
from mtcheck.core.languages import LANGUAGES
from mtcheck.core.spans import Span
from mtcheck.text.sentences import SENTENCES, Sentence
from mtcheck.text.style import SMALLEST_PASSAGE, features, passages

LANGUAGE = "en"
MACHINE, TRANSLATED = "machine_style", "translationese"
_TEXT_KINDS = frozenset(
    {BlockKind.HEADLINE, BlockKind.SUMMARY, BlockKind.LEAD, BlockKind.PARAGRAPH, BlockKind.QUOTATION}
)
_FEWEST_WORDS = 4
_LONGEST = 2000
_MOST_PASSAGES = 60


@dataclass(frozen=True, slots=True)
class Weight:
    """One feature of a model: its mean and deviation in the data it was fitted to, and its weight."""

    feature: str
    mean: float
    deviation: float
    weight: float


@dataclass(frozen=True, slots=True)
class StyleModel:
    """A fitted model. Log-odds are calibrated as ``slope * score + offset`` on data that took no part in fitting.

    ``threshold`` is the probability from which a page is named; ``native_flagged`` and ``translated_flagged`` are the shares of
    passages that native writers and human translators wrote and that reach it all the same, ``found`` the share of machine
    translations that do. ``area`` is the area under the curve against both kinds of human text.
    ``language_model`` is the name and hash of the one that it was fitted with, where it takes surprisal.
    """

    name: str
    intercept: float
    weights: tuple[Weight, ...]
    slope: float
    offset: float
    threshold: float
    native_flagged: float
    translated_flagged: float
    found: float
    area: float
    language_model: str = ""

    @property
    def grams(self) -> tuple[str, ...]:
        """The n-grams of shapes that the model counts."""
        return tuple(entry.feature[9:-1] for entry in self.weights if entry.feature.startswith("rate of “"))

    def contributions(self, found: Mapping[str, float]) -> list[tuple[str, float]]:
        """Return what each feature adds to the score, the strongest first. A feature that is not there adds nothing."""
        parts = [
            (entry.feature, entry.weight * (found[entry.feature] - entry.mean) / entry.deviation)
            for entry in self.weights
            if entry.feature in found
        ]
        return sorted(parts, key=lambda part: (-abs(part[1]), part[0]))

    def score(self, found: Mapping[str, float]) -> float:
        """Return the log-odds before calibration."""
        return self.intercept + fsum(part for _, part in self.contributions(found))

    def probability(self, score: float) -> float:
        """Return the calibrated probability, as if one passage in two were of the kind."""
        odds = max(-30.0, min(30.0, self.slope * score + self.offset))
        return 1 / (1 + exp(-odds))


@dataclass(frozen=True, slots=True)
class PassageStyle:
    """The style of one passage: its span, how many sentences it has, and both scores with the strongest features."""

    span: Span
    sentences: int
    machine: float
    translated: float
    machine_features: tuple[tuple[str, float], ...]
    translated_features: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Style:
    """The passages of a page's running text, in order; none where there is too little of it, or it is not English."""

    passages: tuple[PassageStyle, ...]


STYLE: Fact[Style] = Fact("style")


@cache
def style_model(name: str) -> StyleModel:
    """Return a model of the package by name."""
    record = json.loads((files("mtcheck.text") / "data" / f"{name}.{LANGUAGE}.json").read_text("utf-8"))
    weights = tuple(Weight(**entry) for entry in record.pop("weights"))
    return StyleModel(weights=weights, **record)


def strongest_features(features: Sequence[tuple[str, float]]) -> str:
    """Return the features that spoke for a score, with what each added to the log-odds."""
    return "; ".join(f"{name} {part:+.2f}" for name, part in features if part > 0) or "many small ones"


def style_of(document: Document, facts: Facts) -> Style:
    """Return the style of the passages of a page."""
    known = facts[SENTENCES]
    sentences = running_sentences(document, known)
    machine, translated = style_model(MACHINE), style_model(TRANSLATED)
    grams = tuple(dict.fromkeys((*machine.grams, *translated.grams)))
    found = []
    for start, end in passages(sentences)[:_MOST_PASSAGES]:
        part = sentences[start:end]
        rates = features([sentence.span.of(document.text) for sentence in part], grams)
        if not rates:
            continue
        found.append(
            PassageStyle(
                Span(part[0].span.start, part[-1].span.end),
                len(part),
                machine.score(rates),
                translated.score(rates),
                tuple(machine.contributions(rates)[:6]),
                tuple(translated.contributions(rates)[:6]),
            )
        )
    return Style(tuple(found))


def running_sentences(document: Document, sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return the English sentences of the running text: labels, lists, captions and furniture left out."""
    return [
        sentence
        for sentence in sentences
        if sentence.language == LANGUAGE
        and document.blocks[sentence.block].kind in _TEXT_KINDS
        and document.blocks[sentence.block].role is BlockRole.MAIN
        and len(sentence.span) <= _LONGEST
        and len(sentence.span.of(document.text).split()) >= _FEWEST_WORDS
    ]


@dataclass(frozen=True, slots=True)
class StyleProvider:
    """Computes STYLE; a page that cannot be judged is said to be not checked."""

    provides: Fact[Style] = STYLE
    needs: tuple[Fact[object], ...] = (LANGUAGES, SENTENCES)  # type: ignore[assignment]

    @property
    def signature(self) -> str:
        """The names of the models with their intercepts, which no two fits share."""
        models = (style_model(MACHINE), style_model(TRANSLATED))
        return "style 1 " + " ".join(f"{model.name}:{model.intercept:.6f}" for model in models)

    def provide(self, requests: Sequence[FactRequest]) -> list[Outcome[Style]]:
        """Compute the style of each document."""
        return [self._outcome(request) for request in requests]

    def _outcome(self, request: FactRequest) -> Outcome[Style]:
        style = style_of(request.document, request.facts)
        if style.passages:
            return Outcome(style)
        page = request.facts[LANGUAGES].page
        if page != LANGUAGE:
            reason = f"style was measured for English only, and the page's language is {page}"
        else:
            reason = f"style needs at least {SMALLEST_PASSAGE} sentences of running text"
        return Outcome(style, (Omission(reason),))


PROVIDER = StyleProvider()
