"""Count how frequent words are in the texts that a language model learns from, for ``mtcheck.text.word_frequency``."""

from __future__ import annotations

import gzip
import io
from collections import Counter
from math import log2
from pathlib import Path

from mtcheck.text.word_frequency import WORD
from mtcheck.training.corpora import Group
from mtcheck.training.text_preparation import read_texts

# What a news page is made of; interface texts and titles have other words.
LIKELY = frozenset({Group.NEWS, Group.PROSE})
MOST_WORDS = 12_000


def write_word_frequencies(prepared: Path, output: Path) -> int:
    """Write the commonest words of prepared texts with their bits, ``-log2`` of their share, and return how many.

    Raises ``UsageError`` where ``prepare-text`` has not run.
    """
    counts: Counter[str] = Counter()
    for sentence in read_texts(prepared):
        if sentence.corpus.group in LIKELY:
            counts.update(match[0].lower() for match in WORD.finditer(sentence.text))
    total = counts.total()
    common = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:MOST_WORDS]
    with (
        output.open("wb") as raw,
        gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0, compresslevel=9) as packed,
        io.TextIOWrapper(packed, encoding="utf-8", newline="\n") as stream,
    ):
        stream.write("".join(f"{word}\t{log2(total / count):.1f}\n" for word, count in common))
    return len(common)
