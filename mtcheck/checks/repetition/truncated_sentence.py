"""A sentence breaks off.

What it finds: a paragraph of the main text that ends without a mark where nearly all others on the page end with one, and a
sentence that ends, with its full stop, in a word that governs another one ("… the opening of the.").

Why it matters: translation models stop early, and pipelines cut what is too long; what is missing cannot be guessed.

When it is wrong: for a headline, a caption or a line of a list that the reader of the page took for a paragraph, and for pages that
set no full stops. Short lines, lines in which every word has a capital, the last lines of a page, paragraphs that end in a colon,
an ellipsis or a link, and pages where more than one paragraph in four ends so are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example
from mtcheck.core.documents import Block, BlockKind, BlockRole, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Note, Severity
from mtcheck.core.languages import LANGUAGES
from mtcheck.core.spans import Span
from mtcheck.text.quotation_garble import is_unfinished
from mtcheck.text.sentences import SENTENCES
from mtcheck.text.speech import DANGLING_WORDS

_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.LEAD})
_LAST_WORD = re.compile(r"[^\W\d_]+\Z")
_WORD = re.compile(r"[^\W\d_]+")
# A mark that closes, behind which brackets, quotation marks and signs of footnotes may stand.
_CLOSED = re.compile(r"[.!?…:;։。！？؟।»”\"’')\]】」』|>*†‡•→]\s*\Z|[\d%€$£°]\s*\Z")
_STOPPED = re.compile(r"(?P<word>[^\W\d_]+)\.\Z")
_WORDS_IN_LINE = 2
"""What is set apart with so few words between two paragraphs is a piece of their sentence: a term, a figure, a piece of code."""
_STRANDED = frozenset("to for at on in as by with from of into against among if about over up out off so not".split())
"""English ends sentences with these ("what they asked for.")."""


@dataclass(frozen=True, slots=True)
class Options:
    """``words``: paragraphs with fewer are labels; ``others``: how many other paragraphs must end with a mark.

    ``share``: where more than this part of the paragraphs ends without one, the page has a style of its own.
    """

    words: int = 10
    others: int = 3
    share: float = 0.25


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each sentence that breaks off."""
    yield from _without_end(document, facts, options)
    text = document.text
    for sentence in facts[SENTENCES]:
        if document.blocks[sentence.block].kind not in _KINDS:
            continue
        match = _STOPPED.search(text, max(sentence.span.start, sentence.span.end - 30), sentence.span.end)
        words = _WORD.findall(sentence.span.of(text))
        if match is None or not is_unfinished(match["word"], words[-2] if len(words) > 1 else "", sentence.language):
            continue
        if len(words) >= options.words // 2:
            span = Span(match.start("word"), match.end())
            yield Hit(span, f"The sentence stops after “{match['word']}”", 0.85)


