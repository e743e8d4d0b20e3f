from __future__ import annotations

import math
import sys
from pathlib import Path

import numpy as np
import pytest

from mtcheck.core.errors import ConfigurationError, ModelUnavailable
from mtcheck.engines.language_id.fasttext import FLOOR, FastTextModel, packaged_model
from mtcheck.engines.language_id.identifier import Identifier
from mtcheck.engines.language_id.lines import languages_of_lines
from mtcheck.engines.language_id.models import LazyModels, default_models, models_of
from mtcheck.engines.language_id.profiles import TUNED, LikelihoodModel, ProfileModel
from mtcheck.engines.language_id.provider import LanguagesProvider

TEXTS = ("The ferry to the island", "паром на остров", "Die Fähre zur Insel", "市长说渡轮每天早上九点开往该岛")


@pytest.fixture(scope="module")
def model() -> FastTextModel:
    return FastTextModel.load()


def best(model: LikelihoodModel, text: str) -> str:
    return model.languages[int(model.score([text]).log_likelihoods[0].argmax())]


def test_the_installed_model_is_a_file_of_the_package() -> None:
    assert "lid.176.ftz" == packaged_model().name


def test_names_languages_by_probability(model: FastTextModel) -> None:
    assert ["en", "ru", "de", "zh"] == [best(model, text) for text in TEXTS]
    evidence = model.score(TEXTS)
    assert [1, 1, 1, 1] == evidence.features.tolist()
    assert all(0.9 < np.exp(row[row > FLOOR]).sum() < 1.01 for row in evidence.log_likelihoods)


def test_varieties_count_as_the_language(model: FastTextModel) -> None:
    class Fixed:
        def predict(self, text: str, k: int, threshold: float) -> tuple[list[str], list[float]]:
            return ["__label__nn", "__label__no", "__label__xx"], [0.25, 0.5, 0.25]

    evidence = FastTextModel(Fixed(), "fixed").score(["ferje"])
    row = dict(zip(model.languages, evidence.log_likelihoods[0], strict=True))
    assert math.log(0.75) == pytest.approx(row["no"])
    assert FLOOR == row["en"]


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b"])
def test_nothing_to_read_says_nothing(text: str, model: FastTextModel) -> None:
    assert 0 == model.score([text]).features[0]


@pytest.mark.parametrize("text", ["\ud800 ferry", "a\0b", "line\nline", "я" * 1_000_000, "\ue000", "word " * 100_000])
def test_any_text_can_be_read(text: str, model: FastTextModel) -> None:
    assert np.isfinite(model.score([text]).log_likelihoods).all()


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "model.ftz"
    with pytest.raises(ModelUnavailable, match=r"model\.ftz"):
        FastTextModel.load(file)
    file.write_bytes(b"no model")
    with pytest.raises(ModelUnavailable, match=r"model\.ftz"):
        FastTextModel.load(file)


def test_a_missing_package_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ModelUnavailable, match="pip install"):
        packaged_model()


def test_a_missing_extra_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    from mtcheck.engines.language_id.lingua import LinguaModel

    monkeypatch.setitem(sys.modules, "lingua", None)
    LinguaModel.load.cache_clear()
    with pytest.raises(ModelUnavailable, match=r"mtcheck\[lingua\]"):
        models_of(["lingua"])


def test_lingua_gives_a_third_opinion() -> None:
    pytest.importorskip("lingua", reason="needs the extra lingua")
    from mtcheck.engines.language_id.lingua import LinguaModel

    model = LinguaModel.load()
    assert ["en", "ru", "de"] == [best(model, text) for text in TEXTS[:3]]
    assert 0 == model.score([""]).features[0]
    assert np.isfinite(model.score(["\ud800", "😀"]).log_likelihoods).all()


@pytest.mark.parametrize("backends", [[], ["lang"], ["langdetect", "x"]])
def test_unknown_backends_are_refused(backends: list[str]) -> None:
    with pytest.raises(ConfigurationError, match="language_backends"):
        LazyModels(backends)


def test_models_come_in_the_order_of_the_calibration() -> None:
    assert ["profiles", "fasttext"] == [model.kind for model in models_of(["fasttext", "langdetect"])]
    assert default_models() == models_of(["langdetect", "fasttext"])


@pytest.mark.parametrize("backends", [["langdetect"], ["fasttext"]])
def test_each_model_alone_names_sentences(backends: list[str]) -> None:
    provider = LanguagesProvider(Identifier(LazyModels(backends)))
    texts = [
        "The ferry to the island leaves at nine in the morning, the mayor said.",
        "Паром на остров уходит в девять часов утра, сообщил мэр города.",
    ]
    assert ["en", "ru"] == [found.page for found in languages_of_lines(texts, provider=provider)]


def test_capitals_change_nothing_for_the_tuned_profiles() -> None:
    model = ProfileModel.load(TUNED)
    small, large = model.score(["der hafen von varen", "Der Hafen von Varen"]).log_likelihoods
    assert np.array_equal(small, large)


def test_a_letter_that_a_language_does_not_use_speaks_against_it() -> None:
    model = ProfileModel.load(TUNED)
    column = {language: number for number, language in enumerate(model.languages)}
    [row] = model.score(["ї"]).log_likelihoods
    assert row[column["ru"]] <= -TUNED.absent  # type: ignore[operator]  # it is set for these profiles
    assert row[column["uk"]] > row[column["ru"]] + 5
