"""A checkpoint's own tokenizer, with the place of every piece in the text: SentencePiece, or a ``tokenizer.json``.

The library transformers is not needed here, which would take longer to load than a small model takes for a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from mtcheck.core.errors import ModelUnavailable

# Texts are cut at spaces into parts of at most so many characters, so that what a tokenizer needs for one stays small. No
# piece of the usual tokenizers reaches across a space.
PART_CHARACTERS = 8_192
TOKENIZER_FILE = "tokenizer.json"
# A model's own SentencePiece file has one of these names in the public model families.
SENTENCEPIECE_FILES = ("tokenizer.model", "sentencepiece.model", "spiece.model", "source.spm")


@dataclass(frozen=True, slots=True)
class Piece:
    """A token of a text: its number in the vocabulary, and the characters it stands for, half-open.

    Several pieces may stand for one character (its bytes), and a piece may stand for none.
    """

    number: int
    start: int
    end: int


class Tokenizer(Protocol):
    """Cuts a short text into pieces, in order."""

    def pieces(self, text: str) -> Iterator[Piece]:
        """Yield the pieces."""
        ...


def open_tokenizer(folder: Path) -> Tokenizer:
    """Return the tokenizer of a checkpoint's folder. Raises ``ModelUnavailable`` where there is none that can be read."""
    for name in SENTENCEPIECE_FILES:
        if (folder / name).is_file():
            return SentencePieces(folder / name)
    if (folder / TOKENIZER_FILE).is_file():
        return JsonTokenizer(folder / TOKENIZER_FILE)
    raise ModelUnavailable(
        f"the model folder {folder} has no tokenizer: neither {TOKENIZER_FILE} nor {', '.join(SENTENCEPIECE_FILES)}"
    )


def pieces_of(tokenizer: Tokenizer, text: str) -> list[Piece]:
    """Return the pieces of a text of any length."""
    found: list[Piece] = []
    for start, end in _parts(text):
        found.extend(
            Piece(piece.number, start + piece.start, start + piece.end) for piece in tokenizer.pieces(text[start:end])
        )
    return found


def _parts(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while len(text) - start > PART_CHARACTERS:
        cut = text.rfind(" ", start + 1, start + PART_CHARACTERS)
        end = cut if cut > start else start + PART_CHARACTERS
        yield start, end
        start = end
    if start < len(text):
        yield start, len(text)


class SentencePieces:
    """SentencePiece, whose numbers are those of the model."""

    def __init__(self, path: Path) -> None:
        """Load the file. Raises ``ModelUnavailable`` where it is none."""
        import sentencepiece

        try:
            self._processor: Any = sentencepiece.SentencePieceProcessor(model_file=str(path))
        except (RuntimeError, OSError, TypeError) as error:
            raise ModelUnavailable(f"the tokenizer {path} cannot be loaded: {error}") from error

    def pieces(self, text: str) -> Iterator[Piece]:
        """Yield the pieces; a space at the start of the text is the mark that every text gets anyway."""
        lead = 1 if text.startswith(" ") else 0
        found = self._processor.encode(text[lead:], return_type="offset_mapping")
        for number, (start, end) in zip(found["ids"], found["offsets"], strict=True):
            yield Piece(number, lead + start, lead + end)


class JsonTokenizer:
    """A tokenizer as the library of that name writes it (GPT-2 and most others)."""

    def __init__(self, path: Path) -> None:
        """Load the file. Raises ``ModelUnavailable`` where it is none."""
        import tokenizers

        try:
            self._tokenizer: Any = tokenizers.Tokenizer.from_file(str(path))
        except Exception as error:  # the library raises plain exceptions
            raise ModelUnavailable(f"the tokenizer {path} cannot be loaded: {error}") from error
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def pieces(self, text: str) -> Iterator[Piece]:
        """Yield the pieces without special ones at the ends."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        for number, (start, end) in zip(encoding.ids, encoding.offsets, strict=True):
            yield Piece(number, start, end)
