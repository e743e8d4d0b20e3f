"""N-gram models against figures worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from mtcheck.core.errors import ModelUnavailable
from mtcheck.measuring.ngrams import FIRST, NgramLanguageModel, Ngrams

A, B = FIRST, FIRST + 1


def test_witten_bell_by_hand() -> None:
    """Seen: a b, a b, b. Two kinds of symbol among five, so p(a) = (2 + 2/4) / 7 with four symbols in all."""
    model = Ngrams([[A, B], [A, B], [B]], order=2, size=4)
    # Unigrams: a twice, b three times; two kinds.
    unigram_a, unigram_b = (2 + 2 / 4) / 7, (3 + 2 / 4) / 7
    # After the beginning: a twice, b once, two kinds. After a: b twice, one kind.
    first_a = (2 + 2 * unigram_a) / (3 + 2)
    second_b = (2 + 1 * unigram_b) / (2 + 1)
    [bits] = model.bits([[A, B]])
    assert bits == pytest.approx([-np.log2(first_a), -np.log2(second_b)])


def test_what_never_stood_in_a_context_backs_off() -> None:
    model = Ngrams([[A, B], [A, B]], order=3, size=4)
    [known, unknown] = model.bits([[A, B], [B, B]])
    assert known[1] < unknown[1]
    assert np.isfinite(unknown).all()


@pytest.mark.parametrize(("order", "words"), [(4, False), (3, True)])
def test_the_usual_order_surprises_less(order: int, words: bool) -> None:
    texts = [f"The {who} sees the {thing} again." for who in ("baker", "pilot") for thing in ("boat", "tower")] * 2
    model = NgramLanguageModel(texts, order=order, words=words)
    usual, strange = model.surprisals(["The pilot sees the boat again.", "Again boat the sees pilot the."], "en")
    assert sum(token.bits for token in usual) < sum(token.bits for token in strange)
    with pytest.raises(ModelUnavailable, match="does not know"):
        model.surprisals([""], "ru")


def test_places_are_those_of_the_text() -> None:
    model = NgramLanguageModel(["It’s late.", "It’s late."], order=2, words=True)
    text = "“It’s” — late"
    [tokens] = model.surprisals([text], "en")
    assert [token.span.of(text) for token in tokens] == ["“", "It’s", "”", "—", "late"]
