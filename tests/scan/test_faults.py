"""One fault, one card: what lies over each other and is of one family is cleared at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from mtcheck.core.faults import grouped, leads
from mtcheck.core.findings import Finding
from mtcheck.core.spans import Span
from mtcheck.reporters.html.cards import cards_of
from mtcheck.scan.faults import faults, with_faults
from tests.hang import no_hang
from tests.reporters.sample import crowded_report, damaged_quotation, english_page, scan_report
from tests.reporters.test_html import page_of

TEMPLATE = english_page().findings[0]


def finding(code: str, start: int, end: int, number: int = 0) -> Finding:
    return replace(TEMPLATE, code=code, span=Span(start, end), fingerprint=f"{code}-{start}-{end}-{number}", fault="")


def test_a_damaged_quotation_is_one_card_with_the_worst_first() -> None:
    cards = cards_of(damaged_quotation().findings, {}, {})
    assert [card.codes for card in cards] == [("QUO006", "QUO001", "QUO003"), ("REP001",), ("LID002",)]
    assert [card.number for card in cards] == [1, 2, 3]
    assert [bool(part.fragment) for part in cards[0].parts] == [True, False, False], "the words stand there once"
    (whole,) = (each.span for each in damaged_quotation().findings if each.code == "QUO003")
    assert cards[0].span == whole


def test_what_does_not_overlap_or_is_of_another_family_stands_alone() -> None:
    beside = [finding("QUO001", 0, 5), finding("QUO003", 5, 9)]
    other = [finding("QUO001", 0, 5), finding("REP001", 0, 5)]
    twice = [finding("QUO003", 0, 90), finding("QUO001", 3, 4), finding("QUO001", 80, 81)]
    same_span = [finding("QUO003", 0, 9, 1), finding("QUO003", 0, 9, 2)]
    assert [len(group) for group in faults(beside)] == [1, 1]
    assert [len(group) for group in faults(other)] == [1, 1]
    assert [[each.code for each in group] for group in faults(twice)] == [["QUO003", "QUO001"], ["QUO001"]]
    assert [len(group) for group in faults(same_span)] == [2]


@given(
    st.lists(
        st.tuples(st.sampled_from(["QUO001", "QUO003", "REP001"]), st.integers(0, 30), st.integers(1, 12)), max_size=12
    )
)
def test_every_finding_is_in_one_group_with_those_it_overlaps(given_findings: list[tuple[str, int, int]]) -> None:
    made = [finding(code, start, start + length, number) for number, (code, start, length) in enumerate(given_findings)]
    groups = faults(made)
    assert sorted(each.fingerprint for group in groups for each in group) == sorted(each.fingerprint for each in made)
    for group in groups:
        assert len({each.code[:3] for each in group}) == 1
        assert len(group) == 1 or all(
            any(each.span.overlaps(other.span) for other in group if other is not each) for each in group
        )
        for code in {each.code for each in group}:
            assert len({each.span for each in group if each.code == code}) == 1
    assert faults(reversed(made)) == groups
    told = with_faults(made)
    assert [each.fingerprint for each in made] == [each.fingerprint for each in told], "in the order given"
    assert told == with_faults(told)
    named = grouped(told)
    assert [[each.fingerprint for each in group] for group in groups] == [
        [each.fingerprint for each in group] for group in named
    ]
    assert all(each.fault == group[0].fingerprint for group in named for each in group)
    assert leads(reversed(told)) == tuple(group[0] for group in named)


def test_many_findings_under_a_long_one_are_grouped_without_delay() -> None:
    made = [finding("REP003", 0, 100_000), *(finding("REP001", start, start + 5) for start in range(0, 100_000, 10))]
    with no_hang():
        assert len(faults(made)) == 10_000


def test_every_part_of_a_card_has_a_permanent_link(tmp_path: Path) -> None:
    content = page_of(scan_report([damaged_quotation()]), tmp_path, "quotation")
    articles, parts = content.all("article"), content.all("section")
    anchors = [
        attributes["id"] for attributes in (*articles, *parts) if attributes.get("id", "").startswith("finding-")
    ]
    assert len(anchors) == 5
    assert len(articles) == 3
    assert "5 findings in 3 places" in " ".join(content.text.split())


def test_a_card_links_each_place_once() -> None:
    place = english_page().findings[1].related[0]
    other = replace(place, message="something else there")
    group = [replace(finding(code, 3, 9), related=(place, other)) for code in ("QUO001", "QUO003")]
    (card,) = cards_of(group, {}, {})
    assert [[each.href for each in part.related] for part in card.parts] == [["#related-1-1", "#related-1-2"], []]


def test_a_flag_stands_before_the_word_it_points_into(tmp_path: Path) -> None:
    page = english_page()
    start = page.document.text.index("lighthouses") + 5
    inside = replace(page.findings[4], span=Span(start, start + 3), text="hou")
    raw = tmp_path / "raw"
    page_of(scan_report([type(page)(page.document, (inside,))]), raw, "harbor")
    html = next(raw.glob("harbor*")).read_text(encoding="utf-8")
    before = html[: html.index('id="at-1"')]
    assert before.rpartition("<a")[0].endswith("treaty on the ")


def test_a_crowded_page_is_rendered(tmp_path: Path) -> None:
    with no_hang():
        content = page_of(crowded_report(500), tmp_path, "clean")
    assert len(content.all("article")) == 500
