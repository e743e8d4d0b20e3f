"""A page stands in more than one language.

What it finds: a page of which a good part, or several blocks, stand in another language than the rest: a comment column left
in the original language, untranslated paragraphs, a menu of another edition. It is reported once for the page, at its most
prominent foreign block, with the share of each language by letters and the places of the other blocks.

Why it matters: a publishing system that translates a page piece by piece leaves pieces out; no part is wrong by itself, so
only a look at the whole page shows it. Readers of the page's language cannot read the rest.

When it is wrong: on pages that are meant to be bilingual, and where readers comment in several languages; the latter is
reported as minor only. Single foreign quotations, titles and names never make a page mixed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example, Given
from mtcheck.core.documents import BlockKind, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Evidence, Hit, Metric, Note, Related, Severity
from mtcheck.core.languages import LANGUAGES, UNDETERMINED, Languages, languages_by_block
from mtcheck.text.foreign import ForeignText, foreign_texts
from mtcheck.text.language_names import language_name

_PROMINENCE = (BlockKind.HEADLINE, BlockKind.SUMMARY, BlockKind.LEAD)


@dataclass(frozen=True, slots=True)
class Options:
    """From where on a page counts as mixed; shares are parts (0 to 1) of the page's letters.

    In the main text: ``blocks`` foreign blocks with at least ``share`` of the letters, or ``large_share`` in one block. With
    the furniture and the comments: ``side_blocks`` blocks with at least ``side_share``. ``places`` bounds the places named.
    """

    blocks: int = 2
    share: float = 0.03
    large_share: float = 0.25
    letters: int = 60
    side_blocks: int = 3
    side_share: float = 0.08
    places: int = 20


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield at most one hit."""
    languages = facts[LANGUAGES]
    if languages.page == UNDETERMINED:
        return
    foreign = [text for text in foreign_texts(document, languages) if text.stretch.language != UNDETERMINED]
    main = [text for text in foreign if not text.aside]
    total = sum(map(str.isalpha, document.text)) or 1
    main_share = sum(text.letters for text in main) / total
    share = sum(text.letters for text in foreign) / total
    whole = sum(text.whole for text in main)
    letters = sum(text.letters for text in main)
    in_main = letters >= options.letters and (
        (whole >= options.blocks and main_share >= options.share) or main_share >= options.large_share
    )
    aside = (
        sum(text.whole for text in foreign) >= options.side_blocks
        and share >= options.side_share
        and sum(text.letters for text in foreign) >= options.letters
    )
    if in_main or aside:
        yield _hit(languages, main if in_main else foreign, foreign, share, options, in_main=in_main)


def _hit(
    languages: Languages,
    candidates: list[ForeignText],
    foreign: list[ForeignText],
    share: float,
    options: Options,
    *,
    in_main: bool,
) -> Hit:
    """Return the hit at the most prominent of the candidates."""
    anchor = min(candidates, key=lambda text: (_rank(text), text.stretch.span))
    names = [language_name(code) for code in sorted({text.stretch.language for text in foreign})]
    where = f"{len(foreign)} block{'s' if len(foreign) > 1 else ''}{'' if in_main else ', most of it outside the main text'}"
    message = f"The page is in {language_name(languages.page)}, but {share:.0%} of its letters ({where}) are in {_listed(names)}"
    evidence: tuple[Evidence, ...] = (
        *(
            Metric(f"share of {language_name(part.language)} by letters", round(part.share, 4))
            for part in languages.shares
            if part.share >= 0.001
        ),
        Note("foreign blocks", str(len(foreign))),
    )
    others = [text for text in foreign if text is not anchor]
    related = tuple(
        Related(text.stretch.span, f"in {language_name(text.stretch.language)}") for text in others[: options.places]
    )
    confidence = 0.95 if in_main else 0.7
    return Hit(anchor.stretch.span, message, confidence, evidence, related, None if in_main else Severity.MINOR)


def _rank(text: ForeignText) -> int:
    """Return 0 for a headline, then summary, lead, other main text, and what stands aside."""
    if text.aside:
        return len(_PROMINENCE) + 1
    return _PROMINENCE.index(text.block.kind) if text.block.kind in _PROMINENCE else len(_PROMINENCE)


def _listed(names: list[str]) -> str:
    """Return names as a person lists them."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


CHECK = Check(
    code="LID001",
    name="mixed-language-page",
    category="accuracy/untranslated",
    severity=Severity.MAJOR,
    needs=(LANGUAGES,),
    options=Options,
    find=find,
    documentation=__doc__,
    examples=(
        Example(
            "The harbor council of Varen approved the new ferry line on Tuesday after two years of talks.\n\n"
            "⟦Первые рейсы начнутся в мае, сообщил глава порта на встрече с жителями.⟧\n\n"
            "Tickets will cost less than the bus, the mayor said.\n\n"
            "Жители острова давно просили об этом, напомнил он журналистам.",
            given=(Given(LANGUAGES, languages_by_block("en", {"Первые рейсы": "ru", "Жители острова": "ru"})),),
        ),
        Example(
            "Совет порта Варен одобрил новую паромную линию после двух лет переговоров.\n\n"
            "⟦The first ferries will leave in May, the head of the port told the residents on Tuesday evening.⟧\n\n"
            "Билеты будут дешевле, чем на автобус.",
            language="ru",
            given=(Given(LANGUAGES, languages_by_block("ru", {"The first ferries": "en"})),),
        ),
        Example(
            "El consejo del puerto aprobó la nueva línea de transbordadores el martes.\n\n"
            "⟦The first boats will leave in May, said the head of the port, and the tickets will be cheap.⟧\n\n"
            "Los billetes costarán menos que el autobús.",
            language="es",
            given=(Given(LANGUAGES, languages_by_block("es", {"The first boats": "en"})),),
        ),
        Example(
            "وافق مجلس الميناء على خط العبارات الجديد يوم الثلاثاء بعد عامين من المحادثات.\n\n"
            "⟦The first boats will leave in May, said the head of the port, and the tickets will be cheap.⟧",
            language="ar",
            given=(Given(LANGUAGES, languages_by_block("ar", {"The first boats": "en"})),),
        ),
        Example(
            "Der Hafenrat von Varen hat die neue Fährlinie am Dienstag gebilligt.\n\n"
            "„Wir haben zwei Jahre lang verhandelt“, sagte die Bürgermeisterin.\n\n"
            "Auf dem Schild am Kai steht nun: «Добро пожаловать»",
            language="de",
            given=(Given(LANGUAGES, languages_by_block("de", {"Auf dem Schild": "ru"}, "quoted-title")),),
            comment="a quoted sign in another language does not make the page mixed",
        ),
        Example(
            "The harbor council of Varen approved the new ferry line on Tuesday after two years of talks, and the mayor "
            "promised that tickets would cost less than the bus.\n\n"
            "Residents of the island had asked for the line for a long time, she told reporters in the town hall.\n\n"
            "Заголовок страницы",
            given=(Given(LANGUAGES, languages_by_block("en", {"Заголовок": "ru"})),),
            comment="one stray label is a foreign block (LID002), not a mixed page",
        ),
    ),
)
