"""A toy language model from texts to folder: it learns, goes on after a kill, and its folder scores as it was trained."""

from __future__ import annotations

import itertools
import json
import lzma
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from transformers import AutoTokenizer, LlamaForCausalLM

from mtcheck.core.errors import UsageError
from mtcheck.engines.language_model import LanguageModelSettings, open_language_model
from mtcheck.engines.models.catalog import read_card
from mtcheck.training.__main__ import main
from mtcheck.training.checkpoints import Progress, checkpoint_folders
from mtcheck.training.cleaning import Reason
from mtcheck.training.configuration import Configuration, Phase, Shape, load_configuration
from mtcheck.training.corpora import Group
from mtcheck.training.language_model import LanguageModelTask
from mtcheck.training.language_model_export import LanguageModelSources, export_language_model
from mtcheck.training.loop import TrainingRun, train
from mtcheck.training.passages import PassageStream, padded
from mtcheck.training.preparation import PreparationReport, PreparationSettings
from mtcheck.training.schedule import Length
from mtcheck.training.text_packing import PackedTexts, load_packed_texts, pack_texts
from mtcheck.training.text_preparation import prepare_texts, read_texts
from mtcheck.training.text_vocabulary import BEGIN_NUMBER, END_NUMBER, TextVocabulary, make_text_vocabulary
from mtcheck.training.vocabulary import VocabularySettings
from tests.training.sample import write_evaluation
from tests.training.test_training_run import weights_of

ARTICLES = tuple(
    (f"The {who} of {place} {verb} the {thing}.", f"In {place} the {thing} that the {who} {verb} was empty.")
    for who, place, verb, thing in itertools.product(
        ("mayor", "baker", "pilot"), ("Varen", "Orsa"), ("opened", "painted", "sold"), ("harbor", "tower", "school")
    )
)
TOY = Configuration(
    name="toy",
    shape=Shape(32, 0, 2, 2, 48, 330, dropout=0.1, activation="silu", max_positions=256),
    phases=(Phase(0.0, {Group.NEWS: 1.0, Group.EVERYDAY: 0.5}), Phase(0.5, {Group.NEWS: 1.0})),
    optimizer="muon",
    learning_rate=1e-2,
    embedding_rate=1e-2,
    warm_up=4,
    cool_down=0.5,
    label_smoothing=0.0,
    batch_tokens=400,
    micro_batches=2,
    chunk_tokens=1_500,
    precision="float32",
    threads=1,
    device="cpu",
    checkpoint_minutes=0.0,
    checkpoints_kept=3,
)
LEARNS = replace(TOY, batch_tokens=900, micro_batches=1, checkpoint_minutes=60.0, shape=replace(TOY.shape, dropout=0.0))
STEPS = 80


@dataclass(frozen=True, slots=True)
class Prepared:
    folder: Path
    report: PreparationReport
    vocabulary: TextVocabulary
    packed: PackedTexts


def write_texts(folder: Path) -> Path:
    """Write articles, with one fault of each kind behind them, and pairs whose English sides repeat or add something."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = [sentence for article in ARTICLES for sentence in article]
    texts += ["The mayor of VAREN opened the harbor!", "See <b>the harbor</b>.", "12 | 14 | 16", "Рыба плывёт."]
    texts += ["The lighthouse keeper counts the ships.", "Kept #39;after the fault."]
    _write(folder / "mono-en.tsv.xz", [("reuters-21578", text) for text in texts])
    pairs = [("A cat sleeps “here”.", "Un gato duerme."), ("A cat sleeps here.", "Un gato duerme aquí.")]
    _write(folder / "en-es.tsv.xz", [("tatoeba-test", "general", *pair) for pair in pairs])
    _write(folder / "en-ru.tsv.xz", [("diaspora", "ui", "Sign in now", "Войти")])
    return folder


def _write(path: Path, rows: list[tuple[str, ...]]) -> None:
    with lzma.open(path, "wt", encoding="utf-8") as stream:
        stream.writelines("\t".join(row) + "\n" for row in rows)


@pytest.fixture(autouse=True, scope="module")
def _threads() -> Iterator[None]:
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    folder = tmp_path_factory.mktemp("texts")
    evaluation = write_evaluation(folder / "evaluation")
    settings = PreparationSettings(write_texts(folder / "corpora"), ("en",), folder, (evaluation,), ("diaspora",))
    report = prepare_texts(settings)
    vocabulary = make_text_vocabulary(folder, folder, VocabularySettings(TOY.shape.pieces))
    return Prepared(folder, report, vocabulary, pack_texts(folder, vocabulary, folder))


@pytest.fixture(scope="module")
def learned(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A toy trained until it knows its articles."""
    folder = tmp_path_factory.mktemp("learned")
    development = tuple(tuple(numbers) for numbers in prepared.vocabulary.encode(ARTICLES[5]))
    task = LanguageModelTask(LEARNS, prepared.packed, prepared.vocabulary, development)
    train(TrainingRun(folder, LEARNS, task, Length(steps=STEPS)))
    return folder


