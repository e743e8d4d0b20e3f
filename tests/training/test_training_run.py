"""Training: it learns, it goes on after a kill, and what it exports translates."""

from __future__ import annotations

import json
import lzma
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file
from transformers import AutoTokenizer, MarianMTModel

from mtcheck.cli.model_card import sections_of
from mtcheck.core.errors import EngineError, UsageError
from mtcheck.engines.models.catalog import read_card
from mtcheck.engines.models.download import hashes_of
from mtcheck.engines.translation.checkpoint import read_checkpoint
from mtcheck.training.__main__ import main
from mtcheck.training.card import read_origin, write_origin
from mtcheck.training.checkpoints import Progress, average, checkpoint_folders, load_weights
from mtcheck.training.configuration import Phase
from mtcheck.training.corpora import Group
from mtcheck.training.decoding import FolderTranslator
from mtcheck.training.evaluation import evaluate, write_examples, write_scores
from mtcheck.training.export import ModelSources, export
from mtcheck.training.loop import TrainingRun, development_loss, train
from mtcheck.training.model import new_model
from mtcheck.training.plot import plot
from mtcheck.training.schedule import Length
from mtcheck.training.transfer import begin_with
from mtcheck.training.translation import DevelopmentPair, TranslationTask
from mtcheck.training.vocabulary import Vocabulary
from tests.training.conftest import Prepared
from tests.training.sample import PAIRS, TOY

STEPS = 200
LEARNS = replace(
    TOY,
    phases=(Phase(0.0, {Group.EVERYDAY: 1.0}),),
    shape=replace(TOY.shape, dropout=0.0),
    batch_tokens=1_024,
    micro_batches=1,
    warm_up=10,
    learning_rate=2e-2,
    embedding_rate=1e-2,
    checkpoint_minutes=60.0,
)


@pytest.fixture(autouse=True, scope="module")
def _threads() -> Iterator[None]:
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


def run_of(prepared: Prepared, folder: Path, steps: int) -> TrainingRun:
    return TrainingRun(folder, TOY, TranslationTask(TOY, prepared.packed, prepared.vocabulary), Length(steps=steps))


def weights_of(folder: Path) -> dict[str, torch.Tensor]:
    return dict(load_file(folder / "weights.safetensors"))


