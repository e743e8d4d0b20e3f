"""The provider of the fact SOURCE_ALIGNMENT: the pairs of a file of pairs, or the sentences of page and source aligned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mtcheck.core.documents import BlockRole, Document
from mtcheck.core.facts import Fact, FactRequest, Facts, Omission, Outcome
from mtcheck.core.languages import LANGUAGES, UNDETERMINED, LanguageIdentifier
from mtcheck.core.sources import SOURCE_ALIGNMENT, AlignedPair, SourceAlignment
from mtcheck.core.spans import Span
from mtcheck.text.blocks import plain_blocks
from mtcheck.text.language_tags import primary
from mtcheck.text.sentence_alignment import SURE, Grouping, align_sentences
from mtcheck.text.sentences import SENTENCES, sentence_spans

# Enough text of a source to name its language.
_SAMPLE_CHARACTERS = 4_000


class SourceAlignmentProvider:
    """Computes SOURCE_ALIGNMENT. A document that came without a source has an empty alignment and nothing left out."""

    def __init__(self, identifier: LanguageIdentifier) -> None:
        """Take what names the language of a source that nobody named."""
        self._identifier = identifier

    @property
    def provides(self) -> Fact[SourceAlignment]:
        """The fact SOURCE_ALIGNMENT."""
        return SOURCE_ALIGNMENT

    @property
    def needs(self) -> tuple[Fact[Any], ...]:
        """SENTENCES and LANGUAGES."""
        return (SENTENCES, LANGUAGES)

    @property
    def signature(self) -> str:
        """The version of the alignment and the identifier."""
        return f"source alignment 1 {self._identifier.signature}"

    def provide(self, requests: Sequence[FactRequest]) -> list[Outcome[SourceAlignment]]:
        """Align each document with its source."""
        return [self._aligned(request.document, request.facts) for request in requests]

    def _aligned(self, document: Document, facts: Facts) -> Outcome[SourceAlignment]:
        if not document.segments and not document.source:
            return Outcome(SourceAlignment(UNDETERMINED, UNDETERMINED, ()))
        language = _language_of(document, facts)
        sample = document.source or " ".join(segment.source for segment in document.segments)
        source_language = self._source_language(document, sample[:_SAMPLE_CHARACTERS])
        if document.segments:
            pairs = tuple(
                AlignedPair(segment.span, segment.span.of(document.text), segment.source, given=True)
                for segment in document.segments
            )
            return Outcome(SourceAlignment(source_language, language, pairs))
        assert document.source is not None
        found = _aligned_texts(document, facts, document.source, source_language, language)
        if found is None:
            reason = "the source was not compared: it is too long, or too unlike the page in length, to be aligned"
            return Outcome(None, (Omission(reason),))
        return Outcome(SourceAlignment(source_language, language, found))

    def _source_language(self, document: Document, sample: str) -> str:
        named = primary(document.source_language)
        return named or self._identifier.identify([sample])[0].language


def _language_of(document: Document, facts: Facts) -> str:
    """Return the language of the translation: in a file of pairs what the file says, which copies of the source do not alter."""
    declared = primary(document.declared_language) or primary(document.expected_language)
    page = facts[LANGUAGES].page
    if document.segments and declared:
        return declared
    return page if page != UNDETERMINED else declared or UNDETERMINED


def _aligned_texts(
    document: Document, facts: Facts, source: str, source_language: str, language: str
) -> tuple[AlignedPair, ...] | None:
    """Return the sentences of a page and its source, paired; ``None`` where they cannot be aligned."""
    originals = [
        span.shift(block.span.start)
        for block in plain_blocks(source)
        for span in sentence_spans(block.span.of(source), source_language)
    ]
    main = [sentence.span for sentence in facts[SENTENCES] if document.blocks[sentence.block].role is BlockRole.MAIN]
    groupings = align_sentences(
        [span.of(source) for span in originals],
        [span.of(document.text) for span in main],
        source_language,
        language,
    )
    if groupings is None:
        return None
    pairs: list[AlignedPair] = []
    end = main[0].start if main else 0
    sure = _sure(groupings)
    for grouping, is_sure in zip(groupings, sure, strict=True):
        here, there = grouping.source, grouping.target
        wording = source[originals[here.start].start : originals[here.end - 1].end] if len(here) else ""
        if len(there):
            target = Span(main[there.start].start, main[there.end - 1].end)
            end = target.end
        else:
            target = Span(end, end)
        pairs.append(AlignedPair(target, target.of(document.text), wording, given=False, sure=is_sure))
    return tuple(pairs)


def _sure(groupings: Sequence[Grouping]) -> list[bool]:
    """Tell of each grouping whether it can be relied on: a pair by its own score, a gap by those of its neighbors."""
    reliable = [grouping.score >= SURE for grouping in groupings]
    padded = [True, *reliable, True]
    return [
        reliable[place] if len(grouping.source) and len(grouping.target) else padded[place] and padded[place + 2]
        for place, grouping in enumerate(groupings)
    ]
