"""Clean one aligned pair of sentences, or say why it must not be learned from. Pure functions, no model."""

from __future__ import annotations

import html
import re
import unicodedata
from enum import StrEnum
from functools import cache

from mtcheck.training.languages import LANGUAGES, TrainingLanguage

# A sentence beyond this is a paragraph, or a table that lost its lines.
MAX_CHARACTERS = 600
# How many times longer one side may be than its language's usual share, with room for very short texts.
MAX_RATIO, RATIO_SLACK = 1.9, 12.0
# A side needs this many words before its function words may speak against it.
MIN_WORDS_FOR_FUNCTION_WORDS = 5
MIN_SCRIPT_SHARE = 0.6
# Less of letters and digits is a row of a table, or a ruler.
MIN_LETTER_SHARE = 0.6
# With so many numbers of two or more digits on both sides, at least one must be the same.
MIN_NUMBERS_TO_COMPARE = 1


class Reason(StrEnum):
    """Why a pair was left out."""

    LEFT_OUT_CORPUS = "corpus left out by choice"
    HELD_OUT = "held out for evaluation"
    OVERLAP = "overlaps with an evaluation set"
    EMPTY = "empty or without letters"
    TOO_LONG = "too long"
    MARKUP = "leftover markup or code"
    HOLE = "hole left by removed inline code"
    COPY = "both sides alike"
    WRONG_SCRIPT = "written in another script"
    WRONG_LANGUAGE = "words or letters of another language"
    RATIO = "lengths do not fit"
    NUMBERS = "numbers differ"
    DUPLICATE = "exact duplicate"
    NEAR_DUPLICATE = "near duplicate"


_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffe\ud800-\udfff]"
)
_SPACE = re.compile(r"\s+")
# Arabic vowel marks, the dagger alif and the stroke that only stretches a word: news is written without them.
_ARABIC_MARKS = re.compile(r"[\u064b-\u0652\u0670\u0640]")
# Quotation marks as the Penn Treebank writes them, and its detached contractions.
_TREEBANK_OPENING = re.compile(r"``\s?")
_TREEBANK_CLOSING = re.compile(r"\s?''")
_TREEBANK_CONTRACTION = re.compile(r"(?<=\w) (?=(?:n't|'(?:s|re|ll|ve|d|m))\b)")
_SPACE_BEFORE_STOP = re.compile(r" (?=[,.;!?](?:\s|$))")
_SPACE_AFTER_OPENING = re.compile(r"(?<=[¿¡]) ")

_MARKUP = re.compile(
    r"""
    </?[A-Za-z][^<>]{0,80}>            # a tag
    | \{\{ | \}\} | \{%  | \$\{        # a template
    | \]\( | \[\^ | !\[ | \*\* | ``    # Markdown
    | :: | :\w+:`  | ` | \|\|          # reStructuredText, code, tables
    | \\[nrtu] | \w\(\) | \w->\w | =>  # code
    | https?:// | \bwww\.              # addresses
    | %[sd]\b | %\(\w+\) | \{\d?\}     # places to be filled in
    | [_#]{3,} | ={3,} | ~{3,}         # rulers
    """,
    re.VERBOSE,
)
# Two spaces, or a space before a comma or a stop, stand where a name in code type was taken out.
_HOLE = re.compile(r"\w  \w| [,;](?:\s|$)|\( ?\)|\"\"| \.$")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+")


def normalized(text: str, language: TrainingLanguage) -> str:
    """Return the text with entities, control characters, Treebank quotation marks and vowel marks put right."""
    if "&" in text:
        text = html.unescape(text)
    text = _CONTROL.sub("", unicodedata.normalize("NFC", text))
    # A cell of a CSV file that kept its outer marks.
    if len(text) > 2 and text[0] == text[-1] == '"' and '""' in text[1:-1]:
        text = text[1:-1].replace('""', '"')
    if "``" in text and "''" in text:
        text = _TREEBANK_CLOSING.sub('"', _TREEBANK_OPENING.sub('"', text)).replace(" -- ", " – ")
    if language.code == "ar":
        text = _ARABIC_MARKS.sub("", text)
    if language.code == "en":
        text = _TREEBANK_CONTRACTION.sub("", text)
    if language.code == "es":
        text = _SPACE_AFTER_OPENING.sub("", text)
    if language.code in {"en", "es", "de"}:
        text = _SPACE_BEFORE_STOP.sub("", text)
    return _SPACE.sub(" ", text).strip()


