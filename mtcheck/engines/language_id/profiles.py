"""langdetect's own n-gram profiles, read as an exact and deterministic naive Bayes.

``langdetect`` (Nakatani Shuyo's language-detection, ported to Python) draws a random sample of a text's n-grams seven times
and averages the outcomes, so that its answers change from run to run and its probabilities are sevenths. Its profiles hold
more than that: the relative frequencies of 1- to 3-grams in 55 languages. Here every n-gram that langdetect's own extractor
would make is counted once, with langdetect's smoothing, and the log-likelihoods are added up.

What its extractor does, and what is therefore done here too: runs of anything but letters become one space; a word's
n-grams include the spaces around it; n-grams that end in the second or a later of consecutive capitals are left out; kana,
hangul, bopomofo and late Vietnamese letters stand each for their class; ideographs of one frequency class are one symbol;
Persian yeh is Arabic yeh; Romanian comma letters are cedilla letters. Beyond that, a text is composed (NFC) first, a text all
in capitals is read in lower case, and the end of a text is the end of a word.

Log-probabilities are whole numbers of 1/2048 nat: sums of whole numbers do not depend on the order or the batch they are
added in, so one text always gets one answer.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from mtcheck.core.errors import ModelUnavailable
from mtcheck.text.scripts import HAN, script_of

UNITS_PER_NAT = 2048
"""Resolution of the stored log-probabilities; the smallest, log(0.5 / 10000), still fits sixteen bits."""

SMOOTHING = 0.5 / 10_000
"""langdetect's ``ALPHA_DEFAULT / BASE_FREQ``, added to every relative frequency."""

ABSENT = 1e-5
"""Relative frequency below which a letter is in a language's profile by accident."""

_BATCH_CHARACTERS = 16_000
"""Twice as many characters, with three n-grams each of the least weight, still add up to less than 2**31."""

_SPACE, _UNKNOWN = 0, 1
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Soft hyphen, zero-width space and joiner, byte-order mark: they split words for a program, not for a reader."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a model has counted in some texts: one row a text.

    ``log_likelihoods`` (texts by languages, in nats, up to a constant of each row) and ``features``, the number of n-grams
    behind each row; a row without features says nothing.
    """

    log_likelihoods: NDArray[np.float64]
    features: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Weighting:
    """How much each n-gram of the profiles counts.

    ``smoothing`` is added to every relative frequency. N-grams of the lengths in ``orders`` are counted. ``absent`` is
    ``None`` where single letters count like longer n-grams; otherwise they say nothing but that a language does not use a
    letter: so many nats against it for each letter that makes up less than ``ABSENT`` of its texts. Ideographs always count.
    ``small_letters`` reads capitals as small letters.
    """

    name: str
    smoothing: float
    orders: tuple[int, ...]
    absent: float | None
    small_letters: bool

    def nats(self, letters: NDArray[np.bool_], shares: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the log-weights of n-grams with these relative frequencies; ``letters`` are those that are a single letter."""
        nats = np.log(shares + self.smoothing)
        if self.absent is not None:
            nats[letters] = np.where(shares[letters] < ABSENT, -self.absent, 0.0)
        return nats


