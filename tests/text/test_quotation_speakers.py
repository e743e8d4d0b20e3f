"""Who says a quotation and by which verb, its kind and its delivery, by table and language."""

from __future__ import annotations

import pytest

from mtcheck.testing import document_from_text, facts_of
from mtcheck.text.quotations import QUOTATIONS, Delivery, Quotation, QuotationForm, QuotationKind


def read(text: str, language: str = "en") -> list[Quotation]:
    document = document_from_text(text, language)
    return list(facts_of(document, language)[QUOTATIONS].quotations)


# Each quotation of the text in order, with its speaker and its verb.
SPEAKERS = [
    ("en", "“The port opens,” said Orlo Brandt, the mayor.", [("Orlo Brandt", "said")]),
    ("en", "“The port opens,” Orlo Brandt, 41, a sailor, told the crowd.", [("Orlo Brandt", "told")]),
    ("en", "“The port opens,” he said. “Nobody asked us.”", [("he", "said"), ("he", "said")]),
    ("en", "“The port,” the minister of trade added, “opens.”", [("the minister of trade", "added")] * 2),
    ("en", "Brandt noted that “the port is open.”", [("Brandt", "noted")]),
    ("en", "Lena Ostrey, who called it “a disaster” for Varen, left.", [("Lena Ostrey", "called")]),
    ("en", "The envoy left on Monday, adding, “We expect an answer.”", [("The envoy", "adding")]),
    ("en", "The mayor told the crowd of sailors, and added: “We go.”", [("The mayor", "added")]),
    ("en", "It was “a disaster” for the whole town, the mayor said.", [("the mayor", "said")]),
    ("en", "According to the mayor of Varen, “the sea is calm.”", [("the mayor of Varen", "According to")]),
    ("en", "“We got only contempt for it,” says Foreign Affairs.", [("Foreign Affairs", "says")]),
    ("en", "He said:\n\n“We came. We saw.\n\n“We left.”", [("He", "said"), ("He", "said")]),
    ("en", "The remarks on the “old port” were short.", [(None, None)]),
    ("en", "The United States “will not wait” for long.", [(None, None)]),
    ("ru", "«Порт откроют весной», — сказал министр Орлов.", [("министр Орлов", "сказал")]),
    ("ru", "Глава МИД Варена Ирина Лес отметила, что город «готов».", [("Глава МИД Варена Ирина Лес", "отметила")]),
    ("ru", "Как заявил Орлов, «порт готов к весне».", [("Орлов", "заявил")]),
    ("ru", "По словам министра, «море спокойно».", [("министра", "По словам")]),
    ("ru", "Газета «Новая волна» пишет: «Порт закрыт».", [(None, None), ("Газета «Новая волна»", "пишет")]),
    ("en", "The “Harbor News” reported that “the port is open.”", [(None, None), ("The “Harbor News”", "reported")]),
    ("uk", "«Порт відкриють навесні», — сказав Орленко.", [("Орленко", "сказав")]),
    ("uk", "Посланець додав, що «ніхто не питав».", [("Посланець", "додав")]),
    ("es", "«El puerto abrirá», dijo Orlo Brandt.", [("Orlo Brandt", "dijo")]),
    ("es", "La ministra de Varén añadió que «nadie preguntó».", [("La ministra de Varén", "añadió")]),
    ("es", "Según el alcalde, «todo va bien».", [("el alcalde", "Según")]),
    ("fr", "« Nous ouvrirons le port », a déclaré Orlo Brandt.", [("Orlo Brandt", "déclaré")]),
    ("fr", "Le maire a ajouté : « Nous attendons ».", [("Le maire", "ajouté")]),
    ("fr", "Selon Brandt, « la mer est calme ».", [("Brandt", "Selon")]),
    ("de", "„Der Hafen öffnet“, sagte Orlo Brandt.", [("Orlo Brandt", "sagte")]),
    ("de", "Am Dienstag sagte Ministerin Lena Ost: „Wir warten.“", [("Ministerin Lena Ost", "sagte")]),
    ("de", "Laut Brandt ist „alles gut“ im Hafen.", [("Brandt", "Laut")]),
    ("ar", "قال وزير الخارجية أورلو براندت إن الميناء «مفتوح للجميع».", [("وزير الخارجية أورلو براندت", "قال")]),
    ("ar", "«سنفتح الميناء»، قال الوزير.", [("الوزير", "قال")]),
    ("ar", "وأضاف: «البحر هادئ اليوم».", [(None, "وأضاف")]),
    ("sv", "”Hamnen är öppen”, sade Orlo.", [(None, None)]),
]


