"""Fit the confidence that findings show: python -m tests.quality.confidence [--data ../shared/eval] [--update].

Counts on the tuning half how many findings of each check are right: of the checks that need no model by ``mtcheck.measuring.surface``,
of those that have the source by ``mtcheck.measuring.source`` (an error is marked at a place of the finding). ``--update`` writes
``mtcheck/scan/confidence.tsv``; how true the outcome is says ``mtcheck bench surface``, on the other half.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import mtcheck.scan
from mtcheck.measuring import source, surface
from mtcheck.measuring.marked_translations import MARKED_SETS
from mtcheck.scan.confidence import Measured
from tests.shared import SHARED

PATH = Path(mtcheck.scan.__file__).parent / "confidence.tsv"
FEWEST_FINDINGS = 5
"""Below so many findings the belief of the check stands."""
_HEAD = """\
# How many findings of a check were right where professionals marked errors (tuning half), and how many there were.
# Written by python -m tests.quality.confidence --update; read by mtcheck/scan/confidence.py.
# code\tright\tfindings
"""


def measure(data: Path) -> dict[str, Measured]:
    """Count on the tuning half."""
    right: Counter[str] = Counter()
    findings: Counter[str] = Counter()
    paths = [data / "mqm_spans" / f"{name}.jsonl.gz" for name in MARKED_SETS]
    marked = surface.measure_marked(paths, surface.surface_checks(), tuning=True)
    for case in marked.judged:
        right[case.code] += case.right
        findings[case.code] += 1
    for name in source.MARKED_SETS:
        pairs = source.marked_pairs(data / "mqm_spans" / f"{name}.jsonl.gz", tuning=True)
        for code, found in source.findings_at_marks(pairs).items():
            right[code] += found.hits
            findings[code] += found.trials
    return {code: Measured(right[code], count) for code, count in findings.items() if count >= FEWEST_FINDINGS}


def rows(measured: dict[str, Measured]) -> str:
    """Return the file."""
    return _HEAD + "".join(f"{code}\t{found.right}\t{found.findings}\n" for code, found in sorted(measured.items()))


def main() -> None:
    """Print the table, or write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=SHARED / "eval")
    parser.add_argument("--update", action="store_true")
    arguments = parser.parse_args()
    table = rows(measure(arguments.data))
    print(table, end="")
    if arguments.update:
        PATH.write_text(table, encoding="utf-8")


if __name__ == "__main__":
    main()
