"""What the checks that need no model are worth in each language: the tables of ``mtcheck bench surface --language``.

Three kinds of text. Translations out of English that professionals marked (German, Russian: Freitag et al. 2021), as for English.
News that people translated (NTREX-128, Federmann et al. 2022), in pages of ten sentences: what is found there is a false alarm or a
slip of the translator. And the same pages with one fault built in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mtcheck.core.checks import Check
from mtcheck.core.documents import BlockRole
from mtcheck.core.report import ScanReport
from mtcheck.measuring.intervals import Count, Share, is_tuning, share_by_document, share_of
from mtcheck.measuring.language_damage import FAULTS
from mtcheck.measuring.marked_translations import MarkedPage, Segment, translations, verdict
from mtcheck.measuring.marked_translations import page_of as marked_page
from mtcheck.measuring.records import lines_of
from mtcheck.measuring.surface import Alarm, clean_sets, found_on, measure_alarms, page_of
from mtcheck.scan.scores import count_words
from mtcheck.text.language_names import language_name

MARKED_BY_LANGUAGE = {
    "en": ("newstest2020.zh-en.mqm", "newstest2021.zh-en.mqm", "ted2021.zh-en.mqm"),
    "de": ("newstest2020.en-de.mqm", "newstest2021.en-de.mqm", "ted2021.en-de.mqm"),
    "ru": ("newstest2021.en-ru.mqm", "ted2021.en-ru.mqm"),
}
"""The marked translations into each language; three raters read newstest2020, one all others."""
LANGUAGES = ("en", "de", "es", "fr", "pt", "ru", "uk", "ar", "fa", "he", "tr", "zh")
BUILT_IN_EVERY = 4
"""Every so many-th page gets the faults: each is checked as often as there are faults."""
_SENTENCES = 10
_ENDS = (".", "!", "?", "…", ":", "”", '"', "’", "'", ")")


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """What the checks find of one fault in pages of one language."""

    language: str
    fault: str
    codes: tuple[str, ...]
    found: Share


@dataclass(frozen=True, slots=True)
class OfCheck:
    """How right one check is on translations into one language, of the findings that the source does not explain.

    ``inherited`` are those where the same check finds the same in the segment of the source: faults of the page all the same,
    which no rater of translations marks.
    """

    code: str
    spot: Share
    segment: Share
    inherited: int


def measure_marked(paths: Sequence[Path], checks: Sequence[Check[Any]], *, tuning: bool) -> list[OfCheck]:
    """Run the checks over one half of the documents of marked translations out of English. Raises ``InputError`` where one is missing."""
    spots: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    segments: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    inherited: Counter[str] = Counter()
    for path in paths:
        chosen = [(name, made_of) for name, made_of in translations(path) if is_tuning(name) is tuning]
        known = _faults_of_sources([made_of for _, made_of in chosen], checks)
        pages = [marked_page(made_of) for _, made_of in chosen]
        everything = zip(chosen, pages, found_on([page.document for page in pages], checks), strict=True)
        for (name, made_of), page, found in everything:
            for code, hit in found:
                if _is_explained(code, made_of[page.segment_at(hit.span.start)].source, known):
                    inherited[code] += 1
                    continue
                at_spot, in_segment = verdict(page, hit)
                spots[code][name].append(at_spot)
                segments[code][name].append(in_segment)
    return [
        OfCheck(
            check.code,
            share_by_document(spots[check.code]),
            share_by_document(segments[check.code]),
            inherited[check.code],
        )
        for check in checks
        if check.code in spots or inherited[check.code]
    ]


def _is_explained(code: str, source: str, known: Collection[tuple[str, str]]) -> bool:
    """Tell whether the source shows the fault too; a line without a stop may be too short there to be named."""
    return (code, source) in known or (code == "REP005" and not source.rstrip().endswith(_ENDS))


def _faults_of_sources(documents: Sequence[Sequence[Segment]], checks: Sequence[Check[Any]]) -> set[tuple[str, str]]:
    """Return each code with the source segment that it fires on."""
    sources = {tuple(segment.source for segment in segments): segments for segments in documents}
    pages = [
        marked_page([replace(segment, text=segment.source) for segment in segments]) for segments in sources.values()
    ]
    return {
        (code, page.segments[page.segment_at(hit.span.start)].source)
        for page, found in zip(pages, found_on([page.document for page in pages], checks), strict=True)
        for code, hit in found
    }


def pages_of(data: Path, language: str) -> list[MarkedPage]:
    """Return news that people translated from English, ten sentences or more a page, without its headlines.

    What one pair of marks encloses in the English original stays together. Raises ``InputError`` where the file is missing.
    """
    by_language: dict[str, dict[str, str]] = defaultdict(dict)
    for line in lines_of(data / "langid" / "ntrex12.tsv.gz"):
        name, number, sentence = line.split("\t")
        by_language[name][number] = sentence.strip()
    pages: list[MarkedPage] = []
    waiting: list[Segment] = []
    for number, sentence in by_language[language].items():
        original = by_language["en"].get(number, sentence)
        if not original.endswith(_ENDS):
            continue
        waiting.append(Segment(original, sentence, ()))
        if len(waiting) >= _SENTENCES and not sum(one.source.count(mark) for one in waiting for mark in '"“”') % 2:
            pages.append(marked_page(waiting))
            waiting = []
    return pages


def translated_alarms(pages: Sequence[MarkedPage], checks: Sequence[Check[Any]]) -> list[Alarm]:
    """Count what each check finds on pages that people translated, where it finds nothing on the English original.

    The originals come as single sentences: what a quotation or a paragraph lost by that, the translation has lost, too.
    """
    words = sum(count_words(page.document.text) for page in pages)
    known = _faults_of_sources([page.segments for page in pages], checks)
    counts: Counter[str] = Counter()
    for page, found in zip(pages, found_on([page.document for page in pages], checks), strict=True):
        explained = {code for code, source in known if any(segment.source == source for segment in page.segments)}
        counts.update(code for code, _ in found if code not in explained)
    return [Alarm(check.code, counts[check.code], words) for check in checks]


def built_in(language: str, pages: Sequence[MarkedPage], checks: Sequence[Check[Any]]) -> list[BuiltIn]:
    """Build each fault into each page, at the first paragraph that takes it, and count what is found and was not there before."""
    before = [Counter(code for code, _ in found) for found in found_on([page.document for page in pages], checks)]
    rows = []
    for fault in FAULTS:
        mine = [check for check in checks if check.code in fault.codes]
        if not mine:
            continue
        damaged, known = [], []
        for page, counts in zip(pages, before, strict=True):
            # Neither the first nor the last: what opens or ends a page is judged otherwise by some checks.
            paragraphs = [block.span.of(page.document.text) for block in page.document.blocks]
            tried = (fault.build(paragraphs, index, language) for index in range(1, len(paragraphs) - 1))
            changed = next(filter(None, tried), None)
            if changed is not None:
                damaged.append(page_of(changed))
                known.append(sum(counts[check.code] for check in mine))
        found = [Count(int(len(hits) > number), 1) for hits, number in zip(found_on(damaged, mine), known, strict=True)]
        if found:
            rows.append(BuiltIn(language, fault.name, fault.codes, share_of(found)))
    return rows


def written_alarms(report: ScanReport, language: str, codes: Sequence[str]) -> list[Alarm]:
    """Count what a scan found in the main text of pages that people wrote in one language."""
    main = {
        document.id: [block.span for block in document.blocks if block.role is BlockRole.MAIN]
        for document in report.documents
        if document.language == language
    }
    texts = {document.id: document.text for document in report.documents}
    words = sum(count_words(span.of(texts[name])) for name, spans in main.items() for span in spans)
    counts = Counter(
        finding.code
        for finding in report.findings
        if any(span.overlaps(finding.span) for span in main.get(finding.document, ()))
    )
    return [Alarm(code, counts[code], words) for code in codes]


def report_lines(
    data: Path, languages: Sequence[str], checks: Sequence[Check[Any]], *, tuning: bool, human: bool
) -> Iterator[str]:
    """Yield the tables of some languages. Raises ``InputError`` where data is missing."""
    written = None
    if human:
        with clean_sets(data) as sets:
            _, written = measure_alarms(sets["clean_pages"], [check.code for check in checks])
    for language in languages:
        claimed = [check for check in checks if check.runs_in is None or language in check.runs_in]
        yield f"\n{language_name(language)} ({language}): {len(claimed)} of {len(checks)} run there"
        if language in MARKED_BY_LANGUAGE:
            yield f"  marked translations ({', '.join(MARKED_BY_LANGUAGE[language])})"
            paths = [data / "mqm_spans" / f"{name}.jsonl.gz" for name in MARKED_BY_LANGUAGE[language]]
            for row in measure_marked(paths, claimed, tuning=tuning):
                yield f"    {row.code:<8} at a spot       {row.spot}"
                yield f"    {'':<8} in the segment  {row.segment}; the same in the source: {row.inherited}"
        if written is not None:
            yield from _alarm_lines(
                "pages that people wrote", written_alarms(written, language, [check.code for check in claimed])
            )
        pages = pages_of(data, language)
        yield from _alarm_lines("news that people translated", translated_alarms(pages, claimed))
        for built in built_in(language, pages[::BUILT_IN_EVERY], claimed):
            yield f"    built in: {built.fault:<50} {built.found}  ({', '.join(built.codes)})"


def _alarm_lines(name: str, alarms: Sequence[Alarm]) -> Iterator[str]:
    if alarms and alarms[0].words:
        yield f"  {name}, {alarms[0].words} words: {sum(alarm.rate for alarm in alarms):.2f} findings in 1,000"
        yield "    " + (", ".join(f"{alarm.code} {alarm.findings}" for alarm in alarms if alarm.findings) or "none")
