"""Measure the identifier: ``mtcheck bench languages`` prints what this module computes, beside the aims.

Measured is on texts that nothing was fitted on. Temperatures and leans were fitted on even lines of NTREX-128 and on texts of
lingua's test set that are not among the short items; the costs of the search were chosen on the even items of the mixed sentences;
what is flagged on pages was chosen on pages made of even lines and of the labels of one half (by a digest of their text).
Here stand the short items that are not part of an even line, the odd items of the mixed sentences that share no text with an
even one, and pages made of odd lines and the labels of the other half. No number was fitted on these, but some early choices between
variants (which n-grams count, when to abstain) were made with their figures in view, so that data never seen may give a little less;
the part named at 95 % precision is read off the answers themselves. Every figure is a ratio of two sums over items, and its interval is the middle
95 % of the same ratio over items drawn again with replacement (percentile bootstrap, Efron and Tibshirani 1993).
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from mtcheck.core.errors import UsageError
from mtcheck.core.languages import UNDETERMINED
from mtcheck.core.spans import Span
from mtcheck.engines.language_id.fitting import table
from mtcheck.engines.language_id.identifier import Identifier
from mtcheck.engines.language_id.lines import languages_of_lines
from mtcheck.engines.language_id.provider import LanguagesProvider
from mtcheck.measuring.intervals import is_tuning
from mtcheck.measuring.language_pages import JudgedBlock, judged_blocks, made_pages
from mtcheck.measuring.records import records_of
from mtcheck.measuring.reliability import Judged

TWELVE = ("ar", "de", "en", "es", "fa", "fr", "he", "pt", "ru", "tr", "uk", "zh")
FILES = ("ntrex12.tsv.gz", "short_items.tsv.gz", "mixed_sentences.jsonl.gz", "lingua_testdata.tsv.gz")
"""What is read from the folder ``langid`` of the data."""

_DRAWS, _SEED = 1000, 1
_BOUNDARY = 10
_SHARED_LETTERS = 25
_PAGES_A_LANGUAGE = 20
_CAUSES = 3
_SPEED_SENTENCES = 3000


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure with its interval, what was aimed at, and what the best tool reached before; all in ``unit``.

    ``items`` is the number of texts behind it. ``at_most`` tells that less is better. ``causes`` are the three most frequent kinds
    of failure, with their counts.
    """

    name: str
    value: float
    items: int
    low: float | None = None
    high: float | None = None
    aim: float | None = None
    before: float | None = None
    unit: str = "%"
    at_most: bool = False
    causes: tuple[str, ...] = ()

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; ``None`` without one."""
        if self.aim is None:
            return None
        return bool(self.value <= self.aim if self.at_most else self.value >= self.aim)


@dataclass(frozen=True, slots=True)
class MixedItem:
    """A sentence in two languages (``half``, ``quote``) or one (``mono``), with the stretches as they are."""

    kind: str
    text: str
    stretches: tuple[tuple[Span, str], ...]


@dataclass(frozen=True, slots=True)
class _Aim:
    default: float | None
    lingua: float | None = None
    before: float | None = None
    at_most: bool = False


# Aims for the default install and with lingua; and the best tool on offer before, among twelve candidates.
_AIMS = {
    "1 word": _Aim(88, 92, 91.4),
    "3 words": _Aim(96, 97.7, 96.4),
    "sentence": _Aim(None, None, 100),
    "interface label": _Aim(88, 91, 89.5),
    "1 word, part named at 95 % precision": _Aim(82, 92),
    "half and half, F1 over letters": _Aim(96.5, 97.5, 90.8),
    "half and half, boundary within 10 characters": _Aim(84, 87, 55),
    "foreign quotation, F1 over letters": _Aim(86, 89, 72),
    "plain sentences wrongly split": _Aim(2, 1.5, 10.3, at_most=True),
    "plain news sentences wrongly split": _Aim(2, 1.5, at_most=True),
    "clean pages falsely flagged": _Aim(8, 5, 23, at_most=True),
    "foreign labels and sentences found on pages": _Aim(80, 80),
    "page is mixed, F1": _Aim(95, 97),
    "sentences a second with spans": _Aim(2000, None),
    "memory": _Aim(150, 500, at_most=True),
}


def measure(data: Path, identifier: Identifier | None = None, *, tuning: bool = False) -> Iterator[Figure]:
    """Yield every figure, or those on the pages that the rules were made with. Raises ``UsageError`` where the data is absent."""
    folder = data / "langid"
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise UsageError(
            f"{folder}: nothing was measured, {', '.join(missing)} not found; the data is not part of the project, "
            "--data names its folder"
        )
    identifier = identifier or Identifier()
    lingua = "lingua" in identifier.signature
    free = LanguagesProvider(identifier)
    measured = (
        page_figures(made_page_blocks(folder, free, tuning=True))
        if tuning
        else _measured(folder, LanguagesProvider(identifier, TWELVE), free)
    )
    for figure in measured:
        aim = _AIMS[figure.name]
        yield replace(figure, aim=aim.lingua if lingua else aim.default, before=aim.before, at_most=aim.at_most)


def _measured(folder: Path, twelve: LanguagesProvider, free: LanguagesProvider) -> Iterator[Figure]:
    """Yield the figures without their aims."""
    sentences = [(language, int(line), text) for language, line, text in table(folder / "ntrex12.tsv.gz")]
    yield from _short_items(folder, sentences, twelve)
    yield from _mixed(mixed_items(folder / "mixed_sentences.jsonl.gz"), twelve)
    odd = [(language, text) for language, line, text in sentences if line % 2]
    plain = odd[:: max(1, len(odd) // _SPEED_SENTENCES)]
    start = time.process_time()
    found = languages_of_lines([text for _, text in plain], provider=twelve)
    seconds = time.process_time() - start
    split = [float(len({span.language for span in one.spans}) > 1) for one in found]
    yield ratio("plain news sentences wrongly split", split, [1.0] * len(split))
    yield from page_figures(made_page_blocks(folder, free))
    yield Figure("sentences a second with spans", len(plain) / seconds, len(plain), unit="")
    yield Figure("memory", peak_megabytes(), 1, unit="MB")


def _short_items(
    folder: Path, sentences: Sequence[tuple[str, int, str]], provider: LanguagesProvider
) -> Iterator[Figure]:
    """Yield the figures on words, runs of words, sentences and labels."""
    fitted_on: dict[str, list[str]] = {}
    for language, line, text in sentences:
        if line % 2 == 0:
            fitted_on.setdefault(language, []).append(text)
    kinds = {
        ("ntrex", "w1"): "1 word",
        ("ntrex", "w3"): "3 words",
        ("ntrex", "sent"): "sentence",
        ("django_ui", "label"): "interface label",
    }
    groups: dict[str, list[tuple[str, str]]] = {}
    for origin, kind, language, text in table(folder / "short_items.tsv.gz"):
        name = kinds.get((origin, kind))
        # A single word stands in too many sentences to belong to one; the fitting leaves out the word itself.
        if name and (kind not in {"w3", "sent"} or not any(text in other for other in fitted_on.get(language, ()))):
            groups.setdefault(name, []).append((language, text))
    for name, items in groups.items():
        found = languages_of_lines([text for _, text in items], provider=provider)
        right = [float(one.page == language) for (language, _), one in zip(items, found, strict=True)]
        wrong = [f"{it} taken for {one.page}" for (it, _), one in zip(items, found, strict=True) if one.page != it]
        yield replace(ratio(name, right, [1.0] * len(right)), causes=largest(wrong))
        if name == "1 word":
            sure = [one.blocks[0].confidence for one in found]
            yield Figure(f"{name}, part named at 95 % precision", 100 * coverage(sure, right), len(right))


def coverage(confidences: Sequence[float], right: Sequence[float], precision: float = 0.95) -> float:
    """Return the greatest part of answers, the surest first, of which so many are right."""
    order = sorted(range(len(right)), key=lambda number: -confidences[number])
    best = count = 0.0
    for place, number in enumerate(order, 1):
        count += right[number]
        if count >= precision * place:
            best = place
    return best / max(1, len(order))


def mixed_items(path: Path) -> list[MixedItem]:
    """Return the odd items of the mixed sentences that share no longer text with an even one."""
    found = []
    for record in records_of(path, "kind", "text", "spans"):
        stretches = tuple((Span(span["start"], span["end"]), span["language"]) for span in record["spans"])
        found.append(MixedItem(record["kind"].partition("+")[0], record["text"], stretches))
    tuned_on = "\n".join(item.text for item in found[0::2])

    def is_new(item: MixedItem) -> bool:
        parts = (span.of(item.text) for span, _ in item.stretches)
        return not any(len(part) >= _SHARED_LETTERS and part in tuned_on for part in parts)

    return [item for item in found[1::2] if is_new(item)]


def _mixed(items: Sequence[MixedItem], provider: LanguagesProvider) -> Iterator[Figure]:
    """Yield the figures on sentences in two languages."""
    found = languages_of_lines([item.text for item in items], provider=provider)
    letters: list[tuple[float, float]] = []
    boundaries: list[tuple[float, float]] = []
    quotations: list[tuple[float, float]] = []
    splits: list[tuple[float, float]] = []
    for item, languages in zip(items, found, strict=True):
        true = _by_letter(item.text, item.stretches)
        named = _by_letter(item.text, [(span.span, span.language) for span in languages.spans])
        places = sorted(true)
        if item.kind == "half":
            right = sum(named.get(place) == true[place] for place in places)
            answered = sum(named.get(place, "und") != "und" for place in places)
            letters.append((2.0 * right, float(len(places) + answered)))
            border = item.stretches[1][0].start
            changes = [after for before, after in pairwise(places) if named.get(before) != named.get(after)]
            boundaries.append((float(any(abs(place - border) <= _BOUNDARY for place in changes)), 1.0))
        elif item.kind == "quote":
            quoted, around = item.stretches[1][1], item.stretches[0][1]
            right = sum(true[place] == quoted == named.get(place) for place in places)
            marked = sum(named.get(place, around) != around for place in places)
            quotations.append((2.0 * right, float(marked + sum(true[place] == quoted for place in places))))
        else:
            splits.append((float(len({named[place] for place in places if place in named}) > 1), 1.0))
    for name, parts in (
        ("half and half, F1 over letters", letters),
        ("half and half, boundary within 10 characters", boundaries),
        ("foreign quotation, F1 over letters", quotations),
        ("plain sentences wrongly split", splits),
    ):
        yield ratio(name, [part for part, _ in parts], [whole for _, whole in parts])


def _by_letter(text: str, stretches: Sequence[tuple[Span, str]]) -> dict[int, str]:
    """Return the language of each letter that stands in a stretch."""
    return {place: name for span, name in stretches for place in range(span.start, span.end) if text[place].isalpha()}


def block_answers(folder: Path, identifier: Identifier, *, tuning: bool = False) -> list[Judged]:
    """Return the answer for each block of the made pages; ``und`` is none and has the confidence 0."""
    return [
        Judged(0.0 if block.named == UNDETERMINED else block.confidence, block.named == block.language, str(number))
        for number, page in enumerate(made_page_blocks(folder, LanguagesProvider(identifier), tuning=tuning))
        for block in page
    ]


def made_page_blocks(
    folder: Path, provider: LanguagesProvider, *, tuning: bool = False
) -> list[tuple[JudgedBlock, ...]]:
    """Return what is said of the blocks of pages made of one half of the texts, half of the pages mixed."""
    labels: dict[str, list[str]] = {language: [] for language in TWELVE}
    for origin, _, language, text in table(folder / "short_items.tsv.gz"):
        if origin == "django_ui" and is_tuning(text) is tuning:
            labels[language].append(text)
    news: dict[str, list[str]] = {language: [] for language in TWELVE}
    for language, line, text in table(folder / "ntrex12.tsv.gz"):
        if (int(line) % 2 == 0) is tuning:
            news[language].append(text)
    return judged_blocks(list(made_pages(news, labels, _PAGES_A_LANGUAGE, _SEED)), provider)


def page_figures(pages: Sequence[Sequence[JudgedBlock]]) -> Iterator[Figure]:
    """Yield the figures on made pages: half of them whole, half with labels and a sentence of another language."""
    false_flags: list[float] = []
    recalled: list[tuple[float, float]] = []
    mixed: list[tuple[float, float]] = []
    for page in pages:
        flagged = any(block.flagged for block in page)
        foreign = [block for block in page if block.foreign]
        if foreign:
            recalled.append((float(sum(block.flagged for block in foreign)), float(len(foreign))))
        else:
            false_flags.append(float(flagged))
        mixed.append((2.0 * bool(foreign and flagged), float(bool(foreign)) + flagged))
    yield ratio("clean pages falsely flagged", false_flags, [1.0] * len(false_flags))
    name = "foreign labels and sentences found on pages"
    missed = [block.cause for page in pages for block in page if block.cause]
    yield replace(ratio(name, [part for part, _ in recalled], [whole for _, whole in recalled]), causes=largest(missed))
    yield ratio("page is mixed, F1", [part for part, _ in mixed], [whole for _, whole in mixed])


def largest(causes: Sequence[str]) -> tuple[str, ...]:
    """Return the most frequent of some causes with their counts, the first by name of equals first."""
    counts = Counter(causes)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(f"{cause}: {count} of {len(causes)}" for cause, count in ordered[:_CAUSES])


def ratio(name: str, parts: Sequence[float], wholes: Sequence[float]) -> Figure:
    """Return 100 times the sum of ``parts`` over that of ``wholes``, with its bootstrap interval."""
    above, below = np.array(parts, np.float64), np.array(wholes, np.float64)
    if not below.sum():
        return Figure(name, 0.0, len(parts))
    draws = np.random.default_rng(_SEED).integers(0, len(above), (_DRAWS, len(above)))
    sums = below[draws].sum(axis=1)
    values = above[draws].sum(axis=1)[sums > 0] / sums[sums > 0]
    low, high = np.percentile(values, [2.5, 97.5])
    return Figure(name, 100 * above.sum() / below.sum(), len(parts), 100 * float(low), 100 * float(high))


def peak_megabytes() -> float:
    """Return the most memory that this process has had resident; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)
