"""QUO007 on pairs of renderings of one source sentence: one taken for the reference, the other for what a page quotes.

Two human translations, or a translation in which nobody marked an error beside a human one, mean the same: a finding there is
a false alarm. A translation with a major error of accuracy beside a human one may be found out; most such errors change other
words than those whose change QUO007 reports (a negation, the one who acts, names, numbers, opposites).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from mtcheck.core.facts import Facts
from mtcheck.core.references import REFERENCE_MATCHES, ReferenceMatch, ReferenceMatches, ReferenceQuotation
from mtcheck.core.spans import Span
from mtcheck.measuring.intervals import Count, is_tuning
from mtcheck.measuring.records import records_of
from mtcheck.testing import document_from_text, run_check


@dataclass(slots=True)
class PairFindings:
    """Findings on pairs that mean the same, and on pairs of which one has a major error of accuracy."""

    same: list[Count] = field(default_factory=list)
    different: list[Count] = field(default_factory=list)


def measure_pairs(path: Path, *, tuning: bool) -> PairFindings:
    """Run QUO007 on one half of the pairs, split by their source sentence. Raises ``InputError`` for an unreadable file."""
    from mtcheck.checks.quotation.differs_from_reference import CHECK

    found = PairFindings()
    for row in records_of(path, "source", "text_a", "text_b", "same_meaning"):
        if is_tuning(row["source"]) is not tuning:
            continue
        document = document_from_text(f"“{row['text_b']}”")
        reference = ReferenceQuotation("pair", "", "", "en", row["text_a"])
        match = ReferenceMatch(Span(1, len(document.text) - 1), "en", reference, row["text_a"], 0.0)
        facts = Facts({REFERENCE_MATCHES: ReferenceMatches((match,), "none")})
        counts = found.same if row["same_meaning"] else found.different
        counts.append(Count(bool(run_check(CHECK, document, facts)), 1))
    return found
