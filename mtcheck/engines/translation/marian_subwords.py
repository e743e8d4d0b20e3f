"""Marian's tokenizer without the library transformers, whose import alone takes longer than a small model for a page."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from mtcheck.core.errors import ModelUnavailable
from mtcheck.engines.translation.checkpoint import Checkpoint, Family
from mtcheck.engines.translation.subwords import LANGUAGE_MARK, Subwords

SOURCE_PIECES, TARGET_PIECES, VOCABULARY, TARGET_VOCABULARY = (
    "source.spm",
    "target.spm",
    "vocab.json",
    "target_vocab.json",
)
END, UNKNOWN, PADDING = "</s>", "<unk>", "<pad>"


def open_subwords(checkpoint: Checkpoint) -> Subwords:
    """Return the tokenizer of a checkpoint, the quick way where there is one. Raises ``ModelUnavailable`` where it cannot be loaded."""
    here = [(checkpoint.folder / name).is_file() for name in (SOURCE_PIECES, TARGET_PIECES, VOCABULARY)]
    if checkpoint.family is Family.MARIAN and all(here) and not (checkpoint.folder / TARGET_VOCABULARY).is_file():
        return MarianSubwords(checkpoint)
    return Subwords(checkpoint)


class MarianSubwords(Subwords):
    """The tokenizer of a Marian checkpoint with one vocabulary for both sides: SentencePiece, and numbers from ``vocab.json``.

    In the text itself nothing is a token of the model's own: what reads ``</s>`` or ``>>de<<`` there is text.
    """

    def __init__(self, checkpoint: Checkpoint) -> None:
        """Load the files. Raises ``ModelUnavailable`` where one cannot be read."""
        self._checkpoint = checkpoint
        self._source = _pieces(checkpoint.folder / SOURCE_PIECES)
        self._target = _pieces(checkpoint.folder / TARGET_PIECES)
        self._numbers = _vocabulary(checkpoint.folder / VOCABULARY)
        self._tokens = {number: token for token, number in self._numbers.items()}

    @cached_property
    def special(self) -> frozenset[str]:
        """The tokens that stand for nothing in a text: ends, and marks of languages."""
        return frozenset({END, UNKNOWN, PADDING} | {token for token in self._numbers if LANGUAGE_MARK.fullmatch(token)})

    @property
    def end(self) -> int:
        """The number of the token that ends a sentence."""
        return self._numbers[END]

    def encode(self, texts: Sequence[str], source_language: str, target_language: str) -> list[list[int]]:
        """Return the token numbers of each text, the mark of the target language first where the model wants one."""
        mark = self._checkpoint.codes(source_language, target_language).target
        first = [mark] if mark else []
        return [self.numbers([*first, *self._source.encode(text, out_type=str), END]) for text in texts]

    def encode_target(self, texts: Sequence[str], source_language: str, target_language: str) -> list[list[int]]:
        """Return the token numbers of translations, without special tokens at their ends."""
        del source_language, target_language
        return [self.numbers(self._target.encode(text, out_type=str)) for text in texts]

    def decode(self, numbers: Sequence[int]) -> str:
        """Return the text of a translation, without special tokens."""
        left_out = {END, UNKNOWN, PADDING}
        text: str = self._target.decode([token for token in self.tokens(numbers) if token not in left_out])
        return " ".join(text.replace("▁", " ").split())

    def tokens(self, numbers: Sequence[int]) -> list[str]:
        """Return the tokens for numbers."""
        return [self._tokens.get(number, UNKNOWN) for number in numbers]

    def numbers(self, tokens: Sequence[str]) -> list[int]:
        """Return the numbers for tokens."""
        unknown = self._numbers[UNKNOWN]
        return [self._numbers.get(token, unknown) for token in tokens]


def _pieces(path: Path) -> Any:
    import sentencepiece

    try:
        return sentencepiece.SentencePieceProcessor(model_file=str(path))
    except (RuntimeError, OSError, TypeError, ValueError) as error:
        raise ModelUnavailable(f"the tokenizer {path} cannot be loaded: {error}") from error


def _vocabulary(path: Path) -> Mapping[str, int]:
    try:
        numbers = {str(token): int(number) for token, number in json.loads(path.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise ModelUnavailable(f"the tokenizer in {path.parent} cannot be loaded: {path.name}: {error}") from error
    if missing := {END, UNKNOWN} - set(numbers):
        raise ModelUnavailable(
            f"the tokenizer in {path.parent} cannot be loaded: {path.name} has no {', '.join(sorted(missing))}"
        )
    return numbers
