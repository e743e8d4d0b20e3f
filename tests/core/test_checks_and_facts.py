"""Records refuse nonsense; errors cross process borders."""

from __future__ import annotations

import pickle

import pytest

from mtcheck.core.checks import Check, Documentation
from mtcheck.core.documents import Block, BlockKind, Document
from mtcheck.core.errors import EngineError, InputError, MtcheckError, OutputError
from mtcheck.core.facts import Outcome
from mtcheck.core.findings import Hit, Severity
from mtcheck.core.languages import LANGUAGES, Languages, LanguageSpan
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.spans import Span
from mtcheck.testing import document_from_text, facts_of, marked, one_language


@pytest.mark.parametrize("error", [InputError("a.txt", "empty"), OutputError("no space"), EngineError("down")])
def test_errors_pickle(error: MtcheckError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert (type(error), str(error)) == (type(again), str(again))


@pytest.mark.parametrize("confidence", [0.0, -0.1, 1.1])
def test_a_hit_refuses_a_confidence_that_is_none(confidence: float) -> None:
    with pytest.raises(ValueError, match="confidence"):
        Hit(Span(0, 1), "message", confidence)


def test_a_hit_refuses_an_empty_span() -> None:
    with pytest.raises(ValueError, match="at least one character"):
        Hit(Span(1, 1), "message")


@pytest.mark.parametrize(("code", "name"), [("quo1", "fine-name"), ("QUO001", "Bad name"), ("QUO001", "")])
def test_a_check_refuses_a_malformed_code_or_name(code: str, name: str) -> None:
    with pytest.raises(ValueError, match="a check's"):
        Check(code, name, "accuracy", Severity.MAJOR, lambda *_: (), (), "docs")


def test_documentation_needs_its_headings() -> None:
    whole = "It stands.\n\nWhat it finds: this.\n\nWhy it matters: that.\n\nWhen it is wrong: there.\n"
    assert Documentation("It stands.", "This.", "That.", "There.") == Documentation.parse(whole)
    with pytest.raises(ValueError, match="section"):
        Documentation.parse("It stands.\n\nWhat it finds: this.")


@pytest.mark.parametrize("spans", [(Span(0, 2), Span(1, 3)), (Span(1, 1),), (Span(0, 9),), (Span(2, 3), Span(0, 1))])
def test_a_document_refuses_blocks_that_do_not_fit(spans: tuple[Span, ...]) -> None:
    blocks = tuple(Block(BlockKind.PARAGRAPH, span) for span in spans)
    with pytest.raises(ValueError, match="block"):
        Document("a", "a", "text", blocks, OffsetMap.identity("text"))


def test_a_document_refuses_an_offset_map_of_another_text() -> None:
    with pytest.raises(ValueError, match="offsets map"):
        Document("a", "a", "text", (), OffsetMap.identity("other text"))


def test_an_outcome_without_a_value_says_why() -> None:
    with pytest.raises(ValueError, match="say why"):
        Outcome(None)


def test_the_language_at_an_offset_is_the_blocks_or_the_pages() -> None:
    languages = Languages("en", (), (LanguageSpan(Span(0, 5), "ru", 1.0), LanguageSpan(Span(6, 9), "und", 0.2)))
    assert ["ru", "ru", "en", "en"] == [languages.at(offset) for offset in (0, 5, 6, 50)]
    assert "en" == Languages("en", (), ()).at(3)


def test_marks_are_taken_out() -> None:
    assert ("a bc d", (Span(2, 4),)) == marked("a ⟦bc⟧ d")
    assert ("abc", (Span(0, 3), Span(1, 2))) == marked("⟦a⟦b⟧c⟧")
    for wrong in ("⟦a", "a⟧"):
        with pytest.raises(ValueError, match="mark"):
            marked(wrong)


def test_facts_are_narrowed_to_what_was_declared() -> None:
    document = document_from_text("One sentence.")
    facts = facts_of(document)
    assert facts[LANGUAGES] == one_language(document, "en")
    with pytest.raises(KeyError, match="without being declared"):
        facts.narrowed(())[LANGUAGES]
