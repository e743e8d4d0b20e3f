"""A word mixes letters of two scripts that look alike.

What it finds: a word in Latin letters with a Cyrillic or Greek letter in it, or the reverse, where the strange letters look
like letters of the word's own script ("Mоscow" with a Cyrillic о). The letters are named with their code points.

Why it matters: such a word looks right and is broken: search, spelling checkers, screen readers and translation systems see
another word. It comes from text recognition, from typing in two layouts, from untranslated residue, and from attempts to
slip past filters.

When it is wrong: in names and logos stylized on purpose. Words joined with a hyphen, Russian endings on Latin abbreviations,
Roman numerals, units, mathematics, and words of which either half is plainly in its own script are passed over. In readers'
comments it is reported as neutral.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example
from mtcheck.core.documents import BlockKind, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Comparison, Hit, Note, Related, Severity
from mtcheck.core.spans import Span
from mtcheck.text.scripts import CYRILLIC, GREEK, LATIN, code_of_script, script_codes

_L, _C, _G = code_of_script(LATIN), code_of_script(CYRILLIC), code_of_script(GREEK)
_WORD = re.compile(f"[{_L}{_C}{_G}~]+")  # letters of the three scripts and combining marks

# Letters that are drawn alike, after the confusables of Unicode Technical Standard 39; only pairs that are alike in common
# fonts, in upright or italic type. к and к-like capitals are in it because typists and text recognition do confuse them.
_CYRILLIC_AS_LATIN = dict(zip("АВСЕНІЈКМОРЅТХУаеіјкорѕсухһԁԛԝЁёЇї", "ABCEHIJKMOPSTXYaeijkopscyxhdqwËëÏï", strict=True))
_GREEK_AS_LATIN = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονϲ", "ABEZHIKMNOPTYXovc", strict=True))
_LATIN_AS_CYRILLIC = {latin: cyrillic for cyrillic, latin in _CYRILLIC_AS_LATIN.items()}
_LATIN_AS_GREEK = {latin: greek for greek, latin in _GREEK_AS_LATIN.items()}
_GREEK_AS_CYRILLIC = {
    greek: _LATIN_AS_CYRILLIC[latin] for greek, latin in _GREEK_AS_LATIN.items() if latin in _LATIN_AS_CYRILLIC
}
_CYRILLIC_AS_GREEK = {cyrillic: greek for greek, cyrillic in _GREEK_AS_CYRILLIC.items()}
_LOOKALIKES = {
    (CYRILLIC, LATIN): _CYRILLIC_AS_LATIN,
    (GREEK, LATIN): _GREEK_AS_LATIN,
    (LATIN, CYRILLIC): _LATIN_AS_CYRILLIC,
    (GREEK, CYRILLIC): _GREEK_AS_CYRILLIC,
    (LATIN, GREEK): _LATIN_AS_GREEK,
    (CYRILLIC, GREEK): _CYRILLIC_AS_GREEK,
}
_SCRIPTS = {_L: LATIN, _C: CYRILLIC, _G: GREEK}
_ROMAN = frozenset("IVXLCDMivxlcdmІХСМіхсмΙΧΜ")
_SHORTEST = 3
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Options:
    """Words that are spelt in two scripts on purpose, compared in lower case; how many further places are named."""

    allowed: frozenset[str] = frozenset({"кояn"})
    places: int = 20


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each spelling whose strange letters all have a double in its own script, at its first place."""
    del facts
    text = document.text
    codes = script_codes(text)
    places: dict[tuple[str, Severity | None], list[tuple[Span, str, str]]] = {}
    for match in _WORD.finditer(codes):
        scripts = [script for code, script in _SCRIPTS.items() if code in match[0]]
        if len(scripts) != 2 or not _SHORTEST <= len(match[0]) <= _LONGEST:
            continue
        span = Span(match.start(), match.end())
        word = span.of(text)
        if word.lower() in options.allowed or _ROMAN.issuperset(word) or _in_address(text, span):
            continue
        owner = _owner(word, match[0], scripts)
        block = document.block_at(span.start)
        if owner is None or block is None or block.kind is BlockKind.CODE:
            continue
        severity = Severity.NEUTRAL if block.kind is BlockKind.COMMENT else None
        places.setdefault((word, severity), []).append((span, match[0], owner))
    for (word, severity), ((span, found, owner), *others) in places.items():
        related = tuple(Related(other, "the same spelling") for other, _, _ in others[: options.places])
        yield _hit(span, word, found, owner, related, severity)


