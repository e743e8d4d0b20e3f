"""The offset map: runs that tile, places, composition."""

from __future__ import annotations

import pytest

from mtcheck.core.offsets import LineIndex, OffsetMap, Place
from mtcheck.core.spans import Span

# text:   A&B     from  <b>A</b>&amp;B
SOURCE = "<b>A</b>&amp;B"
MARKED_UP = OffsetMap((0, 0, 1, 1, 2, 3), (0, 3, 4, 8, 13, 14), LineIndex.of(SOURCE))


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Span(0, 1), "A"),
        (Span(1, 2), "&amp;"),
        (Span(2, 3), "B"),
        (Span(0, 2), "A</b>&amp;"),
        (Span(0, 3), "A</b>&amp;B"),
        (Span(1, 3), "&amp;B"),
    ],
)
def test_source_spans_hold_their_characters_and_no_markup_around(span: Span, expected: str) -> None:
    assert expected == MARKED_UP.source_span(span).of(SOURCE)


@pytest.mark.parametrize("offset", [0, 1, 2, 3])
def test_an_empty_span_stays_empty(offset: int) -> None:
    assert 0 == len(MARKED_UP.source_span(Span(offset, offset)))


def test_lines_end_as_editors_end_them() -> None:
    source = "a\nb\r\nc\rd"
    places = [OffsetMap.identity(source).place(Span(offset, offset + 1)) for offset in (0, 2, 5, 7)]
    assert [(1, 1), (2, 1), (3, 1), (4, 1)] == [(place.line, place.column) for place in places]
    assert Place(1, 1, 2, 1, 0, 2) == OffsetMap.identity(source).place(Span(0, 2))


def test_composition_goes_through_both_maps() -> None:
    # A JSON string "<i>x\n&lt;</i>" whose escape stands inside markup that holds an entity.
    raw = r'"<i>x\n&lt;</i>"'
    json_text = "<i>x\n&lt;</i>"
    json_map = OffsetMap((0, 4, 5, len(json_text)), (1, 5, 7, len(raw) - 1), LineIndex.of(raw))
    html_map = OffsetMap((0, 0, 2, 3, 3), (0, 3, 5, 9, 13), LineIndex.of(json_text))
    composed = html_map.compose(json_map)
    assert "x\n<" == "".join("x\n<"[index] for index in range(composed.text_length))
    assert ["x", r"\n", "&lt;"] == [composed.source_span(Span(index, index + 1)).of(raw) for index in range(3)]


@pytest.mark.parametrize(
    ("text_starts", "source_starts"),
    [((0, 1), (0,)), ((), ()), ((1, 2), (0, 1)), ((0, 2, 1), (0, 1, 2)), ((0, 1, 2), (0, 2, 1)), ((0, 1), (-1, 0))],
)
def test_runs_that_do_not_tile_are_refused(text_starts: tuple[int, ...], source_starts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # any message will do: the caller is our own reader
        OffsetMap(text_starts, source_starts, LineIndex.of(""))


def test_a_span_past_the_end_is_refused() -> None:
    with pytest.raises(ValueError, match="after the text"):
        MARKED_UP.source_span(Span(0, 4))


@pytest.mark.parametrize("bounds", [(-1, 2), (3, 2)])
def test_nonsense_spans_are_refused(bounds: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(*bounds)
