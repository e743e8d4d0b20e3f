"""The page says itself that it is a translation.

What it finds: sentences such as "This article was translated automatically", "machine translation" notes, and credit lines ("Translated
by ...", "Translation: ...") in thirteen languages, also in another language than the page's.

Why it matters: it is the page's own word on where its text comes from, and with the notice of a machine it settles what the
other checks can only make likely. A notice that was left in the original language is residue too.

When it is wrong: it makes no claim about quality. Credits of human translators are named as well. An article about
translation may open a short line with the same words.
"""

from __future__ import annotations

from collections.abc import Iterator

from mtcheck.core.checks import Check, Example, NoOptions
from mtcheck.core.documents import BlockKind, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Note, Severity
from mtcheck.text.language_names import language_name
from mtcheck.text.translation_notices import notice_languages, notices_in


def find(document: Document, facts: Facts, options: NoOptions) -> Iterator[Hit]:
    """Yield one hit for each notice."""
    del facts, options
    for block in document.blocks:
        if block.kind in {BlockKind.CODE, BlockKind.COMMENT}:
            continue
        for notice in notices_in(block.span.of(document.text)):
            span = notice.span.shift(block.span.start)
            yield Hit(
                span,
                "The page says that it is a translation",
                0.9,
                (Note("notice", span.of(document.text)), Note("in", language_name(notice.language))),
            )


CHECK = Check(
    code="UNT006",
    name="translation-notice",
    category="provenance/translation-tool",
    severity=Severity.NEUTRAL,
    find=find,
    documentation=__doc__,
    languages=notice_languages(),
    examples=(
        Example(
            "The harbor council of Varen approved the new ferry line on Tuesday.\n\n"
            "⟦This article was automatically translated⟧ from Russian and may hold errors."
        ),
        Example("The ferry leaves at nine.\n\n⟦(Translated from Arabic by the Varen desk)⟧"),
        Example("Паром отходит в девять.\n\n⟦Машинный перевод, редакцией не проверен.⟧", language="ru"),
        Example("Паром отходит в девять.\n\n⟦Перевод с английского: Мира Лаури⟧", language="ru"),
        Example(
            "El barco sale a las nueve.\n\n⟦Este artículo fue traducido⟧ del inglés con ayuda de un programa.",
            language="es",
        ),
        Example(
            "Das Schiff fährt um neun.\n\n⟦Dieser Beitrag wurde automatisch aus dem Englischen übersetzt⟧.",
            language="de",
        ),
        Example("Das Schiff fährt um neun.\n\n⟦Aus dem Englischen von Mira Lauri⟧", language="de"),
        Example("تغادر العبارة في التاسعة.\n\n⟦تمت ترجمة هذا المقال⟧ آليا من الإنجليزية.", language="ar"),
        Example(
            "Le bateau part à neuf heures.\n\n⟦Cet article a été traduit⟧ de l’anglais par une machine.", language="fr"
        ),
        Example("Пором відходить о дев’ятій.\n\n⟦Автоматичний переклад⟧", language="uk"),
        Example("渡轮九点出发。\n\n⟦本文由机器翻译⟧，仅供参考。", language="zh"),
        Example("O barco sai às nove.\n\n⟦Tradução automática do original em inglês.⟧", language="pt"),
        Example("Il battello parte alle nove.\n\n⟦Quest’articolo è stato tradotto⟧ da una macchina.", language="it"),
        Example("Vapur dokuzda kalkıyor.\n\n⟦Bu haber İngilizceden otomatik olarak çevrilmiştir⟧.", language="tr"),
        Example("کشتی ساعت نه حرکت می‌کند.\n\n⟦ترجمه ماشینی از متن انگلیسی⟧", language="fa"),
        Example("המעבורת יוצאת בתשע.\n\n⟦תרגום אוטומטי מאנגלית⟧", language="he"),
        Example(
            "Her novel about the harbor was translated by Ivo Tamm and sold well in Varen, where the town library bought ten copies of it.",
            comment="a book's translation is news, and no notice",
        ),
        Example(
            "Ihr Roman über den Hafen wurde von Ivo Tamm übersetzt und verkaufte sich in Varen gut.",
            language="de",
        ),
    ),
)
