"""Making word lists: what is counted, what is marked, and that the same corpora give the same bytes."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from mtcheck.core.errors import InputError
from mtcheck.text.word_lists import WordList
from mtcheck.training.words import make_word_lists

ROWS = (
    ("tatoeba-test", "general", "The harbor of Varen is open.", "El puerto de Varen está abierto."),
    ("tatoeba-test", "general", "We ate pizza at the harbor.", "Comimos pizza en el puerto."),
    ("tatoeba-test", "general", "We ate pizza at the harbor.", "Cenamos pizza junto al puerto."),
    ("tatoeba-test", "general", "They saw Varen from harbor_file.txt yesterday.", "Ayer vieron Varen desde el barco."),
    ("wmt-newstest-old", "general", "A lighthouse burned.", "Ardió un faro."),
    ("diaspora", "ui", "A pod vanished.", "Desapareció una cápsula."),
)


def corpora(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    with lzma.open(folder / "en-es.tsv.xz", "wt", encoding="utf-8") as lines:
        lines.writelines("\t".join(row) + "\n" for row in ROWS)
    with lzma.open(folder / "mono-en.tsv.xz", "wt", encoding="utf-8") as lines:
        lines.write("us-speeches\tOur ferries are safe.\nbrown\tThe jury was silent.\n")
    return folder


@pytest.fixture
def lists(tmp_path: Path) -> dict[str, WordList]:
    make_word_lists(corpora(tmp_path / "in"), ["es"], tmp_path / "out")
    return {name: WordList((tmp_path / "out" / f"words.{name}.bin").read_bytes()) for name in ("en", "es")}


def test_words_of_both_sides_are_counted(lists: dict[str, WordList]) -> None:
    assert lists["en"].is_own("harbor")
    assert lists["es"].is_own("puerto")
    assert "puerto" not in lists["en"]
    assert lists["es"].frequency("puerto") > lists["es"].frequency("barco")


def test_names_and_kept_words_are_marked(lists: dict[str, WordList]) -> None:
    name, kept = lists["en"].find("varen"), lists["es"].find("pizza")
    assert name is not None
    assert kept is not None
    assert (True, True) == (name.is_name, name.is_kept)
    assert (False, True) == (kept.is_name, kept.is_kept)


@pytest.mark.parametrize("word", ["lighthouse", "pod", "jury", "file", "txt"])
def test_what_may_not_be_shipped_and_code_is_left_out(lists: dict[str, WordList], word: str) -> None:
    assert word not in lists["en"]


def test_open_texts_without_translations_count(lists: dict[str, WordList]) -> None:
    assert "ferries" in lists["en"]


def test_the_same_corpora_give_the_same_bytes(tmp_path: Path) -> None:
    folder = corpora(tmp_path / "in")
    for name in ("a", "b"):
        make_word_lists(folder, ["es"], tmp_path / name)
    first, second = ((tmp_path / name / "words.es.bin").read_bytes() for name in ("a", "b"))
    assert first == second


def test_an_absent_corpus_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such corpus"):
        make_word_lists(tmp_path, ["es"], tmp_path / "out")
