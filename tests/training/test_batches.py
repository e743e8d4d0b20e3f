"""Vocabulary, packed pairs, and the stream of batches."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from mtcheck.core.errors import ConfigurationError, UsageError
from mtcheck.training.batches import Batch, BatchStream
from mtcheck.training.configuration import Configuration, Phase, load_configuration
from mtcheck.training.corpora import Group
from mtcheck.training.packing import load_packed
from mtcheck.training.schedule import Length, rate_factor
from tests.training.conftest import Prepared
from tests.training.sample import PAIRS, TOY


def test_vocabulary_gives_texts_back_even_unseen_letters(prepared: Prepared) -> None:
    texts = [*(text for pair in PAIRS for text in pair), "Żółw 中 7!"]
    assert [prepared.vocabulary.decode(numbers) for numbers in prepared.vocabulary.encode(texts)] == texts
    assert [prepared.vocabulary.decode(numbers) for numbers in prepared.vocabulary.sample(texts, 0.1)] == texts


def test_vocabulary_numbers_as_marian_does(prepared: Prepared) -> None:
    vocabulary = prepared.vocabulary
    assert (vocabulary.end, vocabulary.padding) == (0, len(vocabulary) - 1)
    assert vocabulary.languages == ("en", "es")
    assert {vocabulary.language("en"), vocabulary.language("es")} == {len(vocabulary) - 3, len(vocabulary) - 2}


def test_packed_pairs_are_those_prepared_and_survive_the_disk(prepared: Prepared) -> None:
    packed = load_packed(prepared.folder)
    assert len(packed) == prepared.report.kept["es"]
    for version in range(TOY.segmentations):
        decoded = [prepared.vocabulary.decode(packed.english[version][index]) for index in range(len(packed))]
        assert Counter(decoded) == Counter([*(english for english, _ in PAIRS), "The council of Orsa met again."])
    assert Counter(packed.group(index) for index in range(len(packed))) == {Group.EVERYDAY: len(PAIRS), Group.NEWS: 1}
    # The further segmentations are other ones.
    assert any(packed.english[0][index] != packed.english[1][index] for index in range(len(packed)))


def batches_of(prepared: Prepared, configuration: Configuration, count: int, progress: float = 0.0) -> list[Batch]:
    stream = BatchStream(prepared.packed, prepared.vocabulary, configuration)
    return [stream.next(progress) for _ in range(count)]


def test_batches_keep_to_their_budget_and_begin_with_the_target_language(prepared: Prepared) -> None:
    vocabulary = prepared.vocabulary
    batches = batches_of(prepared, TOY, 60)
    marks = {vocabulary.language("en"), vocabulary.language("es")}
    for batch in batches:
        assert batch.source.size + batch.target.size <= 2 * TOY.batch_tokens // TOY.micro_batches
        assert set(batch.source[:, 0].tolist()) <= marks
        assert batch.target_tokens == int((batch.target != vocabulary.padding).sum())
        # Every row ends once, and only padding follows.
        assert ((batch.source == vocabulary.end).sum(axis=1) == 1).all()
        assert ((batch.target == vocabulary.end).sum(axis=1) == 1).all()
    assert {int(number) for batch in batches for number in batch.source[:, 0]} == marks


def test_source_and_target_belong_together(prepared: Prepared) -> None:
    vocabulary = prepared.vocabulary
    known = set(PAIRS) | {("The council of Orsa met again.", "El consejo de Orsa volvió a reunirse.")}
    configuration = replace(TOY, phases=(Phase(0.0, {Group.EVERYDAY: 1.0, Group.NEWS: 1.0}),))
    seen = set()
    for batch in batches_of(prepared, configuration, 60):
        for source, target in zip(batch.source.tolist(), batch.target.tolist(), strict=True):
            texts = vocabulary.decode(source), vocabulary.decode(target)
            pair = texts if source[0] == vocabulary.language("es") else texts[::-1]
            assert pair in known
            seen.add(texts)
    # In so many batches every pair has come in both directions.
    assert len(seen) == 2 * len(known)


def test_joined_pairs_are_longer(prepared: Prepared) -> None:
    none, many = (
        batches_of(prepared, replace(TOY, phases=(Phase(0.0, {Group.EVERYDAY: 1.0}, joined=share),)), 40)
        for share in (0.0, 1.0)
    )
    assert max(batch.target.shape[1] for batch in many) > 1.5 * max(batch.target.shape[1] for batch in none)


def test_a_stream_goes_on_from_its_position(prepared: Prepared) -> None:
    progresses = [index / 40 for index in range(40)]
    whole = BatchStream(prepared.packed, prepared.vocabulary, TOY)
    expected = [whole.next(progress) for progress in progresses]
    for cut in (1, 13, 27):
        first = BatchStream(prepared.packed, prepared.vocabulary, TOY)
        for progress in progresses[:cut]:
            first.next(progress)
        second = BatchStream(prepared.packed, prepared.vocabulary, TOY, first.position)
        for progress, batch in zip(progresses[cut:], expected[cut:], strict=True):
            again = second.next(progress)
            assert np.array_equal(again.source, batch.source)
            assert np.array_equal(again.target, batch.target)


def test_a_phase_changes_what_is_drawn(prepared: Prepared) -> None:
    late = batches_of(prepared, replace(TOY, phases=(Phase(0.0, {Group.NEWS: 1.0}), TOY.phases[1])), 5)
    texts = {prepared.vocabulary.decode(row) for batch in late for row in batch.source.tolist()}
    assert texts == {"The council of Orsa met again.", "El consejo de Orsa volvió a reunirse."}


def test_the_rate_rises_stays_and_falls_to_zero() -> None:
    factors = [rate_factor(TOY, step, (step - 1) / 100) for step in range(1, 101)]
    assert factors[:4] == [0.25, 0.5, 0.75, 1.0]
    assert set(factors[4:50]) == {1.0}
    assert all(later < earlier for earlier, later in pairwise(factors[51:]))
    assert rate_factor(TOY, 101, 1.0) == 0.0
    falling = replace(TOY, schedule="inverse-square-root", cool_down=0.0)
    assert rate_factor(falling, 16, 0.5) == 0.5


def test_a_run_is_as_long_as_it_was_told() -> None:
    assert [Length(steps=4).progress(step, 99.0) for step in (0, 1, 4, 9)] == [0.0, 0.25, 1.0, 1.0]
    assert [Length(hours=0.5).progress(7, seconds) for seconds in (0.0, 900.0, 2000.0)] == [0.0, 0.5, 1.0]
    for wrong in ({}, {"hours": 1.0, "steps": 5}):
        with pytest.raises(UsageError, match="either in hours or in steps"):
            Length(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["cpu", "gpu"])
def test_the_shipped_configurations_can_be_read(name: str) -> None:
    configuration = load_configuration(name)
    assert configuration.name == name
    assert configuration.shape.width % configuration.shape.heads == 0
    assert set(configuration.phases[0].weights) == set(Group)


def test_a_wrong_configuration_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no training configuration 'tpu'"):
        load_configuration("tpu")
    path = tmp_path / "mine.toml"
    path.write_text("optimiser = 'adam'\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="unknown keys optimiser"):
        load_configuration(str(path))
