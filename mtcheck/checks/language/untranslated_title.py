"""A headline, summary or caption stands in another language than the text it belongs to.

What it finds: a whole headline, summary (standfirst) or caption of the main text that is in another language than the page.

Why it matters: titles and captions are fields of their own in a publishing system, and are sent to the translator apart from
the text or not at all. They are also what most people read, and what search engines and feeds show.

When it is wrong: for a headline that is a title or a slogan kept in the original on purpose without quotation marks, and for
the name of a work under its picture. Names, quoted titles and headlines of a word or two are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example, Given
from mtcheck.core.documents import BlockKind, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Metric, Note, Severity
from mtcheck.core.languages import LANGUAGES, UNDETERMINED, languages_by_block
from mtcheck.text.foreign import ForeignText, foreign_texts
from mtcheck.text.language_names import language_name


@dataclass(frozen=True, slots=True)
class Options:
    """A title or caption with fewer than ``letters`` foreign letters is a word and reported as minor."""

    letters: int = 10


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each headline, summary and caption that is foreign as a whole."""
    languages = facts[LANGUAGES]
    if languages.page == UNDETERMINED:
        return
    share = next((part.share for part in languages.shares if part.language == languages.page), 0.0)
    for text in foreign_texts(document, languages):
        if text.title_or_caption and text.stretch.language != UNDETERMINED:
            yield _hit(text, languages.page, share, options)


def _hit(text: ForeignText, page: str, share: float, options: Options) -> Hit:
    name = language_name(text.stretch.language)
    belongs = "the text around it" if text.block.kind is BlockKind.CAPTION else "the text"
    return Hit(
        text.stretch.span,
        f"The {text.block.kind.value} is in {name}, {belongs} in {language_name(page)}",
        text.stretch.confidence,
        (
            Note("language", f"{name}, probability {text.stretch.confidence:.2f}"),
            Metric(f"share of {language_name(page)} on the page by letters", round(share, 4)),
        ),
        severity=Severity.MINOR if text.letters < options.letters else None,
    )


CHECK = Check(
    code="UNT002",
    name="untranslated-title-or-caption",
    category="accuracy/untranslated",
    severity=Severity.MAJOR,
    needs=(LANGUAGES,),
    options=Options,
    find=find,
    documentation=__doc__,
    examples=(
        Example(
            "⟦Остров Варен получит новую паромную линию⟧\n\n"
            "The harbor council of Varen approved the new ferry line on Tuesday after two years of talks.\n\n"
            "Tickets will cost less than the bus, the mayor told residents in the town hall.",
            given=(Given(LANGUAGES, languages_by_block("en", {"Остров": "ru"})),),
        ),
        Example(
            "⟦Island of Varen gets a new ferry line⟧\n\n"
            "Совет порта Варен во вторник одобрил новую паромную линию после двух лет переговоров.\n\n"
            "Билеты будут дешевле, чем на автобус, сообщила глава города.",
            language="ru",
            given=(Given(LANGUAGES, languages_by_block("ru", {"Island of": "en"})),),
        ),
        Example(
            "⟦Die Insel Varen bekommt eine neue Fähre⟧\n\n"
            "El consejo del puerto aprobó el martes la nueva línea de transbordadores tras dos años de negociaciones.\n\n"
            "Los billetes costarán menos que el autobús, dijo la alcaldesa.",
            language="es",
            given=(Given(LANGUAGES, languages_by_block("es", {"Die Insel": "de"})),),
        ),
        Example(
            "⟦Новая линия свяжет остров с портом⟧\n\n"
            "وافق مجلس الميناء يوم الثلاثاء على خط العبارات الجديد بعد عامين من المحادثات.\n\n"
            "ستكون التذاكر أرخص من الحافلة، كما قالت رئيسة البلدية.",
            language="ar",
            given=(Given(LANGUAGES, languages_by_block("ar", {"Новая линия": "ru"})),),
        ),
        Example(
            "Neue Fähre für die Insel Varen\n\n"
            "Der Hafenrat von Varen hat die neue Fährlinie am Dienstag nach zwei Jahren Verhandlungen gebilligt.\n\n"
            "Первые рейсы начнутся в мае, сообщил глава порта.",
            language="de",
            given=(Given(LANGUAGES, languages_by_block("de", {"Первые рейсы": "ru"})),),
            comment="a foreign paragraph is a foreign block (LID002)",
        ),
        Example(
            "Gaudeamus igitur\n\n"
            "The choir of Varen sang in the harbor on Tuesday, and two hundred people listened in the rain.\n\n"
            "The next concert is in May, the conductor said.",
            given=(Given(LANGUAGES, languages_by_block("en", {"Gaudeamus": "es"}, "quoted-title")),),
            comment="the title of a work may stay as it is",
        ),
    ),
)
