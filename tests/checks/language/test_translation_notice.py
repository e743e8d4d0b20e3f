"""UNT006: notices and credits in twelve languages, and running text that only sounds like them."""

from __future__ import annotations

import pytest

from mtcheck.checks.language.translation_notice import CHECK
from mtcheck.core.documents import Block, BlockKind, Document
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.spans import Span
from mtcheck.testing import document_from_text, facts_of, run_check
from mtcheck.text.translation_notices import notice_languages, notices_in
from tests.hang import no_hang


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("This page was machine translated and may hold errors.", "en"),
        ("Please note: this is an automatic translation of the original.", "en"),
        ("Translated by Google", "en"),
        ("[Machine-translated from Arabic]", "en"),
        ("Translation: Mira Lauri", "en"),
        ("* Translated with DeepL and edited by the desk", "en"),
        ("Эта статья была автоматически переведена с английского.", "ru"),
        ("Переведено с помощью нейросети", "ru"),
        ("Перевод: Ивар Тамм", "ru"),
        ("Esta noticia ha sido traducida automáticamente.", "es"),
        ("Traducido por Mira Lauri", "es"),
        ("Traducción: Mira Lauri", "es"),
        ("ترجمة: سلمى النجار", "ar"),
        ("ترجمة آلية من الروسية", "ar"),
        ("Dieser Artikel wurde mit Hilfe einer Maschine übersetzt.", "de"),
        ("Maschinelle Übersetzung", "de"),
        ("Übersetzung: Mira Lauri", "de"),
        ("Traduction automatique", "fr"),
        ("Traduit de l’anglais par Mira Lauri", "fr"),
        ("Цей текст було перекладено за допомогою програми.", "uk"),
        ("Переклад з англійської: Мира Лаурі", "uk"),
        ("本文譯自英文網站。", "zh"),
        ("译者：米拉", "zh"),
        ("（机器翻译，仅供参考）", "zh"),
        ("Este artigo foi traduzido automaticamente.", "pt"),
        ("Tradução: Mira Lauri", "pt"),
        ("Traduzione a cura di Mira Lauri", "it"),
        ("Çeviri: Mira Lauri", "tr"),
        ("Otomatik çeviri", "tr"),
        ("این مقاله به صورت خودکار ترجمه شده است.", "fa"),
        ("مترجم: میرا لاوری", "fa"),
        ("הכתבה תורגמה באופן אוטומטי מאנגלית.", "he"),
        ("מאנגלית: מירה לאורי", "he"),
    ],
)
def test_notices(text: str, language: str) -> None:
    [notice] = notices_in(text)
    assert language == notice.language


@pytest.mark.parametrize(
    "text",
    [
        "Her novel was translated by Ivo Tamm and sold well.",
        "The ministry ordered a machine translation system for the harbor, the minister said on Tuesday.",
        "The text was translated into twelve languages, and the author was proud of every one of them.",
        "Роман был переведён на двенадцать языков, и автор этим гордится.",
        "Системы машинного перевода стали лучше, считает исследователь.",
        "Los sistemas de traducción automática mejoran cada año, según la investigadora.",
        "Der Roman wurde von Ivo Tamm übersetzt.",
        "Aus dem Haus von Mira Lauri",
        "Les logiciels de traduction automatique progressent.",
        "تتحسن أنظمة الترجمة الآلية كل عام.",
        "机器翻译系统每年都在进步，研究人员说。",
        "",
        "\ud800 translat \x00",
    ],
)
def test_running_text(text: str) -> None:
    assert () == notices_in(text)


def test_all_twelve_languages_are_known() -> None:
    assert frozenset("en ru es ar de fr uk zh pt it tr fa he".split()) == notice_languages()


def test_a_credit_at_the_end_of_a_paragraph_is_found_in_its_line() -> None:
    text = "The ferry leaves at nine.\n  Translated by Mira Lauri  \nIt comes back at ten."
    document = document_from_text(text)
    assert ["Translated by Mira Lauri"] == [hit.span.of(text) for hit in run_check(CHECK, document, facts_of(document))]


@pytest.mark.parametrize("kind", [BlockKind.CODE, BlockKind.COMMENT])
def test_comments_and_code_are_passed_over(kind: BlockKind) -> None:
    text = "Translated by Mira Lauri"
    document = Document("page", "page", text, (Block(kind, Span(0, len(text))),), OffsetMap.identity(text))
    assert [] == run_check(CHECK, document, facts_of(document))


def test_hostile_text_takes_linear_time() -> None:
    pieces = ("bu haber a ", "dieser artikel wurde a ", "این مقاله ا ", "translat", "this article was ")
    with no_hang():
        for piece in pieces:
            notices_in((piece + "çevril übersetz ترجمه translat ") * 5_000)
            notices_in(piece * 20_000 + " çevril übersetz ترجمه translat")
