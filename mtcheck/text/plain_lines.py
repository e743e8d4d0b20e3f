"""Lines and paragraphs of plain text: which lines are paragraphs in their own right and which hard wrapping has cut apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_LINE = re.compile(r"[^\r\n\f\v\u2028\u2029]+")
_LINE_BREAK = re.compile(r"\r\n|[\r\n\f\v\u2028\u2029]")
_BULLET = re.compile(r"(?:[•‣▪◦●○■□·⁃∙]\s*|[-*]\s+)(?=\S)")
CLOSERS = "\"'”’»›“‘)]}*_】」』）＂\u200e\u200f\u200b\xa0 "
TERMINALS = ".!?…。！？؟۔।॥․;:։።"
NO_SPACE_SCRIPT = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
WRAP_WIDTH = 100
"""Columns above which lines are not taken for hard-wrapped."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``[start, end)`` of the text without its bullet and the white space around it."""

    start: int
    end: int
    bullet: bool
    blank_before: bool

    def __len__(self) -> int:
        return self.end - self.start


def runs_of_paragraphs(text: str) -> Iterator[list[Sequence[Line]]]:
    """Yield the paragraphs of a text, each as its lines, those without an empty line between them together."""
    runs = _runs(text)
    width = max((wrapped for run in runs if (wrapped := _wrap_width(text, run))), default=0)
    for run in runs:
        yield list(_paragraphs(text, run, width))


def _runs(text: str) -> list[list[Line]]:
    """Return the lines that hold something, those without an empty line between them together."""
    runs: list[list[Line]] = []
    previous_end = 0
    for match in _LINE.finditer(text):
        content = match.group()
        stripped = content.strip()
        if not stripped:
            continue
        start = match.start() + len(content) - len(content.lstrip())
        end = start + len(stripped)
        bullet = _BULLET.match(text, start, min(end, start + 64))
        blank = not runs or sum(1 for _ in _LINE_BREAK.finditer(text, previous_end, start)) > 1
        line = Line(start if bullet is None else bullet.end(), end, bullet is not None, blank)
        if blank:
            runs.append([])
        runs[-1].append(line)
        previous_end = end
    return runs


def _wrap_width(text: str, run: Sequence[Line]) -> int:
    """Return the width at which the lines of a run are broken, or 0 where they are lines in their own right."""
    if len(run) < 3 or any(line.bullet for line in run[1:]):
        return 0
    width = max(len(line) for line in run)
    if not 30 <= width <= WRAP_WIDTH:
        return 0
    breaks = list(pairwise(run))
    full = sum(_fills(text, line, following, width) for line, following in breaks)
    unfinished = sum(not _ends_sentence(text, line) for line in run[:-1])
    # A list of titles fills its lines by chance; only in running text do lines begin inside a sentence. German nouns
    # start every third line with a capital; scripts without case always begin like that.
    inside = sum(not text[line.start].isupper() and text[line.start].isalpha() for line in run[1:])
    prose = full >= 0.8 * len(breaks) and unfinished >= 0.6 * len(breaks) and inside >= 0.3 * len(breaks)
    return width if prose else 0


def _fills(text: str, line: Line, following: Line, width: int) -> bool:
    """Tell whether the first word of the next line would not have fitted on this one; a few columns are forgiven."""
    beginning = text[following.start : min(following.end, following.start + WRAP_WIDTH)]
    word = 1 if NO_SPACE_SCRIPT.match(beginning) else len(beginning.split(maxsplit=1)[0])
    return len(line) + 1 + word > width - 4


def _ends_sentence(text: str, line: Line) -> bool:
    tail = text[max(line.start, line.end - 8) : line.end].rstrip(CLOSERS)
    return bool(tail) and tail[-1] in TERMINALS


def _paragraphs(text: str, run: Sequence[Line], width: int) -> Iterator[Sequence[Line]]:
    """Yield the lines of a run, those together that hard wrapping has cut apart."""
    wrapped = _wrap_width(text, run) or width
    start = 0
    for index in range(1, len(run) + 1):
        if index < len(run):
            line, following = run[index - 1], run[index]
            joined = not following.bullet and len(line) <= WRAP_WIDTH and _joins(text, line, following, wrapped)
            if joined:
                continue
        yield run[start:index]
        start = index


def _joins(text: str, line: Line, following: Line, width: int) -> bool:
    if width:
        return len(line) <= width and len(following) <= width and _fills(text, line, following, width)
    # A lone pair of lines: only a sentence that visibly goes on, in lower case, after a line of a usual width.
    return (
        len(line) >= 40
        and len(following) <= WRAP_WIDTH
        and not _ends_sentence(text, line)
        and text[following.start].islower()
    )
