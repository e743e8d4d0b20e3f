"""What holds of every surface check for any text: no crash, hits inside blocks, the same hits twice."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtcheck.checks.encoding import escaped_unicode, invisible_control, mojibake, visible_entity
from mtcheck.checks.language import model_wrapper, token_leak
from mtcheck.checks.repetition import loop, repeated_sentence, repeated_word
from mtcheck.core.checks import Check
from mtcheck.core.facts import Facts
from mtcheck.core.languages import LANGUAGES
from mtcheck.testing import document_from_text, one_language, run_check
from mtcheck.text.sentences import SENTENCES, Sentence

CHECKS: tuple[Check[Any], ...] = tuple(
    module.CHECK
    for module in (
        repeated_word, loop, repeated_sentence, token_leak, model_wrapper,
        mojibake, visible_entity, escaped_unicode, invisible_control,
    )
)  # fmt: skip
PIECES = [
    "the ", "port ", "port, ", "cafÃ© ", "РџСЂ", "ط§ظ„", "\ufffd", "&quot;", "&amp;quot;", "\\u0441", "%D0%9F", "=D0=9F", "<unk>", "▁",
    "{0} ", "a@@ b ", "Translation: ", "I'm sorry, but I can't ", "```", "\u200b", "\u202e", "\ud800", "\x00", "研究", "“", "”", "`",
    "12 ", "Orlo-", "\n\n", ". ", "?? ", "\U0001f680", "\ufe0f", "http://", "É",
]  # fmt: skip


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
@settings(max_examples=60, deadline=None)
@given(
    st.one_of(st.text(alphabet=st.characters(codec=None)), st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
)
def test_any_text(check: Check[Any], text: str) -> None:
    document = document_from_text(text)
    sentences = tuple(Sentence(block.span, number, "en") for number, block in enumerate(document.blocks))
    facts = Facts({LANGUAGES: one_language(document, "en"), SENTENCES: sentences})
    hits = run_check(check, document, facts)
    for hit in hits:
        block = document.block_at(hit.span.start)
        assert block is not None
        assert block.span.contains(hit.span)
        assert all(related.span.end <= len(text) for related in hit.related)
    assert hits == run_check(check, document, facts)
