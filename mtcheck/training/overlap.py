"""The texts of evaluation sets, compared by letters only, so that nothing a model is measured on is ever learned."""

from __future__ import annotations

import gzip
import json
import lzma
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import IO

from mtcheck.text.sentences import sentence_spans
from mtcheck.training.cleaning import letters_only

# Fewer letters make a phrase that anybody may have written.
MIN_LETTERS = 18
_READ = {".gz", ".xz", ".tsv", ".jsonl", ".txt", ".json"}


class EvaluationTexts:
    """A set of texts by their letters. Holds hashes of 8 bytes: millions of texts fit in memory."""

    def __init__(self) -> None:
        """Start empty."""
        self._hashes: set[bytes] = set()
        self.files = 0

    def __len__(self) -> int:
        return len(self._hashes)

    def add(self, text: str) -> None:
        """Add a text, and its sentences where it has several."""
        self._add(text)
        if len(text) > 2 * MIN_LETTERS:
            for span in sentence_spans(text, "en"):
                self._add(span.of(text))

    def add_folder(self, folder: Path) -> None:
        """Add every string of every readable file below a folder."""
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix in _READ and not path.name.endswith(".tar.gz"):
                self.files += 1
                for text in _texts(path):
                    self.add(text)

    def __contains__(self, text: str) -> bool:
        key = letters_only(text)
        return len(key) >= MIN_LETTERS and _hash(key) in self._hashes

    def _add(self, text: str) -> None:
        key = letters_only(text)
        if len(key) >= MIN_LETTERS:
            self._hashes.add(_hash(key))


def _hash(key: str) -> bytes:
    return blake2b(key.encode("utf-8", "replace"), digest_size=8).digest()


def read_lines(path: Path) -> Iterator[str]:
    """Yield the lines of a text file that may be packed by gzip or xz."""
    opener: Callable[[Path], IO[bytes]] = {".gz": gzip.open, ".xz": lzma.open}.get(path.suffix, _plain)  # type: ignore[assignment]
    with opener(path) as stream:
        for line in stream:
            yield line.decode("utf-8", "replace").rstrip("\r\n")


def _plain(path: Path) -> IO[bytes]:
    return path.open("rb")


def _texts(path: Path) -> Iterator[str]:
    for line in read_lines(path):
        if line.startswith(("{", "[")):
            try:
                yield from _strings(json.loads(line))
                continue
            except ValueError:
                pass
        yield from line.split("\t")


def _strings(value: object) -> Iterator[str]:
    """Yield every string of a JSON value, and every line of it, without recursion."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield from item.splitlines()
        elif isinstance(item, dict):
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
