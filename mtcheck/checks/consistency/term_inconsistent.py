"""One thing is called by two terms within a page.

What it finds: two terms that differ only in words which engines put for one word of the source, with the same words around
them: "security guarantees" and "security assurances", "Administration for Market Regulation" and "Administration of Market
Supervision", "deputy minister" and "vice minister", and a ministry that speaks under the name of its field ("Foreign
Affairs says") where the page else calls it a ministry. The finding stands at the first place of the rarer term (of the
later one where they are level), with the places of the other. A sentence that has both tells them apart on purpose.

Why it matters: a reader takes two terms for two things; in treaties and offices they often are.

When it is wrong: where they are two things, and where a writer varies for style. Words that good writers vary (talks and
negotiations) are left out; that makes the list of words short and the silence of this check no proof.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example, Tier
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Note, Related, Severity
from mtcheck.text.sentences import SENTENCES
from mtcheck.text.terms import LANGUAGE, TermPair, inconsistent_terms

_CONFIDENCE = {"term": 0.7, "name": 0.7, "first": 0.6, "field": 0.7}


@dataclass(frozen=True, slots=True)
class Options:
    """What is shown: ``places``, how many places of the usual term a finding points to."""

    places: int = 5


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each term that has another name elsewhere on the page."""
    sentences = facts[SENTENCES]
    for pair in inconsistent_terms(document, sentences):
        yield _hit(pair, options)


def _hit(pair: TermPair, options: Options) -> Hit:
    counts = ", ".join(f"{use.text}: {len(use.places)}" for use in (pair.usual, pair.other))
    evidence = [Note("terms", counts)]
    if pair.shared:
        evidence.append(Note("what both have", pair.shared))
    return Hit(
        pair.other.places[0],
        f"“{pair.other.text}” is called “{pair.usual.text}” elsewhere on this page",
        _CONFIDENCE[pair.kind],
        tuple(evidence),
        tuple(Related(place, f"called “{pair.usual.text}” here") for place in pair.usual.places[: options.places]),
    )


CHECK = Check(
    code="CON006",
    name="term-inconsistent",
    category="terminology/inconsistent",
    severity=Severity.MINOR,
    tier=Tier.ON_REQUEST,
    needs=(SENTENCES,),
    options=Options,
    find=find,
    languages=frozenset({LANGUAGE}),
    documentation=__doc__,
    examples=(
        Example(
            "Varen asks for security guarantees.\n\nThe ⟦security assurances⟧ that Ostia offers are not enough.\n\nWithout "
            "guarantees of security there is no treaty."
        ),
        Example(
            "Varen wants security guarantees and security assurances.\n\nBoth security guarantees are in the treaty."
        ),
        Example(
            "The Varen Administration for Harbor Regulation closed the quay.\n\nOn Monday the ⟦Varen Municipal "
            "Administration of Harbor Supervision⟧ opened it."
        ),
        Example(
            "The Varen Harbor Bureau closed the quay.\n\nThe Ostian Harbor Office opened it, and the Varen Fishing Bureau "
            "said nothing.",
            comment="other bodies",
        ),
        Example("The Foreign Ministry spoke first.\n\n⟦Foreign Affairs⟧ maintains that the harbor is closed."),
        Example("The Foreign Ministry spoke first.\n\nThe Foreign Affairs Committee says that the harbor is closed."),
        Example("Deputy minister Marlow spoke.\n\nThe ⟦vice minister⟧ left on Monday."),
    ),
)
