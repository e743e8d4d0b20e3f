"""How well the checks that have the source do: the figures of ``mtcheck bench source``.

Four kinds of data. DEMETR (Karpinska et al. 2022): recall on faults that were built into machine translations, false positives
on the same sentences without the fault and on human translations. The corpora of hallucinations of Guerreiro et al. (2023) and of
Dale et al. (2023): the area under the ROC curve. Translations that professionals marked (Freitag et al. 2021; the
biomedical set of WMT): how many findings point at a marked error, or stand in a sentence with one. Pages put together from
the documents of those sets, whole and with a sentence taken out: the alignment.

All by the words and figures of the texts alone; what a translator adds is measured in ``mtcheck.measuring.adequacy``.
Items are split by a digest of their document (of the human translation where there is none): the thresholds were chosen on the
tuning half.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mtcheck.checks.accuracy import (
    addition,
    length_ratio,
    magnitude_error,
    name_lost,
    negation_flip,
    number_mismatch,
    omission,
    unrelated_pair,
)
from mtcheck.checks.language import unchanged_segment
from mtcheck.core.checks import Check
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit
from mtcheck.core.sources import SOURCE_ALIGNMENT, AlignedPair, SourceAlignment
from mtcheck.core.spans import Span
from mtcheck.measuring.intervals import Count, Share, is_tuning, share_by_document, share_of
from mtcheck.measuring.marked_translations import is_at, places_of
from mtcheck.measuring.records import records_of
from mtcheck.testing import document_from_text, run_check
from mtcheck.text.sentence_alignment import align_sentences
from mtcheck.text.source_gaps import detachment

CHECKS: tuple[Check[Any], ...] = (
    omission.CHECK,
    addition.CHECK,
    negation_flip.CHECK,
    number_mismatch.CHECK,
    name_lost.CHECK,
    length_ratio.CHECK,
    unrelated_pair.CHECK,
    magnitude_error.CHECK,
    unchanged_segment.CHECK,
)
# Names of the languages in DEMETR that the checks claim, and what each check is to find there by number of phenomenon.
DEMETR_LANGUAGES = {"chinese_simple": "zh", "german": "de", "russian": "ru", "french": "fr", "spanish": "es"}
_PHENOMENA: dict[str, tuple[tuple[str, str], ...]] = {
    "ACC003": (("major_id5_pp_removed", "phrase removed"), ("critical_id23_noun_removed", "noun removed")),
    "ACC004": (("critical_id6_addition", "word added"),),
    "ACC005": (("critical_id8_negation", "negation"),),
    "ACC006": (("critical_id10_numbers_replaced", "number changed"),),
    "ACC007": (("critical_id9_ne_replaced", "name changed"), ("critical_id25_ne_removed", "name removed")),
    "ACC008": (("base_id33_empty", "empty translation"),),
    "ACC009": (("base_id33_shuffle_trans", "unrelated translation"),),
}
MARKED_SETS = ("newstest2020.zh-en.mqm", "newstest2021.en-ru.mqm", "newstest2020.en-de.mqm", "bio_mqm.x-en")
_OF_WHAT_IS_MISSING = frozenset({omission.CHECK.code, length_ratio.CHECK.code})
_MOST_SEGMENTS = 4_000
_GRAVE = frozenset({"major", "critical"})


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what was measured, and the share."""

    label: str
    share: Share


@dataclass(frozen=True, slots=True)
class Area:
    """An area under the ROC curve: 1 parts the two classes wholly, .5 is chance."""

    label: str
    value: float
    positive: int
    negative: int


@dataclass(frozen=True, slots=True)
class MarkedPair:
    """A source, one translation of it, and what raters marked: any span, whether one of them was grave, and whether one was an omission."""

    document: str
    source: str
    target: str
    source_language: str
    language: str
    spans: tuple[Span, ...]
    errors: bool
    grave: bool
    is_human: bool
    omission: bool = False


