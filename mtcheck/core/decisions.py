"""What an editor decided about findings: one JSON object a line in ``decisions.jsonl``, only ever added to.

The keys of a line:

- ``fingerprint``: of the finding;
- ``decision``: ``accepted`` (a real fault), ``dismissed`` (a false alarm), or ``open`` (taken back);
- ``reason`` and ``reviewer``: in the reviewer's words, may be empty;
- ``time``: in UTC, as in RFC 3339;
- ``document``, ``code``, ``text``: of the finding, for people who read the file;
- ``alike``: names findings of the same check with the same text; empty where the text is too little to go by.

The last line for a fingerprint holds. A dismissal also holds for every finding that is alike and has no line of its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from mtcheck.core.findings import Finding

MOST_TEXT = 160
"""Characters of a finding's text that a line repeats."""

MOST_REASON, MOST_REVIEWER = 2000, 200
"""Characters that a reason and a reviewer's name may have."""

_LEAST_LETTERS = 3
"""Letters and digits from which a text says enough: a lone quotation mark is alike everywhere and says nothing."""

_ALIKE_HEX_DIGITS = 16


class Verdict(StrEnum):
    """What was decided."""

    ACCEPTED = "accepted"
    DISMISSED = "dismissed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the file; the module says what the fields mean."""

    fingerprint: str
    decision: Verdict
    reason: str = ""
    reviewer: str = ""
    time: str = ""
    document: str = ""
    code: str = ""
    text: str = ""
    alike: str = ""


@dataclass(frozen=True, slots=True)
class DecisionLog:
    """The decisions of a file in its order; ``unreadable`` are the numbers (from 1) of lines that are none."""

    decisions: tuple[Decision, ...] = ()
    unreadable: tuple[int, ...] = ()


def alike_key(code: str, text: str) -> str:
    """Return what findings of one check on the same text (white space and case folded) share; empty for too little text."""
    folded = " ".join(text.casefold().split())
    if sum(map(str.isalnum, folded)) < _LEAST_LETTERS:
        return ""
    return hashlib.sha256(f"{code}\0{folded}".encode("utf-8", "surrogatepass")).hexdigest()[:_ALIKE_HEX_DIGITS]


def decide(finding: Finding, decision: Verdict, reason: str, reviewer: str, time: str) -> Decision:
    """Return a decision about a finding, with what the file says of it."""
    text = " ".join(finding.text.split())
    return Decision(
        finding.fingerprint,
        decision,
        " ".join(reason.split())[:MOST_REASON],
        " ".join(reviewer.split())[:MOST_REVIEWER],
        time,
        finding.document,
        finding.code,
        text if len(text) <= MOST_TEXT else text[: MOST_TEXT - 1] + "…",
        alike_key(finding.code, finding.text),
    )


def render_decision(decision: Decision) -> str:
    """Return the line of a decision, with its line end; ASCII alone, so that no character of a page can break it."""
    return json.dumps({name: getattr(decision, name) for name in _FIELDS}) + "\n"


def parse_decisions(source: str) -> DecisionLog:
    """Read a file of decisions. What is no decision is passed over and counted: a killed program may leave half a line."""
    decisions, unreadable = [], []
    for number, line in enumerate(source.split("\n"), 1):
        if not line.strip():
            continue
        decision = _decision(line)
        if decision is None:
            unreadable.append(number)
        else:
            decisions.append(decision)
    return DecisionLog(tuple(decisions), tuple(unreadable))


def in_force(decisions: Iterable[Decision], findings: Iterable[Finding]) -> dict[str, Decision]:
    """Return the decision that holds for each fingerprint: its own last one, else a dismissal of what is alike.

    Findings that nobody decided about, or whose decision was taken back, are absent.
    """
    own = {decision.fingerprint: decision for decision in decisions}
    spread = {
        decision.alike: decision
        for decision in own.values()
        if decision.decision is Verdict.DISMISSED and decision.alike
    }
    held: dict[str, Decision] = {}
    for finding in findings:
        decision = own.get(finding.fingerprint) or spread.get(alike_key(finding.code, finding.text))
        if decision is not None and decision.decision is not Verdict.OPEN:
            held[finding.fingerprint] = decision
    return held


_FIELDS = tuple(field.name for field in fields(Decision))


def _decision(line: str) -> Decision | None:
    try:
        values: Any = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, dict):
        return None
    known = {name: values[name] for name in _FIELDS if name in values}
    if not all(isinstance(value, str) for value in known.values()) or not known.get("fingerprint"):
        return None
    try:
        return Decision(**{**known, "decision": Verdict(known.get("decision", ""))})
    except ValueError:
        return None
