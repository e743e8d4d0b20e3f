"""One letter, syllable or sign is written over and over inside a word.

What it finds: five or more of the same consonant in a row and twelve or more of the same vowel ("Varennnnnn"), a group of two
to four letters that follows itself four times or more ("bananananana"), four or more of one Chinese or Japanese character, and
four or more of a comma, semicolon or ideographic stop.

Why it matters: a decoder that loops inside a word leaves such a tail where the rest of the sentence should be.

When it is wrong: in cries, laughter and stammering, in Roman numerals, grades of a rating and sample text. Interjections,
laughter ("hahahaha"), drawn-out vowels, words in capitals of one letter ("XXXX", "AAAAA"), codes with digits, addresses, code,
comments and runs of dots, dashes, stars and exclamation marks are left alone. It is a
preview: two million words of translations and of news held no case to measure its precision on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example, Tier
from mtcheck.core.documents import BlockKind, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Note, Severity
from mtcheck.core.spans import Span
from mtcheck.text.code_like import CodeContext
from mtcheck.text.doublings import CALLS, SOUNDS

# The longest word looked at: a longer run without a space is data, and the patterns below stay linear in it.
_LONGEST = 200
_WORD = re.compile(r"[^\W\d_]{5,}")
_LETTER = re.compile(r"(?P<unit>[^\W\d_])(?P=unit){4,}+", re.IGNORECASE)
_GROUP = re.compile(r"(?P<unit>[^\W\d_]{2,4}?)(?P=unit){3,}+", re.IGNORECASE)
_SIGNS = re.compile(r"(?P<unit>[,;،؛，、。；])(?P=unit){3,}+")
_HAN = re.compile(r"(?P<unit>[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff])(?P=unit){3,}+")
_DRAWN_OUT = frozenset("aeiouyäöüáéíóúàèìòùâêîôûаеёиоуыэюяіїєاويھه")
"""Vowels, and the Arabic letters that stand for them: writers draw them out ("goooool", "хооолодно", "مبرووووك")."""
_UNVOICED = frozenset("hmszrxwшщмрзсхه")
"""Letters that sounds are made of ("zzzzz", "shhhhh", "хррррр")."""
_LAUGHTER = re.compile(
    r"(?:a?(?:ha|he|hi|ho|ja|je|ji|xa|la|na|da|bla|blah|tra)|(?:[ah]{2})|[хx][аеи]|[аеи][хx]|[jk]{2}|[kj]a|ля|на|هه)",
    re.IGNORECASE,
)
_LAUGHING_HAN = frozenset("哈啊呵嘿嘻呜哇哦嗯あアーワわハはウうオおエえッっ々")
_SKIPPED = frozenset({BlockKind.CODE, BlockKind.COMMENT, BlockKind.NAVIGATION, BlockKind.TABLE_CELL})


@dataclass(frozen=True, slots=True)
class Options:
    """How many copies make a run: of a consonant, of a letter that is drawn out in speech, of a group of letters."""

    letters: int = 5
    drawn_out: int = 12
    groups: int = 4


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each run."""
    del facts
    context: CodeContext | None = None
    for block in document.blocks:
        if block.kind in _SKIPPED:
            continue
        for span, unit in _runs(document.text, block.span, options):
            context = CodeContext(document) if context is None else context
            if not context.shows_code(span):
                copies = len(span) // len(unit)
                yield Hit(span, f"“{unit}” is written {copies} times in a row", 0.85, (Note("repeated", unit),))


def _runs(text: str, block: Span, options: Options) -> Iterator[tuple[Span, str]]:
    """Yield the runs of one block with what is repeated, in order, apart."""
    found: list[tuple[Span, str]] = []
    for word in _WORD.finditer(text, block.start, block.end):
        if word.end() - word.start() <= _LONGEST and not _beside_digit(text, word):
            found.extend(_in_word(text, word, options))
    for pattern in (_SIGNS, _HAN):
        for match in pattern.finditer(text, block.start, block.end):
            if match["unit"] not in _LAUGHING_HAN:
                found.append((Span(*match.span()), match["unit"]))
    end = -1
    for span, unit in sorted(found, key=lambda run: (run[0].start, -run[0].end)):
        if span.start >= end:
            yield span, unit
            end = span.end


def _in_word(text: str, word: re.Match[str], options: Options) -> Iterator[tuple[Span, str]]:
    form = word[0].lower()
    if len(set(form)) == 1 or form in SOUNDS or form in CALLS:
        return
    for match in _LETTER.finditer(text, *word.span()):
        letter = match["unit"].lower()
        least = options.drawn_out if letter in _DRAWN_OUT | _UNVOICED else options.letters
        if len(match[0]) >= least and not _HAN.match(match[0]):
            yield Span(*match.span()), match["unit"]
    for match in _GROUP.finditer(text, *word.span()):
        unit = match["unit"]
        if len(match[0]) // len(unit) < options.groups or len(set(unit.lower())) == 1:
            continue
        if not _LAUGHTER.fullmatch(unit) and unit.lower() not in SOUNDS | CALLS:
            yield Span(*match.span()), unit


def _beside_digit(text: str, word: re.Match[str]) -> bool:
    """Tell whether a word is part of a code: a digit, an underscore or a sign of an address touches it."""
    around = text[max(0, word.start() - 1) : word.start()] + text[word.end() : word.end() + 1]
    return any(character.isdigit() or character in "_/\\@#=" for character in around)


CHECK = Check(
    code="REP004",
    name="character-run",
    category="linguistic/duplication",
    severity=Severity.MAJOR,
    options=Options,
    find=find,
    tier=Tier.PREVIEW,
    documentation=__doc__,
    examples=(
        Example("The ferry left the port of Vare⟦nnnnnnn⟧ at nine."),
        Example("The council of Ostrey agreed on the b⟦anananananan⟧a and went home⟦,,,,,⟧ tired."),
        Example("Goooool! shouted the crowd; hahahaha, said she. Chapter XXVIII, room AAAAA, zzzzz ..... ----- !!!!!"),
        Example("Совет порта Вар⟦енененененен⟧ собрался вечером.", "ru"),
        Example("Гооооол! Ха-ха, хахахаха, брррр, сказал он..... и ушёл.", "ru"),
        Example("El consejo del puerto de Var⟦enenenenenen⟧ se reunió por la noche.", "es"),
        Example("¡Gooooool!, gritó. Jajajaja, rieron todos.....", "es"),
        Example("Der Hafenrat von Vare⟦nnnnnnnn⟧ tagte am Abend.", "de"),
        Example("Brrrrr, sagte er, Schifffahrt bei Frost! Hahahaha.", "de"),
        Example("اجتمع مجلس الميناء ⟦تلتلتلتلتلتل⟧ في المساء.", "ar"),
        Example("مبروووووك! قال العمدة هههههه.", "ar"),
        Example("港口委员会⟦的的的的的的⟧晚上开会，大家哈哈哈哈地笑。", "zh"),
    ),
)
