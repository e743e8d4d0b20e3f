"""Probabilities of damage: the fitted models, runs of words, sentences that are judged, notes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mtcheck.checks.fluency import garbled_span, word_salad
from mtcheck.core.checks import Check
from mtcheck.core.facts import FactRequest, Facts
from mtcheck.core.findings import Metric
from mtcheck.core.languages import LANGUAGES
from mtcheck.core.spans import Span
from mtcheck.core.surprisal import SURPRISAL, PassageSurprisal, ScoringModel, Surprisals, TokenSurprisal
from mtcheck.engines.language_model.provider import SurprisalProvider
from mtcheck.testing import FakeLanguageModel, document_from_text, facts_of, one_language
from mtcheck.text.damage import (
    DAMAGE,
    SALAD,
    SENTENCE_FEATURES,
    WORDS,
    Damage,
    DamageModel,
    JudgedWord,
    Term,
    calibration_note,
    damage_model,
    damaged_spans,
    judged,
    model_and_hash,
    words_by_sentence,
)
from mtcheck.text.machine_style import STYLE, style_model
from mtcheck.text.style_surprisal import MACHINE_WITH_SURPRISAL, STYLE_SURPRISAL, machine_score, passage_features
from mtcheck.text.word_surprisal import FEATURES, Level, words_of

SENTENCE = "The mayor of the town went to the harbor on foot late at night."


def model(name: str, feature: str) -> DamageModel:
    names = FEATURES if name == WORDS else SENTENCE_FEATURES
    terms = tuple(Term(one, 10.0, 1.0, 1.0 if one == feature else 0.0) for one in names)
    return DamageModel(name, 0.0, terms, 1.0, 0.0, 0.5, 0.0, 0.0, "small 1 for tests")


def page(text: str, bits: dict[str, float]) -> tuple[PassageSurprisal, ...]:
    [tokens] = FakeLanguageModel(bits).surprisals([text], "en")
    return (PassageSurprisal(Span(0, len(text)), "en", tokens),)


def test_the_fitted_models_have_the_features_that_are_computed() -> None:
    assert FEATURES == tuple(term.feature for term in damage_model(WORDS).terms)
    assert SENTENCE_FEATURES == tuple(term.feature for term in damage_model(SALAD).terms)
    for name in (WORDS, SALAD):
        assert 0.0 < damage_model(name).threshold < 1.0
        assert damage_model(name).slope > 0


def test_a_probability_rises_with_what_speaks_for_it_and_says_what_that_was() -> None:
    words = model(WORDS, "all its bits")
    found = judged(SENTENCE, page(SENTENCE, {"harbor": 14.0}), (), words, model(SALAD, "bits of a word"))
    [passage] = found.passages
    worst = max(passage, key=lambda word: word.probability)
    assert ("harbor", 0.982) == (worst.span.of(SENTENCE), round(worst.probability, 3))
    assert "all its bits +4.00" == words.strongest(worst.values)
    assert "many small ones" == words.strongest(passage[0].values)


def test_runs_of_plain_words_are_one_span() -> None:
    text = "aa bb cc dd ee Ff gg"
    chances = [0.9, 0.1, 0.8, 0.1, 0.1, 0.9, 0.6]
    words = tuple(
        JudgedWord(Span(3 * index, 3 * index + 2), chance, 9.0, plain=text[3 * index].islower(), values=())
        for index, chance in enumerate(chances)
    )
    found = list(damaged_spans(Damage((words,), (), Level(4.0, 1.0)), 0.5))
    assert ["aa bb cc", "gg"] == [one.span.of(text) for one in found]
    assert [0.9, 0.6] == [one.worst.probability for one in found]


@pytest.mark.parametrize(
    ("sentence", "is_judged"),
    [
        (SENTENCE, True),
        ("The mayor went home.", False),
        (SENTENCE[:-1], False),
        ("Anna Brandt, Orlo Pell, Ida Stone, Karl Moor and six of us.", False),
        ("The mayor of the town went to the harbor ON FOOTING late at night.", False),
        ('<tweet id="mayor"> of the town went to the harbor late at night.', False),
    ],
)
def test_only_running_sentences_are_judged_as_a_whole(sentence: str, is_judged: bool) -> None:
    words = [words_of(sentence, passage) for passage in page(sentence, {})]
    assert is_judged is bool(list(words_by_sentence(sentence, words, [Span(0, len(sentence))])))


def test_the_fact_is_computed_for_english_only() -> None:
    document = document_from_text(f"{SENTENCE}\n\n{SENTENCE}")
    request = FactRequest(document, Facts({LANGUAGES: one_language(document, "en")}))
    [outcome] = SurprisalProvider(FakeLanguageModel({})).provide([request])
    assert outcome.value is not None
    damage = facts_of(document, given={SURPRISAL: outcome.value})[DAMAGE]
    assert (2, 2) == (len(damage.passages), len(damage.sentences))
    german = Surprisals(tuple(replace(one, language="de") for one in outcome.value.passages), ())
    assert () == facts_of(document, given={SURPRISAL: german})[DAMAGE].passages


def test_a_probability_that_was_fitted_with_another_language_model_is_called_a_guess() -> None:
    words = model(WORDS, "all its bits")
    assert () == calibration_note(words, "small 1 another runtime")
    [note] = calibration_note(words, "large 2 for tests")
    assert "large 2" in note.text


@pytest.mark.parametrize("check", [garbled_span.CHECK, word_salad.CHECK], ids=lambda check: check.code)
def test_evidence_names_the_model_that_gave_it_and_no_other(check: Check[Any]) -> None:
    example = next(example for example in check.examples if "⟦" in example.text)
    document = document_from_text(example.text.replace("⟦", "").replace("⟧", ""))
    given = {each.fact: each.build(document) for each in example.given}
    fitted = ScoringModel("en", f"{model_and_hash(damage_model(WORDS).fitted_with)} any runtime")
    models = (ScoringModel("ar", "arabic 3 any runtime"), fitted, ScoringModel("ru", "russian 4 any runtime"))
    facts = facts_of(document, given=given | {SURPRISAL: Surprisals((), models)})
    hits = list(check.find(document, facts, check.options()))
    metrics = [entry for hit in hits for entry in hit.evidence if isinstance(entry, Metric) and "bits" in entry.label]
    assert {fitted.signature} == {metric.signature for metric in metrics}
    assert not [entry for hit in hits for entry in hit.evidence if getattr(entry, "label", "") == "calibration"]


def test_style_with_surprisal_is_silent_with_another_language_model() -> None:
    text = " ".join(f"The ferry of Varen left the harbor late on day {number}." for number in range(12))
    document = document_from_text(text)
    fitted = ScoringModel("en", f"{style_model(MACHINE_WITH_SURPRISAL).language_model} runtime")
    other = ScoringModel("ar", "arabic 3 runtime")
    for models, count in (((fitted,), 1), ((other, fitted), 1), ((ScoringModel("en", "another model"),), 0), ((), 0)):
        facts = facts_of(document, given={SURPRISAL: Surprisals(page(text, {}), models)})
        assert 1 == len(facts[STYLE].passages)
        assert count == len(facts[STYLE_SURPRISAL].machine) == len(facts[STYLE_SURPRISAL].translated)


def test_even_surprisal_has_no_variation() -> None:
    words = words_of(SENTENCE, page(SENTENCE, {".": 5.0})[0])
    found = passage_features([words, words])
    between = {name: value for name, value in found.items() if name.startswith("variation between sentences")}
    assert 3 == len(between)
    assert {0.0} == set(between.values())
    assert 0.0 == found["variation: bits of a word"] == found["surprise follows surprise"]
    assert {} == passage_features([[]])


def test_a_machine_is_likely_where_both_scores_are_high() -> None:
    assert machine_score(40.0, 40.0) == pytest.approx(0.0)
    assert machine_score(2.0, -2.0) < machine_score(2.0, 2.0) > machine_score(-2.0, 2.0)
    assert machine_score(-1000.0, 0.0) < -20


def test_tokens_that_do_not_fit_a_word_are_left_out() -> None:
    tokens = (TokenSurprisal(Span(0, 3), 2.0),)
    assert ["The"] == [word.word for word in words_of(SENTENCE, PassageSurprisal(Span(0, 9), "en", tokens))]
