"""An invisible or bidirectional control character stands where it does harm.

What it finds: zero-width spaces, joiners and byte-order marks inside words, direction marks inside words, embeddings and overrides of
direction that are not closed, hidden tag characters, variation selectors on plain letters, control codes, lost objects. One hit a
block and character, with the count; the character is named with its code point.

Why it matters: such characters break search, sorting, speech and name matching, hide text from readers and show it to machines, and
turn the order of what follows.

When it is wrong: in scripts that need joiners in ways not listed here. Soft hyphens, joiners in Arabic, Persian, Indic and emoji, direction
marks in mixed text, closed isolates, break points in Thai, Khmer and after a slash are legitimate; what is merely useless
(a zero-width space beside a space) is reported only with the option ``harmless``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from mtcheck.core.checks import Check, Example
from mtcheck.core.documents import Block, BlockKind, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Evidence, Hit, Note, Passage, Related, Severity
from mtcheck.core.spans import Span

_CANDIDATE = re.compile(
    r"""
      [\x00-\x08\x0e-\x1b\x7f\x81\x8d\x8f\x90\x9d]+        # control codes that no encoding gives a meaning
    | [\u200b\u2060-\u2064\ufeff\u180e\u034f\u115f\u1160\u3164\uffa0]+   # zero-width spaces, invisible operators, fillers
    | [\u200c\u200d]+                                     # joiners
    | [\u200e\u200f\u061c]+                               # direction marks
    | [\u202a-\u202e\u2066-\u2069]                        # embeddings, overrides, isolates
    | [\ufe00-\ufe0f\U000e0100-\U000e01ef]+               # variation selectors
    | [\U000e0000-\U000e007f]+                            # tags
    | [\ufff9-\ufffc]+                                    # annotations, lost objects
    | [\ud800-\udfff]+                                    # halves of surrogate pairs
    """,
    re.VERBOSE,
)
_VISIBLE = re.compile(r"[^\W_]")
_EMBEDDINGS, _ISOLATES = "\u202a\u202b\u202d\u202e", "\u2066\u2067\u2068"
_END_EMBEDDING, _END_ISOLATE = "\u202c", "\u2069"
_OVERRIDES = "\u202d\u202e"
_BLACK_FLAG = "\U0001f3f4"
# Scripts whose letters join or break with the help of joiners and zero-width spaces, by the first word of the character's name.
_SHAPING = frozenset(
    """
    ARABIC SYRIAC MANDAIC NKO MONGOLIAN DEVANAGARI BENGALI GURMUKHI GUJARATI ORIYA TAMIL TELUGU KANNADA MALAYALAM SINHALA KHMER MYANMAR
    THAI LAO TIBETAN TAI BALINESE JAVANESE SUNDANESE ADLAM HANIFI CHAKMA BRAHMI KAITHI HEBREW CJK HIRAGANA KATAKANA HANGUL YI
    """.split()
)


@dataclass(frozen=True, slots=True)
class Options:
    """``harmless``: also report, as neutral, characters that are invisible and useless but do no harm where they stand."""

    harmless: bool = False


@dataclass(slots=True)
class _Group:
    """The places of one character in one block that are wrong for one reason."""

    severity: Severity
    spans: list[Span] = field(default_factory=list)


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit a block for each character and reason, at its first place."""
    del facts
    for block in document.blocks:
        # A block of nothing but control characters shows nothing that they could harm.
        if block.kind is BlockKind.CODE or _VISIBLE.search(document.text, block.span.start, block.span.end) is None:
            continue
        groups: dict[tuple[str, str], _Group] = {}
        for span, reason, severity in _places(document.text, block):
            if severity is not Severity.NEUTRAL or options.harmless:
                groups.setdefault((document.text[span.start], reason), _Group(severity)).spans.append(span)
        for (character, reason), group in sorted(groups.items(), key=lambda item: item[1].spans[0]):
            yield _hit(document.text, block, character, reason, group)


def _hit(text: str, block: Block, character: str, reason: str, group: _Group) -> Hit:
    first = group.spans[0]
    count = len(group.spans)
    around = Span(max(block.span.start, first.start - 20), min(block.span.end, first.end + 20)).of(text)
    evidence: list[Evidence] = [
        Note("character", _name(character)),
        Passage("around it", "".join(f"[U+{ord(one):04X}]" if _CANDIDATE.match(one) else one for one in around)),
    ]
    hidden = "".join(chr(ord(one) - 0xE0000) for one in first.of(text) if 0xE0020 <= ord(one) <= 0xE007E)
    if hidden:
        evidence.append(Passage("hidden text", hidden))
    if count > 1:
        evidence.append(Note("times in this block", str(count)))
    times = f" ({count} times in this block)" if count > 1 else ""
    return Hit(
        first,
        f"{_name(character)} {reason}{times}",
        0.9,
        tuple(evidence),
        tuple(Related(span, "the same character") for span in group.spans[1:6]),
        severity=group.severity,
    )


def _name(character: str) -> str:
    """Return the name of a character with its code point, as the Unicode Standard writes it."""
    if "\ud800" <= character <= "\udfff":
        name = "half of a surrogate pair"
    else:
        name = unicodedata.name(character, "control character").lower()
    return f"{name} (U+{ord(character):04X})"


