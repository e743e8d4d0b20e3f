"""Sentences that say the same thing again, and the words that are opposed in them."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtcheck.core.facts import Facts
from mtcheck.core.languages import LANGUAGES
from mtcheck.testing import document_from_text, one_language
from mtcheck.text.opposites import plain_form, poles
from mtcheck.text.restatements import LANGUAGES_OF_RESTATEMENTS, Restatement, restatements_of, sentence_words
from mtcheck.text.sentences import SENTENCES, sentences_of
from tests.hang import no_hang


def restatements(text: str, language: str = "en") -> tuple[Restatement, ...]:
    document = document_from_text(text, language)
    languages = Facts({LANGUAGES: one_language(document, language)})
    return restatements_of(document, Facts({SENTENCES: sentences_of(document, languages)}))


TEXT = (
    "The parliament in Varen approved the harbor treaty on Monday.\n\n"
    "On Monday the parliament in Varen rejected the treaty about the harbor, Minister Salif said.\n\n"
    "Nobody had expected so many guests from the islands."
)


def test_words_are_shared_or_left_over_at_exact_places() -> None:
    (found,) = restatements(TEXT)
    assert (found.left, found.right) == (0, 1)
    for pair in found.shared:
        assert pair.left.span.of(TEXT).casefold() == pair.left.form
        assert pair.right.span.of(TEXT).casefold() == pair.right.form
    assert {pair.left.form for pair in found.shared} == {"parliament", "varen", "harbor", "treaty", "monday"}
    assert [word.form for word in found.left_only] == ["approved"]
    assert [word.form for word in found.right_only] == ["rejected", "minister", "salif"]


def test_an_opposed_word_does_not_lower_the_coverage() -> None:
    (found,) = restatements(TEXT)
    assert found.left_covered == 1.0
    assert 0.5 < found.right_covered < 1.0


def test_the_dateline_is_no_content() -> None:
    (found,) = restatements(
        "The parliament in Varen approved the harbor treaty.\n\n"
        "OSTIA (News Agency) - The parliament in Varen approved the harbor treaty."
    )
    assert (found.left_covered, found.right_covered) == (1.0, 1.0)


def test_a_name_spelt_in_two_ways_is_shared() -> None:
    (found,) = restatements(
        "It was Minister Sergey Marov who opened the harbor.\n\nIt was Minister Sergei Marov who opened the harbor."
    )
    assert ("sergey", "sergei") in {(pair.left.form, pair.right.form) for pair in found.shared}


def test_sentences_far_apart_are_found_by_their_rare_words() -> None:
    filler = [f"Guest number{n} brought basket{n} full of berry{n} from island{n}." for n in range(40)]
    text = "\n\n".join([*filler, TEXT.split("\n\n")[0], *filler[:5], TEXT.split("\n\n")[0]])
    assert any((found.left, found.right) == (40, 46) for found in restatements(text))


def test_sentences_of_different_matters_are_no_restatements() -> None:
    assert restatements("The mill in Ostia burnt down at night.\n\nThe parliament in Varen approved a treaty.") == ()


@pytest.mark.parametrize(
    ("language", "left", "right"),
    [
        ("en", "improvement", "deteriorated"),
        ("en", "possible", "impossible"),
        ("de", "gestiegen", "gesunken"),
        ("es", "aprobó", "rechazaron"),
        ("fr", "amélioration", "détérioré"),
        ("ru", "улучшение", "ухудшились"),
        ("ru", "безопасной", "опасной"),
        ("uk", "схвалили", "відхилено"),
        ("ar", "ارتفعت", "وانخفضت"),
        ("ar", "التحسّن", "تدهور"),
    ],
)
def test_words_stand_at_opposite_poles(language: str, left: str, right: str) -> None:
    left_poles = poles(plain_form(left, language), language)
    right_poles = poles(plain_form(right, language), language)
    assert any(pole.opposes(other) for pole in left_poles for other in right_poles)


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("en", "passenger"),
        ("en", "surgery"),
        ("en", "emergency"),
        ("en", "secretary"),
        ("en", "window"),
        ("es", "salud"),
    ],
)
def test_words_that_only_begin_alike_have_no_pole(language: str, word: str) -> None:
    assert poles(word, language) == ()


def test_the_table_of_opposites_is_sound() -> None:
    """Every row has both poles, no word is its own opposite, and each language has its share of axes."""
    text = (files("mtcheck.text") / "data" / "opposites.tsv").read_text("utf-8")
    rows = list(csv.reader((line for line in text.splitlines() if not line.startswith("#")), delimiter="\t"))
    assert {row[0] for row in rows} == LANGUAGES_OF_RESTATEMENTS
    assert len({(row[0], row[1]) for row in rows}) == len(rows)
    for language, axis, fit, positive, negative in rows:
        assert fit in {"loose", "tight"}, axis
        assert positive.split(), axis
        assert negative.split(), axis
        for entry in (positive + " " + negative).split():
            own = [pole for pole in poles(plain_form(entry.rstrip("*"), language), language) if pole.axis == axis]
            assert len({pole.positive for pole in own}) == 1, (language, axis, entry)
    counts = {language: sum(row[0] == language for row in rows) for language in LANGUAGES_OF_RESTATEMENTS}
    assert counts.pop("en") >= 60
    assert min(counts.values()) >= 30


@pytest.mark.parametrize("language", sorted(LANGUAGES_OF_RESTATEMENTS))
def test_every_language_has_its_small_words(language: str) -> None:
    small = sentence_words(language)
    assert small.function
    assert small.negator
    assert small.contrast


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_restatements_of_sentences_in_order(text: str) -> None:
    for found in restatements(text):
        assert found.left < found.right
        assert 0.0 <= found.strength <= 1.0 + 1e-9


def test_a_page_of_one_sentence_over_and_over_is_bounded() -> None:
    with no_hang():
        restatements("Exports of timber from Varen rose on Monday.\n\n" * 5000)
