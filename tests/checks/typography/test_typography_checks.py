"""Spacing and brackets: tables of what is a fault and what is not."""

from __future__ import annotations

import pytest

from mtcheck.checks.typography import punctuation_spacing, unpaired_bracket
from mtcheck.testing import document_from_text, facts_of, marked, run_check
from tests.shared import SHARED, needs_shared

SPACING = [
    ("en", "The ship left ⟦Varen ,⟧ then Ostrey."),
    ("en", "The ship left Brund, Varen and ⟦Ostrey. ,⟧ and came back."),
    ("en", "The “old ⟦port” ,⟧ he said, is closed."),
    ("en", "It is ⟦closed ;⟧ nobody knows ⟦why ?⟧ Ask them."),
    ("en", "The ship left ⟦Varen..⟧ It came back."),
    ("en", "Is it ⟦closed?.⟧ Nobody knows the ⟦answer,.⟧ Really."),
    ("en", "It was signed by ⟦the?⟧ minister ⟦and!⟧ then lost ⟦the.⟧ next day."),
    ("en", "What are you looking at? the boy asked; it is 3 in. wide, at 5 a. m. sharp, he of the Yahoo! site said."),
    ("ru", "Договор подписан ⟦для?⟧ города в прошлом году."),
    ("fr", "Le port est fermé ; pourquoi ? Personne ne le sait ! « Rien ⟦» ,⟧ dit-il."),
    ("ar", "أبحرت ⟦السفينة ،⟧ ثم عادت."),
    ("en", 'It is the "largest port in the north." .'),  # QUO005 tells this one
    ("en", "It is . . . well . . . closed; a wait ... of .5 hours, a .txt file, an .org name, No. 5."),
    ("en", "It is closed ;) or open ;-) and so on :)"),
    ("en", "See https://example.org/a,,b?c=d ,e and 1..10 and ../up for it."),
    ("ru", "Что?.. Где!.. Всё... И т. д., и т. п."),
    ("en", "a , b , c , d . e , f . The tokens , all of them , stand apart ."),
]


@pytest.mark.parametrize(("language", "example"), SPACING)
def test_spacing(language: str, example: str) -> None:
    text, expected = marked(example)
    document = document_from_text(text, language)
    found = run_check(punctuation_spacing.CHECK, document, facts_of(document, language))
    assert list(expected) == [hit.span for hit in found]


BRACKETS = [
    ("en", "The treaty ⟦(signed⟧ last year ends in June."),
    ("en", "The treaty [signed last ⟦year)⟧ ends in June."),
    ("en", "The treaty (signed ⟦[in⟧ Varen) ends in June."),
    ("en", "The treaty signed in last ⟦year]⟧ ends in June."),
    ("zh", "条约（去年签署）将于六月⟦结束）⟧并且不会延长。"),
    ("zh", "条约（去年签署)将于六月结束并且不会延长。"),
    ("en", "First a) this, then b) that; 1) one and 2) two, iv) four, (c) three."),
    ("en", "Thanks for all :) :-( ;-) =) and so on (really :))."),
    ("en", "The value lies in [0, 1) or (−3; 4] for all of them."),
    ("en", "See https://example.org/a_(b) and (https://example.org/c) and [the note]."),
    ("en", "(The first paragraph opens a bracket.\n\nThe second one closes it.)"),
    ("ru", "Всем спасибо за помощь в порту) Увидимся))"),
]


@pytest.mark.parametrize(("language", "example"), BRACKETS)
def test_brackets(language: str, example: str) -> None:
    text, expected = marked(example)
    document = document_from_text(text, language)
    found = run_check(unpaired_bracket.CHECK, document, facts_of(document, language))
    assert list(expected) == [hit.span for hit in found]


@needs_shared
def test_sample_pages() -> None:
    found = []
    for path in sorted((SHARED / "pages").glob("*.txt")):
        document = document_from_text(path.read_text(encoding="utf-8"))
        facts = facts_of(document)
        for check in (punctuation_spacing.CHECK, unpaired_bracket.CHECK):
            found += [(path.name, hit.span.of(document.text)) for hit in run_check(check, document, facts)]
    assert [("efe-russia-us.txt", "Vienna. ,")] == found
