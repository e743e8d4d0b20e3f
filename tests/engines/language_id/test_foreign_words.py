"""Single foreign words inside sentences: what a translation left, and what is left in peace."""

from __future__ import annotations

import pytest

from mtcheck.core.facts import FactRequest, Facts
from mtcheck.engines.language_id.provider import LanguagesProvider
from mtcheck.measuring.surface import page_of
from tests.hang import no_hang

PROVIDER = LanguagesProvider()
FRAME = (
    "The harbor council of Varen approved the new ferry line on Tuesday after two years of talks with the island.",
    "Tickets will cost less than the bus, the mayor said, and the first boats are to leave in the middle of May.",
)


def found(*texts: str) -> list[tuple[str, str]]:
    document = page_of([*texts, *FRAME])
    [outcome] = PROVIDER.provide([FactRequest(document, Facts({}))])
    assert outcome.value is not None
    return [(one.span.of(document.text), one.language) for one in outcome.value.foreign if not one.reason]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Die Regierung said that the line would open again in the spring of next year.", ("Die Regierung", "de")),
        ("Later that day the Gesundheitsminister announced that the line would open.", ("Gesundheitsminister", "de")),
        ("The mayor told reporters that the boats plötzlich stopped in the harbor.", ("plötzlich", "de")),
        ("The ferry line und the harbor office are to open again in the spring.", ("und", "de")),
        ("She had heard about the new boats también from the people of the island.", ("también", "es")),
        ("The boats have vraiment changed how the people of the island live.", ("vraiment", "fr")),
        ("The council blamed the podkreślił office for the delay of the ferry line.", ("podkreślił", "pl")),
        ("The harbor is the largest of the island, and the giocatore lives beside it.", ("giocatore", "it")),
    ],
)
def test_a_word_that_was_left_is_found(sentence: str, expected: tuple[str, str]) -> None:
    assert [expected] == found(sentence)


BODIES = (
    "Pêcheurs sans frontières", "Médecins sans frontières", "Conseil constitutionnel", "Fédération française de football",
    "Comité olympique", "Amis de la mer", "Confédération générale du travail", "Cour des comptes", "Banco de la nación",
    "Frente amplio", "Lega nord", "Forza nuova", "Movimento dos trabalhadores", "Maison de la culture", "Jeunesse ouvrière",
    "École de l'eau",
)  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
def test_names_of_bodies_that_keep_one_capital_are_left_in_peace(name: str) -> None:
    assert [] == found(f"Half of the money for the new boats comes from the {name}, which was founded forty years ago.")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The council said that the Ministerio dijo que the boats would leave in the middle of May.", ["dijo que"]),
        ("The captain said the Gouvernement a décidé to close the port in May.", ["Gouvernement", "décidé"]),
        ("Half of the pescadores said that the boats are to leave in the middle of May.", ["pescadores"]),
        ("The Mayor of the pescadores said that the boats are to leave in the middle of May.", ["pescadores"]),
    ],
)
def test_what_a_translation_left_behind_a_capital_is_found(sentence: str, expected: list[str]) -> None:
    assert expected == [words for words, _ in found(sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "It is the raison d'être of the kindergarten that the children have a siesta after lunch.",
        "The Süddeutsche Zeitung and the Deutsche Bank opened a branch in Rio de Janeiro on Monday.",
        "Anna von Hohenberg and Luis de la Vega met in front of the Palacio de la Moneda on Monday.",
        'The word "plötzlich" is hard to say for people who come to the island from abroad.',
        "The people of the island speak of the plötzlich (suddenly) of the wind when the boats turn.",
        "A superdelegate with an entrepreneurial bent bemoaned the unaffordable and befuddling price.",
        "The Keller boats and the Schneider ferries are run by Herr Brandt, a con artist said.",
        "Please write to plötzlich@example.org or look at www.vraiment.example/regierung for the price.",
        "The word Regie­rung and the café, the façade and the exposé are all known to the council.",
    ],
)
def test_names_loanwords_and_quoted_words_are_left_in_peace(sentence: str) -> None:
    assert [] == found(sentence)


def test_a_word_that_the_page_repeats_is_deliberate() -> None:
    assert [] == found(
        "Nobody on the island knows what the plötzlich of the wind is when the boats turn.",
        "For them the plötzlich is a force that comes from the sea in the early evening.",
        "When the plötzlich has gone they take the boats out again and go fishing.",
    )


def test_pages_in_other_languages_are_looked_through_too() -> None:
    document = page_of(
        [
            "Der Hafenrat von Varen hat am Dienstag nach zwei Jahren Verhandlungen die neue Fährlinie gebilligt.",
            "Die Fahrkarten sollen weniger kosten als der Bus, sagte die Bürgermeisterin también vor dem alten Rathaus.",
        ]
    )
    [outcome] = PROVIDER.provide([FactRequest(document, Facts({}))])
    assert outcome.value is not None
    assert ["también"] == [one.span.of(document.text) for one in outcome.value.foreign if not one.reason]


def test_a_note_behind_a_link_is_no_title() -> None:
    document = page_of(
        [
            "El consejo del puerto de Varen aprobó el martes la nueva línea de transbordadores tras dos años de negociaciones.",
            "Recetas de la costa y del mar (opens in new tab) para todos los vecinos de la isla.",
        ]
    )
    [outcome] = PROVIDER.provide([FactRequest(document, Facts({}))])
    assert outcome.value is not None
    assert [("opens in new tab", "interface")] == [
        (one.span.of(document.text), one.reason) for one in outcome.value.foreign
    ]


@pytest.mark.parametrize("noise", ["ź" * 30_000, "plötzlich " * 20_000, "a\u0301" * 20_000, "\ud800 und " * 5_000])
def test_hostile_text_does_not_hang(noise: str) -> None:
    with no_hang():
        found(f"The harbor council met on Tuesday, and then {noise} was read to the people of the island.")
