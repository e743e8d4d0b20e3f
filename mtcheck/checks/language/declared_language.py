"""The language that a page declares is not the language it stands in.

What it finds: a page whose ``html lang``, ``Content-Language``, feed field or front matter names another language than its text
is in; a page that is not in the language its caller expects; parts of a page that are marked with a language of their own
(``lang`` on a paragraph) and stand in another; and codes of countries in place of those of languages (``jp``, ``cz``, ``ua``).

Why it matters: screen readers pronounce, browsers offer to translate, hyphenate and choose fonts, and search engines index by
that label. It is also a trace: a page that was sent through a translator often keeps the label of the original.

When it is wrong: for very short pages, which are not judged, and for pages in languages that the identifier does not know, of
which only those are named whose declared language it does know. Regions and scripts are not compared (``en-GB``, ``zh-Hant``),
nor are Croatian, Bosnian and Serbian, Indonesian and Malay, or the two forms of Norwegian told from each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example, Given
from mtcheck.core.documents import Block, BlockKind, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Evidence, Hit, Metric, Note, Related, Severity
from mtcheck.core.languages import LANGUAGES, UNDETERMINED, Languages, languages_by_block
from mtcheck.text.foreign import count_letters
from mtcheck.text.language_names import language_name
from mtcheck.text.language_tags import COUNTRY_CODES, IDENTIFIED, NEVER_TOLD, are_close, primary

_WORTH_NAMING = 0.01
_EAST_ASIAN = ("\u2e80", "\ud7ff")


@dataclass(frozen=True, slots=True)
class Options:
    """From how much text on a label is called wrong.

    A page: ``letters`` letters of main text (``close_letters`` between languages that are close), of which at least ``share`` (0 to
    1) stand in the identified language and at most ``declared_share`` in the declared one. A block that declares a language of its
    own: ``block_letters`` letters and at least ``confidence``. ``places`` bounds the places named.
    """

    letters: int = 150
    close_letters: int = 600
    share: float = 0.6
    declared_share: float = 0.2
    block_letters: int = 60
    confidence: float = 0.95
    places: int = 20


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield at most one hit for the page and one for each pair of a language declared for blocks and the one they are in."""
    languages = facts[LANGUAGES]
    page = _page(document, languages, options)
    if page is not None:
        yield page
    yield from _blocks(document, languages, options)


@dataclass(frozen=True, slots=True)
class _Label:
    """A wrong label: who gave it, the tag itself, and what a message says of it."""

    origin: str
    tag: str
    clause: str


def _page(document: Document, languages: Languages, options: Options) -> Hit | None:
    """Return the hit for what is declared of the page as a whole, if that is wrong."""
    first = next((block for block in document.main_blocks if count_letters(block.span.of(document.text))), None)
    if languages.page == UNDETERMINED or first is None:
        return None
    weight = sum(
        _weight(block.span.of(document.text)) for block in document.main_blocks if block.kind is not BlockKind.CODE
    )
    wrong = []
    declared = _fault(document.declared_language, languages, weight, options)
    if document.declared_language and declared:
        wrong.append(_Label("declared", document.declared_language, f"it declares {declared}"))
    expected = _fault(document.expected_language, languages, weight, options)
    if document.expected_language and expected:
        wrong.append(_Label("expected", document.expected_language, f"{expected} was expected"))
    if not wrong:
        return None
    message = f"The page is in {language_name(languages.page)}, but {' and '.join(label.clause for label in wrong)}"
    evidence: tuple[Evidence, ...] = (
        *(Note(label.origin, label.tag) for label in wrong),
        *(
            Metric(f"share of {language_name(part.language)} by letters", round(part.share, 4))
            for part in languages.shares
            if part.share >= _WORTH_NAMING
        ),
    )
    share = next((part.share for part in languages.shares if part.language == languages.page), 0.0)
    return Hit(first.span, message, min(0.99, max(0.5, share)), evidence)


def _fault(tag: str | None, languages: Languages, weight: int, options: Options) -> str:
    """Return how to name a tag that is wrong for a page with so many letters; empty where it may be right."""
    language, found = primary(tag), primary(languages.page)
    if language is None or found is None:
        return ""
    meant = COUNTRY_CODES.get(language, language)
    if meant == found and meant != language:
        return f"{tag} (the code of a country; that of {language_name(found)} is {found})"
    if frozenset((meant, found)) in NEVER_TOLD:
        return ""
    if meant == found or meant not in IDENTIFIED or weight < _least(meant, found, options):
        return ""
    of_declared = sum(part.share for part in languages.shares if primary(part.language) == meant)
    of_found = sum(part.share for part in languages.shares if primary(part.language) == found)
    if of_found < options.share or of_declared > options.declared_share:
        return ""
    return f"{language_name(meant)} ({tag})"


