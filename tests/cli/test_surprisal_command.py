"""``mtcheck surprisal`` from the outside."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mtcheck.engines.models.catalog import LANGUAGE_MODEL, ModelCard, embedded_models
from tests.cli.commands import Mtcheck, own_process
from tests.engines.language_model.tiny_causal import make_sentencepiece_model

LINES = ["The minister said “no”.", "", "  the old port  ", "x\u2028y"]


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sentencepiece_model(tmp_path_factory.mktemp("surprisal") / "model")


@pytest.fixture
def lines_file(tmp_path: Path) -> Path:
    path = tmp_path / "lines.txt"
    path.write_bytes("\r\n".join(LINES).encode())
    return path


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where converted models are kept for the tests of this file."""
    return tmp_path_factory.mktemp("surprisal-cache")


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, cache: Path, mtcheck: Mtcheck) -> Mtcheck:
    """Run mtcheck in this process, and keep converted models out of the user's folder."""
    monkeypatch.setenv("MTCHECK_CACHE", str(cache))
    return mtcheck


def objects(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_one_object_a_line(here: Mtcheck, model_folder: Path, lines_file: Path) -> None:
    done = here("surprisal", str(lines_file), "--model", str(model_folder), "--language", "en")
    assert (0, "") == (done.code, done.err)
    found = objects(done.out)
    assert len(LINES) == len(found)
    for line, value in zip(LINES, found, strict=True):
        for token in value["tokens"]:
            assert ["text", "start", "end", "bits"] == list(token)
            assert token["text"] == line[token["start"] : token["end"]]
    assert {"tokens": [], "bits_per_character": None, "bits_per_token": None} == found[1]
    bits = [token["bits"] for token in found[2]["tokens"]]
    assert sum(bits) / len(bits) == pytest.approx(found[2]["bits_per_token"], abs=0.001)
    assert sum(bits) / len("the old port") == pytest.approx(found[2]["bits_per_character"], abs=0.001)


def test_standard_input_damaged_bytes_and_any_hash_seed(model_folder: Path, cache: Path, tmp_path: Path) -> None:
    (tmp_path / "input").write_bytes(b"the port\n\xff\xfe\x00 caf\xc3\n")
    outputs = []
    for seed in ("0", "1"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "MTCHECK_CACHE": str(cache), "OMP_NUM_THREADS": "1"}
        with (tmp_path / "input").open("rb") as stream:
            done = subprocess.run(
                [sys.executable, "-m", "mtcheck", "surprisal", "--model", str(model_folder)],
                stdin=stream,
                capture_output=True,
                env=environment,
                check=False,
            )
        assert (0, b"") == (done.returncode, done.stderr)
        outputs.append(done.stdout.decode())
    assert outputs[0] == outputs[1]
    assert 2 == len(objects(outputs[0]))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("lines.txt", "--language", "ru"), "en"),
        (("nowhere.txt",), "nowhere.txt"),
        (("lines.txt", "--model", "no-such-model"), "no-such-model"),
        (("lines.txt", "--lang"), "--lang"),
    ],
)
def test_wrong_use(
    here: Mtcheck,
    model_folder: Path,
    lines_file: Path,
    arguments: tuple[str, ...],
    message: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MTCHECK_LANGUAGE_MODEL__MODEL", str(model_folder))
    monkeypatch.setenv("MTCHECK_LANGUAGE_MODEL__LANGUAGES", '["en"]')
    done = here("surprisal", *arguments)
    assert 2 == done.code
    assert "" == done.out
    assert message in done.err


SOUND = {
    "ar": "وصلت العبارة إلى الميناء في الصباح.",
    "de": "Die Fähre hat den Hafen am Morgen erreicht.",
    "en": "The ferry reached the harbor in the morning.",
    "es": "El barco llegó al puerto por la mañana.",
    "fr": "Le bateau est arrivé au port dans la matinée.",
    "ru": "Паром пришел в порт рано утром.",
    "uk": "Пором прийшов у порт рано вранці.",
}


@pytest.mark.parametrize(
    "card", [card for card in embedded_models() if card.kind == LANGUAGE_MODEL], ids=lambda card: card.name
)
def test_every_embedded_model_finds_the_words_of_a_sentence_likelier_in_their_order(
    here: Mtcheck, card: ModelCard, tmp_path: Path
) -> None:
    for language in card.languages:
        words = SOUND[language].split()
        (tmp_path / "lines.txt").write_text(f"{SOUND[language]}\n{' '.join(reversed(words))}\n", encoding="utf-8")
        done = here("surprisal", str(tmp_path / "lines.txt"), "--language", language)
        assert (0, "") == (done.code, done.err)
        sound, shuffled = (value["bits_per_character"] for value in objects(done.out))
        assert sound < shuffled


def test_a_language_that_no_embedded_model_knows(here: Mtcheck, lines_file: Path) -> None:
    done = here("surprisal", str(lines_file), "--language", "ja")
    assert (2, "") == (done.code, done.out)
    known = sorted(code for card in embedded_models() if card.kind == LANGUAGE_MODEL for code in card.languages)
    assert f"no language model knows 'ja'; there is one for {', '.join(known)}" in done.err


def test_without_any_model(here: Mtcheck, lines_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mtcheck.engines.language_model.embedded_models", lambda: ())
    done = here("surprisal", str(lines_file))
    assert 2 == done.code
    assert "no language model is set" in done.err


def test_a_reader_that_leaves_early_is_no_error(model_folder: Path, cache: Path, tmp_path: Path) -> None:
    big = tmp_path / "big.txt"
    big.write_text("the old port closed on Monday\n" * 20_000, encoding="utf-8")
    environment = {"MTCHECK_CACHE": str(cache), "OMP_NUM_THREADS": "1"}
    with own_process("surprisal", str(big), "--model", str(model_folder), environment=environment) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith('{"tokens"')
        process.stdout.close()
        assert "" == process.stderr.read()
    assert 0 == process.returncode


def test_control_c(model_folder: Path, cache: Path) -> None:
    environment = {"MTCHECK_CACHE": str(cache), "OMP_NUM_THREADS": "1"}
    with own_process("surprisal", "-", "--model", str(model_folder), environment=environment) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("the port\n" * 1_000)
        process.stdin.flush()
        assert process.stdout.readline().startswith('{"tokens"')
        process.send_signal(signal.SIGINT)
        process.communicate()
    assert 130 == process.returncode


def test_a_report_that_lacks_its_strip_blames_no_check(mtcheck: Mtcheck, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("The ferry leaves the harbor at noon.\n", encoding="utf-8")
    (tmp_path / "mtcheck.toml").write_text('[language_model]\nmodel = "./missing"\n', encoding="utf-8")
    said = {}
    for output in ("terminal", "github", "junit", "sarif"):
        result = mtcheck("scan", "page.txt", "--no-translate", "--surprisal", "--output", output)
        assert 3 == result.code
        said[output] = " ".join(result.out.split())
    assert "Not checked surprisal cannot be shown: the model ./missing" in said["terminal"]
    assert "all checks" not in said["terminal"]
    assert "surprisal cannot be shown" in said["github"]
    assert "()" not in said["github"]
    assert 'name="not checked 2: what the report shows"' in said["junit"]
    assert "in the whole scan: surprisal cannot be shown" in said["sarif"]
