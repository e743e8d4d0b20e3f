"""Short blocks, their reasons, clauses in other letters, and what is no language at all."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from mtcheck.core.documents import BlockKind, BlockRole
from mtcheck.engines.language_id.exclusions import without_addresses
from mtcheck.engines.language_id.identifier import Identifier
from mtcheck.engines.language_id.loanwords import international_words, is_credit, is_international
from mtcheck.engines.language_id.models import LazyModels, models_of
from mtcheck.engines.language_id.provider import LanguagesProvider
from mtcheck.text.foreign import HARMLESS
from tests.engines.language_id.test_provider import (
    ARABIC,
    ENGLISH,
    GERMAN,
    PAGES,
    RUSSIAN,
    SPANISH,
    document_of,
    foreign_of,
    languages_of,
    main_text,
)
from tests.hang import no_hang

LABEL = (BlockKind.LABEL, BlockRole.FURNITURE)


def labels_of(page: str, other: str, *labels: str) -> dict[str, tuple[str, str]]:
    """Return language and reason of each label that is told of, on a page that holds a sentence of another language."""
    document = document_of(
        *((text, BlockKind.PARAGRAPH, BlockRole.MAIN) for text in (*PAGES[page], PAGES[other][1])),
        *((label, *LABEL) for label in labels),
    )
    return {text: (language, reason) for text, language, reason in foreign_of(document) if text in labels}


@pytest.mark.parametrize(
    ("page", "other", "label"),
    [
        ("en", "de", "Einstellungen"),
        ("en", "de", "Beiträge der Leser"),
        ("de", "en", "Read the terms of use"),
        ("ru", "de", "Benutzer"),
        ("ar", "es", "Descripción"),
        ("ru", "es", "Dirección del sitio"),
    ],
)
def test_a_short_label_is_foreign_where_longer_text_in_its_language_stands(page: str, other: str, label: str) -> None:
    assert (other, "interface") == labels_of(page, other, label)[label]


@pytest.mark.parametrize("label", ["Einstellungen", "Benutzer"])
def test_alone_on_the_page_a_word_is_left_open(label: str) -> None:
    document = document_of(
        *((text, BlockKind.PARAGRAPH, BlockRole.MAIN) for text in ENGLISH),
        (label, BlockKind.LABEL, BlockRole.FURNITURE),
    )
    assert [] == foreign_of(document)


@pytest.mark.parametrize("label", ["Newsletter", "Events", "Features"])
def test_an_international_word_is_a_loanword(label: str) -> None:
    found = labels_of("de", "en", label)
    assert found.get(label, ("en", "loanword")) == ("en", "loanword")


def test_the_reason_loanword_is_given() -> None:
    found = labels_of("de", "en", "Newsletter", "Events", "Features", "Services", "Shopping", "Highlights")
    assert "loanword" in {reason for _, reason in found.values()}
    assert {reason for _, reason in found.values()} <= HARMLESS


def test_capitals_make_a_name_or_a_title() -> None:
    found = labels_of("de", "en", "The Talented Captain of Varen Harbor", "Northern Harbor Guild")
    assert {reason for _, reason in found.values()} <= {"name", "quoted-title"}
    assert found


@pytest.mark.parametrize("words", [["Newsletter"], ["login"], ["Tickets", "Events"]])
def test_international_words(words: list[str]) -> None:
    assert is_international(words)


@pytest.mark.parametrize("words", [[], ["Einstellungen"], ["newsletter", "abbestellen"]])
def test_other_words_are_not_international(words: list[str]) -> None:
    assert not is_international(words)


def test_the_list_is_in_small_letters() -> None:
    assert len(international_words()) > 400
    assert all(word == word.casefold() for word in international_words())


@pytest.mark.parametrize(
    ("text", "credit"),
    [("all rights reserved", True), ("comments powered by", True), ("powered by the people of the town", False)],
)
def test_formulas_under_pages_are_no_residue(text: str, credit: bool) -> None:
    assert credit is is_credit(text)


def test_a_formula_is_not_flagged_on_a_page_in_another_language() -> None:
    document = document_of(
        *((text, BlockKind.PARAGRAPH, BlockRole.MAIN) for text in GERMAN),
        ("© 2031 Hafenblatt Varen AG, All rights reserved", BlockKind.FOOTER, BlockRole.FURNITURE),
    )
    assert [] == [reason for _, _, reason in foreign_of(document) if reason not in HARMLESS]


@pytest.mark.parametrize("label", ["Recetas(Opens in new window)", "Boletines (opens in a new window)"])
def test_the_label_before_a_bracket_is_not_part_of_what_is_foreign(label: str) -> None:
    document = document_of(
        *((text, BlockKind.PARAGRAPH, BlockRole.MAIN) for text in SPANISH),
        (label, BlockKind.FOOTER, BlockRole.FURNITURE),
    )
    assert not any("ecetas" in text or "oletines" in text for text, _, _ in foreign_of(document))


@pytest.mark.parametrize(
    ("page", "text", "clause"),
    [
        (
            "ru",
            "Мэр сказала журналистам: the line was late for a long time, и ушла.",
            "the line was late for a long time",
        ),
        (
            "ru",
            "Совет порта одобрил линию, the mayor told reporters on Tuesday.",
            "the mayor told reporters on Tuesday",
        ),
        (
            "ar",
            "قالت رئيسة البلدية إن the first boats leave in the middle of May وغادرت.",
            "the first boats leave in the middle of May",
        ),
    ],
)
def test_a_clause_in_latin_letters_is_found_in_other_writing(page: str, text: str, clause: str) -> None:
    assert (clause, "en", "") in foreign_of(main_text(*PAGES[page], text))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The mayor said “wir haben sehr lange darauf gewartet” (“we waited”) and left.", "translated-quotation"),
        ("The mayor said “wir haben sehr lange darauf gewartet”, and left the hall.", ""),
    ],
)
def test_a_quotation_beside_its_translation_is_no_residue(text: str, reason: str) -> None:
    assert [("wir haben sehr lange darauf gewartet", "de", reason)] == foreign_of(main_text(*ENGLISH, text))


def test_a_wording_and_what_it_means() -> None:
    [(_, language, reason)] = foreign_of(main_text(*ENGLISH, "Паром уже ушёл. = The ferry has left."))
    assert ("ru", "translated-quotation") == (language, reason)


def test_words_after_a_comma_are_no_name() -> None:
    [(text, _, reason)] = foreign_of(
        main_text(*ENGLISH, "The mayor spoke of the harbor, новая пристань and the island.")
    )
    assert ("новая пристань", "") == (text, reason)


def test_japanese_inside_a_sentence_is_found() -> None:
    [(text, language, reason)] = foreign_of(
        main_text(*ENGLISH, "The captain said おはようございます to the whole crew at noon.")
    )
    assert ("おはようございます", "ja", "") == (text, language, reason)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("См. https://example.org/порт/схема и далее", "См. и далее"),
        ("https://example.org/page详情请看", "详情请看"),
        ("https://example.org/中国 地图", "地图"),
        ("详情：https://example.org/a?b=渡轮，谢谢", "详情： 谢谢"),
        ("Mail: [email\u00a0protected] an die Wache", "Mail: an die Wache"),
        ("{{ store.getters['count'] }} Meldungen", "Meldungen"),
        ("www.example.org。", "。"),
    ],
)
def test_addresses_end_where_the_text_goes_on(text: str, left: str) -> None:
    masked = without_addresses(text)
    assert len(text) == len(masked)
    assert left.split() == masked.replace("，", " ").split()


@pytest.mark.parametrize(
    "text", ["http://" + "/中" * 40_000, "{{" * 100_000, "http://" * 40_000, "(" * 200_000, "a)" * 90_000]
)
def test_hostile_addresses_and_brackets_take_linear_time(text: str) -> None:
    with no_hang():
        languages_of(main_text(*ENGLISH, text))


def test_short_blocks_that_may_be_names_are_left_open() -> None:
    languages = languages_of(main_text(*ENGLISH, "Überlinger Straße"))
    assert languages.blocks[-1].language in {"und", "en"}
    assert () == languages.foreign


def test_the_signature_is_that_of_the_loaded_models_and_loads_none() -> None:
    lazy, loaded = Identifier(LazyModels()), Identifier(models_of(["langdetect", "fasttext"]))
    assert loaded.signature == lazy.signature
    program = (
        "import sys\n"
        "from mtcheck.engines.language_id.provider import LanguagesProvider\n"
        "assert LanguagesProvider().signature\n"
        "assert 'fasttext' not in sys.modules and 'langdetect' not in sys.modules, 'a model was loaded'\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_same_bytes_from_processes_with_other_threads_and_hash_seeds() -> None:
    program = (
        "from mtcheck.core.facts import FactRequest, Facts\n"
        "from mtcheck.engines.language_id.provider import LanguagesProvider\n"
        "from mtcheck.testing import document_from_text\n"
        "import sys\n"
        "text = sys.stdin.buffer.read().decode('utf-8')\n"
        "[found] = LanguagesProvider().provide([FactRequest(document_from_text(text, None), Facts({}))])\n"
        "sys.stdout.buffer.write(repr(found.value).encode('utf-8'))\n"
    )
    text = "\n\n".join((*ENGLISH, *RUSSIAN, *GERMAN, *SPANISH, *ARABIC, "Benutzer", "Login", "Читать далее")).encode()
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=text,
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads},
        ).stdout
        for seed, threads in (("0", "1"), ("1", "2"), ("77", "4"))
    }
    assert 1 == len(outputs)
    assert b"ru" in outputs.pop()


def test_what_is_expected_of_a_line_is_a_nudge() -> None:
    from mtcheck.engines.language_id.lines import languages_of_lines

    provider = LanguagesProvider()
    [free] = languages_of_lines(["piano"], provider=provider)
    [told] = languages_of_lines(["piano"], provider=provider, expected_language="it-CH")
    shares = [found.blocks[0].confidence if found.page == "it" else 0.0 for found in (free, told)]
    assert shares[0] < shares[1]
    [russian] = languages_of_lines([RUSSIAN[0]], provider=provider, expected_language="it")
    assert "ru" == russian.page
