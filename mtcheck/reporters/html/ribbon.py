"""The languages of a page from its start to its end, as a colored strip with a legend."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from mtcheck.core.languages import UNDETERMINED
from mtcheck.core.report import DocumentReport
from mtcheck.reporters.visible import language_label, percentage

LANGUAGE_COLORS = 6
"""Languages of a page that get a color of their own; the rest share one."""


@dataclass(frozen=True, slots=True)
class LanguageView:
    """A language of a page: its name, its share, and the number of its color."""

    code: str
    name: str
    share: str
    color: str


@dataclass(frozen=True, slots=True)
class Stripe:
    """One piece of the language ribbon, in thousandths of the page."""

    start: float
    width: float
    color: str
    title: str


@dataclass(frozen=True, slots=True)
class Ribbon:
    """The languages of a page from its start to its end, and their shares."""

    stripes: tuple[Stripe, ...]
    languages: tuple[LanguageView, ...]


def ribbon_of(document: DocumentReport) -> Ribbon:
    """Return the languages of a document along its text, neighbors of one language joined."""
    shares = {share.language: share.share for share in document.languages}
    known = dict.fromkeys([document.language, *sorted(shares, key=lambda code: -shares[code])])
    known.update(dict.fromkeys(language for language, _start in _pieces(document)))
    known.pop(UNDETERMINED, None)
    colors = {
        code: f"language-{number}" if number < LANGUAGE_COLORS else "language-more" for number, code in enumerate(known)
    }
    colors[UNDETERMINED] = "language-none"
    views = {
        code: LanguageView(code, language_label(code), percentage(shares[code]) if code in shares else "", colors[code])
        for code in (*known, UNDETERMINED)
    }
    runs = _runs(document) or _shares_in_a_row(document)
    stripes = []
    ends = [start for _code, start in runs[1:]] + [1000.0]
    for (code, start), end in zip(runs, ends, strict=False):
        stripes.append(Stripe(start, round(end - start, 1), colors[code], views[code].name))
    shown = [view for view in views.values() if view.share or view.code in {code for code, _start in runs}]
    return Ribbon(tuple(stripes), tuple(shown))


def _runs(document: DocumentReport) -> list[tuple[str, float]]:
    """Return the languages along the text, each with the place where it begins; neighbors of one language are joined."""
    length = len(document.text) or 1
    firsts = [(code, next(run)[1]) for code, run in groupby(_pieces(document), key=lambda piece: piece[0])]
    return [
        (code, 0.0 if index == 0 else round(min(start / length, 1.0) * 1000, 1))
        for index, (code, start) in enumerate(firsts)
    ]


def _pieces(document: DocumentReport) -> Iterator[tuple[str, int]]:
    """Yield the language of each block and of the stretches in it that stand in another one, with the code points where they begin."""
    stretches = deque(sorted(document.foreign, key=lambda stretch: stretch.span))
    for block in document.block_languages:
        yield block.language, block.span.start
        while stretches and stretches[0].span.start < block.span.end:
            stretch = stretches.popleft()
            if stretch.language != block.language and stretch.span.start >= block.span.start:
                yield stretch.language, stretch.span.start
                if stretch.span.end < block.span.end:
                    yield block.language, stretch.span.end


def _shares_in_a_row(document: DocumentReport) -> list[tuple[str, float]]:
    """Return the shares one after another, for a document whose blocks were not identified."""
    total = sum(share.share for share in document.languages) or 1.0
    runs, before = [], 0.0
    for share in document.languages:
        runs.append((share.language, round(before / total * 1000, 1)))
        before += share.share
    return runs
