"""What an editor knows to be right: reference quotations, glossary entries and names, and where a page meets them."""

from __future__ import annotations

from dataclasses import dataclass

from mtcheck.core.facts import Fact
from mtcheck.core.spans import Span


@dataclass(frozen=True, slots=True)
class ReferenceQuotation:
    """One quotation as it was really said.

    ``language`` is a code as langdetect writes it; ``date`` is ISO 8601 (a year, a month or a day) or empty; ``origin``
    says where the wording comes from (an address, a transcript). ``file`` and ``line`` (from 1) tell where it was read.
    """

    id: str
    speaker: str
    date: str
    language: str
    text: str
    origin: str = ""
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """One term: ``use`` is how it is to be written in ``language``, ``avoid`` the ways it must not be.

    ``source`` is the term in ``source_language``; both are empty where the entry holds whatever the source says.
    """

    language: str
    use: str
    avoid: tuple[str, ...]
    source_language: str = ""
    source: str = ""
    note: str = ""
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class ReferenceName:
    """One name: ``name`` is how it is to be spelt in ``language``, ``variants`` other spellings of the same name.

    ``literal`` are words that the name means in its own language, and that must not stand for it ("Healthy" for Sana).
    """

    language: str
    name: str
    variants: tuple[str, ...]
    note: str = ""
    file: str = ""
    line: int = 0
    literal: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferenceMatch:
    """A stretch of speech on a page, and the reference quotation that is nearest to it.

    ``span`` is the stretch in the document's text (one sentence of a quotation, without its marks), ``language`` its
    language. ``wording`` is the reference's text; where the reference is in another language, it is its translation into
    ``language``, and ``rendering`` is the stretch translated into the reference's language (empty otherwise). ``chrf``
    (0 to 100) compares the stretch with those sentences of the wording that it renders. ``marked`` is false where a
    quotation mark was lost, so that the sentence at the other mark was taken.
    """

    span: Span
    language: str
    reference: ReferenceQuotation
    wording: str
    chrf: float
    rendering: str = ""
    marked: bool = True


@dataclass(frozen=True, slots=True)
class ReferenceMatches:
    """The matches of a document in order, at most one a stretch, and how the likeness was measured."""

    matches: tuple[ReferenceMatch, ...]
    metric_signature: str
    translator_signature: str = ""


REFERENCE_MATCHES: Fact[ReferenceMatches] = Fact("reference matches")
GLOSSARY: Fact[tuple[GlossaryEntry, ...]] = Fact("glossary")
REFERENCE_NAMES: Fact[tuple[ReferenceName, ...]] = Fact("reference names")
