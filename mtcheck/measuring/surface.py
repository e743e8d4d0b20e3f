"""How right the checks are that need no model: the figures of ``mtcheck bench surface``.

Precision and recall are measured on translations of Chinese news and talks in which professionals marked errors (Freitag et al. 2021):
a finding is right when a rater marked an error at its spot, or at a place that it names beside it. Recall is given of all marks, and
of those whose kind shows on the surface. Recall on single kinds of damage comes from DEMETR (Karpinska et
al. 2022), each damaged sentence on a page with three whole ones of the same set. False alarms are counted on text that people
wrote (PolNeAR, clean web pages). Loops are told from other output on translations that were labeled as hallucinations or not
(Guerreiro et al. 2023). Documents are split by a digest of their name: the rules were made with the tuning half.
"""

from __future__ import annotations

import json
import tarfile
import tempfile
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mtcheck.checks import all_checks
from mtcheck.core.checks import Check
from mtcheck.core.documents import Block, BlockKind, BlockRole, Document
from mtcheck.core.errors import InputError
from mtcheck.core.facts import Fact, FactRequest, Facts
from mtcheck.core.findings import Hit, Severity
from mtcheck.core.languages import LANGUAGES
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.report import ScanReport
from mtcheck.core.spans import Span
from mtcheck.engines.language_id.provider import LanguagesProvider
from mtcheck.measuring import marked_translations
from mtcheck.measuring.intervals import Count, Share, is_tuning, share_by_document, share_of
from mtcheck.measuring.marked_translations import (
    MarkedPage,
    Segment,
    is_at,
    places_of,
    translations,
    verdict,
)
from mtcheck.measuring.records import records_of
from mtcheck.measuring.reliability import Judged
from mtcheck.scan.confidence import shown_confidence
from mtcheck.scan.scores import count_words
from mtcheck.testing import facts_of, run_check
from mtcheck.text import computed_facts
from mtcheck.text.repetition import repetition_density, words_of

DEMETR_KINDS = (1, 2, 4, 20, 28, 29, 30, 31, 32)
"""The kinds of damage that can be seen on the surface: repeats, code-mixing, shuffled words, stops, spacing, case."""
LOOP_CHECKS = ("REP001", "REP002", "REP003", "REP004")
NEIGHBORS = 3
"""Whole sentences on a page around a damaged one."""
_SHOWN_OF_A_MARK = 30
_SHOWN_MISSES = 12


@dataclass(frozen=True, slots=True)
class CheckFigures:
    """What is known of one check: at the spot, in the segment, and of the marked spans it touches."""

    code: str
    spot: Share
    segment: Share
    recall: Share


@dataclass(frozen=True, slots=True)
class SurfaceRecall:
    """Of the marks of one kind, how many a finding touches."""

    kind: str
    touched: Share


@dataclass(frozen=True, slots=True)
class SurfaceFigures:
    """What is found of the marks that show without the source.

    ``precision`` is the share of findings at such a mark; ``recall`` has a line for each kind, ``all`` and those ``agreed`` on by two
    raters. ``missed`` are the marked words that are touched least, with how often they are not.
    """

    precision: Share
    recall: tuple[SurfaceRecall, ...]
    missed: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """The figures on marked translations: each check that fired, those asked for together, and what chance gives.

    ``chance`` is the share of words at which an error is marked; ``segments`` that of segments with a mark. ``judged`` are the
    confidences that a scan shows for the findings that count together, with whether they were right.
    """

    checks: tuple[CheckFigures, ...]
    union: CheckFigures
    surface: SurfaceFigures
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


def found_on(documents: Sequence[Document], checks: Sequence[Check[Any]]) -> Iterator[list[tuple[str, Hit]]]:
    """Yield code and hit of all that is found in each document; languages are identified as in a scan."""
    provider = LanguagesProvider()
    for start in range(0, len(documents), 200):
        part = documents[start : start + 200]
        outcomes = provider.provide([FactRequest(document, Facts({})) for document in part])
        for document, outcome in zip(part, outcomes, strict=True):
            facts = facts_of(document, given={LANGUAGES: outcome.value})
            yield [(check.code, hit) for check in checks for hit in run_check(check, document, facts)]


# --- precision and recall on marked translations ---


@dataclass(slots=True)
class _Tally:
    """Counts of one check by document."""

    spot: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    segment: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    touched: dict[str, int] = field(default_factory=lambda: defaultdict(int))


