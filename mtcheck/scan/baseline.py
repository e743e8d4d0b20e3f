"""The baseline: findings that are known and accepted, so that only new ones count.

The file is made to live in git: a header, then one JSON object a line, sorted by document, check and fingerprint, without
line numbers or dates, so that a change of a page changes the lines of its own findings and no others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from mtcheck.core.checks import Check
from mtcheck.core.decisions import Decision, Verdict, in_force
from mtcheck.core.documents import Block, BlockKind, BlockRole, Document
from mtcheck.core.errors import InputError
from mtcheck.core.facts import Facts
from mtcheck.core.findings import ACCEPTED, SUPPRESSED, UNCONFIRMED, Finding
from mtcheck.core.languages import UNDETERMINED
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.report import DocumentReport, NotChecked, ScanReport
from mtcheck.core.spans import Span
from mtcheck.core.suppressions import STALE_ENTRIES, StaleEntry
from mtcheck.scan.findings import FindingMaker
from mtcheck.scan.identity import STANDARD_INPUT, path_from_here, stable_id
from mtcheck.scan.results import with_documents, with_findings
from mtcheck.scan.scores import scores_of

VERSION = 1
_KIND = "mtcheck_baseline"
_MOST_TEXT = 80
# Findings about suppressions are never accepted themselves: the cure is to remove the suppression.
_ABOUT_SUPPRESSIONS = "SUP"
# Characters that would make a line of the file look like something else in a terminal or a review.
_DECEPTIVE = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")

_STRINGS = ("document", "code", "fingerprint", "text")


@dataclass(frozen=True, slots=True)
class Entry:
    """One accepted finding.

    ``document`` is its identifier as ``stable_id`` gives it, ``text`` the beginning of what was found, for people who read the
    file. ``reason`` says why it was accepted, where somebody said so. ``line`` is the entry's place in the text of the file.
    """

    document: str
    code: str
    fingerprint: str
    text: str
    reason: str = ""
    line: Span = field(default=Span(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Baseline:
    """The entries of a file, one for each fingerprint, and the file itself as read."""

    entries: tuple[Entry, ...] = ()
    path: str = ""
    source: str = ""


def parse_baseline(source: str, path: str) -> Baseline:
    """Read a baseline. Raises ``InputError``, with the line, for what is none."""
    entries: dict[str, Entry] = {}
    start = 0
    header = False
    for number, line in enumerate(source.split("\n"), 1):
        span = Span(start, start + len(line.rstrip("\r")))
        start += len(line) + 1
        if not line.strip():
            continue
        values = _values(line, path, number)
        if not header:
            if values.get(_KIND) != VERSION:
                raise InputError(path, f"is no baseline: its first line must be {_header()}")
            header = True
            continue
        if not all(isinstance(values.get(name), str) and values[name] for name in _STRINGS):
            raise InputError(path, f"line {number} lacks one of {', '.join(_STRINGS)}")
        document, code, fingerprint, text = (values[name] for name in _STRINGS)
        entry = Entry(document, code, fingerprint, text, str(values.get("reason", "")), span)
        # A merge of two branches may leave an entry twice.
        entries.setdefault(entry.fingerprint, entry)
    if not header:
        raise InputError(path, f"is no baseline: its first line must be {_header()}")
    return Baseline(tuple(entries.values()), path, source)


def render_baseline(entries: Iterable[Entry]) -> str:
    """Return the text of a baseline's file; the same entries give the same bytes."""
    ordered = sorted(entries, key=lambda entry: (entry.document, entry.code, entry.fingerprint))
    return "\n".join([_header(), *(_line(entry) for entry in ordered), ""])


def accept(report: ScanReport, baseline: Baseline) -> ScanReport:
    """Return the report with the findings of the baseline marked as accepted; they stay in it."""
    known = {entry.fingerprint for entry in baseline.entries}
    return replace(
        report,
        findings=tuple(
            replace(finding, status=ACCEPTED)
            if finding.fingerprint in known and finding.status == UNCONFIRMED
            else finding
            for finding in report.findings
        ),
    )


def stale_entries(report: ScanReport, baseline: Baseline, exists: Callable[[str], bool]) -> tuple[Entry, ...]:
    """Return the entries that fit no finding though they should: the document was scanned with that check, or is gone.

    A scan of some files says nothing about the others, and one whose check could not run, nothing about that check.
    ``exists`` tells whether a file is there, by its path from the working directory.
    """
    found = {finding.fingerprint for finding in report.findings}
    scanned = {stable_id(head.id, head.path): head.id for head in report.heads}
    feeds = {stable_id(head.path, head.path) for head in report.heads if head.id != head.path}
    ran = set(report.signature.checks)
    unsure = {
        (entry.document, code)
        for entry in report.not_checked
        if entry.span is None or entry.incomplete
        for code in entry.checks
    }
    stopped = any(problem.kind == "interrupted" for problem in report.problems)

    def is_stale(entry: Entry) -> bool:
        if entry.fingerprint in found:
            return False
        if entry.document in scanned:
            return entry.code in ran and not {(None, entry.code), (scanned[entry.document], entry.code)} & unsure
        paths = _possible_paths(entry.document)
        if not stopped and any(path in feeds for path in paths):
            # The feed was read to its end, and the record is not in it.
            return not any(problem.kind == "input" for problem in report.problems)
        return STANDARD_INPUT not in paths and not any(exists(path_from_here(path)) for path in paths)

    return tuple(entry for entry in baseline.entries if is_stale(entry))


