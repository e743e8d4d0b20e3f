"""The runtimes, the places of tokens, and what is refused."""

from __future__ import annotations

import math
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mtcheck.core.errors import EngineError, ModelUnavailable
from mtcheck.core.surprisal import TokenSurprisal
from mtcheck.engines.batching import OutOfMemory
from mtcheck.engines.language_model import FirstLanguageModel, LanguageModelSettings, open_language_model
from mtcheck.engines.language_model.checkpoint import read_checkpoint
from mtcheck.engines.language_model.model import CheckpointLanguageModel
from mtcheck.engines.language_model.windows import Window
from mtcheck.testing import FakeLanguageModel
from tests.engines.language_model.tiny_causal import LONGEST
from tests.hang import no_hang

PLAIN = "The minister said on Monday that the talks in Varen would go on for another week."
TEXTS = [
    PLAIN,
    "“The talks”, she said — for the third time… — ‘go on’.",
    "naïve Cafe\u0301 中文 ﬁn 🙂 \ud800 \x00 \ue000 x\u200by \u202eab",
    "",
    " \n\t ",
    "\u200b\ufeff",
    "the port " * 100,
]
# No token: white space, and what plain_punctuation takes for unseen.
UNSEEN = set("\xad\ufeff\ufffe\uffff") | {
    chr(code)
    for first, last in ((0, 0x1F), (0x7F, 0x9F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F))
    for code in range(first, last + 1)
}


def shown(text: str, tokens: Sequence[TokenSurprisal]) -> list[str]:
    return [token.span.of(text) for token in tokens]


def check_places(text: str, tokens: Sequence[TokenSurprisal]) -> None:
    end = 0
    for token in tokens:
        assert end <= token.span.start < token.span.end <= len(text)
        assert all(char.isspace() or char in UNSEEN for char in text[end : token.span.start])
        part = token.span.of(text)
        assert not part[0].isspace()
        assert not part[-1].isspace()
        assert token.bits >= 0
        end = token.span.end
    assert all(char.isspace() or char in UNSEEN for char in text[end:])


def test_places_are_exact(torch_model: CheckpointLanguageModel) -> None:
    for text, tokens in zip(TEXTS, torch_model.surprisals(TEXTS, "en"), strict=True):
        check_places(text, tokens)
    [tokens] = torch_model.surprisals([TEXTS[1]], "en")
    assert {"“", "”", "—", "…", "‘", "’"} <= set(shown(TEXTS[1], tokens))
    [tokens] = torch_model.surprisals([TEXTS[2]], "en")
    assert {"中", "文", "🙂", "e\u0301", "\ud800", "\ue000"} <= set(shown(TEXTS[2], tokens))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(), max_size=60) | st.text("ab “”—…'\u0301\u200b\x00ﬁ\ud800\n中 ", max_size=60))
def test_places_are_exact_in_any_text(fast_model: CheckpointLanguageModel, text: str) -> None:
    [tokens] = fast_model.surprisals([text], "en")
    check_places(text, tokens)


def test_both_runtimes_give_the_same(torch_model: CheckpointLanguageModel, fast_model: CheckpointLanguageModel) -> None:
    on_torch, on_ctranslate2 = torch_model.surprisals(TEXTS, "en"), fast_model.surprisals(TEXTS, "en")
    for left, right in zip(on_torch, on_ctranslate2, strict=True):
        assert [token.span for token in left] == [token.span for token in right]
        assert [token.bits for token in left] == pytest.approx([token.bits for token in right], abs=0.002)


def test_a_tokenizer_json_is_understood_on_both_runtimes(json_folder: Path, converted_cache: Path) -> None:
    answers = [
        open_language_model(
            LanguageModelSettings(str(json_folder), ("en",), runtime, "float32", device="cpu", cache=converted_cache)
        ).surprisals(TEXTS, "en")
        for runtime in ("transformers", "ctranslate2")
    ]
    for text, left, right in zip(TEXTS, *answers, strict=True):
        check_places(text, left)
        assert [token.span for token in left] == [token.span for token in right]
        assert [token.bits for token in left] == pytest.approx([token.bits for token in right], abs=0.002)


