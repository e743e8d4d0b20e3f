from __future__ import annotations

from collections.abc import Sequence

import pytest

from mtcheck.core.documents import Block, BlockKind, BlockRole, Document
from mtcheck.core.errors import EngineError, ModelUnavailable
from mtcheck.core.facts import FactRequest, Outcome
from mtcheck.core.languages import LANGUAGES, Languages, LanguageShare, LanguageSpan
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.spans import Span
from mtcheck.core.translation import ROUND_TRIP, RoundTrips, Translation
from mtcheck.engines.translation import NO_TRANSLATOR, TranslatorSettings, open_translator
from mtcheck.engines.translation.round_trip import RoundTripProvider
from mtcheck.testing import FakeTranslator, facts_of

FIRST = "The ferry sails to Varen again."
SECOND = "Forty passengers waited on the quay."


def request(
    *blocks: str | tuple[str, BlockRole], languages: Sequence[str] = (), source: str | None = None
) -> FactRequest:
    """A document with one block a text, in the languages given (English where none is)."""
    made: list[Block] = []
    text = ""
    for block in blocks:
        content, role = block if isinstance(block, tuple) else (block, BlockRole.MAIN)
        made.append(Block(BlockKind.PARAGRAPH, Span(len(text), len(text) + len(content)), role))
        text += content + "\n\n"
    document = Document("d", "d", text, tuple(made), OffsetMap.identity(text), source_language=source)
    spoken = [*languages, *["en"] * (len(made) - len(languages))]
    spans = tuple(LanguageSpan(block.span, language, 1.0) for block, language in zip(made, spoken, strict=True))
    given = Languages("en", (LanguageShare("en", 1.0),), spans)
    return FactRequest(document, facts_of(document, given={LANGUAGES: given}))


def only(outcomes: list[Outcome[RoundTrips]]) -> Outcome[RoundTrips]:
    (outcome,) = outcomes
    return outcome


def trips(outcome: Outcome[RoundTrips]) -> RoundTrips:
    assert outcome.value is not None
    return outcome.value


def test_a_sentence_goes_there_and_back() -> None:
    asked = request(f"{FIRST} {SECOND}")
    outcome = only(RoundTripProvider(FakeTranslator()).provide([asked]))
    found = trips(outcome).trips
    assert [FIRST, SECOND] == [trip.sentence.of(asked.document.text) for trip in found]
    assert [("en", "es", FIRST, 100.0, ""), ("en", "es", SECOND, 100.0, "")] == [
        (trip.language, trip.pivot, trip.back, trip.chrf, trip.unusable) for trip in found
    ]
    assert found[0].forward == " ".join(word[::-1] for word in FIRST.split())
    assert outcome.omissions == ()
    assert trips(outcome).translator_signature == "fake translator"
    assert "nc:6" in trips(outcome).metric_signature


def test_chrf_is_what_sacrebleu_says() -> None:
    from sacrebleu.metrics.chrf import CHRF

    fake = FakeTranslator(lambda text, source, _: text if source == "en" else text.replace("ferry", "ship"))
    (trip,) = trips(only(RoundTripProvider(fake).provide([request(FIRST)]))).trips
    assert trip.chrf == CHRF().sentence_score(FIRST.replace("ferry", "ship"), [FIRST]).score
    assert 50 < (trip.chrf or 0) < 100


def test_white_space_is_collapsed_for_the_trip_and_the_span_is_the_documents() -> None:
    asked = request("  The ferry\n\tsails  to Varen again.")
    sent: list[str] = []

    def note(text: str, _source: str, _target: str) -> str:
        sent.append(text)
        return text

    (trip,) = trips(only(RoundTripProvider(FakeTranslator(note)).provide([asked]))).trips
    assert sent == [FIRST, FIRST]
    assert trip.sentence.of(asked.document.text) == "The ferry\n\tsails  to Varen again."
    assert trip.chrf == 100.0


def test_distinct_texts_are_sent_once_for_all_documents() -> None:
    fake = FakeTranslator()
    outcomes = RoundTripProvider(fake).provide([request(FIRST, SECOND), request(FIRST), request(SECOND, FIRST)])
    assert [2, 1, 2] == [len(trips(outcome).trips) for outcome in outcomes]
    assert fake.calls == 4


def test_furniture_is_left_alone() -> None:
    outcome = only(RoundTripProvider(FakeTranslator()).provide([request(FIRST, (SECOND, BlockRole.FURNITURE))]))
    assert len(trips(outcome).trips) == 1
    assert outcome.omissions == ()


def test_what_is_out_of_reach_is_said_and_is_not_incomplete() -> None:
    asked = request(
        "Read more",
        "2021 — 04 — 05 — 06",
        "word " * 300 + "end.",
        "Паром снова ходит в Варен.",
        FIRST,
        languages=["en", "en", "en", "ru"],
    )
    outcome = only(RoundTripProvider(FakeTranslator()).provide([asked]))
    assert len(trips(outcome).trips) == 1
    assert not any(omission.incomplete for omission in outcome.omissions)
    long, short, unsupported = outcome.omissions
    assert "too long for a round trip" in long.reason
    assert long.span is not None
    assert "2 sentences too short for a round trip" in short.reason
    assert unsupported.reason == "1 sentence in “ru”: the translator has no way from that language to another and back"


