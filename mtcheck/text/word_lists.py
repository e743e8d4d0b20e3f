"""Which words a language has, how often they are met, and which of them are left as they are in translations.

The lists (``data/words.XX.bin``, made by ``mtcheck.training.words`` from open corpora) hold no words but their 32-bit checksums, so
that a list costs a third of a megabyte and no time to load; one strange word in seventy thousand passes for a known one.
"""

from __future__ import annotations

import sys
import unicodedata
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from zlib import crc32

LANGUAGES_OF_LISTS = frozenset({"ar", "de", "en", "es", "fr", "ru", "uk"})
"""Languages that have a list."""

FREQUENCY, NAME, KEPT = 0x1F, 0x40, 0x80
"""The parts of the byte that a list has for each word: the frequency class, and two marks."""
HASH_BYTES = 4


@dataclass(frozen=True, slots=True)
class KnownWord:
    """What is known of a word of a language.

    ``frequency`` is the binary logarithm, rounded, of how often it stands in a billion words (20: once in a thousand).
    ``is_name`` tells that it is written with a capital inside sentences too, ``is_kept`` that translations leave it as it
    is: a name, a loanword or a technical term.
    """

    frequency: int
    is_name: bool
    is_kept: bool


class WordList:
    """The words of one language by their checksums."""

    __slots__ = ("_hashes", "_marks")

    def __init__(self, packed: bytes) -> None:
        """Take the content of a file: sorted checksums (little-endian), then one byte for each.

        Raises ``ValueError`` where it is cut off.
        """
        count, rest = divmod(len(packed), HASH_BYTES + 1)
        if rest:
            raise ValueError("a word list holds five bytes for each word")
        self._hashes = array("I", packed[: count * HASH_BYTES])
        if sys.byteorder == "big":
            self._hashes.byteswap()
        self._marks = packed[count * HASH_BYTES :]

    def __len__(self) -> int:
        """Return the number of words."""
        return len(self._marks)

    def __contains__(self, word: str) -> bool:
        """Tell whether a word, in small letters, is known."""
        return self._mark(word) > 0

    def frequency(self, word: str) -> int:
        """Return the frequency class of a word in small letters, 0 for an unknown one."""
        return self._mark(word) & FREQUENCY

    def find(self, word: str) -> KnownWord | None:
        """Return what is known of a word in small letters, ``None`` for an unknown one."""
        mark = self._mark(word)
        return KnownWord(mark & FREQUENCY, bool(mark & NAME), bool(mark & KEPT)) if mark else None

    def is_own(self, word: str) -> bool:
        """Tell whether a word in small letters is known, and neither as a name nor as one that translations leave as it is."""
        mark = self._mark(word)
        return mark > 0 and not mark & (NAME | KEPT)

    def _mark(self, word: str) -> int:
        checksum = checksum_of(word)
        place = bisect_left(self._hashes, checksum)
        return self._marks[place] if place < len(self._marks) and self._hashes[place] == checksum else 0


def checksum_of(word: str) -> int:
    """Return the number by which a word is listed; lone surrogates, which no language has, are no error."""
    composed = word if word.isascii() else unicodedata.normalize("NFC", word)
    return crc32(composed.encode("utf-8", "surrogatepass"))


@cache
def word_list(language: str) -> WordList | None:
    """Return the list of a language, ``None`` for one that has none."""
    if language not in LANGUAGES_OF_LISTS:
        return None
    return WordList((files("mtcheck.text") / "data" / f"words.{language}.bin").read_bytes())
