"""Who said a quotation, and on which day."""

from __future__ import annotations

import pytest

from mtcheck.core.references import REFERENCE_NAMES, ReferenceName
from mtcheck.testing import document_from_text, facts_of
from mtcheck.text.quotation_records import QUOTATIONS
from mtcheck.text.utterance_speakers import Speakers, one_day

_SPOKEN = "“We will open the harbor as soon as the last ship has left,”"


def day_of(attribution: str, language: str = "en", quotation: str = _SPOKEN) -> str:
    document = document_from_text(f"{quotation} {attribution}", language)
    facts = facts_of(document, language)
    said_on = Speakers(document, facts).date_of(facts[QUOTATIONS].quotations[0])
    return said_on.day if said_on else ""


@pytest.mark.parametrize(
    ("attribution", "expected"),
    [
        ("Marlow said on 12 May.", "05-12"),
        ("Marlow said on Monday, May 12, 2031.", "2031-05-12"),
        ("said Peter Marlow on 12 May 2031.", "2031-05-12"),
        ("Marlow said, and the treaty of 12 May is void.", ""),
        ("Marlow said in Varen.", ""),
        ("Marlow said in May.", ""),
    ],
)
def test_a_day_counts_beside_the_speaker_or_the_verb(attribution: str, expected: str) -> None:
    assert expected == day_of(attribution)


def test_a_day_in_russian_and_german() -> None:
    assert "05-12" == day_of(
        "— сказал Варенцов 12 мая.", "ru", "«Мы откроем порт, как только уйдёт последний корабль»,"
    )
    assert "05-12" == day_of("sagte Marlow am 12. Mai.", "de", "„Wir öffnen den Hafen, sobald das Schiff abfährt“,")


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("05-12", "05-12", True),
        ("05-12", "2031-05-12", True),
        ("2030-05-12", "2031-05-12", False),
        ("05-12", "05-21", False),
    ],
)
def test_one_day(left: str, right: str, expected: bool) -> None:
    assert expected is one_day(left, right)


def test_the_references_know_two_names_for_one_person() -> None:
    document = document_from_text(f"Pjotr Marlov came.\n\n{_SPOKEN} Marlov said.")
    facts = facts_of(document, given={REFERENCE_NAMES: (ReferenceName("en", "Peter Marlow", ("Pjotr Marlov",)),)})
    speakers = Speakers(document, facts)
    assert "peter marlow" == speakers.name_of(facts[QUOTATIONS].quotations[0])
    assert ("peter marlow", "ines corvall") == (speakers.usual("PETER MARLOW"), speakers.usual("Ines Corvall"))
