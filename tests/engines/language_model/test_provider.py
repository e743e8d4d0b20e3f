from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mtcheck.core.documents import BlockKind, BlockRole, Document
from mtcheck.core.errors import ModelUnavailable
from mtcheck.core.facts import FactRequest, Outcome
from mtcheck.core.languages import LANGUAGES, languages_by_block
from mtcheck.core.surprisal import SURPRISAL, LanguageModel, ScoringModel, Surprisals, TokenSurprisal
from mtcheck.engines.language_model import FirstLanguageModel
from mtcheck.engines.language_model.provider import MAX_CHARACTERS, SurprisalProvider
from mtcheck.testing import FakeLanguageModel, document_from_text, facts_of

ENGLISH = "The ferry to Lower Varen sails again today, the mayor said."
OTHER = "Tickets cost as much as before the storm, and nobody complained."
RUSSIAN = "Паром снова ходит, сообщил глава порта."


def provide(
    model: LanguageModel,
    *documents: Document,
    foreign: dict[str, str] | None = None,
    asked: frozenset[str] | None = None,
) -> list[Outcome[Surprisals]]:
    languages = languages_by_block("en", foreign)
    requests = [
        FactRequest(document, facts_of(document, given={LANGUAGES: languages(document)})) for document in documents
    ]
    return SurprisalProvider(model, asked).provide(requests)


def value(outcome: Outcome[Surprisals]) -> Surprisals:
    assert outcome.value is not None
    return outcome.value


def test_spans_count_the_text_of_the_document() -> None:
    document = document_from_text(f"{ENGLISH}\n\n{OTHER}")
    model = FakeLanguageModel({"ferry": 12.5, "storm": 9.0})
    [outcome] = provide(model, document)
    found = value(outcome)
    assert ((), (ScoringModel("en", "fake language model"),)) == (outcome.omissions, found.models)
    assert [block.span for block in document.blocks] == [passage.passage for passage in found.passages]
    tokens = {token.span.of(document.text): token.bits for passage in found.passages for token in passage.tokens}
    assert (12.5, 9.0, 5.0) == (tokens["ferry"], tokens["storm"], tokens["mayor"])
    assert all(passage.passage.contains(token.span) for passage in found.passages for token in passage.tokens)
    assert ["en", "en"] == [passage.language for passage in found.passages]


def test_the_same_passage_on_many_pages_is_scored_once() -> None:
    model = FakeLanguageModel({})
    documents = [document_from_text(f"{ENGLISH}\n\n{OTHER}"), document_from_text(ENGLISH), document_from_text(OTHER)]
    outcomes = provide(model, *documents)
    assert [2, 1, 1] == [len(value(outcome).passages) for outcome in outcomes]
    assert 2 == model.calls


def test_languages_it_does_not_know_are_left_out_and_the_scan_stays_complete() -> None:
    [outcome] = provide(FakeLanguageModel({}), document_from_text(f"{ENGLISH}\n\n{RUSSIAN}"), foreign={"Паром": "ru"})
    [omission] = outcome.omissions
    assert "“ru”" in omission.reason
    assert not omission.incomplete
    assert 1 == len(value(outcome).passages)


class Named(FakeLanguageModel):
    """A model with a name of its own."""

    def __init__(self, name: str, language: str) -> None:
        super().__init__({}, languages=(language,))
        self._name = name

    @property
    def signature(self) -> str:
        return self._name


def test_each_language_has_the_signature_of_the_model_that_scored_it() -> None:
    model = FirstLanguageModel([Named("arabic 1", "ar"), Named("english 2", "en"), Named("russian 3", "ru")])
    [outcome] = provide(model, document_from_text(f"{ENGLISH}\n\n{RUSSIAN}"), foreign={"Паром": "ru"})
    found = value(outcome)
    assert ("english 2", "russian 3", "") == tuple(map(found.signature_of, ("en", "ru", "ar")))
    assert "surprisal 2 arabic 1 or english 2 or russian 3" == SurprisalProvider(model).signature
    assert "surprisal 2 english 2" == SurprisalProvider(model, frozenset({"en", "ja"})).signature
    assert SurprisalProvider(model).signature == SurprisalProvider(model, frozenset({"ja"})).signature


def test_what_nobody_asks_for_is_not_scored() -> None:
    english, russian = Named("english 2", "en"), Named("russian 3", "ru")
    document = document_from_text(f"{ENGLISH}\n\n{RUSSIAN}")
    both = FirstLanguageModel([english, russian])
    [outcome] = provide(both, document, foreign={"Паром": "ru"}, asked=frozenset({"en"}))
    assert (1, 0) == (english.calls, russian.calls)
    assert (ScoringModel("en", "english 2"),) == value(outcome).models
    [omission] = outcome.omissions
    assert "1 passage in “ru”: no check of surprisal was measured in that language" == omission.reason
    assert not omission.incomplete


def test_furniture_code_and_blocks_without_letters_are_left_out() -> None:
    document = document_from_text(f"{ENGLISH}\n\n{OTHER}\n\n* * *\n\n{OTHER}")
    blocks = list(document.blocks)
    blocks[0] = replace(blocks[0], role=BlockRole.FURNITURE)
    blocks[1] = replace(blocks[1], kind=BlockKind.CODE)
    document = replace(document, blocks=tuple(blocks))
    [outcome] = provide(FakeLanguageModel({}), document)
    assert [blocks[-1].span] == [passage.passage for passage in value(outcome).passages]
    assert () == outcome.omissions


def test_a_passage_that_is_far_too_long_is_told_of() -> None:
    [outcome] = provide(FakeLanguageModel({}), document_from_text("word " * (MAX_CHARACTERS // 4)))
    assert () == value(outcome).passages
    assert ["too long" in omission.reason for omission in outcome.omissions] == [True]
    assert outcome.omissions[0].span is not None
    assert not outcome.omissions[0].incomplete


class Broken(FakeLanguageModel):
    """A model whose weights cannot be loaded."""

    def surprisals(self, texts: Sequence[str], language: str) -> list[tuple[TokenSurprisal, ...]]:
        raise ModelUnavailable("the weights are gone")


def test_a_model_that_cannot_be_loaded_makes_the_scan_incomplete() -> None:
    broken, untouched = provide(
        Broken({}), document_from_text(ENGLISH), document_from_text(RUSSIAN), foreign={"Паром": "ru"}
    )
    assert broken.value is None
    assert [("the weights are gone", True)] == [(each.reason, each.incomplete) for each in broken.omissions]
    assert () == value(untouched).passages


def test_the_fact_and_the_signature() -> None:
    provider = SurprisalProvider(FakeLanguageModel({}))
    assert (SURPRISAL, (LANGUAGES,)) == (provider.provides, provider.needs)
    assert "fake language model" in provider.signature