def _without_end(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield the last words of paragraphs that end without a mark on a page where the others end with one."""
    text, languages = document.text, facts[LANGUAGES]
    candidates = [
        block
        for block in document.blocks
        if block.kind in _KINDS
        and block.role is BlockRole.MAIN
        and len(_WORD.findall(text, block.span.start, min(block.span.end, block.span.start + 2000))) >= options.words
    ]
    open_ended = [
        block
        for block in candidates
        if not _CLOSED.search(text, max(block.span.start, block.span.end - 5), block.span.end)
    ]
    closed = len(candidates) - len(open_ended)
    if closed < options.others or len(open_ended) > max(1, options.share * len(candidates)):
        return
    ends_open = {block.span for block in open_ended}
    candidate_spans = {block.span for block in candidates}
    final = candidates[-1]
    for before, block, after in zip(
        (None, *document.blocks), document.blocks, (*document.blocks[1:], None), strict=False
    ):
        if block.span not in ends_open:
            continue
        match = _LAST_WORD.search(text, max(block.span.start, block.span.end - 40), block.span.end)
        if match is None or _is_label(text, block) or _goes_on(text, block, match, after):
            continue
        dangling = _dangles(match[0], languages.at(block.span.start))
        # Teasers, tickers and lists come in groups, and in other blocks than running text.
        in_text = all(
            near is not None and near.span in candidate_spans and near.span not in ends_open for near in (before, after)
        )
        if not dangling and (block is final or not in_text):
            continue
        confidence = 0.9 if dangling else 0.75
        message = (
            f"The paragraph breaks off after “{match[0]}”" if dangling else "The paragraph ends without a full stop"
        )
        yield Hit(
            Span(match.start(), match.end()),
            message,
            confidence,
            (Note("paragraphs that end with a mark", f"{closed} of {len(candidates)}"),),
            severity=Severity.MAJOR if dangling else Severity.MINOR,
        )


def _goes_on(text: str, block: Block, last: re.Match[str], after: Block | None) -> bool:
    """Tell whether the text goes on: in the next line, in a word or figure that stands alone, or the last word is the end of an address."""
    if last.start() > block.span.start and text[last.start() - 1] in "./@":
        return True
    if after is None:
        return False
    wrapped = text.count("\n", block.span.end, after.span.start) == 1 and text[after.span.start].islower()
    return wrapped or len(after.span.of(text).split()) <= _WORDS_IN_LINE


def _dangles(word: str, language: str) -> bool:
    """Tell whether a sentence cannot end in a word."""
    return word in DANGLING_WORDS.get(language, frozenset()) and not (language == "en" and word in _STRANDED)


def _is_label(text: str, block: Block) -> bool:
    """Tell whether a paragraph is a title or a line of data: capitals in most words, or a line break before its last words."""
    words = _WORD.findall(text, block.span.start, block.span.end)
    capitals = sum(word[0].isupper() for word in words)
    last_line = text[max(block.span.start, block.span.end - 400) : block.span.end].rsplit("\n", 1)[-1]
    return 2 * capitals > len(words) or len(last_line.split()) < 5


CHECK = Check(
    code="REP005",
    name="truncated-sentence",
    category="accuracy/omission",
    severity=Severity.MAJOR,
    needs=(LANGUAGES, SENTENCES),
    options=Options,
    find=find,
    measured=frozenset("ar de en es fr pt ru uk".split()),
    documentation=__doc__,
    examples=(
        Example(
            "The council of Varen met on Monday evening in the old harbor office.\n\n"
            "It spoke for three hours about the new ferry line and about ⟦the⟧\n\n"
            "The mayor said that the old boat was too small for the summer.\n\n"
            "Nobody voted against the plan, although two members of the council left early."
        ),
        Example(
            "The minister praised the islands for the quick opening of ⟦the.⟧ Nobody asked what she meant by that."
        ),
        Example(
            "Совет Варена собрался вечером в понедельник в старой конторе порта на набережной.\n\n"
            "Три часа говорили о новой паромной линии, о ценах и ⟦о⟧\n\n"
            "Мэр сказал, что старое судно слишком мало для летних рейсов на острова.\n\n"
            "Против плана не голосовал никто, хотя двое членов совета ушли раньше времени.",
            "ru",
        ),
        Example(
            "El consejo de Varén se reunió el lunes por la noche en la oficina del puerto.\n\n"
            "Habló tres horas de la nueva línea de transbordadores y de ⟦los⟧\n\n"
            "La alcaldesa dijo que el viejo barco era demasiado pequeño para el verano.\n\n"
            "Nadie votó en contra del plan, aunque dos miembros del consejo se fueron antes.",
            "es",
        ),
        Example(
            "Der Rat von Varen tagte am Montag am späten Abend im alten Hafenamt.\n\n"
            "Drei Stunden lang sprach er über die neue Fährlinie und über ⟦die⟧\n\n"
            "Die Bürgermeisterin sagte, das alte Schiff sei für den Sommer viel zu klein.\n\n"
            "Niemand stimmte gegen den Plan, obwohl zwei Mitglieder des Rates früher gingen.",
            "de",
        ),
        Example("وأشاد الوزير بالجزر بعد افتتاح خط العبارات الجديد ⟦في.⟧ ولم يسأل أحد عما يعنيه.", "ar"),
        Example(
            "The council of Varen met on Monday evening in the old harbor office.\n\n"
            "That was not what the members of the council had asked the mayor for.\n\n"
            "The Summer Timetable of the Varen Ferry Company and Its Partners on the Islands\n\n"
            "Nobody voted against the plan, although two members of the council left early.\n\n"
            "Reporting by Edda Orlo in Varen, with further reporting by Mila Brund in Ostrey",
            comment="a title and the line of the authors",
        ),
        Example("Совет собрался вечером в порту. Решено ничего не было.", "ru"),
        Example("El consejo se reunió en el puerto. No decidió nada.", "es"),
        Example("Der Rat tagte im Hafen. Beschlossen wurde nichts, so hieß es.", "de"),
        Example("اجتمع المجلس في الميناء. ولم يتخذ أي قرار.", "ar"),
    ),
)
