"""The providers of REFERENCE_MATCHES, GLOSSARY and REFERENCE_NAMES.

What a page quotes is looked up sentence by sentence: a quotation may be cut short between sentences, and only within one are
words comparable. Where a mark was lost, the sentence at the other mark is looked up in its place. Candidates come from the
index and are ranked by sentence chrF (Popović 2015), as sacrebleu computes it, against those of their sentences that
are meant. A reference in another language is reached through the translator, there and back.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mtcheck.core.documents import BlockRole, Document
from mtcheck.core.errors import EngineError
from mtcheck.core.facts import Fact, FactRequest, Facts, Omission, Outcome
from mtcheck.core.languages import UNDETERMINED
from mtcheck.core.references import (
    GLOSSARY,
    REFERENCE_MATCHES,
    REFERENCE_NAMES,
    GlossaryEntry,
    ReferenceMatch,
    ReferenceMatches,
    ReferenceName,
    ReferenceQuotation,
)
from mtcheck.core.spans import Span
from mtcheck.core.translation import Translator
from mtcheck.engines.chrf import chrf_signature
from mtcheck.engines.references.index import QuotationIndex, primary
from mtcheck.engines.references.library import Library
from mtcheck.text.alignment import words_of
from mtcheck.text.quotation_comparison import compare_quotations
from mtcheck.text.quotation_records import QUOTATIONS, Diagnosis, QuotationKind, StrayMark
from mtcheck.text.sentences import SENTENCES, Sentence, sentence_spans

if TYPE_CHECKING:
    from sacrebleu.metrics.chrf import CHRF

VERSION = 1
MIN_WORDS = 5
"""Words of a stretch that is looked up; shorter ones are said by everybody."""
MAX_CHARACTERS = 2_000
LEAST_CHRF = 30.0
"""Below this chrF two texts have nothing to do with each other; what is above is for checks to judge."""
LEAST_TRANSLATED_CHRF = 35.0
"""Below this chrF a reference in the page's own language does not keep from looking in the others, and none there counts."""
_LOST = (Diagnosis.LOST_OPENING, Diagnosis.LOST_CLOSING)
_STOPS = frozenset(".!?…؟。")
_CANDIDATES = 8
_LANGUAGES_TRIED = 3


@dataclass(frozen=True, slots=True)
class Stretch:
    """One sentence of speech on a page; ``marked`` is false where one of its marks was lost."""

    span: Span
    language: str
    marked: bool


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A stretch of one document that no reference in its own language answers, to be translated."""

    document: int
    stretch: Stretch
    text: str


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A reference with the sentences of it that are meant, and their chrF (0 to 100)."""

    quotation: ReferenceQuotation
    window: str
    chrf: float


def speech_stretches(document: Document, facts: Facts) -> list[Stretch]:
    """Return what the main text of a page quotes, sentence by sentence, in order and without overlaps."""
    sentences = facts[SENTENCES]
    quotations = facts[QUOTATIONS]
    lost = [region for stray in quotations.strays if (region := _region_of(stray, sentences)) is not None]
    marks = {stray.mark for stray in quotations.strays if stray.diagnosis in _LOST}
    regions = [(region, False) for region in lost]
    for quotation in quotations.quotations:
        if quotation.depth == 0 and quotation.kind is QuotationKind.SPEECH:
            regions.append((quotation.inner, not marks & {quotation.opening, quotation.closing}))
    languages = {sentence.block: sentence.language for sentence in sentences}
    found: list[Stretch] = []
    for region, marked in regions:
        first = bisect_right(document.blocks, region.start, key=lambda block: block.span.end)
        for number in range(first, len(document.blocks)):
            block = document.blocks[number]
            if block.span.start >= region.end:
                break
            if block.role is BlockRole.MAIN and number in languages:
                part = Span(max(block.span.start, region.start), min(block.span.end, region.end))
                found.extend(_spoken(document.text, part, languages[number], marked=marked))
    return _without_overlaps(found)


def _region_of(stray: StrayMark, sentences: Sequence[Sentence]) -> Span | None:
    """Return where a quotation with a lost mark must be: from where it is thought to begin, or its sentence."""
    index = bisect_right(sentences, stray.mark.start, key=lambda sentence: sentence.span.end)
    if index == len(sentences) or not sentences[index].span.overlaps(stray.mark):
        return None
    around = sentences[index].span
    if stray.diagnosis is Diagnosis.LOST_OPENING:
        start = around.start if stray.expected is None else min(stray.expected.start, stray.mark.start)
        return Span(start, stray.mark.start)
    if stray.diagnosis is Diagnosis.LOST_CLOSING:
        end = around.end if stray.expected is None else max(stray.expected.end, stray.mark.end)
        return Span(stray.mark.end, end)
    return None


