"""How well contradictions inside a page are found: the figures of ``mtcheck bench consistency``.

DEMETR (Karpinska et al. 2022) gives a sentence in a human and a machine translation, and the machine's with one fault built
in. Human and faulty translation stand for two sentences of one page that restate each other; a fault that is found counts
for recall, a finding on human and faultless translation is a false positive. Pairs of two human translations and of a
translation that professionals marked (Freitag et al. 2021), inference pairs (MultiNLI, SNLI), and pairs of name spellings
(NETransliteration, Merhav and Ash 2018) complete the picture. Items are split by a digest of the human text (of the native
name): the rules and costs were made with the tuning half.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mtcheck.checks.consistency import negation_contradicts, number_contradicts
from mtcheck.core.checks import Check
from mtcheck.measuring.intervals import Count, Share, share_of
from mtcheck.measuring.records import lines_of, records_of
from mtcheck.testing import document_from_text, facts_of, run_check
from mtcheck.text.name_renderings import lost_names
from mtcheck.text.renderings import negation_conflict, numbers_differ
from mtcheck.text.transliteration import fold, spelling_distance

# The distance a letter at which the spelling figures are given: about 5 % of the pairs of two names are then merged.
SPELLING_DISTANCE_A_LETTER = 0.12
Judge = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what was measured, and the share."""

    label: str
    share: Share


@dataclass(frozen=True, slots=True)
class Pair:
    """A human translation, the machine's, and the machine's with a fault of one phenomenon (a number) built in."""

    phenomenon: int
    human: str
    machine: str
    faulty: str


def measure(data: Path, *, tuning: bool) -> Iterator[Row]:
    """Yield the table. Raises ``InputError`` where a file of the evaluation data is missing."""
    pairs = demetr_pairs(data / "challenge" / "demetr.x-en.jsonl.gz", tuning=tuning)
    for name, judge, phenomena in (
        ("numbers", _numbers, (10,)),
        ("negation", _negation, (8,)),
        ("names", _names, (9, 25)),
    ):
        yield from _demetr_rows(name, judge, pairs, phenomena)
    for check, phenomenon in ((number_contradicts.CHECK, 10), (negation_contradicts.CHECK, 8)):
        yield from _page_rows(check, [pair for pair in pairs if pair.phenomenon == phenomenon])
    yield from _quote_rows(data / "quote_pairs" / "pairs.jsonl.gz", tuning=tuning)
    yield from _inference_rows(data / "headline_nli" / "nli_small.tsv.gz", tuning=tuning)
    yield from _spelling_rows(data / "entities" / "variant_pairs.tsv.gz", tuning=tuning)


def _numbers(left: str, right: str) -> bool:
    return numbers_differ(left, right, "en")


def _negation(left: str, right: str) -> bool:
    return negation_conflict(left, right, "en") is not None


def _names(left: str, right: str) -> bool:
    """Tell whether the second text lost a name of the first."""
    return bool(lost_names(left, right, "en"))


def _demetr_rows(name: str, judge: Judge, pairs: Sequence[Pair], phenomena: Sequence[int]) -> Iterator[Row]:
    """Yield recall by phenomenon, and false positives on the same items and on every item of the set."""
    for phenomenon in phenomena:
        mine = [pair for pair in pairs if pair.phenomenon == phenomenon]
        label = f"DEMETR {phenomenon}, {name}"
        yield Row(f"{label}: recall", _share(judge(pair.human, pair.faulty) for pair in mine))
        yield Row(f"{label}: false positives", _share(judge(pair.human, pair.machine) for pair in mine))
    distinct = sorted({(pair.human, pair.machine) for pair in pairs})
    yield Row(f"DEMETR, {name}: false positives, all items", _share(judge(*texts) for texts in distinct))


def _page_rows(check: Check[Any], pairs: Sequence[Pair]) -> Iterator[Row]:
    """Yield what a check finds where the two sentences are a page."""
    yield Row(f"{check.code} on pages: recall, same wording", _share(_fires(check, p.machine, p.faulty) for p in pairs))
    yield Row(f"{check.code} on pages: recall, other wording", _share(_fires(check, p.human, p.faulty) for p in pairs))
    yield Row(f"{check.code} on pages: false positives", _share(_fires(check, p.human, p.machine) for p in pairs))


def _fires(check: Check[Any], left: str, right: str) -> bool:
    document = document_from_text(f"{left}\n\n{right}")
    return bool(run_check(check, document, facts_of(document)))


def _quote_rows(path: Path, *, tuning: bool) -> Iterator[Row]:
    """Yield how often two renderings of one source are said to differ, by kind of pair."""
    counts: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for record in records_of(path, "lp", "kind", "source", "text_a", "text_b"):
        if not record["lp"].endswith("-en") or in_tuning_half(record["source"]) is not tuning:
            continue
        left, right = record["text_a"], record["text_b"]
        counts[record["kind"]].append((_numbers(left, right), _negation(left, right)))
    for kind, found in sorted(counts.items()):
        yield Row(f"quotation pairs, {kind}: numbers differ", _share(numbers for numbers, _ in found))
        yield Row(f"quotation pairs, {kind}: negation differs", _share(negation for _, negation in found))


def _inference_rows(path: Path, *, tuning: bool) -> Iterator[Row]:
    """Yield how often premise and hypothesis are said to contradict each other, by label."""
    counts: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for line in list(lines_of(path))[1:]:
        _, premise, hypothesis, label = line.rstrip("\n").split("\t")
        if in_tuning_half(premise) is tuning:
            counts[label].append((_numbers(premise, hypothesis), _negation(premise, hypothesis)))
    for label in ("contradiction", "entailment"):
        yield Row(f"inference pairs, {label}: numbers differ", _share(numbers for numbers, _ in counts[label]))
        yield Row(f"inference pairs, {label}: negation differs", _share(negation for _, negation in counts[label]))


def _spelling_rows(path: Path, *, tuning: bool) -> Iterator[Row]:
    """Yield how many pairs of spellings are held to be one name, by whether they are, in all and by language."""
    counts: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for line in list(lines_of(path))[1:]:
        language, left, right, same, *natives = line.rstrip("\n").split("\t")
        if in_tuning_half(min(natives)) is tuning:
            limit = SPELLING_DISTANCE_A_LETTER * max(len(fold(left)), len(fold(right)))
            near = spelling_distance(left, right, limit) <= limit
            for name in ("all", language):
                counts[name, same].append(near)
    for name, same in sorted(counts):
        what = "recall" if same == "1" else "wrong merges"
        yield Row(f"name spellings, {name}: {what}", _share(counts[name, same]))


def _share(found: Iterator[bool] | Sequence[bool]) -> Share:
    return share_of([Count(int(hit), 1) for hit in found])


def demetr_pairs(path: Path, *, tuning: bool) -> list[Pair]:
    """Read the minimal pairs of one half."""
    pairs = []
    for record in records_of(path, "phenomenon", "human", "mt", "perturbed"):
        if in_tuning_half(record["human"]) is tuning:
            pairs.append(Pair(_phenomenon(record["phenomenon"]), record["human"], record["mt"], record["perturbed"]))
    return pairs


def _phenomenon(name: str) -> int:
    """Return the number in the name of a phenomenon ("critical_id8_negation"); two share the field ``pert_id``."""
    return int(name.split("_id", 1)[1].split("_", 1)[0])


def in_tuning_half(text: str) -> bool:
    """Tell whether an item belongs to the tuning half."""
    return zlib.crc32(text.encode()) % 2 == 0
