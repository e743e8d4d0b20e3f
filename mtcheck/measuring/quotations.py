"""How well quotations, their speakers and their faults are found: the figures of ``mtcheck bench quotations``.

Extraction is measured on PolNeAR (Newell et al. 2018): the spans in quotation marks inside the content of an attribution,
with the annotated source and cue. Faults are measured where there should be none (PolNeAR, clean web pages: findings in
20,000 words); where there are many, ``marked_translations`` and ``quotation_damage`` measure them.
"""

from __future__ import annotations

import json
import re
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mtcheck.core.documents import BlockRole
from mtcheck.core.errors import InputError
from mtcheck.core.report import ScanReport
from mtcheck.core.spans import Span
from mtcheck.measuring.intervals import Count, Share, is_tuning, share_of
from mtcheck.measuring.polnear import AnnotatedArticle, articles
from mtcheck.measuring.records import records_of
from mtcheck.testing import document_from_text, facts_of
from mtcheck.text.quotation_garble import garbled_places
from mtcheck.text.quotations import QUOTATIONS, Quotation, QuotationForm, QuotationKind
from mtcheck.text.sentences import sentence_spans

QUOTATION_CHECKS = ("QUO001", "QUO002", "QUO003", "QUO004", "QUO005", "QUO006")
WORDS = 20_000
_HEAD_END = re.compile(r"\s+(?:of|in|for|from|at|who|with|on|to)\b|,|\s*\(")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SAME = 0.9


@dataclass(slots=True)
class Extraction:
    """Counts by document of how well the annotated quotations of articles are found."""

    recall: list[Count] = field(default_factory=list)
    recall_as_speech: list[Count] = field(default_factory=list)
    precision: list[Count] = field(default_factory=list)
    speaker: list[Count] = field(default_factory=list)
    speaker_when_given: list[Count] = field(default_factory=list)
    verb: list[Count] = field(default_factory=list)
    verb_when_given: list[Count] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Alarms:
    """Findings of one check on text that should have none."""

    code: str
    findings: int
    words: int

    @property
    def rate(self) -> float:
        """Findings in 20,000 words."""
        return WORDS * self.findings / self.words if self.words else 0.0


def measure_extraction(read: Iterable[AnnotatedArticle], *, tuning: bool) -> Extraction:
    """Count over one half of the articles."""
    counts = Extraction()
    for article in read:
        if is_tuning(article.name) is tuning:
            _count(article, counts)
    return counts


def _count(article: AnnotatedArticle, counts: Extraction) -> None:
    document = document_from_text(article.text)
    found = [
        quotation
        for quotation in facts_of(document)[QUOTATIONS].quotations
        if quotation.form is QuotationForm.MARKS and quotation.opening is not None
    ]
    matched = [(gold, _match(gold.span, found)) for gold in article.quotations]
    counts.recall.append(Count(sum(match is not None for _, match in matched), len(matched)))
    spoken = sum(match is not None and match.kind is QuotationKind.SPEECH for _, match in matched)
    counts.recall_as_speech.append(Count(spoken, len(matched)))
    claimed = [quotation for quotation in found if quotation.kind is QuotationKind.SPEECH and quotation.depth == 0]
    right = sum(_shared(quotation.span, article.attributed) >= len(quotation.span) / 2 for quotation in claimed)
    counts.precision.append(Count(right, len(claimed)))
    speakers = [
        None if match is None or match.speaker is None else _same_head(article.text, match.speaker, gold.source)
        for gold, match in matched
        if gold.source
    ]
    counts.speaker.append(Count(sum(answer is True for answer in speakers), len(speakers)))
    answered = [answer for answer in speakers if answer is not None]
    counts.speaker_when_given.append(Count(sum(answered), len(answered)))
    verbs = [
        None if match is None or match.verb is None else any(match.verb.overlaps(part) for part in gold.cue)
        for gold, match in matched
        if gold.cue
    ]
    counts.verb.append(Count(sum(answer is True for answer in verbs), len(verbs)))
    told = [answer for answer in verbs if answer is not None]
    counts.verb_when_given.append(Count(sum(told), len(told)))


