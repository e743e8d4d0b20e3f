"""What the translator attended to, and what it says of itself."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from mtcheck.core.errors import ModelUnavailable
from mtcheck.core.translation import Translation
from mtcheck.core.unusable import Unusable
from mtcheck.engines.translation.cache import TranslationCache
from mtcheck.engines.translation.checkpoint import read_checkpoint
from mtcheck.engines.translation.ctranslate2 import CTranslate2Runtime
from mtcheck.engines.translation.marian import TransformersRuntime
from mtcheck.engines.translation.marian_subwords import MarianSubwords, open_subwords
from mtcheck.engines.translation.neural import coverage_of
from mtcheck.engines.translation.subwords import Subwords
from mtcheck.engines.translation.watch import LEAST_COVERAGE, LEAST_SCORE, judge, length_ratio
from tests.engines.translation.tiny_marian import sentence

SOURCE = "The minister said on Monday that the talks in Varen would go on for another week."
GOOD = "El ministro dijo el lunes que las conversaciones en Varen seguirían una semana más."


@pytest.mark.parametrize(
    ("tokens", "attention", "expected"),
    [
        ("▁the ▁old ▁port </s>", (0.9, 0.1, 0.3, 0.9), 2 / 3),
        ("▁min i ster ▁sa w", (0.1, 0.5, 0.0, 0.1, 0.1), 1 / 2),
        (">>spa<< ▁the , ▁port .", (0.0, 0.5, 0.0, 0.1, 0.9), 1.0),
        ("▁港 口 关 闭", (0.9, 0.1, 0.2, 0.1), 1 / 2),
        ("▁ . </s>", (0.5, 0.5, 0.5), None),
        ("", (), None),
    ],
)
def test_a_word_counts_when_one_of_its_pieces_was_attended_to(
    tokens: str, attention: tuple[float, ...], expected: float | None
) -> None:
    found = coverage_of(tokens.split(), attention, {"</s>", ">>spa<<"})
    assert expected == (None if found is None else pytest.approx(expected, abs=1e-3))


@pytest.mark.parametrize("beams", [1, 3])
def test_both_runtimes_attend_alike(tiny_checkpoint: Path, tmp_path: Path, beams: int) -> None:
    checkpoint = read_checkpoint(tiny_checkpoint)
    subwords = open_subwords(checkpoint)
    randomness = random.Random(3)
    batch = subwords.encode([sentence(randomness) for _ in range(20)], "en", "es")
    on_torch = TransformersRuntime(beams, "cpu").load(checkpoint, subwords).decode(batch, None, 30)
    on_ctranslate2 = CTranslate2Runtime(tmp_path, beams, "cpu").load(checkpoint, subwords).decode(batch, None, 30)
    same = [pair for pair in zip(on_torch, on_ctranslate2, batch, strict=True) if pair[0].numbers == pair[1].numbers]
    assert len(same) >= 18
    for left, right, numbers in same:
        assert left.attention is not None
        assert right.attention is not None
        assert len(numbers) == len(left.attention)
        # Eight bits move a share a little; another layer or another head would move it far.
        assert left.attention == pytest.approx(right.attention, abs=0.06)


@pytest.mark.parametrize(
    ("translation", "reason"),
    [
        (Translation(GOOD), ""),
        (Translation(GOOD, LEAST_SCORE, coverage=LEAST_COVERAGE), ""),
        (Translation(GOOD, LEAST_SCORE - 0.01, coverage=1.0), Unusable.LOW_CONFIDENCE),
        (Translation(GOOD, -0.1, coverage=LEAST_COVERAGE - 0.01), Unusable.LOW_COVERAGE),
        (Translation(SOURCE, -9.0), Unusable.COPY),
        (Translation("El minister said on Monday that las talks in Varen would go on week.", -0.1), Unusable.COPY),
    ],
)
def test_what_the_translator_doubts_is_no_evidence(translation: Translation, reason: str) -> None:
    judged = judge(SOURCE, translation, "en", "es")
    assert reason == judged.unusable
    assert (translation.text, translation.score, translation.coverage) == (judged.text, judged.score, judged.coverage)


def test_the_usual_length_is_one() -> None:
    assert 1.0 == pytest.approx(length_ratio("x" * 100, "y" * 119, "en", "es"))
    assert 1.0 == pytest.approx(length_ratio("x" * 34, "y" * 100, "zh", "en"))
    assert length_ratio("", "y", "en", "es") is None


def test_the_cache_keeps_coverage(tmp_path: Path) -> None:
    cache = TranslationCache(tmp_path)
    answer = Translation("uno", -0.25, "loop", 0.5)
    cache.put("s", ("en", "es"), {"one": answer, "two": Translation("dos")})
    assert {"one": answer, "two": Translation("dos")} == cache.get("s", ("en", "es"), ["one", "two", "three"])
    cache.close()


TEXTS = ["the old port", "naïve 中文 🙂", "", "a  b", "12,5 %", "unseenword the port."]


def test_marian_texts_are_cut_as_the_library_does(tiny_checkpoint: Path) -> None:
    import mtcheck.models

    embedded = Path(next(iter(mtcheck.models.__path__))) / "english-spanish-small"
    for folder, directions in ((tiny_checkpoint, [("en", "es")]), (embedded, [("en", "es"), ("es", "en")])):
        checkpoint = read_checkpoint(folder)
        quick, library = open_subwords(checkpoint), Subwords(checkpoint)
        assert isinstance(quick, MarianSubwords)
        assert library.end == quick.end
        assert library.special == quick.special
        for source, target in directions:
            numbers = quick.encode(TEXTS, source, target)
            assert library.encode(TEXTS, source, target) == numbers
            for each in numbers:
                assert library.tokens(each) == quick.tokens(each)
                assert library.decode(each) == quick.decode(each)


def test_marks_in_a_text_are_text(tiny_checkpoint: Path) -> None:
    quick = open_subwords(read_checkpoint(tiny_checkpoint))
    [numbers] = quick.encode(["the </s> port"], "en", "es")
    assert [quick.end] == [number for number in numbers if number == quick.end]
    assert quick.end == numbers[-1]


@pytest.mark.parametrize("content", ["", "[]", '{"</s>": 0}', '{"</s>": "x", "<unk>": 1}'])
def test_a_damaged_vocabulary_is_told_of(tiny_checkpoint: Path, tmp_path: Path, content: str) -> None:
    import shutil

    folder = tmp_path / "en-es"
    shutil.copytree(tiny_checkpoint, folder)
    (folder / "vocab.json").write_text(content, encoding="utf-8")
    with pytest.raises(ModelUnavailable, match=r"vocab\.json"):
        open_subwords(read_checkpoint(folder))
