"""Capitals inside sentences: what is a fault and what is not."""

from __future__ import annotations

import pytest

from mtcheck.checks.fluency.stray_capital import CHECK, CLOSED_CLASS_WORDS
from mtcheck.core.documents import Block, BlockKind, Document
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.spans import Span
from mtcheck.testing import document_from_text, facts_of, marked, run_check
from tests.shared import SHARED, needs_shared

CASES = [
    ("en", "The ships that came to the bay this year⟦, They⟧ are late again."),
    ("en", "The ships that came to the bay this year⟦, And⟧ nobody knows why."),
    ("en", "The ships that came to the bay, The Hague agreed, were late."),
    ("en", "The minister of the islands said, They are late again."),
    ("en", "Dear readers, We are back from our long holiday."),
    ("en", "We pray for all that God has made, He who is good."),
    ("en", "The Old Man And The Sea Of Varen, This was its title."),
    ("en", "The ships that came to the bay this year, “They are late”, he said."),
    ("de", "Bitte senden Sie uns den ganzen Bericht bald, Ihre Antwort hilft."),
    ("de", "Das Schiff kam gestern in den neuen und tiefen⟦, Und⟧ es blieb."),
    ("ar", "وصلت السفينة إلى الميناء هذا العام، They are late."),
]


@pytest.mark.parametrize(("language", "example"), CASES)
def test_capitals(language: str, example: str) -> None:
    text, expected = marked(example)
    document = document_from_text(text, language)
    found = run_check(CHECK, document, facts_of(document, language))
    assert list(expected) == [hit.span for hit in found]


def test_headlines_are_passed_over() -> None:
    text = "the ships that came to the bay this year, They are late again"
    document = Document(
        "page.txt", "page.txt", text, (Block(BlockKind.HEADLINE, Span(0, len(text))),), OffsetMap.identity(text)
    )
    assert [] == run_check(CHECK, document, facts_of(document))


def test_forms_of_address_are_in_no_list() -> None:
    address = {"Sie", "Ihr", "Ihre", "Ihnen", "Du", "Вы", "Вас", "Ви", "Usted", "Ustedes", "Vous"}
    assert all(not words & address for words in CLOSED_CLASS_WORDS.values())


@needs_shared
def test_sample_pages() -> None:
    found = []
    for path in sorted((SHARED / "pages").glob("*.txt")):
        document = document_from_text(path.read_text(encoding="utf-8"))
        found += [(path.name, hit.span.of(document.text)) for hit in run_check(CHECK, document, facts_of(document))]
    assert [("efe-russia-us.txt", ", They")] == found