def _match(span: Span, found: Sequence[Quotation]) -> Quotation | None:
    """Return the quotation that shares most with a span, when the two are the same but for a stop or a mark."""
    best = max(found, key=lambda quotation: (_overlap(quotation.span, span), -len(quotation.span)), default=None)
    if best is None:
        return None
    shared = _overlap(best.span, span)
    return (
        best
        if shared >= _SAME * max(len(best.span), len(span)) or shared >= max(len(best.span), len(span)) - 2
        else None
    )


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _shared(span: Span, others: Sequence[Span]) -> int:
    return sum(_overlap(span, other) for other in others)


def _same_head(text: str, speaker: Span, source: Sequence[Span]) -> bool:
    """Tell whether the head of the annotated source lies in the speaker: the last word before what modifies it."""
    part = source[0]
    end = _HEAD_END.search(text, part.start + 1, part.end)
    words = list(_WORD.finditer(text, part.start, end.start() if end else part.end))
    if not words:
        return speaker.overlaps(part)
    return any(speaker.overlaps(Span(*word.span())) for word in words[-1:])


def extraction_rows(counts: Extraction) -> list[tuple[str, Share]]:
    """Return the figures with their names, for a table."""
    return [
        ("annotated quotations found, with both borders", share_of(counts.recall)),
        ("... and taken for speech", share_of(counts.recall_as_speech)),
        ("quotations taken for speech that are attributed", share_of(counts.precision)),
        ("speaker right (head), of all annotated", share_of(counts.speaker)),
        ("speaker right, where one is given", share_of(counts.speaker_when_given)),
        ("verb right (in the cue), of all annotated", share_of(counts.verb)),
        ("verb right, where one is given", share_of(counts.verb_when_given)),
    ]


# --- false alarms ---


def alarms(data: Path) -> Iterator[tuple[str, list[Alarms]]]:
    """Scan the clean sets with the checks of quotations, and count findings in the main text."""
    with tempfile.TemporaryDirectory() as folder:
        feed = Path(folder) / "polnear.jsonl"
        with feed.open("w", encoding="utf-8") as lines:
            for article in articles(data / "quotations" / "polnear.jsonl.gz"):
                lines.write(json.dumps({"id": article.name, "text": article.text}) + "\n")
        yield "PolNeAR", _alarms(_scanned(feed))
        try:
            with tarfile.open(data / "clean_pages.tar.gz") as archive:
                archive.extractall(folder, filter="data")
        except (OSError, tarfile.TarError) as error:
            raise InputError(str(data / "clean_pages.tar.gz"), f"no pages: {error}") from error
        (Path(folder) / "clean_pages" / "index.tsv").unlink(missing_ok=True)
        yield "clean_pages", _alarms(_scanned(Path(folder) / "clean_pages"))


def _scanned(path: Path) -> ScanReport:
    from mtcheck.app import find_inputs, scan
    from mtcheck.config import load_settings

    chosen = {"select": QUOTATION_CHECKS, "translation": {"enabled": False}}
    return scan(find_inputs([str(path)]), load_settings(chosen, path.parent).settings)


def _alarms(report: ScanReport) -> list[Alarms]:
    main = {
        document.id: [block.span for block in document.blocks if block.role is BlockRole.MAIN]
        for document in report.documents
    }
    words = sum(
        len(_WORD.findall(span.of(document.text))) for document in report.documents for span in main[document.id]
    )
    counts = dict.fromkeys(QUOTATION_CHECKS, 0)
    for finding in report.findings:
        if any(span.overlaps(finding.span) for span in main[finding.document]):
            counts[finding.code] += 1
    return [Alarms(code, count, words) for code, count in counts.items()]


# --- the signs of a garbled quotation ---


@dataclass(frozen=True, slots=True)
class Signs:
    """How often the signs of QUO006 come up in damaged sentences, and in the same sentences before the damage."""

    damaged: int
    whole: int
    sentences: int


def measure_signs(path: Path) -> Signs:
    """Count on pairs of a translation and the same with one damage (DEMETR, Karpinska et al. 2022), each read as a quotation.

    Raises ``InputError`` where the file cannot be read.
    """
    damaged = sentences = 0
    whole: set[str] = set()
    seen: set[str] = set()
    for row in records_of(path, "mt", "perturbed"):
        sentences += 1
        if row["mt"] not in seen:
            seen.add(row["mt"])
            if _has_sign(row["mt"]):
                whole.add(row["mt"])
        damaged += row["mt"] not in whole and _has_sign(row["perturbed"])
    return Signs(damaged, len(whole), sentences)


def _has_sign(text: str) -> bool:
    return any(garbled_places(text, iter(sentence_spans(text, "en")), "en", cased=True))
