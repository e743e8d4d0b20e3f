"""Pack running text: tokenize every sentence once, into flat arrays that load in a moment."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mtcheck.core.errors import UsageError
from mtcheck.training.corpora import Group
from mtcheck.training.packing import MAX_TOKENS, Side
from mtcheck.training.text_preparation import read_texts
from mtcheck.training.text_vocabulary import TextVocabulary

PACKED_TEXTS_FILE = "packed-texts.safetensors"
_GROUPS = list(Group)


@dataclass(frozen=True, slots=True)
class PackedTexts:
    """All sentences as numbers; sentences of one text stand together and have the same number in ``runs``."""

    sentences: Side
    runs: NDArray[np.int64]
    groups: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.runs)

    def group(self, index: int) -> Group:
        """Return the group of a sentence."""
        return _GROUPS[int(self.groups[index])]


def pack_texts(prepared: Path, vocabulary: TextVocabulary, output: Path) -> PackedTexts:
    """Tokenize the prepared sentences and write them. Raises ``UsageError`` for a vocabulary too large for 16 bits."""
    from safetensors.numpy import save_file

    if len(vocabulary) > np.iinfo(np.uint16).max:
        raise UsageError(f"a packed file holds numbers of 16 bits, and the vocabulary has {len(vocabulary):,}")
    found = list(read_texts(prepared))
    numbers = vocabulary.encode([sentence.text for sentence in found])
    kept = [index for index, item in enumerate(numbers) if len(item) <= MAX_TOKENS]
    packed = PackedTexts(
        Side.of([numbers[index] for index in kept]),
        np.array([found[index].run for index in kept], np.int64),
        np.array([_GROUPS.index(found[index].corpus.group) for index in kept], np.uint8),
    )
    output.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, NDArray[np.generic]] = {
        "tokens": packed.sentences.tokens,
        "offsets": packed.sentences.offsets,
        "runs": packed.runs,
        "groups": packed.groups,
    }
    save_file(arrays, output / PACKED_TEXTS_FILE)
    return packed


def load_packed_texts(folder: Path) -> PackedTexts:
    """Load packed sentences. Raises ``UsageError`` where there are none."""
    from safetensors.numpy import load_file

    path = folder / PACKED_TEXTS_FILE
    if not path.is_file():
        raise UsageError(f"{path} does not exist: run the command pack first")
    arrays = load_file(path)
    return PackedTexts(Side(arrays["tokens"], arrays["offsets"]), arrays["runs"], arrays["groups"])
