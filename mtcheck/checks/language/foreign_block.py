"""A block of the page stands in another language.

What it finds: a paragraph, quotation, label, menu entry or comment in another language than the page, or a good part of any
block (the credit line "© Photo: ..." whose second half was left in the original). Whole headlines, summaries and captions are
reported by UNT002, a few words inside a sentence by LID003.

Why it matters: it was left untranslated, or comes from the edition that the page was translated from. In the main text
readers lose what it says; in the furniture it shows that the page was assembled by machine.

When it is wrong: for passages quoted in the original on purpose without quotation marks, for poems, and for single labels that
a publisher keeps in another language everywhere. Names, short quoted titles, and quotations with their translation beside
them are passed over. Furniture is reported as minor, readers' comments as neutral.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example, Given
from mtcheck.core.documents import BlockKind, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Note, Related, Severity
from mtcheck.core.languages import LANGUAGES, UNDETERMINED, languages_by_block
from mtcheck.text.foreign import BLOCK_LETTERS, BLOCK_SHARE, ForeignText, foreign_texts, is_running_text
from mtcheck.text.language_names import language_name

_COMMENT_LETTERS = 40
_WORD_LETTERS = 10


@dataclass(frozen=True, slots=True)
class Options:
    """How much of a block must be foreign: the part ``share`` (0 to 1) of its letters, or so many ``letters``.

    More than ``labels`` foreign blocks of fewer than ``label`` letters in one language, outside the main text or of one word, are
    reported together, with ``places`` of them named.
    """

    share: float = BLOCK_SHARE
    letters: int = BLOCK_LETTERS
    label: int = 25
    labels: int = 3
    places: int = 20


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each foreign block or foreign part of a block; many short labels of one language share one hit."""
    languages = facts[LANGUAGES]
    if languages.page == UNDETERMINED:
        return
    page = language_name(languages.page)
    labels: dict[str, list[ForeignText]] = {}
    for text in foreign_texts(document, languages):
        if text.title_or_caption or (text.share < options.share and text.letters < options.letters):
            continue
        if text.own_script and not text.whole and (_is_note(document, text) or not _is_clause(document, text)):
            continue
        if text.letters < options.label and _severity(text) is not None:
            labels.setdefault(text.stretch.language, []).append(text)
        else:
            yield _hit(text, page)
    for group in labels.values():
        if len(group) <= options.labels:
            yield from (_hit(text, page) for text in group)
        else:
            yield _hit(group[0], page, group[1:], options.places)


def _is_note(document: Document, text: ForeignText) -> bool:
    """Tell whether a part of a block is a note of the page's builder in brackets: "(opens in new window)"."""
    before = document.text[max(0, text.stretch.span.start - 1) : text.stretch.span.start]
    return text.stretch.reason == "interface" and before in {"(", "[", "（"}


def _is_clause(document: Document, text: ForeignText) -> bool:
    """Tell whether a part of a block in the page's own letters is more than a name."""
    return is_running_text(text.stretch.span.of(document.text), text.stretch.language)


def _hit(text: ForeignText, page: str, others: Sequence[ForeignText] = (), places: int = 0) -> Hit:
    """Return the hit for one foreign text; ``others`` are further short labels, of which ``places`` are named."""
    name = language_name(text.stretch.language)
    if others:
        message = f"{len(others) + 1} short labels are in {name} on a page in {page}"
    else:
        message = f"{'A' if text.whole else 'Part of a'} {_kind(text)} is in {name} on a page in {page}"
    return Hit(
        text.stretch.span,
        message,
        text.stretch.confidence,
        (
            Note("language", f"{name}, probability {text.stretch.confidence:.2f}"),
            *((Note("where", text.stretch.reason.replace("-", " ")),) if text.stretch.reason else ()),
        ),
        tuple(Related(other.stretch.span, f"also in {name}") for other in others[:places]),
        severity=_severity(text),
    )


def _kind(text: ForeignText) -> str:
    """Return what an editor would call the block."""
    kind = text.block.kind
    if kind is BlockKind.COMMENT:
        return "reader's comment" if _is_comment(text) else "label among the comments"
    return {BlockKind.NAVIGATION: "menu entry", BlockKind.FOOTER: "line of the footer"}.get(kind, kind.value)


def _is_comment(text: ForeignText) -> bool:
    """Tell a reader's words from the labels of the comment box ("Log in", "Title of the comment")."""
    return text.block.kind is BlockKind.COMMENT and text.letters >= _COMMENT_LETTERS


def _severity(text: ForeignText) -> Severity | None:
    """Return a lower severity for what stands aside and for single words, ``None`` for the check's own."""
    if _is_comment(text):
        return Severity.NEUTRAL
    if text.aside or text.letters < _WORD_LETTERS:
        return Severity.MINOR
    return None


CHECK = Check(
    code="LID002",
    name="foreign-block",
    category="accuracy/untranslated",
    severity=Severity.MAJOR,
    needs=(LANGUAGES,),
    options=Options,
    find=find,
    documentation=__doc__,
    examples=(
        Example(
            "The harbor council of Varen approved the new ferry line on Tuesday.\n\n"
            "⟦Первые рейсы начнутся в мае, сообщил глава порта.⟧\n\n"
            "Tickets will cost less than the bus, the mayor said.",
            given=(Given(LANGUAGES, languages_by_block("en", {"Первые рейсы": "ru"})),),
        ),
        Example(
            "Совет порта Варен одобрил новую паромную линию.\n\n"
            "⟦The first ferries will leave in May, the head of the port said.⟧",
            language="ru",
            given=(Given(LANGUAGES, languages_by_block("ru", {"The first ferries": "en"})),),
        ),
        Example(
            "El consejo del puerto aprobó la nueva línea de transbordadores.\n\n"
            "⟦Die ersten Schiffe fahren im Mai, sagte der Leiter des Hafens.⟧",
            language="es",
            given=(Given(LANGUAGES, languages_by_block("es", {"Die ersten": "de"})),),
        ),
        Example(
            "Der Hafenrat hat die neue Fährlinie gebilligt.\n\n⟦أعلن رئيس الميناء أن الرحلات تبدأ في مايو.⟧",
            language="de",
            given=(Given(LANGUAGES, languages_by_block("de", {"الميناء": "ar"})),),
        ),
        Example(
            "وافق مجلس الميناء على خط العبارات الجديد.\n\n⟦Первые рейсы начнутся в мае, сообщил глава порта.⟧",
            language="ar",
            given=(Given(LANGUAGES, languages_by_block("ar", {"Первые рейсы": "ru"})),),
        ),
        Example(
            "The new ferry is called after the old town of Varen.\n\n«Старый город»",
            given=(Given(LANGUAGES, languages_by_block("en", {"Старый": "ru"}, "quoted-title")),),
            comment="a quoted title may stay as it is",
        ),
        Example("Der Hafenrat hat die neue Fährlinie gebilligt. Sie heißt „Island Express“.", language="de"),
    ),
)
