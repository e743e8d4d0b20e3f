"""The style of passages."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mtcheck.core.facts import FactRequest
from mtcheck.testing import document_from_text, facts_of
from mtcheck.text.machine_style import (
    MACHINE,
    PROVIDER,
    STYLE,
    TRANSLATED,
    StyleModel,
    Weight,
    running_sentences,
    style_model,
)
from mtcheck.text.sentences import SENTENCES
from mtcheck.text.style import features, passages, skeleton

PARAGRAPH = (
    "The council of Varen met on Monday. It did not decide anything. The old ferry was too small, said the mayor. "
)


def test_content_words_names_and_numbers_become_shapes() -> None:
    shapes = [
        token.shape for token in skeleton("The ministers of Varen didn’t quickly sign 12 agreements, “they” said.")
    ]
    expected = ["the", "-ers", "of", "Name", "didn't", "-ly", "x", "#", "-s", ",", '"', "they", '"', "said", "."]
    assert expected == shapes


def test_the_style_of_marks_and_dashes_makes_no_difference() -> None:
    curly = ["“It’s late – too late,” said the mayor."]
    straight = ['"It\'s late - too late," said the mayor.']
    assert features(curly, (', "', "-")) == features(straight, (', "', "-"))


def test_names_and_topics_make_no_difference() -> None:
    one = ["The mayor of Varen praised the new harbor.", "She said that it was late."]
    other = ["The judge of Ostrey praised the new bridge.", "She said that it was late."]
    left, right = features(one), features(other)
    assert set(left) == set(right)
    assert {name for name in left if abs(left[name] - right[name]) > 1e-9} <= {
        "mean word length",
        "mean length of content words",
    }


def test_no_words_no_features() -> None:
    assert {} == features(["...", "—"])


@given(st.integers(0, 400), st.integers(1, 30))
def test_passages_tile_a_text_and_none_is_short(count: int, size: int) -> None:
    found = passages(["x"] * count, size)
    assert (count >= size) == bool(found)
    if found:
        assert 0 == found[0][0]
        assert count == found[-1][1]
        assert all(size <= end - start < 2 * size for start, end in found)
        assert all(left[1] == right[0] for left, right in pairwise(found))


@given(st.text(max_size=300))
def test_any_sentence_has_a_skeleton(text: str) -> None:
    assert all(token.shape for token in skeleton(text))


def test_a_model_is_a_sum_of_named_parts_and_skips_features_that_are_not_there() -> None:
    weights = (
        Weight("a", 1.0, 2.0, 3.0),
        Weight("surprisal", 5.0, 1.0, 9.0),
        Weight("rate of “of the”", 0.0, 1.0, 1.0),
    )
    model = StyleModel("m", 0.5, weights, 2.0, -1.0, 0.6, 0.05, 0.1, 0.3, 0.7)
    assert ("of the",) == model.grams
    assert 0.5 + 3.0 == model.score({"a": 3.0})
    assert 0.5 + 3.0 - 9.0 == model.score({"a": 3.0, "surprisal": 4.0})
    assert 0.5 == model.probability(0.5)
    assert model.probability(-1e9) < 1e-9


def test_the_models_of_the_package_name_their_error_rates() -> None:
    for name in (MACHINE, TRANSLATED):
        model = style_model(name)
        assert name == model.name
        assert 0 < model.native_flagged < 0.1
        assert model.native_flagged < model.found < 1
        assert 0.5 < model.threshold < 1
        assert model.slope > 0


def test_a_page_of_ten_sentences_is_judged_and_a_short_one_is_not() -> None:
    document = document_from_text("\n\n".join([PARAGRAPH.strip()] * 8))
    facts = facts_of(document)
    (one, two) = facts[STYLE].passages
    assert (12, 12) == (one.sentences, two.sentences)
    assert 0 == one.span.start
    assert len(document.text) == two.span.end
    short = document_from_text(PARAGRAPH)
    outcome = PROVIDER.provide([FactRequest(short, facts_of(short))])[0]
    assert outcome.value is not None
    assert () == outcome.value.passages
    assert "style needs at least 10 sentences of running text" == outcome.omissions[0].reason
    assert not outcome.omissions[0].incomplete


def test_a_page_in_another_language_is_said_to_be_not_checked() -> None:
    document = document_from_text("Der Rat tagte am Montag im alten Hafenamt. " * 20, "de")
    facts = facts_of(document, "de")
    sentences = facts[SENTENCES]
    assert [] == running_sentences(document, sentences)
    outcome = PROVIDER.provide([FactRequest(document, facts)])[0]
    assert "English only" in outcome.omissions[0].reason
