"""Long texts in windows: every token scored once, those after the first window with half a window of context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """What a runtime scores at once.

    ``read`` are the token numbers it reads, the begin token first; ``asked`` are those whose probability is wanted, the last
    of them after the last token read, the one before it after the last but one, and so on: ``len(asked) <= len(read)``.
    """

    read: tuple[int, ...]
    asked: tuple[int, ...]


def windows_of(numbers: Sequence[int], begin: int, longest: int) -> Iterator[Window]:
    """Yield the windows of a text's token numbers, in order; a window reads at most ``longest`` tokens.

    Together their ``asked`` are ``numbers``. Every window begins with the begin token, as every passage of training does.
    Raises ``ValueError`` where a window could not hold two tokens.
    """
    if longest < 2:
        raise ValueError(f"a window of {longest} tokens is no window")
    end = min(longest, len(numbers))
    if numbers:
        # The last token asked for need not be read.
        yield Window((begin, *numbers[: end - 1]), tuple(numbers[:end]))
    while end < len(numbers):
        start = end
        end = min(start + longest - longest // 2, len(numbers))
        first = end - longest
        yield Window((begin, *numbers[first : end - 1]), tuple(numbers[start:end]))
