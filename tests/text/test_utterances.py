"""Sentences of quotations as records, and which of them are one utterance."""

from __future__ import annotations

import pickle
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtcheck.testing import document_from_text, facts_of
from mtcheck.text.placing import Placer
from mtcheck.text.sentences import SENTENCES
from mtcheck.text.utterances import (
    COMMON_TRIGRAM,
    MOST_WORDS,
    Standing,
    Utterance,
    UtteranceGroup,
    group_utterances,
    utterances_of,
)
from tests.hang import no_hang


def records(text: str, path: str = "page.txt", language: str = "en") -> list[Utterance]:
    document = document_from_text(text, language, path)
    facts = facts_of(document, language)
    sentences = facts[SENTENCES]
    return list(utterances_of(document, facts, Placer(document, sentences).placed))


def said(text: str, path: str) -> list[Utterance]:
    return records(f"The minister spoke on Monday.\n\nHe said: “{text}”", path)


def texts(groups: tuple[UtteranceGroup, ...]) -> list[list[str]]:
    return [[rendering.members[0].text for rendering in group.renderings] for group in groups]


def test_a_quotation_is_cut_into_its_sentences() -> None:
    found = said("We open the harbor on Monday morning. Ms. Marlow will lead the first ship herself. Good!", "1")
    assert [
        "We open the harbor on Monday morning.",
        "Ms. Marlow will lead the first ship herself.",
    ] == [record.text for record in found]
    assert all(record.at.text == record.text for record in found)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("He made it clear that it will not “sell the harbor to anybody at all.”", "en", "it will not"),
        ("He said that they, “sell the harbor to anybody at all.”", "en", ""),
        ("Marlow said “we sell the harbor to anybody at all.”", "en", ""),
        ("He made it clear that it will not “Sell the harbor to anybody at all.”", "en", ""),
        ("Er sagte, dass er nicht „den Hafen an irgendwen hier verkaufen wird“.", "de", "er nicht"),
        ("Dijo que no “va a vender el puerto a nadie”.", "es", "no"),
        ("Он сказал, что не «собирается продавать порт кому бы то ни было».", "ru", "не"),
    ],
)
def test_what_stands_before_a_quotation_belongs_to_it(text: str, language: str, expected: str) -> None:
    (record,) = records(text, language=language)
    assert expected == record.lead
    assert record.text == f"{expected} {record.at.text}".strip()


def test_the_page_denies_in_its_own_words() -> None:
    assert records("Varen has refused for years, and will refuse again, to “sell the harbor to anybody at all.”")[
        0
    ].denied
    assert not records("Varen is ready to “sell the harbor to anybody at all.”")[0].denied


def test_a_quotation_that_lost_its_mark_takes_part() -> None:
    (record,) = records("Marlow spoke on Monday, noting that the harbor is not for sale to anybody at all.”")
    assert "the harbor is not for sale to anybody at all." == record.text
    assert record.broken
    assert not said("The harbor is not for sale to anybody.", "1")[0].broken


@pytest.mark.parametrize(
    ("attribution", "expected"),
    [
        ("Marlow said", "peter marlow"),
        ("said Marlow", "peter marlow"),
        ("the government said", ""),
        ("he said", ""),
        ("a Marlow said", ""),
    ],
)
def test_the_speaker_is_a_person_with_a_full_name(attribution: str, expected: str) -> None:
    page = f"On Monday Peter Marlow met the press, and Marlow spoke.\n\n“We open the harbor on Friday morning,” {attribution}."
    assert [expected] == [record.speaker for record in records(page)]


def test_records_are_small_and_survive_pickling() -> None:
    found = said("We open the harbor on Monday morning.", "1")
    assert found == pickle.loads(pickle.dumps(found))
    assert 1500 > len(pickle.dumps(found))


def test_shortened_and_changed_wordings_are_one_utterance() -> None:
    pages = (
        *said("We will not talk about the harbor with Ostia while our fishermen are held there.", "1"),
        *said("We will talk about the harbor with Ostia while our fishermen are held there.", "2"),
        *records("He will not “talk about the harbor with Ostia while our fishermen are held.”", "3"),
        *said("Nobody has ever asked me what I think about the price of the fish.", "4"),
    )
    (group,) = group_utterances(pages)
    assert {"1", "2", "3"} == {member.at.document for each in group.renderings for member in each.members}
    assert all(0.6 <= pair.covered <= 1.0 for pair in group.pairs)
    assert 3 == len(group.pairs)


def test_equal_wordings_are_one_rendering() -> None:
    text = "We will open the harbor to all ships on Monday."
    (group,) = group_utterances([*said(text, "1"), *said(text.replace(".", "!"), "2"), *said(text, "3")])
    (rendering,) = group.renderings
    assert 3 == rendering.pages
    assert () == group.pairs
    standing = Standing(rendering.members)
    assert ["1", "3"] == [member.at.document for member in standing.elsewhere("2", 9)]
    assert (2, 3, 3) == (standing.count_elsewhere("2"), standing.count_elsewhere("4"), len(standing))


def test_one_page_alone_makes_no_group() -> None:
    text = "We will open the harbor to all ships on Monday."
    assert () == group_utterances([*said(text, "1"), *said(text.replace("open", "shut"), "1")])
    assert () == group_utterances([])


def test_other_words_for_the_same_thing_are_not_forced_together() -> None:
    assert () == group_utterances(
        [
            *said("We shall keep the port closed until every last sailor is back home.", "1"),
            *said("The harbor stays shut for as long as our crews have not returned.", "2"),
        ]
    )


def test_phrases_that_everybody_says_bring_nobody_together() -> None:
    pages = [
        record
        for number in range(COMMON_TRIGRAM + 8)
        for record in said(
            f"I would like to thank you all for the {'very ' * (number % 7)}fine {chr(97 + number % 26)}{number} day",
            str(number),
        )
    ]
    assert all(len(group.renderings) < COMMON_TRIGRAM for group in group_utterances(pages))


def test_a_sentence_without_end_is_left_out() -> None:
    assert [] == said("word " * (MOST_WORDS + 1), "1")


@given(st.text(alphabet="“”\"'«»„ .,:aé中ا\n\ud800\x00", max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_is_survived(text: str) -> None:
    for record in records(text):
        assert record.at.text == record.at.span.of(text)
    group_utterances([*records(text, "1"), *records(text, "2")])


def test_many_pages_are_grouped_without_comparing_all_with_all() -> None:
    chance = random.Random(5)
    words = [f"w{number}" for number in range(4000)]
    (model,) = said("We will open the harbor to all ships on Monday.", "model")
    pages = []
    for number in range(20_000):
        text = " ".join(chance.choices(words, k=14))
        pages.append(replace(model, words=text, at=replace(model.at, document=f"{number:06}", text=text)))
        if number % 10 == 0:
            other = text.replace(" ", " not ", 1)
            pages.append(replace(model, words=other, at=replace(model.at, document=f"{number:06}b", text=other)))
    with no_hang():
        groups = group_utterances(pages)
    assert 2000 == len(groups)
    assert all(2 == len(group.renderings) for group in groups)
    assert texts(groups) == texts(group_utterances(pages))