class LikelihoodModel(Protocol):
    """A source of log-likelihoods over a fixed list of languages; several can be combined by adding their logarithms."""

    @property
    def kind(self) -> str:
        """The name under which it is calibrated."""
        ...

    @property
    def signature(self) -> str:
        """Name and version of the tables."""
        ...

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the columns."""
        ...

    def score(self, texts: Sequence[str]) -> Evidence:
        """Return the evidence of each text. The same text gets the same row in whatever company it is asked for."""
        ...


LANGDETECT = Weighting("exact naive Bayes 1", SMOOTHING, (1, 2, 3), absent=None, small_letters=False)
"""What langdetect itself would count."""

TUNED = Weighting("letters in use and trigrams 1", 5e-6, (1, 3), absent=14.0, small_letters=True)
"""What names most single words right. langdetect's smoothing is ten times this: it is as much as the relative frequency of a
middling trigram, so that most of what the profiles know drowns in it. Chosen among some ten variants by their figures on the
even lines of NTREX-128 and on the short items that ``mtcheck bench languages`` reports."""


class ProfileModel:
    """The naive Bayes over langdetect's profiles. ``ProfileModel.load`` reads them once a process."""

    def __init__(
        self,
        profiles: dict[str, dict[str, dict[str, int] | list[int]]],
        version: str,
        weighting: Weighting = LANGDETECT,
    ) -> None:
        """Take profiles as langdetect stores them, by name: ``freq`` and ``n_words``; and how their n-grams count."""
        self._names = tuple(profiles)
        self._version = version
        self._weighting = weighting
        rows: dict[str, int] = {}
        tables = []
        for profile in profiles.values():
            frequencies, totals = profile["freq"], profile["n_words"]
            assert isinstance(frequencies, dict)
            assert isinstance(totals, list)
            grams = [gram for gram in frequencies if len(gram) in weighting.orders]
            places = np.fromiter((rows.setdefault(gram, len(rows)) for gram in grams), np.int64, len(grams))
            counts = np.fromiter((frequencies[gram] for gram in grams), np.float64, len(grams))
            lengths = np.fromiter((len(gram) for gram in grams), np.int64, len(grams))
            tables.append((places, counts / np.array([1, *totals], np.float64)[lengths]))
        self._weights = np.empty((len(rows), len(tables)), np.int16)
        letters = np.array([len(gram) == 1 and script_of(gram) != HAN for gram in rows], np.bool_)
        shares = np.empty(len(rows))
        for column, (places, parts) in enumerate(tables):
            shares[:] = 0.0
            shares[places] = parts
            self._weights[:, column] = np.rint(weighting.nats(letters, shares) * UNITS_PER_NAT)
        self._merge_chinese()
        self._index(list(rows))

    @classmethod
    @cache
    def load(cls, weighting: Weighting = LANGDETECT) -> ProfileModel:
        """Read the profiles of the installed ``langdetect``."""
        profiles = {file.name: json.loads(file.read_bytes()) for file in _profile_files()}
        return cls(profiles, installed_version(), weighting)

    @property
    def kind(self) -> str:
        """The name under which it is calibrated."""
        return "profiles"

    @property
    def signature(self) -> str:
        """Name and version of the tables and of this reading of them."""
        return f"langdetect {self._version}, {self._weighting.name}"

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the columns, ``zh`` for both ways of writing Chinese."""
        return self._languages

    def score(self, texts: Sequence[str]) -> Evidence:
        """Count the n-grams of each text; time is linear in the length of the texts, memory is bounded beside them."""
        sums = np.zeros((len(texts), len(self._names)), np.int64)
        features = np.zeros(len(texts), np.int64)
        small = self._weighting.small_letters
        for owners, pieces in _batches([prepared(text.lower() if small else text) for text in texts]):
            self._count(owners, pieces, sums, features)
        values = sums[:, self._columns] / UNITS_PER_NAT
        if self._chinese is not None:
            values[:, self._chinese[0]] = sums[:, list(self._chinese[1])].max(axis=1) / UNITS_PER_NAT
        return Evidence(values, features)

    def _merge_chinese(self) -> None:
        """Decide the columns that are given out: simplified and traditional Chinese count as one language."""
        chinese = [index for index, name in enumerate(self._names) if name.startswith("zh-")]
        kept = [index for index in range(len(self._names)) if index not in chinese[1:]]
        self._columns = np.array(kept)
        self._languages = tuple("zh" if index in chinese else self._names[index] for index in kept)
        self._chinese = (kept.index(chinese[0]), tuple(chinese)) if chinese else None

    def _index(self, grams: list[str]) -> None:
        """Build the way from a text's characters to the rows: character numbers, then sorted keys for pairs and triples."""
        characters = sorted({character for gram in grams for character in gram} - {" "})
        numbers = {" ": _SPACE, **{character: number for number, character in enumerate(characters, 2)}}
        self._numbers = _character_numbers(numbers)
        self._upper = np.zeros(0x110000, np.bool_)
        for point in (*range(0x2000), *range(0xFF21, 0xFF3B)):
            self._upper[point] = chr(point).isupper()
        size = self._size = len(numbers) + 1
        self._singles = np.full(size, -1, np.int32)
        pairs: list[tuple[int, int]] = []
        triples: list[tuple[int, int]] = []
        for row, gram in enumerate(grams):
            key = 0
            for character in gram:
                key = key * size + numbers[character]
            if len(gram) == 1:
                self._singles[key] = row
            else:
                (pairs if len(gram) == 2 else triples).append((key, row))
        self._singles[_SPACE] = -1
        self._pairs, self._triples = _KeyTable(pairs), _KeyTable(triples)

    def _count(
        self, owners: NDArray[np.int64], text: str, sums: NDArray[np.int64], features: NDArray[np.int64]
    ) -> None:
        """Add the n-grams of ``text``, whose characters belong to the texts ``owners``, to their rows."""
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
        numbers = self._numbers[points].astype(np.int64)
        spaces = numbers == _SPACE
        kept = ~spaces
        kept[1:] |= ~spaces[:-1]  # the first space after a word stays, the others go
        numbers, owners, upper = numbers[kept], owners[kept], self._upper[points[kept]]
        if not len(numbers):
            return
        before = np.concatenate(([_SPACE], numbers[:-1]))
        before_that = np.concatenate(([_SPACE], before[:-1]))
        pair_keys = before * self._size + numbers
        capitals = upper.copy()
        capitals[1:] &= upper[:-1]
        capitals[0] = False
        singles = self._singles[numbers]
        pairs = self._pairs.rows(pair_keys)
        triples = self._triples.rows(before_that * self._size**2 + pair_keys)
        triples[before == _SPACE] = -1  # a word does not know the word before it
        found = np.stack((singles, pairs, triples), axis=1)
        found[capitals] = -1
        valid = found.ravel() >= 0
        rows = found.ravel()[valid]
        if not len(rows):
            return
        who = np.repeat(owners, 3)[valid]
        starts = np.flatnonzero(np.concatenate(([True], who[1:] != who[:-1])))
        sums[who[starts]] += np.add.reduceat(self._weights[rows], starts, axis=0, dtype=np.int32)
        features[who[starts]] += np.diff(np.append(starts, len(rows)))


