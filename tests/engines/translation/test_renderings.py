from __future__ import annotations

from collections.abc import Sequence

from mtcheck.core.errors import EngineError
from mtcheck.core.facts import FactRequest, Facts
from mtcheck.core.spans import Span
from mtcheck.core.translation import ROUND_TRIP, Renderings, RoundTrip, RoundTrips, Translation
from mtcheck.engines.translation.renderings import BEAMS, RenderingsProvider
from mtcheck.testing import FakeTranslator, document_from_text

TEXT = "The ferry sails again."
WAYS = (("en", "es"), ("es", "en"), ("en", "ru"), ("ru", "en"))


class ProposingTranslator(FakeTranslator):
    """A fake that gives the text back with a number at its end; the last proposal is one that it failed on."""

    def proposals(
        self, texts: Sequence[str], source_language: str, target_language: str, count: int
    ) -> list[tuple[Translation, ...]]:
        del source_language, target_language
        return [
            tuple(
                Translation(f"{text} {number}", unusable="loop" * (number == count)) for number in range(1, count + 1)
            )
            for text in texts
        ]


def rendered(translator: FakeTranslator, *, usable: bool = True) -> tuple[Renderings | None, list[str]]:
    trip = RoundTrip(Span(0, len(TEXT)), "en", "es", "yrref", "ferry", 50.0 if usable else None)
    facts = Facts({ROUND_TRIP: RoundTrips((trip,), "fake", "chrF")})
    (outcome,) = RenderingsProvider(translator).provide([FactRequest(document_from_text(TEXT), facts)])
    return outcome.value, [omission.reason for omission in outcome.omissions]


def test_beams_come_first_then_other_languages() -> None:
    value, left_out = rendered(ProposingTranslator(pairs=WAYS))
    assert value is not None
    (sentence,) = value.sentences
    assert [("yrref 1", "es"), ("yrref 2", "es"), ("yrref 3", "es"), (TEXT, "ru")] == [
        (each.text, each.pivot) for each in sentence.renderings
    ]
    assert BEAMS == len(sentence.renderings)
    assert left_out == []


def test_a_translator_of_one_answer_leaves_the_sentence_out_and_says_so() -> None:
    value, left_out = rendered(FakeTranslator(pairs=WAYS))
    assert value == Renderings((), "fake translator")
    assert left_out == ["1 sentence has no several back-translations that could be compared"]


def test_sentences_that_did_not_make_the_trip_are_not_asked_for() -> None:
    value, left_out = rendered(ProposingTranslator(pairs=WAYS), usable=False)
    assert value == Renderings((), "fake translator")
    assert left_out == []


def test_a_failure_is_incomplete() -> None:
    class Failing(ProposingTranslator):
        def proposals(self, *_: object) -> list[tuple[Translation, ...]]:
            raise EngineError("out of order")

    value, left_out = rendered(Failing(pairs=WAYS))
    assert value == Renderings((), "fake translator")
    assert left_out == ["out of order"]