def test_one_way_is_no_way() -> None:
    outcome = only(RoundTripProvider(FakeTranslator(pairs=[("en", "es")])).provide([request(FIRST)]))
    assert trips(outcome).trips == ()
    assert len(outcome.omissions) == 1


@pytest.mark.parametrize(
    ("source", "pivots", "expected"),
    [(None, ("es", "ru"), "es"), (None, ("ru", "es"), "ru"), ("ru", ("es",), "ru"), ("ar", ("es",), "es"), ("en", ("ru",), "ru")],
)  # fmt: skip
def test_the_pivot_is_the_source_language_or_the_first_configured(
    source: str | None, pivots: tuple[str, ...], expected: str
) -> None:
    fake = FakeTranslator(pairs=[("en", "es"), ("es", "en"), ("en", "ru"), ("ru", "en"), ("en", "ar")])
    provider = RoundTripProvider(fake, pivots)
    (trip,) = trips(only(provider.provide([request(FIRST, source=source)]))).trips
    assert trip.pivot == expected


def test_without_a_choice_the_best_measured_way_comes_first() -> None:
    fake = FakeTranslator(pairs=[("en", "es"), ("es", "en"), ("en", "ru"), ("ru", "en")])
    provider = RoundTripProvider(fake, best={"en": ["de", "ru", "es"], "ru": ["en"]})
    (trip,) = trips(only(provider.provide([request(FIRST)]))).trips
    assert "ru" == trip.pivot
    assert provider.signature != RoundTripProvider(fake).signature
    chosen = RoundTripProvider(fake, ("es",), best={"en": ["ru"]})
    (trip,) = trips(only(chosen.provide([request(FIRST)]))).trips
    assert "es" == trip.pivot


@pytest.mark.parametrize("leg", ["en", "es"])
def test_a_failed_translation_is_no_evidence(leg: str) -> None:
    class Failing(FakeTranslator):
        def translate(self, texts: Sequence[str], source_language: str, target_language: str) -> list[Translation]:
            answers = super().translate(texts, source_language, target_language)
            return [
                Translation(answer.text, unusable="loop")
                if source_language == leg and "quay" in text + text[::-1]
                else answer
                for text, answer in zip(texts, answers, strict=True)
            ]

    asked = request(FIRST, SECOND)
    outcome = only(RoundTripProvider(Failing()).provide([asked]))
    first, second = trips(outcome).trips
    assert (first.chrf, first.unusable) == (100.0, "")
    assert (second.chrf, second.unusable) == (None, "loop")
    (omission,) = outcome.omissions
    assert omission.span == second.sentence
    assert not omission.incomplete
    assert omission.reason == f"the translator ({'en-es' if leg == 'en' else 'es-en'}) fell into a loop"


class MissingTranslator(FakeTranslator):
    signature = "no translator"

    def translate(self, texts: Sequence[str], source_language: str, target_language: str) -> list[Translation]:
        raise ModelUnavailable(NO_TRANSLATOR)


def test_without_a_translator_the_scan_is_incomplete_and_says_how_to_mend_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mtcheck.engines.translation.embedded_models", lambda: ())
    with pytest.raises(ModelUnavailable, match="no translation model is set: pass --model FOLDER or a hub name"):
        open_translator(TranslatorSettings())
    provider = RoundTripProvider(MissingTranslator())
    outcome = only(provider.provide([request(FIRST, SECOND)]))
    assert outcome.value is None
    (omission,) = outcome.omissions
    assert omission.incomplete
    assert "set [translation] command, or --no-translate" in omission.reason
    assert "no translator" in provider.signature


def test_a_page_with_nothing_to_translate_needs_no_translator() -> None:
    outcome = only(RoundTripProvider(MissingTranslator()).provide([request("Read more")]))
    assert trips(outcome).trips == ()


def test_a_direction_that_fails_leaves_the_others() -> None:
    class Half(FakeTranslator):
        def translate(self, texts: Sequence[str], source_language: str, target_language: str) -> list[Translation]:
            if "ru" in (source_language, target_language):
                raise EngineError("the program ended with exit code 1")
            return super().translate(texts, source_language, target_language)

    fake = Half(pairs=[("en", "es"), ("es", "en"), ("ru", "es"), ("es", "ru")])
    both = request(FIRST, "Паром снова ходит в Варен.", languages=["en", "ru"])
    russian = request("Паром снова ходит в Варен.", languages=["ru"])
    first, second = RoundTripProvider(fake).provide([both, russian])
    assert len(trips(first).trips) == 1
    assert [("the program ended with exit code 1", True)] == [(one.reason, one.incomplete) for one in first.omissions]
    assert second.value is None
    assert [True] == [one.incomplete for one in second.omissions]


def test_what_the_provider_declares() -> None:
    provider = RoundTripProvider(FakeTranslator())
    assert provider.provides is ROUND_TRIP
    assert "fake translator" in provider.signature
    assert provider.signature != RoundTripProvider(FakeTranslator(), ("ru",)).signature
