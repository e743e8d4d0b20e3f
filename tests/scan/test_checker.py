"""One window: facts in order, checks apart from each other, places and fingerprints."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mtcheck.core.documents import Document
from mtcheck.core.facts import Computed
from mtcheck.core.findings import Hit
from mtcheck.core.languages import LANGUAGES, languages_by_block
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.spans import Span
from mtcheck.scan.checker import WindowChecker
from mtcheck.scan.findings import MOST_FINDINGS_OF_A_CHECK
from mtcheck.scan.planning import Unavailable, make_plan
from mtcheck.scan.results import WindowResult
from mtcheck.testing import document_from_text
from mtcheck.text.blocks import plain_blocks
from mtcheck.text.sentences import PROVIDER as SENTENCES_PROVIDER
from tests.scan.checks_for_tests import (
    LANGUAGES_PROVIDER,
    LENGTH,
    LENGTH_PROVIDER,
    PROVIDERS,
    WORDS,
    WORDS_PROVIDER,
    BrokenEngine,
    CrashingEngine,
    check,
    find_crash,
    find_outside,
)


def run(checks: list[Any], texts: list[str], providers: tuple[Any, ...] = PROVIDERS) -> WindowResult:
    documents = [document_from_text(text, path=f"{number}.txt") for number, text in enumerate(texts)]
    return WindowChecker(make_plan(checks, {}, providers)).check(documents)


def test_providers_run_after_what_they_need_and_only_when_needed() -> None:
    names = [
        provider.provides.name for provider in make_plan([check("AAA001", needs=(WORDS,))], {}, PROVIDERS).providers
    ]
    assert ["languages", "sentences", "length", "words"] == names
    assert ["languages", "sentences"] == [
        provider.provides.name for provider in make_plan([check("AAA001")], {}, PROVIDERS).providers
    ]


def test_an_unavailable_fact_blocks_the_checks_behind_it() -> None:
    plan = make_plan(
        [check("AAA001"), check("AAA002", needs=(WORDS,)), check("AAA003", needs=(LENGTH,))],
        {},
        (WORDS_PROVIDER, SENTENCES_PROVIDER, LANGUAGES_PROVIDER),
        [Unavailable(LENGTH, "no ruler", incomplete=True)],
    )
    assert ["AAA001"] == [one.code for one in plan.checks]
    assert [(None, ("AAA002", "AAA003"), "no ruler", True)] == [
        (entry.document, entry.checks, entry.reason, entry.incomplete) for entry in plan.not_checked
    ]


def test_a_fact_without_a_provider_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="nothing provides the fact 'length'"):
        make_plan([check("AAA001", needs=(LENGTH,))], {}, (SENTENCES_PROVIDER, LANGUAGES_PROVIDER))


def test_a_crashing_check_spares_the_others() -> None:
    result = run([check("AAA001"), check("BBB001", find_crash)], ["bad crash", "bad"])
    assert [("0.txt", "AAA001"), ("1.txt", "AAA001")] == [(one.document, one.code) for one in result.findings]
    assert [("check", "0.txt", "BBB001 made-up-aab crashed: RuntimeError: on purpose")] == [
        (problem.kind, problem.document, problem.message) for problem in result.problems
    ]
    assert [("0.txt", ("BBB001",), True)] == [(n.document, n.checks, n.incomplete) for n in result.not_checked]


def test_a_check_that_does_not_claim_the_language_of_a_page_is_said_not_to_have_run() -> None:
    english, german = (
        replace(check(code), measured=frozenset({language})) for code, language in (("AAA001", "en"), ("AAA002", "de"))
    )
    result = run([english, german, check("AAA003")], ["The port of Varen is in a bad way."])
    assert ["AAA001", "AAA003"] == sorted(finding.code for finding in result.findings)
    assert [(("AAA002",), "not measured on English, or not good enough there", False)] == [
        (entry.checks, entry.reason, entry.incomplete) for entry in result.not_checked
    ]


def test_on_a_page_in_another_language_a_check_judges_only_what_stands_in_its_own() -> None:
    text = "Der Hafen ist bad geworden.\n\nThe port of Varen is in a bad way."
    languages = Computed(LANGUAGES, (), lambda page, _facts: languages_by_block("de", {"port": "en"})(page), version=1)
    english, german, both = (
        replace(check(code), measured=frozenset(runs_in.split()))
        for code, runs_in in (("AAA001", "en fr"), ("AAA002", "de"), ("AAA003", "en de"))
    )
    result = run([english, german, both, check("AAA004")], [text], (languages, SENTENCES_PROVIDER))
    first, second = text.index("bad"), text.rindex("bad")
    assert {"AAA001": [second], "AAA002": [first, second], "AAA003": [first, second], "AAA004": [first, second]} == {
        code: [finding.span.start for finding in result.findings if finding.code == code]
        for code in ("AAA001", "AAA002", "AAA003", "AAA004")
    }
    reason = "not measured on German, or not good enough there; what stands in other languages was checked"
    assert [(("AAA001",), reason, False)] == [
        (entry.checks, entry.reason, entry.incomplete) for entry in result.not_checked
    ]


def test_a_hit_outside_the_text_is_a_crash_of_its_check() -> None:
    result = run([check("AAA001", find_outside)], ["text"])
    assert () == result.findings
    assert ["check"] == [problem.kind for problem in result.problems]


def test_a_broken_engine_leaves_its_checks_unrun_and_says_so() -> None:
    providers = (BrokenEngine(), SENTENCES_PROVIDER, LANGUAGES_PROVIDER)
    result = run([check("AAA001"), check("AAA002", needs=(LENGTH,))], ["bad", "bad"], providers)
    assert ["AAA001", "AAA001"] == [one.code for one in result.findings]
    assert [("0.txt", ("AAA002",), True), ("1.txt", ("AAA002",), True)] == [
        (entry.document, entry.checks, entry.incomplete) for entry in result.not_checked
    ]
    assert {"the engine is out of order"} == {problem.message for problem in result.problems}


def test_an_engine_that_crashes_on_one_document_is_asked_again_for_the_others() -> None:
    providers = (CrashingEngine(), SENTENCES_PROVIDER, LANGUAGES_PROVIDER)
    result = run([check("AAA002", needs=(LENGTH,))], ["bad", "bad crash", "bad"], providers)
    assert ["0.txt", "2.txt"] == [one.document for one in result.findings]
    assert ["1.txt"] == [problem.document for problem in result.problems]


def test_a_check_reads_only_what_it_declares() -> None:
    def find(_document: Document, facts: Any, _options: object) -> list[Hit]:
        return [facts[LENGTH]]

    providers = (LENGTH_PROVIDER, SENTENCES_PROVIDER, LANGUAGES_PROVIDER)
    result = run([check("AAA001", find), check("AAA002", needs=(LENGTH,))], ["text"], providers)
    assert "read without being declared" in result.problems[0].message


def test_places_count_the_file_and_utf16_counts_code_units() -> None:
    text = "One 😀 line.\r\nThen 😀😀 bad 😀."
    finding = run([check("AAA001")], [text]).findings[0]
    assert "bad" == finding.text == text[finding.span.start : finding.span.end]
    assert (2, 9, 2, 12) == (
        finding.place.line,
        finding.place.column,
        finding.place.end_line,
        finding.place.end_column,
    )
    units = text.encode("utf-16-le")
    assert "bad" == units[2 * finding.utf16.start : 2 * finding.utf16.end].decode("utf-16-le")
    assert Span(0, 1) == finding.related[0].span


def fingerprints(text: str, path: str = "page.txt") -> list[str]:
    document = Document(path, path, text, plain_blocks(text), OffsetMap.identity(text))
    checker = WindowChecker(make_plan([check("AAA001")], {}, PROVIDERS))
    return [finding.fingerprint for finding in checker.check([document]).findings]


def test_fingerprints_survive_moved_lines_and_change_with_the_sentence() -> None:
    sentence = "This sentence is bad in places."
    once = fingerprints(sentence)
    assert once == fingerprints("A new line above.\n" * 100 + sentence)
    assert once == fingerprints("This  sentence is bad in\tplaces.")
    assert once != fingerprints("This sentence is bad in many places.")
    assert once != fingerprints(sentence, "other.txt")
    twice = fingerprints(f"{sentence}\n{sentence}")
    assert once == twice[:1]
    assert 2 == len(set(twice))


def test_findings_of_one_check_are_capped_and_the_report_says_so() -> None:
    result = run([check("AAA001")], ["bad " * (MOST_FINDINGS_OF_A_CHECK + 1), "bad " * MOST_FINDINGS_OF_A_CHECK])
    assert 2 * MOST_FINDINGS_OF_A_CHECK == len(result.findings)
    assert [("0.txt", ("AAA001",), False)] == [(n.document, n.checks, n.incomplete) for n in result.not_checked]