@pytest.fixture(scope="module")
def model(prepared: Prepared, learned: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "toy-english"
    weights = checkpoint_folders(learned)[-1]
    sources = LanguageModelSources(prepared.vocabulary, weights, "en", prepared.folder, learned)
    export_language_model(sources, LEARNS.shape, folder)
    return folder


def test_faults_are_counted_and_end_a_run(prepared: Prepared) -> None:
    assert {
        f"en: {Reason.DUPLICATE}": 2,
        f"en: {Reason.MARKUP}": 1,
        f"en: {Reason.EMPTY}": 1,
        f"en: {Reason.WRONG_SCRIPT}": 1,
        f"en: {Reason.OVERLAP}": 1,
        f"en: {Reason.LEFT_OUT_CORPUS}": 1,
    } == dict(prepared.report.left_out)
    sentences = list(read_texts(prepared.folder))
    news = [sentence for sentence in sentences if sentence.corpus.group is Group.NEWS]
    assert [sentence.text for sentence in news[:-1]] == [sentence for article in ARTICLES for sentence in article]
    assert news[-1].text == "Kept'after the fault."
    assert len({sentence.run for sentence in news[:-1]}) == 1
    assert news[-1].run != news[0].run
    # Marks are written one way, and a sentence that differs by them only is the same.
    assert [sentence.text for sentence in sentences if sentence.corpus.group is Group.EVERYDAY] == [
        'A cat sleeps "here".'
    ]


def test_one_language_at_a_time(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="learns one language"):
        prepare_texts(PreparationSettings(tmp_path, ("en", "es"), tmp_path))
    with pytest.raises(UsageError, match="no corpus of Spanish"):
        prepare_texts(PreparationSettings(tmp_path, ("es",), tmp_path))


def test_other_languages_come_from_their_side_of_the_pairs(prepared: Prepared, tmp_path: Path) -> None:
    prepare_texts(PreparationSettings(prepared.folder / "corpora", ("es",), tmp_path))
    assert [sentence.text for sentence in read_texts(tmp_path)] == ["Un gato duerme.", "Un gato duerme aquí."]


def test_a_passage_is_neighbors_behind_the_beginning(prepared: Prepared) -> None:
    news = replace(TOY, phases=(Phase(0.0, {Group.NEWS: 1.0}),))
    batch = PassageStream(prepared.packed, news).next(0.0)
    assert set(batch.tokens[:, 0].tolist()) == {BEGIN_NUMBER}
    texts = [sentence for article in ARTICLES for sentence in article] + ["Kept'after the fault."]
    numbers = prepared.vocabulary.encode(texts)
    lines = [
        list(itertools.chain(*numbers[i:j])) for i, j in itertools.combinations(range(len(texts) + 1), 2) if j - i < 40
    ]
    for row in batch.tokens.tolist():
        assert [number for number in row[1:] if number != END_NUMBER] in lines
    assert batch.target_tokens == int((batch.tokens[:, 1:] != END_NUMBER).sum())


def test_every_pass_sees_every_sentence_once(prepared: Prepared) -> None:
    news = replace(TOY, phases=(Phase(0.0, {Group.NEWS: 1.0}),), chunk_tokens=100)
    stream = PassageStream(prepared.packed, news)
    groups = prepared.packed.groups
    wanted = int(np.diff(prepared.packed.sentences.offsets)[groups == groups[0]].sum())
    seen = 0
    while seen < 2 * wanted:
        seen += stream.next(0.0).target_tokens
    passages = [stream._passage(0, index) for index in range(stream._size(0, 0))]
    assert sum(map(len, passages)) == wanted


@pytest.mark.parametrize("killed_after", [2, 3])
def test_a_killed_run_ends_with_the_same_weights(prepared: Prepared, tmp_path: Path, killed_after: int) -> None:
    task = LanguageModelTask(TOY, prepared.packed, prepared.vocabulary)
    whole, broken = (TrainingRun(tmp_path / name, TOY, task, Length(steps=6)) for name in ("whole", "broken"))
    train(whole)

    def kill(progress: Progress) -> bool:
        return progress.step == killed_after

    train(broken, stop=kill)
    train(broken)
    first, second = (weights_of(checkpoint_folders(run.folder)[-1]) for run in (whole, broken))
    assert set(first) == set(second)
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_the_loss_falls_and_is_logged(learned: Path) -> None:
    lines = [json.loads(line) for line in (learned / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    losses = [line["loss"] for line in lines if line["event"] == "step"]
    assert losses[-1] < losses[0] / 2
    assert [line["loss"] < losses[0] / 2 for line in lines if line["event"] == "development"] == [True]


def test_padding_changes_nothing(prepared: Prepared) -> None:
    task = LanguageModelTask(LEARNS, prepared.packed, prepared.vocabulary)
    network = task.new_model().train(mode=False)
    rows = prepared.vocabulary.encode([*ARTICLES[0], "A cat."])
    with torch.inference_mode():
        together = float(task.loss(network, padded(rows), "cpu", 0.0))
        apart = sum(float(task.loss(network, padded([row]), "cpu", 0.0)) for row in rows)
    assert together == pytest.approx(apart, rel=1e-5)


def test_the_folder_scores_as_it_was_trained(model: Path, prepared: Prepared) -> None:
    """The product's bits, summed, are the loss that transformers gives for the same numbers."""
    text = " ".join(ARTICLES[3])
    tokenizer = AutoTokenizer.from_pretrained(model, local_files_only=True)
    numbers = tokenizer(text)["input_ids"]
    assert numbers == [BEGIN_NUMBER, *prepared.vocabulary.encode([text])[0]]
    network: Any = LlamaForCausalLM.from_pretrained(model, local_files_only=True, dtype=torch.float32)
    network.train(mode=False)
    tokens = torch.tensor([numbers])
    with torch.inference_mode():
        loss = float(network(tokens, labels=tokens).loss) * (len(numbers) - 1) / math.log(2)
    for runtime in ("transformers", "ctranslate2"):
        opened = open_language_model(LanguageModelSettings(str(model), runtime=runtime, precision="float32"))
        [answer] = opened.surprisals([text], "en")
        assert sum(token.bits for token in answer) == pytest.approx(loss, abs=0.05)
        [usual, strange] = (
            sum(token.bits for token in tokens)
            for tokens in opened.surprisals([ARTICLES[0][0], "Varen the of mayor harbor opened the."], "en")
        )
        assert strange > 2 * usual


def test_the_card_tells_language_data_and_limits(model: Path) -> None:
    card = read_card(model)
    assert (card.name, card.kind, card.languages, card.directions) == ("toy-english", "language-model", ("en",), ())
    text = json.loads((model / "card.json").read_text(encoding="utf-8"))
    assert [(row["corpus"], row["sentences"]) for row in text["training data"]] == [
        ("reuters-21578", 2 * len(ARTICLES) + 1),
        ("tatoeba-test", 1),
    ]
    assert "reuters-21578" in text["research data"]
    assert text["training run"]["steps"] == STEPS
    assert text["do not trust it for"]


@pytest.mark.parametrize("name", ["language-model-cpu", "language-model-cpu-small", "language-model-gpu"])
def test_the_shipped_configurations_load(name: str) -> None:
    assert load_configuration(name).shape.is_language_model


def test_too_few_positions_are_refused(prepared: Prepared) -> None:
    short = replace(TOY, shape=replace(TOY.shape, max_positions=64))
    with pytest.raises(UsageError, match="max_positions"):
        LanguageModelTask(short, prepared.packed, prepared.vocabulary)


def test_the_commands_run_in_their_order(
    prepared: Prepared, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, run = tmp_path / "data", str(tmp_path / "run")
    configuration = tmp_path / "small.toml"
    configuration.write_text(
        "warm_up = 2\nbatch_tokens = 200\nchunk_tokens = 600\nlabel_smoothing = 0.0\nthreads = 1\ndevice = 'cpu'\n"
        "[shape]\nwidth = 16\nencoder_layers = 0\ndecoder_layers = 1\nheads = 2\nfeed_forward = 32\npieces = 330\n"
        "activation = 'silu'\n[[phases]]\nstart = 0.0\nweights = { news = 1.0 }\n",
        encoding="utf-8",
    )
    same = ["--configuration", str(configuration)]
    development = tmp_path / "development.txt"
    development.write_text("“The pilot” of Orsa – again.\n", encoding="utf-8")
    assert main(["train", str(data), run, *same, "--steps", "2"]) == 2
    assert "run the command vocabulary first" in capsys.readouterr().err
    for arguments in (
        ["prepare-text", str(prepared.folder / "corpora"), str(data), "--language", "en"],
        ["vocabulary", str(data), str(data), *same],
        ["pack", str(data), str(data), *same],
        ["train", str(data), run, *same, "--steps", "40", "--development", str(development)],
        ["average", run, str(tmp_path / "mean"), "--last", "2"],
        ["export", str(data), str(tmp_path / "mean"), str(tmp_path / "en-toy"), *same],
        ["plot", run, str(tmp_path / "curve.svg")],
    ):
        assert main(arguments) == 0
    assert "40 steps" in capsys.readouterr().out
    assert read_card(tmp_path / "en-toy").languages == ("en",)
    assert len(load_packed_texts(data)) > 2 * len(ARTICLES)
