"""Doubled words beyond the examples: languages, names, numbers, and text without a break."""

from __future__ import annotations

import pytest

from mtcheck.checks.repetition.repeated_word import CHECK, Options
from mtcheck.testing import document_from_text, facts_of, run_check


def found(text: str, language: str = "en", options: Options | None = None) -> list[str]:
    document = document_from_text(text, language)
    return [hit.span.of(document.text) for hit in run_check(CHECK, document, facts_of(document, language), options)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The port is far far away, so far far.", "en", ["far far"]),
        ("Now now, the boat came in 2017 2017.", "en", ["2017 2017"]),
        ("The ferry sank (in May) May) again.", "en", ["May) May)"]),
        ("Four people) people) left.", "en", ["people) people)"]),
        ("A half-century half-century of Covid-19 Covid-19.", "en", ["half-century half-century", "Covid-19 Covid-19"]),
        ("Teams scored 11 11 20 20 and 100 100 fell.", "en", []),
        ("Mara Orlo Orlo sold the port.", "en", ["Orlo Orlo"]),
        ("Tamo Tamo is a hill. Boats reach Tamo Tamo daily.", "en", []),
        ("He knew that That was the name of the boat.", "en", []),
        ("Will will come. May may come.", "en", []),
        ("the the the the", "en", []),
        ("The\nthe port", "en", []),
        ("port.the the.port x@the the", "en", []),
        ("أو أو هذا من من ذلك", "ar", ["أو أو", "من من"]),
        ("Kuda kuda itu lari lari di pantai.", "id", []),
        ("Die Boote, in in Varen gebauten, sind sind alt.", "de", ["sind sind"]),
        ("aux côtés de de Klerk et de de Varen, la la mer", "fr", ["la la"]),
        ("धीरे धीरे चलो", "hi", []),
        ("港口港口", "zh", []),
    ],
)
def test_doubled_words(text: str, language: str, expected: list[str]) -> None:
    assert expected == found(text, language)


def test_options_add_words_and_names() -> None:
    options = Options(allowed=frozenset({"port"}), names=frozenset({"orlo"}))
    assert ["boat boat"] == found("A port port, Orlo Orlo, a boat boat.", options=options)


def test_the_first_of_the_two_is_related() -> None:
    document = document_from_text("In the the port.")
    (hit,) = run_check(CHECK, document, facts_of(document))
    assert ["the"] == [related.span.of(document.text) for related in hit.related]
