from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from mtcheck.core.translation import Translation
from mtcheck.core.unusable import Unusable
from mtcheck.engines.models.catalog import TRANSLATION, embedded_models
from mtcheck.engines.translation import FirstTranslator
from mtcheck.engines.translation import doubt as doubts
from mtcheck.engines.translation.cache import CachedTranslator, TranslationCache
from mtcheck.engines.translation.doubt import Doubt, distance_of, doubt_for, read, write
from mtcheck.engines.translation.watch import WatchedTranslator, judge
from mtcheck.testing import FakeTranslator

TEXT, GOOD = "The ferry sails again.", "El barco navega de nuevo."
DOUBT = Doubt(-1.0, -2.0, -1.0, 3.0, 0.5)


@pytest.mark.parametrize(
    ("score", "coverage", "unusable"),
    [(-0.2, 1.0, ""), (-2.0, 1.0, Unusable.LOW_CONFIDENCE), (-2.0, None, Unusable.LOW_CONFIDENCE), (-1.1, None, "")],
)
def test_signs_are_weighed_together_where_all_are_there(score: float, coverage: float | None, unusable: str) -> None:
    judged = judge(TEXT, Translation(GOOD, score, coverage=coverage), "en", "es", DOUBT)
    assert unusable == judged.unusable


def test_a_length_far_from_the_usual_raises_the_doubt() -> None:
    assert DOUBT.probability(-0.5, 1.0, 0.5) > DOUBT.probability(-0.5, 1.0, 1.0)
    assert distance_of(2.0) == pytest.approx(distance_of(0.5))
    assert DOUBT.probability(-99.0, 0.0, 0.0) <= 1.0


def test_what_was_fitted_is_kept_by_model_and_direction(tmp_path: Path) -> None:
    path = tmp_path / "doubts.json"
    assert read(path) == {}
    write(path, "small abc", "en-es", DOUBT)
    write(path, "small abc", "es-en", DOUBT)
    assert read(path) == {"small abc": {"en-es": DOUBT, "es-en": DOUBT}}
    write(path, "large def", "en-ru", DOUBT)
    # Other weights of the same name put out what was fitted for the ones before them.
    write(path, "small xyz", "en-es", DOUBT)
    assert read(path) == {"small xyz": {"en-es": DOUBT}, "large def": {"en-ru": DOUBT}}


def test_only_the_model_it_was_fitted_for_is_judged_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doubts, "_fitted", lambda: {"small abc": {"en-es": DOUBT}, "large def": {"en-ru": DOUBT}})
    assert doubt_for("small abc ctranslate2 beams 1", "en", "es") == DOUBT
    assert doubt_for("small abc ctranslate2 beams 1", "es", "en") is None
    assert doubt_for("large def ctranslate2 beams 1", "en", "es") is None


class Named(FakeTranslator):
    """A translator with a name of its own that is somewhat unsure."""

    def __init__(self, signature: str) -> None:
        super().__init__()
        self._signature = signature

    @property
    def signature(self) -> str:
        return self._signature

    def translate(self, texts: Sequence[str], source_language: str, target_language: str) -> list[Translation]:
        del source_language, target_language
        return [Translation(GOOD, -1.0, coverage=0.6) for _ in texts]


@pytest.mark.parametrize(
    ("names", "unusable"),
    [(("small abc", "large def"), Unusable.LOW_CONFIDENCE), (("large def", "small abc"), "")],
)
def test_of_several_models_the_one_that_translates_is_judged_by_what_was_fitted_for_it(
    names: tuple[str, ...], unusable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doubts, "_fitted", lambda: {"small abc": {"en-es": DOUBT}})
    several = CachedTranslator(FirstTranslator([Named(name) for name in names]), TranslationCache(tmp_path))
    watched = WatchedTranslator(several)
    (answer,) = watched.translate([TEXT], "en", "es")
    assert (unusable, names[0]) == (answer.unusable, watched.signature_for("en", "es"))
    assert watched.signature_for("en", "ru") == ""


def test_the_package_was_fitted_for_models_that_it_has() -> None:
    found = read(Path(doubts.__file__).with_name(doubts.FILE))
    cards = {card.name: card for card in embedded_models() if card.kind == TRANSLATION}
    assert found
    for model, directions in found.items():
        assert set(directions) <= set(cards[model.split()[0]].directions)
