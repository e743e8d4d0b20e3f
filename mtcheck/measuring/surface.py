"""How right the checks are that need no model: the figures of ``mtcheck bench surface``.

Precision and recall are measured on translations of Chinese news in which professionals marked errors (Freitag et al. 2021):
a finding is right when a rater marked an error at its spot. Recall on single kinds of damage comes from DEMETR (Karpinska et
al. 2022), each damaged sentence on a page with three whole ones of the same set. False alarms are counted on text that people
wrote (PolNeAR, clean web pages). Loops are told from other output on translations that were labeled as hallucinations or not
(Guerreiro et al. 2023). Documents are split by a digest of their name: the rules were made with the tuning half.
"""

from __future__ import annotations

import gzip
import json
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mtcheck.checks import all_checks
from mtcheck.core.checks import Check
from mtcheck.core.documents import Block, BlockKind, BlockRole, Document
from mtcheck.core.errors import InputError
from mtcheck.core.facts import Fact, FactRequest, Facts
from mtcheck.core.findings import Severity
from mtcheck.core.languages import LANGUAGES
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.report import ScanReport
from mtcheck.core.spans import Span
from mtcheck.engines.language_id.provider import LanguagesProvider
from mtcheck.measuring import marked_translations
from mtcheck.measuring.intervals import Count, Share, is_tuning, share_of
from mtcheck.measuring.marked_translations import Segment, translations
from mtcheck.measuring.reliability import Judged
from mtcheck.scan.scores import count_words
from mtcheck.testing import facts_of, run_check
from mtcheck.text import computed_facts
from mtcheck.text.repetition import repetition_density, words_of

MARKED_SETS = ("newstest2020.zh-en.mqm",)
DEMETR_KINDS = (1, 2, 4, 20, 28, 29, 30, 31, 32)
"""The kinds of damage that can be seen on the surface: repeats, code-mixing, shuffled words, stops, spacing, case."""
LOOP_CHECKS = ("REP001", "REP002", "REP003", "REP004")
NEAR = 3
"""How many characters off a marked span a finding may lie; raters often mark the word beside a lost or stray sign."""
NEIGHBORS = 3
"""Whole sentences on a page around a damaged one."""


@dataclass(frozen=True, slots=True)
class CheckFigures:
    """What is known of one check: at the spot, in the segment, and of the marked spans it touches."""

    code: str
    spot: Share
    segment: Share
    recall: Share


@dataclass(frozen=True, slots=True)
class Marked:
    """The figures on marked translations: each check that fired, all together, and what chance gives.

    ``chance`` is the share of words at which an error is marked; ``segments`` that of segments with a mark. ``judged`` are the
    confidences of all findings with whether they were right.
    """

    checks: tuple[CheckFigures, ...]
    union: CheckFigures
    chance: Share
    segments: Share
    judged: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Alarm:
    """Findings of one check on text that people wrote."""

    code: str
    findings: int
    words: int

    @property
    def rate(self) -> float:
        """Findings in 1,000 words."""
        return 1000 * self.findings / self.words if self.words else 0.0


@dataclass(frozen=True, slots=True)
class Damage:
    """What is found of one kind of damage: on the damaged page, and on the same page before the damage."""

    phenomenon: str
    found: Share
    false: Share
    codes: tuple[tuple[str, int], ...]


def surface_checks(codes: Sequence[str] = ()) -> tuple[Check[Any], ...]:
    """Return the checks that can run on a text alone (or those of ``codes``): no model, no reference, no decision of the scan.

    Checks across pages and those that only inform (severity neutral) are left out.
    """
    known: set[Fact[Any]] = {LANGUAGES, *(provider.provides for provider in computed_facts())}
    chosen = [check for check in all_checks() if set(check.needs) <= known and check.severity is not Severity.NEUTRAL]
    return tuple(check for check in chosen if not codes or check.code in codes)


# --- running checks on texts without a scan ---


def page_of(paragraphs: Sequence[str], name: str = "page") -> Document:
    """Return a document whose paragraphs are the texts, one line each; empty ones are left out."""
    blocks = []
    offset = 0
    for paragraph in paragraphs:
        if paragraph:
            blocks.append(Block(BlockKind.PARAGRAPH, Span(offset, offset + len(paragraph))))
        offset += len(paragraph) + 1
    text = "\n".join(paragraphs)
    return Document(name, name, text, tuple(blocks), OffsetMap.identity(text))


def found_on(documents: Sequence[Document], checks: Sequence[Check[Any]]) -> Iterator[list[tuple[str, Span, float]]]:
    """Yield code, span and confidence of all hits in each document; languages are identified as in a scan."""
    provider = LanguagesProvider()
    for start in range(0, len(documents), 200):
        part = documents[start : start + 200]
        outcomes = provider.provide([FactRequest(document, Facts({})) for document in part])
        for document, outcome in zip(part, outcomes, strict=True):
            facts = facts_of(document, given={LANGUAGES: outcome.value})
            yield [
                (check.code, hit.span, hit.confidence) for check in checks for hit in run_check(check, document, facts)
            ]


# --- precision and recall on marked translations ---


