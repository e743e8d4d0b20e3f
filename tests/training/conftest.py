"""Prepared toy data, made once for all tests of this folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from mtcheck.training.packing import PackedPairs, pack
from mtcheck.training.preparation import PreparationReport, PreparationSettings, prepare
from mtcheck.training.vocabulary import Vocabulary, VocabularySettings, make_vocabulary
from tests.training.sample import TOY, write_corpora, write_evaluation


@dataclass(frozen=True, slots=True)
class Prepared:
    """The toy corpus after ``prepare``, ``vocabulary`` and ``pack``."""

    folder: Path
    report: PreparationReport
    vocabulary: Vocabulary
    packed: PackedPairs


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    folder = tmp_path_factory.mktemp("training")
    corpora, evaluation = write_corpora(folder / "corpora"), write_evaluation(folder / "evaluation")
    report = prepare(
        PreparationSettings(corpora, ("es",), folder, (evaluation,), ("wmt-newstest-old",), hold_out=("wmt12",))
    )
    vocabulary = make_vocabulary(folder, folder, VocabularySettings(TOY.shape.pieces))
    packed = pack(folder, vocabulary, folder, TOY.segmentations)
    return Prepared(folder, report, vocabulary, packed)
