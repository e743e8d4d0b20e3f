"""A few words inside a sentence stand in another language.

What it finds: words of another language inside a sentence of the page's language: a word that the translation took over
unchanged, the end of a sentence that was not translated, a term with no quotation marks around it. Repetitions of the same words
on one page are reported once, with their places.

Why it matters: a translation system leaves what it does not know as it was. The reader loses the word, and in a quotation or an
instruction it may be the word that counts.

When it is wrong: for terms and names that are given in the original on purpose, and for mottos. Where an explanation or a spelling
follows in brackets it is reported as minor. Names, words in brackets after their translation, quoted titles, loanwords and
quotations beside their translation are passed over. Words written with the page's own letters must be several, or words that the
page's language does not have and another one has, by word lists and by spelling; that is told best on English pages. Words that
both languages have ("will"), and words left between capitals, are not found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from unicodedata import category

from mtcheck.core.checks import Check, Example, Given
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Note, Passage, Related, Severity
from mtcheck.core.languages import LANGUAGES, UNDETERMINED, languages_with_spans
from mtcheck.core.spans import Span
from mtcheck.text.foreign import BLOCK_LETTERS, BLOCK_SHARE, ForeignText, foreign_texts, is_running_text
from mtcheck.text.language_names import language_name
from mtcheck.text.sentences import SENTENCES, Sentence

_CLOSING_MARKS = " \u00a0\"'”’»›“」』"
_OPENING_BRACKETS = "([（［【"
_PHRASE_WORDS = 2
_SENTENCE_ENDS = ".!?…。！？؟۔"
# Russian and Ukrainian share most letters and a great part of their words: only a letter of its own tells one of them for certain.
_OWN_LETTERS = {"uk": frozenset("іїєґ'’ʼ"), "ru": frozenset("ыэёъ")}


@dataclass(frozen=True, slots=True)
class Options:
    """Which words are reported, and where a span ends and a foreign block (LID002) begins.

    In another script: from ``letters`` letters on, an East Asian sign counted as three. In the page's own script: from
    ``own_script_words`` words with ``own_script_letters`` letters on, or one or two that the word lists know for foreign, and only
    with at least ``confidence``. A stretch of at least ``block_share`` of its block's
    letters or of ``block_letters`` letters is left to LID002. ``places`` bounds the places named.
    """

    letters: int = 3
    own_script_words: int = 3
    own_script_letters: int = 12
    confidence: float = 0.95
    block_share: float = BLOCK_SHARE
    block_letters: int = BLOCK_LETTERS
    places: int = 20


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each foreign wording inside sentences, at its first place."""
    languages = facts[LANGUAGES]
    if languages.page == UNDETERMINED:
        return
    ends: dict[int, int] = {}
    found = []
    for text in foreign_texts(document, languages):
        if not _is_phrase(document, text) and (
            text.share >= options.block_share or text.letters >= options.block_letters
        ):
            continue
        block = text.block.span
        if block.start not in ends:
            ends[block.start] = max(document.text.rfind(mark, block.start, block.end) for mark in _SENTENCE_ENDS)
        if _is_phrase(document, text) and not _has_own_letter(document, text, languages.page):
            continue
        in_sentence = ends[block.start] >= text.stretch.span.end
        if _is_telling(document, text, options, in_sentence=in_sentence):
            found.append(text)

    def wording(text: ForeignText) -> tuple[str, str]:
        return text.stretch.language, " ".join(text.stretch.span.of(document.text).casefold().split())

    groups = [
        list(group) for _, group in groupby(sorted(found, key=lambda text: (wording(text), text.stretch.span)), wording)
    ]
    for group in sorted(groups, key=lambda group: group[0].stretch.span):
        yield _hit(document, facts[SENTENCES], group, languages.page, options)


def _is_telling(document: Document, text: ForeignText, options: Options, *, in_sentence: bool) -> bool:
    """Tell whether a stretch is enough to be sure of: another script is plain to see, another language is not.

    Outside the main text it must stand in a sentence: a menu entry or a title that gives a name twice has no end mark.
    """
    if text.stretch.language == UNDETERMINED or (text.aside and not in_sentence):
        return False
    words = text.stretch.span.of(document.text)
    if not text.own_script:
        return _weight(words) >= options.letters
    if _is_phrase(document, text):
        return text.stretch.confidence >= options.confidence
    return (
        len(words.split()) >= options.own_script_words
        and text.letters >= options.own_script_letters
        and text.stretch.confidence >= options.confidence
        and is_running_text(words, text.stretch.language)
    )


def _is_phrase(document: Document, text: ForeignText) -> bool:
    """Tell whether a stretch is a word or two in the page's own script.

    What is so short and has no reason was found by word lists and spelling, and is beyond doubt; see ``LANGUAGES``.
    """
    return text.own_script and not text.whole and len(text.stretch.span.of(document.text).split()) <= _PHRASE_WORDS


def _has_own_letter(document: Document, text: ForeignText, page: str) -> bool:
    """Tell whether a word of the nearest neighbor of the page's language shows a letter that the page's language has not."""
    if {page, text.stretch.language} != set(_OWN_LETTERS):
        return True
    return not _OWN_LETTERS[text.stretch.language].isdisjoint(text.stretch.span.of(document.text).casefold())