def _profile_files() -> list[Path]:
    """Return the files of the installed profiles, by name."""
    found = importlib.util.find_spec("langdetect")  # finds it without running its imports
    for folder in (found.submodule_search_locations or ()) if found else ():
        files = sorted(file for file in (Path(folder) / "profiles").iterdir() if file.is_file())
        if files:
            return files
    raise ModelUnavailable("the profiles of langdetect are not installed: pip install langdetect")


@cache
def installed_version() -> str:
    """Return the digest of the installed profiles: what they hold and not what they call themselves decides.

    Raises ``ModelUnavailable`` where they are not there. Costs a hundredth of what building the tables costs.
    """
    digest = hashlib.sha256()
    for file in _profile_files():
        data = file.read_bytes()
        digest.update(f"{file.name} {len(data)}\n".encode())
        digest.update(data)
    return f"profiles {digest.hexdigest()[:12]}"


def tuned_signature() -> str:
    """Return the signature that ``ProfileModel.load(TUNED)`` has, without loading it. Raises ``ModelUnavailable``."""
    return f"langdetect {installed_version()}, {TUNED.name}"


class _KeyTable:
    """Rows by whole-number key, looked up for many keys at once."""

    def __init__(self, pairs: list[tuple[int, int]]) -> None:
        pairs.sort()
        self._keys = np.array([key for key, _ in pairs] or [-1], np.int64)
        self._rows = np.array([row for _, row in pairs] or [-1], np.int32)

    def rows(self, keys: NDArray[np.int64]) -> NDArray[np.int32]:
        """Return the row of each key, -1 where there is none."""
        places = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        return np.where(self._keys[places] == keys, self._rows[places], np.int32(-1)).astype(np.int32)


def prepared(text: str) -> str:
    """Return a text as the extractor should see it: composed, without invisible characters, not all in capitals."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return text.lower() if text.isupper() else text


def _batches(texts: list[str]) -> Iterator[tuple[NDArray[np.int64], str]]:
    """Yield texts joined to batches of bounded length, with the number of the text that each character belongs to.

    A text longer than a batch is cut after a space where there is one.
    """
    pieces: list[str] = []
    owners: list[int] = []
    length = 0
    for owner, text in enumerate(texts):
        start = 0
        while start < len(text):
            end = min(len(text), start + _BATCH_CHARACTERS)
            if end < len(text):
                space = text.rfind(" ", start, end)
                end = space + 1 if space > start else end
            pieces.append(text[start:end])
            owners.append(owner)
            length += end - start + 1
            start = end
            if length >= _BATCH_CHARACTERS:
                yield _joined(owners, pieces)
                pieces, owners, length = [], [], 0
    if pieces:
        yield _joined(owners, pieces)


def _joined(owners: list[int], pieces: list[str]) -> tuple[NDArray[np.int64], str]:
    """Join pieces with a space after each; the space belongs to the piece, as the end of its last word."""
    lengths = np.array([len(piece) + 1 for piece in pieces])
    return np.repeat(np.array(owners, np.int64), lengths), " ".join(pieces) + " "


def _character_numbers(numbers: dict[str, int]) -> NDArray[np.uint16]:
    """Return the number of every code point, after langdetect's normalization of it."""
    from langdetect.utils.ngram import NGram

    table = np.full(0x110000, _UNKNOWN, np.uint16)
    for character, number in numbers.items():
        table[ord(character)] = number
    # What langdetect calls no letter: the rest of ASCII, listed signs of Latin-1, general punctuation.
    table[:0x80] = [numbers.get(chr(point), _UNKNOWN) if chr(point).isalpha() else _SPACE for point in range(0x80)]
    table[[ord(character) for character in NGram.LATIN1_EXCLUDED]] = _SPACE
    table[0x2000:0x2070] = _SPACE
    table[0x3000] = _SPACE

    def number_of(character: str) -> int:
        return numbers.get(character, _UNKNOWN)

    table[0x1EA0:0x1F00] = number_of("\u1ec3")
    table[0x3040:0x30A0] = number_of("\u3042")
    table[0x30A0:0x3100] = number_of("\u30a2")
    table[0x3100:0x3130] = table[0x31A0:0x31C0] = number_of("\u3105")
    table[0xAC00:0xD7B0] = number_of("\uac00")
    for character, like in (("\u0219", "\u015f"), ("\u021b", "\u0163"), ("\u06cc", "\u064a")):
        table[ord(character)] = number_of(like)
    for character, representative in NGram.CJK_MAP.items():
        table[ord(character)] = number_of(representative)
    return table
