from __future__ import annotations

import gzip

import pytest

from mtcheck.core.translation import Translation
from mtcheck.core.unusable import Unusable, reason_sentence
from mtcheck.engines.translation.watch import MAX_INPUT_CHARACTERS, WatchedTranslator, judge
from mtcheck.testing import FakeTranslator
from tests.shared import SHARED, needs_shared

SOURCE = "The minister said on Monday that the talks in Varen would go on for another week."
GOOD = "El ministro dijo el lunes que las conversaciones en Varen seguirían una semana más."


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        (SOURCE, GOOD, ""),
        (SOURCE, "", Unusable.EMPTY),
        (SOURCE, " … ", Unusable.EMPTY),
        (SOURCE, SOURCE.upper(), Unusable.COPY),
        ("Ilse Tarn, Varen", "Ilse Tarn, Varen", ""),
        ("12:40 2021-04-05 7 8", "12:40 2021-04-05 7 8", ""),
        (SOURCE, "El ministro dijo " + "que las conversaciones siguen " * 3, Unusable.LOOP),
        (SOURCE, "El ministro dijo que no no no no", Unusable.LOOP),
        ("No, no, no, no, said the minister to all of us", "No, no, no, no, nos dijo el ministro a todos", ""),
        (SOURCE, "El ministro " + "jaja" * 8, Unusable.LOOP),
        (SOURCE, "El ministro.", Unusable.TRUNCATED),
        (SOURCE, " ".join(f"palabra{number}" for number in range(60)), Unusable.TOO_LONG),
        ("Yes, he did.", "Sí.", ""),
        (SOURCE, GOOD + " </s>", Unusable.MARKERS),
        (SOURCE, "▁El ministro dijo el lunes que las conversaciones en Varen seguirían", Unusable.MARKERS),
        (SOURCE, "El mini@@ stro dijo el lunes que las conversaciones en Varen seguirían", Unusable.MARKERS),
        ("The tag </s> ends a sentence in many of these models", "La marca </s> termina una frase en muchos de estos modelos", ""),
    ],
)  # fmt: skip
def test_plain_failures_are_marked_and_nothing_else(source: str, target: str, reason: str) -> None:
    assert reason == judge(source, Translation(target), "en", "es").unusable


def test_length_is_judged_by_what_is_usual_between_the_languages() -> None:
    chinese = "部长周一表示，在瓦伦举行的会谈将再持续一周。"
    assert judge(SOURCE, Translation(chinese), "en", "zh").unusable == ""
    assert judge(SOURCE, Translation(chinese[:15]), "en", "zh").unusable == ""
    assert judge(SOURCE, Translation(chinese[:15]), "en", "es").unusable == Unusable.TRUNCATED
    assert judge(chinese, Translation(SOURCE), "zh", "en").unusable == ""


def test_a_mark_that_is_there_stays() -> None:
    assert judge("a", Translation("", unusable="timeout"), "en", "es").unusable == "timeout"


def test_texts_that_are_too_long_are_not_sent() -> None:
    fake = FakeTranslator()
    long = "word " * MAX_INPUT_CHARACTERS
    answers = WatchedTranslator(fake).translate([SOURCE, long, SOURCE], "en", "es")
    assert ["", Unusable.INPUT_TOO_LONG, ""] == [answer.unusable for answer in answers]
    assert fake.calls == 2


def test_every_reason_has_a_sentence() -> None:
    assert len({reason.sentence for reason in Unusable}) == len(Unusable)
    assert reason_sentence("loop") == "fell into a loop"
    assert reason_sentence("odd") == "reported: odd"


@needs_shared
def test_human_translations_pass() -> None:
    """2,000 pairs of sentences: a threshold that marks people's work is wrong."""
    folder = SHARED / "corpora" / "evaluation"
    sides = {
        language: gzip.decompress((folder / f"flores200-dev.{language}.gz").read_bytes()).decode().splitlines()
        for language in ("ar", "de", "en", "es", "fr", "ru", "uk", "zh")
    }
    marked = [
        (source, target, judge(text, Translation(other), source, target).unusable)
        for source, target in (("en", "ar"), ("en", "es"), ("ru", "en"), ("zh", "de"), ("en", "zh"), ("uk", "fr"))
        for text, other in list(zip(sides[source], sides[target], strict=True))[::3]
        if judge(text, Translation(other), source, target).unusable
    ]
    assert len(marked) <= 2, marked
