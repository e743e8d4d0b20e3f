from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtcheck.core.documents import Block, BlockKind, BlockRole, Document
from mtcheck.core.facts import FactRequest, Facts
from mtcheck.core.languages import LANGUAGES, Languages
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.spans import Span
from mtcheck.engines.language_id.provider import LanguagesProvider
from mtcheck.testing import document_from_text
from mtcheck.text.scripts import script_of
from tests.hang import no_hang
from tests.shared import SHARED, needs_shared

PROVIDER = LanguagesProvider()
ENGLISH = (
    "The harbor council of Varen approved the new ferry line on Tuesday after two years of talks with the island.",
    "Tickets will cost less than the bus, the mayor said, and the first boats are to leave in the middle of May.",
    "Residents had asked for the line for a long time, she told reporters in front of the old town hall.",
)
RUSSIAN = (
    "Совет порта Варен одобрил во вторник новую паромную линию после двух лет переговоров с островом.",
    "Билеты будут стоить дешевле автобуса, сказала мэр, а первые рейсы начнутся в середине мая.",
)
SPANISH = (
    "El consejo del puerto de Varen aprobó el martes la nueva línea de transbordadores tras dos años de negociaciones.",
    "Los billetes costarán menos que el autobús, dijo la alcaldesa, y los primeros barcos saldrán a mediados de mayo.",
)
GERMAN = (
    "Der Hafenrat von Varen hat am Dienstag nach zwei Jahren Verhandlungen die neue Fährlinie gebilligt.",
    "Die Fahrkarten sollen weniger kosten als der Bus, sagte die Bürgermeisterin vor dem alten Rathaus.",
)
ARABIC = (
    "وافق مجلس ميناء فارن يوم الثلاثاء على خط العبارات الجديد بعد عامين من المحادثات مع سكان الجزيرة.",
    "وقالت رئيسة البلدية إن التذاكر ستكون أرخص من الحافلة وإن الرحلات الأولى ستبدأ في منتصف مايو.",
)
PAGES = {"en": ENGLISH, "ru": RUSSIAN, "es": SPANISH, "de": GERMAN, "ar": ARABIC}


def languages_of(document: Document) -> Languages:
    [outcome] = PROVIDER.provide([FactRequest(document, Facts({}))])
    assert outcome.value is not None
    return outcome.value


def document_of(*blocks: tuple[str, BlockKind, BlockRole]) -> Document:
    text = "\n\n".join(words for words, _, _ in blocks)
    made, start = [], 0
    for words, kind, role in blocks:
        made.append(Block(kind, Span(start, start + len(words)), role))
        start += len(words) + 2
    return Document("page", "page", text, tuple(made), OffsetMap.identity(text))


def main_text(*texts: str) -> Document:
    return document_of(*((text, BlockKind.PARAGRAPH, BlockRole.MAIN) for text in texts))


def foreign_of(document: Document) -> list[tuple[str, str, str]]:
    return [(found.span.of(document.text), found.language, found.reason) for found in languages_of(document).foreign]


@pytest.mark.parametrize("language", PAGES)
def test_page_in_one_language(language: str) -> None:
    document = main_text(*PAGES[language])
    languages = languages_of(document)
    assert language == languages.page
    assert [language] * len(document.blocks) == [block.language for block in languages.blocks]
    assert [(language, 1.0)] == [(share.language, share.share) for share in languages.shares]
    assert () == languages.foreign


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("other", PAGES)
def test_foreign_sentence_is_found_and_placed(page: str, other: str) -> None:
    if page == other:
        return
    document = main_text(PAGES[page][0], PAGES[other][1], PAGES[page][1])
    assert [(PAGES[other][1], other, "")] == foreign_of(document)


@pytest.mark.parametrize(
    "label", ["Update", "Chats", "loader", "Menu", "Video", "Radio", "OK", "Sport", "Share", "Info"]
)
@pytest.mark.parametrize("page", PAGES)
def test_short_latin_labels_raise_no_alarm(page: str, label: str) -> None:
    document = main_text(*PAGES[page], label)
    assert [] == foreign_of(document)


