"""How frequent English words are: bits of a word taken for itself, without any context.

The table was counted in the texts that the embedded language model learned from (``python -m mtcheck.training word-frequencies``).
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*+")
"""A word: letters and digits, with the hyphens, apostrophes and points inside it."""
FREQUENCY_FILE = "word_frequency.en.tsv.gz"


@cache
def frequencies() -> Mapping[str, float]:
    """Return the bits of the commonest words in lower case, the commonest first."""
    packed = (files("mtcheck.text") / "data" / FREQUENCY_FILE).read_bytes()
    pairs = (line.split("\t") for line in gzip.decompress(packed).decode("utf-8").splitlines())
    return {word: float(bits) for word, bits in pairs}


@cache
def rarest() -> float:
    """Return the bits of a word that the table does not hold: a little more than those of its rarest."""
    return max(frequencies().values()) + 1.0


def bits_alone(word: str) -> float:
    """Return the bits of a word as it stands in a text, by its frequency alone."""
    return frequencies().get(word.lower().replace("’", "'"), rarest())
