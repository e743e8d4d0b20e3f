"""Which blocks of a page are what the page says: trafilatura chooses, and its choice is found again on the stream.

trafilatura gives text without places. Its passages are aligned onto the blocks of the stream by their letters, in order:
long passages that begin like exactly one block are anchors, the longest ascending chain of anchors holds, and what lies
between two anchors is looked for only there. Nothing that the page shows is lost by this: it only decides roles.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from mtcheck.readers.html_stream import Stream, StreamBlock

MOST_CHARACTERS = 2_000_000
"""Length of a page above which trafilatura is not asked: its time is not bounded by the length alone."""
MOST_DEPTH = 200
"""Nesting above which it is not asked: lxml and trafilatura descend by recursion."""
MOST_BLOCKS = 20_000

_ANCHOR = 24
"""Letters of a beginning that tell one block from another."""

_SAMPLE = 10_000
_SHORT_TRIES = 50
"""Matches of a short passage that are looked at before it is given up."""

_NOT_LETTERS = re.compile(r"[\W_]+")


class Method(StrEnum):
    """Who chose the main text."""

    TRAFILATURA = "trafilatura"
    STRUCTURE = "structure of the page"


@dataclass(frozen=True, slots=True)
class Alignment:
    """How the main text was found.

    ``passages`` is how many paragraphs trafilatura gave, ``unaligned`` how many of them were not found on the page as read
    here; ``blocks`` and ``main_blocks`` count the blocks of the page and those of its main text.
    """

    method: Method
    passages: int
    unaligned: int
    blocks: int
    main_blocks: int


@dataclass(frozen=True, slots=True)
class MainText:
    """For each block of a stream, whether it is main text, and whether it is a reader's comment."""

    main: tuple[bool, ...]
    comment: tuple[bool, ...]
    alignment: Alignment


def main_text(source: str, stream: Stream) -> MainText:
    """Choose the main text of a page. Never fails: without trafilatura's help the page's own structure decides."""
    asked = len(source) <= MOST_CHARACTERS and stream.depth <= MOST_DEPTH and len(stream.blocks) <= MOST_BLOCKS
    # The structure needs the letters only to weigh the blocks by, so that a sample of each will do.
    longest = len(source) if asked else _SAMPLE
    keys = [
        letters_of(stream.text[block.span.start : min(block.span.end, block.span.start + longest)])
        for block in stream.blocks
    ]
    extracted = _extract(source) if asked else None
    if extracted is not None:
        line = _Line(keys)
        found = line.align(_passages(extracted.text))
        main = _fill(stream.blocks, line.covered(found.places))
        if any(main):
            comments = line.covered(line.align(_passages(extracted.comments)).places)
            comment = tuple(said and not told for said, told in zip(comments, main, strict=True))
            alignment = Alignment(Method.TRAFILATURA, found.passages, found.missing, len(keys), sum(main))
            return MainText(tuple(main), comment, alignment)
    main = _by_structure(stream.blocks, keys)
    alignment = Alignment(Method.STRUCTURE, 0, 0, len(keys), sum(main))
    return MainText(tuple(main), (False,) * len(keys), alignment)


