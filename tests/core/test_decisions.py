"""Decisions: what a line holds, which one counts, how far a dismissal reaches."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from mtcheck.core.decisions import (
    MOST_REASON,
    MOST_TEXT,
    Decision,
    Verdict,
    alike_key,
    decide,
    in_force,
    parse_decisions,
    render_decision,
)
from mtcheck.core.findings import Finding
from tests.reporters.sample import HOSTILE, english_page

FINDINGS = english_page().findings
TIME = "2031-05-12T10:00:00Z"


def decided(finding: Finding, decision: Verdict, reason: str = "") -> Decision:
    return decide(finding, decision, reason, "Ana Belmar", TIME)


def test_a_decision_survives_its_line() -> None:
    decision = decided(FINDINGS[0], Verdict.DISMISSED, "a  quoted\ntitle")
    line = render_decision(decision)
    assert line.endswith("\n")
    assert line.isascii()
    assert json.loads(line) == {
        "fingerprint": FINDINGS[0].fingerprint,
        "decision": "dismissed",
        "reason": "a quoted title",
        "reviewer": "Ana Belmar",
        "time": TIME,
        "document": "pages/harbor-treaty.txt",
        "code": "CON001",
        "text": "a critical and dangerous point",
        "alike": alike_key("CON001", "A critical  and dangerous POINT"),
    }
    assert parse_decisions(line).decisions == (decision,)


@given(st.text(), st.text(), st.text())
def test_any_text_stays_on_one_line(text: str, reason: str, reviewer: str) -> None:
    decision = decide(replace(FINDINGS[0], text=text), Verdict.ACCEPTED, reason, reviewer, TIME)
    line = render_decision(decision)
    assert line.count("\n") == 1
    assert parse_decisions(line).decisions == (decision,)
    assert len(decision.text) <= MOST_TEXT
    assert len(decision.reason) <= MOST_REASON


def test_what_is_no_decision_is_passed_over_and_counted() -> None:
    whole = render_decision(decided(FINDINGS[0], Verdict.ACCEPTED))
    lines = [
        whole.strip(),
        whole[:40],
        "[]",
        '{"fingerprint": "x"}',
        '{"fingerprint": 7, "decision": "open"}',
        "",
        HOSTILE,
    ]
    log = parse_decisions("\n".join(lines))
    assert [decision.fingerprint for decision in log.decisions] == [FINDINGS[0].fingerprint]
    assert log.unreadable == (2, 3, 4, 5, 7)


def test_the_last_word_holds() -> None:
    first = FINDINGS[0]
    for words, expected in (
        ((Verdict.ACCEPTED, Verdict.DISMISSED), Verdict.DISMISSED),
        ((Verdict.DISMISSED, Verdict.ACCEPTED), Verdict.ACCEPTED),
        ((Verdict.DISMISSED, Verdict.OPEN), None),
        ((Verdict.OPEN, Verdict.ACCEPTED), Verdict.ACCEPTED),
    ):
        held = in_force([decided(first, word) for word in words], [first])
        assert [decision.decision for decision in held.values()] == ([] if expected is None else [expected])


def test_a_dismissal_reaches_the_same_text_elsewhere_until_that_is_decided() -> None:
    here = FINDINGS[5]
    there = replace(here, document="pages/other.txt", fingerprint="other", text=here.text.upper())
    elsewhere = replace(there, fingerprint="another code", code="QUO003")
    findings = [here, there, elsewhere]
    assert set(in_force([decided(here, Verdict.DISMISSED)], findings)) == {here.fingerprint, "other"}
    assert set(in_force([decided(here, Verdict.ACCEPTED)], findings)) == {here.fingerprint}
    kept = in_force([decided(here, Verdict.DISMISSED), decided(there, Verdict.ACCEPTED)], findings)
    assert kept["other"].decision is Verdict.ACCEPTED
    taken_back = [decided(here, Verdict.DISMISSED), decided(there, Verdict.OPEN)]
    assert set(in_force(taken_back, findings)) == {here.fingerprint}
    assert in_force([*taken_back, decided(here, Verdict.OPEN)], findings) == {}


def test_a_lone_mark_is_like_no_other() -> None:
    assert alike_key("QUO001", "”") == alike_key("TYP001", " ,") == alike_key("REP001", "a a") == ""
    mark = replace(FINDINGS[5], text="”")
    assert set(in_force([decided(mark, Verdict.DISMISSED)], [mark, replace(mark, fingerprint="other")])) == {
        mark.fingerprint
    }
