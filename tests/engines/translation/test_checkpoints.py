from __future__ import annotations

import json
import random
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from mtcheck.core.errors import EngineError, ModelUnavailable
from mtcheck.core.translation import Translator
from mtcheck.core.unusable import Unusable
from mtcheck.engines.batching import OutOfMemory
from mtcheck.engines.models import store
from mtcheck.engines.models.catalog import read_card
from mtcheck.engines.translation import TranslatorSettings, neural, open_translator, translate
from mtcheck.engines.translation import ctranslate2 as ctranslate2_runtime
from mtcheck.engines.translation.checkpoint import Family, read_checkpoint
from mtcheck.engines.translation.ctranslate2 import CTranslate2Runtime
from mtcheck.engines.translation.languages import M2M100_LANGUAGES, NLLB_CODES, short_code
from mtcheck.engines.translation.marian import TransformersDecoder, TransformersRuntime
from mtcheck.engines.translation.neural import CheckpointTranslator, Decoded
from mtcheck.engines.translation.subwords import Subwords
from tests.engines.translation.hub import COMMIT, Hub, serve
from tests.engines.translation.tiny_marian import sentence, toy

RUNTIMES = ("transformers", "ctranslate2")
SENTENCE = "the old minister signed a treaty"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def translator_of(folder: Path, runtime: str, cache: Path, beams: int = 1) -> CheckpointTranslator:
    made = TransformersRuntime(beams, "cpu") if runtime == "transformers" else CTranslate2Runtime(cache, beams, "cpu")
    return CheckpointTranslator(read_checkpoint(folder), made)


def texts_of(count: int) -> list[str]:
    randomness = random.Random(99)
    return [sentence(randomness) for _ in range(count)]


@pytest.mark.parametrize("beams", [1, 3])
@pytest.mark.parametrize("runtime", RUNTIMES)
def test_a_trained_checkpoint_translates(tiny_checkpoint: Path, cache: Path, runtime: str, beams: int) -> None:
    texts = texts_of(40)
    answers = translator_of(tiny_checkpoint, runtime, cache, beams).translate(texts, "en", "es")
    right = sum(answer.text == toy(text) for answer, text in zip(answers, texts, strict=True))
    assert right >= 36
    assert all(answer.unusable == "" for answer in answers)
    assert all(answer.score is not None and -1.5 < answer.score <= 0 for answer in answers)


def test_the_two_runtimes_agree(tiny_checkpoint: Path, cache: Path) -> None:
    texts = texts_of(60)
    first, second = (
        translator_of(tiny_checkpoint, runtime, cache).translate(texts, "en", "es") for runtime in RUNTIMES
    )
    same = [(one, other) for one, other in zip(first, second, strict=True) if one.text == other.text]
    assert len(same) >= 54
    for one, other in same:
        assert one.score is not None
        assert other.score is not None
        # Eight bits move a score a little; another definition of it would move it far.
        assert abs(one.score - other.score) < 0.15


def test_the_two_runtimes_score_a_given_translation_alike(tiny_checkpoint: Path, tmp_path: Path) -> None:
    """In float32 they differ by rounding only; the eight bits of the shipped conversion move a token a little."""
    texts = texts_of(30)
    sources, targets = [*texts, "", texts[0]], [*map(toy, texts), toy(texts[0]), toy(texts[1])]
    slow = translator_of(tiny_checkpoint, "transformers", tmp_path).likelihoods(sources, targets, "en", "es")
    quick = translator_of(tiny_checkpoint, "ctranslate2", tmp_path).likelihoods(sources, targets, "en", "es")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ctranslate2_runtime, "QUANTIZATION", "float32")
        exact = translator_of(tiny_checkpoint, "ctranslate2", tmp_path).likelihoods(sources, targets, "en", "es")
    for one, other, coarse in zip(slow, exact, quick, strict=True):
        assert one is not None
        assert other is not None
        assert coarse is not None
        assert one.tokens == other.tokens == coarse.tokens
        assert one.mean == pytest.approx(other.mean, abs=1e-3)
        assert one.mean == pytest.approx(coarse.mean, abs=0.3)


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_the_right_translation_is_likelier_than_another_text(tiny_checkpoint: Path, cache: Path, runtime: str) -> None:
    translator = translator_of(tiny_checkpoint, runtime, cache)
    right, wrong, long = translator.likelihoods(
        [SENTENCE, SENTENCE, "port " * 100], [toy(SENTENCE), toy("a river closed the new port"), "x"], "en", "es"
    )
    assert right is not None
    assert wrong is not None
    assert right.tokens == len(SENTENCE.split()) + 1
    assert right.mean > wrong.mean + 1
    assert long is None
    assert translator.likelihoods([SENTENCE], ["x"], "es", "en") == [None]


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_several_translations_come_best_first(tiny_checkpoint: Path, cache: Path, runtime: str) -> None:
    translator = translator_of(tiny_checkpoint, runtime, cache)
    found, empty, long = translator.proposals([SENTENCE, "", "port " * 100], "en", "es", 3)
    assert toy(SENTENCE) == found[0].text
    assert len({each.text for each in found}) == 3
    scores = [each.score for each in found if each.score is not None]
    assert scores == sorted(scores, reverse=True)
    assert (empty, long) == ((), ())
    assert translator.proposals([SENTENCE], "es", "en", 3) == [()]


