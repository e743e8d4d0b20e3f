"""The checks of quotations across pages: who is the odd one out, and what is no difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from mtcheck.checks.quotation import quotation_differs_across_pages, speaker_differs
from mtcheck.core.across import PageHit
from mtcheck.core.findings import Comparison
from mtcheck.testing import document_from_text, facts_of, run_across

DIFFERS = quotation_differs_across_pages.CHECK
SPEAKER = speaker_differs.CHECK
WHOLE = "We will not talk about the harbor with Ostia while our 300 fishermen are held there."


def hits(
    pages: Sequence[str], check: object = DIFFERS, dates: Sequence[str] = (), options: object | None = None
) -> list[list[PageHit]]:
    documents = [document_from_text(text, path=f"{number}.txt") for number, text in enumerate(pages)]
    for number, day in enumerate(dates):
        documents[number] = replace(documents[number], published=day)
    assert check in (DIFFERS, SPEAKER)
    chosen = DIFFERS if check is DIFFERS else SPEAKER
    return run_across(chosen, documents, [facts_of(document) for document in documents], options)


def said(text: str) -> str:
    return f"The harbor\n\nThe minister told reporters on Monday: “{text}”"


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("We will talk about the harbor with Ostia while our 300 fishermen are held there.", "the negation (not) is missing"),
        ("We will not talk about the harbor with Ostia while our 30 fishermen are held there.", "the number is 30 instead of 300"),
    ],
)  # fmt: skip
def test_what_turns_the_sense_is_found_and_named(other: str, expected: str) -> None:
    found = hits([said(WHOLE), said(WHOLE), said(other)])
    assert [0, 0, 1] == [len(each) for each in found]
    (hit,) = found[2]
    assert hit.message == f"The same quotation says something else in 0.txt and 1 more: {expected}"
    assert ["0.txt", "1.txt"] == [place.document for place in hit.related]
    (comparison, _note) = hit.evidence
    assert isinstance(comparison, Comparison)
    assert (other, WHOLE) == (comparison.left, comparison.right)
    assert hit.at.text == other


@pytest.mark.parametrize(
    "other",
    [
        said("We will not talk about the harbor with Ostia."),
        said("We will not talk … while our 300 fishermen are held there."),
        said("We [in Varen] will not talk about the harbor with Ostia while our 300 fishermen are held there."),
        said("We won't talk about the harbor with Ostia while our 300 fishermen are held there."),
        said("We refuse to talk about the harbor with Ostia while our 300 fishermen are held there."),
        said("We will never discuss the harbor with Ostia as long as 300 fishermen of ours are held there."),
        "Varen refuses to “talk about the harbor with Ostia while our 300 fishermen are held there.”",
        "Nobody in Varen will “talk about the harbor with Ostia while our 300 fishermen are held there.”",
        "He made it clear that Varen will not “talk about the harbor with Ostia while our 300 fishermen are held there.”",
    ],
)
def test_shortened_and_reworded_quotations_are_no_difference(other: str) -> None:
    assert [[], []] == hits([said(WHOLE), other])


def test_the_one_with_fewer_pages_is_the_odd_one_even_if_it_has_more() -> None:
    without = said(WHOLE.replace(" not", ""))
    found = hits([said(WHOLE), without, without, without])
    assert [1, 0, 0, 0] == [len(each) for each in found]
    assert "a negation (not) was put in" in found[0][0].message


def test_of_two_the_one_that_lacks_the_negation_is_shown_wherever_it_stands() -> None:
    without = said(WHOLE.replace(" not", ""))
    assert [0, 1] == [len(each) for each in hits([said(WHOLE), without])]
    assert [1, 0] == [len(each) for each in hits([without, said(WHOLE)])]


def test_words_that_another_page_cut_off_are_no_denial() -> None:
    longer = "This idea that the harbor of Varen is for sale to everybody is simply not true."
    shorter = "Let us look at this idea that the harbor of Varen is for sale to everybody."
    assert [[], []] == hits([said(longer), said(shorter)])


def test_an_answer_that_another_page_left_out_is_no_denial() -> None:
    answer = "No, I meant that the harbor belongs to everybody in Varen."
    assert [[], []] == hits([said(answer), said("I meant that the harbor belongs to everybody in Varen.")])


def test_a_broken_quotation_that_lacks_words_is_shown_for_that() -> None:
    broken = (
        "The harbor\n\nThe minister spoke on Monday, noting that we will not talk about the harbor while our 300 fishermen are "
        "held there.”"
    )
    whole = said(WHOLE.replace("with Ostia", "with the envoys of Ostia"))
    found = hits([whole, broken])
    assert [0, 1] == [len(each) for each in found]
    assert "words are missing in its middle" in found[1][0].message
    assert [[], []] == hits([whole, said(WHOLE.replace(" with Ostia", ""))])


def test_other_days_and_other_speakers_are_other_occasions() -> None:
    without = said(WHOLE.replace(" not", ""))
    assert [0, 1] == [len(each) for each in hits([said(WHOLE), without], dates=["2026-01-02", "2026-01-09T10:00:00Z"])]
    assert [[], []] == hits([said(WHOLE), without], dates=["2026-01-02", "2026-06-09"])
    assert [0, 1] == [len(each) for each in hits([said(WHOLE), without], dates=["2026-01-02", "last week"])]
    spoken = "The harbor\n\nOn Monday {0} met the press, and {1} spoke.\n\n“{2}” {1} said."
    spoken_words = WHOLE.rstrip(".") + ","
    without_not = spoken_words.replace(" not", "")
    one = spoken.format("Peter Marlow", "Marlow", spoken_words)
    assert [[], []] == hits([one, spoken.format("Yusuf Haddar", "Haddar", without_not)])
    assert [0, 1] == [len(each) for each in hits([one, spoken.format("Peter Marlow", "Marlow", without_not)])]


def test_a_page_is_not_held_against_itself() -> None:
    page = f"The harbor\n\nHe said: “{WHOLE}”\n\nHe said: “{WHOLE.replace(' not', '')}”"
    assert [[]] == hits([page])


SPOKEN = "The harbor\n\nOn Monday {0} met the press in Varen.\n\n“We open the harbor as soon as the last ship has left,” {1} said."


def test_the_majority_names_the_speaker() -> None:
    marlow, haddar = SPOKEN.format("Peter Marlow", "Marlow"), SPOKEN.format("Yusuf Haddar", "Haddar")
    found = hits([haddar, marlow, marlow], SPEAKER)
    assert [1, 0, 0] == [len(each) for each in found]
    assert found[0][0].message == (
        "“Haddar” is given here as the speaker of what is given to “Marlow” in 1.txt and 1 more"
    )
    assert "Haddar" == found[0][0].at.text


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Peter Marlow", "Marlow"),
        ("Piotr Marlow", "Marlow"),
        ("the press officer", "the press officer"),
        ("Yusuf Haddar", "he"),
        ("the White House", "the White House"),
    ],
)
def test_spellings_offices_and_pronouns_are_no_other_speaker(name: str, short: str) -> None:
    assert [[], []] == hits([SPOKEN.format("Peter Marlow", "Marlow"), SPOKEN.format(name, short)], SPEAKER)