def _spoken(text: str, part: Span, language: str, *, marked: bool) -> Iterator[Stretch]:
    """Yield the sentences of a part of one block that are worth looking up, without what surrounds their words.

    A segmenter that reads the whole block takes a quotation for one sentence, so that its inside is cut anew.
    """
    for span in sentence_spans(part.of(text), language):
        words = words_of(span.of(part.of(text)))
        if len(words) < MIN_WORDS or len(span) > MAX_CHARACTERS:
            continue
        start, last = (part.start + span.start + offset for offset in (words[0].span.start, words[-1].span.end))
        # The stop belongs to the sentence, the marks around it to nobody's wording.
        stop = last + (1 if last < part.end and text[last] in _STOPS else 0)
        yield Stretch(Span(start, stop), language, marked)


def _without_overlaps(stretches: list[Stretch]) -> list[Stretch]:
    """Keep the longer of two stretches that overlap, the marked one among equals."""
    kept: list[Stretch] = []
    end = 0
    for stretch in sorted(stretches, key=lambda item: (item.span.start, -item.span.end, not item.marked)):
        if stretch.span.start >= end:
            kept.append(stretch)
            end = stretch.span.end
    return kept


class ReferenceMatchesProvider:
    """Provides REFERENCE_MATCHES."""

    def __init__(self, library: Library, index: QuotationIndex, translator: Translator | None = None) -> None:
        """Take the library with its index, and the translator by which references in other languages are reached."""
        self._library = library
        self._index = index
        self._translator = translator

    @property
    def provides(self) -> Fact[ReferenceMatches]:
        """The fact REFERENCE_MATCHES."""
        return REFERENCE_MATCHES

    @property
    def needs(self) -> tuple[Fact[Any], ...]:
        """Quotations and sentences."""
        return (SENTENCES, QUOTATIONS)

    @property
    def signature(self) -> str:
        """The contents of the references, the metric and the translator."""
        if not self._library.quotation_files:
            return f"reference matches {VERSION} none"
        parts = [f"reference matches {VERSION}", self._library.digest[:16], self.metric_signature]
        return " ".join([*parts, self._translator.signature] if self._translator else parts)

    @property
    def metric_signature(self) -> str:
        """The signature of chrF as sacrebleu gives it."""
        return chrf_signature()

    @cached_property
    def _metric(self) -> CHRF:
        from sacrebleu.metrics.chrf import CHRF

        return CHRF()

    def provide(self, requests: Sequence[FactRequest]) -> list[Outcome[ReferenceMatches]]:
        """Look up what each document quotes. Raises ``EngineError`` where the index cannot be read at all."""
        if not self._library.quotation_files:
            return [Outcome(ReferenceMatches((), "")) for _ in requests]
        found: list[dict[Span, ReferenceMatch]] = [{} for _ in requests]
        wanted: list[_Wanted] = []
        for number, request in enumerate(requests):
            for stretch in speech_stretches(request.document, request.facts):
                text = " ".join(stretch.span.of(request.document.text).split())
                best = self._best(text, stretch.language)
                if best is not None and best.chrf >= LEAST_CHRF:
                    reference = best.quotation
                    found[number][stretch.span] = ReferenceMatch(
                        stretch.span, stretch.language, reference, reference.text, best.chrf, marked=stretch.marked
                    )
                if best is None or best.chrf < LEAST_TRANSLATED_CHRF:
                    wanted.append(_Wanted(number, stretch, text))
        failures: dict[int, list[str]] = {}
        if self._translator is not None:
            failures = self._through_translator(self._translator, wanted, found)
        translator = self._translator.signature if self._translator else ""
        return [
            Outcome(
                ReferenceMatches(
                    tuple(match for _, match in sorted(matches.items())), self.metric_signature, translator
                ),
                tuple(Omission(message, incomplete=True) for message in failures.get(number, ())),
            )
            for number, matches in enumerate(found)
        ]

    def _best(self, text: str, language: str) -> _Ranked | None:
        """Return the reference in a language whose nearest sentences have the best chrF; the first among equals."""
        best: _Ranked | None = None
        for candidate in self._index.candidates(text, language, _CANDIDATES):
            wording = candidate.quotation.text
            window = compare_quotations(text, wording, language).window.of(wording)
            chrf = round(float(self._metric.sentence_score(text, [window]).score), 2)
            if best is None or chrf > best.chrf:
                best = _Ranked(candidate.quotation, window, chrf)
        return best

    def _through_translator(
        self, translator: Translator, wanted: Sequence[_Wanted], found: list[dict[Span, ReferenceMatch]]
    ) -> dict[int, list[str]]:
        """Look up what is left in the references' other languages, and bring back what is found there.

        Returns what could not be done, by document.
        """
        failures: dict[int, dict[str, None]] = {}
        for language in self._other_languages():
            ways: dict[str, list[_Wanted]] = {}
            for item in wanted:
                own = item.stretch.language
                both = translator.supports(own, language) and translator.supports(language, own)
                if own not in (language, UNDETERMINED) and both:
                    ways.setdefault(own, []).append(item)
            for own, items in sorted(ways.items()):
                try:
                    self._reach(translator, items, own, language, found)
                except EngineError as error:
                    for item in items:
                        failures.setdefault(item.document, {})[f"references in “{language}”: {error}"] = None
        return {document: list(messages) for document, messages in failures.items()}

    def _other_languages(self) -> list[str]:
        """Return the languages in which there are most references."""
        counted: Counter[str] = Counter()
        for language, count in self._index.languages.items():
            counted[primary(language)] += count
        ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
        return [language for language, _ in ordered[:_LANGUAGES_TRIED]]

    def _reach(
        self,
        translator: Translator,
        items: Sequence[_Wanted],
        own: str,
        language: str,
        found: list[dict[Span, ReferenceMatch]],
    ) -> None:
        """Translate stretches into one language of references, find them there, and translate what was found back."""
        forward = translator.translate([item.text for item in items], own, language)
        reached: list[tuple[_Wanted, str, _Ranked]] = []
        for item, translation in zip(items, forward, strict=True):
            if translation.unusable:
                continue
            best = self._best(translation.text, language)
            known = found[item.document].get(item.stretch.span)
            if best is not None and best.chrf >= LEAST_TRANSLATED_CHRF and (known is None or best.chrf > known.chrf):
                reached.append((item, translation.text, best))
        back = translator.translate([best.window for _, _, best in reached], language, own) if reached else []
        for (item, rendering, best), wording in zip(reached, back, strict=True):
            if not wording.unusable:
                chrf = round(float(self._metric.sentence_score(item.text, [wording.text]).score), 2)
                found[item.document][item.stretch.span] = ReferenceMatch(
                    item.stretch.span, own, best.quotation, wording.text, chrf, rendering, item.stretch.marked
                )


