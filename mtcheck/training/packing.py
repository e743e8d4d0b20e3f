"""Pack: tokenize every pair once, into flat arrays that load in a moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mtcheck.core.errors import UsageError
from mtcheck.training.corpora import Group
from mtcheck.training.languages import LANGUAGES
from mtcheck.training.preparation import Pair, read_pairs
from mtcheck.training.vocabulary import Vocabulary

PACKED_FILE = "packed.safetensors"
# A pair with more tokens than this on either side is left out: one such line would shape a whole batch.
MAX_TOKENS = 160
_GROUPS, _CODES = list(Group), sorted(LANGUAGES)
_CHUNK = 20_000


@dataclass(frozen=True, slots=True)
class Side:
    """Many token sequences end to end: ``tokens[offsets[i]:offsets[i + 1]]`` is the sequence ``i``."""

    tokens: NDArray[np.uint16]
    offsets: NDArray[np.int64]

    @classmethod
    def of(cls, sequences: Sequence[Sequence[int]]) -> Side:
        """Join sequences."""
        lengths = np.fromiter(map(len, sequences), np.int64, len(sequences))
        tokens = np.fromiter((token for item in sequences for token in item), np.uint16, int(lengths.sum()))
        return cls(tokens, np.concatenate([np.zeros(1, np.int64), lengths.cumsum()]))

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, index: int) -> list[int]:
        found: list[int] = self.tokens[self.offsets[index] : self.offsets[index + 1]].tolist()
        return found


@dataclass(frozen=True, slots=True)
class PackedPairs:
    """All pairs as numbers.

    ``english`` and ``other`` hold one or more segmentations: the first is the most probable, further ones are drawn at
    random. ``languages`` and ``groups`` give for each pair an index into ``CODES`` and ``GROUPS``.
    """

    english: tuple[Side, ...]
    other: tuple[Side, ...]
    languages: NDArray[np.uint8]
    groups: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.languages)

    def code(self, index: int) -> str:
        """Return the language of a pair."""
        return _CODES[int(self.languages[index])]

    def group(self, index: int) -> Group:
        """Return the group of a pair."""
        return _GROUPS[int(self.groups[index])]


def pack(prepared: Path, vocabulary: Vocabulary, output: Path, samples: int = 1, alpha: float = 0.2) -> PackedPairs:
    """Tokenize the prepared pairs and write them.

    ``samples`` is the number of segmentations of each text; above 1 the further ones are random, flatter with a smaller
    ``alpha``. Raises ``UsageError`` for a vocabulary too large for 16 bits.
    """
    if len(vocabulary) > np.iinfo(np.uint16).max:
        raise UsageError(f"a packed file holds numbers of 16 bits, and the vocabulary has {len(vocabulary):,}")
    english: list[list[list[int]]] = [[] for _ in range(samples)]
    other: list[list[list[int]]] = [[] for _ in range(samples)]
    languages: list[int] = []
    groups: list[int] = []
    for chunk in _chunks(read_pairs(prepared)):
        sides = (english, [pair.english for pair in chunk]), (other, [pair.other for pair in chunk])
        ours, theirs = ([vocabulary.encode(texts)] for _, texts in sides)
        for _ in range(1, samples):
            ours.append(vocabulary.sample(sides[0][1], alpha))
            theirs.append(vocabulary.sample(sides[1][1], alpha))
        for index, pair in enumerate(chunk):
            if max(len(version[index]) for version in (*ours, *theirs)) > MAX_TOKENS:
                continue
            languages.append(_CODES.index(pair.language))
            groups.append(_GROUPS.index(pair.corpus.group))
            for number in range(samples):
                english[number].append(ours[number][index])
                other[number].append(theirs[number][index])
    packed = PackedPairs(
        tuple(map(Side.of, english)),
        tuple(map(Side.of, other)),
        np.array(languages, np.uint8),
        np.array(groups, np.uint8),
    )
    _save(packed, output)
    return packed


def load_packed(folder: Path) -> PackedPairs:
    """Load packed pairs. Raises ``UsageError`` where there are none."""
    from safetensors.numpy import load_file

    path = folder / PACKED_FILE
    if not path.is_file():
        raise UsageError(f"{path} does not exist: run the command pack first")
    arrays = load_file(path)
    sides = {
        name: tuple(
            Side(arrays[f"{name}.{number}.tokens"], arrays[f"{name}.{number}.offsets"])
            for number in range(sum(key.startswith(f"{name}.") for key in arrays) // 2)
        )
        for name in ("english", "other")
    }
    return PackedPairs(sides["english"], sides["other"], arrays["languages"], arrays["groups"])


def _save(packed: PackedPairs, folder: Path) -> None:
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, NDArray[np.generic]] = {"languages": packed.languages, "groups": packed.groups}
    for name, versions in (("english", packed.english), ("other", packed.other)):
        for number, side in enumerate(versions):
            arrays[f"{name}.{number}.tokens"] = side.tokens
            arrays[f"{name}.{number}.offsets"] = side.offsets
    save_file(arrays, folder / PACKED_FILE)


def _chunks(pairs: Iterable[Pair]) -> Iterator[list[Pair]]:
    waiting: list[Pair] = []
    for pair in pairs:
        waiting.append(pair)
        if len(waiting) == _CHUNK:
            yield waiting
            waiting = []
    if waiting:
        yield waiting
