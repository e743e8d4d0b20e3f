"""Which language a scan goes through where the settings say nothing: the best by the cards of the models in use."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtcheck.app.planning import best_pivots
from mtcheck.config import load_settings
from mtcheck.engines.models import catalog
from mtcheck.engines.models.catalog import ModelCard, RoundTripScore


def card(name: str, *scores: RoundTripScore) -> ModelCard:
    return ModelCard(name, "translation", (), "MIT", "1", (), Path(), round_trips=scores)


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (None, {"en": ["es", "ru"], "ar": ["en"]}),
        ("small", {"en": ["ru"]}),
        ("elsewhere/x, large", {"en": ["es"], "ar": ["en"]}),
        ("elsewhere/x", {}),
    ],
)
def test_the_best_measured_pivot_comes_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, model: str | None, expected: dict[str, list[str]]
) -> None:
    large = card("large", RoundTripScore("en", "es", 60.0), RoundTripScore("ar", "en", 40.0))
    cards = (large, card("small", RoundTripScore("en", "ru", 50.0)))
    monkeypatch.setattr(catalog, "embedded_models", lambda: cards)
    assert expected == best_pivots(load_settings({"translation": {"model": model}}, tmp_path).settings)