def _owner(word: str, codes: str, scripts: list[str]) -> str | None:
    """Return the script that a word is meant in, ``None`` where it is a mixture on purpose or nobody can tell."""
    letters = {
        script: [letter for letter, code in zip(word, codes, strict=True) if _SCRIPTS.get(code) == script]
        for script in scripts
    }
    first, second = scripts
    can_be_first = all(letter in _LOOKALIKES[second, first] for letter in letters[second])
    can_be_second = all(letter in _LOOKALIKES[first, second] for letter in letters[first])
    if can_be_first == can_be_second:
        if not can_be_first or len(letters[first]) == len(letters[second]):
            return None
        owner = first if len(letters[first]) > len(letters[second]) else second
    else:
        owner = first if can_be_first else second
    stranger = second if owner == first else first
    if len(letters[owner]) < 2 or _is_inflected_abbreviation(word, codes):
        return None
    if GREEK in scripts and stranger == GREEK and len(letters[owner]) < 3:
        return None  # a symbol beside an index or a unit
    return owner


def _is_inflected_abbreviation(word: str, codes: str) -> bool:
    """Tell whether a word is a Latin abbreviation in capitals with a short Cyrillic ending in lower case, as in SMSка."""
    stem = len(codes) - len(codes.lstrip(_L))
    ending = word[stem:]
    return stem >= 2 and word[:stem].isupper() and len(ending) <= 4 and ending.islower() and _L not in codes[stem:]


def _in_address(text: str, span: Span) -> bool:
    """Tell whether a word is part of a web address or an e-mail address; those are for other tools."""
    before = text[max(0, span.start - 4) : span.start]
    return before.endswith(("://", "www.", "@")) or text[span.end : span.end + 1] == "@"


def _hit(span: Span, word: str, codes: str, owner: str, related: tuple[Related, ...], severity: Severity | None) -> Hit:
    """Return the hit for a word that is meant in the script ``owner``."""
    plain: list[str] = []
    strange: list[str] = []
    places: list[Span] = []
    for index, (letter, code) in enumerate(zip(word, codes, strict=True)):
        script = _SCRIPTS.get(code, owner)
        if script == owner:
            plain.append(letter)
            continue
        plain.append(_LOOKALIKES[script, owner][letter])
        named = f"{script} {letter} (U+{ord(letter):04X})"
        if named not in strange:
            strange.append(named)
        places.append(Span(index, index + 1))
    spelling = "".join(plain)
    return Hit(
        span,
        f"“{word}” is in {owner} letters but holds {', '.join(strange)}",
        0.95,
        (
            Comparison("as it stands", word, f"in {owner} letters only", spelling, tuple(places), tuple(places)),
            Note("letters of another script", "; ".join(strange)),
        ),
        related,
        severity,
    )


CHECK = Check(
    code="LID004",
    name="mixed-script-word",
    category="linguistic/encoding",
    severity=Severity.MAJOR,
    options=Options,
    find=find,
    documentation=__doc__,
    examples=(
        Example("The delegation left ⟦Vаren⟧ for the coast on Friday.", comment="the second letter is Cyrillic"),
        Example("The ⟦Οrion⟧ ferry was late again.", comment="the first letter is a Greek capital omicron"),
        Example("Делегация вылетела в ⟦Bарен⟧ утром в пятницу.", language="ru", comment="the first letter is Latin"),
        Example("La ministra visitó el ⟦puеrto⟧ de Varen.", language="es", comment="a Cyrillic е"),
        Example("Die Fähre nach ⟦Vаren⟧ fährt wieder.", language="de", comment="a Cyrillic а"),
        Example("وصلت السفينة ⟦Оrion⟧ إلى الميناء.", language="ar", comment="a Cyrillic О"),
        Example("Он купил iPhone-ом билет, получил SMSку и 5 кВт энергии в XIX веке.", language="ru"),
        Example("The dose of β-carotene was 5 µm thick, α and Δt aside."),
        Example("他在iPhone上看了NHKのニュース。", language="zh"),
        Example("Las playas de Varen reciben el programa Erasmus+ y la señal Wi-Fi.", language="es"),
        Example("وصل الوزير إلى بروكسل مع وفد NATO.", language="ar"),
        Example("Die Größe Δx und der µ-Wert sind klein.", language="de"),
    ),
)
