"""Tables of pairs: one line a pair, columns separated by tabs, the source first unless a header says else.

Fields are taken as they stand, quotation marks included: the tables of translators and of evaluation campaigns do not
quote. A header is a first line that names both columns ("source" and "translation", or two language codes).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mtcheck.core.reading import ReadOptions
from mtcheck.readers.pair_records import FilePairs, Piece, RawPair
from mtcheck.text.language_tags import IDENTIFIED, primary

_LINE = re.compile(r"[^\r\n]+")
SOURCE_NAMES = frozenset({"source", "src", "original", "source_text", "source text", "sourcetext"})
TARGET_NAMES = frozenset(
    {"translation", "target", "tgt", "trg", "mt", "hypothesis", "hyp", "target_text", "target text", "text", "output"}
)


def table_pairs(source: str, options: ReadOptions) -> FilePairs:
    """Return the pairs of a table. Lines with fewer columns than needed are passed over."""
    first, second = 0, 1
    languages = ("", "")
    pairs: list[RawPair] = []
    for number, line in enumerate(_LINE.finditer(source)):
        cells = line[0].split("\t")
        if number == 0 and (header := _header(cells, options)) is not None:
            first, second, *named = header
            languages = (str(named[0]), str(named[1]))
            continue
        if len(cells) <= max(first, second):
            continue
        start = line.start() + sum(len(cell) + 1 for cell in cells[:second])
        target = (Piece(cells[second], start, start + len(cells[second])),) if cells[second] else ()
        pairs.append(RawPair(cells[first], target))
    return FilePairs(tuple(pairs), *languages)


def _header(cells: Sequence[str], options: ReadOptions) -> tuple[int, int, str, str] | None:
    """Return which columns hold source and translation, and in which languages, where the cells are a header."""
    names = [cell.strip().strip('"').lower() for cell in cells]
    sources = [place for place, name in enumerate(names) if name in SOURCE_NAMES]
    targets = [place for place, name in enumerate(names) if name in TARGET_NAMES]
    if sources and targets:
        return sources[0], targets[0], "", ""
    codes = [(place, primary(name)) for place, name in enumerate(names) if len(name) <= 7]
    known = [(place, code) for place, code in codes if code in IDENTIFIED]
    if len(known) < 2 or len(known) != len(names):
        return None
    wanted = options.source_language
    from_place = next((place for place, code in known if code == wanted), known[0][0])
    to_place = next((place for place, code in known if code == options.language and place != from_place), None)
    if to_place is None:
        to_place = next(place for place, _ in known if place != from_place)
    by_place = dict(known)
    return from_place, to_place, str(by_place[from_place]), str(by_place[to_place])
