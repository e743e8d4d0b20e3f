from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langdetect.detector import Detector
from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

from mtcheck.engines.language_id.profiles import SMOOTHING, UNITS_PER_NAT, ProfileModel

TEXTS = (
    "The ferry to Varen leaves at nine, says the NATO envoy (again).",
    "Паром на Варен уходит в девять, СШАшный посол Ёлкин молчит",
    "Прем'єр-міністр Їжакевич сказав: «Ні»",
    "تغادر العبّارة إلى فارن في التاسعة صباحاً",
    "کشتی ساعت نه صبح به سوی وارن می‌رود",
    "渡轮九点开往瓦伦港，市长说。臺灣的漁船也來了",
    "フェリーは九時にバレンへ出発する",
    "여객선은 아홉 시에 바렌으로 떠난다",
    "Ștefan și Țăruș merg la piață",
    "Tàu thủy đi Varen lúc chín giờ sáng",
    "Δύο πλοία φεύγουν για το νησί",
    "naïve coöperation ²³ × ª º £ ·",
    "",
    "12 34 !!",
)


@pytest.fixture(scope="module")
def model() -> ProfileModel:
    return ProfileModel.load()


@pytest.fixture(scope="module")
def factory() -> DetectorFactory:
    """langdetect itself, with its own profiles."""
    factory = DetectorFactory()
    factory.load_profile(PROFILES_DIRECTORY)
    return factory


@pytest.mark.parametrize("text", TEXTS)
def test_counts_what_langdetect_would_count(text: str, model: ProfileModel, factory: DetectorFactory) -> None:
    detector = Detector(factory)
    detector.append(text + " ")
    grams = detector._extract_ngrams()
    expected = dict.fromkeys(factory.langlist, 0.0)
    for gram in grams:
        for language, share in zip(factory.langlist, factory.word_lang_prob_map[gram], strict=True):
            expected[language] += math.log(share + SMOOTHING)
    evidence = model.score([text])
    assert [len(grams)] == evidence.features.tolist()
    for language, value in zip(model.languages, evidence.log_likelihoods[0], strict=True):
        wanted = max(expected["zh-cn"], expected["zh-tw"]) if language == "zh" else expected[language]
        assert value == pytest.approx(wanted, abs=(len(grams) + 1) / UNITS_PER_NAT)


def test_knows_fifty_four_languages(model: ProfileModel) -> None:
    assert 54 == len(model.languages) == len(set(model.languages))
    assert {"en", "ru", "ar", "es", "fr", "de", "zh", "uk", "he", "fa", "tr", "pt"} <= set(model.languages)


def test_a_text_gets_the_same_row_in_any_company(model: ProfileModel) -> None:
    texts = [*TEXTS, "слово " * 9000, "x" * 50_000, *TEXTS]
    together = model.score(texts)
    for index, text in enumerate(texts):
        alone = model.score([text])
        assert np.array_equal(alone.log_likelihoods[0], together.log_likelihoods[index])
        assert alone.features[0] == together.features[index]


def test_a_long_text_counts_as_its_words_do(model: ProfileModel) -> None:
    word = model.score(["слово"])
    many = model.score(["слово " * 10_000])
    assert np.array_equal(10_000 * word.log_likelihoods, many.log_likelihoods)


def test_capitals_read_as_small_letters(model: ProfileModel) -> None:
    capitals, small = model.score(["ПОДПИСКА НА НОВОСТИ"]), model.score(["подписка на новости"])
    assert np.array_equal(capitals.log_likelihoods, small.log_likelihoods)


@pytest.mark.parametrize("hidden", ["\u00ad", "\u200b", "\ufeff"])
def test_invisible_characters_split_no_word(hidden: str, model: ProfileModel) -> None:
    plain, split = model.score(["переговоры"]), model.score([f"пере{hidden}говоры"])
    assert np.array_equal(plain.log_likelihoods, split.log_likelihoods)


@settings(max_examples=50)
@given(st.lists(st.text(st.characters(exclude_categories=())), max_size=5))
def test_any_text_has_finite_evidence(texts: list[str]) -> None:
    evidence = ProfileModel.load().score(texts)
    assert (len(texts), 54) == evidence.log_likelihoods.shape
    assert np.isfinite(evidence.log_likelihoods).all()
    assert all(
        (row == 0).all() for row, count in zip(evidence.log_likelihoods, evidence.features, strict=True) if not count
    )