class GlossaryProvider:
    """Provides GLOSSARY, the same for every document."""

    def __init__(self, library: Library) -> None:
        """Take the library."""
        self._library = library

    @property
    def provides(self) -> Fact[tuple[GlossaryEntry, ...]]:
        """The fact GLOSSARY."""
        return GLOSSARY

    @property
    def needs(self) -> tuple[Fact[Any], ...]:
        """Nothing."""
        return ()

    @property
    def signature(self) -> str:
        """The contents of the references."""
        return f"glossary {VERSION} {self._library.digest[:16]}"

    def provide(self, requests: Sequence[FactRequest]) -> list[Outcome[tuple[GlossaryEntry, ...]]]:
        """Return all entries for each document."""
        return [Outcome(self._library.glossary) for _ in requests]


class NamesProvider:
    """Provides REFERENCE_NAMES, the same for every document."""

    def __init__(self, library: Library) -> None:
        """Take the library."""
        self._library = library

    @property
    def provides(self) -> Fact[tuple[ReferenceName, ...]]:
        """The fact REFERENCE_NAMES."""
        return REFERENCE_NAMES

    @property
    def needs(self) -> tuple[Fact[Any], ...]:
        """Nothing."""
        return ()

    @property
    def signature(self) -> str:
        """The contents of the references."""
        return f"reference names {VERSION} {self._library.digest[:16]}"

    def provide(self, requests: Sequence[FactRequest]) -> list[Outcome[tuple[ReferenceName, ...]]]:
        """Return all names for each document."""
        return [Outcome(self._library.names) for _ in requests]