def _places(text: str, block: Block) -> Iterator[tuple[Span, str, Severity]]:
    """Yield the control characters of a block with the reason why each is wrong and how much."""
    unclosed: dict[str, list[Span]] = {_END_EMBEDDING: [], _END_ISOLATE: []}
    for match in _CANDIDATE.finditer(text, block.span.start, block.span.end):
        span = Span(match.start(), match.end())
        first = match[0][0]
        before = text[span.start - 1] if span.start > block.span.start else ""
        after = text[span.end] if span.end < block.span.end else ""
        if first in _EMBEDDINGS or first in _ISOLATES:
            unclosed[_END_EMBEDDING if first in _EMBEDDINGS else _END_ISOLATE].append(span)
            if first in _OVERRIDES:
                yield span, "turns the order of the letters after it", Severity.MAJOR
        elif first in unclosed:
            if unclosed[first]:
                unclosed[first].pop()
            else:
                yield span, "closes what was not opened", Severity.MINOR
        else:
            judged = _judge(first, len(span), before, after, text[max(block.span.start, span.start - 12) : span.start])
            if judged is not None:
                yield span, *judged
    for spans in unclosed.values():
        for span in spans:
            if text[span.start] not in _OVERRIDES:
                yield span, "sets a direction and is not closed in its block", Severity.MINOR


def _judge(first: str, length: int, before: str, after: str, left: str) -> tuple[str, Severity] | None:
    """Say what is wrong with a run of invisible characters between two others, or ``None`` where it belongs there."""
    inside_word = before.isalpha() and after.isalpha()
    shaped = _is_shaping(before) or _is_shaping(after)
    if "\ud800" <= first <= "\udfff":
        return "is no character by itself", Severity.MINOR
    if first < " " or "\x7f" <= first <= "\x9f":
        return "is a control code and no text", Severity.MINOR
    if first in "\ufff9\ufffa\ufffb\ufffc":
        reason = (
            "stands for an object that is lost" if first == "\ufffc" else "belongs to an annotation and not to text"
        )
        return reason, Severity.MINOR
    if "\U000e0000" <= first <= "\U000e007f":
        return None if _BLACK_FLAG in left[-2:] else ("hides text from readers", Severity.MAJOR)
    if "\ufe00" <= first <= "\ufe0f" or "\U000e0100" <= first <= "\U000e01ef":
        return _judge_selector(length, before)
    if first in "\u200c\u200d":
        return _judge_joiner(first, before, after, shaped=shaped)
    if first in "\u200e\u200f\u061c":
        if inside_word and not shaped and before.isascii() == after.isascii():
            return "stands inside a word", Severity.MINOR
        return None if shaped else ("is of no use here", Severity.NEUTRAL)
    if shaped:
        return None
    return ("stands inside a word", Severity.MINOR) if inside_word else ("is of no use here", Severity.NEUTRAL)


def _judge_selector(length: int, before: str) -> tuple[str, Severity] | None:
    """Judge variation selectors: on a plain letter they select nothing, and several in a row carry hidden data."""
    if length > 2:
        return "is one of several in a row, which can hide data", Severity.MAJOR
    if (
        before.isalpha()
        and not _is_shaping(before)
        and unicodedata.name(before, "").startswith(("LATIN", "CYRILLIC", "GREEK"))
    ):
        return "stands on a letter that has no variants", Severity.MINOR
    return None


def _judge_joiner(first: str, before: str, after: str, *, shaped: bool) -> tuple[str, Severity] | None:
    """Judge joiners: letters of some scripts and emoji need them."""
    if shaped:
        return None
    if first == "\u200d" and any(
        side and unicodedata.category(side) in ("So", "Sk", "Mn", "Me") for side in (before, after)
    ):
        return None
    if before.isalpha() and after.isalpha():
        return "stands inside a word whose letters do not join", Severity.MINOR
    return "is of no use here", Severity.NEUTRAL


def _is_shaping(character: str) -> bool:
    """Tell whether a character belongs to a script that needs joiners or invisible breaks."""
    return character > "\u058f" and unicodedata.name(character, "").split(" ", 1)[0].split("-", 1)[0] in _SHAPING


CHECK = Check(
    code="ENC004",
    name="invisible-control",
    category="linguistic/encoding",
    severity=Severity.MINOR,
    options=Options,
    find=find,
    documentation=__doc__,
    examples=(
        Example("The may⟦\u200b⟧or of Var\u200ben signed; ⟦\x03⟧the ferry ⟦\u202e⟧left\u202c at noon⟦\ufffc⟧."),
        Example(
            "The hand\u00adbook says hello \U0001f469\u200d\U0001f680 and \u2764\ufe0f; see varen.example/\u200bnews, \u200bwhere \u2068Orlo\u2069 writes."
        ),
        Example(
            "Her name\u200e (in Arabic سارة\u200f) stands on the list.",
            comment="Direction marks in mixed text are legitimate.",
        ),
        Example("Мэр под⟦\u200b⟧писала договор в пор⟦\ufeff⟧ту.", "ru"),
        Example("Мэр подписала до\u00adговор в порту \U0001f1ea\U0001f1fa.", "ru"),
        Example("قالت العمدة ⟦\u202b⟧إن الميناء مفتوح.", "ar"),
        Example("قالت العمدة \u2067إن الميناء\u2069 مفتوح، نامه\u200cها وصلت.", "ar"),
        Example("La alcal⟦\u200d⟧desa firmó el acuerdo.", "es"),
        Example("La alcaldesa\u200b firmó el acuerdo.", "es"),
        Example("Die Bürger⟦\u200b⟧meisterin unterschrieb.", "de"),
        Example("Die Bürger\u00admeisterin unterschrieb.", "de"),
    ),
)