def test_greedy_scores_are_those_of_the_model(tiny_checkpoint: Path) -> None:
    """The noted score is the mean log-probability that one forward pass over the translation gives."""
    import torch

    checkpoint = read_checkpoint(tiny_checkpoint)
    subwords = Subwords(checkpoint)
    decoder = TransformersRuntime(1, "cpu").load(checkpoint, subwords)
    batch = subwords.encode(texts_of(5), "en", "es")
    for source, decoded in zip(batch, decoder.decode(batch, None, 30), strict=True):
        target = torch.tensor([[*decoded.numbers, subwords.end]])
        with torch.no_grad():
            logits = decoder._model(input_ids=torch.tensor([source]), labels=target).logits.clone()
        logits[:, :, decoder._model.config.pad_token_id] = float("-inf")
        expected = logits.log_softmax(-1).gather(-1, target.unsqueeze(-1)).mean().item()
        assert decoded.score == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_odd_texts_are_marked_and_cost_the_others_nothing(tiny_checkpoint: Path, cache: Path, runtime: str) -> None:
    text = SENTENCE
    texts = ["", text, "port " * 100, " \n ", "\ud800 the port", text]
    answers = translator_of(tiny_checkpoint, runtime, cache).translate(texts, "en", "es")
    assert [Unusable.EMPTY, "", Unusable.INPUT_TOO_LONG, Unusable.EMPTY] == [answer.unusable for answer in answers[:4]]
    assert answers[1] == answers[5]
    assert answers[1].text == toy(text)
    assert translator_of(tiny_checkpoint, runtime, cache).translate([], "en", "es") == []


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_a_translation_that_does_not_end_is_marked(
    tiny_checkpoint: Path, cache: Path, runtime: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neural, "OUTPUT_RATIO", 0)
    monkeypatch.setattr(neural, "OUTPUT_SLACK", 3)
    (answer,) = translator_of(tiny_checkpoint, runtime, cache).translate(
        ["the old minister signed a treaty"], "en", "es"
    )
    assert answer.unusable == Unusable.TRUNCATED


def test_a_batch_that_does_not_fit_is_halved(tiny_checkpoint: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = TransformersDecoder.decode
    sizes: list[int] = []

    def decode(
        self: TransformersDecoder, batch: Sequence[Sequence[int]], start: int | None, max_tokens: int
    ) -> list[Decoded]:
        if len(batch) > 3:
            raise OutOfMemory
        sizes.append(len(batch))
        return whole(self, batch, start, max_tokens)

    texts = texts_of(10)
    translator = translator_of(tiny_checkpoint, "transformers", Path())
    expected = [answer.text for answer in translator.translate(texts, "en", "es")]
    monkeypatch.setattr(TransformersDecoder, "decode", decode)
    assert expected == [answer.text for answer in translator.translate(texts, "en", "es")]
    assert max(sizes) <= 3


@pytest.mark.parametrize("message", ["CUDA out of memory. Tried to allocate", "DefaultCPUAllocator: not enough memory"])
def test_the_library_s_own_errors_are_told_apart(tiny_checkpoint: Path, message: str) -> None:
    class Model:
        device = "cpu"

        class config:  # noqa: N801
            pad_token_id = 0

        def __init__(self, error: Exception) -> None:
            self.error = error

        def generate(self, **_: object) -> None:
            raise self.error

    with pytest.raises(OutOfMemory):
        TransformersDecoder(Model(RuntimeError(message)), 0, 1).decode([[1]], None, 3)
    with pytest.raises(RuntimeError, match="shape"):
        TransformersDecoder(Model(RuntimeError("shape mismatch")), 0, 1).decode([[1]], None, 3)


def test_a_conversion_is_made_once_and_whole(tiny_checkpoint: Path, tmp_path: Path) -> None:
    import ctranslate2.converters

    translator_of(tiny_checkpoint, "ctranslate2", tmp_path).translate(["the port"], "en", "es")
    (made,) = (tmp_path / "ctranslate2").iterdir()
    stamp = (made / "model.bin").stat().st_mtime_ns
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ctranslate2.converters.TransformersConverter, "convert", None)
        translator_of(tiny_checkpoint, "ctranslate2", tmp_path).translate(["the port"], "en", "es")
    assert [made] == list((tmp_path / "ctranslate2").iterdir())
    assert (made / "model.bin").stat().st_mtime_ns == stamp


