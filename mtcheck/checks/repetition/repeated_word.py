"""A word stands twice in a row.

What it finds: the same word twice in succession inside a sentence, with nothing but a space between ("the the treaty"), where no
habit of the language explains it. Three and more in a row are a loop (REP002).

Why it matters: decoders of translation models stutter, and editing of their output leaves halves of two versions behind.

When it is wrong: in doublings that grammar allows but that are rare ("what it is is"), emphasis, and names that double a
word; the usual ones are listed by language, the option ``allowed`` adds to them, and a doubled name that comes up twice on the
page is taken for a name. Languages that double words as a matter of grammar (Indonesian, Turkish, Hindi ...) are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example
from mtcheck.core.documents import BlockKind, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Note, Related, Severity
from mtcheck.core.languages import UNDETERMINED
from mtcheck.core.spans import Span
from mtcheck.text.doublings import (
    ALLOWED,
    DOUBLED_NAMES,
    EMPHATIC,
    HOMOGRAPHS,
    OPENING,
    REDUPLICATING,
    SOUNDS,
)
from mtcheck.text.repetition import MARKS, UNSPACED
from mtcheck.text.sentences import SENTENCES, Sentence

_DOUBLED = re.compile(
    rf"""
    (?<![\w{MARKS}'’ʼ.,\-‐‑–&/@#+$€£%:(])     # not inside a word, an abbreviation, an address or a figure
    (?P<open>\(?)
    (?P<word>
      (?:(?![{UNSPACED}])[^\W_])             # a word of a script that puts spaces between words, or a number,
      (?: (?:(?![{UNSPACED}_])[\w{MARKS}])   # with marks,
        | ['’ʼ\-‐‑–.,](?=\w)                  # and what joins its parts
      )*+
    )
    (?P<close>\)?)
    (?P<gap>[^\S\r\n]++)                     # a space and nothing else
    (?P=open)
    (?P<again>(?P=word))
    (?P=close)
    (?![\w{MARKS}]|['’ʼ\-‐‑–.,&/@:+%]\w|\.\.)  # and the second ends there too
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[\s\"'’”»)\]]*(?:[.!?…;,:]|\Z)")
_CLAUSE_START = re.compile(r"(?:\A|[.!?…,;:—–\-\"'‘’“”«„(])\s*\Z")
# One-letter words; any other doubled letter is spelled out, an initial or a symbol.
_ONE_LETTER_WORDS = frozenset("aiyoeuàéóвикосуаязій")
# Arabic letter names that spell Latin abbreviations ("سي إن إن", "بي بي سي") have two letters, as many function words do:
# of such short words only these are taken for doubled ones.
_SHORT_ARABIC = frozenset({"في", "من", "عن", "أن", "أو", "كل", "قد", "ما", "هو", "هي", "مع"})
# How many characters on each side are looked at.
_NEARBY = 80
# An "and" before an idiom that begins with it: "и и без того хрупкая", and an economy that was fragile as it was.
_OPENS_IDIOM = {("ru", "и"): ("без того", "так"), ("uk", "і"): ("без того", "так"), ("uk", "й"): ("без того", "так")}
_NAME_PARTICLES = frozenset({"de", "da", "di", "du", "do", "del", "la", "le", "van", "von", "der"})
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_ANY_ALLOWED = frozenset().union(*ALLOWED.values())


@dataclass(frozen=True, slots=True)
class Options:
    """``allowed`` are further words, in lower case, that may stand twice in a row; ``names`` further names that double a word."""

    allowed: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each doubled word."""
    found = [
        (sentence, match)
        for sentence in facts[SENTENCES]
        for match in _DOUBLED.finditer(document.text, sentence.span.start, sentence.span.end)
        if document.blocks[sentence.block].kind is not BlockKind.CODE
    ]
    times = Counter(match["word"] for _, match in found)
    for sentence, match in found:
        word, again = match["word"], match["again"]
        if not _is_slip(sentence, match, document.text, options):
            continue
        is_name = word[0].isupper() and again[0].isupper()
        if is_name and times[word] > 1:
            continue
        first = Span(match.start("word"), match.end("word"))
        yield Hit(
            Span(match.start(), match.end()),
            f"“{word}” stands twice in a row",
            0.6 if is_name else 0.9,
            (Note("twice", f"{word} {again}"),),
            (Related(first, "the first of the two"),),
        )


def _is_slip(sentence: Sentence, match: re.Match[str], text: str, options: Options) -> bool:
    """Tell whether a doubled word is neither grammar nor emphasis, a sound, a spelled letter or a name."""
    word, again = match["word"], match["again"]
    form = word.lower()
    language = sentence.language.split("-")[0].lower()
    allowed = _ANY_ALLOWED if language == UNDETERMINED else ALLOWED.get(language, frozenset())
    if language in REDUPLICATING or form in allowed or form in options.allowed or form in SOUNDS:
        return False
    before = text[max(sentence.span.start, match.start() - _NEARBY) : match.start()]
    after = text[match.end() : min(sentence.span.end, match.end() + _NEARBY)]
    left, right = _neighbor(before, first=False), _neighbor(after, first=True)
    if form in (left, right) or after.lstrip().startswith(_OPENS_IDIOM.get((language, form), ())):
        return False
    if not any(character.isalpha() for character in form):
        return _is_doubled_number(form, left, right, after)
    if form in EMPHATIC and not _SENTENCE_END.match(after):
        return False
    if form in OPENING and _CLAUSE_START.search(before):
        return False
    if len(form) == 1 and (form not in _ONE_LETTER_WORDS or word != form or again != form):
        return False
    if _ARABIC.match(form) and len(form) < 3 and form not in _SHORT_ARABIC:
        return False
    if left in SOUNDS and len(form) <= 3:
        return False
    if form in _NAME_PARTICLES and after.lstrip()[:1].isupper():
        # "aux côtés de de Klerk": a preposition before a name that begins with the same word.
        return False
    if word != again:
        # "The the" opens a sentence with a slip; "that That" and "of Of Mice" go on with a name or a title.
        opens = not any(character.isalnum() for character in before)
        return opens and word == again.capitalize() and again == form and form not in HOMOGRAPHS and len(form) > 1
    return not (word[0].isupper() and (form in DOUBLED_NAMES or form in options.names))


def _is_doubled_number(form: str, left: str, right: str, after: str) -> bool:
    """Tell whether a number that stands twice stands in a sentence, and not in a table, a score or a grouped figure."""
    if form.isdigit() and len(form) not in (2, 4):
        return False
    ends = _SENTENCE_END.match(after) is not None or (right.isalpha() and right.islower())
    return ends and (left.isalpha() or len(form) == 4)


def _neighbor(text: str, *, first: bool) -> str:
    """Return the first or last word of a short text, where it is set off by nothing but spaces and commas."""
    words = text.replace(",", " ").lower().split()
    return words[0 if first else -1] if words else ""


CHECK = Check(
    code="REP001",
    name="repeated-word",
    category="linguistic/duplication",
    severity=Severity.MINOR,
    needs=(SENTENCES,),
    options=Options,
    find=find,
    measured=frozenset("ar de en es fr he pt ru uk".split()),
    documentation=__doc__,
    examples=(
        Example("The minister signed ⟦the the⟧ agreement in the port of Varen."),
        Example("⟦The the⟧ ferry to Varen was late again, and the harbor waited for ⟦news news⟧."),
        Example("He said that he had had enough of it, and that that was his last word: no no, bye bye."),
        Example("She heard Duran Duran in Walla Walla, spelled her name l y n n and laughed, ha ha."),
        Example(
            "The council will meet, meet again, and then\n\nthen vote.", comment="Over a comma or a paragraph: no slip."
        ),
        Example("Министр подписал соглашение ⟦в в⟧ порту Варен, а депутаты ⟦решили решили⟧ подождать.", "ru"),
        Example("Да да, это было очень очень давно, чуть-чуть раньше, чем сказали.", "ru"),
        Example(
            "Порт закрыли на месяц, и и без того пустая набережная совсем опустела.", "ru", comment="и, и без того"
        ),
        Example("El ministro firmó ⟦el el⟧ acuerdo en el puerto de Varén.", "es"),
        Example("Casi casi lo consigue, pero «no no», dijo la alcaldesa de Varén.", "es"),
        Example("Der Minister unterzeichnete ⟦nach nach⟧ langer Nacht das Abkommen.", "de"),
        Example("Die Reeder, die die Fähre kauften, sagten, dass sie sie nicht verkaufen.", "de"),
        Example("وقّع الوزير ⟦الاتفاق الاتفاق⟧ في ميناء فارين.", "ar"),
        Example("قالت قناة سي إن إن إن الوزير غادر الميناء شيئا شيئا.", "ar"),
        Example("Nous nous sommes vus, et vous vous souvenez de ⟦la la⟧ fête du port.", "fr"),
    ),
)
