"""The fact SENTENCES: sentence boundaries of every block, never across blocks.

The boundaries are those of ``sentencex`` (Wikimedia's rule-based segmenter, non-destructive, made from the practice of
244 languages), taken block by block in the block's own language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sentencex import segment

from mtcheck.core.documents import Document
from mtcheck.core.facts import Computed, Fact, Facts
from mtcheck.core.languages import LANGUAGES
from mtcheck.core.spans import Span

# Characters that a segmenter would end a sentence at, and those that it cannot take: halves of surrogate pairs.
_LINE_BREAK = re.compile(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its span without surrounding white space, the index of its block, the language of that block."""

    span: Span
    block: int
    language: str


SENTENCES: Fact[tuple[Sentence, ...]] = Fact("sentences")


def sentences_of(document: Document, facts: Facts) -> tuple[Sentence, ...]:
    """Return the sentences of a document in order. Every letter of every block lies in exactly one of them."""
    languages = facts[LANGUAGES]
    found: list[Sentence] = []
    for index, block in enumerate(document.blocks):
        language = languages.at(block.span.start)
        found.extend(
            Sentence(span.shift(block.span.start), index, language)
            for span in sentence_spans(block.span.of(document.text), language)
        )
    return tuple(found)


def sentence_spans(text: str, language: str) -> list[Span]:
    """Return the sentences of one block of text. A line break inside a block is a space and ends no sentence."""
    # One character for one character, so that the lengths of the pieces are offsets into the text.
    flat = _LINE_BREAK.sub(" ", text)
    spans: list[Span] = []
    start = 0
    for piece in segment(language if language != "und" else "en", flat):
        end = start + len(piece)
        if flat[start:end] != piece:
            # A segmenter that alters text would break every offset after it: the block then stays whole.
            return _trimmed(flat, [(0, len(flat))])
        spans.extend(_trimmed(flat, [(start, end)]))
        start = end
    return spans if start == len(flat) else _trimmed(flat, [(0, len(flat))])


def _trimmed(text: str, ranges: list[tuple[int, int]]) -> list[Span]:
    """Return the ranges without white space around them, the empty ones left out."""
    spans = []
    for start, end in ranges:
        inner = text[start:end]
        if inner.strip():
            spans.append(Span(start + len(inner) - len(inner.lstrip()), start + len(inner.rstrip())))
    return spans


PROVIDER = Computed(SENTENCES, (LANGUAGES,), sentences_of, version=1)
