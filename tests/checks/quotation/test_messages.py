"""What the quotation checks say beside the place: the clue, the related place, the sentence."""

from __future__ import annotations

from mtcheck.checks.quotation import misplaced_closing_mark, turned_quotation_mark, unpaired_quotation
from mtcheck.core.checks import Check, NoOptions
from mtcheck.core.findings import Hit, Passage
from mtcheck.testing import document_from_text, facts_of, run_check


def hits(check: Check[NoOptions], text: str) -> list[Hit]:
    document = document_from_text(text)
    return run_check(check, document, facts_of(document))


def test_a_lost_opening_says_where_the_quotation_must_have_begun() -> None:
    text = "The envoy left the island early, noting that the port is open and the sea is calm.”"
    (hit,) = hits(unpaired_quotation.CHECK, text)
    assert "it" not in hit.message.split("“")[0].split()
    assert hit.message.endswith("the quotation must have begun after “noting that”")
    assert ["the"] == [related.span.of(text) for related in hit.related]
    passage = next(evidence for evidence in hit.evidence if isinstance(evidence, Passage))
    assert ["calm.”"] == [span.of(passage.text) for span in passage.highlights]


def test_a_lost_closing_says_where_the_quotation_must_have_ended() -> None:
    text = "“We used to send ships there every month for their priorities says Varen.\n\n“Now we wait,” says Varen."
    (hit,) = hits(unpaired_quotation.CHECK, text)
    assert hit.message.endswith("it must have ended before “says Varen”")
    assert ["priorities"] == [related.span.of(text) for related in hit.related]


def test_a_mark_without_a_clue_is_reported_with_less_confidence() -> None:
    with_clue, without = (
        hits(unpaired_quotation.CHECK, text)[0]
        for text in ("She said that the port is open and calm.”", "The port of Varen is open and calm.”")
    )
    assert with_clue.confidence > without.confidence


def test_a_turned_mark_points_at_its_partner() -> None:
    text = "The talks are “over and done. “"
    (hit,) = hits(turned_quotation_mark.CHECK, text)
    assert ["“"] == [related.span.of(text) for related in hit.related]
    assert 14 == hit.related[0].span.start


def test_one_fault_is_one_finding() -> None:
    for text in (
        "The talks are “over and done. “",
        'The talks are "over in the north." .',
        'He added, "We expect an answer in writing to" Varenian proposal.',
        'He called it “a great success" for all of them.',
        "He noted that it was a great success for all.”",
    ):
        checks = (unpaired_quotation.CHECK, turned_quotation_mark.CHECK, misplaced_closing_mark.CHECK)
        assert 1 == sum(len(hits(check, text)) for check in checks)
