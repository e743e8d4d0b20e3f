"""From what a page quotes to the references that are meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from mtcheck.checks.quotation.differs_from_reference import CHECK
from mtcheck.core.errors import ModelUnavailable
from mtcheck.core.facts import FactRequest, Facts, Outcome
from mtcheck.core.references import GLOSSARY, REFERENCE_MATCHES, REFERENCE_NAMES, ReferenceMatches
from mtcheck.core.translation import Translation, Translator
from mtcheck.engines.references import (
    GlossaryProvider,
    NamesProvider,
    QuotationIndex,
    ReferenceMatchesProvider,
    open_library,
    open_references,
)
from mtcheck.engines.references.providers import speech_stretches
from mtcheck.testing import FakeTranslator, document_from_text, facts_of, run_check
from tests.engines.references.folders import FERRY, PIER, quotation, write_quotations, write_table

GARBLED = (
    "Corvall pointed out that it is time to act, noting that the town has waited. Companies the old pier needs only "
    "while the fishermen of the town have no place to land their catch.”"
)
SPANISH = "Vamos a alquilar el viejo muelle a una sola empresa mientras los pescadores no tengan sitio."


def provider_of(folder: Path, translator: Translator | None = None) -> ReferenceMatchesProvider:
    library = open_library(folder)
    return ReferenceMatchesProvider(library, QuotationIndex(library, folder.parent / "cache"), translator)


def matched(provider: ReferenceMatchesProvider, text: str, language: str = "en") -> Outcome[ReferenceMatches]:
    document = document_from_text(text, language)
    (outcome,) = provider.provide([FactRequest(document, facts_of(document, language))])
    return outcome


def value(outcome: Outcome[ReferenceMatches]) -> ReferenceMatches:
    assert outcome.value is not None
    return outcome.value


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_quotations(tmp_path / "references", quotation(id="pier"), quotation(FERRY, id="ferry"))


def spoken(text: str) -> list[tuple[str, bool]]:
    document = document_from_text(text)
    return [(found.span.of(text), found.marked) for found in speech_stretches(document, facts_of(document))]


def test_every_sentence_of_a_quotation_is_looked_up_by_itself() -> None:
    text = "“We have waited long enough for this. Now the ferry must sail, come what may,” she said. It rained all day long."
    assert [
        ("We have waited long enough for this.", True),
        ("Now the ferry must sail, come what may", True),
    ] == spoken(text)


def test_short_and_nested_quotations_are_not_looked_up_by_themselves() -> None:
    text = "He called it “late and vague”. “They said ‘the ferry must sail again’ to every one of us,” she said."
    assert [("They said ‘the ferry must sail again’ to every one of us", True)] == spoken(text)


def test_where_a_mark_is_lost_the_sentence_at_the_other_is_looked_up() -> None:
    assert "Companies the old pier needs only while the fishermen of the town have no place to land their catch." in [
        text for text, marked in spoken(GARBLED) if not marked
    ]


def test_page_furniture_is_not_looked_up() -> None:
    text = "Harbor news\n\n“We have waited long enough for this ferry,” she said.\n\nRelated Articles\n\nHome"
    assert 1 == len(spoken(text))


def test_the_nearest_reference_is_matched_with_its_chrf(folder: Path) -> None:
    (match,) = value(matched(provider_of(folder), f"“{FERRY}”, said Corvall.")).matches
    assert ("ferry", FERRY, 100.0) == (match.reference.id, match.wording, match.chrf)
    assert match.marked


def test_chrf_is_that_of_sacrebleu(folder: Path) -> None:
    from sacrebleu import sentence_chrf

    words = "the old pier needs a single company while the fishermen have no place to land"
    provider = provider_of(folder)
    found = value(matched(provider, f"She said “{words}” to us."))
    sentence = PIER.partition(". ")[2]
    assert found.matches[0].chrf == pytest.approx(sentence_chrf(words, [sentence]).score, abs=0.01)
    assert found.metric_signature.startswith("nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:")
    assert found.metric_signature in provider.signature


def test_a_garbled_quotation_that_lost_its_opening_is_matched(folder: Path) -> None:
    found = value(matched(provider_of(folder), GARBLED))
    (match,) = [match for match in found.matches if match.reference.id == "pier"]
    assert not match.marked
    document = document_from_text(GARBLED)
    (hit,) = run_check(CHECK, document, Facts({REFERENCE_MATCHES: found}))
    assert "the subject (We) and the negation (will not) are missing" in hit.message
    assert hit.span.of(GARBLED).startswith("Companies the old pier")


def test_what_has_nothing_to_do_with_a_reference_matches_none(folder: Path) -> None:
    text = "“The weather in the mountains was splendid for a walk with the dogs,” said Brandt."
    assert () == value(matched(provider_of(folder), text)).matches


def test_the_signature_follows_the_contents(folder: Path) -> None:
    before = provider_of(folder).signature
    assert before == provider_of(folder).signature
    write_quotations(folder, quotation(id="pier"))
    assert before != provider_of(folder).signature


def test_without_references_nothing_is_matched_and_sacrebleu_is_not_needed(tmp_path: Path) -> None:
    library = open_references(None)
    provider = ReferenceMatchesProvider(library, QuotationIndex(library, tmp_path))
    assert "reference matches 1 none" == provider.signature
    assert ReferenceMatches((), "") == matched(provider, f"“{PIER}”").value


def test_tables_are_the_same_for_every_document(tmp_path: Path) -> None:
    write_table(tmp_path, "language,use,avoid", "en,pier,dock")
    write_table(tmp_path, "language,name,variants", "en,Ines Corvall,Inez Corvall", name="names.tsv")
    library = open_library(tmp_path)
    requests = [FactRequest(document_from_text("One."), Facts({})), FactRequest(document_from_text("Two."), Facts({}))]
    glossary, names = GlossaryProvider(library), NamesProvider(library)
    assert (GLOSSARY, REFERENCE_NAMES) == (glossary.provides, names.provides)
    assert [library.glossary] * 2 == [outcome.value for outcome in glossary.provide(requests)]
    assert [library.names] * 2 == [outcome.value for outcome in names.provide(requests)]


# Through the translator

WORDS = {
    ("es", "en"): {SPANISH: "We will rent out the old pier to a single company while the fishermen have no place."},
    ("en", "es"): {
        PIER.partition(". ")[2]: "No vamos a alquilar el viejo muelle a una sola empresa mientras los pescadores no "
        "tengan sitio."
    },
}


def translator_of(change: Callable[[str], str] = str) -> FakeTranslator:
    def translate(text: str, source: str, target: str) -> str:
        return change(WORDS.get((source, target), {}).get(text, f"{target} unbekannt"))

    return FakeTranslator(translate)


def test_a_reference_in_another_language_is_reached_there_and_back(folder: Path) -> None:
    text = f"«{SPANISH}», dijo Corvall."
    provider = provider_of(folder, translator_of())
    found = value(matched(provider, text, "es"))
    (match,) = found.matches
    assert ("pier", "es", WORDS["es", "en"][SPANISH]) == (match.reference.id, match.language, match.rendering)
    assert match.wording.startswith("No vamos")
    assert "fake translator" == found.translator_signature
    (hit,) = run_check(CHECK, document_from_text(text, "es"), Facts({REFERENCE_MATCHES: found}))
    assert "the negation (No) is missing" in hit.message
    assert hit.confidence < 0.8


def test_a_translator_that_loses_the_negation_itself_accuses_nobody(folder: Path) -> None:
    text = f"«{SPANISH.replace('Vamos', 'No vamos')}», dijo Corvall."
    lossy = FakeTranslator(lambda _text, source, target: next(iter(WORDS[source, target].values())))
    found = value(matched(provider_of(folder, lossy), text, "es"))
    assert 1 == len(found.matches)
    assert [] == run_check(CHECK, document_from_text(text, "es"), Facts({REFERENCE_MATCHES: found}))


def test_without_a_translator_only_the_own_language_is_compared(folder: Path) -> None:
    assert () == value(matched(provider_of(folder), f"«{SPANISH}», dijo Corvall.", "es")).matches


def test_a_translator_that_fails_is_reported_and_ends_nothing(folder: Path) -> None:
    class Broken(FakeTranslator):
        def translate(self, texts: Sequence[str], source_language: str, target_language: str) -> list[Translation]:
            raise ModelUnavailable("no model is here")

    outcome = matched(provider_of(folder, Broken()), f"«{SPANISH}», dijo Corvall.", "es")
    assert () == value(outcome).matches
    assert ["references in “en”: no model is here"] == [omission.reason for omission in outcome.omissions]
    assert outcome.omissions[0].incomplete


def test_a_page_in_the_references_language_is_never_translated(folder: Path) -> None:
    translator = translator_of()
    matched(provider_of(folder, translator), f"“{PIER}”, said Corvall.")
    assert 0 == translator.calls