@dataclass(slots=True)
class _Tally:
    """Counts of one check by document."""

    spot: dict[str, list[bool]]
    segment: dict[str, list[bool]]
    touched: dict[str, int]


def measure_marked(paths: Sequence[Path], checks: Sequence[Check[Any]], *, tuning: bool, systems: int = 0) -> Marked:
    """Run the checks over one half of the documents; the translations of a document count as one document.

    ``systems`` limits how many translations of each document are read (0: all). Raises ``InputError`` where a set cannot
    be read.
    """
    chosen: list[tuple[str, list[Segment]]] = []
    for path in paths:
        seen: dict[str, int] = defaultdict(int)
        for name, segments in translations(path):
            seen[name] += 1
            if is_tuning(name) is tuning and (not systems or seen[name] <= systems):
                chosen.append((name, segments))
    tallies = {check.code: _new_tally() for check in checks}
    union = _new_tally()
    marks: dict[str, int] = defaultdict(int)
    chance: dict[str, list[bool]] = defaultdict(list)
    marked_segments: dict[str, list[bool]] = defaultdict(list)
    judged: list[Judged] = []
    documents = [marked_translations.page_of(segments).document for _, segments in chosen]
    for (name, segments), found in zip(chosen, found_on(documents, checks), strict=True):
        spots, borders = _marks(segments)
        marks[name] += len(spots)
        for start, end, text in borders:
            marked_segments[name].append(any(start <= spot.start < end for spot in spots))
            chance[name].extend(_words_marked(text, start, spots))
        touched: dict[str, set[int]] = defaultdict(set)
        for code, span, confidence in found:
            near = [number for number, spot in enumerate(spots) if _is_at(span, spot)]
            inside = any(
                start <= span.start < end + 1 and any(start <= spot.start <= end for spot in spots)
                for start, end, _ in borders
            )
            for tally in (tallies[code], union):
                tally.spot[name].append(bool(near))
                tally.segment[name].append(inside)
            touched[code].update(near)
            judged.append(Judged(confidence, bool(near), name))
        for code, numbers in touched.items():
            tallies[code].touched[name] += len(numbers)
        union.touched[name] += len(set().union(*touched.values()))
    return Marked(
        tuple(_figures(code, tally, marks) for code, tally in tallies.items() if tally.spot),
        _figures("all", union, marks),
        _share(chance),
        _share(marked_segments),
        tuple(judged),
    )


def _new_tally() -> _Tally:
    return _Tally(defaultdict(list), defaultdict(list), defaultdict(int))


def _marks(segments: Sequence[Segment]) -> tuple[list[Span], list[tuple[int, int, str]]]:
    """Return the marked spans of a document and the borders of its segments, as offsets of the page."""
    spots: list[Span] = []
    borders = []
    offset = 0
    for segment in segments:
        spots.extend(mark.shift(offset) for mark in segment.marked)
        borders.append((offset, offset + len(segment.text), segment.text))
        offset += len(segment.text) + 1
    return spots, borders


def _is_at(span: Span, spot: Span) -> bool:
    return spot.start - NEAR < span.end and span.start < spot.end + NEAR


def _words_marked(text: str, offset: int, spots: Sequence[Span]) -> Iterator[bool]:
    """Yield for each word of a segment whether an error is marked at it."""
    position = 0
    mine = [spot for spot in spots if offset <= spot.start <= offset + len(text)]
    for word in text.split():
        position = text.index(word, position)
        span = Span(offset + position, offset + position + len(word))
        yield any(_is_at(span, spot) for spot in mine)
        position += len(word)


def _figures(code: str, tally: _Tally, marks: Mapping[str, int]) -> CheckFigures:
    recall = share_of([Count(tally.touched.get(name, 0), total) for name, total in marks.items()])
    return CheckFigures(code, _share(tally.spot), _share(tally.segment), recall)


def _share(by_document: Mapping[str, Sequence[bool]]) -> Share:
    return share_of([Count(sum(found), len(found)) for found in by_document.values()])


# --- damage built in on purpose ---


def measure_damage(path: Path, checks: Sequence[Check[Any]], *, tuning: bool, every: int = 1) -> Iterator[Damage]:
    """Yield what is found of each kind of damage. A find counts that lies in the damaged sentence and was not there before.

    ``every`` takes only each so many-th item. Raises ``InputError`` where the file cannot be read.
    """
    rows = [row for row in _records(path) if is_tuning(row["human"]) is tuning]
    for kind in DEMETR_KINDS:
        mine = [row for row in rows if _number(row["phenomenon"]) == kind][::every]
        if not mine:
            continue
        whole = [_around(mine, index, row["mt"]) for index, row in enumerate(mine)]
        damaged = [_around(mine, index, row["perturbed"]) for index, row in enumerate(mine)]
        found: list[Count] = []
        false: list[Count] = []
        codes: dict[str, int] = defaultdict(int)
        for page, before, after in zip(damaged, found_on(whole, checks), found_on(damaged, checks), strict=True):
            place = page.blocks[1].span
            known = {code for code, span, _ in before if span.overlaps(place)}
            new = {code for code, span, _ in after if span.overlaps(place)} - known
            found.append(Count(int(bool(new)), 1))
            false.append(Count(int(bool(known)), 1))
            for code in new:
                codes[code] += 1
        yield Damage(mine[0]["phenomenon"], share_of(found), share_of(false), tuple(sorted(codes.items())))