def _weight(text: str) -> int:
    """Return the letters of a text, signs of East Asian writing counted as three: they say as much."""
    return sum(3 if _EAST_ASIAN[0] <= character <= _EAST_ASIAN[1] else 1 for character in text if character.isalpha())


def _least(declared: str, found: str, options: Options) -> int:
    """Return the letters from which two languages are told apart."""
    return options.close_letters if are_close(declared, found) else options.letters


def _blocks(document: Document, languages: Languages, options: Options) -> Iterator[Hit]:
    """Yield the hits for blocks that declare another language than the page, and stand in neither that nor an unknown one."""
    page = primary(document.declared_language)
    groups: dict[tuple[str, str], list[tuple[Block, float]]] = {}
    for block, judged in zip(document.blocks, languages.blocks, strict=False):
        declared, found = primary(block.language), primary(judged.language)
        if declared is None or declared in (page, found) or found is None or declared not in IDENTIFIED:
            continue
        if frozenset((declared, found)) in NEVER_TOLD or judged.reason or judged.confidence < options.confidence:
            continue
        least = options.block_letters * (options.close_letters // options.letters if are_close(declared, found) else 1)
        if _weight(block.span.of(document.text)) >= least:
            groups.setdefault((declared, judged.language), []).append((block, judged.confidence))
    for (declared, found), members in groups.items():
        yield _block_hit(declared, found, members, options)


def _block_hit(declared: str, found: str, members: Sequence[tuple[Block, float]], options: Options) -> Hit:
    """Return the hit for the blocks that declare one language and stand in one other."""
    block, confidence = members[0]
    name = language_name(found)
    subject = f"This {block.kind.value} is" if len(members) == 1 else f"{len(members)} blocks are"
    return Hit(
        block.span,
        f"{subject} marked as {language_name(declared)} (lang={block.language}), but stand{'s' if len(members) == 1 else ''} in {name}",
        confidence,
        (Note("declared", str(block.language)), Note("identified", f"{name}, probability {confidence:.2f}")),
        tuple(Related(other.span, f"also in {name}") for other, _ in members[1 : options.places + 1]),
    )


_ENGLISH = (
    "⟦The harbor council of Varen approved the new ferry line on Tuesday after two years of talks, and the mayor promised that "
    "tickets would cost less than the bus. Residents of the island had asked for the line for a long time.⟧"
)
_RUSSIAN = (
    "Совет порта Варен во вторник одобрил новую паромную линию после двух лет переговоров, а глава города пообещала, что билеты "
    "будут дешевле, чем на автобус. Жители острова давно просили об этой линии."
)

CHECK = Check(
    code="LID005",
    name="declared-language-wrong",
    category="markup/language",
    severity=Severity.MINOR,
    needs=(LANGUAGES,),
    options=Options,
    find=find,
    documentation=__doc__,
    # In an example the language is what the page declares; what it stands in is given.
    examples=(
        Example(_ENGLISH, language="de", given=(Given(LANGUAGES, languages_by_block("en")),)),
        Example(_ENGLISH, language="ar", given=(Given(LANGUAGES, languages_by_block("en")),)),
        Example(f"⟦{_RUSSIAN}⟧", language="en", given=(Given(LANGUAGES, languages_by_block("ru")),)),
        Example(
            _RUSSIAN,
            language="ru-RU",
            given=(Given(LANGUAGES, languages_by_block("ru")),),
            comment="a region is no fault",
        ),
        Example(_RUSSIAN, language="ru", given=(Given(LANGUAGES, languages_by_block("ru")),)),
        Example(
            "Luka u Varenu dobila je novu trajektnu liniju nakon dvije godine pregovora, a gradonačelnica je obećala da će karte biti "
            "jeftinije od autobusa. Stanovnici otoka dugo su tražili tu liniju.",
            language="sr-Latn",
            given=(Given(LANGUAGES, languages_by_block("hr")),),
            comment="Serbian in Latin letters and Croatian are not told apart",
        ),
        Example(
            "Puerto cerrado", language="es", given=(Given(LANGUAGES, languages_by_block("pt")),), comment="too short"
        ),
        Example(
            "⟦鹿野町の港湾評議会は火曜日、二年間の協議を経て新しいフェリー航路を承認した。町長は切符がバスより安くなると約束した。⟧",
            language="jp",
            given=(Given(LANGUAGES, languages_by_block("ja")),),
            comment="jp is Japan; Japanese is ja",
        ),
    ),
)