@pytest.fixture(scope="module")
def learned(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A toy trained until it knows its sentences."""
    folder = tmp_path_factory.mktemp("learned")
    english, spanish = (tuple(numbers) for numbers in prepared.vocabulary.encode(PAIRS[7]))
    development = (DevelopmentPair(english, spanish, prepared.vocabulary.language("es")),)
    task = TranslationTask(LEARNS, prepared.packed, prepared.vocabulary, development)
    train(TrainingRun(folder, LEARNS, task, Length(steps=STEPS)))
    return folder


@pytest.fixture(scope="module")
def model(prepared: Prepared, learned: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exported folder, with scores and examples in its card."""
    folder = tmp_path_factory.mktemp("models") / "toy-en-es"
    sources = ModelSources(prepared.vocabulary, checkpoint_folders(learned)[-1], prepared.folder, learned)
    export(sources, LEARNS.shape, folder)
    return folder


@pytest.mark.parametrize("killed_after", [3, 4])
def test_a_killed_run_ends_with_the_same_weights(prepared: Prepared, tmp_path: Path, killed_after: int) -> None:
    whole, broken = run_of(prepared, tmp_path / "whole", 9), run_of(prepared, tmp_path / "broken", 9)
    train(whole)

    def kill(progress: Progress) -> bool:
        return progress.step == killed_after

    # With zero minutes between checkpoints there is one after every step; the killed step has none.
    train(broken, stop=kill)
    assert [folder.name for folder in checkpoint_folders(broken.folder)][-1] == f"{killed_after - 1:08d}"
    train(broken)
    first, second = (weights_of(checkpoint_folders(run.folder)[-1]) for run in (whole, broken))
    assert set(first) == set(second)
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_only_the_last_checkpoints_are_kept_and_their_mean_is_taken(prepared: Prepared, tmp_path: Path) -> None:
    run = run_of(prepared, tmp_path, 6)
    train(run)
    folders = checkpoint_folders(tmp_path)
    assert [folder.name for folder in folders] == ["00000004", "00000005", "00000006"]
    assert [(folder / "state.pt").exists() for folder in folders] == [False, False, True]
    assert average(tmp_path, 2, tmp_path / "mean") == tuple(folders[-2:])
    mean, first, second = (weights_of(folder) for folder in (tmp_path / "mean", *folders[-2:]))
    for name, value in mean.items():
        assert torch.allclose(value, (first[name] + second[name]) / 2, atol=1e-7)


def test_weights_of_another_shape_are_refused(prepared: Prepared, learned: Path) -> None:
    other = new_model(replace(LEARNS.shape, width=16), prepared.vocabulary, 0)
    with pytest.raises(UsageError, match="of another size"):
        load_weights(checkpoint_folders(learned)[-1], other)


def test_a_rate_that_breaks_the_weights_is_reported(prepared: Prepared, tmp_path: Path) -> None:
    wild = replace(TOY, learning_rate=1e30, embedding_rate=1e30, clip=1e30, warm_up=1)
    run = TrainingRun(tmp_path, wild, TranslationTask(wild, prepared.packed, prepared.vocabulary), Length(steps=20))
    with pytest.raises(EngineError, match="lower the learning rate"):
        train(run)


def test_the_loss_falls_and_is_logged(learned: Path) -> None:
    lines = [json.loads(line) for line in (learned / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    losses = [line["loss"] for line in lines if line["event"] == "step"]
    assert losses[-1] < losses[0] / 2
    development = [line["loss"] for line in lines if line["event"] == "development"]
    assert len(development) == 1
    assert 0 < development[0] < 1.5


def test_the_curve_is_drawn(learned: Path, tmp_path: Path) -> None:
    plot(learned, tmp_path / "curve.svg")
    text = (tmp_path / "curve.svg").read_text(encoding="utf-8")
    assert text.count("<polyline") == 2
    with pytest.raises(UsageError, match="has no log"):
        plot(tmp_path, tmp_path / "curve.svg")


def test_a_child_begins_with_what_its_parent_knows(
    prepared: Prepared, learned: Path, model: Path, tmp_path: Path
) -> None:
    english, spanish = (tuple(numbers) for numbers in prepared.vocabulary.encode(PAIRS[7]))
    pair = (DevelopmentPair(english, spanish, prepared.vocabulary.language("es")),)

    def loss_at_the_start(parent: Path | None) -> float:
        task = TranslationTask(LEARNS, prepared.packed, prepared.vocabulary, pair, parent)
        run = TrainingRun(tmp_path, LEARNS, task, Length(steps=1))
        found = development_loss(task.new_model(), run, torch.device("cpu"))
        assert found is not None
        return found

    lines = [json.loads(line) for line in (learned / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    known = next(line["loss"] for line in lines if line["event"] == "development")
    # The parent's weights are stored with 16 bits.
    assert loss_at_the_start(model) == pytest.approx(known, abs=0.05)
    assert loss_at_the_start(None) > 2 * known


def test_embeddings_go_to_the_numbers_that_their_pieces_have_in_the_child(
    prepared: Prepared, model: Path, tmp_path: Path
) -> None:
    shutil.copyfile(prepared.folder / "subwords.spm", tmp_path / "subwords.spm")
    numbers = json.loads((prepared.folder / "vocab.json").read_text(encoding="utf-8"))
    *pieces, first, second, padding = numbers
    # Two pieces change places and one has another name: the child must know the two, and not the third.
    order = [*pieces[:-1], "▁new", second, first, padding]
    (tmp_path / "vocab.json").write_text(json.dumps({piece: number for number, piece in enumerate(order)}))
    vocabulary = Vocabulary(tmp_path)
    child, fresh = (new_model(LEARNS.shape, vocabulary, seed=5) for _ in range(2))
    assert begin_with(child, vocabulary, model) == len(numbers) - 1
    parent = load_file(model / "model.safetensors")["model.shared.weight"].float()
    ours = child.model.shared.weight.detach()
    for piece in (pieces[0], first, second):
        assert torch.equal(ours[vocabulary.number(piece)], parent[numbers[piece]])
    new = vocabulary.number("▁new")
    assert not (ours[new] == parent[numbers[pieces[-1]]]).any()
    # It is as random as before, with the spread of what the parent learned.
    ratio = ours[new] / fresh.model.shared.weight.detach()[new]
    assert torch.allclose(ratio, ratio[0].expand_as(ratio), rtol=1e-3)
    assert not ours[vocabulary.padding].any()


def test_a_parent_that_does_not_fit_is_refused(prepared: Prepared, model: Path, tmp_path: Path) -> None:
    other = new_model(replace(LEARNS.shape, width=16), prepared.vocabulary, 0)
    with pytest.raises(UsageError, match="has another size"):
        begin_with(other, prepared.vocabulary, model)
    with pytest.raises(UsageError, match="not the folder of an exported translation model"):
        begin_with(other, prepared.vocabulary, tmp_path)
    with pytest.raises(UsageError, match="no card"):
        write_origin(tmp_path, tmp_path)


def test_the_card_of_a_child_names_its_parent_and_what_that_learned_from(
    prepared: Prepared, learned: Path, model: Path, tmp_path: Path
) -> None:
    run = shutil.copytree(learned, tmp_path / "run")
    assert read_origin(run) is None
    write_origin(model, run)
    sources = ModelSources(prepared.vocabulary, checkpoint_folders(run)[-1], prepared.folder, run)
    export(sources, LEARNS.shape, tmp_path / "child")
    card = json.loads((tmp_path / "child" / "card.json").read_text(encoding="utf-8"))
    assert card["begun with"]["model"] == "toy-en-es"
    assert card["begun with"]["revision"] == read_card(model).revision
    assert [corpus["corpus"] for corpus in card["begun with"]["training data"]] == ["firefox-students", "tatoeba-test"]
    shown = [line for section in sections_of(read_card(tmp_path / "child")) for line in section.lines]
    assert any("begun with the weights of toy-en-es" in line for line in shown)


def test_the_export_translates_in_transformers_and_ctranslate2_alike(model: Path) -> None:
    with pytest.warns(UserWarning, match="sacremoses"):
        tokenizer = AutoTokenizer.from_pretrained(model, local_files_only=True)
    network: Any = MarianMTModel.from_pretrained(model, local_files_only=True, dtype=torch.float32)
    network.train(mode=False)
    sentences = [english for english, _ in PAIRS[:8]]
    inputs = tokenizer([f">>spa<< {text}" for text in sentences], return_tensors="pt", padding=True)
    with torch.inference_mode():
        output = network.generate(**inputs, num_beams=1, max_length=None, max_new_tokens=40)
    texts = tokenizer.batch_decode(output, skip_special_tokens=True)
    with FolderTranslator(model, beams=1, threads=1) as translator:
        assert alike(translator.translate(sentences, "es"), texts) >= 7
        # It has learned its sentences by heart, in both directions; not every run of the toy is the same to the last bit.
        assert alike(texts, [spanish for _, spanish in PAIRS[:8]]) >= 5
        assert alike(translator.translate([spanish for _, spanish in PAIRS[:8]], "en"), sentences) >= 5


def alike(left: list[str], right: list[str]) -> int:
    """Count the places where two lists of texts agree."""
    assert len(left) == len(right)
    return sum(one == other for one, other in zip(left, right, strict=True))


def test_the_card_is_what_the_model_store_reads(model: Path) -> None:
    card = read_card(model)
    assert (card.name, card.kind, card.directions) == ("toy-en-es", "translation", ("en-es", "es-en"))
    assert {file.path for file in card.files} == {path.name for path in model.iterdir()} - {"card.json"}
    assert all(hashes_of(model / file.path)[0] == file.sha256 for file in card.files)
    text = json.loads((model / "card.json").read_text(encoding="utf-8"))
    assert text["training run"]["steps"] == STEPS
    assert [corpus["corpus"] for corpus in text["training data"]] == ["firefox-students", "tatoeba-test"]
    assert "took no part in training" in text["research data"]
    assert text["do not trust it for"]


def test_weights_are_stored_in_half_precision(model: Path) -> None:
    weights = load_file(model / "model.safetensors")
    assert {value.dtype for value in weights.values()} == {torch.float16}
    # CTranslate2 starts its decoder from zero, so the padding token's embedding must be that.
    assert not weights["model.shared.weight"][-1].any()


def test_the_product_finds_both_directions_and_no_other(model: Path) -> None:
    checkpoint = read_checkpoint(model)
    assert checkpoint.supports("en", "es")
    assert checkpoint.supports("es", "en")
    # A multilingual model would try any source; this one knows two.
    assert not checkpoint.supports("fr", "en")
    assert not checkpoint.supports("es", "fr")
    assert checkpoint.codes("en", "es").target == ">>spa<<"


def test_scores_come_with_signatures(model: Path, tmp_path: Path) -> None:
    table = tmp_path / "test.tsv"
    table.write_text("".join(f"{english}\t{spanish}\n" for english, spanish in PAIRS[:6]), encoding="utf-8")
    engines = tmp_path / "engines"
    engines.mkdir()
    with lzma.open(engines / "en-es.tsv.xz", "wt", encoding="utf-8") as stream:
        # One sentence is not of the set, one is of another set, one engine is not an open one.
        for english, spanish, engine, name in (
            (*PAIRS[0], "bergamot-base", "toy"),
            ("It is not in the set.", "No.", "bergamot-base", "toy"),
            (*PAIRS[1], "bergamot-base", "other"),
            (*PAIRS[2], "closed", "toy"),
        ):
            stream.write(f"{english}\t{spanish}\t{engine}\t{name}\n")
    *scores, engine_score = sorted(
        evaluate(model, [f"toy:es:{table}:-"], [f"toy:es:{table}"], engines=engines),
        key=lambda score: score.system == "bergamot-base",
    )
    assert ("en-es", 1, 100.0) == (engine_score.direction, engine_score.sentences, round(engine_score.chrf, 1))
    assert ["es-en", "en-es", "en-es-en"] == [score.direction for score in scores]
    assert all(60 < score.bleu <= 100 and 75 < score.chrf <= 100 for score in scores), scores
    assert scores[0].bleu_signature.startswith("nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:")
    assert scores[0].chrf_signature.startswith("nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:")
    write_scores(scores, tmp_path / "scores.json")
    assert len(json.loads((tmp_path / "scores.json").read_text(encoding="utf-8"))) == 3
    with pytest.raises(UsageError, match="NAME:XX:ENGLISH:OTHER"):
        evaluate(model, ["toy"], [])


def test_examples_are_twenty_from_best_to_worst(model: Path, tmp_path: Path) -> None:
    assert write_examples(model, ["es"], tmp_path / "examples.json") == 20
    examples = json.loads((tmp_path / "examples.json").read_text(encoding="utf-8"))
    assert [example["chrf"] for example in examples] == sorted((e["chrf"] for e in examples), reverse=True)


def test_the_commands_run_in_their_order(
    prepared: Prepared, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, corpora = tmp_path / "data", str(prepared.folder / "corpora")
    configuration = tmp_path / "small.toml"
    configuration.write_text(
        "warm_up = 2\nbatch_tokens = 128\nchunk_tokens = 600\nprecision = 'bfloat16'\nthreads = 1\ndevice = 'cpu'\n"
        "[shape]\nwidth = 16\nencoder_layers = 1\ndecoder_layers = 1\nheads = 2\nfeed_forward = 32\npieces = 340\n"
        "[[phases]]\nstart = 0.0\nweights = { everyday = 1.0 }\n",
        encoding="utf-8",
    )
    same = ["--configuration", str(configuration)]
    assert main(["train", str(data), str(tmp_path / "run"), *same, "--steps", "2"]) == 2
    assert "run the command vocabulary first" in capsys.readouterr().err
    for arguments in (
        ["prepare", corpora, str(data), "--languages", "es", "--exclude", str(prepared.folder / "evaluation")],
        ["vocabulary", str(data), str(data), *same],
        ["pack", str(data), str(data), *same],
        ["train", str(data), str(tmp_path / "run"), *same, "--steps", "40"],
        ["average", str(tmp_path / "run"), str(tmp_path / "mean"), "--last", "2"],
        ["export", str(data), str(tmp_path / "mean"), str(tmp_path / "en-es"), *same],
        ["plot", str(tmp_path / "run"), str(tmp_path / "curve.svg")],
    ):
        assert main(arguments) == 0
    assert "40 steps" in capsys.readouterr().out
    assert read_card(tmp_path / "en-es").directions == ("en-es", "es-en")
