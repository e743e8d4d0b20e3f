"""The report of a scan: complete enough to make every output again without the inputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mtcheck.core.document_store import DocumentHead, heads_of
from mtcheck.core.documents import Block
from mtcheck.core.findings import Finding, Severity
from mtcheck.core.languages import LanguageShare, LanguageSpan
from mtcheck.core.offsets import Place
from mtcheck.core.spans import Span
from mtcheck.core.surprisal import SentenceSurprisal
from mtcheck.core.translation import RoundTrips

SCHEMA_VERSION = 2


@dataclass(frozen=True, slots=True)
class Signature:
    """What made a report: enough to tell whether two reports can be compared.

    ``providers`` are the signatures of the engines that ran, ``checks`` the codes that were selected.
    """

    tool: str
    version: str
    configuration: str
    providers: tuple[str, ...]
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScorePart:
    """What one dimension of MQM (``accuracy``, ``linguistic``, ...) adds to a document's penalty; ``faults`` of weight 0 are left out."""

    dimension: str
    faults: int
    penalty: int


@dataclass(frozen=True, slots=True)
class Scores:
    """Page scores. ``penalty_per_1000_words`` is the sum of severity weights a thousand words (MQM style).

    Each of the ``faults`` counts once, as its worst finding, whatever the number of ``findings`` about it. The rate is ``None`` for a document with no words. ``length_controlled`` is the same drawn towards what clean pages have, the more the
    shorter the page is, so that pages of different lengths can be compared. ``parts`` are by dimension, the heaviest first.
    """

    words: int
    findings: int
    faults: int
    penalty: int
    penalty_per_1000_words: float | None
    length_controlled: float | None = None
    parts: tuple[ScorePart, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """One document of a scan, with the text that spans count in.

    ``language`` is the page's language as identified, ``languages`` the shares by letters, ``block_languages`` one entry a
    block. ``encoding`` is the codec that decodes the file to the text that places count in. ``round_trips`` holds every
    sentence that was sent to another language and back, flagged or not; ``None`` where no translator ran. ``surprisal`` is
    that of the sentences in order, empty where no language model ran.
    """

    id: str
    path: str
    title: str | None
    url: str | None
    encoding: str
    declared_language: str | None
    language: str
    languages: tuple[LanguageShare, ...]
    foreign: tuple[LanguageSpan, ...]
    scores: Scores
    text: str
    blocks: tuple[Block, ...]
    block_languages: tuple[LanguageSpan, ...]
    round_trips: RoundTrips | None = None
    surprisal: tuple[SentenceSurprisal, ...] = ()


@dataclass(frozen=True, slots=True)
class NotChecked:
    """Something that was not checked, and why.

    ``checks`` are the codes concerned. ``document`` is ``None`` where it holds for the whole scan, ``span`` and ``place``
    where it holds for a whole document. ``incomplete``: the scan was asked for it and could not do it, so that the exit
    code says 3; otherwise it lies outside what the checks claim.
    """

    document: str | None
    checks: tuple[str, ...]
    reason: str
    incomplete: bool
    span: Span | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that went wrong during the scan: an unreadable input, a check that crashed, an interruption.

    ``kind`` is ``input``, ``engine``, ``check`` or ``interrupted``.
    """

    kind: str
    document: str | None
    message: str


@dataclass(frozen=True, slots=True)
class CheckCount:
    """How often a check fired."""

    code: str
    findings: int


@dataclass(frozen=True, slots=True)
class SeverityCount:
    """How many findings have a severity."""

    severity: Severity
    findings: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """Totals of a scan."""

    documents: int
    words: int
    findings: int
    by_severity: tuple[SeverityCount, ...]
    by_check: tuple[CheckCount, ...]


@dataclass(frozen=True, slots=True)
class ScanReport:
    """The whole result. Findings are sorted by (document, span, code); documents are in the order they were given."""

    schema_version: int
    signature: Signature
    # A scan leaves them on disk (``DocumentStore``): go through them one at a time, and ask ``heads`` for what needs no text.
    documents: Sequence[DocumentReport]
    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    problems: tuple[Problem, ...]
    statistics: Statistics

    @property
    def heads(self) -> Sequence[DocumentHead]:
        """Identifier, path and scores of each document, in order, without reading its text."""
        return heads_of(self.documents)

    @property
    def paths(self) -> dict[str, str]:
        """The paths of the documents by their identifiers."""
        return {head.id: head.path for head in self.heads}
