"""XLIFF 1.2 and 2.x (OASIS) and TMX 1.4 (LISA): units with source and target among their markup.

Inline markup is no text: codes that stand in ``ph``, ``bpt``, ``ept`` and ``it`` are passed over, what ``g``, ``mrk`` and ``pc``
enclose is kept. Proposals (``alt-trans``, ``matches``) and notes belong to no unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mtcheck.core.reading import ReadOptions
from mtcheck.readers.pair_records import FilePairs, Piece, RawPair
from mtcheck.readers.xml_tokens import TokenKind, XmlToken, xml_tokens
from mtcheck.text.language_tags import primary

# What native code of the original file stands in; text for translators is elsewhere.
_CODE = frozenset({"ph", "bpt", "ept", "it", "ut"})
_PASSED_OVER = frozenset({"alt-trans", "matches", "note", "notes", "prop", "originalData", "seg-source", "metadata"})
_UNITS = frozenset({"trans-unit", "segment", "tu"})


@dataclass(slots=True)
class _Text:
    """The text of one side of a unit while it is read."""

    language: str = ""
    pieces: list[Piece] = field(default_factory=list)

    def plain(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(slots=True)
class _Unit:
    """One unit while it is read. ``sides`` are its texts by what they are called."""

    source: _Text | None = None
    target: _Text | None = None
    variants: list[_Text] = field(default_factory=list)


@dataclass(slots=True)
class _Reading:
    """What is known while a file is read from top to bottom."""

    source_language: str = ""
    target_language: str = ""
    units: list[_Unit] = field(default_factory=list)
    unit: _Unit | None = None
    text: _Text | None = None
    variant_language: str = ""
    passed_over: str = ""
    depth: int = 0


def xml_pairs(source: str, options: ReadOptions) -> FilePairs:
    """Return the pairs of an XLIFF or TMX file."""
    reading = _Reading()
    for token in xml_tokens(source):
        _take(reading, token)
    if any(unit.variants for unit in reading.units):
        return _from_variants(reading, options)
    pairs = tuple(
        RawPair(unit.source.plain(), tuple(unit.target.pieces) if unit.target is not None else ())
        for unit in reading.units
        if unit.source is not None
    )
    return FilePairs(pairs, reading.source_language, reading.target_language)


def _take(reading: _Reading, token: XmlToken) -> None:
    """Let one token take effect."""
    if token.kind is TokenKind.TEXT:
        if reading.text is not None and not reading.passed_over:
            reading.text.pieces.append(Piece(token.text, token.start, token.end))
        return
    if reading.passed_over:
        if token.name == reading.passed_over and not token.empty:
            reading.depth += 1 if token.kind is TokenKind.OPEN else -1
            if reading.depth == 0:
                reading.passed_over = ""
        return
    if token.kind is TokenKind.CLOSE:
        if token.name in _UNITS:
            reading.unit = None
        if token.name in {"source", "target", "seg"}:
            reading.text = None
        return
    if token.name in _PASSED_OVER or (reading.text is not None and token.name in _CODE):
        if not token.empty:
            reading.passed_over, reading.depth = token.name, 1
        return
    _open(reading, token)


def _open(reading: _Reading, token: XmlToken) -> None:
    """Let an opening tag take effect."""
    if token.name in {"xliff", "file", "header"}:
        source = token.attribute("srcLang", "source-language", "srclang")
        target = token.attribute("trgLang", "target-language")
        reading.source_language = reading.source_language or ("" if source == "*all*" else source)
        reading.target_language = reading.target_language or target
    elif token.name in _UNITS:
        reading.unit = _Unit()
        reading.units.append(reading.unit)
    elif token.name == "tuv":
        reading.variant_language = token.attribute("xml:lang", "lang")
    elif reading.unit is not None and reading.text is None and not token.empty:
        text = _Text(token.attribute("xml:lang"))
        if token.name == "source":
            reading.unit.source = reading.text = text
        elif token.name == "target":
            reading.unit.target = reading.text = text
        elif token.name == "seg":
            text.language = reading.variant_language
            reading.unit.variants.append(text)
            reading.text = text


def _from_variants(reading: _Reading, options: ReadOptions) -> FilePairs:
    """Return the pairs of a translation memory, whose units hold one text a language."""
    first = next((text.language for unit in reading.units for text in unit.variants if text.language), "")
    source_language = primary(options.source_language or reading.source_language or first) or ""
    wanted = primary(options.language or "")
    target_language = next(
        (
            text.language
            for unit in reading.units
            for text in unit.variants
            if primary(text.language) not in (source_language, None)
            and (wanted is None or primary(text.language) == wanted)
        ),
        "",
    )
    pairs = [
        RawPair(source.plain(), tuple(target.pieces) if target is not None else ())
        for unit in reading.units
        if (source := _in(unit.variants, source_language)) is not None
        for target in (_in(unit.variants, primary(target_language) or ""),)
    ]
    # The order of the text is that of the file; a unit whose target stands before its source changes nothing in that.
    return FilePairs(tuple(pairs), source_language, target_language)


def _in(variants: Sequence[_Text], language: str) -> _Text | None:
    return next((text for text in variants if primary(text.language) == language), None)
