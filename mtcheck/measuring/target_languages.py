"""What the checks that need no model are worth in each language: the tables of ``mtcheck bench surface --language``.

Three kinds of text. Translations out of English that professionals marked (German, Russian: Freitag et al. 2021), as for English.
News that people translated (NTREX-128, Federmann et al. 2022), in pages of ten sentences: what is found there is a false alarm or a
slip of the translator. And the same pages with one fault built in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mtcheck.core.checks import Check
from mtcheck.core.documents import Document
from mtcheck.measuring.intervals import Count, Share, is_tuning, share_by_document, share_of
from mtcheck.measuring.language_damage import FAULTS
from mtcheck.measuring.marked_translations import Segment, translations, verdict
from mtcheck.measuring.marked_translations import page_of as marked_page
from mtcheck.measuring.records import lines_of
from mtcheck.measuring.surface import Alarm, found_on, page_of
from mtcheck.scan.scores import count_words

MARKED_BY_LANGUAGE = {
    "en": ("newstest2020.zh-en.mqm", "newstest2021.zh-en.mqm", "ted2021.zh-en.mqm"),
    "de": ("newstest2020.en-de.mqm", "newstest2021.en-de.mqm", "ted2021.en-de.mqm"),
    "ru": ("newstest2021.en-ru.mqm", "ted2021.en-ru.mqm"),
}
"""The marked translations into each language; three raters read newstest2020, one all others."""
LANGUAGES = ("en", "de", "es", "fr", "pt", "ru", "uk", "ar", "fa", "he", "tr", "zh")
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
                if (code, made_of[page.segment_at(hit.span.start)].source) in known:
                    inherited[code] += 1
                    continue
                at_spot, in_segment = verdict(page, hit)
                spots[code][name].append(at_spot)
                segments[code][name].append(in_segment)
    return [
        OfCheck(check.code, share_by_document(spots[check.code]), share_by_document(segments[check.code]), inherited[check.code])
        for check in checks
        if check.code in spots or inherited[check.code]
    ]


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


def pages_of(data: Path, language: str) -> list[Document]:
    """Return news that people translated from English, ten sentences or more a page, without its headlines.

    What one pair of marks encloses in the English original stays together. Raises ``InputError`` where the file is missing.
    """
    by_language: dict[str, dict[str, str]] = defaultdict(dict)
    for line in lines_of(data / "langid" / "ntrex12.tsv.gz"):
        name, number, sentence = line.split("\t")
        by_language[name][number] = sentence.strip()
    pages: list[Document] = []
    waiting: list[Segment] = []
    for number, sentence in by_language[language].items():
        original = by_language["en"].get(number, sentence)
        if not original.endswith(_ENDS):
            continue
        waiting.append(Segment(original, sentence, ()))
        if len(waiting) >= _SENTENCES and not sum(one.source.count(mark) for one in waiting for mark in '"“”') % 2:
            pages.append(marked_page(waiting).document)
            waiting = []
    return pages


def translated_alarms(pages: Sequence[Document], checks: Sequence[Check[Any]]) -> list[Alarm]:
    """Count what each check finds on pages that people translated."""
    words = sum(count_words(page.text) for page in pages)
    counts = Counter(code for found in found_on(pages, checks) for code, _ in found)
    return [Alarm(check.code, counts[check.code], words) for check in checks]


def built_in(language: str, pages: Sequence[Document], checks: Sequence[Check[Any]]) -> list[BuiltIn]:
    """Build each fault into each page, at the first paragraph that takes it, and count what is found and was not there before."""
    before = [Counter(code for code, _ in found) for found in found_on(pages, checks)]
    rows = []
    for fault in FAULTS:
        mine = [check for check in checks if check.code in fault.codes]
        if not mine:
            continue
        damaged, known = [], []
        for page, counts in zip(pages, before, strict=True):
            # Neither the first nor the last: what opens or ends a page is judged otherwise by some checks.
            paragraphs = [block.span.of(page.text) for block in page.blocks]
            tried = (fault.build(paragraphs, index, language) for index in range(1, len(paragraphs) - 1))
            changed = next(filter(None, tried), None)
            if changed is not None:
                damaged.append(page_of(changed))
                known.append(sum(counts[check.code] for check in mine))
        found = [Count(int(len(hits) > number), 1) for hits, number in zip(found_on(damaged, mine), known, strict=True)]
        if found:
            rows.append(BuiltIn(language, fault.name, fault.codes, share_of(found)))
    return rows


def holding(rows: Sequence[BuiltIn], alarms: Sequence[Alarm], most: float, least: float) -> dict[str, bool]:
    """Tell for each check that a fault was built in for whether it finds the share ``least`` at ``most`` false ones in 1,000 words."""
    found: dict[str, list[Share]] = defaultdict(list)
    for row in rows:
        found[row.codes[0]].append(row.found)
    rates = {alarm.code: alarm.rate for alarm in alarms}
    return {
        code: rates.get(code, 0.0) <= most and max(share.value for share in shares) >= least
        for code, shares in found.items()
    }