def letters_of(text: str) -> str:
    """Return the letters and digits of a text, case and composition made alike: what two renderings of it share."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return _NOT_LETTERS.sub("", text.casefold())


# --- trafilatura


@dataclass(frozen=True, slots=True)
class _Extracted:
    text: str
    comments: str


def _extract(source: str) -> _Extracted | None:
    """Return what trafilatura takes for the main text and the comments, or ``None`` where it finds none or fails."""
    import trafilatura

    # Its complaints about a page concern nobody who checks the page; without a handler they would reach stderr.
    for name in ("trafilatura", "htmldate", "justext", "courlan"):
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
    try:
        found = trafilatura.bare_extraction(source, fast=True, include_comments=True, include_tables=True)
    except Exception:  # whatever a page does to a library that was not made to be hostile-proof, the scan goes on
        logging.getLogger(__name__).debug("trafilatura failed on a page", exc_info=True)
        return None
    if found is None or isinstance(found, dict) or not found.text:
        return None
    return _Extracted(str(found.text), str(found.comments or ""))


def _passages(text: str) -> list[str]:
    return [letters for line in text.split("\n") if (letters := letters_of(line))]


# --- Alignment


@dataclass(frozen=True, slots=True)
class _Aligned:
    """Where passages stand on the line: half-open ranges of letters, ascending; how many there were, how many not found."""

    places: list[tuple[int, int]]
    passages: int
    missing: int


class _Line:
    """The letters of all blocks in one line."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.text = "".join(keys)
        self.starts = [0]
        for key in keys:
            self.starts.append(self.starts[-1] + len(key))
        self.lengths = [len(key) for key in keys]
        self.beginnings: dict[str, list[int]] = {}
        for start, key in zip(self.starts, keys, strict=False):
            if len(key) >= _ANCHOR:
                self.beginnings.setdefault(key[:_ANCHOR], []).append(start)
        self.borders = frozenset(self.starts)

    def align(self, passages: Sequence[str]) -> _Aligned:
        """Find the passages in order. A passage that is not found, or only out of order, is missing."""
        anchors = self._anchors(passages)
        # Looking in vain is paid for by the length of the gap; this bounds what a page can make it cost.
        budget = 20 * len(self.text) + 1_000_000
        places: list[tuple[int, int]] = []
        cursor = 0
        missing = 0
        placed: set[str] = set()
        following = iter([*sorted(anchors.items()), (len(passages), len(self.text))])
        next_index, limit = next(following)
        for index, passage in enumerate(passages):
            if index == next_index:
                places.append((limit, limit + len(passage)))
                placed.add(passage)
                cursor = limit + len(passage)
                next_index, limit = next(following)
                continue
            if self.text.startswith(passage, cursor) and cursor + len(passage) <= limit:
                place: tuple[int, int] | None = (cursor, cursor + len(passage))
            else:
                budget -= limit - cursor
                place = self._find(passage, cursor, limit) if budget > 0 else None
            if place is None:
                # trafilatura gives some passages twice (a quotation and the paragraph around it).
                missing += passage not in placed
            else:
                placed.add(passage)
                places.append(place)
                cursor = place[1]
        return _Aligned(places, len(passages), missing)

    def _anchors(self, passages: Sequence[str]) -> dict[int, int]:
        """Return the starts of the passages that begin like exactly one block, as far as they ascend."""
        indexes: list[int] = []
        starts: list[int] = []
        for index, passage in enumerate(passages):
            if len(passage) < _ANCHOR:
                continue
            candidates = self.beginnings.get(passage[:_ANCHOR], ())
            if len(candidates) == 1 and self.text.startswith(passage, candidates[0]):
                indexes.append(index)
                starts.append(candidates[0])
        chain = _longest_ascending(starts)
        anchors: dict[int, int] = {}
        cursor = 0
        for position in chain:
            start = starts[position]
            if start >= cursor:
                anchors[indexes[position]] = start
                cursor = start + len(passages[indexes[position]])
        return anchors

    def _find(self, passage: str, start: int, end: int) -> tuple[int, int] | None:
        """Find a passage within ``[start, end)``: whole, or at least by its beginning and its end."""
        if len(passage) < _ANCHOR:
            # A short one is the next line of the block in progress, or (a subheading, an entry of a list) a block of its
            # own; anything else would match anywhere.
            block_end = min(self.starts[bisect_right(self.starts, start) % len(self.starts)], end)
            found = self.text.find(passage, start, block_end)
            if found >= 0 and start not in self.borders:
                return found, found + len(passage)
            found = self.text.find(passage, start, end)
            for _ in range(_SHORT_TRIES):
                if found < 0 or (found in self.borders and found + len(passage) in self.borders):
                    break
                found = self.text.find(passage, found + 1, end)
            else:
                return None
            return (found, found + len(passage)) if found >= 0 else None
        found = self.text.find(passage, start, end)
        if found >= 0:
            return found, found + len(passage)
        head = self.text.find(passage[:_ANCHOR], start, end)
        if head < 0:
            return None
        reach = min(end, head + 2 * len(passage) + 200)
        tail = self.text.find(passage[-_ANCHOR:], head + _ANCHOR, reach)
        return (head, tail + _ANCHOR) if tail >= 0 else None

    def covered(self, places: Sequence[tuple[int, int]]) -> list[bool]:
        """Return for each block whether at least half of its letters lie in the places."""
        letters = [0] * len(self.lengths)
        for start, end in places:
            block = bisect_right(self.starts, start) - 1
            while block < len(letters) and self.starts[block] < end:
                letters[block] += min(end, self.starts[block + 1]) - max(start, self.starts[block])
                block += 1
        return [length > 0 and 2 * covered >= length for covered, length in zip(letters, self.lengths, strict=True)]


