"""Words inside a quotation that cannot be what was said, told by structure alone.

Three signs, each with next to no chance in what people say and are quoted for. *Severed head*: an English sentence that is a
plural noun, a clause that belongs to the noun, and a subordinate clause, with no predicate ("Topics the island needs only when
our ships are ignored."): the remains of a longer sentence. *Broken end*: the sentence of a quotation stops, with its full stop,
after a word that governs another one ("… of the."). *Clash*: two function words in a row that no sentence has ("the of").

In 4.6 million words of English news and talks, translated by machines and by people, the last two signs came up 11 times, each
time on true damage, and the first never; in sentences damaged on purpose they come up 201 times, never in the same sentences
before the damage (``mtcheck bench quotations``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from mtcheck.core.spans import Span


class Garble(StrEnum):
    """In which way a quotation is garbled."""

    SEVERED_HEAD = "severed head"
    BROKEN_END = "broken end"
    CLASH = "clash"


@dataclass(frozen=True, slots=True)
class GarbledPlace:
    """A garbled place: the sentence, the last word, or the two words that clash."""

    garble: Garble
    span: Span


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


UNFINISHED: dict[str, frozenset[str]] = {
    "en": _words("the an and because our your my their whose"),
    "ru": _words("ко и или из об для при без под чтобы потому между"),
    "uk": _words("у і й та або із для при без під щоб між"),
    "es": _words("el los las de del al y con para por sus nuestros nuestras"),
    "fr": _words("les des du de et nos ses aux"),
    "de": _words("dem des und oder weil unserem unserer zum zur"),
    "ar": _words("في من إلى عن أو بين الذي التي"),
}
"""Words after which a sentence cannot stop, those left out that may end one ("what we asked for", "В XX в.", "три роки тому")."""
# Names of Latin letters in Arabic: "إتش بي أو" and "أي تي في" are broadcasters, and no sentence that ends in "or" or "in".
_LETTERS = _words("أي آي إي بي سي دي إف جي إتش جيه كيه إل إم إن أو كيو آر إس تي يو في إكس واي زد")


def is_unfinished(word: str, before: str, language: str) -> bool:
    """Tell whether a sentence cannot stop after a word, by the word before it."""
    return word in UNFINISHED.get(language, frozenset()) and not (language == "ar" and before in _LETTERS)


_WORD = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")
_SUBORDINATORS = _words("when if unless because while until after before where once")
_SUBJECTS = _words("the our we they he she it this these their his her its your you my")
_FINITE = _words(
    """is are was were am be been being has have had do does did will would can could may might must shall should isn't aren't
    wasn't weren't won't wouldn't can't couldn't don't doesn't didn't hasn't haven't hadn't isn’t aren’t wasn’t weren’t won’t
    wouldn’t can’t couldn’t don’t doesn’t didn’t hasn’t haven’t hadn’t that which who whom whose what and or but to not let"""
)
_NOT_PLURAL = _words(
    """this his its as is was has does thus perhaps always besides yes us plus towards afterwards sometimes unless across less
    discuss pass press address focus guess process access express dismiss miss kiss cross stress bless toss minus"""
)
_CLASH = re.compile(
    r"(?<![\w'’-])(?:the|an|our|their|your|its)\s(?:of|is|are|was|were|and|or|has|have|had|to|with|by|from|we|they|he|she)\s(?=[a-z])"
)
_ALLOWED_CLASH = re.compile(
    r"their\s(?:are|is)|its\s(?:is|was)|the\s(?:we|they|he|she|to|from|by|with)|your\s(?:are|is)"
)
_LONGEST_HEAD = 8
_FEWEST_WORDS = 7


def garbled_places(text: str, sentences: Iterator[Span], language: str, *, cased: bool) -> Iterator[GarbledPlace]:
    """Yield the garbled places of the sentences of one quotation, each at most once; ``cased``: sentences start with capitals."""
    for span in sentences:
        words = list(_WORD.finditer(text, span.start, span.end))
        if len(words) < 2:
            continue
        if language == "en" and _is_severed(text, words, cased=cased):
            yield GarbledPlace(Garble.SEVERED_HEAD, span)
            continue
        last = words[-1]
        rest = text[last.end() : min(last.end() + 4, len(text))].lstrip()
        stops = rest[:1] == "." and not rest.startswith("..") and not text[last.end() : last.end() + 1].isalnum()
        if stops and is_unfinished(last[0], words[-2][0], language) and len(words) >= _FEWEST_WORDS - 3:
            yield GarbledPlace(Garble.BROKEN_END, Span(*last.span()))
        if language == "en":
            for clash in _CLASH.finditer(text, span.start, span.end):
                if not _ALLOWED_CLASH.match(clash[0]):
                    yield GarbledPlace(Garble.CLASH, Span(clash.start(), clash.end() - 1))
                    break


def _is_severed(text: str, words: list[re.Match[str]], *, cased: bool) -> bool:
    """Tell whether an English sentence is a noun with the clause that belongs to it, and a subordinate clause, and no more."""
    if len(words) < _FEWEST_WORDS:
        return False
    first = words[0][0]
    plural = first.lower().endswith("s") and first.lower() not in _NOT_PLURAL and first[1:].islower() and len(first) > 4
    if (
        not plural
        or (cased and not first[0].isupper())
        or first.lower().endswith(("ss", "ous", "us", "'s", "’s", "ings"))
    ):
        return False
    if words[1][0].lower() not in _SUBJECTS:
        return False
    for index in range(2, min(_LONGEST_HEAD + 2, len(words))):
        word = words[index][0].lower()
        if text[words[index - 1].end() : words[index].start()].strip():
            return False
        if word in _SUBORDINATORS:
            rest = text[words[index].start() : words[-1].end()]
            return index >= 4 and "," not in rest and ";" not in rest and len(words) - index >= 3
        if word in _FINITE:
            return False
    return False
