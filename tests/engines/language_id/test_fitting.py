from __future__ import annotations

import gzip
import math
from pathlib import Path

import numpy as np
import pytest

from mtcheck.engines.language_id.calibration import LENGTHS, calibration_of, known_members, written
from mtcheck.engines.language_id.fitting import Item, Sample, calibrate, drawn, fit, items
from mtcheck.engines.language_id.models import default_models

NEWS = (
    "language\tline\tsentence\n"
    "en\t0\tThe ferry to the island leaves at nine in the morning.\n"
    "en\t1\tNobody reads the odd lines here.\n"
    "de\t0\tDie Fähre zur Insel fährt um neun Uhr morgens wieder zurück.\n"
    "zh\t2\t开往该岛的渡轮早上九点出发。\n"
)
OTHER = "lang\tunit\ttext\nnb\tsingle-words\tferge\nen\tsingle-words\tmeasured\n"
MEASURED = "origin\tkind\tlanguage\ttext\nntrex\tw1\ten\tmeasured\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tables = {"ntrex12": NEWS, "lingua_testdata": OTHER, "short_items": MEASURED}
    for name, text in tables.items():
        (tmp_path / f"{name}.tsv.gz").write_bytes(gzip.compress(text.encode("utf-8")))
    return tmp_path


def test_items_leave_out_odd_lines_and_what_is_measured(folder: Path) -> None:
    found = {(item.language, item.text) for item in items(folder)}
    assert ("en", "The ferry to the island leaves at nine in the morning.") in found
    assert ("zh", "开往") in found
    assert ("no", "ferge") in found
    assert not any("Nobody" in text or "odd" in text or text == "measured" for _, text in found)


def test_draws_words_in_small_letters_and_a_run_of_three() -> None:
    assert ["fährt", "fährt früh los"] == list(drawn("de", "Die Insel fährt früh los", whole=False))


def _sample(right: list[int], opinion: list[float]) -> Sample:
    count = len(right)
    place = np.zeros((count, len(LENGTHS)))
    place[:, 0] = 1
    return Sample(
        np.tile(np.array(opinion)[None, :, None], (count, 1, 1)),
        place,
        np.full(count, 4.0),
        np.zeros((count, 2)),
        np.array(right),
        np.ones(count),
        np.full(count, "Latin"),
    )


def test_a_model_that_is_too_sure_is_believed_less() -> None:
    # It is right three times of four and says so with a probability of 0.9997: a weight of 1 would be too much.
    fitted = fit(_sample([1, 1, 1, 0] * 20, [-8.0, 0.0]))
    sums = fitted.weights[0, 0] * 8.0 + (fitted.leans[1] - fitted.leans[0]).sum()
    assert math.log(3) == pytest.approx(sums, abs=0.1)
    assert fitted.loss < 0.6


def test_a_calibration_survives_being_written() -> None:
    texts = {"en": ["ferry", "morning", "harbor"], "de": ["morgens", "zurück", "Hafen"], "ru": ["паром", "утром"]}
    found = [Item(language, text, 1.0) for language, words in texts.items() for text in words]
    calibration, losses = calibrate(found, default_models())
    lines = list(written(calibration))
    assert ("profiles", "fasttext") == calibration.members
    assert {"any", "Latin", "Cyrillic"} == set(calibration.weights) == set(losses)
    assert len(LENGTHS) * 3 == sum(line.startswith("weights\tprofiles+fasttext\t") for line in lines)
    assert all(value >= 0 for rows in calibration.weights.values() for row in rows for value in row)


@pytest.mark.parametrize("members", known_members())
def test_every_calibration_is_whole(members: tuple[str, ...]) -> None:
    calibration = calibration_of(members)
    assert {"any", "Latin", "Cyrillic", "Arabic"} == set(calibration.weights)
    for rows in calibration.weights.values():
        assert [len(members)] * len(LENGTHS) == [len(row) for row in rows]
    assert {"en", "ru", "ar", "zh"} <= set(calibration.leans)


def test_weights_go_from_length_to_length_and_fall_for_long_texts() -> None:
    calibration = calibration_of(("profiles",))
    short, middle, long = (calibration.at("Latin", letters)[0] for letters in (7, 9, 12))
    assert min(short, long) <= middle <= max(short, long)
    assert calibration.at("Latin", 640)[0] == pytest.approx(calibration.at("Latin", 160)[0] / 2)
    assert calibration.at("Latin", 0) == calibration.at("Latin", LENGTHS[0])
    assert calibration.at("Devanagari", 20) == calibration.at("any", 20)


def test_models_that_were_not_fitted_together_are_refused() -> None:
    with pytest.raises(KeyError, match="no calibration"):
        calibration_of(("lingua", "profiles"))