@pytest.mark.parametrize("label", ["Войти", "Читать далее", "Заголовок материала", "登录", "تسجيل الدخول"])
def test_short_labels_in_another_script_are_foreign(label: str) -> None:
    [(text, language, reason)] = foreign_of(main_text(*ENGLISH, label))
    assert (label, "") == (text, reason)
    assert language in {"ru", "zh", "ar"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ricardo Álvarez de Mendoza, María José Núñez y Peña, Íñigo Echeverría", "en"),
        ("Alessandro Bianchi, Giuseppe Verrini, Francesca Dell'Acqua", "de"),
        ("Goldman & Whitfield Holdings, Northern Star Shipping Company, Blue Harbor Capital Partners", "es"),
        ("Die Serie „Dark Harbor – The Long Winter“ läuft ab Mai im Fernsehen.", "de"),
        ("La empresa Blue Harbor Shipping Company presentó el modelo Sea Star Pro Max en Londres.", "es"),
        ("Компания Blue Harbor Shipping показала модель Sea Star Pro Max в Лондоне.", "ru"),
        ("BBC News, Sky Sports, Blue Harbor Shipping Company", "ru"),
        ("أعلنت شركة Blue Harbor Shipping عن هاتف Sea Star Pro Max في لندن.", "ar"),
    ],
)
def test_names_of_another_language_raise_no_alarm(text: str, language: str) -> None:
    assert [] == foreign_of(main_text(*PAGES[language], text))


@pytest.mark.parametrize(
    ("text", "found", "reason"),
    [
        ("The mayor of Rybinsk (Рыбинск) spoke first.", "Рыбинск", "name"),
        ("Anna Sokolova — Анна Соколова, mayor of the town", "Анна Соколова", "name"),
        ("She starred in «Белый город» as a young captain.", "Белый город", "quoted-title"),
        ("The sign read “Добро пожаловать” (“Welcome”) in large letters.", "Добро пожаловать", "translated-quotation"),
        ("© Photo: Пресс-служба порта", "Пресс-служба порта", ""),
        ("The mayor said: сроки сдвинуты на май, and left the hall.", "сроки сдвинуты на май", ""),
    ],
)
def test_stretch_in_another_script_is_placed_with_its_reason(text: str, found: str, reason: str) -> None:
    assert [(found, "ru", reason)] == foreign_of(main_text(*ENGLISH, text))


def test_furniture_and_comments_carry_their_reasons() -> None:
    document = document_of(
        (RUSSIAN[0], BlockKind.NAVIGATION, BlockRole.FURNITURE),
        *((text, BlockKind.PARAGRAPH, BlockRole.MAIN) for text in ENGLISH),
        (RUSSIAN[1], BlockKind.COMMENT, BlockRole.FURNITURE),
        ("Русский", BlockKind.NAVIGATION, BlockRole.FURNITURE),
    )
    assert [(RUSSIAN[0], "interface"), (RUSSIAN[1], "user-comment"), ("Русский", "name")] == [
        (text, reason) for text, _, reason in foreign_of(document)
    ]


def test_furniture_does_not_outvote_the_main_text() -> None:
    document = document_of(
        *((text, BlockKind.COMMENT, BlockRole.FURNITURE) for text in RUSSIAN * 20),
        *((text, BlockKind.PARAGRAPH, BlockRole.MAIN) for text in ENGLISH),
    )
    languages = languages_of(document)
    assert "en" == languages.page
    assert "ru" == languages.shares[0].language


def test_the_declared_language_is_only_a_nudge() -> None:
    document = main_text(*ENGLISH)
    for declared in ("ru", "en-GB", "", "x" * 100, "xx_YY"):
        assert languages_of(document) == languages_of(replace(document, declared_language=declared))
    short = main_text("piano")
    assert "it" == languages_of(replace(short, declared_language="it", expected_language="it")).page


@pytest.mark.parametrize("text", ["12:30", "😀 😀", "https://example.org", "\ue000", "\ud800"])
def test_blocks_without_letters_are_too_short(text: str) -> None:
    languages = languages_of(main_text(*ENGLISH, text))
    assert ("und", "too-short") == (languages.blocks[-1].language, languages.blocks[-1].reason)
    assert "en" == languages.at(languages.blocks[-1].span.start)


