"""The providers of SOURCE_ALIGNMENT and BACK_TRANSLATIONS: pairs, sentences, silence without a source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mtcheck.core.documents import Document, SegmentPair
from mtcheck.core.facts import FactRequest, Facts
from mtcheck.core.languages import LANGUAGES
from mtcheck.core.sources import BACK_TRANSLATIONS, SOURCE_ALIGNMENT, SourceAlignment
from mtcheck.core.spans import Span
from mtcheck.core.translation import Likelihood
from mtcheck.engines.source_alignment import SourceAlignmentProvider
from mtcheck.engines.translation import FirstTranslator
from mtcheck.engines.translation.back_translation import BackTranslationProvider
from mtcheck.engines.translation.watch import WatchedTranslator
from mtcheck.testing import FakeLanguageIdentifier, FakeTranslator, document_from_text, facts_of
from mtcheck.text.sentences import SENTENCES

ENGLISH = "The council met on Tuesday. It rejected the plan.\n\nThe ships sailed on Friday."
GERMAN = "Der Rat tagte am Dienstag. Er lehnte den Plan ab.\n\nDie Schiffe liefen am Freitag aus."


def aligned(document: Document, language: str = "en") -> SourceAlignment:
    provider = SourceAlignmentProvider(FakeLanguageIdentifier({GERMAN: "de"}))
    facts = facts_of(document, language).narrowed((SENTENCES, LANGUAGES))
    (outcome,) = provider.provide([FactRequest(document, facts)])
    assert outcome.omissions == ()
    assert outcome.value is not None
    return outcome.value


def test_page_without_source_has_no_pairs_and_nothing_left_out() -> None:
    assert aligned(document_from_text(ENGLISH)).pairs == ()


def test_sentences_of_a_page_are_paired() -> None:
    document = replace(document_from_text(ENGLISH), source=GERMAN)
    found = aligned(document)
    assert (found.source_language, found.language) == ("de", "en")
    assert [(pair.source, pair.target.of(ENGLISH)) for pair in found.pairs] == [
        ("Der Rat tagte am Dienstag.", "The council met on Tuesday."),
        ("Er lehnte den Plan ab.", "It rejected the plan."),
        ("Die Schiffe liefen am Freitag aus.", "The ships sailed on Friday."),
    ]


def test_segments_are_taken_as_given() -> None:
    text = "The ships sailed."
    segments = (SegmentPair(Span(0, len(text)), "Die Schiffe."), SegmentPair(Span(len(text), len(text)), "Mehr."))
    document = replace(document_from_text(text), segments=segments, source_language="de-DE")
    found = aligned(document)
    assert [(pair.translation, pair.given) for pair in found.pairs] == [(text, True), ("", True)]
    assert found.translated == found.pairs[:1]


class ScoringTranslator(FakeTranslator):
    """A fake that scores too: wording is as likely as its source is long."""

    def likelihoods(
        self, sources: Sequence[str], targets: Sequence[str], source_language: str, target_language: str
    ) -> list[Likelihood | None]:
        del targets, source_language, target_language
        return [Likelihood(-2.0 / (1 + len(source)), 2) for source in sources]


def sent_back(provider: BackTranslationProvider, alignment: SourceAlignment) -> tuple[object, tuple[str, ...]]:
    document = document_from_text(ENGLISH)
    (outcome,) = provider.provide([FactRequest(document, Facts({SOURCE_ALIGNMENT: alignment}))])
    assert provider.provides is BACK_TRANSLATIONS
    return outcome.value, tuple(omission.reason for omission in outcome.omissions)


def test_pairs_are_sent_back_and_scored() -> None:
    document = replace(document_from_text(ENGLISH), source=GERMAN)
    provider = BackTranslationProvider(ScoringTranslator(pairs=(("en", "de"), ("de", "en"))))
    (outcome,) = provider.provide([FactRequest(document, Facts({SOURCE_ALIGNMENT: aligned(document)}))])
    assert outcome.value is not None
    assert [back.pair for back in outcome.value.pairs] == [0, 1, 2]
    first = outcome.value.pairs[0]
    assert first.back == "ehT licnuoc tem no .yadseuT"
    assert first.chrf is not None
    assert first.score is not None
    assert first.without_source is not None
    assert first.score > first.without_source


def test_a_pair_that_the_translator_failed_on_is_said_to_be_left_out() -> None:
    document = replace(document_from_text(ENGLISH), source=GERMAN)
    translator = FakeTranslator(lambda text, *_: "" if "plan" in text else text[::-1], (("en", "de"), ("de", "en")))
    provider = BackTranslationProvider(WatchedTranslator(translator))
    (outcome,) = provider.provide([FactRequest(document, Facts({SOURCE_ALIGNMENT: aligned(document)}))])
    assert [("the translator (en-de) gave back nothing", "It rejected the plan.")] == [
        (omission.reason, omission.span.of(ENGLISH)) for omission in outcome.omissions if omission.span
    ]


def test_missing_direction_is_told_once_and_only_where_there_is_a_source() -> None:
    document = replace(document_from_text(ENGLISH), source=GERMAN)
    value, reasons = sent_back(BackTranslationProvider(FakeTranslator()), aligned(document))
    assert value is not None
    assert reasons == ("the page was not translated back to its source: the translator has no way from “en” to “de”",)
    assert sent_back(BackTranslationProvider(FakeTranslator()), SourceAlignment("und", "und", ()))[1] == ()
    assert sent_back(BackTranslationProvider(None, "off"), SourceAlignment("und", "und", ()))[1] == ()
    assert sent_back(BackTranslationProvider(None, "off"), aligned(document))[1] == ("off",)


def test_scores_pass_through_the_wrappers() -> None:
    scoring = WatchedTranslator(FirstTranslator([ScoringTranslator(pairs=(("en", "de"),))]))
    (found,) = scoring.likelihoods(["abc"], ["x"], "en", "de")
    assert found is not None
    assert found.mean == -0.25
    assert scoring.likelihoods(["abc"], ["x"], "de", "en") == [None]
    assert WatchedTranslator(FakeTranslator()).likelihoods(["abc"], ["x"], "en", "es") == [None]
    assert WatchedTranslator(FakeTranslator()).proposals(["abc"], "en", "es", 2) == [()]