def with_stale_entries(report: ScanReport, baseline: Baseline, stale: Iterable[Entry], check: Check[Any]) -> ScanReport:
    """Return the report with a finding of ``check`` for each stale entry, the baseline's file being one more document."""
    lines = sorted(stale, key=lambda entry: entry.line)
    if not lines:
        return report
    blocks = tuple(Block(BlockKind.CODE, entry.line, BlockRole.FURNITURE) for entry in lines)
    document = Document(baseline.path, baseline.path, baseline.source, blocks, OffsetMap.identity(baseline.source))
    entries = tuple(StaleEntry(entry.line, entry.document, entry.code, entry.text) for entry in lines)
    hits = check.find(document, Facts({STALE_ENTRIES: entries}).narrowed(check.needs), check.options())
    findings = FindingMaker(document, ()).findings(check, hits)
    shown = DocumentReport(
        id=baseline.path,
        path=baseline.path,
        title=None,
        url=None,
        encoding="utf-8",
        declared_language=None,
        language=UNDETERMINED,
        languages=(),
        foreign=(),
        scores=scores_of(0, findings),
        text=baseline.source,
        blocks=blocks,
        block_languages=(),
    )
    return with_documents(report, (shown,), findings)


def update(baseline: Baseline, report: ScanReport, reason: str = "") -> tuple[Entry, ...]:
    """Return the entries with one for every finding of the report that has none; nothing is removed."""
    entries = {entry.fingerprint: entry for entry in baseline.entries}
    paths = report.paths
    for finding in report.findings:
        if finding.status != SUPPRESSED and not finding.code.startswith(_ABOUT_SUPPRESSIONS):
            path = paths.get(finding.document, finding.document)
            entries.setdefault(finding.fingerprint, _entry(finding, stable_id(finding.document, path), reason))
    return tuple(entries.values())


def update_by_review(
    baseline: Baseline, report: ScanReport, decisions: Iterable[Decision], reason: str = ""
) -> tuple[Entry, ...]:
    """Return the entries with one for every finding that a review dismissed, and without those that it calls real faults.

    A dismissal holds for alike findings too (``in_force``). What nobody decided about stays as it is. ``reason`` stands for
    those that were dismissed without one.
    """
    held = in_force(decisions, report.findings)
    verdicts = {fingerprint: decision.decision for fingerprint, decision in held.items()}
    entries = {
        entry.fingerprint: entry
        for entry in baseline.entries
        if verdicts.get(entry.fingerprint) is not Verdict.ACCEPTED
    }
    paths = report.paths
    for finding in report.findings:
        if verdicts.get(finding.fingerprint) is not Verdict.DISMISSED or finding.code.startswith(_ABOUT_SUPPRESSIONS):
            continue
        decision = held[finding.fingerprint]
        why = decision.reason or reason
        by = f"dismissed by {decision.reviewer}" if decision.reviewer else "dismissed in review"
        document = stable_id(finding.document, paths.get(finding.document, finding.document))
        entries.setdefault(finding.fingerprint, _entry(finding, document, f"{by}: {why}" if why else by))
    return tuple(entries.values())


def only_changed_lines(report: ScanReport, findings: Iterable[Finding], reason: str) -> ScanReport:
    """Return the report with some of its findings left out, and a note that says so for every check.

    The note keeps a baseline from calling stale what was only left out.
    """
    kept = with_findings(report, tuple(findings))
    note = NotChecked(None, report.signature.checks, reason, incomplete=False)
    return replace(kept, not_checked=(note, *report.not_checked))


def _entry(finding: Finding, document: str, reason: str) -> Entry:
    text = " ".join(finding.text.split()) or finding.name
    shown = text if len(text) <= _MOST_TEXT else text[: _MOST_TEXT - 1] + "…"
    return Entry(document, finding.code, finding.fingerprint, shown, reason)


def _possible_paths(document: str) -> list[str]:
    """Return the paths that ``path#record`` may mean: a ``#`` can be part of a file's name too."""
    cuts = [match.start() for match in re.finditer("#", document)]
    return [document, *(document[:cut] for cut in cuts)]


def _values(line: str, path: str, number: int) -> dict[str, Any]:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(path, f"line {number} is no JSON ({error})") from error
    if not isinstance(values, dict):
        raise InputError(path, f"line {number} is no JSON object")
    return values


def _line(entry: Entry) -> str:
    values = {name: getattr(entry, name) for name in _STRINGS} | ({"reason": entry.reason} if entry.reason else {})
    line = json.dumps(values, ensure_ascii=False)
    return _DECEPTIVE.sub(lambda match: f"\\u{ord(match[0]):04x}", line)


def _header() -> str:
    return json.dumps({_KIND: VERSION})