@dataclass(slots=True)
class _SurfaceTally:
    """Whether each finding stands at a mark that shows, whether each such mark is touched, by document; and what is missed."""

    right: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    touched: dict[str, dict[str, list[bool]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    missed: Counter[str] = field(default_factory=Counter)

    def add(self, name: str, page: MarkedPage, places: Sequence[Sequence[Span]]) -> None:
        """Count the findings of one page."""
        marks = [
            (mark, mark.span.shift(start))
            for segment, start in zip(page.segments, page.starts, strict=True)
            for mark in segment.surface
        ]
        for spans in places:
            self.right[name].append(any(is_at(span, mark) for span in spans for _, mark in marks))
        for mark, at in marks:
            is_touched = any(is_at(span, at) for spans in places for span in spans)
            for kind in ("all", "agreed", mark.kind) if mark.agreed else ("all", mark.kind):
                self.touched[kind][name].append(is_touched)
            if not is_touched:
                self.missed[at.of(page.document.text)[:_SHOWN_OF_A_MARK]] += 1

    def figures(self) -> SurfaceFigures:
        """Return the shares."""
        recall = (SurfaceRecall(kind, share_by_document(found)) for kind, found in self.touched.items())
        return SurfaceFigures(
            share_by_document(self.right),
            tuple(sorted(recall, key=lambda row: -row.touched.trials)),
            tuple(sorted(self.missed.items(), key=lambda item: (-item[1], item[0]))[:_SHOWN_MISSES]),
        )


def measure_marked(
    paths: Sequence[Path],
    checks: Sequence[Check[Any]],
    *,
    tuning: bool,
    together: Collection[str] = (),
    as_shown: bool = True,
) -> Marked:
    """Run the checks over one half of the documents; the translations of a document count as one document.

    A finding is right where an error is marked at its place, or at one that it names beside it: of two places that contradict
    each other either may be wrong. ``together`` are the codes that count together (none: all). ``judged`` has the confidence that
    a scan shows, or that of the check itself where ``as_shown`` is not set. Raises ``InputError`` where a set cannot be read.
    """
    chosen = [
        (name, marked_translations.page_of(segments))
        for path in paths
        for name, segments in translations(path)
        if is_tuning(name) is tuning
    ]
    counted = frozenset(together) or {check.code for check in checks}
    tallies = {check.code: _Tally() for check in checks}
    union, surface = _Tally(), _SurfaceTally()
    marks: dict[str, int] = defaultdict(int)
    chance: dict[str, list[bool]] = defaultdict(list)
    marked_segments: dict[str, list[bool]] = defaultdict(list)
    judged: list[Judged] = []
    for (name, page), found in zip(chosen, found_on([page.document for _, page in chosen], checks), strict=True):
        spots = [
            mark.shift(start)
            for segment, start in zip(page.segments, page.starts, strict=True)
            for mark in segment.marked
        ]
        marks[name] += len(spots)
        for segment in page.segments:
            marked_segments[name].append(bool(segment.marked))
            chance[name].extend(_words_marked(segment))
        touched: dict[str, set[int]] = defaultdict(set)
        for code, hit in found:
            near = {number for number, spot in enumerate(spots) if any(is_at(span, spot) for span in places_of(hit))}
            in_segment = verdict(page, hit)[1]
            touched[code] |= near
            for tally in (tallies[code], union) if code in counted else (tallies[code],):
                tally.spot[name].append(bool(near))
                tally.segment[name].append(in_segment)
            if code in counted:
                confidence = shown_confidence(code, hit.confidence) if as_shown else hit.confidence
                judged.append(Judged(confidence, bool(near), name, code))
        for code, numbers in touched.items():
            tallies[code].touched[name] += len(numbers)
        union.touched[name] += len(set().union(*(numbers for code, numbers in touched.items() if code in counted)))
        surface.add(name, page, [places_of(hit) for code, hit in found if code in counted])
    return Marked(
        tuple(_figures(code, tally, marks) for code, tally in tallies.items() if tally.spot),
        _figures("all", union, marks),
        surface.figures(),
        share_by_document(chance),
        share_by_document(marked_segments),
        tuple(judged),
    )


def _words_marked(segment: Segment) -> Iterator[bool]:
    """Yield for each word of a segment whether an error is marked at it."""
    position = 0
    for word in segment.text.split():
        position = segment.text.index(word, position)
        span = Span(position, position + len(word))
        yield any(is_at(span, spot) for spot in segment.marked)
        position += len(word)


def _figures(code: str, tally: _Tally, marks: Mapping[str, int]) -> CheckFigures:
    recall = share_of([Count(tally.touched.get(name, 0), total) for name, total in marks.items()])
    return CheckFigures(code, share_by_document(tally.spot), share_by_document(tally.segment), recall)


# --- damage built in on purpose ---


def measure_damage(path: Path, checks: Sequence[Check[Any]], *, tuning: bool, every: int = 1) -> Iterator[Damage]:
    """Yield what is found of each kind of damage. A find counts that lies in the damaged sentence and was not there before.

    ``every`` takes only each so many-th item. Raises ``InputError`` where the file cannot be read.
    """
    rows = [row for row in records_of(path) if is_tuning(row["human"]) is tuning]
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
            known = {code for code, hit in before if hit.span.overlaps(place)}
            new = {code for code, hit in after if hit.span.overlaps(place)} - known
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
    rows = [(row["mt"], bool(row["repetitions"])) for row in records_of(path)]
    looping = [check for check in checks if check.code in LOOP_CHECKS]
    documents = [page_of([text]) for text, _ in rows]
    named = [max((hit.confidence for _, hit in found), default=0.0) for found in found_on(documents, looping)]
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
            for record in records_of(data / "quotations" / "polnear.jsonl.gz"):
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