def test_scrambled_letters_are_in_no_language() -> None:
    scrambled = "Tqe uyb gzcmispcad Wzjnrlxzrd xcc Zayyw, fd bff Juecemvx Qlkoblvisf sjw Ioeyirv, llpvx fni kxe"
    languages = languages_of(main_text(*GERMAN, scrambled))
    assert ("de", "und", "") == (languages.page, languages.blocks[-1].language, languages.blocks[-1].reason)
    assert () == languages.foreign


def test_empty_document() -> None:
    assert Languages("und", (), ()) == languages_of(main_text())


def test_each_document_is_judged_for_itself() -> None:
    documents = [main_text(*texts, "Update") for texts in PAGES.values()]
    together = PROVIDER.provide([FactRequest(document, Facts({})) for document in documents])
    assert [languages_of(document) for document in documents] == [outcome.value for outcome in together]
    assert LANGUAGES is PROVIDER.provides
    assert () == PROVIDER.needs
    assert "langdetect" in PROVIDER.signature


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=()), min_size=1, max_size=40), max_size=6))
def test_any_text_is_judged_block_by_block(texts: list[str]) -> None:
    document = main_text(*texts)
    languages = languages_of(document)
    assert [block.span for block in document.blocks] == [judged.span for judged in languages.blocks]
    assert all(0 < judged.confidence <= 1 for judged in (*languages.blocks, *languages.foreign))
    assert sum(share.share for share in languages.shares) == pytest.approx(1 if languages.shares else 0, abs=1e-4)
    for found in languages.foreign:
        block = document.block_at(found.span.start)
        assert block is not None
        assert block.span.contains(found.span)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "aя" * 40_000,
        "я a " * 25_000,
        "a\u200d" * 150_000,
        "\u200b" * 1_000_000,
        "a." * 60_000,
        "a@" * 60_000,
        "@" * 1_000_000,
        "www." * 75_000,
        "&a" * 60_000,
        "1" * 1_000_000,
        "😀" * 1_000_000,
        "\u0301" * 1_000_000,
        '"я" ' * 75_000,
    ],
    ids=lambda text: ascii(text[:4]),
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    with no_hang():
        languages_of(main_text(text))


def _expected(line: str) -> str:
    scripts = [script_of(letter) for letter in line if script_of(letter)]
    if not scripts:
        return "und"
    return "ru" if scripts.count("Cyrillic") * 2 > len(scripts) else "en"


@needs_shared
@pytest.mark.parametrize("name", ["vpk-ria.txt", "sputnik.txt"])
def test_the_two_mixed_pages_have_no_wrong_line(name: str) -> None:
    document = document_from_text((SHARED / "pages" / name).read_text(encoding="utf-8"), None)
    languages = languages_of(document)
    assert "en" == languages.page
    flagged = {found.span for found in languages.foreign}
    for block, judged in zip(document.blocks, languages.blocks, strict=True):
        line = block.span.of(document.text)
        assert _expected(line) == judged.language, line
        assert (_expected(line) == "ru") == any(block.span.contains(span) for span in flagged), line


@needs_shared
def test_the_other_pages_have_nothing_foreign() -> None:
    for name in ("sana-lavrov.txt", "efe-russia-us.txt", "iz-blinken.txt"):
        document = document_from_text((SHARED / "pages" / name).read_text(encoding="utf-8"), None)
        assert () == languages_of(document).foreign


def test_a_page_with_hardly_any_main_text_listens_to_its_furniture() -> None:
    document = document_of(
        ("Radio.", BlockKind.PARAGRAPH, BlockRole.MAIN),
        *((text, BlockKind.NAVIGATION, BlockRole.FURNITURE) for text in SPANISH),
    )
    assert "es" == languages_of(document).page


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("ar", "git-config --list: هذا الأمر يعرض الإعدادات"),
        ("ru", "Паром Blue Harbor Shipping Company стоит в порту"),
    ],
)
def test_latin_names_do_not_outvote_the_words_around_them(page: str, text: str) -> None:
    languages = languages_of(main_text(*[text] * 4))
    assert page == languages.page
    assert () == languages.foreign