def test_a_conversion_that_fails_leaves_nothing_behind(tiny_checkpoint: Path, tmp_path: Path) -> None:
    import ctranslate2.converters

    def fail(_: object, folder: str, **__: object) -> None:
        Path(folder).mkdir()
        (Path(folder) / "model.bin").write_bytes(b"half")
        raise RuntimeError("the disk is full")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ctranslate2.converters.TransformersConverter, "convert", fail)
        with pytest.raises(EngineError, match="cannot be converted for CTranslate2: the disk is full"):
            translator_of(tiny_checkpoint, "ctranslate2", tmp_path).translate(["the port"], "en", "es")
    assert list((tmp_path / "ctranslate2").iterdir()) == []


def test_the_signature_names_the_weights_the_runtime_and_its_options(tiny_checkpoint: Path, tmp_path: Path) -> None:
    signatures = {
        translator_of(tiny_checkpoint, runtime, tmp_path, beams).signature for runtime in RUNTIMES for beams in (1, 4)
    }
    assert len(signatures) == 4
    changed = tmp_path / "en-es"
    shutil.copytree(tiny_checkpoint, changed)
    before = translator_of(changed, "transformers", tmp_path).signature
    assert before in signatures
    weights = bytearray((changed / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (changed / "model.safetensors").write_bytes(weights)
    assert translator_of(changed, "transformers", tmp_path).signature != before


class TestOpening:
    def opened(self, model: str, cache: Path, runtime: str = "auto", *, offline: bool = False) -> Translator:
        return open_translator(
            TranslatorSettings(model=model, runtime=runtime, cache=cache, device="cpu", offline=offline)  # type: ignore[arg-type]
        )

    @pytest.mark.parametrize("runtime", ["auto", *RUNTIMES])
    def test_a_folder(self, tiny_checkpoint: Path, cache: Path, runtime: str) -> None:
        translator = self.opened(str(tiny_checkpoint), cache, runtime)
        assert translator.supports("en", "es")
        assert not translator.supports("es", "en")
        assert [toy(SENTENCE)] == [answer.text for answer in translator.translate([SENTENCE], "en", "es")]
        assert ("transformers" if runtime == "transformers" else "ctranslate2") in translator.signature

    def test_a_hub_name_is_fetched_then_found_offline(
        self, tiny_checkpoint: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        files = {found.name: found.read_bytes() for found in tiny_checkpoint.iterdir()}
        with serve(Hub(files={COMMIT: files})) as hub:
            monkeypatch.setenv("HF_ENDPOINT", hub.address)
            monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
            online = self.opened(hub.name, tmp_path, "transformers")
            expected = online.translate([SENTENCE], "en", "es")
            asked = len(hub.requests)
            offline = self.opened(f"{hub.name}@{COMMIT}", tmp_path, "transformers", offline=True)
            assert expected == offline.translate([SENTENCE], "en", "es")
            assert online.signature == offline.signature
            assert len(hub.requests) == asked
            assert store.verify(hub.name, tmp_path) == ()

    def test_several_models_and_a_command_work_as_one(self, tiny_checkpoint: Path, tmp_path: Path) -> None:
        back = tmp_path / "es-en"
        shutil.copytree(tiny_checkpoint, back)
        (back / "tokenizer_config.json").write_text(
            (back / "tokenizer_config.json").read_text().replace('"en"', '"xx"').replace('"es"', '"en"')
        )
        settings = TranslatorSettings(
            model=f"{tiny_checkpoint}, {back}", command={"en-ru": "cat"}, cache=tmp_path, runtime="transformers"
        )
        translator = open_translator(settings)
        assert [True, True, True, False] == [
            translator.supports(*pair) for pair in (("en", "es"), ("es", "en"), ("en", "ru"), ("ru", "en"))
        ]
        with pytest.raises(ModelUnavailable, match="ru-en"):
            translator.translate(["да"], "ru", "en")
        assert ["да"] == [answer.text for answer in translate(settings, ["да"], "en", "ru")]
        with pytest.raises(ModelUnavailable, match="has no direction ru-en"):
            translate(settings, ["да"], "ru", "en")

    @pytest.mark.parametrize("name", ["nothing-of-that-name", "./nothing", "/nothing/at/all", "~/nothing-here/at-all"])
    def test_what_is_not_there_is_said_plainly(self, name: str, tmp_path: Path) -> None:
        with pytest.raises(ModelUnavailable, match="is neither a folder nor an embedded model nor a hub name"):
            self.opened(name, tmp_path)


def configured(folder: Path, configuration: object, tokenizer: object = None, vocabulary: object = None) -> Path:
    folder.mkdir(parents=True)
    (folder / "model.safetensors").write_bytes(b"")
    (folder / "config.json").write_text(json.dumps(configuration))
    if tokenizer is not None:
        (folder / "tokenizer_config.json").write_text(json.dumps(tokenizer))
    if vocabulary is not None:
        (folder / "vocab.json").write_text(json.dumps(vocabulary))
    return folder


class TestFolders:
    @pytest.mark.parametrize(
        ("name", "tokenizer", "vocabulary", "direction"),
        [
            ("opus-mt-en-es", None, None, ("en", "es")),
            ("opus-mt-tc-big-en-es", None, None, ("en", "es")),
            ("en-ru", {"source_lang": "xx", "target_lang": "yy"}, None, ("en", "ru")),
            ("checkpoint", {"source_lang": "eng", "target_lang": "ara"}, None, ("en", "ar")),
            ("opus-mt-en-ROMANCE", None, {">>fra<<": 1, ">>es<<": 2, "▁a": 3}, ("en", "es")),
            ("opus-mt-mul-en", None, None, ("ru", "en")),
        ],
    )
    def test_marian_directions(
        self, tmp_path: Path, name: str, tokenizer: object, vocabulary: object, direction: tuple[str, str]
    ) -> None:
        checkpoint = read_checkpoint(configured(tmp_path / name, {"model_type": "marian"}, tokenizer, vocabulary))
        assert checkpoint.family is Family.MARIAN
        assert checkpoint.supports(*direction)
        assert not checkpoint.supports(direction[1], direction[0])
        if vocabulary:
            assert checkpoint.codes("en", "fr").target == ">>fra<<"

    def test_the_card_is_asked_first(self, tmp_path: Path) -> None:
        folder = configured(tmp_path / "en-es", {"model_type": "marian"})
        card = {
            "name": "n",
            "kind": "translation",
            "directions": ["ru-en"],
            "license": "MIT",
            "revision": "1",
            "sha256": {},
        }
        (folder / "card.json").write_text(json.dumps(card))
        assert read_checkpoint(folder).supports("ru", "en")

    def test_a_card_of_many_directions(self, tmp_path: Path) -> None:
        marks = {f">>{code}<<": number for number, code in enumerate(("en", "ru", "es", "ar"))}
        folder = configured(tmp_path / "many", {"model_type": "marian"}, None, marks)
        pairs = [f"{code}-en" for code in ("ru", "es", "ar")] + [f"en-{code}" for code in ("ru", "es", "ar")]
        scores = [
            {"set": "a", "direction": "en-ru-en", "chrf": 50.0},
            {"set": "a", "direction": "en-es-en", "chrf": 61.0},
            {"set": "b", "direction": "en-es-en", "chrf": 59.0},
            {"set": "a", "direction": "ar-en-ar", "chrf": 40.0},
            {"set": "a", "direction": "en-es", "chrf": 99.0},
        ]
        card = {"name": "many", "kind": "translation", "directions": pairs, "license": "MIT", "revision": "1"}
        (folder / "card.json").write_text(json.dumps(card | {"scores": scores, "sha256": {}}))
        checkpoint = read_checkpoint(folder)
        assert all(checkpoint.supports(*pair.split("-")) for pair in pairs)
        assert not checkpoint.supports("ru", "es")
        assert (">>ar<<", ">>en<<") == (checkpoint.codes("en", "ar").target, checkpoint.codes("ar", "en").target)
        assert [("en", "es", 60.0), ("en", "ru", 50.0), ("ar", "en", 40.0)] == [
            (score.language, score.pivot, score.chrf) for score in read_card(folder).round_trips
        ]

    @pytest.mark.parametrize(
        ("tokenizer", "family", "codes"),
        [("M2M100Tokenizer", Family.M2M100, ("en", "zh")), ("NllbTokenizer", Family.NLLB, ("eng_Latn", "zho_Hans"))],
    )
    def test_many_languages(self, tmp_path: Path, tokenizer: str, family: Family, codes: tuple[str, str]) -> None:
        configuration = {"model_type": "m2m_100", "max_position_embeddings": 1024}
        checkpoint = read_checkpoint(configured(tmp_path / "m", configuration, {"tokenizer_class": tokenizer}))
        assert (checkpoint.family, checkpoint.max_tokens) == (family, 1024)
        assert checkpoint.supports("en", "zh")
        assert not checkpoint.supports("en", "en")
        assert not checkpoint.supports("en", "und")
        written = checkpoint.codes("en", "zh")
        assert codes == (written.source, written.target)

    def test_what_may_not_be_loaded_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ModelUnavailable, match="does not exist"):
            read_checkpoint(tmp_path / "none")
        with pytest.raises(ModelUnavailable, match="is no model folder"):
            read_checkpoint(tmp_path)
        with pytest.raises(ModelUnavailable, match="of the type 'bert'"):
            read_checkpoint(configured(tmp_path / "bert", {"model_type": "bert"}))
        with pytest.raises(ModelUnavailable, match=r"languages of the Marian model in .* cannot be told"):
            read_checkpoint(configured(tmp_path / "model", {"model_type": "marian"}))
        pickled = configured(tmp_path / "en-es", {"model_type": "marian"})
        (pickled / "model.safetensors").rename(pickled / "pytorch_model.bin")
        with pytest.raises(ModelUnavailable, match="only pickled weights, which are never loaded"):
            read_checkpoint(pickled)

    def test_damaged_weights_are_said_plainly(self, tiny_checkpoint: Path, tmp_path: Path) -> None:
        folder = tmp_path / "en-es"
        shutil.copytree(tiny_checkpoint, folder)
        (folder / "model.safetensors").write_bytes(b"no weights")
        with pytest.raises(ModelUnavailable, match=r"the weights in .* cannot be loaded"):
            translator_of(folder, "transformers", tmp_path).translate(["the port"], "en", "es")


@pytest.mark.parametrize(
    ("code", "short"),
    [
        ("eng", "en"),
        ("EN", "en"),
        (">>cmn_Hans<<", "zh"),
        ("arb", "ar"),
        ("fas", "fa"),
        ("mul", None),
        ("ROMANCE", None),
    ],
)
def test_opus_codes_become_ours(code: str, short: str | None) -> None:
    assert short_code(code) == short


def test_the_main_languages_are_in_every_table() -> None:
    main = {"en", "ru", "ar", "es", "fr", "de", "zh", "uk", "he", "fa", "tr", "pt"}
    assert main <= set(NLLB_CODES)
    assert main <= M2M100_LANGUAGES


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_a_model_of_many_languages_is_told_the_target(tmp_path: Path, tiny_checkpoint: Path, runtime: str) -> None:
    """An untrained M2M-100 of the smallest size: every translation must begin with the target language's token."""
    import sentencepiece
    import torch
    from transformers import M2M100Config, M2M100ForConditionalGeneration, M2M100Tokenizer
    from transformers.models.m2m_100.tokenization_m2m_100 import FAIRSEQ_LANGUAGE_CODES

    folder = tmp_path / "m2m"
    folder.mkdir()
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(tiny_checkpoint / "source.spm"))
    words = [pieces.id_to_piece(number) for number in range(pieces.get_piece_size())]
    known = ["<s>", "<pad>", "</s>", "<unk>", *(word for word in words if word not in {"<s>", "</s>", "<unk>"})]
    (folder / "vocab.json").write_text(json.dumps({word: number for number, word in enumerate(known)}))
    marks = [f"__{language}__" for language in FAIRSEQ_LANGUAGE_CODES["m2m100"]]
    tokenizer = M2M100Tokenizer(
        str(folder / "vocab.json"), str(tiny_checkpoint / "source.spm"), additional_special_tokens=marks
    )
    size = len(tokenizer) + tokenizer.num_madeup_words
    torch.manual_seed(1)
    model = M2M100ForConditionalGeneration(
        M2M100Config(
            vocab_size=size, d_model=16, encoder_layers=1, decoder_layers=1, encoder_attention_heads=2,
            decoder_attention_heads=2, encoder_ffn_dim=16, decoder_ffn_dim=16, max_position_embeddings=32,
        )
    )  # fmt: skip
    model.save_pretrained(str(folder))
    tokenizer.save_pretrained(str(folder))
    translator = translator_of(folder, runtime, tmp_path)
    assert translator.supports("en", "ru")
    subwords = Subwords(read_checkpoint(folder))
    assert subwords.tokens([subwords.forced_start("en", "ru") or 0]) == ["__ru__"]
    assert subwords.tokens(subwords.encode(["the port"], "en", "ru")[0])[0] == "__en__"
    (answer,) = translator.translate(["the port"], "en", "ru")
    assert "__ru__" not in answer.text
