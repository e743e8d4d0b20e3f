from __future__ import annotations

from pathlib import Path

import pytest

from mtcheck.engines.language_model import LanguageModelSettings, open_language_model
from mtcheck.engines.language_model.model import CheckpointLanguageModel
from tests.engines.language_model.tiny_causal import make_json_model, make_sentencepiece_model


@pytest.fixture(scope="session")
def sentencepiece_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Llama model with SentencePiece, made once a session; tests must not change it."""
    return make_sentencepiece_model(tmp_path_factory.mktemp("causal") / "pieces")


@pytest.fixture(scope="session")
def json_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A GPT-2 model with a ``tokenizer.json``, made once a session; tests must not change it."""
    return make_json_model(tmp_path_factory.mktemp("causal") / "json")


@pytest.fixture(scope="session")
def converted_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("converted")


@pytest.fixture(scope="session")
def torch_model(sentencepiece_folder: Path) -> CheckpointLanguageModel:
    return _opened(LanguageModelSettings(str(sentencepiece_folder), ("en",), "transformers", device="cpu"))


@pytest.fixture(scope="session")
def fast_model(sentencepiece_folder: Path, converted_cache: Path) -> CheckpointLanguageModel:
    """The same model on CTranslate2 with 32 bits."""
    return _opened(
        LanguageModelSettings(
            str(sentencepiece_folder), ("en",), "ctranslate2", "float32", device="cpu", cache=converted_cache
        )
    )


def _opened(settings: LanguageModelSettings) -> CheckpointLanguageModel:
    model = open_language_model(settings)
    assert isinstance(model, CheckpointLanguageModel)
    return model
