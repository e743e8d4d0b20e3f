"""The facts about a document and what it was translated from: which stretch belongs to which, and its back-translation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mtcheck.core.documents import Document
from mtcheck.core.facts import Fact
from mtcheck.core.spans import Span


@dataclass(frozen=True, slots=True)
class AlignedPair:
    """A stretch of the document and the stretch of the source that it translates.

    ``target`` counts the document's text, ``translation`` is its wording there; both are empty where the source has no
    counterpart, and ``target`` stands where that would be.
    ``source`` is the source's wording, empty where the document has something that the source has not. ``given`` tells that
    a file of pairs said what belongs together; otherwise it was found out. ``sure`` tells that the neighborhood leaves
    little doubt about it.
    """

    target: Span
    translation: str
    source: str
    given: bool
    sure: bool = True


@dataclass(frozen=True, slots=True)
class SourceAlignment:
    """All pairs of a document in the order of the source; none where it came without one.

    ``source_language`` and ``language`` are codes as langdetect writes them, ``und`` where unknown.
    """

    source_language: str
    language: str
    pairs: tuple[AlignedPair, ...]

    @property
    def translated(self) -> tuple[AlignedPair, ...]:
        """The pairs that have both sides."""
        return tuple(pair for pair in self.pairs if len(pair.target) and pair.source)

    @property
    def comparable(self) -> tuple[AlignedPair, ...]:
        """The translated pairs that can be relied on and are no copies of their source; none within one language."""
        return tuple(self.pairs[index] for index in self.comparable_indexes)

    @property
    def comparable_indexes(self) -> tuple[int, ...]:
        """The indexes of the comparable pairs."""
        if self.language == self.source_language:
            return ()
        return tuple(
            index
            for index, pair in enumerate(self.pairs)
            if len(pair.target)
            and pair.source
            and pair.sure
            and pair.source.strip().casefold() != pair.translation.strip().casefold()
        )


SOURCE_ALIGNMENT: Fact[SourceAlignment] = Fact("source alignment")


@dataclass(frozen=True, slots=True)
class BackTranslation:
    """A pair whose translation was translated back.

    ``pair`` is its index in the alignment. ``back`` stands in the source's language; ``chrf`` (0 to 100) compares it with the
    source. ``score`` is the mean log-probability a token (natural logarithm) of the document's wording given the source,
    ``without_source`` the same with an empty source; ``None`` where the runtime gives none. ``unusable`` says why the
    translator's own output is not to be trusted here.
    """

    pair: int
    back: str
    chrf: float | None
    score: float | None = None
    without_source: float | None = None
    unusable: str = ""


@dataclass(frozen=True, slots=True)
class BackTranslations:
    """The back-translations of a document's pairs, in order, with the signatures of translator and metric."""

    pairs: tuple[BackTranslation, ...]
    translator_signature: str
    metric_signature: str


BACK_TRANSLATIONS: Fact[BackTranslations] = Fact("back-translations")


class Side(StrEnum):
    """A side of a pair."""

    SOURCE = "source"
    TRANSLATION = "translation"


@dataclass(frozen=True, slots=True)
class PartScore:
    """What a part of one side of a pair is worth to the other (contrastive conditioning, Vamvas and Sennrich 2022).

    ``pair`` is an index in the alignment, ``span`` counts the text of ``side``. ``gain`` is the log-probability (natural logarithm)
    of the other side given this one, less that given this one without the part: at 0 or below, nothing there speaks for the part.
    """

    pair: int
    side: Side
    span: Span
    gain: float


@dataclass(frozen=True, slots=True)
class PartScores:
    """The scores of the parts of a document's pairs, in order, with the translator's signature."""

    parts: tuple[PartScore, ...]
    translator_signature: str

    def of_side(self, side: Side) -> dict[int, list[PartScore]]:
        """Return the scores of one side by pair; pairs without any are left out."""
        found: dict[int, list[PartScore]] = {}
        for part in self.parts:
            if part.side is side:
                found.setdefault(part.pair, []).append(part)
        return found


PART_SCORES: Fact[PartScores] = Fact("part scores")


def paired_blocks(source_language: str, language: str, sources: Sequence[str]) -> Callable[[Document], SourceAlignment]:
    """Return a function that pairs the blocks of a document with sources, in order; for the examples and tests of checks.

    A source beyond the last block has no translation; an empty one belongs to a block that has no source.
    """

    def build(document: Document) -> SourceAlignment:
        end = len(document.text)
        spans = [block.span for block in document.blocks]
        spans.extend([Span(end, end)] * (len(sources) - len(spans)))
        pairs = [
            AlignedPair(span, span.of(document.text), source, given=True)
            for span, source in zip(spans, sources, strict=False)
        ]
        return SourceAlignment(source_language, language, tuple(pairs))

    return build
