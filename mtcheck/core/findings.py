"""Hits and findings: what a check says, and what the report shows of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from mtcheck.core.offsets import Place
from mtcheck.core.spans import Span

UNCONFIRMED = "unconfirmed"
"""Nobody has looked at the finding yet."""
ACCEPTED = "accepted"
"""The finding stands in the baseline: known, and no reason to stop anybody."""
SUPPRESSED = "suppressed"
"""A comment in the file itself asks to leave the finding out."""


class Severity(StrEnum):
    """MQM severities (Lommel et al. 2014; weights after Freitag et al. 2021, with critical at 25)."""

    NEUTRAL = "neutral"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """Position from 0 (neutral) to 3 (critical), for comparing."""
        return tuple(Severity).index(self)

    @property
    def weight(self) -> int:
        """Default penalty points: 0, 1, 5, 25."""
        return (0, 1, 5, 25)[self.rank]


@dataclass(frozen=True, slots=True)
class Metric:
    """A measured value with its recipe; ``signature`` is sacrebleu's where sacrebleu computed it."""

    label: str
    value: float
    signature: str = ""
    kind: Literal["metric"] = "metric"


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence or a value that supports the finding."""

    label: str
    text: str
    kind: Literal["note"] = "note"


@dataclass(frozen=True, slots=True)
class Passage:
    """A text to look at beside the finding: another rendering, a reference, a back-translation.

    ``highlights`` are spans of ``text``.
    """

    label: str
    text: str
    language: str | None = None
    highlights: tuple[Span, ...] = ()
    kind: Literal["passage"] = "passage"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts side by side, with what differs marked in each (spans of ``left`` and of ``right``)."""

    left_label: str
    left: str
    right_label: str
    right: str
    left_highlights: tuple[Span, ...] = ()
    right_highlights: tuple[Span, ...] = ()
    language: str | None = None
    kind: Literal["comparison"] = "comparison"


Evidence = Metric | Note | Passage | Comparison


@dataclass(frozen=True, slots=True)
class Related:
    """Another place in the same document that belongs to the hit, and what it is."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Hit:
    """What a check yields: a span, a sentence that says what is wrong there, and the evidence.

    ``confidence`` lies in (0, 1]. ``severity`` replaces the check's own for this hit (a foreign menu entry weighs less
    than a foreign paragraph). Keep a span within one block where the damage allows it.
    Raises ``ValueError`` for a confidence outside (0, 1] or an empty span.
    """

    span: Span
    message: str
    confidence: float = 1.0
    evidence: tuple[Evidence, ...] = ()
    related: tuple[Related, ...] = ()
    severity: Severity | None = None

    def __post_init__(self) -> None:
        if not 0.0 < self.confidence <= 1.0:
            raise ValueError(f"a confidence lies in (0, 1], not {self.confidence}")
        if len(self.span) == 0:
            raise ValueError("a hit needs at least one character to point at")


@dataclass(frozen=True, slots=True)
class RelatedPlace:
    """A related span with its text and its place in the original file."""

    document: str
    span: Span
    place: Place
    utf16: Span
    text: str
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of the report.

    ``span`` counts code points of the document's text, ``place`` those of the original file as decoded, ``utf16`` counts
    UTF-16 code units of the document's text (what a browser or a Java program calls an index). ``status`` is
    ``unconfirmed`` until somebody decides (``accepted``, ``suppressed``). ``fingerprint`` survives moved lines and changes with the sentence.
    ``fault`` is the fingerprint of the worst finding about the same damage, this one's own where it stands alone: scores count a
    fault once.
    """

    code: str
    name: str
    category: str
    severity: Severity
    confidence: float
    status: str
    document: str
    span: Span
    place: Place
    utf16: Span
    text: str
    message: str
    evidence: tuple[Evidence, ...]
    related: tuple[RelatedPlace, ...]
    fingerprint: str
    fault: str

    @property
    def is_lead(self) -> bool:
        """Whether this is the worst finding of its fault."""
        return self.fault == self.fingerprint

    @property
    def is_settled(self) -> bool:
        """Whether somebody has decided that this finding is to stop nobody: it stays in the report and does not count."""
        return self.status in (ACCEPTED, SUPPRESSED)
