"""What a translator adds to the words where the source is at hand: the figures of ``mtcheck bench source --translator``.

Pairs that people judged, or broke on purpose, in whatever languages the translator has both ways: biomedicine and news with marked
errors (WMT), direct assessments and hallucinations of Russian-English (MLQE-PE, SHROOM 2024), minimal pairs (DEMETR, ContraTICO). For each
signal the area under the ROC curve: the words of a lexicon alone; the log-probability of the translation given the source, and what
the source adds to it; the same the other way; chrF of the back-translation. Pairs that are longer than a translator takes, or that it does
not score, are left out of all columns.

Omissions and additions are made from aligned sentences (FLORES-200: dev for the tuning half, devtest to report) by taking a part between
two pauses out of the translation, or putting one of another sentence in; found with the words alone, and with the scores of parts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Any

from mtcheck.checks.accuracy import addition, low_adequacy, omission
from mtcheck.core.checks import Check
from mtcheck.core.documents import Document
from mtcheck.core.facts import FactRequest, Facts
from mtcheck.core.sources import (
    BACK_TRANSLATIONS,
    PART_SCORES,
    SOURCE_ALIGNMENT,
    AlignedPair,
    SourceAlignment,
)
from mtcheck.core.spans import Span
from mtcheck.core.translation import Translator
from mtcheck.engines.translation.back_translation import BackTranslationProvider
from mtcheck.engines.translation.part_scores import PartScoresProvider
from mtcheck.measuring.intervals import Count, Share, is_tuning, share_of
from mtcheck.measuring.records import lines_of, records_of
from mtcheck.measuring.source import DEMETR_LANGUAGES, MARKED_SETS, area_under_curve, marked_pairs
from mtcheck.testing import document_from_text, run_check
from mtcheck.text.removable_parts import removable_parts, without
from mtcheck.text.source_gaps import detachment

SIGNALS = ("words", "log-probability", "gain by the source", "the same back", "chrF back", "together")
"""The columns; of "together" the words count as much as what the source adds in both directions."""
_POOR_ASSESSMENT = -1.0
"""Standard deviations below the raters' mean from which MLQE-PE's translations count as poor; about a seventh of them."""
_BROKEN = ("critical", "major")


@dataclass(frozen=True, slots=True)
class Case:
    """A pair, and whether its translation is bad."""

    source: str
    target: str
    source_language: str
    language: str
    bad: bool


@dataclass(frozen=True, slots=True)
class CaseSet:
    """Cases of one origin and direction."""

    label: str
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class SignalAreas:
    """The area under the curve of each of ``SIGNALS`` on one set; ``None`` where a signal is not there."""

    label: str
    bad: int
    good: int
    areas: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """How often a check fires on made damage, or on none.

    ``default`` is without the translator, ``words`` from the weight that is enough beside a model but without it, ``model`` without the
    words, ``together`` with both.
    """

    label: str
    default: Share
    words: Share
    model: Share
    together: Share


def case_sets(data: Path, translator: Translator, most: int, *, tuning: bool) -> Iterator[CaseSet]:
    """Yield the sets whose languages the translator has both ways, of each at most ``most`` cases by a digest of their texts."""
    found: dict[tuple[str, str, str], list[Case]] = {}
    for origin, case in _cases(data, tuning=tuning):
        both = (case.source_language, case.language), (case.language, case.source_language)
        if case.source and case.target and all(translator.supports(*way) for way in both):
            found.setdefault((origin, *both[0]), []).append(case)
    for (origin, source, target), cases in sorted(found.items()):
        chosen = sorted(cases, key=_digest)[:most]
        if len({case.bad for case in chosen}) == 2:
            yield CaseSet(f"{origin} {source}-{target}", tuple(chosen))


def _digest(case: Case) -> bytes:
    return hashlib.sha256(f"{case.source}\x00{case.target}".encode()).digest()


def _cases(data: Path, *, tuning: bool) -> Iterator[tuple[str, Case]]:
    """Yield the cases of one half of every set with the name of their origin."""
    for name in MARKED_SETS:
        for pair in marked_pairs(data / "mqm_spans" / f"{name}.jsonl.gz", tuning=tuning):
            if not pair.is_human:
                languages = (pair.source_language, pair.language)
                yield f"{name}: major error", Case(pair.source, pair.target, *languages, pair.grave)
    for row in _half(data / "qe" / "mlqe-pe.ru-en.jsonl.gz", "source", tuning=tuning):
        if row.get("da_z") is not None:
            bad = float(row["da_z"]) < _POOR_ASSESSMENT
            yield "MLQE-PE: poor by direct assessment", Case(row["source"], row["mt"], "ru", "en", bad)
    for row in _half(data / "hallucination" / "shroom24_mt.x-en.jsonl.gz", "source", tuning=tuning):
        if row["src_script"] == "Cyrl":
            yield "SHROOM: hallucination", Case(row["source"], row["mt"], "ru", "en", bool(row["hallucination"]))
    for row in _half(data / "challenge" / "demetr.x-en.jsonl.gz", "human", tuning=tuning):
        if row["lang"] in DEMETR_LANGUAGES and row["phenomenon"].startswith(_BROKEN):
            languages = (DEMETR_LANGUAGES[row["lang"]], "en")
            yield "DEMETR: grave damage", Case(row["source"], row["mt"], *languages, bad=False)
            yield "DEMETR: grave damage", Case(row["source"], row["perturbed"], *languages, bad=True)
    for row in _half(data / "backtranslation" / "contratico_bt.jsonl.gz", "source_en", tuning=tuning):
        if row["severity"] == "critical":
            languages = tuple(row["lp"].split("-"))
            yield "ContraTICO: critical damage", Case(row["source_en"], row["reference"], *languages, bad=False)
            yield "ContraTICO: critical damage", Case(row["source_en"], row["perturbed"], *languages, bad=True)


def _half(path: Path, key: str, *, tuning: bool) -> Iterator[dict[str, Any]]:
    return (row for row in records_of(path) if is_tuning(row[key]) is tuning)


def signal_areas(cases: CaseSet, translator: Translator) -> SignalAreas:
    """Return how well each signal tells the bad cases of a set from the good ones."""
    forward = _requests(cases.cases)
    there = [outcome.value for outcome in BackTranslationProvider(translator).provide(forward)]
    turned = _requests([_turned(case) for case in cases.cases])
    back = [outcome.value for outcome in BackTranslationProvider(translator).provide(turned)]
    scores: dict[str, list[tuple[bool, float]]] = {signal: [] for signal in SIGNALS}
    for case, found, reverse in zip(cases.cases, there, back, strict=True):
        if found is None or not found.pairs or reverse is None or not reverse.pairs:
            continue
        pair, other = found.pairs[0], reverse.pairs[0]
        words = detachment(case.source, case.target, case.source_language, case.language)
        gain, gain_back = low_adequacy.gain_of(pair), low_adequacy.gain_of(other)
        if pair.score is None or gain is None or gain_back is None:
            continue
        values: dict[str, float | None] = {
            "words": words,
            "log-probability": -pair.score,
            "gain by the source": -gain,
            "the same back": -gain_back,
            "chrF back": None if pair.chrf is None else -pair.chrf,
            "together": None if words is None else words - (gain + gain_back) / 2,
        }
        for signal, value in values.items():
            if value is not None:
                scores[signal].append((case.bad, value))
    judged = scores["log-probability"]
    bad = sum(is_bad for is_bad, _ in judged)
    return SignalAreas(cases.label, bad, len(judged) - bad, tuple(_area(scores[signal]) for signal in SIGNALS))


def _turned(case: Case) -> Case:
    return Case(case.target, case.source, case.language, case.source_language, case.bad)


def _area(scores: Sequence[tuple[bool, float]]) -> float | None:
    positive = [value for bad, value in scores if bad]
    negative = [value for bad, value in scores if not bad]
    return area_under_curve(positive, negative) if positive and negative else None


def _requests(cases: Sequence[Case]) -> list[FactRequest]:
    """Return a request for each case: a document of its translation with its source as given."""
    requests = []
    for case in cases:
        document = document_from_text(case.target, case.language)
        pair = AlignedPair(Span(0, len(case.target)), case.target, case.source, given=True)
        alignment = SourceAlignment(case.source_language, case.language, (pair,))
        requests.append(FactRequest(document, Facts({SOURCE_ALIGNMENT: alignment})))
    return requests


@dataclass(frozen=True, slots=True)
class MadeDamage:
    """Aligned sentences as they are, with a part taken out of the translation, with one of another sentence put in."""

    whole: tuple[Case, ...]
    shorter: tuple[Case, ...]
    longer: tuple[Case, ...]


def made_damage(source_language: str, language: str, pairs: Sequence[tuple[str, str]]) -> MadeDamage:
    """Make omissions and additions: the longest part between two pauses goes, or the longest one of the sentence before is put behind it."""

    def case(source: str, target: str) -> Case:
        return Case(source, target, source_language, language, bad=False)

    shorter, longer = [], []
    for number, (source, target) in enumerate(pairs):
        longest = max(removable_parts(target), key=lambda part: (len(part), -part.start), default=None)
        if longest is None:
            continue
        shorter.append(case(source, without(target, longest)))
        other = pairs[number - 1][1]
        foreign = max(removable_parts(other), key=len, default=None)
        if foreign is not None:
            longer.append(case(source, f"{target[: longest.end]}, {foreign.of(other)},{target[longest.end :]}"))
    return MadeDamage(tuple(case(*pair) for pair in pairs), tuple(shorter), tuple(longer))


def aligned_texts(folder: Path, *, tuning: bool) -> dict[str, list[str]]:
    """Return the sentences of FLORES-200 by language: dev for the tuning half, devtest to report."""
    part = "dev" if tuning else "devtest"
    return {path.name.split(".")[1]: list(lines_of(path)) for path in sorted(folder.glob(f"flores200-{part}.*.gz"))}


def damage_rows(aligned: Path, translator: Translator, most: int, *, tuning: bool) -> Iterator[Row]:
    """Yield how many omissions and additions made in aligned sentences ACC003 and ACC004 find, and how often they fire without any."""
    texts = aligned_texts(aligned, tuning=tuning)
    for source in texts:
        for target in texts:
            if source != target and translator.supports(source, target) and translator.supports(target, source):
                pairs = list(zip(texts[source], texts[target], strict=True))[:most]
                yield from _damage_rows(source, target, pairs, translator)


def _damage_rows(
    source_language: str, language: str, pairs: Sequence[tuple[str, str]], translator: Translator
) -> Iterator[Row]:
    made = made_damage(source_language, language, pairs)
    for label, check, cases in (
        ("ACC003 part taken out", omission.CHECK, made.shorter),
        ("ACC003 nothing taken out", omission.CHECK, made.whole),
        ("ACC004 part put in", addition.CHECK, made.longer),
        ("ACC004 nothing put in", addition.CHECK, made.whole),
    ):
        yield _row(f"{source_language}-{language}: {label}", check, cases, translator)


def _row(label: str, check: Check[Any], cases: Sequence[Case], translator: Translator) -> Row:
    requests = _requests(cases)
    outcomes = PartScoresProvider(translator).provide(requests)
    pairs = [
        (request, Facts({SOURCE_ALIGNMENT: request.facts[SOURCE_ALIGNMENT], PART_SCORES: outcome.value}))
        for request, outcome in zip(requests, outcomes, strict=True)
    ]

    def fired(**options: float) -> Share:
        chosen = check.options(**options)
        return share_of([Count(bool(run_check(check, request.document, facts, chosen)), 1) for request, facts in pairs])

    default = [Count(bool(run_check(check, request.document, request.facts)), 1) for request in requests]
    return Row(label, share_of(default), fired(gain=inf), fired(support=-inf), fired())


def low_adequacy_rows(cases: CaseSet, translator: Translator, page: int = 20) -> Iterator[tuple[str, Share]]:
    """Yield how many findings of ACC011 stand on bad pairs, on pages made of ``page`` pairs, and how many bad pairs are found."""
    hits: list[Count] = []
    found: list[Count] = []
    for start in range(0, len(cases.cases), page):
        mine = cases.cases[start : start + page]
        document, alignment = _page(mine)
        (outcome,) = BackTranslationProvider(translator).provide(
            [FactRequest(document, Facts({SOURCE_ALIGNMENT: alignment}))]
        )
        facts = Facts({SOURCE_ALIGNMENT: alignment, BACK_TRANSLATIONS: outcome.value})
        places = {hit.span for hit in run_check(low_adequacy.CHECK, document, facts)}
        named = [pair.target in places for pair in alignment.pairs]
        hits.append(Count(sum(case.bad for case, name in zip(mine, named, strict=True) if name), sum(named)))
        found.append(
            Count(sum(name for case, name in zip(mine, named, strict=True) if case.bad), sum(case.bad for case in mine))
        )
    yield f"{cases.label}: ACC011 on a bad pair", share_of(hits)
    yield f"{cases.label}: bad pairs found", share_of(found)
    yield f"{cases.label}: bad pairs (the base rate)", share_of([Count(case.bad, 1) for case in cases.cases])


def _page(cases: Sequence[Case]) -> tuple[Document, SourceAlignment]:
    text = "\n\n".join(" ".join(case.target.split()) for case in cases)
    document = document_from_text(text, cases[0].language)
    pairs, start = [], 0
    for case in cases:
        target = " ".join(case.target.split())
        pairs.append(AlignedPair(Span(start, start + len(target)), target, case.source, given=True))
        start += len(target) + 2
    return document, SourceAlignment(cases[0].source_language, cases[0].language, tuple(pairs))
