"""QUO007: the quotation of a page against its reference."""

from __future__ import annotations

import gzip
import json

import pytest

from mtcheck.checks.quotation.differs_from_reference import CHECK, Options
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Comparison, Hit, Metric, Note, Passage, Severity
from mtcheck.core.references import REFERENCE_MATCHES, ReferenceMatch, ReferenceMatches, ReferenceQuotation
from mtcheck.core.spans import Span
from mtcheck.testing import document_from_text, run_check
from tests.shared import SHARED, needs_shared

PIER = (
    "We have listened to everybody. We will not rent out the old pier to a single company while the fishermen of the "
    "town have no place to land."
)


def hits(
    quoted: str, wording: str = PIER, options: Options | None = None, rendering: str = "", original: str = ""
) -> list[Hit]:
    """Run the check on a page that quotes ``quoted`` only."""
    document = document_from_text(f"“{quoted}”")
    reference = ReferenceQuotation(
        "pier",
        "Ines Corvall",
        "2031-05-12",
        "es" if original else "en",
        original or wording,
        "transcript",
        "q.jsonl",
        7,
    )
    match = ReferenceMatch(Span(1, 1 + len(quoted)), "en", reference, wording, 61.5, rendering)
    return run_check(CHECK, document, facts(document, match), options)


def facts(document: Document, *matches: ReferenceMatch) -> Facts:
    return Facts({REFERENCE_MATCHES: ReferenceMatches(matches, "nrefs:1|case:mixed")})


def test_the_evidence_shows_both_wordings_the_metric_and_the_place_of_the_reference() -> None:
    quoted = "Companies the old pier needs only while the fishermen of the town have no place to land."
    (hit,) = hits(quoted)
    expected = "The quotation differs from what Ines Corvall said on 2031-05-12: the subject (We) and the negation (will not) are missing"
    assert expected == hit.message
    comparison, what, metric, where = hit.evidence
    assert isinstance(comparison, Comparison)
    assert quoted == comparison.left
    assert comparison.right.startswith("We will not rent")
    assert ["Companies", "needs only"] == [span.of(comparison.left) for span in comparison.left_highlights]
    assert ["We will not rent out"] == [span.of(comparison.right) for span in comparison.right_highlights[:1]]
    assert Note("what differs", "the subject (We) and the negation (will not) are missing") == what
    assert Metric("chrF against the reference", 61.5, "nrefs:1|case:mixed") == metric
    assert Note("where the reference stands", "pier; q.jsonl:7; transcript") == where


@pytest.mark.parametrize(
    "quoted",
    [
        PIER,
        "We will not rent out the old pier … while the fishermen of the town have no place to land.",
        "rent out the old pier to a single company",
        "We refuse to rent out the old pier to one company while the fishermen of our town have no place to land.",
        # Other utterances with words in common.
        "We will rent out the new hall to a company of players in the winter.",
        "The fishermen of the town have a place to sleep and eat at night.",
        "The old pier is older than the town.",
    ],
)
def test_what_agrees_and_what_is_another_utterance_is_silent(quoted: str) -> None:
    assert [] == hits(quoted)


def test_changed_wording_is_reported_on_request_only() -> None:
    quoted = "We will not rent out the old and rusty pier to a single company while the fishermen of this town have no place."
    assert [] == hits(quoted)
    (hit,) = hits(quoted, options=Options(wording=True))
    assert hit.severity is Severity.MINOR
    assert hit.message.endswith("“and rusty” was put in; “this” stands for “the”")
    assert [] == hits(PIER, options=Options(wording=True))


def test_a_translated_reference_counts_where_the_sense_is_turned_in_both_languages() -> None:
    quoted, wording = "The council will pay for the new harbor.", "The council will not pay for the new harbor."
    original = "El consejo no pagará el nuevo puerto."
    (hit,) = hits(quoted, wording, rendering="El consejo pagará el nuevo puerto.", original=original)
    assert Passage("the reference as it was said", original, "es") in hit.evidence
    assert hit.confidence == 0.7
    assert [] == hits(quoted, wording, rendering=original, original=original)


@needs_shared
def test_faithful_translations_of_one_sentence_are_no_findings() -> None:
    """Two human translations of the same source: at most 4 in 1,000 are taken for a turned sense."""
    found = taken = 0
    with gzip.open(SHARED / "eval" / "quote_pairs" / "pairs.jsonl.gz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            pair = json.loads(line)
            if pair["same_meaning"] == 1 and number % 8 == 0:
                taken += 1
                found += bool(hits(pair["text_b"], pair["text_a"]))
    assert taken > 500
    assert found <= 0.004 * taken
