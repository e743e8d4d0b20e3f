"""Full names as records, and which spellings on different pages are one name."""

from __future__ import annotations

import pytest

from mtcheck.testing import document_from_text, facts_of
from mtcheck.text.names_across import NameOnPage, group_names, names_on_page
from mtcheck.text.placing import Placer
from mtcheck.text.sentences import SENTENCES


def names(text: str, path: str, language: str = "en") -> list[NameOnPage]:
    document = document_from_text(text, language, path)
    facts = facts_of(document, language)
    sentences = facts[SENTENCES]
    return list(names_on_page(document, facts, Placer(document, sentences).placed))


def page(name: str, path: str, company: str = "Yusuf Haddar of Ostia in Varen") -> list[NameOnPage]:
    return names(f"On Monday {name} met {company} and went home.", path)


def test_a_page_leaves_its_full_names_with_their_company() -> None:
    found = names("On Monday Andrey Marlow met Yusuf Haddar of Ostia. Then Andrey Marlow left.", "1")
    assert [(("andrey", "marlow"), 2), (("yusuf", "haddar"), 1)] == [(each.words, each.mentions) for each in found]
    assert "Andrey Marlow" == found[0].at.text
    assert len(found[0].company) == 5
    assert found[0].company is found[1].company


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Andrey Marlow", "Andrei Marlow", True),
        ("Juri Walen", "Yuri Walen", True),
        ("Anton Zelensky", "Anton Zelenskyy", True),
        ("Mohammed Haddad", "Muhammad Haddad", True),
        ("Alexander Vidal", "Aleksander Vidal", True),
        ("Andrey Marlow", "Andrea Keel", False),
        ("Peter Marlow", "Petra Marlow", False),
        ("Andrey Clark", "Andrey Clarke", False),
        ("Andrey Marlow", "Andrey Marlow", False),
        ("Jonas Marlow", "Thomas Marlow", False),
    ],
)
def test_only_transliteration_makes_one_name_of_two(one: str, other: str, expected: bool) -> None:
    assert expected is bool(group_names([*page(one, "1"), *page(other, "2")]))


def test_people_in_other_company_are_other_people() -> None:
    assert () == group_names(
        [*page("Andrey Marlow", "1"), *page("Andrei Marlow", "2", "Maria Ortan of Lindholm in Karsk")]
    )


def test_the_spelling_on_most_pages_comes_first() -> None:
    records = [*page("Andrei Marlow", "1"), *page("Andrey Marlow", "2"), *page("Andrey Marlow", "3")]
    (name,) = group_names(records)
    assert [("Andrey Marlow", 2), ("Andrei Marlow", 1)] == [(each.text, len(each.pages)) for each in name.spellings]
    assert 0 < name.distance < 1


def test_inflected_languages_are_left_alone() -> None:
    assert [] == names("Министр Сергей Варенцов встретил Юсуфа Хаддара.", "1", "ru")
