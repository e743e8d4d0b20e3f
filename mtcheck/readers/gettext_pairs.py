r"""Gettext PO files: ``msgid`` and ``msgstr``, after the manual of GNU gettext.

A string may go on over several quoted lines; ``\n``, ``\t``, ``\"``, ``\\`` and octal or hexadecimal escapes stand for one
character each. The entry with the empty ``msgid`` is the header. Entries marked ``fuzzy`` and obsolete ones (``#~``) are not
in use and left out; of plural forms, the first goes with ``msgid`` and the others with ``msgid_plural``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from mtcheck.core.reading import ReadOptions
from mtcheck.readers.pair_records import FilePairs, Piece, RawPair

_LINE = re.compile(r"[^\r\n]*")
_KEYWORD = re.compile(r"\s*(msgctxt|msgid_plural|msgid|msgstr)(\[\d{1,3}\])?\s*(?=\")")
_QUOTED = re.compile(r'\s*"((?:[^"\\]|\\.)*)"?')
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{1,2})|([0-7]{1,3})|(.))", re.DOTALL)
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_HEADER_LANGUAGE = re.compile(r"^Language:[ \t]*([A-Za-z_\-]{2,12})", re.MULTILINE)
_HEADER_SOURCE = re.compile(r"^X-Source-Language:[ \t]*([A-Za-z_\-]{2,12})", re.MULTILINE)


@dataclass(slots=True)
class _Entry:
    """One entry while it is read: its strings in pieces, by keyword."""

    strings: dict[str, list[Piece]] = field(default_factory=dict)
    fuzzy: bool = False

    def text(self, keyword: str) -> str:
        return "".join(piece.text for piece in self.strings.get(keyword, ()))


def gettext_pairs(source: str, options: ReadOptions) -> FilePairs:
    """Return the pairs of a PO file."""
    pairs: list[RawPair] = []
    languages = [options.source_language or "", ""]
    for entry in _entries(source):
        if not entry.text("msgid"):
            header = entry.text("msgstr")
            for place, pattern in enumerate((_HEADER_SOURCE, _HEADER_LANGUAGE)):
                found = pattern.search(header)
                if found is not None:
                    languages[place] = found[1].replace("_", "-")
            continue
        if entry.fuzzy:
            continue
        for keyword, pieces in entry.strings.items():
            if keyword.startswith("msgstr"):
                plural = keyword not in ("msgstr", "msgstr[0]") and "msgid_plural" in entry.strings
                pairs.append(RawPair(entry.text("msgid_plural" if plural else "msgid"), tuple(pieces)))
    return FilePairs(tuple(pairs), *languages)


def _entries(source: str) -> Iterator[_Entry]:
    """Yield the entries in use, in order."""
    entry = _Entry()
    current: list[Piece] | None = None
    for line in _LINE.finditer(source):
        text = line[0]
        if text.lstrip().startswith("#"):
            if any(keyword.startswith("msgstr") for keyword in entry.strings):
                yield entry
                entry, current = _Entry(), None
            if text.lstrip().startswith("#,") and "fuzzy" in text:
                entry.fuzzy = True
            continue
        keyword = _KEYWORD.match(source, line.start(), line.end())
        start = line.start()
        if keyword is not None:
            name = keyword[1] + (keyword[2] or "")
            begins = name in ("msgctxt", "msgid") and any(known.startswith("msgstr") for known in entry.strings)
            if begins:
                yield entry
                entry = _Entry()
            current = entry.strings.setdefault(name, [])
            start = keyword.end()
        quoted = _QUOTED.match(source, start, line.end())
        if quoted is not None and current is not None:
            current.extend(_pieces(source, quoted.start(1), quoted.end(1)))
    if entry.strings:
        yield entry


def _pieces(source: str, start: int, end: int) -> Iterator[Piece]:
    """Yield the pieces of a quoted string, each escape for itself."""
    position = start
    for match in _ESCAPE.finditer(source, start, end):
        if match.start() > position:
            yield Piece(source[position : match.start()], position, match.start())
        yield Piece(_character(match), match.start(), match.end())
        position = match.end()
    if end > position:
        yield Piece(source[position:end], position, end)


def _character(match: re.Match[str]) -> str:
    if match[1]:
        return chr(int(match[1], 16))
    return chr(int(match[2], 8)) if match[2] else _SIMPLE.get(match[3], match[3])
