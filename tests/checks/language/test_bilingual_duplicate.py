"""UNT007: what makes two blocks the same text in two languages."""

from __future__ import annotations

import pytest

from mtcheck.checks.language.bilingual_duplicate import CHECK
from mtcheck.core.findings import Hit
from mtcheck.core.languages import LANGUAGES, languages_by_block
from mtcheck.testing import document_from_text, facts_of, run_check
from mtcheck.text.anchors import anchors_of

ENGLISH = (
    "The mayor of Varen, Mira Lauri, said that on 14 March the port would take 3 ferries.",
    "Tickets will cost 12 euros for the people of Ostlund, she added on 5 April.",
    "In 2031 the bridge to Tamsk will be closed for 90 days, the ministry said.",
)
RUSSIAN = (
    "Мэр Варена Мира Лаури сообщила, что 14 марта порт примет 3 парома.",
    "Билеты будут стоить 12 евро для жителей Остлунда, добавила она 5 апреля.",
    "В 2031 году мост в Тамск закроют на 90 дней, сообщило министерство.",
)


def pairs(*texts: str) -> list[tuple[str, str]]:
    document = document_from_text("\n\n".join(texts))
    given = languages_by_block("en", {text[:12]: "ru" for text in RUSSIAN})(document)
    found: list[Hit] = run_check(CHECK, document, facts_of(document, given={LANGUAGES: given}))
    return [(hit.span.of(document.text), hit.related[0].span.of(document.text)) for hit in found]


@pytest.mark.parametrize(
    "texts",
    [
        (ENGLISH[0], RUSSIAN[0], ENGLISH[1], RUSSIAN[1], ENGLISH[2], RUSSIAN[2]),
        (RUSSIAN[0], ENGLISH[0], RUSSIAN[1], ENGLISH[1], RUSSIAN[2], ENGLISH[2]),
        (*ENGLISH, *RUSSIAN),
        (*RUSSIAN, *ENGLISH),
    ],
    ids=["each after its own", "each before its own", "all after all", "all before all"],
)
def test_each_paragraph_finds_its_translation(texts: tuple[str, ...]) -> None:
    assert sorted(zip(RUSSIAN, ENGLISH, strict=True)) == sorted(pairs(*texts))


def test_a_foreign_paragraph_that_says_something_else() -> None:
    assert [] == pairs(ENGLISH[0], RUSSIAN[1], ENGLISH[2])


def test_a_much_longer_text_is_no_translation() -> None:
    assert [] == pairs(ENGLISH[0] + " And nobody knows what the island will say of it all." * 4, RUSSIAN[0])


def test_a_page_in_one_language() -> None:
    assert [] == pairs(*ENGLISH)


@pytest.mark.parametrize(
    ("text", "numbers", "names"),
    [
        ("On 14.03.2031 it cost 1,000 euros", ("1000", "14032031"), set()),
        ("في ١٤ مارس", ("14",), set()),
        ("Мира Лаури в Варене", (), {"mr", "lr", "vrn"}),
        ("Mira Lauri in Varen", (), {"mr", "lr", "vrn"}),
        ("x² ½ \ud800 \x00", (), set()),
    ],
)
def test_anchors(text: str, numbers: tuple[str, ...], names: set[str]) -> None:
    found = anchors_of(text)
    assert numbers == found.numbers
    assert names == found.names


BARE_ENGLISH = "Nobody in the town hall wanted to speak about the prices after the vote."
BARE_RUSSIAN = "После голосования никто в ратуше не захотел говорить о ценах."


def test_two_proven_pairs_vouch_for_one_without_numbers_and_names() -> None:
    document = document_from_text(
        "\n\n".join((ENGLISH[0], RUSSIAN[0], ENGLISH[1], RUSSIAN[1], BARE_ENGLISH, BARE_RUSSIAN))
    )
    given = languages_by_block("en", {text[:12]: "ru" for text in (*RUSSIAN, BARE_RUSSIAN)})(document)
    found = run_check(CHECK, document, facts_of(document, given={LANGUAGES: given}))
    assert [RUSSIAN[0], RUSSIAN[1], BARE_RUSSIAN] == [hit.span.of(document.text) for hit in found]
    assert found[2].confidence < found[0].confidence


def test_one_pair_does_not() -> None:
    document = document_from_text("\n\n".join((ENGLISH[0], RUSSIAN[0], BARE_ENGLISH, BARE_RUSSIAN)))
    given = languages_by_block("en", {text[:12]: "ru" for text in (*RUSSIAN, BARE_RUSSIAN)})(document)
    found = run_check(CHECK, document, facts_of(document, given={LANGUAGES: given}))
    assert [RUSSIAN[0]] == [hit.span.of(document.text) for hit in found]
