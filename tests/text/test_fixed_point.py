from __future__ import annotations

from mtcheck.engines.models.catalog import TRANSLATION, embedded_models
from mtcheck.text.fixed_point import FIXED_POINT, Return, fixed_point_features
from mtcheck.text.machine_style import style_model


def test_what_comes_back_is_counted_in_runs() -> None:
    found = fixed_point_features([Return("the old port is closed", "the old harbor is closed", 80.0)])
    assert found["share of runs of 1 words that come back"] == 0.8
    assert found["share of runs of 2 words that come back"] == 0.5
    assert found["share of runs of 4 words that come back"] == 0.0
    assert found["share of sentences that come back word for word"] == 0.0
    assert found["length of what comes back"] == 0.0


def test_names_and_numbers_are_a_feature_of_their_own() -> None:
    found = fixed_point_features([Return("On Monday 4 ships left Varen.", "On Monday 4 ships left Varen.", 100.0)])
    assert found["share of sentences that come back word for word"] == 1.0
    assert found["share of names and numbers"] == 3 / 6


def test_no_words_have_no_features() -> None:
    assert fixed_point_features([Return("…", "…", 0.0)]) == {}


def test_the_model_was_fitted_with_a_translator_that_the_package_has() -> None:
    model = style_model(FIXED_POINT)
    features = fixed_point_features([Return("the port is closed", "the port is shut", 80.0)])
    assert {weight.feature for weight in model.weights} == set(features)
    assert model.language_model.split()[0] in {card.name for card in embedded_models() if card.kind == TRANSLATION}
