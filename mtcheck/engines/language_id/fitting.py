"""Fit the temperatures of ``calibration`` anew: ``python -m mtcheck.engines.language_id.fitting SENTENCES.tsv[.gz]``.

The file has a header and the columns language, line, sentence (tab-separated); only even lines are read, so that the odd
ones remain for measuring. Every sentence gives itself, each third lower-case word of four letters or more (of two
ideographs in Chinese) and one run of three words. Prints the constant to paste.
"""

from __future__ import annotations

import gzip
import math
import sys
from collections.abc import Iterator
from pathlib import Path

from mtcheck.engines.language_id import calibration
from mtcheck.engines.language_id.identifier import Identifier, Piece, Weighed, main_piece

_GRID = [1.0 + 0.1 * step for step in range(60)]
_MOST_ITEMS = 2000


def items(path: Path) -> Iterator[tuple[str, str]]:
    """Yield language and text of every item of the fitting half."""
    data = path.read_bytes()
    lines = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8").splitlines()
    for row in lines[1:]:
        language, line, sentence = row.split("\t")
        if int(line) % 2:
            continue
        yield language, sentence
        if language == "zh":
            yield from ((language, sentence[start : start + 2]) for start in range(0, len(sentence) - 1, 6))
            yield language, sentence[:6]
            continue
        words = sentence.split()
        yield from (
            (language, word) for word in words[::3] if len(word) >= 4 and word.isalpha() and word == word.lower()
        )
        yield language, " ".join(words[1:4])


def loss(weighed: list[tuple[str, Weighed]], temperature: float) -> float:
    """Return the mean negative log-probability of the right languages at a temperature."""
    total = 0.0
    for language, evidence in weighed:
        cooled = Weighed(evidence.languages, tuple(value / temperature for value in evidence.evidence))
        total -= math.log(max(1e-6, cooled.posterior().get(language, 0.0)))
    return total / len(weighed)


def main(path: str) -> None:
    """Print the temperature of each length that the calibration names."""
    found = [(language, piece) for language, text in items(Path(path)) if (piece := main_piece(text)) is not None]
    identifier = Identifier()
    raw = [
        (language, piece, _untempered(piece, weighed))
        for (language, piece), weighed in zip(found, identifier.weigh([piece for _, piece in found]), strict=True)
        if len(weighed.languages) > 1
    ]
    points = [letters for letters, _ in calibration.TEMPERATURES]
    for number, point in enumerate(points):
        low = math.sqrt(points[number - 1] * point) if number else 0
        high = math.sqrt(point * points[number + 1]) if number + 1 < len(points) else math.inf
        bucket = [(language, weighed) for language, piece, weighed in raw if low <= piece.weight < high]
        bucket = bucket[:: max(1, len(bucket) // _MOST_ITEMS)]
        if not bucket:
            continue
        temperature = min(_GRID, key=lambda value: loss(bucket, value))
        sys.stdout.write(
            f"    ({point}, {temperature:.1f}),  # {len(bucket)} items, loss {loss(bucket, temperature):.3f}\n"
        )


def _untempered(piece: Piece, weighed: Weighed) -> Weighed:
    """Undo the present temperature."""
    temperature = calibration.temperature_at(piece.weight)
    return Weighed(weighed.languages, tuple(value * temperature for value in weighed.evidence))


if __name__ == "__main__":
    main(*sys.argv[1:])
