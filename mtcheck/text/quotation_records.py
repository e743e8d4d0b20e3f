"""The fact QUOTATIONS and what it holds: quotations, and marks that stand wrong."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mtcheck.core.facts import Fact
from mtcheck.core.spans import Span


class Diagnosis(StrEnum):
    """What is wrong with a mark.

    ``SPEECH_WITHOUT_OPENING`` is a mark that by itself is too little to tell (it stands apart from the text, or may be an
    apostrophe): only the words before it, which introduce speech, show that it closes a quotation whose opening is lost.
    """

    LOST_OPENING = "lost opening"
    LOST_CLOSING = "lost closing"
    TURNED = "turned mark"
    MIXED = "mixed marks"
    MISPLACED = "misplaced closing mark"
    SPEECH_WITHOUT_OPENING = "reported speech runs into a closing mark"


class Misplacement(StrEnum):
    """In which way a closing mark stands in the wrong place."""

    NONE = ""
    WRONG_SIDE = "wrong side of a space"
    APART = "apart from its sentence"
    SECOND_STOP = "second stop"
    CUTS_SENTENCE = "cuts a sentence"


class QuotationForm(StrEnum):
    """By what a quotation is told from the text around it."""

    MARKS = "marks"
    DASH = "dash"
    BLOCK = "block"


class QuotationKind(StrEnum):
    """What a quotation is: what somebody said, the title of a work, or a word held at a distance."""

    SPEECH = "speech"
    TITLE = "title"
    TERM = "term"


class Delivery(StrEnum):
    """How the words of a quotation stand in their sentence.

    ``DIRECT``: the quotation is what was said, a sentence of its own or several. ``INDIRECT``: it is part of a report in
    the writer's own sentence ("noted that “…”", "called it “…”").
    """

    DIRECT = "direct"
    INDIRECT = "indirect"


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation. ``span`` includes the marks, ``inner`` does not.

    ``opening`` and ``closing`` are the marks, ``None`` where lost, where the quotation goes on in the next block
    (``continued``), where one closing mark serves two, and where the quotation has none by its ``form``. ``depth`` is 0 for
    a quotation that stands in no other of its block. ``block`` is the index of the block that it starts in.

    ``speaker`` is the noun phrase or the pronoun that the page gives as its speaker, ``verb`` the verb of speech (or the
    expression, "according to") that ties the two. Pronouns are not resolved. ``inherited``: both were given with an earlier
    or a later part of the same speech. They are spans of the document and may lie in another block.
    """

    span: Span
    inner: Span
    opening: Span | None
    closing: Span | None
    depth: int
    continued: bool
    block: int
    form: QuotationForm = QuotationForm.MARKS
    kind: QuotationKind = QuotationKind.SPEECH
    delivery: Delivery = Delivery.DIRECT
    speaker: Span | None = None
    verb: Span | None = None
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class StrayMark:
    """A mark that stands wrong.

    ``mark`` is the mark, ``anchor`` the mark with the nearest word (and, for a misplaced mark, the stop after it),
    ``partner`` the other mark of the quotation where there is one. ``expected`` is the place where the lost mark must have
    stood, as far as can be said (empty spans are avoided: it covers the word there), and ``clue`` the words of the page
    that tell (an introduction or an attribution). Where no words tell, ``border`` is the word with which the quotation began
    at the earliest (the first of its paragraph, or of the sentence after an earlier quotation), or ended at the latest.
    """

    diagnosis: Diagnosis
    mark: Span
    anchor: Span
    block: int
    language: str
    partner: Span | None = None
    expected: Span | None = None
    clue: Span | None = None
    border: Span | None = None
    misplacement: Misplacement = Misplacement.NONE


@dataclass(frozen=True, slots=True)
class Quotations:
    """The quotations of a document in order, and the marks that stand wrong, in order."""

    quotations: tuple[Quotation, ...]
    strays: tuple[StrayMark, ...]


QUOTATIONS: Fact[Quotations] = Fact("quotations")