def test_eight_bits_come_near(
    sentencepiece_folder: Path, converted_cache: Path, torch_model: CheckpointLanguageModel
) -> None:
    model = open_language_model(
        LanguageModelSettings(
            str(sentencepiece_folder), ("en",), "ctranslate2", "int8", device="cpu", cache=converted_cache
        )
    )
    [exact], [near] = torch_model.surprisals([PLAIN], "en"), model.surprisals([PLAIN], "en")
    assert [token.bits for token in near] == pytest.approx([token.bits for token in exact], abs=0.3)


def test_bits_are_those_of_the_model_itself(sentencepiece_folder: Path, torch_model: CheckpointLanguageModel) -> None:
    """Against transformers and SentencePiece used by hand, on a text that fits into one window."""
    import sentencepiece
    import torch
    from transformers import AutoModelForCausalLM

    text = "the old port closed"
    numbers = [
        1,
        *sentencepiece.SentencePieceProcessor(model_file=str(sentencepiece_folder / "tokenizer.model")).encode(text),
    ]
    model = AutoModelForCausalLM.from_pretrained(str(sentencepiece_folder), dtype=torch.float32).eval()  # type: ignore[no-untyped-call]
    with torch.inference_mode():
        table = model(torch.tensor([numbers])).logits[0].log_softmax(-1)
    expected = [-float(table[place, number]) / math.log(2) for place, number in enumerate(numbers[1:])]
    [tokens] = torch_model.surprisals([text], "en")
    assert sum(expected) == pytest.approx(sum(token.bits for token in tokens), abs=0.01)
    assert ["the", "old", "port", "closed"] == shown(text, tokens)
    assert expected == pytest.approx([token.bits for token in tokens], abs=0.002)


def test_context_counts_and_reaches_across_windows(torch_model: CheckpointLanguageModel) -> None:
    """A token costs the same in a long text as with the context of its own window alone, and another without it."""
    words = "the minister port treaty river signed saw closed old new small harbor council said".split()
    text = " ".join(words[(number * 5) % len(words)] for number in range(3 * LONGEST))
    [whole] = torch_model.surprisals([text], "en")
    assert 3 * LONGEST <= len(whole)
    [alone] = torch_model.surprisals([shown(text, whole)[60]], "en")
    assert abs(whole[60].bits - alone[0].bits) > 0.01
    # The second window asks for 16 tokens after 15 of context: the text cut to just that gives the same figures.
    part = text[whole[LONGEST - 16].span.start : whole[LONGEST + 15].span.end]
    [again] = torch_model.surprisals([part], "en")
    assert LONGEST == len(again)
    assert [token.bits for token in again[16:]] == pytest.approx([token.bits for token in whole[32:48]], abs=0.002)


def test_typography_carries_no_surprisal(fast_model: CheckpointLanguageModel) -> None:
    straight = "\"The talks\", she said - for the third time... - 'go on'."
    [left], [right] = fast_model.surprisals([straight], "en"), fast_model.surprisals([TEXTS[1]], "en")
    assert sum(token.bits for token in left) == pytest.approx(sum(token.bits for token in right), abs=0.01)


def test_answers_do_not_depend_on_what_else_is_asked(fast_model: CheckpointLanguageModel) -> None:
    together = fast_model.surprisals([*TEXTS, PLAIN], "en")
    assert together[0] == together[-1]
    assert together == [fast_model.surprisals([text], "en")[0] for text in [*TEXTS, PLAIN]]


def test_a_word_of_a_megabyte(fast_model: CheckpointLanguageModel) -> None:
    with no_hang():
        [tokens] = fast_model.surprisals(["portriver" * 12_000 + "x" * 40_000], "en")
    assert tokens[-1].span.end == 148_000
    assert sum(len(token.span) for token in tokens) == 148_000