def _longest_ascending(values: Sequence[int]) -> list[int]:
    """Return the indexes of a longest strictly ascending subsequence (patience sorting)."""
    tails: list[int] = []
    tail_indexes: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        place = bisect_left(tails, value)
        before.append(tail_indexes[place - 1] if place else -1)
        if place == len(tails):
            tails.append(value)
            tail_indexes.append(index)
        else:
            tails[place] = value
            tail_indexes[place] = index
    chain: list[int] = []
    index = tail_indexes[-1] if tail_indexes else -1
    while index >= 0:
        chain.append(index)
        index = before[index]
    return chain[::-1]


# --- The page's own structure

_SENTENCE_LENGTH = 40
"""Characters that make a paragraph more than a label."""
_RUNNING = frozenset({"p", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "dd", "dt", "pre", "figcaption"})


def _fill(blocks: Sequence[StreamBlock], main: list[bool]) -> list[bool]:
    """Add what trafilatura passed over between two blocks that it took, side by side with one, or just after the last."""
    if not any(main):
        return main
    first = main.index(True)
    last = len(main) - 1 - main[::-1].index(True)
    containers = {
        block.container for block, chosen in zip(blocks, main, strict=True) if chosen and block.element == "p"
    }
    filled = [
        chosen
        or (
            first < index < last
            and block.element in _RUNNING
            and block.container in containers
            and block.hints.region is None
            and block.link_share < 0.5
        )
        for index, (block, chosen) in enumerate(zip(blocks, main, strict=True))
    ]
    # It also stops short of the last paragraphs now and then: those that go on at once in the same manner belong to it.
    ending = blocks[last]
    for index in range(last + 1, len(blocks)):
        block = blocks[index]
        alike = block.element == ending.element == "p" and block.hints == ending.hints and block.hints.region is None
        if not alike or block.link_share >= 0.3 or len(block.span) < _SENTENCE_LENGTH:
            break
        filled[index] = True
    return filled


def _by_structure(blocks: Sequence[StreamBlock], keys: Sequence[str]) -> list[bool]:
    """Choose main text by ``main`` and ``article``, else by where the long unlinked paragraphs stand."""
    free = [block.hints.region is None and block.link_share < 0.5 for block in blocks]
    central = [block.hints.central and plain for block, plain in zip(blocks, free, strict=True)]
    letters = sum(len(key) for key, plain in zip(keys, free, strict=True) if plain)
    if 2 * sum(len(key) for key, chosen in zip(keys, central, strict=True) if chosen) >= letters > 0:
        return central
    weights: Counter[int] = Counter()
    for block, key, plain in zip(blocks, keys, free, strict=True):
        if plain and len(key) >= 60:
            weights[block.container] += len(key)
    heaviest = max(weights.values(), default=0)
    containers = {container for container, weight in weights.items() if 5 * weight >= heaviest}
    chosen = [
        plain and block.container in containers and bool(key)
        for block, key, plain in zip(blocks, keys, free, strict=True)
    ]
    # A page with nothing long on it (a fragment, a snippet) is main text wherever it is not marked as furniture.
    return chosen if any(chosen) else [plain and bool(key) for key, plain in zip(keys, free, strict=True)]
