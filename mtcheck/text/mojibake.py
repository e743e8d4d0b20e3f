"""Text decoded with the wrong encoding: where it stands, and what it was.

Three ways of damage, each with its own evidence: UTF-8 read as a single-byte encoding (judged and repaired by ``ftfy``, and by valid
UTF-8 for the Cyrillic and Arabic code pages), one single-byte encoding read as another, and text lost for good
(replacement characters, question marks).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.spans import Span


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch of damaged text: its span, what it was (``None``: lost), and how it came about, in words."""

    span: Span
    repaired: str | None
    cause: str


# UTF-8 read as windows-1251: every Cyrillic letter is Р or С and a character of the upper half that Russian words do not have.
_UTF8_AS_1251 = re.compile(
    r"(?:[РС][\u0402-\u040f\u0452-\u045f\u0490\u0491Ёё°±µ¶·№»«¤¦§©®¬\u00ad\u00a0…†‡€‰‹›‘’“”„‚•–—™\u0098Іі]){2,}+"
)
# UTF-8 read as windows-1256: every Arabic letter is ط or ظ (Persian also ع or غ) and another character.
_UTF8_AS_1256 = re.compile(r"(?:[طظعغ\u00d8-\u00db][^\x00-\x7f]){3,}+")
# windows-1251, 1253, 1255 or 1256 read as Latin-1: words of nothing but accented letters.
_AS_LATIN1 = re.compile(r"(?<![^\W\d_])[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff¸¨³²¿¯ºª]{4,40}+(?![^\W\d_])")
_CASE_TURNS = re.compile(r"[\u00e0-\u00ff][\u00c0-\u00de]")
# KOI8-R read as windows-1251: the case is turned over as well.
_TURNED_CASE = re.compile(r"(?<!\w)[а-яё][А-ЯЁ]{3,30}+(?!\w)")
_LOST = re.compile(r"\w{0,30}\ufffd+(?:\w{1,30}\ufffd+)*+\w{0,30}")
_QUESTION_MARKS = re.compile(r"(?<![?!\w])\?{2,}+(?:[ ,.\-]{1,2}\?{2,}+){2,}+")
_WORD = re.compile(r"[^ \t\r\n]+")
_SPACES = re.compile(r"[ \t]{0,2}")
_NON_ASCII = re.compile(r"[^\x00-\x7f]")

# The commonest pairs of letters in Russian text: a word decoded rightly has them, one decoded wrongly hardly any.
_RUSSIAN_PAIRS = frozenset(
    left + right
    for left, rights in {
        "а": "лнт", "в": "аеио", "г": "о", "д": "е", "е": "лнрст", "и": "внт", "к": "ао", "л": "аио", "н": "аеио", "о": "влмрст",
        "п": "ор", "р": "аеио", "с": "тя", "т": "аоиь", "э": "т",
    }.items()
    for right in rights
)  # fmt: skip
_RUSSIAN = "windows-1251"
_IN_CYRILLIC = frozenset({"ru", "uk", "be", "bg", "mk", "sr"})
_PAGE_ENCODINGS = {"el": "windows-1253", "he": "windows-1255", "ar": "windows-1256", "fa": "windows-1256"}


def damage(text: str, language: str = "und") -> list[Damage]:
    """Return the damaged stretches of one block of text, in order, apart; ``language`` is the page's own.

    Neighboring damaged words are one stretch. Linear in the length of the text.
    """
    if _NON_ASCII.search(text) is None:
        return _joined(text, list(_lost_to_question_marks(text)))
    found = [
        *_by_valid_utf8(text, _UTF8_AS_1251, "windows-1251"),
        *_by_valid_utf8(text, _UTF8_AS_1256, "windows-1256"),
        *_as_latin1(text, language),
        *_turned_case(text),
        *_lost(text),
        *_lost_to_question_marks(text),
    ]
    return _joined(text, [*found, *_by_ftfy(text, [one.span for one in found])])


def _joined(text: str, found: list[Damage]) -> list[Damage]:
    """Sort, drop what overlaps something earlier, and join neighbors of one cause that nothing but a space parts."""
    result: list[Damage] = []
    for one in sorted(found, key=lambda item: (item.span.start, -item.span.end)):
        last = result[-1] if result else None
        if last is not None and one.span.start < last.span.end:
            continue
        if last is not None and one.cause == last.cause:
            gap = text[last.span.end : one.span.start]
            if _SPACES.fullmatch(gap):
                repaired = None if last.repaired is None or one.repaired is None else last.repaired + gap + one.repaired
                result[-1] = Damage(Span(last.span.start, one.span.end), repaired, one.cause)
                continue
        result.append(one)
    return result


