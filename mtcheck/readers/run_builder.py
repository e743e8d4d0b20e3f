"""Building a text and its offset map piece by piece."""

from __future__ import annotations

from dataclasses import dataclass, field

from mtcheck.core.offsets import LineIndex, OffsetMap


@dataclass(slots=True)
class RunBuilder:
    """Collects pieces of text, each with the range of the source that it stands for; what lies between is markup."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    source_end: int = 0
    text_starts: list[int] = field(default_factory=lambda: [0])
    source_starts: list[int] = field(default_factory=lambda: [0])

    def add(self, text: str, start: int, end: int) -> None:
        """Append a piece for source ``[start, end)``: characters one to one if the lengths agree, else one unit."""
        if start != self.source_end:
            self._border(self.source_end)
        self._border(start)
        self.pieces.append(text)
        self.length += len(text)
        self.source_end = end
        self._border(end)

    def separate(self, separator: str, end: int) -> None:
        """Append a separator that stands for all the source up to ``end``, where the next piece begins."""
        self._border(self.source_end)
        self.pieces.append(separator)
        self.length += len(separator)
        self.source_end = end
        self._border(end)

    def text(self) -> str:
        """Return the text collected so far."""
        return "".join(self.pieces)

    def offsets(self, source_length: int, lines: LineIndex) -> OffsetMap:
        """Return the map of the text into a source of this length."""
        self._border(self.source_end)
        self._border(source_length)
        return OffsetMap(self.text_starts, self.source_starts, lines)

    def _border(self, source: int) -> None:
        if self.text_starts[-1] != self.length or self.source_starts[-1] != source:
            self.text_starts.append(self.length)
            self.source_starts.append(source)
