"""Results that may only rise: measured figures against those of ``floors.json``.

    python -m tests.quality.floors [--data ../shared/eval] [--update] [--quick]

Without ``--update`` it prints every figure beside its floor and ends with 1 where one has fallen below it. ``--update`` writes
what was measured where it lies above the floor; a floor is never lowered, and a figure that is no longer measured keeps it. ``--quick``
measures only the figures whose names begin with "quick", on few items; the ordinary tests do that where the data is there.
All figures are shares of the reporting half, rounded down to three places; a higher one is better.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from math import floor
from pathlib import Path

from mtcheck.core.checks import Tier
from mtcheck.measuring import surface
from mtcheck.measuring.made_by import made_by
from mtcheck.measuring.marked_translations import MARKED_SETS
from mtcheck.measuring.reliability import calibration_error, reliability
from tests.shared import SHARED

PATH = Path(__file__).parent / "floors.json"
QUICK = "quick"
_EVERY = 20
_FEWEST_FINDINGS = 10
"""Below so many findings the precision of a check says nothing, and no floor is kept."""


def floors() -> dict[str, float]:
    """Return the floors by name."""
    read: dict[str, float] = json.loads(PATH.read_text("utf-8"))["floors"]
    return read


def quick_figures(data: Path) -> Iterator[tuple[str, float]]:
    """Measure what takes seconds: damage on few items, and loops."""
    checks = [check for check in surface.surface_checks() if check.tier is Tier.DEFAULT]
    damages = surface.measure_damage(data / "challenge" / "demetr.x-en.jsonl.gz", checks, tuning=False, every=_EVERY)
    for damage in damages:
        yield f"{QUICK} {damage.phenomenon} found", damage.found.value
        yield f"{QUICK} {damage.phenomenon} silent before", 1 - damage.false.value


def full_figures(data: Path) -> Iterator[tuple[str, float]]:
    """Measure everything."""
    checks = [check for check in surface.surface_checks() if check.tier is Tier.DEFAULT]
    paths = [data / "mqm_spans" / f"{name}.jsonl.gz" for name in MARKED_SETS]
    marked = surface.measure_marked(paths, checks, tuning=False)
    for figures in (*marked.checks, marked.union):
        if figures.spot.trials >= _FEWEST_FINDINGS:
            yield f"{figures.code} precision at a spot", figures.spot.value
    yield "all spans touched", marked.union.recall.value
    for row in marked.surface.recall:
        if row.kind in {"all", "agreed"}:
            yield f"surface marks touched, {row.kind}", row.touched.value
    yield "calibration", 1 - calibration_error(reliability(marked.judged))
    for damage in surface.measure_damage(data / "challenge" / "demetr.x-en.jsonl.gz", checks, tuning=False):
        yield f"{damage.phenomenon} found", damage.found.value
        yield f"{damage.phenomenon} silent before", 1 - damage.false.value
    loops = surface.measure_loops(data / "hallucination" / "lfan_hall.de-en.jsonl.gz", checks)
    yield "loops area under the curve", loops.area
    yield "loops recall at precision .90", loops.recall
    yield "loops named", loops.found.value
    yield "loops silent on others", 1 - loops.false.value


def fallen(measured: Mapping[str, float], known: Mapping[str, float]) -> list[str]:
    """Return the names of the figures that lie below their floor."""
    return sorted(name for name, value in measured.items() if _down(value) < known.get(name, 0.0))


def raised(measured: Mapping[str, float], known: Mapping[str, float]) -> dict[str, float]:
    """Return the floors with those raised that were measured higher, and new ones added."""
    names = sorted({*measured, *known})
    return {name: max(_down(measured.get(name, 0.0)), known.get(name, 0.0)) for name in names}


def _down(value: float) -> float:
    return floor(1000 * value + 1e-9) / 1000


def main() -> int:
    """Print the table; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=SHARED / "eval")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--quick", action="store_true")
    arguments = parser.parse_args()
    measured = dict(quick_figures(arguments.data))
    if not arguments.quick:
        measured.update(full_figures(arguments.data))
    known = floors()
    for name, value in sorted(measured.items()):
        print(f"{name:<50} {value:>7.4f}  floor {known.get(name, float('nan')):>6.3f}")
    if arguments.update:
        record = {"made_by": made_by(), "floors": raised(measured, known)}
        PATH.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        return 0
    below = fallen(measured, known)
    if below:
        print("below the floor: " + ", ".join(below))
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
