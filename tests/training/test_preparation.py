"""What prepare keeps, leaves out and counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mtcheck.core.errors import UsageError
from mtcheck.training.cleaning import Reason, fault, hole, normalized
from mtcheck.training.corpora import FIREFOX
from mtcheck.training.languages import training_language
from mtcheck.training.overlap import EvaluationTexts
from mtcheck.training.preparation import PreparationSettings, prepare, read_pairs
from tests.training.conftest import Prepared
from tests.training.sample import PAIRS, write_corpora


def test_every_fault_is_counted_once(prepared: Prepared) -> None:
    assert {
        f"es: {Reason.DUPLICATE}": 2,
        f"es: {Reason.COPY}": 1,
        f"es: {Reason.WRONG_SCRIPT}": 1,
        f"es: {Reason.NUMBERS}": 1,
        f"es: {Reason.RATIO}": 1,
        f"es: {Reason.WRONG_LANGUAGE}": 1,
        f"es: {Reason.MARKUP}": 1,
        f"es: {Reason.EMPTY}": 1,
        f"es: {Reason.HOLE}": 1,
        f"es: {Reason.OVERLAP}": 1,
        f"es: {Reason.LEFT_OUT_CORPUS}": 2,
        f"es: {Reason.HELD_OUT}": 2,
    } == dict(prepared.report.left_out)
    assert prepared.report.read["es"] == prepared.report.kept["es"] + sum(prepared.report.left_out.values())


def test_good_pairs_and_open_engines_are_kept(prepared: Prepared) -> None:
    pairs = list(read_pairs(prepared.folder))
    assert [(pair.english, pair.other) for pair in pairs if pair.corpus.name == "tatoeba-test"] == list(PAIRS)
    # Commercial engines, talks and the held-out set are not there.
    assert [pair.english for pair in pairs if pair.corpus.name == FIREFOX] == ["The council of Orsa met again."]
    assert len(pairs) == prepared.report.kept["es"]


def test_the_held_out_set_is_written_with_its_human_translations(prepared: Prepared) -> None:
    text = (prepared.folder / "wmt12.en-es.tsv").read_text(encoding="utf-8")
    assert text == "The harbor of Velm stays shut.\tEl puerto de Velm sigue cerrado.\n"


def test_the_report_can_be_read(prepared: Prepared) -> None:
    report = json.loads((prepared.folder / "report.json").read_text(encoding="utf-8"))
    assert report["kept by corpus"] == {"es: firefox-students": 1, "es: tatoeba-test": len(PAIRS)}
    assert report["evaluation texts compared"] == 2


def test_the_same_corpora_give_the_same_bytes(prepared: Prepared, tmp_path: Path) -> None:
    evaluation = prepared.folder / "evaluation"
    settings = PreparationSettings(
        write_corpora(tmp_path / "corpora"), ("es",), tmp_path, (evaluation,), ("wmt-newstest-old",), ("wmt12",)
    )
    prepare(settings)
    for name in ("pairs.tsv.gz", "report.json"):
        assert (tmp_path / name).read_bytes() == (prepared.folder / name).read_bytes()


def test_overlap_looks_at_letters_only_and_at_sentences() -> None:
    texts = EvaluationTexts()
    texts.add("We left early. Nobody had locked the northern gate!")
    assert "nobody had locked the NORTHERN gate" in texts
    assert "Nobody had locked the southern gate" not in texts
    # Too short to be anybody's.
    assert "We left early." not in texts


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "Tom &amp; Ann\u200b  left .", "Tom & Ann left."),
        ("en", "He plays `` Blue Tide '' and does n't stop .", 'He plays "Blue Tide" and doesn\'t stop.'),
        ("en", '"She said ""no"" twice."', 'She said "no" twice.'),
        ("es", "¿ Quién llama ?", "¿Quién llama?"),
        ("fr", "Qui appelle ?", "Qui appelle ?"),
        ("ar", "كَتَبَ", "كتب"),
    ],
)
def test_normalized(code: str, text: str, expected: str) -> None:
    assert normalized(text, training_language(code)) == expected


def test_a_hole_is_a_missing_name() -> None:
    assert hole("Call  before the loop.", "Llame a la función antes del bucle.")
    assert hole("Set the value of , then stop.", "Fije el valor y pare.")
    assert not hole("Call it before the loop.", "Llámela antes del bucle.")


@pytest.mark.parametrize(
    ("code", "other", "expected"),
    [
        ("uk", "Міст зачинено до весни.", None),
        ("uk", "Мост закрыт до весны.", Reason.WRONG_LANGUAGE),
        ("ru", "Мост закрыт до весны.", None),
        ("ru", "Міст зачинено до весни.", Reason.WRONG_LANGUAGE),
        ("zh", "这座桥到春天才开放。", None),
        ("ar", "الجسر مغلق حتى الربيع.", None),
        ("de", "Die Brücke bleibt bis zum Frühling geschlossen.", None),
        ("de", "Le pont est fermé et les gens sont dans la rue.", Reason.WRONG_LANGUAGE),
    ],
)
def test_a_pair_in_its_languages_is_kept(code: str, other: str, expected: Reason | None) -> None:
    assert fault("The bridge is closed until the spring.", other, training_language(code)) == expected


@pytest.mark.parametrize("text", ["\x00" * 50, "\ud800 lone", "a" * 200_000, "(" * 5_000, "{" * 5_000, " ," * 5_000])
def test_hostile_text_ends_in_a_reason_or_none(text: str) -> None:
    language = training_language("es")
    clean = normalized(text, language)
    assert fault(clean, clean, language) in {Reason.EMPTY, Reason.TOO_LONG, Reason.COPY, Reason.MARKUP}


def test_unknown_languages_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no training language 'xx'"):
        prepare(PreparationSettings(tmp_path, ("xx",), tmp_path))
    with pytest.raises(UsageError, match="no corpus"):
        prepare(PreparationSettings(tmp_path, ("es",), tmp_path))