def _by_ftfy(text: str, known: list[Span]) -> Iterator[Damage]:
    """Find what ``ftfy`` holds for UTF-8 read as a single-byte encoding, word by word, and repair it.

    Speer (2019), ftfy: https://doi.org/10.5281/zenodo.2591652.
    """
    from ftfy import fix_encoding_and_explain
    from ftfy.badness import BADNESS_RE

    seeds = [match.span() for match in BADNESS_RE.finditer(text)]
    known = sorted(known)
    position = covered = 0
    for word in _WORD.finditer(text) if seeds else ():
        while position < len(seeds) and seeds[position][1] <= word.start():
            position += 1
        if position == len(seeds):
            return
        # A seed may lie over the space after a word ("Ã " was "à").
        if seeds[position][0] >= word.end():
            continue
        span = Span(word.start(), word.end())
        while covered < len(known) and known[covered].end <= span.start:
            covered += 1
        if covered < len(known) and known[covered].overlaps(span):
            continue
        end = min(len(text), word.end() + 1) if seeds[position][1] > word.end() else word.end()
        for stop in dict.fromkeys((word.end(), end)):
            damaged = text[word.start() : stop]
            # A stretch of 5,000 characters without a space is no word; ftfy's loop would be slow on it.
            repaired, steps = fix_encoding_and_explain(damaged) if len(damaged) < 5000 else (damaged, [])
            if repaired != damaged and _is_better(damaged, repaired):
                from_utf8 = any("utf-8" in str(step[1]) or "utf8" in str(step[1]) for step in steps or ())
                cause = "UTF-8 was read as another encoding" if from_utf8 else "windows-1252 was read as Latin-1"
                yield _trimmed(Damage(Span(word.start(), stop), repaired, cause), text)
                break


def _is_better(damaged: str, repaired: str) -> bool:
    """Tell whether a repair is one: shorter or as long, with no control characters and nothing suspicious left."""
    from ftfy.badness import is_bad

    return len(repaired) <= len(damaged) and not is_bad(repaired) and all(letter.isprintable() for letter in repaired)


def _trimmed(one: Damage, text: str) -> Damage:
    """Leave out what the damaged text and its repair have in common at both ends, but never part of a word."""
    damaged, repaired = one.span.of(text), one.repaired or ""
    start = 0
    while (
        start < min(len(damaged), len(repaired)) - 1
        and damaged[start] == repaired[start]
        and not damaged[start].isalnum()
    ):
        start += 1
    end = 0
    while (
        end < min(len(damaged), len(repaired)) - start - 1
        and damaged[-1 - end] == repaired[-1 - end]
        and not damaged[-1 - end].isalnum()
    ):
        end += 1
    span = Span(one.span.start + start, one.span.end - end)
    return Damage(span, repaired[start : len(repaired) - end], one.cause)


def _by_valid_utf8(text: str, pattern: re.Pattern[str], encoding: str) -> Iterator[Damage]:
    """Find what becomes letters when its bytes in a code page are read as UTF-8."""
    for match in pattern.finditer(text):
        for end in (match.end(), match.end() - 1, match.end() - 2):
            repaired = _reread(text[match.start() : end], encoding, "utf-8")
            if repaired is not None and all(letter.isalpha() or letter in " –—«»…’" for letter in repaired):
                yield Damage(Span(match.start(), end), repaired, f"UTF-8 was read as {encoding}")
                break


def _as_latin1(text: str, language: str) -> Iterator[Damage]:
    """Find words of a non-Latin alphabet that were read as Latin-1: accented letters and nothing else."""
    matches = list(_AS_LATIN1.finditer(text))
    if len(matches) < 2 and not any(len(match[0]) >= 8 for match in matches):
        # One short run alone is a list of letters ("äöüß").
        return
    for match in matches:
        encoding = _PAGE_ENCODINGS.get(language)
        if encoding is None:
            # Arabic bytes fall on both cases of Latin-1 at random, Cyrillic ones keep their case.
            turned = language not in _IN_CYRILLIC and _CASE_TURNS.search(match[0])
            encoding = "windows-1256" if turned else _RUSSIAN
        repaired = _reread(match[0], "latin-1", encoding)
        if repaired is not None and all(letter.isalpha() for letter in repaired):
            yield Damage(Span(match.start(), match.end()), repaired, f"{encoding} was read as Latin-1")


def _turned_case(text: str) -> Iterator[Damage]:
    """Find Russian words of KOI8-R that were read as windows-1251, by their turned case and likelier pairs of letters."""
    for match in _TURNED_CASE.finditer(text):
        repaired = _reread(match[0], _RUSSIAN, "koi8-r")
        if repaired is not None and _russian_pairs(repaired.lower()) > 2 * _russian_pairs(match[0].lower()):
            yield Damage(Span(match.start(), match.end()), repaired, "KOI8-R was read as windows-1251")


def _russian_pairs(word: str) -> int:
    return sum(word[index : index + 2] in _RUSSIAN_PAIRS for index in range(len(word) - 1))


def _reread(text: str, encoding: str, original: str) -> str | None:
    """Return a text as it reads when its bytes are decoded as they should have been; ``None`` where that fails."""
    try:
        return text.encode(encoding).decode(original)
    except UnicodeError:
        return None


def _lost(text: str) -> Iterator[Damage]:
    """Find words with replacement characters."""
    if "\ufffd" in text:
        for match in _LOST.finditer(text):
            yield Damage(Span(match.start(), match.end()), None, "bytes that could not be decoded were replaced")


def _lost_to_question_marks(text: str) -> Iterator[Damage]:
    """Find words that are nothing but question marks, three of them or more in a row."""
    if "??" in text:
        for match in _QUESTION_MARKS.finditer(text):
            yield Damage(
                Span(match.start(), match.end()), None, "letters that the encoding lacks became question marks"
            )
