"""What the readers of files of pairs hand over."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a translation, and the range of the file that it stands for (one to one, or one escape)."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RawPair:
    """One unit: the source as text, the translation in pieces that ascend in the file."""

    source: str
    target: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class FilePairs:
    """The units of a file in the order of their translations, and the languages it declares (empty where it does not)."""

    pairs: tuple[RawPair, ...]
    source_language: str = ""
    target_language: str = ""