def hole(*texts: str) -> bool:
    """Tell whether inline code was taken out of any of the texts, before white space is normalized."""
    return any(_HOLE.search(text.strip()) for text in texts)


def fault(english: str, other: str, language: TrainingLanguage) -> Reason | None:
    """Return why a normalized pair must not be learned from, or ``None``."""
    if not letters_only(english) or not letters_only(other):
        return Reason.EMPTY
    if len(english) > MAX_CHARACTERS or len(other) > MAX_CHARACTERS:
        return Reason.TOO_LONG
    if _MARKUP.search(english) or _MARKUP.search(other):
        return Reason.MARKUP
    if letters_only(english) == letters_only(other):
        return Reason.COPY
    if not _in_script(english, LANGUAGES["en"]) or not _in_script(other, language):
        return Reason.WRONG_SCRIPT
    if _other_function_words(english, LANGUAGES["en"]) or _other_function_words(other, language):
        return Reason.WRONG_LANGUAGE
    if not language.strange_letters.isdisjoint(other.casefold()):
        return Reason.WRONG_LANGUAGE
    expected = len(english) * language.characters
    if max(expected, len(other)) > MAX_RATIO * min(expected, len(other)) + RATIO_SLACK * min(1.0, language.characters):
        return Reason.RATIO
    if _numbers_differ(english, other):
        return Reason.NUMBERS
    return None


def text_fault(text: str, language: TrainingLanguage) -> Reason | None:
    """Return why a normalized sentence must not be learned from by itself, or ``None``."""
    letters = len(letters_only(text))
    if not letters or letters < MIN_LETTER_SHARE * len(text):
        return Reason.EMPTY
    if len(text) > MAX_CHARACTERS:
        return Reason.TOO_LONG
    if _MARKUP.search(text):
        return Reason.MARKUP
    if not _in_script(text, language):
        return Reason.WRONG_SCRIPT
    if _other_function_words(text, language) or not language.strange_letters.isdisjoint(text.casefold()):
        return Reason.WRONG_LANGUAGE
    return None


def letters_only(text: str) -> str:
    """Return the letters and digits of a text in lower case, by which texts are compared."""
    return "".join(filter(str.isalnum, text.casefold()))


def skeleton(text: str) -> tuple[str, ...]:
    """Return the words of a text without digits and order: near duplicates have the same."""
    return tuple(sorted(set(_WORD.findall(text.casefold()))))


def _in_script(text: str, language: TrainingLanguage) -> bool:
    letters = list(filter(str.isalpha, text))
    own = sum(_is_of(letter, language.script) for letter in letters)
    return own >= MIN_SCRIPT_SHARE * len(letters)


@cache
def _is_of(letter: str, script: str) -> bool:
    return unicodedata.name(letter, "").startswith(script)


def _other_function_words(text: str, language: TrainingLanguage) -> bool:
    """Tell whether the function words of another language outnumber the text's own."""
    if not language.function_words:
        return False
    words = _WORD.findall(text.casefold())
    if len(words) < MIN_WORDS_FOR_FUNCTION_WORDS:
        return False
    own = sum(word in language.function_words for word in words)
    return any(
        sum(word in other.function_words for word in words) > own + 1
        for other in LANGUAGES.values()
        if other.code != language.code and other.function_words
    )


def _numbers_differ(english: str, other: str) -> bool:
    ours, theirs = (
        {re.sub(r"\D", "", number) for number in _NUMBER.findall(text) if len(number) > 1} for text in (english, other)
    )
    return len(ours) >= MIN_NUMBERS_TO_COMPARE and len(theirs) >= MIN_NUMBERS_TO_COMPARE and not ours & theirs
