"""UNT002, and that each foreign block is one finding of UNT002 or of LID002."""

from __future__ import annotations

import pytest

from mtcheck.checks.language.foreign_block import CHECK as FOREIGN_BLOCK
from mtcheck.checks.language.untranslated_title import CHECK
from mtcheck.core.documents import BlockKind, BlockRole
from mtcheck.core.findings import Metric, Severity
from mtcheck.testing import run_check
from tests.checks.language.test_foreign_pages import FOREIGN, MAIN, SIDE, english, page, shared_page
from tests.shared import needs_shared


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (BlockKind.HEADLINE, "The headline is in Russian, the text in English"),
        (BlockKind.SUMMARY, "The summary is in Russian, the text in English"),
        (BlockKind.CAPTION, "The caption is in Russian, the text around it in English"),
    ],
)
def test_what_is_found(kind: BlockKind, message: str) -> None:
    document, facts = page(english(), (FOREIGN, kind, MAIN, "ru", ""))
    [hit] = run_check(CHECK, document, facts)
    assert message == hit.message
    assert FOREIGN == hit.span.of(document.text)
    assert hit.severity is None
    assert any(isinstance(evidence, Metric) and "English" in evidence.label for evidence in hit.evidence)


@pytest.mark.parametrize("kind", list(BlockKind))
@pytest.mark.parametrize("role", [MAIN, SIDE])
def test_a_foreign_block_is_one_finding_of_one_check(kind: BlockKind, role: BlockRole) -> None:
    document, facts = page(english(), (FOREIGN, kind, role, "ru", ""))
    found = run_check(CHECK, document, facts) + run_check(FOREIGN_BLOCK, document, facts)
    assert (0 if kind is BlockKind.CODE else 1) == len(found)


@pytest.mark.parametrize("reason", ["name", "quoted-title", "loanword", "translated-quotation", "too-short"])
def test_reasons_keep_it_silent(reason: str) -> None:
    document, facts = page(english(), (FOREIGN, BlockKind.HEADLINE, MAIN, "ru", reason))
    assert [] == run_check(CHECK, document, facts)


def test_a_single_word_is_minor() -> None:
    document, facts = page(english(), ("Паромы", BlockKind.HEADLINE, MAIN, "ru", ""))
    [hit] = run_check(CHECK, document, facts)
    assert Severity.MINOR is hit.severity


def test_an_undetermined_headline_is_no_finding() -> None:
    document, facts = page(english(), (FOREIGN, BlockKind.HEADLINE, MAIN, "und", ""))
    assert [] == run_check(CHECK, document, facts)


@needs_shared
@pytest.mark.parametrize("name", ["sana-lavrov.txt", "efe-russia-us.txt", "iz-blinken.txt", "sputnik.txt"])
def test_pages_with_titles_in_their_own_language(name: str) -> None:
    assert [] == run_check(CHECK, *shared_page(name))
