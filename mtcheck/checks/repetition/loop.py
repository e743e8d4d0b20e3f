"""A phrase is said over and over.

What it finds: a word that stands three times or more in a row, a phrase of two or three words that follows itself, a longer phrase
of up to forty words that stands twice with nothing, a comma or a linking word between ("the capital, and the capital"). The
span covers the whole loop, its first copy included; the first copy is given as related.

Why it matters: oscillation is the best known hallucination of translation models (Raunak et al. 2021; Guerreiro et al.
2023): what the loop displaced is lost, and the text is worthless from there on.

When it is wrong: in songs, prayers, chants and rhetoric that repeat on purpose. Repeats across line breaks or exclamation marks,
idioms ("over and over and over"), sounds and calls are left alone; whole sentences said twice are REP003's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example
from mtcheck.core.documents import Block, BlockKind, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Metric, Note, Related, Severity
from mtcheck.core.spans import Span
from mtcheck.text.doublings import (
    ALLOWED,
    ARTICLES,
    CALLS,
    COORDINATING,
    DOUBLED_NAMES,
    EMPHATIC,
    LINKING,
    SOUNDS,
)
from mtcheck.text.quotation_singles import is_elision
from mtcheck.text.repetition import Run, Words, is_unspaced, repeated_runs, repetition_density, words_of

_SKIPPED_KINDS = frozenset({BlockKind.CODE, BlockKind.NAVIGATION, BlockKind.TABLE_CELL})
GRAMMATICAL = frozenset().union(*ALLOWED.values())

_LINE = re.compile(r"[\r\n]")
_SENTENCE_END = re.compile(r"[.!?…。！？؟۔।:]")
_COMMA = re.compile(r"[,;،؛，、；–—]|--|\s-\s")
_BREAK = re.compile(r"[|/\\•·→←=_*#<>+~^►▪]")
_LAYOUT = re.compile(rf"{_BREAK.pattern}|[«»“”„\"「」『』]")
_CLAUSE_END = re.compile(r"[\s\"'’”»)\]]*(?:[.!?…,;:。！？；，؟،؛]|\Z)")
_CALL_START = re.compile(r"(?:\A|[.!?…,;:\"'‘’“”«„(\n])\s*\Z")
_CALL_END = re.compile(r"\s*[!\"'’”»]")
# Behind an "s" a mark is rather that of a plural's owner.
_SINGLE_MARK = re.compile(
    r"""
    (?P<opens> (?<![^\s(\[—–\-]) ['‘] (?=[^\W\d_]|\Z) )
    | (?<=[.,!?…]) ['’] (?!\w)
    | (?<=[^\W_sS]) ['’] (?!\w)
    """,
    re.VERBOSE,
)
_EMPHASIS_GOES_ON = re.compile(r"\s+\w")
# How far around a loop is looked, for quotation marks and for its density; bounded for a block without end.
_NEARBY = 1000
_PLAIN_GAP = re.compile(r"[\s\-‐‑()'’,]*")

# A unit glued to itself inside one word: "WhiteWhiteWhite".
_GLUED = re.compile(r"(?<![^\W_])(?P<unit>[^\W\d_]{4,12}?)(?P=unit){2,}+", re.IGNORECASE)
_HYPHENATED = re.compile(r"(?<![\w\-])(?P<unit>[^\W_]{2,30})(?:[\-‐‑](?P=unit)(?![^\W_])){3,}+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Options:
    """How many copies make a loop, by how long the unit is and what stands between the copies.

    ``word_copies``: of one word with spaces between; ``listed_word_copies``: of one word with commas between (rhetoric says
    "education, education, education"); ``phrase_copies``: of two or three words with commas between, one more of an article and
    a word.
    """

    word_copies: int = 3
    listed_word_copies: int = 5
    phrase_copies: int = 3


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each loop inside a block."""
    del facts
    for block in document.blocks:
        if block.kind not in _SKIPPED_KINDS:
            yield from _loops(document, block, options)


def _loops(document: Document, block: Block, options: Options) -> Iterator[Hit]:
    """Yield the loops of one block: of words, and inside words."""
    words = words_of(block.span.of(document.text))
    covered: list[Span] = []
    for run in repeated_runs(words.forms):
        confidence = _confidence(words, run, options)
        if confidence is not None:
            covered.append(words.span(run.start, run.end))
            # The word that links two copies is no part of the phrase.
            unit_end = run.start + run.period - (run.length < run.period)
            first = words.span(run.start, unit_end)
            yield _hit(words, covered[-1], first, max(2, run.copies), block.span.start, confidence)
    for pattern in (_GLUED, _HYPHENATED):
        for match in pattern.finditer(words.text):
            span, first = Span(match.start(), match.end()), Span(match.start("unit"), match.end("unit"))
            if match["unit"].lower() not in SOUNDS | CALLS and not any(span.overlaps(other) for other in covered):
                copies = words.text[span.start : span.end].lower().count(match["unit"].lower())
                yield _hit(words, span, first, copies, block.span.start, 0.8)


def _hit(words: Words, span: Span, first: Span, copies: int, offset: int, confidence: float) -> Hit:
    """Return the hit for a loop at ``span`` of a block's text."""
    unit = " ".join(first.of(words.text).split())
    shown = unit if len(unit) <= 80 else f"{unit[:77]}..."
    return Hit(
        span.shift(offset),
        f"“{shown}” is said {copies} times in a row",
        confidence,
        (
            Note("repeated", unit),
            Note("copies", str(copies)),
            Metric("repetition density around it", round(repetition_density(_near(words.text, span)), 3)),
        ),
        (Related(first.shift(offset), "the first copy"),),
        severity=Severity.MAJOR if copies >= 3 or len(unit) > 20 else Severity.MINOR,
    )


def _near(text: str, span: Span) -> Words:
    """Return the words around a loop: at most so far as a density says something, and bounded for a block without end."""
    return words_of(text[max(0, span.start - _NEARBY) : min(span.end, span.start + _NEARBY) + _NEARBY])


def _confidence(words: Words, run: Run, options: Options) -> float | None:
    """Return how sure it is that a run is a loop, or ``None`` where it reads as speech, song, layout or a list of figures."""
    unit = words.forms[run.start : run.start + run.period]
    gaps = [words.gap(index) for index in range(run.start + 1, run.end)]
    # What stands before each copy but the first.
    joints = gaps[run.period - 1 :: run.period]
    linked = run.length < run.period
    if (
        not _is_speech(words, run)
        or (run.copies == 2 and not (_is_exact(gaps, run) and _starts_alike(words, run)))
        or any((_BREAK if linked else _LAYOUT).search(gap) for gap in joints)
    ):
        return None
    if sum(_LINE.search(joint) is not None for joint in joints) * 2 > len(joints):
        return None
    ends = sum(_SENTENCE_END.search(gap) is not None for gap in joints)
    if all(is_unspaced(form) for form in unit):
        return _unspaced_confidence(unit, run, ends)
    if linked:
        return _linked_confidence(words, run, gaps)
    if run.period == 1:
        return _word_confidence(words, run, joints, ends, options)
    if run.period <= 3:
        return _phrase_confidence(words, run, gaps, joints, ends, options)
    # Whole sentences that stand twice are REP003's; speakers repeat the start of a clause and go on another way.
    if ends == len(joints) or any(_LAYOUT.search(gap) for gap in gaps):
        return None
    goes_on = any(not joint.isspace() for joint in joints) and not _ends_clause(words, run)
    listed = any(";" in joint for joint in joints)
    spoken = any(not joint.isspace() for joint in joints) and _is_speech_of_someone(words, run)
    if run.copies == 2 and ((goes_on and (run.period < 6 or listed or spoken)) or (spoken and run.period < 6)):
        return None
    return 0.9 if run.copies > 2 else 0.8


def _is_exact(gaps: list[str], run: Run) -> bool:
    """Tell whether two copies are set alike: no mark inside one only, and the second not in brackets, as a gloss is."""
    first, joint, second = gaps[: run.period - 1], gaps[run.period - 1], gaps[run.period :]
    alike = all(
        bool(_COMMA.search(left)) == bool(_COMMA.search(right)) for left, right in zip(first, second, strict=False)
    )
    return alike and not any(mark in joint for mark in "(（[")


def _starts_alike(words: Words, run: Run) -> bool:
    """Tell whether the second copy does not open a sentence that the first left without a stop, as a headline does."""
    first, second = words.written(run.start), words.written(run.start + run.period)
    return first[0].isupper() or not second[0].isupper()


def _linked_confidence(words: Words, run: Run, gaps: list[str]) -> float | None:
    """Judge a phrase said twice with one word between: "the capital of the north, and the capital of the north".

    Where the clause goes on, the second copy says something more ("support him, and support him gladly").
    """
    phrase = words.forms[run.start : run.start + run.period - 1]
    link = words.forms[run.start + run.period - 1]
    if any(_SENTENCE_END.search(gap) or _BREAK.search(gap) for gap in gaps) or all(map(is_unspaced, phrase)):
        return None
    if not _ends_clause(words, run):
        return None
    if link in COORDINATING and _letters(phrase) >= 10:
        return 0.7
    return 0.7 if len(phrase) >= 6 and _letters(phrase) >= 25 else None


def _ends_clause(words: Words, run: Run) -> bool:
    """Tell whether a clause ends where a run ends."""
    return _CLAUSE_END.match(words.text, words.ends[run.end - 1]) is not None


def _is_speech_of_someone(words: Words, run: Run) -> bool:
    """Tell whether a run stands inside quotation marks that opened before it in the same block."""
    start = words.starts[run.start]
    before = words.text[max(0, start - _NEARBY) : start]
    if _in_single_marks(before):
        return True
    opened = before.count("“") + before.count("«") + before.count("„")
    closed = before.count("”") + before.count("»") + (before.count("“") if "„" in before else 0)
    return opened > closed or before.count('"') % 2 == 1 or before.count("''") % 2 == 1


def _in_single_marks(before: str) -> bool:
    """Tell whether a text ends inside single quotation marks, as British papers set speech."""
    inside = False
    for match in _SINGLE_MARK.finditer(before):
        if match["opens"] is None:
            inside = False
        elif not is_elision(before, match.end()):
            inside = True
    return inside


def _word_confidence(words: Words, run: Run, joints: list[str], ends: int, options: Options) -> float | None:
    """Judge one word that stands several times in a row."""
    form = words.forms[run.start]
    if form in SOUNDS or ends or (len(form) < 2 and not form.isalpha()):
        return None
    if words.written(run.start)[0].isupper() and form in DOUBLED_NAMES:
        return None
    start, end = words.starts[run.start], words.ends[run.end - 1]
    before, after = words.text[max(0, start - 20) : start], words.text[end : end + 20]
    if form in CALLS and (_CALL_START.search(before) or _CALL_END.match(after)):
        return None
    commas = any(_COMMA.search(joint) for joint in joints)
    if commas:
        needed = options.listed_word_copies
    elif form in EMPHATIC and _EMPHASIS_GOES_ON.match(after):
        # "very very very good" is emphasis; "so far far far." is not.
        needed = options.word_copies + 2
    elif len(form) == 1 or form in CALLS or form in GRAMMATICAL:
        needed = options.word_copies + 1
    else:
        needed = options.word_copies
    return 0.95 if run.copies >= needed else None


def _phrase_confidence(
    words: Words, run: Run, gaps: list[str], joints: list[str], ends: int, options: Options
) -> float | None:
    """Judge two or three words that follow themselves."""
    unit = words.forms[run.start : run.start + run.period]
    if all(form in SOUNDS or form in CALLS for form in unit) or _letters(unit) < 4:
        return None
    if ends:
        return 0.7 if run.copies >= 5 else None
    if run.period == 2 and run.copies <= options.phrase_copies + 1 and _is_idiom(unit):
        return None
    if run.period == 3 and run.length % 3 == 2 and unit[-1] in LINKING:
        # "A boat is a boat is a boat."
        return None
    if not all(_PLAIN_GAP.fullmatch(joint) for joint in joints):
        return 0.6 if run.copies >= options.phrase_copies + 2 else None
    if any(_COMMA.search(joint) for joint in joints):
        # Rhetoric says "the rain, the rain, the rain" as it says "education, education, education".
        bare = run.period == 2 and unit[0] in ARTICLES
        needed = options.phrase_copies + (2 if _is_speech_of_someone(words, run) else int(bare))
        return 0.85 if run.copies >= needed else None
    capitals = sum(words.written(index)[0].isupper() for index in range(run.start, run.start + run.period))
    if run.copies == 2:
        return 0.75 if not capitals and not any(_COMMA.search(gap) or _LAYOUT.search(gap) for gap in gaps) else None
    return 0.9 if run.copies > 3 or not _is_speech_of_someone(words, run) else None


def _is_idiom(unit: tuple[str, ...]) -> bool:
    """Tell whether two words are a word and its link, as in "hours and hours and hours", and not "in the in the"."""
    return any(form in LINKING for form in unit) and not any(form in ARTICLES for form in unit)


def _unspaced_confidence(unit: tuple[str, ...], run: Run, ends: int) -> float | None:
    """Judge letters of a script without spaces: more of them are needed than of words."""
    if ends or len(set(unit)) == 1:
        return None
    needed = 5 if run.period == 2 else 4 if run.period == 3 else 3 if run.period < 8 else 2
    return 0.85 if run.copies >= needed and run.length >= run.period else None


def _is_speech(words: Words, run: Run) -> bool:
    """Tell whether a unit is made of words: figures count where a sentence runs into several copies of one and ends there."""
    unit = words.forms[run.start : run.start + run.period]
    spelled = [form for form in unit if any(character.isalpha() for character in form)]
    if len(spelled) * 2 > len(unit) and any(len(form) > 1 or is_unspaced(form) for form in spelled):
        return True
    if spelled or run.period > 2 or run.copies < 4 or run.start == 0 or _letters(unit) < 2:
        return False
    return words.forms[run.start - 1].isalpha() and _SENTENCE_END.match(words.text, words.ends[run.end - 1]) is not None


def _letters(unit: tuple[str, ...]) -> int:
    return sum(len(form) for form in unit)


CHECK = Check(
    code="REP002",
    name="loop",
    category="linguistic/duplication",
    severity=Severity.MAJOR,
    options=Options,
    find=find,
    measured=frozenset("ar de en es fa fr he pt ru tr uk zh".split()),
    documentation=__doc__,
    examples=(
        Example("The crew brought ⟦the water, the water, the water, the water⟧ to Varen."),
        Example("The port offered ⟦rooms rooms rooms rooms⟧ to the crew."),
        Example("Ms. Orlo returned to Varen, ⟦where she was given the old post, where she was given the old post⟧."),
        Example("Varen was ⟦the seat of the northern court, and the seat of the northern court⟧."),
        Example("The pilots and ⟦north port of the north port of the⟧ old town were paid."),
        Example(
            "The crowd sang “la la la”, shouted “Strike! Strike! Strike!” and waited for hours and hours and hours."
        ),
        Example(
            "Scores: 5 4 5 4 5 4. Location, location, location, she says; it was very very very late, blah blah blah."
        ),
        Example(
            "Моряки привезли ⟦воду воду воду воду⟧ в порт, ⟦а затем они вернулись домой, а затем они вернулись домой⟧.",
            "ru",
        ),
        Example("Да да да, говорили они снова и снова и снова.", "ru"),
        Example("نقل الطاقم ⟦الماء الماء الماء⟧ إلى الميناء.", "ar"),
        Example("هتف الجمهور: لا لا لا، ثم عاد إلى البيت.", "ar"),
        Example("La tripulación llevó ⟦el agua, el agua, el agua, el agua⟧ al puerto.", "es"),
        Example("Cantaron ja ja ja, y vuelta y vuelta y vuelta hasta el alba.", "es"),
        Example("Die Mannschaft brachte ⟦Wasser Wasser Wasser⟧ in den Hafen.", "de"),
        Example("Nein nein nein, riefen sie wieder und wieder und wieder.", "de"),
        Example("⟦船员把水送到港口，船员把水送到港口，船员把水送到港口⟧。", "zh"),
    ),
)
