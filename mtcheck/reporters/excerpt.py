"""The line around a span, cut to a terminal's width, and where on it the span is."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from mtcheck.core.spans import Span
from mtcheck.reporters.visible import is_right_to_left, visible

_LINE_BREAK = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTEXT = 400
"""Characters looked at on each side: wider than any terminal, narrower than the one line of a minified page."""

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One line, safe to print, in three parts; ``more`` tells that the span goes on after the shown fragment.

    ``columns_hold`` is false where the line has right-to-left text, whose columns on the screen are anybody's guess:
    the fragment must then be marked in the line itself.
    """

    before: str
    fragment: str
    after: str
    more: bool
    columns_hold: bool

    @property
    def underline(self) -> str:
        """Return carets under the fragment, as wide as the terminal shows it, preceded by blanks."""
        from rich.cells import cell_len

        return " " * cell_len(self.before) + "^" + "~" * (cell_len(self.fragment) - 1)


def excerpt(text: str, span: Span, width: int) -> Excerpt:
    """Return the line on which the span starts, cut at ``width`` columns so that as much of the span as fits is seen.

    A span outside the text gives an empty excerpt.
    """
    before = _LINE_BREAK.split(text[max(span.start - _CONTEXT, 0) : span.start])[-1]
    tail = text[span.start : span.start + 2 * _CONTEXT]
    line_end = _LINE_BREAK.search(tail, 1)
    tail = tail[: line_end.start()] if line_end else tail
    fragment, after = tail[: len(span)], tail[len(span) :]
    more = len(fragment) < len(span)
    if _LINE_BREAK.fullmatch(fragment):
        fragment, after = "⏎", ""
    before, fragment, after = visible(before).lstrip(), visible(fragment), visible(after).rstrip()
    return _fitted(before, fragment, after, width, more=more)


def _fitted(before: str, fragment: str, after: str, width: int, *, more: bool) -> Excerpt:
    """Cut the three parts: context is given up first, in equal parts, then the end of the fragment."""
    from rich.cells import cell_len

    columns_hold = not is_right_to_left(before + fragment + after)
    room = max(width, 20) - (0 if columns_hold else 2)
    least = min(cell_len(before), room // 6)
    if cell_len(fragment) > room - least:
        fragment, after, more = clipped(fragment, room - least), "", True
    rest = room - cell_len(fragment)
    left = min(cell_len(before), max(rest // 2, rest - cell_len(after)))
    return Excerpt(
        clipped_left(before, left), fragment, clipped(after, rest - left), more=more, columns_hold=columns_hold
    )


def clipped(text: str, width: int) -> str:
    """Return the text cut to ``width`` columns, with an ellipsis where something was cut off at its end."""
    from rich.cells import cell_len, set_cell_size

    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1) + ELLIPSIS if width > 0 else ""


def clipped_left(text: str, width: int) -> str:
    """Return the end of the text in ``width`` columns, with an ellipsis where something was cut off at its start."""
    from rich.cells import cell_len

    if cell_len(text) <= width:
        return text
    start = bisect_left(range(len(text)), 1 - width, key=lambda position: -cell_len(text[position:]))
    return ELLIPSIS + text[start:] if width > 0 else ""
