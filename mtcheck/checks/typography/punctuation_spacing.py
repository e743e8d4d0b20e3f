"""Punctuation stands apart from its word, or two marks stand where one belongs.

What it finds: a space before a comma, a full stop, a semicolon, a question or an exclamation mark (``Vienna. , and``), in the
languages that set none there; a doubled comma; a doubled full stop that is no ellipsis; a comma or full stop after a mark
that has already ended the sentence (``?.``); a mark that ends a sentence after a word that cannot (``signed the? treaty``); and, in
English, the short form of a country or of "for example" with a space inside (``U. S.``, ``e. g.``).

Why it matters: such marks are left where a translation system dropped the words between them, or where its output was put
together from pieces.

When it is wrong: in text that was cut into tokens on purpose, and in informal writing with two dots for an ellipsis. French
sets a space before ``; : ! ?`` and is not blamed for it. Code, addresses, tables, emoticons, ``.5`` and ``.txt`` are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Severity
from mtcheck.core.languages import LANGUAGES
from mtcheck.core.spans import Span
from mtcheck.text.code_like import CodeContext
from mtcheck.text.quotations import PROSE_KINDS, QUOTATIONS, Diagnosis
from mtcheck.text.speech import DANGLING_WORDS

_FAULT = re.compile(
    r"""
      (?P<apart>  (?<=[^\s|]) [ \t\xa0\u202f]{1,3} (?P<sign>[,.،؛;?!؟]) (?=[\s"”»’'“)\]]|\Z) )   # a sign apart from its word
    | (?P<comma>  (?<=[\w"”»’)\]%]) (?:,,|،،|，，) (?![,،，\w]) )                                    # a doubled comma
    | (?P<stop>   (?<=[^\W\d_]) \.\. (?=[\s"”»)]|\Z) )                                            # a doubled full stop
    | (?P<clash>  (?<=[^\W\d_]) (?:[?؟]\.(?![.\w]) | ,\.(?=\s|\Z) | ;[,.](?=\s|\Z) | ،\.(?=\s|\Z) | ，。 | 。， | 。、 ) )
    """,
    re.VERBOSE,
)
_ELLIPSIS = re.compile(r"\.(?:[ \t\xa0\u202f]{1,3}\.)+|\.{2,}|…")
_INSIDE = re.compile(r"\b(?P<word>[^\W\d_]{1,10})(?P<mark>[.!?])[ \xa0]{1,2}(?P<next>[^\W\d_])")
_WORD_BEFORE = re.compile(r"[^\s]{1,40}\Z")
_SPACED_SHORT_FORM = re.compile(r"(?<![\w.])(?:U\.[ \xa0][SKN]|e\.[ \xa0]g|i\.[ \xa0]e)\.(?!\w)")
"""Short forms that English writes without a space; initials of people ("J. K. Orlo") have one."""
_LONGEST_WORD = 40
# English leaves these at the end of a question ("What are you looking at?").
_STRANDED = frozenset(
    {"to", "for", "at", "on", "in", "as", "by", "with", "from", "of", "into", "against", "among", "if"}
)
_SHORTEST_BEFORE_STOP = 3  # shorter words may be abbreviations
_SPACED_SIGNS = frozenset(";?!")
_SPACED_LANGUAGES = frozenset({"fr", "br"})
_BARS_OF_A_ROW = 3


@dataclass(frozen=True, slots=True)
class Options:
    """``tolerated_share``: where more than this part of a page's commas and stops stand apart, it is taken for tokenized."""

    tolerated_share: float = 0.25


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each sign that stands apart or doubled."""
    text = document.text
    languages = facts[LANGUAGES]
    context = CodeContext(document)
    known = [
        stray.anchor for stray in facts[QUOTATIONS].strays if stray.diagnosis in (Diagnosis.MISPLACED, Diagnosis.TURNED)
    ]
    taken = {offset for anchor in known for offset in range(anchor.start, anchor.end)}
    found: list[Hit] = []
    for block in document.blocks:
        if block.kind not in PROSE_KINDS or text.count("|", block.span.start, block.span.end) >= _BARS_OF_A_ROW:
            continue
        language = languages.at(block.span.start)
        ellipses: set[int] | None = None
        for match in _FAULT.finditer(text, block.span.start, block.span.end):
            sign = match["sign"]
            if sign is not None:
                if sign in _SPACED_SIGNS and language in _SPACED_LANGUAGES:
                    continue
                if ellipses is None:
                    ellipses = _ellipses(text, block.span)
                if match.end("sign") - 1 in ellipses or _is_separator(text, match, block.span):
                    continue
            if taken and not taken.isdisjoint(range(match.start(), match.end())):
                continue
            span = _with_word(text, match, block.span)
            if not context.shows_code(span):
                found.append(Hit(span, _message(match), 0.9 if match["apart"] else 0.8))
        if language == "en":
            for match in _SPACED_SHORT_FORM.finditer(text, block.span.start, block.span.end):
                found.append(Hit(Span(*match.span()), f"A space stands inside “{match[0]}”", 0.8))
        for span in _inside_sentence(text, block.span, language):
            if not context.shows_code(span):
                found.append(Hit(span, f"“{text[span.end - 1]}” ends a sentence after a word that cannot", 0.8))
    signs = sum(text.count(sign) for sign in ",.،")
    apart = sum(hit.confidence > 0.85 for hit in found)
    if apart >= 5 and apart > options.tolerated_share * signs:
        return
    yield from found


def _inside_sentence(text: str, block: Span, language: str) -> Iterator[Span]:
    """Yield words that cannot end a sentence with the mark that ends one after them, where small letters follow."""
    dangling = DANGLING_WORDS.get(language)
    if dangling is None or language == "ar":
        return
    for match in _INSIDE.finditer(text, block.start, block.end):
        word, mark = match["word"], match["mark"]
        if word not in dangling or not match["next"].islower():
            continue
        if (mark == "." and len(word) < _SHORTEST_BEFORE_STOP) or (language == "en" and word in _STRANDED):
            continue
        yield Span(match.start("word"), match.end("mark"))


def _ellipses(text: str, span: Span) -> set[int]:
    """Return the offsets of all dots that belong to an ellipsis, those with spaces between them included."""
    return {
        offset
        for match in _ELLIPSIS.finditer(text, span.start, span.end)
        for offset in range(match.start(), match.end())
    }


def _is_separator(text: str, match: re.Match[str], block: Span) -> bool:
    """Tell whether the sign stands alone between two spaces as a separator, or belongs to an emoticon or an ornament."""
    before = text[match.start() - 1] if match.start() > block.start else ""
    sign = match["sign"]
    after = text[match.end() : match.end() + 1]
    if sign in ";" and after in ")]":
        return True
    return not (before.isalnum() or before in "\"'”’“»)].!?%…°€$") or after in {")", "]"}


def _with_word(text: str, match: re.Match[str], block: Span) -> Span:
    start = max(match.start() - _LONGEST_WORD, block.start)
    word = _WORD_BEFORE.search(text[start : match.start()])
    return Span(start + word.start() if word else match.start(), match.end())


def _message(match: re.Match[str]) -> str:
    if match["apart"]:
        return f"A space stands before “{match['sign']}”"
    signs = match[0].strip()
    if match["clash"]:
        return f"Two marks stand where one belongs: “{signs}”"
    return f"“{signs[0]}” stands twice"


CHECK = Check(
    code="TYP001",
    name="punctuation-spacing",
    category="linguistic/punctuation",
    severity=Severity.MINOR,
    needs=(LANGUAGES, QUOTATIONS),
    options=Options,
    find=find,
    measured=frozenset("ar de en es fa fr he pt ru tr uk".split()),
    documentation=__doc__,
    examples=(
        Example("The envoys met last week in Ostrey, Brund, and ⟦Varen. ,⟧ and will meet again today."),
        Example("The port ⟦,⟧ he said, will open in ⟦spring..⟧ Nobody asked.".replace("The port ⟦,⟧", "The ⟦port ,⟧")),
        Example("The vessel⟦,,⟧ which left Varen, is late.".replace("The vessel⟦,,⟧", "The ⟦vessel,,⟧")),
        Example("Will the port open in ⟦spring?.⟧ Nobody knows."),
        Example("The treaty was signed ⟦the.⟧ day before the storm, and ⟦and?⟧ nobody came."),
        Example("The ⟦U. S.⟧ envoy J. U. Sato left Varen at 3 p. m. on Monday."),
        Example("Порт откроют ⟦весной ,⟧ сообщил министр.", language="ru"),
        Example("وقال الوزير إن ⟦الميناء ،⟧ سيفتح في الربيع.", language="ar"),
        Example("El puerto abrirá en ⟦primavera .⟧ Nadie preguntó.", language="es"),
        Example("¿Abrirá el puerto en ⟦primavera ?⟧ Nadie lo sabe.", language="es"),
        Example("Der ⟦Hafen ,⟧ so die Ministerin, öffnet im Frühjahr.", language="de"),
        Example("Le ⟦port ,⟧ dit-il, ouvrira au printemps.", language="fr"),
        Example("Порт відкриють ⟦навесні ,⟧ повідомив міністр.", language="uk"),
        Example(
            "Dr. Orlo Jr., of Varen Inc., paid .5 percent for a .com address ... and a file named .txt . . . so far."
        ),
        Example("See https://example.org/a,,b and 1..10 for more :) or ;)"),
        Example("Quand le port ouvrira-t-il ? Bientôt ! « Oui » ; c’est sûr : demain.", language="fr"),
        Example("Что?.. Где же порт!.. Всё, конец...", language="ru"),
        Example("متى يفتح الميناء؟ في الربيع، كما قال.", language="ar"),
        Example("¿Sí?, preguntó. ¡No!, dijo él...", language="es"),
        Example("Der Hafen (s. Abb. 3, u. a.) öffnet ca. 9.30 Uhr ...", language="de"),
    ),
)
