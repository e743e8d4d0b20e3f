"""Names by their shape, and which of them are one name in two spellings."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtcheck.core.facts import Facts
from mtcheck.core.languages import LANGUAGES
from mtcheck.testing import document_from_text, one_language
from mtcheck.text.names import Names, names_of, stems
from mtcheck.text.sentences import SENTENCES, sentences_of
from tests.hang import no_hang


def names(text: str, language: str = "en") -> Names:
    document = document_from_text(text, language)
    languages = Facts({LANGUAGES: one_language(document, language)})
    return names_of(document, Facts({SENTENCES: sentences_of(document, languages)}))


def spellings(text: str, language: str = "en") -> list[list[str]]:
    return [[spelling.text for spelling in cluster.spellings] for cluster in names(text, language).clusters]


def test_mentions_leave_roles_and_possessives_out() -> None:
    text = "On Monday the envoy met President Yusuf Haddar in Varen. Haddar’s plan was known there."
    found = [mention.span.of(text) for mention in names(text).mentions]
    assert found == ["Monday", "Yusuf Haddar", "Varen", "Haddar"]


def test_a_lone_first_word_is_a_name_only_if_it_is_one_elsewhere() -> None:
    assert [m.normalized for m in names("Nobody saw it. Everyone asked Marlow.").mentions] == ["marlow"]
    assert [m.normalized for m in names("Marlow saw it. Everyone asked Marlow.").mentions] == ["marlow", "marlow"]


def test_particles_and_initials_stand_inside_a_name() -> None:
    (mention,) = names("It was Jan P. van der Holt who came.").mentions
    assert mention.normalized == "jan holt"


def test_a_cluster_has_every_place_the_most_frequent_spelling_first() -> None:
    text = "Minister Sergey Marov came.\n\nLater Sergei Marov spoke.\n\nThe crowd heard Sergei Marov twice."
    (cluster,) = names(text).clusters
    assert [(s.text, len(s.places)) for s in cluster.spellings] == [("Sergei", 2), ("Sergey", 1)]
    assert (cluster.basis, cluster.shared) == ("shared-part", "marov")
    assert [place.of(text) for s in cluster.spellings for place in s.places] == ["Sergei", "Sergei", "Sergey"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It was Volodymyr Zarensky who came.\n\nThen Volodymyr Zarenskyy spoke."),
        ("en", "The people of Kyiv waited.\n\nNobody in Kiev slept."),
        ("en", "The army of Qadhavi won.\n\nFor years Qaddhavi had waited."),
        ("de", "Gestern kam Juri Walenko an.\n\nDann sprach Yuri Walenko lange."),
        ("es", "Ayer llegó Yusuf Haddar.\n\nLuego habló Yousef Haddar."),
        ("fr", "Hier arrivait Mohammed Salif.\n\nPuis parlait Mohamed Salif."),
        ("ru", "Вчера приехал Хусейн Маров.\n\nПотом говорили о Хуссейне Марове."),
        ("uk", "Учора приїхав Дмитро Маренко.\n\nПотім говорив Дмітро Маренко."),
    ],
)
def test_two_spellings_of_one_name(language: str, text: str) -> None:
    assert len(spellings(text, language)) == 1


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It was Mohammed Ali who came.\n\nThen Mohamed Salif spoke."),
        ("en", "It was Peter Marlow who came.\n\nThen Petra Marlow spoke."),
        ("en", "It was Maria Marlow who came.\n\nThen Mario Marlow spoke."),
        ("en", "It was Anna Hoffman who came.\n\nThen Peter Hofmann spoke. Later Hoffman left and Hofmann stayed."),
        ("en", "It was Drucilla Marnell who came.\n\nThen Marnel West spoke."),
        ("en", "It was in Iran that he met Iraqi and Iranian guests.\n\nThen they left for Iraq."),
        ("en", "In Germany the Germans waited.\n\nThe Marlows and Marlow met there."),
        ("en", "The city of Kyiv, once spelt Kiev in English, waited."),
        ("en", "Later Angela Corey spoke.\n\nHe wrote of “Angela Correy [sic]” on Monday."),
        ("de", "Ihr Freund Otto Marlow kam.\n\nDer Ex-Freund Otto Marlow ging."),
        ("de", "Gestern sprach das Finanzamt Essen.\n\nDie Finanzämter Essen und Bonn schwiegen."),
        ("ru", "Приехал Сергей Маров.\n\nВстретили Сергея Марова.\n\nГоворили с Сергеем Маровым о Марове."),
        ("ru", "Приехала Мария Марова.\n\nГоворили с Марией Маровой о Марии Маровой."),
        ("ru", "В Северной Корее ждут.\n\nС Северной Кореей говорят о Северной Корее."),
        ("uk", "Приїхав Андрій Маренко.\n\nЗустріли Андрія Маренка."),
        ("ar", "وصل سيرجي ماروف أمس.\n\nوتحدث سيرغي ماروف اليوم."),
    ],
)
def test_names_that_are_not_merged(language: str, text: str) -> None:
    assert spellings(text, language) == []


def test_inflected_forms_of_the_usual_spelling_are_no_other_spelling() -> None:
    text = "Приехал Махмуд Гемар.\n\nГоворили о Махмуде Гемаре.\n\nЗвали Махмуда Гэмара.\n\nПотом Махмуд Гемар уехал."
    assert spellings(text, "ru") == [["Гемар", "Гэмара"]]


def test_stems_take_case_endings_off_but_leave_given_names_whole() -> None:
    assert "мари" in stems("марией", "ru")
    assert "серг" not in stems("сергей", "ru")


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_names_at_exact_places(text: str) -> None:
    found = names(text)
    for mention in found.mentions:
        assert all(text[part.span.start : part.span.end].casefold() == part.spelling for part in mention.parts)
    for cluster in found.clusters:
        assert len({spelling.text.casefold() for spelling in cluster.spellings}) >= 2


def test_a_page_of_names_takes_time_in_proportion() -> None:
    """Thousands of names that are all near one another, in one page: bounded, not quadratic."""
    syllables = ["ka", "ke", "ki", "ko", "ku", "kha", "khe", "khi", "kho", "khu"]
    words = [
        f"{a}{b}{c}{d}".capitalize() for a in syllables for b in syllables for c in syllables for d in syllables[:3]
    ]
    text = "\n\n".join(f"It was {word} Marov who met {word}." for word in words)
    with no_hang():
        names(text)
