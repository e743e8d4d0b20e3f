"""``mtcheck translate`` from the outside."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import Mtcheck, own_process

LINES = ["The minister closed the old port. Nobody knew why.", "", "The talks go on.", "   ", "x"]


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where converted models are kept for the tests of this file."""
    return tmp_path_factory.mktemp("translate-cache")


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, cache: Path, mtcheck: Mtcheck) -> Mtcheck:
    """Run mtcheck in this process, with the embedded models again, and keep their conversions out of the user's folder."""
    from mtcheck.engines.models.catalog import embedded_models

    monkeypatch.setattr("mtcheck.engines.translation.embedded_models", embedded_models)
    monkeypatch.setenv("MTCHECK_CACHE", str(cache))
    return mtcheck


@pytest.fixture
def lines_file(tmp_path: Path) -> Path:
    path = tmp_path / "lines.txt"
    path.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    return path


def objects(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_line_in_line_out(here: Mtcheck, lines_file: Path) -> None:
    done = here("translate", "--from", "en", "--to", "es", str(lines_file))
    assert 0 == done.code, done.err
    lines = done.out.split("\n")
    assert "" == lines.pop()
    assert len(LINES) == len(lines)
    assert [bool(line.strip()) for line in LINES] == [bool(line) for line in lines]
    assert "ministro" in lines[0]


def test_scores_as_json_lines_and_a_model_by_name(here: Mtcheck, lines_file: Path) -> None:
    plain = here("translate", str(lines_file), "--from", "en", "--to", "es").out.splitlines()
    done = here(
        "translate", "--from", "EN", "--to", "spa", str(lines_file), "--scores", "--model", "english-spanish-small"
    )
    assert 0 == done.code, done.err
    found = objects(done.out)
    assert LINES == [value["source"] for value in found]
    assert plain == [value["translation"] for value in found]
    for value in found:
        assert ["source", "translation", "score", "unusable", "coverage", "length_ratio"] == list(value)
    assert found[0]["score"] < 0
    assert 0 < found[0]["coverage"] <= 1
    assert 0.5 < found[0]["length_ratio"] < 2
    assert (None, None, None, "") == tuple(found[1][key] for key in ("score", "coverage", "length_ratio", "unusable"))


def test_what_must_not_be_trusted_is_counted_on_standard_error(here: Mtcheck, tmp_path: Path) -> None:
    (tmp_path / "copy.py").write_text("import sys\nsys.stdout.write(sys.stdin.read())\n", encoding="utf-8")
    (tmp_path / "lines.txt").write_text("The minister closed the old port.\n\nKoltar\n", encoding="utf-8")
    done = here("translate", "lines.txt", "--from", "en", "--to", "eo", "--command", "en-eo=python3 copy.py")
    assert 0 == done.code, done.err
    assert "The minister closed the old port.\n\nKoltar\n" == done.out
    assert "1 of 3 lines" in done.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("lines.txt", "--from", "en", "--to", "eo"), "en-es, en-ru, es-en, ru-en"),
        (("lines.txt", "--from", "en", "--to", "en"), "en-es, en-ru, es-en, ru-en"),
        (("lines.txt", "--from", "en"), "--to"),
        (("nowhere.txt", "--from", "en", "--to", "es"), "nowhere.txt"),
        (("lines.txt", "--from", "en", "--to", "es", "--model", "no-such-model"), "no-such-model"),
        (("lines.txt", "--from", "en", "--to", "es", "--command", "apertium"), "--command apertium"),
    ],
)
def test_wrong_use(here: Mtcheck, lines_file: Path, arguments: tuple[str, ...], message: str) -> None:
    done = here("translate", *arguments)
    assert 2 == done.code
    assert "" == done.out
    assert message in done.err


def test_without_any_model(mtcheck: Mtcheck, lines_file: Path) -> None:
    done = mtcheck("translate", str(lines_file), "--from", "en", "--to", "es")
    assert 2 == done.code
    assert "no translation model is set" in done.err


def test_results_come_before_the_input_ends_and_control_c_is_heard(cache: Path) -> None:
    environment = {"MTCHECK_CACHE": str(cache), "OMP_NUM_THREADS": "1"}
    with own_process("translate", "--from", "en", "--to", "es", environment=environment) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("The port.\n" * 1_000)
        process.stdin.flush()
        assert process.stdout.readline().strip()
        process.send_signal(signal.SIGINT)
        process.communicate()
    assert 130 == process.returncode


def test_a_reader_that_leaves_early_is_no_error(cache: Path, tmp_path: Path) -> None:
    big = tmp_path / "big.txt"
    big.write_text("The port.\n" * 20_000, encoding="utf-8")
    environment = {"MTCHECK_CACHE": str(cache), "OMP_NUM_THREADS": "1"}
    with own_process("translate", str(big), "--from", "en", "--to", "es", environment=environment) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().strip()
        process.stdout.close()
        assert "" == process.stderr.read()
    assert 0 == process.returncode
