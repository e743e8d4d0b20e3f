"""What a check is: a record, an options class and a pure function, all in one file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from mtcheck.core.across import AcrossPages
from mtcheck.core.documents import Document, MarkupSign
from mtcheck.core.facts import Fact, Facts
from mtcheck.core.findings import Hit, Severity

CODE_SHAPE = re.compile(r"[A-Z]{3}[0-9]{3}")
NAME_SHAPE = re.compile(r"[a-z]+(-[a-z]+)*")
MARK_OPEN, MARK_CLOSE = "⟦", "⟧"
PAGE_BREAK = "\n\n===== next page =====\n\n"
"""What stands between the pages of an example of a check across pages."""

OptionsT = TypeVar("OptionsT")
T = TypeVar("T")


class Tier(StrEnum):
    """When a check runs: by default, when it is asked for by name, or as a preview until its precision is measured."""

    DEFAULT = "default"
    ON_REQUEST = "on request"
    PREVIEW = "preview"


@dataclass(frozen=True, slots=True)
class NoOptions:
    """Options of a check that has none."""


@dataclass(frozen=True, slots=True)
class Given(Generic[T]):
    """A fact written into an example: ``build`` gets the example's document and returns the value.

    Facts that need a model are given this way, so that no check's test loads one.
    """

    fact: Fact[T]
    build: Callable[[Document], T]


@dataclass(frozen=True, slots=True)
class Example:
    """A text that shows what a check does; documentation and test fixture at once.

    ``text`` is plain text in ``language`` as a news page would carry it; paragraphs are separated by an empty line.
    ``⟦...⟧`` marks exactly what must be found; an example without marks must stay silent. The example of a check across
    pages holds several, with ``PAGE_BREAK`` between them. ``signs`` are the traces of tools that an HTML page with this
    text holds in its markup, ``direction`` what it declares for every block (``"ltr"``, ``"rtl"`` or nothing).
    """

    text: str
    language: str = "en"
    given: tuple[Given[Any], ...] = ()
    comment: str = ""
    signs: tuple[MarkupSign, ...] = ()
    direction: str | None = None

    @property
    def pages(self) -> tuple[str, ...]:
        """The text of each page, marks included."""
        return tuple(self.text.split(PAGE_BREAK))


@dataclass(frozen=True, slots=True)
class Documentation:
    """A check's docstring, taken apart at its fixed headings."""

    summary: str
    finds: str
    matters: str
    wrong: str

    @classmethod
    def parse(cls, docstring: str) -> Documentation:
        """Read a summary line and the sections *What it finds*, *Why it matters*, *When it is wrong*, in that order.

        A section starts with its heading and a colon at the start of a line. Raises ``ValueError`` for a missing one.
        """
        pattern = r"\A(.+?)\n+What it finds:\s*(.+?)\n+Why it matters:\s*(.+?)\n+When it is wrong:\s*(.+)\Z"
        match = re.match(pattern, docstring.strip(), re.DOTALL)
        if match is None:
            raise ValueError("the docstring lacks a summary or one of the three sections")
        parts = (" ".join(part.split()) for part in match.groups())
        return cls(*(part[:1].upper() + part[1:] for part in parts))


def nothing_alone(document: Document, facts: Facts, options: object) -> Iterable[Hit]:
    """Find nothing: ``find`` of a check that only looks across pages."""
    del document, facts, options
    return ()


@dataclass(frozen=True, slots=True)
class Check(Generic[OptionsT]):
    """One check: what it is called, what it weighs, what it needs, how it finds.

    ``category`` is an MQM path, ``needs`` the facts that ``find`` may read, ``languages`` the languages of text that the
    check claims to judge (``None``: any). ``find`` is pure: same document, facts and options, same hits; it must not keep
    state. ``documentation`` is the module's docstring. ``across`` is what the check looks for across the pages of a scan,
    beside what ``find`` finds in each (``nothing_alone`` where that is all it does). ``welcomes`` are facts that ``find`` reads where
    they are there (``fact in facts``) and does without where no engine computes them: nothing is then said to be missing.
    ``measured`` are those languages in which its findings were measured and are good enough (``None``: all that it claims): of a page
    in another language only blocks in one of them are checked, and the report says so.
    Raises ``ValueError`` for a malformed code or name, for measured languages that are not claimed, and where ``across`` lives on
    facts that ``needs`` does not name.
    """

    code: str
    name: str
    category: str
    severity: Severity
    find: Callable[[Document, Facts, OptionsT], Iterable[Hit]]
    examples: tuple[Example, ...]
    documentation: str
    needs: tuple[Fact[Any], ...] = ()
    options: type[OptionsT] = NoOptions  # type: ignore[assignment]
    tier: Tier = Tier.DEFAULT
    languages: frozenset[str] | None = None
    across: AcrossPages[Any, OptionsT] | None = None
    welcomes: tuple[Fact[Any], ...] = ()
    measured: frozenset[str] | None = None

    def __post_init__(self) -> None:
        if not CODE_SHAPE.fullmatch(self.code):
            raise ValueError(f"a check's code is three capital letters and three digits, not {self.code!r}")
        if not NAME_SHAPE.fullmatch(self.name):
            raise ValueError(f"a check's name is lower-case words with hyphens, not {self.name!r}")
        if any(severity.value == self.category for severity in Severity) or not self.category:
            raise ValueError(f"a category is an MQM path, not {self.category!r}")
        if self.languages is not None and not (self.measured or frozenset()) <= self.languages:
            raise ValueError(f"{self.code} was measured in languages that it does not claim")
        if self.across is not None and not set(self.across.gathering.needs) <= set(self.needs):
            raise ValueError(f"{self.code} looks across pages for facts that it does not declare as needed")

    @property
    def runs_in(self) -> frozenset[str] | None:
        """The languages of pages on which the check runs, ``None`` for all."""
        return self.languages if self.measured is None else self.measured

    def parsed_documentation(self) -> Documentation:
        """Return the documentation taken apart. Raises ``ValueError`` where a section is missing."""
        return Documentation.parse(self.documentation)
