"""Repeated sentences beyond the examples: what stands between, what is a template, what is pasted whole."""

from __future__ import annotations

from mtcheck.checks.repetition.repeated_sentence import CHECK, Options
from mtcheck.core.documents import Block, BlockKind, BlockRole, Document
from mtcheck.core.findings import Hit, Severity
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.spans import Span
from mtcheck.testing import facts_of, run_check

P, H, D = BlockKind.PARAGRAPH, BlockKind.HEADLINE, BlockKind.DATELINE
LONG = "The council met in the old harbor office on Monday."
OTHER = "Nobody knew when the northern ferry would leave."


def document(*blocks: tuple[BlockKind, str], role: BlockRole = BlockRole.MAIN) -> Document:
    text, made = "", []
    for kind, content in blocks:
        start = len(text) + 2 if text else 0
        text = f"{text}\n\n{content}" if text else content
        made.append(Block(kind, Span(start, start + len(content)), role))
    return Document("a", "a", text, tuple(made), OffsetMap.identity(text))


def hits(page: Document, options: Options | None = None) -> list[Hit]:
    return run_check(CHECK, page, facts_of(page), options)


def test_a_date_may_stand_between_two_headlines() -> None:
    page = document((H, LONG), (D, "May 5"), (H, LONG.upper()))
    (hit,) = hits(page)
    assert (LONG.upper(), Severity.MAJOR) == (hit.span.of(page.text), hit.severity)
    assert [LONG] == [related.span.of(page.text) for related in hit.related]


def test_furniture_captions_and_lists_are_left_alone() -> None:
    assert [] == hits(document((H, LONG), (H, LONG), role=BlockRole.FURNITURE))
    for kind in (BlockKind.CAPTION, BlockKind.LIST_ITEM, BlockKind.TABLE_CELL, BlockKind.COMMENT, BlockKind.NAVIGATION):
        assert [] == hits(document((P, LONG), (kind, LONG))), kind


def test_a_short_sentence_or_one_shared_by_two_paragraphs_is_left_alone() -> None:
    assert [] == hits(document((P, "Read on below. Read on below.")))
    assert [] == hits(document((P, f"{LONG} {OTHER}"), (P, f"{LONG} The paper was signed there.")))


def test_a_template_is_left_alone() -> None:
    rows = [block for name in ("Orlo", "Nera", "Tamo") for block in ((P, f"{name} spoke first."), (P, LONG))]
    assert [] == hits(document(*rows))


def test_paragraphs_pasted_twice_are_one_hit() -> None:
    pasted = [(P, f"{LONG} {OTHER}"), (P, f"{OTHER} It was late, and the office was dark by then.")]
    page = document(*pasted, (P, "Then the rain came over the bay."), *pasted)
    (hit,) = hits(page)
    assert (pasted[0][1], Severity.MINOR) == (hit.span.of(page.text), hit.severity)
    assert page.text.rindex(pasted[0][1]) == hit.span.start


def test_scripts_without_spaces_count_letters() -> None:
    page = document((P, "市议会周一在旧港口办公室开会。没有人知道渡轮何时离开。市议会周一在旧港口办公室开会。"))
    assert ["市议会周一在旧港口办公室开会。"] == [
        hit.span.of(page.text) for hit in run_check(CHECK, page, facts_of(page, "zh"))
    ]


def test_options_set_the_least_length() -> None:
    page = document((P, f"{LONG} {OTHER} {LONG}"))
    assert 1 == len(hits(page))
    assert [] == hits(page, Options(words=20))
