"""The findings beside the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from mtcheck.core.faults import grouped
from mtcheck.core.findings import Comparison, Evidence, Finding, Passage, RelatedPlace, Severity
from mtcheck.core.spans import Span
from mtcheck.reporters.protocol import Explanations
from mtcheck.reporters.visible import percentage

_FRAGMENT_LIMIT, _FRAGMENT_HEAD, _FRAGMENT_TAIL = 240, 160, 60
WIDE = 160
"""Characters from which a finding is about a passage: it is tinted, since an underline would drown what lies inside."""

_RELATED_LIMIT = 120
"""Characters shown of a finding's text (of a longer one its head and tail), and of a related place's."""

_QUOTES = (("“", "”"), ('"', '"'), ("«", "»"))
"""How messages quote what they speak of."""


@dataclass(frozen=True, slots=True)
class RelatedView:
    """A link to a related place; ``where`` is empty where ``text`` says it already."""

    href: str
    text: str
    message: str
    where: str


@dataclass(frozen=True, slots=True)
class Part:
    """One finding of a card.

    ``anchor`` is its permanent link; ``about`` that of the check's explanation, or empty. ``fragment`` is the text it is
    about, cut, or empty where the card says it anyway.
    """

    anchor: str
    finding: Finding
    fragment: str
    confidence: str
    evidence: tuple[Evidence, ...]
    related: tuple[RelatedView, ...]
    about: str


@dataclass(frozen=True, slots=True)
class Card:
    """A fault beside the text: one finding, or several of a family that lie over each other, the worst first.

    ``number`` counts the page's cards from 1 in the order of the text. ``span`` reaches over all of its findings.
    """

    number: int
    parts: tuple[Part, ...]
    span: Span

    @property
    def lead(self) -> Part:
        """The finding that the card is headed by."""
        return self.parts[0]

    @property
    def severity(self) -> Severity:
        """The worst severity."""
        return self.lead.finding.severity

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of its checks, each once."""
        return tuple(dict.fromkeys(part.finding.code for part in self.parts))

    @property
    def is_wide(self) -> bool:
        """Whether all of its findings are about passages."""
        return all(len(part.finding.span) >= WIDE for part in self.parts)

    @property
    def is_settled(self) -> bool:
        """Whether none of its findings counts any more."""
        return all(part.finding.is_settled for part in self.parts)


def slug(text: str) -> str:
    """Return a text as a safe id: letters, digits and hyphens of ASCII."""
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-")[:40]


def about_anchor(code: str) -> str:
    """Return the id of the explanation of a check."""
    return f"about-{slug(code)}"


def place_anchor(span: Span) -> str:
    """Return the id of a place in the text that findings of other pages point to."""
    return f"place-{span.start}-{span.end}"


def cards_of(findings: Sequence[Finding], pages: Mapping[str, str], explanations: Explanations) -> tuple[Card, ...]:
    """Return a card a fault, in the order of the text; ``pages`` are the file names of documents by id."""
    anchors = set[str]()
    return tuple(
        Card(
            number,
            tuple(_parts(group, number, pages, explanations, anchors)),
            Span(min(each.span.start for each in group), max(each.span.end for each in group)),
        )
        for number, group in enumerate(grouped(findings), 1)
    )


def _parts(
    group: Sequence[Finding], number: int, pages: Mapping[str, str], explanations: Explanations, anchors: set[str]
) -> Iterator[Part]:
    """Yield the parts of a card; ``anchors`` are those taken, and grow."""
    places, shown, linked = count(1), list[str](), set[tuple[str, Span, str]]()
    for finding in group:
        anchor = f"finding-{slug(finding.fingerprint) or number}"
        while anchor in anchors:
            anchor = f"{anchor}-{number}"
        anchors.add(anchor)
        fragment = _fragment(finding)
        related = []
        for place in finding.related:
            index, key = next(places), (place.document, place.span, place.message)
            if key not in linked:
                related.append(_related(place, finding, number, index, pages))
        linked.update((place.document, place.span, place.message) for place in finding.related)
        yield Part(
            anchor,
            finding,
            # Parts lie over each other: words that stand on the card already are not said again.
            "" if any(fragment in other or other in fragment for other in shown) else fragment,
            percentage(finding.confidence),
            finding.evidence,
            tuple(related),
            about_anchor(finding.code) if finding.code in explanations else "",
        )
        if fragment:
            shown.append(fragment)


def _related(place: RelatedPlace, finding: Finding, number: int, index: int, pages: Mapping[str, str]) -> RelatedView:
    """Link the words of the place, or where it is, if the message has its words already."""
    here = place.document == finding.document
    page = pages.get(place.document)
    away = f"{page}#{place_anchor(place.span)}" if page is not None else "#"
    href = f"#related-{number}-{index}" if here else away
    where = f"line {place.place.line}, column {place.place.column}" + ("" if here else f" of {place.document}")
    # A lone mark is nothing to read, and too small to hit.
    if not any(map(str.isalnum, place.text)) or _quotes(place.message, place.text):
        return RelatedView(href, where, place.message, "")
    text = place.text if len(place.text) <= _RELATED_LIMIT else place.text[:_RELATED_LIMIT] + "…"
    return RelatedView(href, text, place.message, where)


def _fragment(finding: Finding) -> str:
    """Return what a card repeats of the text: nothing where the message quotes it or the evidence shows just that."""
    text = finding.text
    if not text.strip() or _quotes(finding.message, text) or any(_shows(each, text) for each in finding.evidence):
        return ""
    if len(text) <= _FRAGMENT_LIMIT:
        return text
    return f"{text[:_FRAGMENT_HEAD]} … {text[-_FRAGMENT_TAIL:]}"


def _quotes(message: str, text: str) -> bool:
    return any(f"{opening}{text}{closing}" in message for opening, closing in _QUOTES)


def _shows(evidence: Evidence, text: str) -> bool:
    """Tell whether a piece of evidence is this text, or highlights it in its sentence."""
    sides: tuple[tuple[str, Sequence[Span]], ...] = ()
    if isinstance(evidence, Comparison):
        sides = ((evidence.left, evidence.left_highlights), (evidence.right, evidence.right_highlights))
    elif isinstance(evidence, Passage):
        sides = ((evidence.text, evidence.highlights),)
    return any(
        text.strip() == shown.strip() or any(span.of(shown) == text for span in highlights)
        for shown, highlights in sides
    )
