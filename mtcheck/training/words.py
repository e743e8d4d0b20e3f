"""Make the word lists: the words of each language with their frequency, and which of them translations leave as they are.

Both sides of the parallel corpora are counted. A word that stands in most of its sentences' translations too, letter by letter, is
a name, a loanword or a term; one that is written with a capital inside sentences is a name. Only checksums of words and
these marks are kept: no word and no sentence of the corpora is in the result. Corpora under the GPL or AGPL and those distributed for
research only take no part.
"""

from __future__ import annotations

import math
import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

from mtcheck.core.errors import InputError
from mtcheck.text.word_lists import FREQUENCY, KEPT, NAME, checksum_of
from mtcheck.training.corpora import RESEARCH_NEWS, corpus_named
from mtcheck.training.languages import ENGLISH
from mtcheck.training.lexicon import rows_of

MOST_WORDS = 90_000
"""Words of a list, the most frequent: 450 kB. Words met once are there too: what tells languages apart is that the others lack them."""
OPEN_TEXTS = frozenset({"us-speeches", "wikitext2-test+valid"})
"""The English corpora without translations that are in the public domain or under an open license (CC BY-SA)."""
KEPT_SHARE = 0.25
NAME_SHARE = 0.6
"""The part of its places, sentence beginnings left out, at which a name has a capital. German nouns have one too, so that
nothing is said of German words."""
_BILLION = 1_000_000_000
_LONGEST = 30
_WORD = re.compile(r"(?<![\w@/\\$.-])[^\W\d_]+(?:[\u0300-\u036f][^\W\d_]*)*(?![\w@/\\(=]|\.\w)")
_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u0301]")
"""Vowel signs, stretching and stress marks, which texts may have or not."""


@dataclass(slots=True)
class _Counts:
    """What was counted of the words of a language."""

    words: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    compared: Counter[str] = field(default_factory=Counter)
    inside: Counter[str] = field(default_factory=Counter)
    capital: Counter[str] = field(default_factory=Counter)
    seen: set[int] = field(default_factory=set)

    def add(self, sentence: str, other: str) -> None:
        """Count the words of a sentence with ``other`` as its translation; the same sentence counts once."""
        distinct = set(self.add_alone(sentence))
        if distinct:
            self.compared.update(distinct)
            self.kept.update(distinct & {word.lower() for word in _WORD.findall(other)})

    def add_alone(self, sentence: str) -> list[str]:
        """Count the words of a sentence and return them in small letters; none where it was counted before."""
        checksum = crc32(sentence.encode())
        if checksum in self.seen:
            return []
        self.seen.add(checksum)
        found = [word for word in _WORD.findall(sentence) if len(word) <= _LONGEST]
        small = [word.lower() for word in found]
        self.words.update(small)
        self.inside.update(small[1:])
        self.capital.update(word for word, shown in zip(small[1:], found[1:], strict=True) if shown[0].isupper())
        return small


def make_word_lists(corpora: Path, languages: Sequence[str], output: Path) -> dict[str, int]:
    """Write ``words.XX.bin`` for English and other languages into a folder and return the number of words of each.

    Raises ``InputError`` where a corpus cannot be read.
    """
    english = _Counts()
    output.mkdir(parents=True, exist_ok=True)
    sizes = {}
    for language in languages:
        other = _Counts()
        for left, right in _pairs(corpora, language):
            english.add(left, right)
            other.add(right, left)
        sizes[language] = _write(other, language, output)
    for name, sentence in _texts(corpora):
        if name in OPEN_TEXTS:
            english.add_alone(_plain(sentence))
    sizes[ENGLISH] = _write(english, ENGLISH, output)
    return sizes


def _pairs(corpora: Path, language: str) -> Iterator[tuple[str, str]]:
    """Yield pairs of English and another language from corpora with an open license, without signs that are not always written."""
    path = corpora / f"{ENGLISH}-{language}.tsv.xz"
    if not path.exists():
        raise InputError(str(path), "there is no such corpus")
    for name, tier, english, other in rows_of(path):
        if name != RESEARCH_NEWS and "GPL" not in corpus_named(name, tier).license:
            yield _plain(english), _plain(other)


def _texts(corpora: Path) -> list[list[str]]:
    """Return the rows of the English texts without translations, none where there are none."""
    path = corpora / f"mono-{ENGLISH}.tsv.xz"
    return rows_of(path, columns=2) if path.exists() else []


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFC", text)))


def _write(counts: _Counts, language: str, output: Path) -> int:
    """Write the list of one language and return its length."""
    total = counts.words.total()
    # Which of the rarest words are left out is for chance to say, not for the alphabet.
    often = sorted((-count, checksum_of(word), word) for word, count in counts.words.items())[:MOST_WORDS]
    marks: dict[int, int] = {}
    for negative, checksum, word in often:
        mark = min(FREQUENCY, max(1, round(math.log2(-negative * _BILLION / total))))
        if counts.kept[word] >= max(1.0, KEPT_SHARE * counts.compared[word]):
            mark |= KEPT
        if language != "de" and counts.capital[word] >= max(1.0, NAME_SHARE * counts.inside[word]):
            mark |= NAME
        marks.setdefault(checksum, mark)
    hashes = array("I", sorted(marks))
    packed = b"".join(checksum.to_bytes(4, "little") for checksum in hashes) + bytes(marks[one] for one in hashes)
    (output / f"words.{language}.bin").write_bytes(packed)
    return len(hashes)
