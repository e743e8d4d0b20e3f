"""Surprisal in a scan: what the report shows of it, and checks that welcome it and do without."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from mtcheck.checks import all_checks
from mtcheck.core.documents import Document
from mtcheck.core.facts import Fact, FactProvider, FactRequest, Facts, Omission, Outcome
from mtcheck.core.findings import Hit
from mtcheck.core.languages import LANGUAGES
from mtcheck.core.spans import Span
from mtcheck.core.surprisal import SURPRISAL, Surprisals
from mtcheck.engines.language_model.provider import SurprisalProvider
from mtcheck.scan.checker import WindowChecker
from mtcheck.scan.planning import Unavailable, make_plan
from mtcheck.scan.results import WindowResult
from mtcheck.testing import FakeLanguageModel, document_from_text, one_language
from mtcheck.text import computed_facts
from tests.scan.checks_for_tests import check

TEXT = "The mayor of the town went to the harbor on foot late at night. The ferry had left an hour before that."


class InEnglish:
    """Says that every page is English."""

    provides = LANGUAGES
    needs: tuple[Fact[Any], ...] = ()
    signature = "english"

    def provide(self, requests: Sequence[FactRequest]) -> list[Outcome[Any]]:
        return [Outcome(one_language(request.document, "en")) for request in requests]


class NoSurprisal:
    """A language model that is out of order."""

    provides = SURPRISAL
    needs: tuple[Fact[Any], ...] = ()
    signature = "none"

    def provide(self, requests: Sequence[FactRequest]) -> list[Outcome[Any]]:
        return [Outcome(None, (Omission("no weights", incomplete=True),)) for _ in requests]


def scanned(
    checks: Sequence[Any],
    provider: FactProvider[Surprisals] | None,
    unavailable: Sequence[Unavailable] = (),
    shown: Sequence[Fact[Any]] = (),
) -> WindowResult:
    more = () if provider is None else (provider,)
    plan = make_plan(checks, {}, [InEnglish(), *computed_facts(), *more], unavailable, shown=shown)
    return WindowChecker(plan).check([document_from_text(TEXT)])


def find_if_there(document: Document, facts: Facts, options: object) -> Iterator[Hit]:
    del options
    yield Hit(Span(0, 3), str(len(facts[SURPRISAL].passages)) if SURPRISAL in facts else "without")


WELCOMING = replace(check("AAA001", find_if_there), welcomes=(SURPRISAL,))


def test_the_report_has_the_surprisal_of_sentences_where_a_language_model_ran() -> None:
    model = SurprisalProvider(FakeLanguageModel({"harbor": 40.0}, usual=1.0))
    [document] = scanned([check("AAA001", needs=(SURPRISAL,))], model).documents
    assert ["The mayor", "The ferry"] == [entry.sentence.of(TEXT)[:9] for entry in document.surprisal]
    assert document.surprisal[0].bits_per_character > 3 * document.surprisal[1].bits_per_character
    [document] = scanned([check("AAA001")], model).documents
    assert () == document.surprisal


def test_a_fact_that_is_welcome_is_read_where_it_can_be_had() -> None:
    result = scanned([WELCOMING], SurprisalProvider(FakeLanguageModel({})))
    assert ["1"] == [finding.message for finding in result.findings]


@pytest.mark.parametrize("provider", [None, NoSurprisal()])
def test_nothing_is_missing_without_a_fact_that_is_only_welcome(provider: FactProvider[Surprisals] | None) -> None:
    result = scanned([WELCOMING], provider)
    assert ["without"] == [finding.message for finding in result.findings]
    assert () == result.not_checked
    turned_off = scanned([WELCOMING], None, [Unavailable(SURPRISAL, "no weights", incomplete=True)])
    assert ["without"] == [finding.message for finding in turned_off.findings]


def test_a_fact_that_is_needed_too_is_missed() -> None:
    result = scanned([WELCOMING, check("BBB001", needs=(SURPRISAL,))], NoSurprisal())
    assert [(("BBB001",), True)] == [(entry.checks, entry.incomplete) for entry in result.not_checked]


def test_the_checks_on_surprisal_run_in_a_scan() -> None:
    codes = ("FLU001", "FLU002", "DOC001")
    chosen = [one for one in all_checks() if one.code in codes]
    result = scanned(chosen, SurprisalProvider(FakeLanguageModel({})))
    assert () == result.problems
    assert len(codes) == len(chosen)


def test_what_is_shown_needs_no_check() -> None:
    result = scanned([check("AAA001")], SurprisalProvider(FakeLanguageModel({})), shown=[SURPRISAL])
    assert 2 == len(result.documents[0].surprisal)
    # What the model does not know is not shown, and nothing is missing.
    result = scanned([WELCOMING], SurprisalProvider(FakeLanguageModel({}, languages=("ru",))), shown=[SURPRISAL])
    assert ((), ()) == (result.documents[0].surprisal, result.not_checked)


@pytest.mark.parametrize("checks", [[check("AAA001")], [WELCOMING]])
def test_what_is_to_be_shown_and_fails_is_told(checks: list[Any]) -> None:
    [entry] = scanned(checks, NoSurprisal(), shown=[SURPRISAL]).not_checked
    assert ((), True, "surprisal cannot be shown: no weights") == (entry.checks, entry.incomplete, entry.reason)