def _around(rows: Sequence[dict[str, Any]], index: int, text: str) -> Document:
    """Return a page with a sentence in its second paragraph, between the next whole ones of the set."""
    others = [rows[(index + step) % len(rows)]["mt"].strip() for step in range(1, NEIGHBORS + 1)]
    return page_of([others[0], text.strip(), *others[1:]])


def _number(phenomenon: str) -> int:
    return int(phenomenon.split("_id", 1)[1].split("_", 1)[0])


def _records(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
    except (OSError, ValueError) as error:
        raise InputError(str(path), f"cannot be read: {error}") from error


# --- loops among hallucinations ---


@dataclass(frozen=True, slots=True)
class LoopFigures:
    """How well loops are told from other output.

    ``area`` is the area under the curve of the loop score, ``recall`` the share of loops at the best threshold where precision is at
    least .90; ``found`` and ``false`` are what the checks themselves name among loops and among all else.
    """

    area: float
    recall: float
    found: Share
    false: Share


def measure_loops(path: Path, checks: Sequence[Check[Any]]) -> LoopFigures:
    """Measure on translations of which some are labeled as repetitions. Raises ``InputError`` where they cannot be read."""
    rows = [(row["mt"], bool(row["repetitions"])) for row in _records(path)]
    looping = [check for check in checks if check.code in LOOP_CHECKS]
    documents = [page_of([text]) for text, _ in rows]
    named = [max((hit[2] for hit in found), default=0.0) for found in found_on(documents, looping)]
    # What a check names comes first; among the rest, and among what is named, the denser repetition.
    scored = sorted(
        (
            (confidence + repetition_density(words_of(text)), loop)
            for (text, loop), confidence in zip(rows, named, strict=True)
        ),
        reverse=True,
    )
    total = sum(loop for _, loop in scored)
    best = right = 0
    for number, (_, loop) in enumerate(scored, 1):
        right += loop
        if right >= 0.9 * number:
            best = right
    return LoopFigures(
        area_under_curve(scored),
        best / total if total else 0.0,
        share_of([Count(int(confidence > 0), 1) for confidence, (_, loop) in zip(named, rows, strict=True) if loop]),
        share_of(
            [Count(int(confidence > 0), 1) for confidence, (_, loop) in zip(named, rows, strict=True) if not loop]
        ),
    )


def area_under_curve(scored: Sequence[tuple[float, bool]]) -> float:
    """Return the chance that a case that is so scores above one that is not, ties counting half."""
    by_score: dict[float, list[bool]] = defaultdict(list)
    for score, label in scored:
        by_score[score].append(label)
    below = wins = 0.0
    for score in sorted(by_score):
        yes = sum(by_score[score])
        no = len(by_score[score]) - yes
        wins += yes * (below + no / 2)
        below += no
    ones = sum(label for _, label in scored)
    return wins / (ones * below) if ones and below else float("nan")


# --- false alarms ---


@contextmanager
def clean_sets(data: Path) -> Iterator[dict[str, Path]]:
    """Give the sets of text that people wrote by name, unpacked into a temporary folder.

    Raises ``InputError`` where one cannot be read.
    """
    with tempfile.TemporaryDirectory() as folder:
        feed = Path(folder) / "polnear.jsonl"
        with feed.open("w", encoding="utf-8") as lines:
            for record in _records(data / "quotations" / "polnear.jsonl.gz"):
                lines.write(json.dumps({"id": record["id"], "text": record["text"]}) + "\n")
        try:
            with tarfile.open(data / "clean_pages.tar.gz") as archive:
                archive.extractall(folder, filter="data")
        except (OSError, tarfile.TarError) as error:
            raise InputError(str(data / "clean_pages.tar.gz"), f"no pages: {error}") from error
        pages = Path(folder) / "clean_pages"
        (pages / "index.tsv").unlink(missing_ok=True)
        yield {"PolNeAR": feed, "clean_pages": pages}


def measure_alarms(path: Path, codes: Sequence[str]) -> tuple[list[Alarm], ScanReport]:
    """Scan a set with the checks and count findings in the main text; the report comes with them to look at."""
    from mtcheck.app import find_inputs, scan
    from mtcheck.config import load_settings

    chosen = {"select": tuple(codes), "translation": {"enabled": False}, "jobs": 1}
    report = scan(find_inputs([str(path)]), load_settings(chosen, path.parent).settings)
    main = {
        document.id: [block.span for block in document.blocks if block.role is BlockRole.MAIN]
        for document in report.documents
    }
    words = sum(count_words(span.of(document.text)) for document in report.documents for span in main[document.id])
    counts = dict.fromkeys(sorted(codes), 0)
    for finding in report.findings:
        if any(span.overlaps(finding.span) for span in main[finding.document]):
            counts[finding.code] += 1
    return [Alarm(code, count, words) for code, count in counts.items()], report
