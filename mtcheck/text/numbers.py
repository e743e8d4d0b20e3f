"""Numbers in running text, in digits and in words, with exact places and comparable values.

Separators are read by the habit of the language (English ``1,200.5``, German ``1.200,5``, Russian ``1 200,5``), digits of
any script by their values, scales in words and abbreviations ("3.5 million", "2,5 млрд", "3万"), and words up to the
billions in English, German, Spanish, French, Russian, Ukrainian and Arabic. A number that is part of a label ("F-16",
"COVID-19") is a label and no quantity.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from mtcheck.core.spans import Span
from mtcheck.text.number_words import NumberWords, german_compound, number_words
from mtcheck.text.opposites import plain_form, without_joined_words

# Runs of digits beyond this length are serial numbers and no quantities.
MAXIMUM_DIGITS = 15
# From here on digits without separators are a serial number, a telephone number or a time stamp.
_SERIAL_DIGITS = 8
# How many words one number may have.
_MOST_TOKENS = 16
# How much text before and after a number is looked at for the words that hedge it or count in percent.
_AROUND = 32

_DIGITS = re.compile(
    r"""
    \d+
    (?: [.,'’\u066b\u066c\u00a0\u202f\u2009 ] \d+ ){0,7}+   # groups: which separators hold is decided afterwards
    """,
    re.VERBOSE,
)
# Dates, versions and section numbers: 12.05.2024, 1.2.3.
_VERSION = re.compile(r"\d+\.\d{1,2}\.|\d+\.\d{3,}\.(?!\d{3}(?!\d))")
_START = re.compile(r"\d|[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
# What may stand between the words of one number.
_GAP = frozenset({" ", "\u00a0", "\u202f", "-", "‐", "‑", ""})
_LONGEST_ABBREVIATION = 4
# Hebrew, Arabic, Han: scripts that write particles and measure words onto digits.
_FIRST_JOINED_SCRIPT = "\u0590"
_SPACES = frozenset(" \u00a0\u202f\u2009")
# Whether a plain space separates groups of three digits.
_SPACE_GROUPS = frozenset({"ru", "uk", "fr", "es", "de"})
_COMMA_GROUPS = frozenset({"en", "zh", "ja", "ar", "he", "fa", "tr", "und"})
_HAN_SCALES = {"万": Decimal(10**4), "萬": Decimal(10**4), "亿": Decimal(10**8), "億": Decimal(10**8)}
_CURRENCY = frozenset("$€£¥₽₴₪₹")
_ORDINAL_SUFFIXES = frozenset(
    "st nd rd th º ª er ère e è eme ème nd nde о й я ю го му м ая ое ый ий ой ом ых а".split()
)
_DECADE_SUFFIXES = frozenset({"s", "er", "ern"})
_HALVES = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?![\d:.,]*\d)")
_HALF_DAY = re.compile(r"[\s\u00a0]?([ap])\.?[\s\u00a0]?m\b\.?", re.IGNORECASE)
_YEARS = (1500, 2100)


class NumberKind(StrEnum):
    """What a number says: how many, which one in an order, a share, a year, a time of day, or a name with a number."""

    CARDINAL = "cardinal"
    ORDINAL = "ordinal"
    PERCENT = "percent"
    YEAR = "year"
    TIME = "time"
    LABEL = "label"


class Bound(StrEnum):
    """How a number is hedged."""

    EXACT = "exact"
    ABOUT = "about"
    LEAST = "least"
    MOST = "most"


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a text.

    ``span`` covers it with its scale and its percent or currency sign. ``value`` is in units ("3 million" is 3000000);
    that of a time is in minutes from midnight or noon. ``unit`` is ``%``, a currency sign, or empty. ``in_words`` tells
    that no digit was used. ``step`` is the place of the last digit given: 100000 for "3.1 million", 100 for "300".
    """

    span: Span
    value: Decimal
    kind: NumberKind
    bound: Bound
    unit: str
    in_words: bool
    step: Decimal


@dataclass(frozen=True, slots=True)
class _Token:
    """One digit group or word that may belong to a number."""

    span: Span
    kind: str
    value: Decimal
    step: Decimal = Decimal(1)


def numbers_in(text: str, language: str, span: Span | None = None) -> tuple[Number, ...]:
    """Return the numbers of a stretch of text (the whole of it by default) in order; they never overlap.

    Raises nothing on any text. Digits are found in every language, words in those with a table.
    """
    region = span or Span(0, len(text))
    words = number_words(language)
    found: list[Number] = []
    pending: list[_Token] = []
    for token in _tokens(text, language, region, words):
        if pending and not _goes_on(text, pending, token, words):
            found.extend(_finished(text, language, region, pending, words))
            pending = []
        if found and token.span.start < found[-1].span.end:
            continue  # the minutes of a time of day
        if pending or token.kind != "joiner":
            pending.append(token)
    found.extend(_finished(text, language, region, pending, words))
    return tuple(found)


def _tokens(text: str, language: str, region: Span, words: NumberWords) -> Iterator[_Token]:
    """Yield digit groups and number words in order."""
    position = region.start
    while (match := _START.search(text, position, region.end)) is not None:
        if match[0].isdecimal():
            digits = _DIGITS.match(text, match.start(), region.end)
            assert digits is not None
            token, position = _digit_token(text, language, digits)
        else:
            word = _WORD.match(text, match.start(), region.end)
            assert word is not None
            position = word.end()
            form = plain_form(word[0], language) if len(word[0]) <= MAXIMUM_DIGITS * 4 else ""
            token = _word_token(form, Span(word.start(), word.end()), language, words)
        if token is not None:
            yield token


def _word_token(form: str, span: Span, language: str, words: NumberWords) -> _Token | None:
    """Return the token of a number word, or ``None`` for any other word."""
    forms = without_joined_words(form) if language == "ar" else (form,)
    for kind, table in (("add", words.added), ("times", words.times), ("ordinal", words.ordinal)):
        for place, candidate in enumerate(forms):
            if candidate in table:
                joined = kind == "add" and place and form.startswith("و")
                return _Token(span, "joined" if joined else kind, table[candidate])
    if form in words.joiner:
        return _Token(span, "joiner", Decimal(0))
    if language == "de" and (value := german_compound(form)) is not None:
        return _Token(span, "add", value)
    return None


def _digit_token(text: str, language: str, match: re.Match[str]) -> tuple[_Token | None, int]:
    """Return the token of the digits at a match, and where to go on: separators that hold nothing end it early."""
    whole, start = match[0], match.start()
    if _VERSION.match(whole):
        return None, match.end()
    parts = re.split(r"(\D)", whole)
    taken = _groups_taken(parts, language)
    length = sum(len(part) for part in parts[:taken])
    end = start + length
    groups, separators = parts[0:taken:2], parts[1:taken:2]
    if sum(map(len, groups)) > MAXIMUM_DIGITS:
        return None, end
    plain = ["".join(str(unicodedata.decimal(digit)) for digit in group) for group in groups]
    if separators and _is_decimal(separators, groups, language):
        number = Decimal("".join(plain[:-1]) + "." + plain[-1])
        step = Decimal(1).scaleb(-len(plain[-1]))
    else:
        joined = "".join(plain)
        number = Decimal(joined)
        zeros = len(joined) - len(joined.rstrip("0"))
        step = Decimal(1).scaleb(zeros if zeros < len(joined) else 0)
    if text[end : end + 1] in _HALVES:
        number, step, end = number + _HALVES[text[end]], Decimal("0.25"), end + 1
    return _Token(Span(start, end), "digits", number, step), end


def _groups_taken(parts: list[str], language: str) -> int:
    """Return how many of the parts (groups and the separators between them) are one number."""
    taken = 1
    for place in range(1, len(parts), 2):
        separator, group = parts[place], parts[place + 1]
        if separator in _SPACES:
            plain_space = separator == " " and language not in _SPACE_GROUPS
            if plain_space or len(group) != 3 or len(parts[0]) > 3 or any(s not in _SPACES for s in parts[1:place:2]):
                break
        taken = place + 2
    return taken


def _is_decimal(separators: list[str], groups: list[str], language: str) -> bool:
    """Tell whether the last separator is a decimal point."""
    last = separators[-1]
    if last == "\u066b":
        return True
    if last in _SPACES or last in "'’\u066c":
        return False
    if len(separators) > 1:
        return last not in separators[:-1]
    if len(groups[-1]) != 3 or len(groups[0]) > 3 or groups[0] == "0":
        return True
    return (last == ".") if language in _COMMA_GROUPS else (last == ",")


def _goes_on(text: str, pending: list[_Token], token: _Token, words: NumberWords) -> bool:
    """Tell whether a token goes on with the number that the tokens before it began."""
    last = pending[-1]
    gap = text[last.span.end : token.span.start]
    if len(pending) >= _MOST_TOKENS or (token.kind == "times" and len(token.span) == 1 and gap):
        return False  # "5m" may be five millions, "5 m" are meters
    abbreviated = last.kind == "times" and len(last.span) <= _LONGEST_ABBREVIATION
    if gap not in _GAP and not (gap == ". " and abbreviated):
        return False  # "5 million. Two lines" are two numbers, "5 млн. 500 тыс." is one
    if token.kind == "times" and len(token.span) < 3 and last.kind != "digits":
        return False  # "three BN" has the name of a party
    if token.kind == "joiner":
        return last.kind in {"add", "times", "joined"} and gap == " "
    if token.kind == "digits" or last.kind == "ordinal":
        return False
    before = [entry for entry in pending if entry.kind != "joiner"]
    previous = before[-1]
    if token.kind == "times":
        if previous.kind == "ordinal" or last.kind == "joiner":
            return False
        return previous.kind != "times" or token.value > previous.value
    if previous.kind == "digits" or gap == "":
        return False
    if previous.kind == "times":
        return token.value < previous.value
    if token.kind == "joined" or (last.kind == "joiner" and "و" in words.joiner):
        return (previous.value < 10 and 20 <= token.value < 100) or previous.value >= 100 > token.value
    if last.kind == "joiner" and "and" in words.joiner:
        return previous.value >= 100  # "two hundred and five", but "five and six"
    if previous.value >= 100:
        return token.value < 100
    if "et" in words.joiner:
        if previous.value == 4 and token.value == 20:
            return gap == "-"  # quatre-vingt
        if previous.value == 60 or (previous.value == 20 and before[-2:-1] and before[-2].value == 4):
            return token.value < 20
    return previous.value >= 20 and token.value < 10 and previous.value % 10 == 0


def _finished(text: str, language: str, region: Span, pending: list[_Token], words: NumberWords) -> Iterator[Number]:
    """Yield the number made of the tokens, if it is one."""
    while pending and pending[-1].kind == "joiner":
        pending = pending[:-1]
    if not pending:
        return
    span = Span(pending[0].span.start, pending[-1].span.end)
    in_words = pending[0].kind != "digits"
    if pending[0].kind == "times" and len(pending[0].span) < 3:
        return  # "k", "m" and "b" are scales only after digits
    value, step = _value(pending)
    kind = NumberKind.ORDINAL if any(token.kind == "ordinal" for token in pending) else NumberKind.CARDINAL
    number = Number(span, value, kind, Bound.EXACT, "", in_words, step)
    if not in_words:
        dressed = _dressed(text, region, number, language)
        if dressed is None:
            return
        number = dressed
    number = _with_percent(text, region, number, words, language)
    yield replace(number, bound=_bound(text, region, number, words, language))


def _value(tokens: list[_Token]) -> tuple[Decimal, Decimal]:
    """Return the value of a number's tokens and the place of its last given digit."""
    total = current = Decimal(0)
    step = tokens[0].step
    for token in tokens:
        if token.kind == "times":
            if token.value == 100:
                current = (current or Decimal(1)) * 100
            elif token.value > 100 and total and not current:
                total *= token.value  # "hundred thousand million"
            else:
                total += (current or Decimal(1)) * token.value
                current = Decimal(0)
            step = (tokens[0].step if tokens[0].kind == "digits" else Decimal(1)) * token.value
        elif token.kind != "joiner":
            score = token.value == 20 and current % 10 == 4
            current += 76 if score else token.value  # four scores are eighty
            step = token.step
    return total + current, step


def _dressed(text: str, region: Span, number: Number, language: str) -> Number | None:
    """Return digits with what is written onto them: signs, suffixes, times of day, labels."""
    start, end = number.span.start, number.span.end
    before = text[max(region.start, start - 1) : start]
    time = _TIME.match(text, start, region.end)
    if time is not None and int(time[1]) < 25 and int(time[2]) < 60 and ":" in time[0]:
        value = Decimal(int(time[1]) % 12 * 60 + int(time[2]))
        return replace(number, span=Span(start, time.end()), value=value, kind=NumberKind.TIME, step=Decimal(1))
    half_day = _HALF_DAY.match(text, end, region.end)
    if half_day is not None and number.value <= 24:
        clock = number.value // 1 % 12 * 60 + number.value % 1 * 100
        return replace(number, span=Span(start, half_day.end()), value=clock, kind=NumberKind.TIME)
    suffix = _WORD.match(text, end, region.end)
    if suffix is not None and len(suffix[0]) <= 12:
        form = plain_form(suffix[0], language)
        if form in _DECADE_SUFFIXES and number.value >= 20 and number.value % 10 == 0:
            return replace(number, span=Span(start, suffix.end()), kind=NumberKind.YEAR, step=Decimal(10))
        if form in _ORDINAL_SUFFIXES:
            return replace(number, span=Span(start, suffix.end()), kind=NumberKind.ORDINAL)
    if suffix is not None and suffix[0][0] in _HAN_SCALES:
        scale = _HAN_SCALES[suffix[0][0]]
        return replace(number, span=Span(start, end + 1), value=number.value * scale, step=number.step * scale)
    if end - start >= _SERIAL_DIGITS and number.span.of(text).isdigit():
        return replace(number, kind=NumberKind.LABEL)
    if (before.isalpha() and before < _FIRST_JOINED_SCRIPT) or before == "_" or _is_label(text, region, start):
        return replace(number, kind=NumberKind.LABEL)
    unit = ""
    if before and before in _CURRENCY and not text[max(region.start, start - 2) : start - 1].isdecimal():
        unit, start = before, start - 1
    elif text[end : end + 1] in _CURRENCY:
        unit, end = text[end], end + 1
    if (
        not unit
        and "," not in number.span.of(text)
        and _YEARS[0] <= number.value <= _YEARS[1]
        and len(number.span) == 4
    ):
        return replace(number, kind=NumberKind.YEAR, step=Decimal(1))
    return replace(number, span=Span(start, end), unit=unit)


def _is_label(text: str, region: Span, start: int) -> bool:
    """Tell whether digits stand after a hyphen that ties them to a name ("F-16", "COVID-19"), and not in a compound."""
    if start - 2 < region.start or text[start - 1] not in "-‐‑":
        return False
    return text[start - 2].isalpha() and text[start - 2].isupper()


def _with_percent(text: str, region: Span, number: Number, words: NumberWords, language: str) -> Number:
    """Return the number as a share where a percent sign or word follows it."""
    if number.kind not in {NumberKind.CARDINAL, NumberKind.YEAR}:
        return number
    after = text[number.span.end : min(region.end, number.span.end + _AROUND)]
    bare = after.lstrip(" \u00a0\u202f-")
    skipped = len(after) - len(bare)
    if bare[:1] in {"%", "٪", "％"}:
        end = number.span.end + skipped + 1
        return replace(number, span=Span(number.span.start, end), kind=NumberKind.PERCENT, unit="%")
    form = plain_form(bare, language)
    for phrase in words.percent:
        if form.startswith(phrase) and not form[len(phrase) : len(phrase) + 1].isalpha():
            return replace(number, kind=NumberKind.PERCENT, unit="%")
    return number


def _bound(text: str, region: Span, number: Number, words: NumberWords, language: str) -> Bound:
    """Return how the words before a number (or right after it) hedge it."""
    before = plain_form(text[max(region.start, number.span.start - _AROUND) : number.span.start], language)
    before = before.rstrip(" \u00a0$€£¥~≈").removesuffix(" the").removesuffix(" a")
    for bound, phrases in ((Bound.LEAST, words.least), (Bound.MOST, words.most), (Bound.ABOUT, words.about)):
        for phrase in phrases:
            if before.endswith(phrase) and not before[: len(before) - len(phrase)][-1:].isalpha():
                return bound
    return Bound.EXACT