def test_a_language_it_does_not_know(torch_model: CheckpointLanguageModel) -> None:
    assert not torch_model.supports("ru")
    with pytest.raises(ModelUnavailable, match="ru"):
        torch_model.surprisals([PLAIN], "ru")
    assert torch_model.signature == torch_model.signature_of("en")
    with pytest.raises(ModelUnavailable, match="ru"):
        torch_model.signature_of("ru")


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        ("config.json", "config.json"),
        ("model.safetensors", "no weights"),
        ("tokenizer.model", "tokenizer"),
    ],
)
def test_what_is_missing_is_said(sentencepiece_folder: Path, tmp_path: Path, file: str, reason: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(sentencepiece_folder, folder)
    (folder / file).unlink()
    with pytest.raises(ModelUnavailable, match=reason):
        open_language_model(LanguageModelSettings(str(folder), ("en",), cache=tmp_path)).surprisals([PLAIN], "en")


def test_weights_that_are_damaged(sentencepiece_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(sentencepiece_folder, folder)
    (folder / "model.safetensors").write_bytes(b"\x00" * 100)
    for runtime in ("transformers", "ctranslate2"):
        model = open_language_model(LanguageModelSettings(str(folder), ("en",), runtime, cache=tmp_path))
        with pytest.raises(EngineError, match="model"):
            model.surprisals([PLAIN], "en")


def test_a_folder_without_a_card_needs_its_languages_said(sentencepiece_folder: Path) -> None:
    with pytest.raises(ModelUnavailable, match="languages"):
        read_checkpoint(sentencepiece_folder)


def test_a_translation_model_is_no_language_model() -> None:
    import mtcheck.models

    folder = Path(next(iter(mtcheck.models.__path__))) / "english-spanish-small"
    with pytest.raises(ModelUnavailable, match="translates"):
        read_checkpoint(folder, languages=("en",))


@pytest.mark.parametrize("name", ["no-such-model", "./nowhere", "/nowhere/at/all"])
def test_a_model_that_is_not_there(name: str) -> None:
    with pytest.raises(ModelUnavailable, match="neither a folder nor an embedded model"):
        open_language_model(LanguageModelSettings(name, ("en",)))


class SmallMemory:
    """A scorer that takes one window at a time, and none longer than so many tokens."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self.asked: list[int] = []

    @property
    def signature(self) -> str:
        return "small memory"

    def load(self, checkpoint: object) -> SmallMemory:
        return self

    def score(self, windows: Sequence[Window]) -> list[list[float]]:
        if len(windows) > 1 or len(windows[0].read) > self._longest:
            raise OutOfMemory
        self.asked.append(len(windows[0].asked))
        return [[-1.0] * len(window.asked) for window in windows]


def test_batches_are_halved_until_they_fit(sentencepiece_folder: Path) -> None:
    checkpoint = read_checkpoint(sentencepiece_folder, languages=("en",))
    scorer = SmallMemory(LONGEST)
    model = CheckpointLanguageModel(checkpoint, scorer)
    answers = model.surprisals(["the port", "the old river", "the port"], "en")
    assert [2, 3, 2] == [len(answer) for answer in answers]
    assert 2 == len(scorer.asked)
    with pytest.raises(EngineError, match="memory"):
        CheckpointLanguageModel(checkpoint, SmallMemory(1)).surprisals(["the port"], "en")


def test_each_language_goes_to_the_first_model_that_knows_it() -> None:
    english, both = FakeLanguageModel({"a": 1.0}), FakeLanguageModel({"a": 2.0}, languages=("en", "fr"))
    model = FirstLanguageModel([english, both])
    assert 1.0 == model.surprisals(["a"], "en")[0][0].bits
    assert 2.0 == model.surprisals(["a"], "fr")[0][0].bits
    assert (True, False) == (model.supports("fr"), model.supports("ru"))
    assert "fake language model or fake language model" == model.signature
    assert "fake language model" == model.signature_of("fr")
    with pytest.raises(ModelUnavailable, match="ru"):
        model.signature_of("ru")
    with pytest.raises(ModelUnavailable, match="ru"):
        model.surprisals(["a"], "ru")