def area_under_curve(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return how often a positive item scores above a negative one, ties counting half (Mann and Whitney 1947).

    Raises ``ValueError`` where one class is empty.
    """
    if not positive or not negative:
        raise ValueError("both classes need items")
    ranked = sorted([(value, True) for value in positive] + [(value, False) for value in negative])
    total, place = 0.0, 0
    while place < len(ranked):
        end = place
        while end < len(ranked) and ranked[end][0] == ranked[place][0]:
            end += 1
        total += (place + end + 1) / 2 * sum(is_positive for _, is_positive in ranked[place:end])
        place = end
    least = len(positive) * (len(positive) + 1) / 2
    return (total - least) / (len(positive) * len(negative))


def hits_on(
    check: Check[Any],
    source: str,
    target: str,
    source_language: str,
    language: str,
    options: object | None = None,
) -> tuple[Document, list[Hit]]:
    """Run one check on one pair, with its default options or others; return the document of the translation and the hits."""
    document = document_from_text(target, language)
    pair = AlignedPair(Span(0, len(target)), target, source, given=True)
    facts = Facts({SOURCE_ALIGNMENT: SourceAlignment(source_language, language, (pair,))})
    return document, run_check(check, document, facts, options)


def damage_rows(data: Path, *, tuning: bool) -> Iterator[Row]:
    """Yield recall and false positives on DEMETR. Raises ``InputError`` where the file is missing."""
    records = [
        record
        for record in records_of(data / "challenge" / "demetr.x-en.jsonl.gz")
        if record["lang"] in DEMETR_LANGUAGES and is_tuning(record["human"]) is tuning
    ]
    clean = {record["human"]: record for record in records}
    for check in CHECKS:
        wanted = _PHENOMENA.get(check.code, ())
        for phenomenon, label in wanted:
            mine = [record for record in records if record["phenomenon"] == phenomenon]
            yield Row(f"{check.code} recall, {label}", _fired(check, mine, "perturbed"))
        for side, label in (("mt", "machine"), ("human", "human")):
            yield Row(f"{check.code} false positives, {label} translations", _fired(check, list(clean.values()), side))


def _fired(check: Check[Any], records: Sequence[dict[str, Any]], side: str) -> Share:
    """Return how often a check fires on one side of the records."""
    return share_of(
        [
            Count(bool(hits_on(check, record["source"], record[side], DEMETR_LANGUAGES[record["lang"]], "en")[1]), 1)
            for record in records
        ]
    )


def hallucination_areas(data: Path, *, tuning: bool) -> Iterator[Area]:
    """Yield areas under the ROC curve of the one score on the corpora of hallucinations."""
    folder = data / "hallucination"
    sets: tuple[tuple[str, str, Callable[[dict[str, Any]], bool | None]], ...] = (
        ("lfan_hall.de-en", "Guerreiro de-en, any hallucination", lambda r: bool(r["hallucination"])),
        ("lfan_hall.de-en", "Guerreiro de-en, fully detached", lambda r: bool(r["full_unsupport"])),
        ("lfan_hall.de-en", "Guerreiro de-en, any error", lambda r: not r["correctness"]),
        ("stopes_mitigation.de-en", "Dale de-en, full or partial hallucination", lambda r: r["label"].endswith("_H")),
        (
            "stopes_mitigation.de-en",
            "Dale de-en, full hallucination against right",
            lambda r: {"FULL_H": True, "OK": False}.get(r["label"]),
        ),
        ("zhou21_token.zh-en", "Zhou zh-en, any word hallucinated", lambda r: any(r["labels"])),
    )
    for name, label, judge in sets:
        scores: dict[bool, list[float]] = {True: [], False: []}
        for record in records_of(folder / f"{name}.jsonl.gz"):
            verdict = judge(record)
            if verdict is None or is_tuning(record["source"]) is not tuning:
                continue
            source_language, language = record["lp"].split("-")
            score = detachment(record["source"], record["mt"], source_language, language)
            if score is not None:
                scores[verdict].append(score)
        if scores[True] and scores[False]:
            area = area_under_curve(scores[True], scores[False])
            yield Area(label, area, len(scores[True]), len(scores[False]))


def marked_pairs(path: Path, *, tuning: bool) -> list[MarkedPair]:
    """Read translations that raters marked, those of one half, what several raters marked in one together.

    At most some thousands, evenly over the file.
    """
    found: dict[tuple[str, str, str, str], MarkedPair] = {}
    for record in records_of(path):
        document = f"{record['set']} {record['doc_id']}"
        source_language, language = record["lp"].split("-")
        if is_tuning(document) is not tuning or source_language == "pt":
            continue
        spans = record["spans"]
        pair = MarkedPair(
            document,
            record["source"],
            record["target"],
            source_language,
            language,
            tuple(Span(span["start"], span["end"]) for span in spans),
            bool(spans) or bool(record.get("n_errors", 0)),
            any(span.get("severity", "major").lower() in _GRAVE for span in spans),
            bool(record["is_human"]),
            any(
                "omission" in span.get("category", "").casefold() for span in (*spans, *record.get("source_spans", ()))
            ),
        )
        key = (document, str(record.get("system", "")), pair.source, pair.target)
        known = found.get(key)
        found[key] = (
            pair
            if known is None
            else replace(
                known,
                spans=(*known.spans, *pair.spans),
                errors=known.errors or pair.errors,
                grave=known.grave or pair.grave,
                omission=known.omission or pair.omission,
            )
        )
    pairs = list(found.values())
    return pairs[:: max(1, len(pairs) // _MOST_SEGMENTS)]


def precision_rows(pairs: Sequence[MarkedPair], label: str) -> Iterator[Row]:
    """Yield for each check how many findings meet a marked span, how many stand in a sentence with an error, and how often it fires.

    What is missing has no place in the translation: a finding of ACC003 or ACC008 is also at its spot where an omission is marked in the
    sentence.
    """
    machine = [pair for pair in pairs if not pair.is_human]
    yield Row(f"{label}: sentences with an error (the base rate)", _by_document(machine, lambda pair: pair.errors))
    for code, (spot, segment) in _verdicts(machine).items():
        yield Row(f"{label}: {code} at a marked spot", share_by_document(dict(sorted(spot.items()))))
        yield Row(f"{label}: {code} in a sentence with an error", share_by_document(dict(sorted(segment.items()))))


def findings_at_marks(pairs: Sequence[MarkedPair]) -> dict[str, Count]:
    """Count for each check that fires on machine translations how many findings meet a marked span."""
    verdicts = _verdicts([pair for pair in pairs if not pair.is_human])
    return {
        code: Count(sum(sum(values) for values in spot.values()), sum(len(values) for values in spot.values()))
        for code, (spot, _) in verdicts.items()
    }


def _verdicts(pairs: Sequence[MarkedPair]) -> dict[str, tuple[dict[str, list[bool]], dict[str, list[bool]]]]:
    """Return for each check that fires whether its findings are at a mark, and in a sentence with one, by document."""
    found: dict[str, tuple[dict[str, list[bool]], dict[str, list[bool]]]] = {}
    for check in CHECKS:
        spot: dict[str, list[bool]] = defaultdict(list)
        segment: dict[str, list[bool]] = defaultdict(list)
        for pair in pairs:
            _, hits = hits_on(check, pair.source, pair.target, pair.source_language, pair.language)
            for hit in hits:
                at_mark = any(is_at(span, mark) for span in places_of(hit) for mark in pair.spans)
                spot[pair.document].append(at_mark or (check.code in _OF_WHAT_IS_MISSING and pair.omission))
                segment[pair.document].append(pair.errors)
        if spot:
            found[check.code] = spot, segment
    return found


def alignment_rows(pairs: Sequence[MarkedPair], label: str) -> Iterator[Row]:
    """Yield how well the sentences of whole documents are aligned, and what happens when one is taken out of them."""
    documents: dict[tuple[str, str], list[MarkedPair]] = defaultdict(list)
    for pair in pairs:
        documents[pair.document, pair.language].append(pair)
    right: list[Count] = []
    wrongly_missing: list[Count] = []
    found: list[Count] = []
    for (_, language), members in sorted(documents.items()):
        distinct = list({pair.source: pair for pair in members}.values())
        if len(distinct) < 6:
            continue
        sources, targets = [pair.source for pair in distinct], [pair.target for pair in distinct]
        way = (distinct[0].source_language, language)
        groupings = align_sentences(sources, targets, *way) or ()
        singles = sum(group.source == group.target and len(group.source) == 1 for group in groupings)
        right.append(Count(singles, len(sources)))
        gaps = sum(not len(group.target) or not len(group.source) for group in groupings)
        wrongly_missing.append(Count(gaps, len(sources)))
        left_out = len(targets) // 2
        shorter = align_sentences(sources, targets[:left_out] + targets[left_out + 1 :], *way) or ()
        alone = any(not len(group.target) and group.source == Span(left_out, left_out + 1) for group in shorter)
        found.append(Count(alone, 1))
    yield Row(f"{label}: sentences aligned one to one", share_of(right))
    yield Row(f"{label}: sentences wrongly said to have no counterpart", share_of(wrongly_missing))
    yield Row(f"{label}: the sentence that was taken out is found", share_of(found))


def _by_document(pairs: Iterable[MarkedPair], judge: Callable[[MarkedPair], bool]) -> Share:
    grouped: dict[str, list[bool]] = defaultdict(list)
    for pair in pairs:
        grouped[pair.document].append(judge(pair))
    return share_by_document(dict(sorted(grouped.items())))
