"""CON004 beyond its examples: counts, places, options, the sample pages."""

from __future__ import annotations

import pytest

from mtcheck.checks.consistency.name_spelling_varies import CHECK, Options
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Note
from mtcheck.core.languages import LANGUAGES
from mtcheck.testing import document_from_text, one_language, run_check
from mtcheck.text.names import NAMES, names_of
from mtcheck.text.sentences import SENTENCES, sentences_of
from tests.shared import SHARED, needs_shared


def hits(text: str, options: Options | None = None) -> list[Hit]:
    document = document_from_text(text)
    sentences = sentences_of(document, Facts({LANGUAGES: one_language(document, "en")}))
    return run_check(CHECK, document, Facts({NAMES: names_of(document, Facts({SENTENCES: sentences}))}), options)


THREE = (
    "It was Sergei Marov who came.\n\nThe mayor met Sergey Marov.\n\nLater Sergei Marov spoke.\n\n"
    "The papers wrote of Serghei Marov.\n\nAt night Sergei Marov left."
)


def test_one_hit_for_each_differing_spelling_with_all_places_of_the_usual_one() -> None:
    found = hits(THREE)
    assert [hit.span.of(THREE) for hit in found] == ["Sergey", "Serghei"]
    for hit in found:
        assert [related.span.of(THREE) for related in hit.related] == ["Sergei"] * 3
    assert found[0].evidence[0] == Note("spellings", "Sergei: 3, Sergey: 1")


def test_the_number_of_places_is_an_option() -> None:
    assert [len(hit.related) for hit in hits(THREE, Options(places=1))] == [1, 1]


def test_marks_on_letters_count_only_on_request() -> None:
    text = "It was José Marov who came.\n\nThe mayor met Jose Marov."
    assert hits(text) == []
    assert [hit.span.of(text) for hit in hits(text, Options(marks=True))] == ["Jose"]


@needs_shared
def test_the_sample_page_with_two_spellings() -> None:
    text = (SHARED / "pages" / "sana-lavrov.txt").read_text("utf-8")
    (hit,) = hits(text)
    assert {hit.span.of(text), hit.related[0].span.of(text)} == {"Sergey", "Sergei"}


@needs_shared
@pytest.mark.parametrize("name", ["efe-russia-us", "iz-blinken", "sputnik", "vpk-ria"])
def test_sample_pages_with_one_spelling_of_each_name(name: str) -> None:
    assert hits((SHARED / "pages" / f"{name}.txt").read_text("utf-8")) == []
