"""Two wordings of one utterance: what differs, and what of it turns the sense."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtcheck.text.quotation_comparison import Change, Turn, compare_quotations
from tests.hang import no_hang

PIER = (
    "We have listened to everybody. We will not rent out the old pier to a single company while the fishermen of the "
    "town have no place to land. The ferry sails on."
)
GARBLED = "Companies the old pier needs only while the fishermen of the town have no place to land."


def turns(here: str, there: str, language: str = "en") -> list[Turn]:
    return [turn.turn for turn in compare_quotations(here, there, language).turns]


def test_subject_and_negation_that_are_gone_are_named() -> None:
    comparison = compare_quotations(GARBLED, PIER, "en")
    assert comparison.window.of(PIER).startswith("We will not rent")
    assert "the subject (We) and the negation (will not) are missing" == comparison.summary
    assert comparison.reversed
    (negation, subject) = comparison.turns
    assert [Turn.NEGATION_LOST, Turn.SUBJECT_LOST] == [negation.turn, subject.turn]
    assert ["will not"] == [span.of(PIER) for span in negation.there]
    assert ["We"] == [span.of(PIER) for span in subject.there]
    assert () == negation.here == subject.here


def test_divergences_have_their_places_in_both_texts() -> None:
    here, there = "The ferry sails again in the dark winter.", "The night ferry sails in the long winter today."
    found = [(d.change, d.here.of(here), d.there.of(there)) for d in compare_quotations(here, there, "en").divergences]
    assert [
        (Change.MISSING, "", "night"),
        (Change.ADDED, "again", ""),
        (Change.CHANGED, "dark", "long"),
    ] == found


@pytest.mark.parametrize(
    "here",
    [
        "rent out the old pier to a single company while the fishermen of the town have no place to land",
        "We will not rent out the old pier … while the fishermen of the town have no place to land.",
        "We will not rent out the old pier [...] while the fishermen of the town have no place to land.",
        "[The council] will not rent out the old pier to a single company",
        "We will not rent out the old pier [in the town] to a single company",
        "We have listened to everybody. We will not rent out the old pier to a single company.",
        "We will NOT rent out the old pier to a single company – while the fishermen of the town have no place to land!",
    ],
)
def test_an_excerpt_agrees(here: str) -> None:
    comparison = compare_quotations(here, PIER, "en")
    assert () == comparison.divergences
    assert () == comparison.turns
    assert "" == comparison.summary


@pytest.mark.parametrize(
    ("here", "there", "language", "expected"),
    [
        ("We will pay for the pier.", "We will not pay for the pier.", "en", [Turn.NEGATION_LOST]),
        ("We will not pay for the pier.", "We will pay for the pier.", "en", [Turn.NEGATION_ADDED]),
        ("We won’t pay for the pier.", "We will pay for the pier.", "en", [Turn.NEGATION_ADDED]),
        ("Shall we pay for the pier.", "Never shall we pay for the pier.", "en", [Turn.NEGATION_LOST]),
        ("They will pay for the pier.", "We will pay for the pier.", "en", [Turn.SUBJECT_CHANGED]),
        ("Ostia must help Varen now.", "Varen must help Ostia now.", "en", [Turn.NAMES_SWAPPED]),
        ("It took 40 days to build it.", "It took 14 days to build it.", "en", [Turn.NUMBER_CHANGED]),
        ("Relations are improving this year.", "Relations are deteriorating this year.", "en", [Turn.OPPOSITE]),
        ("Wir werden den Hafen öffnen.", "Wir werden den Hafen nicht öffnen.", "de", [Turn.NEGATION_LOST]),
        ("Das wollen wir am Hafen.", "Das wollen wir am Hafen nicht.", "de", [Turn.NEGATION_LOST]),
        ("Vamos a abrir el puerto.", "No vamos a abrir el puerto.", "es", [Turn.NEGATION_LOST]),
        ("Nous voulons ouvrir le port.", "Nous ne voulons pas ouvrir le port.", "fr", [Turn.NEGATION_LOST]),
        ("Мы будем открывать порт.", "Мы не будем открывать порт.", "ru", [Turn.NEGATION_LOST]),
        ("Ми будемо відкривати порт.", "Ми не будемо відкривати порт.", "uk", [Turn.NEGATION_LOST]),
        ("سوف نفتح الميناء القديم.", "لن نفتح الميناء القديم.", "ar", [Turn.NEGATION_LOST]),
        ("هم فتحوا الميناء القديم أمس", "نحن فتحوا الميناء القديم أمس", "ar", [Turn.SUBJECT_CHANGED]),
    ],
)
def test_what_turns_the_sense_is_seen(here: str, there: str, language: str, expected: list[Turn]) -> None:
    assert expected == turns(here, there, language)


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("We refuse to pay for the pier.", "We will not pay for the pier."),
        ("They were unable to leave the harbor.", "They were not able to leave the harbor."),
        ("The matter is yet to be settled here.", "The matter has not been settled here."),
        ("Recently the ferry sailed to Ostia again.", "Not long ago the ferry sailed to Ostia again."),
        ("It is open to ships and boats.", "It is open not only to ships but also to boats."),
        ("Enter only after a test of your health.", "Do not enter until a test of your health."),
        ("The work at pier 5 goes on.", "The work at pier No. 5 goes on."),
        ("The meeting is on July 7 at noon.", "The meeting is on July 7th at noon."),
        ("About 6000 people came to the harbor.", "About 6,000 people came to the harbor."),
        ("It begins at 1:30 in the harbor.", "It begins at 13:30 in the harbor."),
        ("Varen and Ostia have met again.", "Ostia and Varen have met again."),
        ("It is not known, if it rains, what to do.", "If it rains, it is not known what to do."),
        ("One must repair the pier before the winter.", "We must repair the pier before the winter."),
    ],
)
def test_another_way_to_say_the_same_turns_nothing(here: str, there: str) -> None:
    assert [] == turns(here, there)
    assert [] == turns(there, here)


def test_a_sentence_that_the_other_wording_splits_is_compared_with_both_parts() -> None:
    here = "The ferry will sail before the winter and the pilots of the town will keep their work at the pier."
    there = "It rains. The ferry will sail before the winter. The pilots of the town will keep their work at the pier."
    comparison = compare_quotations(here, there, "en")
    assert comparison.window.of(there) == there.removeprefix("It rains. ")


def test_likeness_counts_what_is_covered_only() -> None:
    assert 1.0 == compare_quotations("rent out the old pier", PIER, "en").likeness
    assert 0.0 == compare_quotations("Xylophones juxtapose", PIER, "en").likeness


@pytest.mark.parametrize(("here", "there"), [("", ""), ("", PIER), (PIER, ""), ("!?", "…"), ("not", "")])
def test_texts_without_words_are_compared(here: str, there: str) -> None:
    assert compare_quotations(here, there, "en").shared_words == 0


def test_a_language_without_tables_has_no_turns_but_divergences() -> None:
    comparison = compare_quotations("Vi vill öppna hamnen.", "Vi vill inte öppna hamnen.", "sv")
    assert () == comparison.turns
    assert 1 == len(comparison.divergences)


@given(st.text(max_size=80), st.text(max_size=120), st.sampled_from(["en", "ar", "zh", "und"]))
def test_any_texts_are_compared_and_spans_lie_inside(here: str, there: str, language: str) -> None:
    comparison = compare_quotations(here, there, language)
    for divergence in comparison.divergences:
        assert divergence.here.end <= len(here)
        assert comparison.window.start <= divergence.there.start <= divergence.there.end <= comparison.window.end
    assert comparison == compare_quotations(here, there, language)


@given(st.text(max_size=100), st.sampled_from(["en", "es", "ru"]))
def test_a_text_agrees_with_itself(text: str, language: str) -> None:
    assert () == compare_quotations(text, text, language).turns


def test_long_texts_end() -> None:
    with no_hang():
        compare_quotations("not we " * 50_000, "we [" * 50_000, "en")
