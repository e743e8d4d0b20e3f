"""Speakers for all quotations of a document: each read in its place, then the parts of one speech joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from mtcheck.core.documents import Block
from mtcheck.core.spans import Span
from mtcheck.text.quotation_attribution import Attribution, RegionReader
from mtcheck.text.quotation_blocks import PROSE_KINDS, WORD
from mtcheck.text.quotation_records import Delivery, Quotation, QuotationForm, QuotationKind
from mtcheck.text.quotation_regions import Region
from mtcheck.text.speech_words import speech_words

_STOP = re.compile(r"[.!?…]+(?=\s|\Z)")
_DEEPEST = 3
_FARTHEST = 160
_LAST = 400


def with_speakers(
    text: str, blocks: Sequence[Block], languages: Sequence[str], quotations: Sequence[Quotation]
) -> list[Quotation]:
    """Return the quotations with speaker, verb, kind and delivery; ``quotations`` are in order."""
    return _Reader(text, blocks, languages, list(quotations)).read()


class _Reader:
    def __init__(self, text: str, blocks: Sequence[Block], languages: Sequence[str], found: list[Quotation]) -> None:
        self._text = text
        self._blocks = blocks
        self._languages = languages
        self._found = found
        self._begins: set[int] = set()
        self._parents: dict[int, int] = {}

    def read(self) -> list[Quotation]:
        top, children = self._tree()
        by_block: dict[int, list[int]] = {}
        for index in top:
            first = self._found[index].block
            last = first
            while last + 1 < len(self._blocks) and self._blocks[last + 1].span.start < self._found[index].span.end:
                last += 1
            by_block.setdefault(first, []).append(index)
            if last > first:
                by_block.setdefault(last, []).append(index)
        for block in sorted(by_block):
            self._read_region(self._blocks[block].span, by_block[block], block)
        for index in sorted(children):
            if self._depth(index) < _DEEPEST:
                self._read_region(self._found[index].inner, children[index], self._found[index].block)
        self._introduce(top)
        self._join(top)
        return self._found

    def _tree(self) -> tuple[list[int], dict[int, list[int]]]:
        """Return the outermost quotations, and those inside each other one; crossing ones are left out."""
        top: list[int] = []
        children: dict[int, list[int]] = {}
        stack: list[int] = []
        for index in sorted(
            range(len(self._found)), key=lambda i: (self._found[i].span.start, -self._found[i].span.end)
        ):
            span = self._found[index].span
            while stack and self._found[stack[-1]].span.end <= span.start:
                stack.pop()
            if not stack:
                top.append(index)
            elif self._found[stack[-1]].inner.contains(span):
                children.setdefault(stack[-1], []).append(index)
                self._parents[index] = stack[-1]
            else:
                continue
            stack.append(index)
        return top, children

    def _depth(self, index: int) -> int:
        depth = 0
        while index in self._parents and depth < _DEEPEST:
            index = self._parents[index]
            depth += 1
        return depth

    def _read_region(self, span: Span, indexes: list[int], block: int) -> None:
        words = speech_words(self._languages[block])
        if words is None:
            return
        holes = [self._clipped(self._found[index].span, span) for index in indexes]
        reader = RegionReader(Region(self._text, span, holes), words, self._languages[block])
        for index in indexes:
            quotation = self._found[index]
            if quotation.speaker is not None or quotation.form is QuotationForm.BLOCK:
                continue
            reading = reader.read(quotation)
            given = reading.attribution
            if reading.begins:
                self._begins.add(index)
            if given is None and quotation.verb is not None:
                continue
            self._found[index] = replace(
                quotation,
                kind=QuotationKind.SPEECH if quotation.form is QuotationForm.DASH else reading.kind,
                delivery=Delivery.DIRECT if quotation.form is QuotationForm.DASH else reading.delivery,
                speaker=given.speaker if given else None,
                verb=given.verb if given else None,
            )

    def _clipped(self, span: Span, around: Span) -> Span:
        return Span(max(span.start, around.start), max(min(span.end, around.end), max(span.start, around.start)))

    # --- across blocks ---

    def _introduce(self, top: list[int]) -> None:
        """Give a quotation that begins its block the speaker whose words end the block before in a colon."""
        for index in top:
            quotation = self._found[index]
            block = quotation.block
            starts = quotation.span.start - self._blocks[block].span.start <= 2
            if quotation.speaker is not None or not starts or block == 0:
                continue
            if self._blocks[block - 1].kind not in PROSE_KINDS:
                continue
            given = self._introduction(block - 1)
            if given is not None:
                self._found[index] = replace(
                    quotation,
                    speaker=given.speaker,
                    verb=given.verb,
                    kind=QuotationKind.SPEECH,
                    delivery=Delivery.DIRECT,
                )

    def _introduction(self, block: int) -> Attribution | None:
        span = self._blocks[block].span
        words = speech_words(self._languages[block])
        if words is None or not self._text[max(span.end - 3, span.start) : span.end].rstrip().endswith(":"):
            return None
        near = Span(max(span.start, span.end - _LAST), span.end)
        return RegionReader(Region(self._text, near, ()), words, self._languages[block]).introduction()

    def _join(self, top: list[int]) -> None:
        """Let a quotation that has no attribution of its own go on with the speaker of its neighbor, where one speech runs on."""
        speaking: Quotation | None = None
        for index in top:
            later = self._found[index]
            if later.verb is None and speaking is not None and index in self._begins and self._runs_on(speaking, later):
                self._inherit(index, speaking)
            if later.verb is not None or later.kind is QuotationKind.SPEECH:
                # A title or a term between two parts of a speech does not part them.
                speaking = self._found[index] if self._found[index].verb is not None else None
        for before, after in reversed(list(pairwise(top))):
            earlier, later = self._found[before], self._found[after]
            if earlier.continued and earlier.verb is None and later.verb is not None:
                self._inherit(before, later)

    def _inherit(self, index: int, source: Quotation) -> None:
        kind = QuotationKind.SPEECH
        self._found[index] = replace(
            self._found[index], speaker=source.speaker, verb=source.verb, kind=kind, inherited=True
        )

    def _runs_on(self, earlier: Quotation, later: Quotation) -> bool:
        """Tell whether nothing but the attribution of the earlier quotation stands between two quotations."""
        if earlier.continued:
            return True
        start, end = earlier.span.end, later.span.start
        if end - start > _FARTHEST or later.block > earlier.block + 1 + (
            earlier.span.end > self._blocks[earlier.block].span.end
        ):
            return False
        if later.delivery is not Delivery.DIRECT or later.kind is QuotationKind.TITLE:
            return False
        between = self._text[start:end]
        if not any(character.isalnum() for character in between):
            return True
        if len(_STOP.findall(between.rstrip())) > 1:
            return False
        words = speech_words(self._languages[earlier.block])
        return words is not None and any(match[0] in words.verbs for match in WORD.finditer(between))
