"""Which comments are suppressions."""

from __future__ import annotations

import pytest

from mtcheck.text.suppression_comments import suppressions_in
from tests.hang import no_hang


@pytest.mark.parametrize(
    ("source", "selectors", "whole_file"),
    [
        ("<!-- mtcheck: ignore QUO001 -->", ("QUO001",), False),
        ("<!--mtcheck:ignore QUO001-->", ("QUO001",), False),
        ("text <!-- mtcheck: ignore QUO001, REP001 TYP --> text", ("QUO001", "REP001", "TYP"), False),
        ("<!-- mtcheck: ignore unpaired-quotation (as printed, in 1931) -->", ("unpaired-quotation",), False),
        ("<!-- mtcheck: ignore-file LID001 -->", ("LID001",), True),
        ("<!-- mtcheck: ignore -->", (), False),
        ("[mtcheck: ignore REP001]", ("REP001",), False),
        ("a line\r\n  [mtcheck: ignore REP001 (said so)]  \r\na line", ("REP001",), False),
        ("a line\r[mtcheck: ignore-file REP001]\ra line", ("REP001",), True),
    ],
)
def test_a_suppression(source: str, selectors: tuple[str, ...], whole_file: bool) -> None:
    (found,) = suppressions_in(source)
    assert (found.selectors, found.whole_file) == (selectors, whole_file)
    assert "mtcheck:" in source[found.start : found.end]


@pytest.mark.parametrize(
    "source",
    [
        "mtcheck: ignore REP001",
        "He wrote [mtcheck: ignore REP001] into the text.",
        "[mtcheck: ignore REP001] and went on.",
        "<!-- mtcheck: ignored REP001 -->",
        "<!-- mtcheck: ignore-files REP001 -->",
        "<!-- mtcheck: ignore REP001",
        "<!-- mtcheck: ignore\nREP001 -->",
        "<!-- please mtcheck: ignore REP001 -->",
    ],
)
def test_no_suppression(source: str) -> None:
    assert suppressions_in(source) == ()


def test_lines_and_places_are_those_of_the_file() -> None:
    source = "🚢\r\n\rж <!-- mtcheck: ignore A -->\n<!-- mtcheck: ignore B -->"
    found = suppressions_in(source)
    assert [(suppression.line, source[suppression.start : suppression.end]) for suppression in found] == [
        (3, "<!-- mtcheck: ignore A -->"),
        (4, "<!-- mtcheck: ignore B -->"),
    ]


def test_hostile_files_take_no_time() -> None:
    with no_hang():
        for part in (
            "<!-- mtcheck: ignore ",
            "[mtcheck: ignore ",
            "<!--\t\t\t",
            "\n \t [mtcheck:",
            "<!-- mtcheck: ignore (-- ",
        ):
            suppressions_in(part * 100_000)
