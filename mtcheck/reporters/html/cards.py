"""The findings beside the text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mtcheck.core.findings import Evidence, Finding
from mtcheck.reporters.protocol import Explanations
from mtcheck.reporters.visible import percentage


@dataclass(frozen=True, slots=True)
class RelatedView:
    """A link to a related place."""

    href: str
    text: str
    message: str
    where: str


@dataclass(frozen=True, slots=True)
class Card:
    """A finding beside the text.

    ``number`` counts the page's findings from 1; ``anchor`` is its permanent link; ``about`` that of the check's
    explanation, or empty.
    """

    number: int
    anchor: str
    finding: Finding
    confidence: str
    evidence: tuple[Evidence, ...]
    related: tuple[RelatedView, ...]
    about: str


def slug(text: str) -> str:
    """Return a text as a safe id: letters, digits and hyphens of ASCII."""
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-")[:40]


def about_anchor(code: str) -> str:
    """Return the id of the explanation of a check."""
    return f"about-{slug(code)}"


def cards_of(findings: Sequence[Finding], pages: Mapping[str, str], explanations: Explanations) -> tuple[Card, ...]:
    """Return a card a finding, in their order; ``pages`` are the file names of documents by id."""
    cards, anchors = [], set[str]()
    for number, finding in enumerate(findings, 1):
        anchor = f"finding-{slug(finding.fingerprint) or number}"
        if anchor in anchors:
            anchor = f"{anchor}-{number}"
        anchors.add(anchor)
        related = tuple(
            RelatedView(
                f"#related-{number}-{index}" if place.document == finding.document else pages.get(place.document, "#"),
                place.text,
                place.message,
                f"line {place.place.line}, column {place.place.column}"
                + ("" if place.document == finding.document else f" of {place.document}"),
            )
            for index, place in enumerate(finding.related, 1)
        )
        cards.append(
            Card(
                number,
                anchor,
                finding,
                percentage(finding.confidence),
                finding.evidence,
                related,
                about_anchor(finding.code) if finding.code in explanations else "",
            )
        )
    return tuple(cards)
