r"""Characters stand as the escapes of a programming language or a transfer encoding.

What it finds: `\u0441\u043b`, `\xd0\xbf`, words in percent encoding (`%D0%9F`) and quoted-printable (`=D0=9F`), a line break that stands as
`\n` between sentences, quotation marks with their backslash (`\"`), each with the decoded text.

Why it matters: a record was taken out of its container without being decoded; the text is unreadable or littered, and a
translation model that got it this way has guessed.

When it is wrong: in texts about code. Code blocks, backticks, addresses, paths and pages that discuss code are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Comparison, Hit, Note, Severity
from mtcheck.core.spans import Span
from mtcheck.text.code_like import CodeContext

_UNIT = re.compile(r"\\u\{([0-9a-fA-F]{1,6})\}|\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})")
_PAIR = re.compile(r"[%=x]([0-9a-fA-F]{2})")
_HEX_RUN = re.compile(r"((?:\\x[0-9a-fA-F]{2})+)")


def _from_units(text: str) -> str:
    r"""Decode `\u0441`; pairs of surrogates become one character. Empty for what is no character."""

    def character(match: re.Match[str]) -> str:
        number = int(match[1] or match[2] or match[3], 16)
        return chr(number) if number <= 0x10FFFF else ""

    decoded = _UNIT.sub(character, text)
    try:
        return decoded.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeError:
        return ""


def _from_bytes(text: str) -> str:
    """Decode hexadecimal bytes as UTF-8 or, for single Western letters, as Latin-1. Empty for control characters."""

    def characters(match: re.Match[str]) -> str:
        octets = bytes(int(pair, 16) for pair in _PAIR.findall(match[1]))
        try:
            return octets.decode("utf-8")
        except UnicodeDecodeError:
            return octets.decode("latin-1")

    decoded = _HEX_RUN.sub(characters, text)
    return decoded if decoded.isprintable() else ""


def _from_utf8_pairs(text: str) -> str:
    """Decode percent-encoded or quoted-printable UTF-8. Empty where it is no UTF-8 or says nothing beyond ASCII."""
    octets = bytes(int(pair, 16) for pair in _PAIR.findall(text))
    try:
        decoded = octets.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return decoded if not decoded.isascii() and decoded.isprintable() else ""


@dataclass(frozen=True, slots=True)
class _Escape:
    """One kind of escape: what it is, how it looks, what it says."""

    name: str
    pattern: re.Pattern[str]
    decode: Callable[[str], str]


def _escape(name: str, pattern: str, decode: Callable[[str], str]) -> _Escape:
    return _Escape(name, re.compile(pattern, re.VERBOSE), decode)


_UNITS = r"(?:\\u\{[0-9a-fA-F]{1,6}\}|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8})"
_ESCAPES = (
    # Runs of escapes, with the spaces and marks between them that needed none.
    _escape("an escape of Unicode characters", rf"{_UNITS}++ (?: [ ,.\-]{{1,3}} {_UNITS}++ )*+", _from_units),
    _escape("escaped bytes", r"(?:\\x[0-9a-fA-F]{2})++ (?: [ ,.\-]{1,3} (?:\\x[0-9a-fA-F]{2})++ )*+", _from_bytes),
    _escape("percent encoding", r"(?<![\w/=?&%.]) (?:%[0-9A-Fa-f]{2}){2,}+", _from_utf8_pairs),
    _escape("quoted-printable encoding", r"(?<![=/?&]) (?:=[0-9A-F]{2}){2,}+", _from_utf8_pairs),
    _escape(
        "an escaped line break",
        # Before a capital, a space or the end, so that no path such as C:\new is meant.
        r"(?<=[\w.!?…:;,\"”»)’\s]) (?:\\r)?\\n (?:(?:\\r)?\\n)*+ (?= [\s\"“«„(\-] | \Z | [^\W\d_a-zа-яё] )",
        lambda _: "\n",
    ),
    _escape(
        "an escaped quotation mark",
        # Not between letters, where LaTeX writes an umlaut; an apostrophe only before an English ending.
        r"(?<![\w\\]) \\\" (?=\w) | (?<=[\w.,!?…]) \\\" (?![\w\\]) | (?<=[A-Za-z]) \\' (?=(?:s|t|re|ve|ll|d|m)\b)",
        lambda text: text[1:],
    ),
)


@dataclass(frozen=True, slots=True)
class Options:
    """``a_block``: at most so many hits in one block, the rest counted in the evidence of the last."""

    a_block: int = 5


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each run of escapes."""
    del facts
    if not any(mark in document.text for mark in "\\%="):
        return
    context = CodeContext(document)
    for block in document.blocks:
        found: list[tuple[Span, str, str]] = []
        for escape in _ESCAPES:
            for match in escape.pattern.finditer(document.text, block.span.start, block.span.end):
                span = Span(match.start(), match.end())
                meant = escape.decode(match[0])
                if meant and not context.technical and not context.shows_code(span):
                    found.append((span, escape.name, meant))
        found.sort()
        for number, (span, name, meant) in enumerate(found[: options.a_block], 1):
            written = span.of(document.text)
            says = "a line break" if meant == "\n" else f"“{meant if len(meant) <= 60 else meant[:57] + '...'}”"
            evidence: tuple[Comparison | Note, ...] = (Comparison("as it stands", written, "decoded", meant),)
            if number == options.a_block < len(found):
                evidence = (*evidence, Note("more in this block", str(len(found) - number)))
            yield Hit(span, f"{name} that says {says}", 0.95, evidence)


CHECK = Check(
    code="ENC003",
    name="escaped-unicode",
    category="linguistic/encoding",
    severity=Severity.MAJOR,
    options=Options,
    find=find,
    documentation=__doc__,
    examples=(
        Example("The mayor⟦\\u2019⟧s paper was signed.⟦\\n⟧The ferry caf⟦\\xc3\\xa9⟧ is open."),
        Example('She said ⟦\\"⟧never⟦\\"⟧ and it didn⟦\\\'⟧t help; the sign read ⟦%D0%9F%D0%BE%D1%80%D1%82⟧.'),
        Example("The file lies in C:\\new\\users, the page at https://varen.example/%D0%9F%D0%BE, up 50%20 years on."),
        Example("In Python, \\u2019 and \\n are escape sequences; print() shows them."),
        Example(
            "Мэр подписала ⟦\\u0434\\u043e\\u0433\\u043e\\u0432\\u043e\\u0440⟧ в порту, ⟦=D0=9F=D0=BE=D1=80=D1=82⟧.",
            "ru",
        ),
        Example("Рост составил 50% за год, а цена = 90 рублей.", "ru"),
        Example("وقّعت العمدة ⟦\\u0627\\u062a\\u0641\\u0627\\u0642⟧ في الميناء.", "ar"),
        Example("ارتفعت الأسعار بنسبة 50% هذا العام.", "ar"),
        Example("La alcaldesa firm⟦\\u00f3⟧ el acuerdo en Varén.⟦\\n\\n⟧Luego se fue.", "es"),
        Example("Subieron un 50% en un año, dijo la alcaldesa.", "es"),
        Example("Die B⟦\\u00fc⟧rgermeisterin ging.⟦\\n⟧Der Hafen blieb offen.", "de"),
        Example("Die Preise stiegen um 50% im Jahr; der Kurs = 90.", "de"),
    ),
)