@pytest.mark.parametrize(("language", "text", "expected"), SPEAKERS)
def test_speakers_and_verbs(language: str, text: str, expected: list[tuple[str | None, str | None]]) -> None:
    found = [
        (quotation.speaker and quotation.speaker.of(text), quotation.verb and quotation.verb.of(text))
        for quotation in read(text, language)
    ]
    assert expected == found


# Kinds and deliveries of the quotations of a text, in order.
KINDS = [
    ("en", "“The port opens,” he said.", [(QuotationKind.SPEECH, Delivery.DIRECT)]),
    ("en", "He said the port was “open to all.”", [(QuotationKind.SPEECH, Delivery.INDIRECT)]),
    ("en", "He said: “The port opens.”", [(QuotationKind.SPEECH, Delivery.DIRECT)]),
    ("en", "The “old” port is gone.", [(QuotationKind.TERM, Delivery.INDIRECT)]),
    ("en", "The film “Long Night of Varen” is on.", [(QuotationKind.TITLE, Delivery.INDIRECT)]),
    ("ru", "Газета «Новая волна» закрылась.", [(QuotationKind.TITLE, Delivery.INDIRECT)]),
    ("ru", "Так называемый «порт» закрыт.", [(QuotationKind.TERM, Delivery.INDIRECT)]),
    ("de", "Der Film „Lange Nacht“ läuft.", [(QuotationKind.TITLE, Delivery.INDIRECT)]),
    ("ar", "يعرض فيلم «ليلة طويلة» اليوم.", [(QuotationKind.TITLE, Delivery.INDIRECT)]),
    ("es", "Es el llamado «puerto viejo» de Varén.", [(QuotationKind.TERM, Delivery.INDIRECT)]),
]


@pytest.mark.parametrize(("language", "text", "expected"), KINDS)
def test_kinds_and_deliveries(language: str, text: str, expected: list[tuple[QuotationKind, Delivery]]) -> None:
    assert expected == [(quotation.kind, quotation.delivery) for quotation in read(text, language)]


def test_a_speech_that_runs_on_is_marked_as_inherited() -> None:
    first, second, third = read("“We came,” Brandt said. “We saw.”\n\n“And we left.”")
    assert [False, True, True] == [first.inherited, second.inherited, third.inherited]
    assert first.speaker == second.speaker == third.speaker


def test_another_speaker_ends_a_speech() -> None:
    text = "“We came,” Brandt said. The port was shut that night. “We saw it.”"
    assert [True, False] == [quotation.speaker is not None for quotation in read(text)]


def test_nested_quotations_have_speakers_of_their_own() -> None:
    text = "“The mayor told me, ‘go home,’ and I went,” Brandt said."
    outer, inner = read(text)
    assert outer.speaker is not None
    assert inner.speaker is not None
    assert ("Brandt", "The mayor") == (outer.speaker.of(text), inner.speaker.of(text))


# The pieces of direct speech after a dash, with the speaker; words of the author are left out.
DIALOGUES = [
    (
        "ru",
        "— Порт откроют весной, — сказал министр. — И город готов.",
        ["— Порт откроют весной,", "И город готов."],
        "министр",
    ),
    ("uk", "— Порт відкриють навесні, — сказав міністр.", ["— Порт відкриють навесні,"], "міністр"),
    (
        "es",
        "—Abriremos el puerto —dijo el alcalde—. Y será pronto.",
        ["—Abriremos el puerto", "Y será pronto."],
        "el alcalde",
    ),
    ("fr", "— Quand ouvrira le port ? — demanda le maire.", ["— Quand ouvrira le port ?"], "le maire"),
]


@pytest.mark.parametrize(("language", "text", "pieces", "speaker"), DIALOGUES)
def test_direct_speech_after_dashes(language: str, text: str, pieces: list[str], speaker: str) -> None:
    found = read(text, language)
    assert pieces == [quotation.span.of(text) for quotation in found]
    assert {QuotationForm.DASH} == {quotation.form for quotation in found}
    assert {speaker} == {quotation.speaker.of(text) for quotation in found if quotation.speaker}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "— Первый пункт списка\n\n— Второй пункт списка"),
        ("es", "El puerto —el mayor de la costa— abrirá."),
        ("en", "— The port opens, — said the minister."),
    ],
)
def test_dashes_that_open_no_speech(language: str, text: str) -> None:
    assert [] == read(text, language)


def test_french_words_of_the_author_stand_between_commas() -> None:
    text = "— Nous ouvrirons le port, a déclaré le maire.\n\n— Quand donc, je vous prie ?"
    assert [QuotationForm.DASH] * 2 == [quotation.form for quotation in read(text, "fr")]


def test_a_question_and_its_answer_are_speech() -> None:
    text = "— Когда откроют порт?\n\n— Весной, если море будет спокойно."
    assert [QuotationForm.DASH] * 2 == [quotation.form for quotation in read(text, "ru")]