def _weight(text: str) -> int:
    """Return the letters and vowel signs of a text; an East Asian sign, which may be a word, counts as three."""
    return sum(
        3 if "\u2e80" <= character <= "\ud7ff" else 1
        for character in text
        if character.isalpha() or category(character) in {"Mc", "Mn"}
    )


def _is_explained(document: Document, text: ForeignText) -> bool:
    """Tell whether a bracket follows, as it does where a word is given in the original and then explained or spelt out."""
    after = document.text[text.stretch.span.end : min(text.block.span.end, text.stretch.span.end + 4)]
    return after.lstrip(_CLOSING_MARKS)[:1] in tuple(_OPENING_BRACKETS)


def _hit(
    document: Document, sentences: tuple[Sentence, ...], group: list[ForeignText], page: str, options: Options
) -> Hit:
    first = group[0]
    span = first.stretch.span
    name = language_name(first.stretch.language)
    words = "These words are" if len(span.of(document.text).split()) > 1 else "This word is"
    around = _sentence(sentences, span)
    evidence = (Note("language", f"{name}, probability {first.stretch.confidence:.2f}"),)
    passage = () if around is None else (_passage(document, around, span, page),)
    return Hit(
        span,
        f"{words} in {name}, inside a sentence in {language_name(page)}",
        first.stretch.confidence,
        (*evidence, *passage),
        tuple(Related(other.stretch.span, "again") for other in group[1 : options.places + 1]),
        severity=Severity.MINOR if all(text.aside or _is_explained(document, text) for text in group) else None,
    )


def _sentence(sentences: tuple[Sentence, ...], span: Span) -> Span | None:
    """Return the sentence around a span by bisection, ``None`` where it crosses a border."""
    low, high = 0, len(sentences)
    while low < high:
        middle = (low + high) // 2
        if sentences[middle].span.end <= span.start:
            low = middle + 1
        else:
            high = middle
    return sentences[low].span if low < len(sentences) and sentences[low].span.contains(span) else None


def _passage(document: Document, sentence: Span, span: Span, page: str) -> Passage:
    """Return the sentence, or what stands near the words in a very long one, with the words marked."""
    start, end = max(sentence.start, span.start - 200), min(sentence.end, span.end + 200)
    return Passage("sentence", document.text[start:end], page, (span.shift(-start),))


CHECK = Check(
    code="LID003",
    name="foreign-span",
    category="accuracy/untranslated",
    severity=Severity.MAJOR,
    needs=(LANGUAGES, SENTENCES),
    options=Options,
    find=find,
    documentation=__doc__,
    examples=(
        Example(
            "The harbor council approved the ferry line, but the ⟦паромщики⟧ of the island want to see the timetable first, the "
            "mayor told reporters.",
            given=(Given(LANGUAGES, languages_with_spans("en", {"паромщики": "ru"})),),
        ),
        Example(
            "Совет порта одобрил новую линию, но островитяне ⟦are still waiting for⟧ расписания и цен на билеты, рассказала "
            "журналистам глава города Варен на встрече во вторник.",
            language="ru",
            given=(Given(LANGUAGES, languages_with_spans("ru", {"are still waiting for": "en"})),),
        ),
        Example(
            "El consejo del puerto aprobó la línea, pero los vecinos de la isla ⟦warten noch immer auf⟧ el horario y los precios "
            "de los billetes, dijo la alcaldesa a los periodistas.",
            language="es",
            given=(Given(LANGUAGES, languages_with_spans("es", {"warten noch immer auf": "de"})),),
        ),
        Example(
            "Der Hafenrat hat die Linie gebilligt, doch die ⟦паромщики⟧ der Insel wollen zuerst den Fahrplan sehen. Auch die "
            "паромщики vom Festland warten.",
            language="de",
            given=(Given(LANGUAGES, languages_with_spans("de", {"паромщики": "ru"})),),
            comment="the same words again are no second finding",
        ),
        Example(
            "وافق مجلس الميناء على الخط الجديد، لكن سكان الجزيرة ⟦всё ещё ждут⟧ جدول الرحلات وأسعار التذاكر، كما قالت رئيسة البلدية "
            "للصحفيين.",
            language="ar",
            given=(Given(LANGUAGES, languages_with_spans("ar", {"всё ещё ждут": "ru"})),),
        ),
        Example(
            "The harbor council approved the line, and then the ⟦Hafenmeister⟧ announced that the first boats would leave in May.",
            given=(Given(LANGUAGES, languages_with_spans("en", {"Hafenmeister": "de"})),),
            comment="one word, which English does not have and German has",
        ),
        Example(
            "The boat is called «Надежда» and was built on the island forty years ago, said its owner.",
            given=(Given(LANGUAGES, languages_with_spans("en", {"Надежда": "ru"}, "quoted-title")),),
            comment="a quoted title may stay as it is",
        ),
        Example(
            "Ботаники показали гостям порта цветок, у которого початок теплее воздуха, и рассказали, как он манит мух.",
            language="ru",
            given=(Given(LANGUAGES, languages_with_spans("ru", {"початок": "uk"})),),
            comment="a word that Russian and Ukrainian both have, in letters that both have",
        ),
        Example(
            "The cooks of the island served a coq au vin on the quay after the vote, and everybody stayed until midnight.",
            given=(Given(LANGUAGES, languages_with_spans("en", {"coq au": "fr"}, "too-short")),),
            comment="two words in the page's own letters that may be borrowed",
        ),
    ),
)
