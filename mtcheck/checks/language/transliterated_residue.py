"""A word of the source language stands in Latin letters where a translation exists.

What it finds: on English pages, words in small letters that English and its neighbors do not have, and that spell a common Russian or
Ukrainian word ("the zavod was closed"). Names and words that translations leave as they are do not count.

Why it matters: a translation system that does not know a word may spell it out; the reader takes it for a name, or for nothing.

When it is wrong: for loanwords that no dictionary has yet and for words that an author gives in the original on purpose. Words in quotation
marks, brackets or emphasis, words that are explained behind, parts of compounds and addresses, and words that the page repeats are passed
over. Arabic is not looked at: its romanization leaves open which word was meant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example, Tier
from mtcheck.core.documents import BlockRole, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Passage, Severity
from mtcheck.core.languages import LANGUAGES
from mtcheck.core.spans import Span
from mtcheck.text.cyrillic_readings import cyrillic_word
from mtcheck.text.quotations import PROSE_KINDS
from mtcheck.text.word_lists import word_list

_LATIN_LISTS = ("en", "de", "es", "fr")
_WORD = re.compile(
    r"""
    (?<![\w@/.'’\-])                    # no part of an address, a file's name or a compound
    [a-z]+ (?: ['’] [a-z]+ )? ['’]?     # small letters; the soft sign is written as an apostrophe
    (?![\w@/\-]|\.\w)
    """,
    re.VERBOSE,
)
_ENGLISH_ENDING = re.compile(r"['’](?:s|t|d|m|re|ve|ll)?$")
_MARKS = "([{\"“”„«»‘’'*_`)]}"
_GLOSSES = ("(", "[", "–", "—", "- ", "=", ", or ", ", that is", ", meaning")


@dataclass(frozen=True, slots=True)
class Options:
    """A word of ``letters`` letters or more counts if what it spells is of the frequency class ``frequency`` or above.

    The class is the binary logarithm of how often a word stands in a billion words. A word that the page uses ``repeated`` times or more
    is used on purpose.
    """

    letters: int = 5
    frequency: int = 9
    repeated: int = 3


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each word in Latin letters that spells a common word of Russian or Ukrainian."""
    languages = facts[LANGUAGES]
    found: list[tuple[Span, str, tuple[str, str, int]]] = []
    for block in document.blocks:
        if block.role is not BlockRole.MAIN or block.kind not in PROSE_KINDS or languages.at(block.span.start) != "en":
            continue
        for match in _WORD.finditer(document.text, block.span.start, block.span.end):
            word = _ENGLISH_ENDING.sub("", match[0])
            span = Span(match.start(), match.start() + len(word))
            if len(word) < options.letters or _is_known(word) or _is_set_apart(document.text, span):
                continue
            spelled = cyrillic_word(word, options.frequency)
            if spelled is not None:
                found.append((span, word, spelled))
    counts = Counter(word for _, word, _ in found)
    for span, word, (language, meant, _) in found:
        if counts[word] < options.repeated:
            yield Hit(span, f"“{word}” spells out “{meant}”", 0.6, (Passage("the word it spells", meant, language),))


def _is_known(word: str) -> bool:
    """Tell whether English has a word, or a language that English takes words from."""
    return any(words is not None and word in words for words in map(word_list, _LATIN_LISTS))


def _is_set_apart(text: str, span: Span) -> bool:
    before, behind = text[span.start - 1 : span.start], text[span.end : span.end + 12]
    return (
        (before != "" and before in _MARKS) or behind.lstrip('"”’»* ').startswith(_GLOSSES) or behind[:1] in {'"', "”"}
    )


CHECK = Check(
    code="UNT008",
    name="transliterated-residue",
    category="accuracy/untranslated",
    severity=Severity.MINOR,
    needs=(LANGUAGES,),
    options=Options,
    find=find,
    documentation=__doc__,
    tier=Tier.PREVIEW,
    languages=frozenset({"en"}),
    examples=(
        Example("The director said that the ⟦zavod⟧ would be closed before winter."),
        Example("In the morning the ⟦poezd⟧ left the station without its passengers."),
        Example("The mayor thanked the doctors, and the ⟦bolnitsa⟧ will get new beds in spring."),
        Example("The minister thanked the pilots, and the harbor will get new lights in spring."),
        Example("The word “zavod” stands above the gate, and so does zavod (a plant) on the map."),
        Example(
            "The zavod has a museum. The zavod was built in a year. The zavod is closed now.", comment="used on purpose"
        ),
        Example("Andrei Zavod and Ivan Poezd met the pilots in the harbor.", comment="names have capitals"),
    ),
)
