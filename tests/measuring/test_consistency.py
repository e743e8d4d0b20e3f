"""``mtcheck bench consistency`` on a small set of its own."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from mtcheck.core.errors import InputError
from mtcheck.measuring.consistency import measure

HUMAN = "Twelve ships left the port of Varen after the storm."
MACHINE = "After the storm, 12 ships left the port of Varen."
FAULTY = {
    "critical_id10_numbers_replaced": "After the storm, 21 ships left the port of Varen.",
    "critical_id8_negation": "After the storm, 12 ships did not leave the port of Varen.",
    "critical_id9_ne_replaced": "After the storm, 12 ships left the port of Lindholm.",
    "critical_id25_ne_removed": "After the storm, 12 ships left the port of.",
}


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode()))


def data(folder: Path) -> Path:
    records = [
        {"phenomenon": name, "human": HUMAN, "mt": MACHINE, "perturbed": faulty} for name, faulty in FAULTY.items()
    ]
    write(folder / "challenge/demetr.x-en.jsonl.gz", "".join(json.dumps(record) + "\n" for record in records))
    pair = {"kind": "two_human_refs", "lp": "de-en", "source": "a", "text_a": HUMAN, "text_b": MACHINE}
    write(folder / "quote_pairs/pairs.jsonl.gz", json.dumps(pair) + "\n")
    inference = "set\tpremise\thypothesis\tlabel\nx\tTwo ships left.\tThree ships left.\tcontradiction\n"
    write(folder / "headline_nli/nli_small.tsv.gz", inference)
    spellings = "lang\ta\tb\tsame\tna\tnb\nrussian\tsergey\tsergei\t1\tс\tс\nrussian\tkolak\tkozai\t0\tк\tл\n"
    write(folder / "entities/variant_pairs.tsv.gz", spellings)
    return folder


def test_each_item_is_measured_in_one_half(tmp_path: Path) -> None:
    folder = data(tmp_path)
    halves = [{row.label: row.share for row in measure(folder, tuning=tuning)} for tuning in (True, False)]
    for label in ("DEMETR 10, numbers: recall", "DEMETR 8, negation: recall", "DEMETR 9, names: recall"):
        assert (1, 1) == (sum(half[label].hits for half in halves), sum(half[label].trials for half in halves))
    for name in ("numbers", "negation", "names"):
        label = f"DEMETR, {name}: false positives, all items"
        assert (0, 1) == (sum(half[label].hits for half in halves), sum(half[label].trials for half in halves))
    assert 1 == sum(
        half["name spellings, all: recall"].hits for half in halves if "name spellings, all: recall" in half
    )


def test_missing_data_is_an_error_of_the_input(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"demetr\.x-en"):
        list(measure(tmp_path, tuning=False))
