"""From a document's text back to the original file, exactly.

Two coordinate systems meet here. *Text* offsets count code points of ``Document.text``. *Source* offsets count code
points of the original file as decoded (``bytes.decode(document.encoding)``). Readers build the map; nobody searches for
a text again to find its place.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from mtcheck.core.spans import Span

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a span stands in the original file as decoded.

    ``line`` and ``column`` count from 1, in code points; ``end_line`` and ``end_column`` name the position just after
    the last character; ``start`` and ``end`` are half-open code-point offsets.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    start: int
    end: int


class LineIndex:
    """The starts of the lines of a file, or of a part of it.

    A line ends with LF, CRLF or a lone CR, as in common editors.
    """

    __slots__ = ("_first_line", "_starts")

    def __init__(self, starts: Iterable[int], first_line: int = 1) -> None:
        """Take ascending source offsets of line starts; the first of them starts line ``first_line``.

        Raises ``ValueError`` for no start at all.
        """
        self._starts = array("q", starts)
        if not self._starts:
            raise ValueError("a line index needs at least one line start")
        self._first_line = first_line

    @classmethod
    def of(cls, source: str, offset: int = 0, first_line: int = 1) -> LineIndex:
        """Index the lines of ``source``, whose first character has the source offset ``offset``."""
        starts = array("q", [offset])
        starts.extend(match.end() + offset for match in _LINE_END.finditer(source))
        return cls(starts, first_line)

    def state(self) -> bytes:
        """Return all that is known of the lines as bytes."""
        return self._first_line.to_bytes(8, "big") + self._starts.tobytes()

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and column, from 1, of the source offset ``offset``."""
        index = max(bisect_right(self._starts, offset) - 1, 0)
        return self._first_line + index, offset - self._starts[index] + 1


class OffsetMap:
    """A monotone map from text to source, made of runs that tile both sides.

    Run ``i`` covers text ``[text_starts[i], text_starts[i + 1])`` and source ``[source_starts[i], source_starts[i + 1])``.
    Where both lengths are equal, characters correspond one to one. Otherwise the run is one unit: an entity or an escape
    (``&amp;`` to ``&``), markup (no text) or a separator that the reader put in (no source). The source side may start
    above 0: a record in a feed is a part of its file.
    """

    __slots__ = ("_source_starts", "_text_starts", "lines")

    def __init__(self, text_starts: Iterable[int], source_starts: Iterable[int], lines: LineIndex) -> None:
        """Take the run boundaries of both sides, the end included: ``n + 1`` numbers each for ``n`` runs.

        Raises ``ValueError`` where the runs do not tile: unequal counts, descending numbers, or text not from 0.
        """
        self._text_starts = array("q", text_starts)
        self._source_starts = array("q", source_starts)
        self.lines = lines
        if len(self._text_starts) != len(self._source_starts) or not self._text_starts:
            raise ValueError("text and source need the same number of run boundaries, at least one")
        if self._text_starts[0] != 0 or self._source_starts[0] < 0:
            raise ValueError("runs start at text offset 0 and at a source offset of 0 or more")
        for starts in (self._text_starts, self._source_starts):
            if any(left > right for left, right in pairwise(starts)):
                raise ValueError("run boundaries must not descend")

    @classmethod
    def identity(cls, source: str) -> OffsetMap:
        """Map a text that is its source, character by character."""
        return cls((0, len(source)), (0, len(source)), LineIndex.of(source))

    @property
    def text_length(self) -> int:
        """Length of the text side in code points."""
        return self._text_starts[-1]

    def source_span(self, span: Span) -> Span:
        """Return the smallest source span that holds every character of the text span.

        An empty span maps to an empty one. Raises ``ValueError`` for a span past the end of the text.
        """
        if span.end > self.text_length:
            raise ValueError(f"span {span} ends after the text ({self.text_length})")
        start = self._source_of(span.start, after=False)
        if len(span) == 0:
            return Span(start, start)
        return Span(start, self._source_of(span.end - 1, after=True))

    def place(self, span: Span) -> Place:
        """Return the place of the text span in the original file."""
        source = self.source_span(span)
        line, column = self.lines.position(source.start)
        end_line, end_column = self.lines.position(source.end)
        return Place(line, column, end_line, end_column, source.start, source.end)

    def compose(self, outer: OffsetMap) -> OffsetMap:
        """Chain two maps: this one leads into the text of ``outer``, which leads into the file.

        Raises ``ValueError`` where this map's source side is longer than the text of ``outer``.
        """
        text_starts, source_starts = array("q"), array("q")
        for index in range(len(self._text_starts) - 1):
            text_start, text_end = self._text_starts[index], self._text_starts[index + 1]
            middle_start, middle_end = self._source_starts[index], self._source_starts[index + 1]
            text_starts.append(text_start)
            source_starts.append(outer._boundary(middle_start))
            if text_end - text_start != middle_end - middle_start:
                continue
            # Inside a one-to-one run, every boundary of the outer map starts a run of the composed map.
            cut = bisect_right(outer._text_starts, middle_start)
            while cut < len(outer._text_starts) and outer._text_starts[cut] < middle_end:
                text_starts.append(text_start + outer._text_starts[cut] - middle_start)
                source_starts.append(outer._source_starts[cut])
                cut += 1
        text_starts.append(self._text_starts[-1])
        source_starts.append(outer._boundary(self._source_starts[-1]))
        return OffsetMap(text_starts, source_starts, outer.lines)

    def digest(self) -> bytes:
        """Return 32 bytes that are the same for maps that give the same places, on machines of one byte order."""
        whole = hashlib.sha256()
        for part in (self._text_starts.tobytes(), self._source_starts.tobytes(), self.lines.state()):
            whole.update(len(part).to_bytes(8, "big"))
            whole.update(part)
        return whole.digest()

    def _run_at(self, offset: int) -> int:
        """Return the run of the character at a text offset (the last run for the end of the text)."""
        return min(bisect_right(self._text_starts, offset) - 1, max(len(self._text_starts) - 2, 0))

    def _source_of(self, offset: int, *, after: bool) -> int:
        """Return where the character at a text offset starts in the source, or where it ends."""
        if len(self._text_starts) == 1:
            return self._source_starts[0]
        run = self._run_at(offset)
        text_start, text_end = self._text_starts[run], self._text_starts[run + 1]
        source_start, source_end = self._source_starts[run], self._source_starts[run + 1]
        if text_end - text_start == source_end - source_start:
            return source_start + offset - text_start + (1 if after else 0)
        if offset >= text_end:
            return source_end
        return source_end if after else source_start

    def _boundary(self, offset: int) -> int:
        """Return the source offset of the border before a text offset, past any run without text."""
        if offset > self.text_length:
            raise ValueError(f"offset {offset} lies after the text ({self.text_length})")
        return self._source_of(offset, after=False)
