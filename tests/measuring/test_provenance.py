"""``mtcheck bench provenance`` on a small set of its own: two styles that differ, in two language pairs and native text."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from mtcheck.core.errors import InputError
from mtcheck.measuring import provenance
from mtcheck.text.machine_style import MACHINE, TRANSLATED, StyleModel, Weight

WRITER = [
    "But the mayor didn't like it.", "She went home.", "It was late, and nobody in Varen had slept, least of all the crew of the ferry.",
    "They'd seen worse.", "So had she.", "What now?", "The port stayed shut.", "Old Orlo laughed.", "He had a plan, he said, a bad one.",
    "They tried it anyway.",
]  # fmt: skip
MACHINE_LINE = "The relevant departments of the city carried out the inspection of the situation of the port {n} and the ferry of the region."


def write(path: Path, records: list[dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress("".join(json.dumps(record) + "\n" for record in records).encode()))


def data(folder: Path) -> Path:
    def written(number: int) -> str:
        return "\n".join(WRITER[number % 10 :] + WRITER[: number % 10])

    for pair in ("de-en", "ru-en"):
        records: list[dict[str, object]] = []
        for number in range(20):
            same: dict[str, object] = {"doc_id": f"{pair}.{number}", "lp": pair, "year": 2021 if number % 2 else 2020}
            records.append({**same, "system": "ref", "is_human": True, "text": written(number)})
            machine = "\n".join(MACHINE_LINE.format(n=number + line) for line in range(10))
            records.append({**same, "system": "mt", "is_human": False, "text": machine})
        write(folder / f"wmt.{pair}.docs.jsonl.gz", records)
    native: list[dict[str, object]] = [
        {
            "doc_id": f"n.{n}",
            "lp": "en-orig",
            "year": 2021,
            "system": "o",
            "is_human": True,
            "is_translation": False,
            "text": written(n + 3),
        }
        for n in range(30)
    ]
    write(folder / "native.docs.jsonl.gz", native)
    return folder


def test_styles_that_differ_are_told_apart_in_an_unseen_language(tmp_path: Path) -> None:
    found = provenance.samples(data(tmp_path))
    table = provenance.table_of(found, grams=40)
    assert 110 == len(found) == len(table.values)
    figures = provenance.measure(found, table, MACHINE)
    assert [
        "language pair de-en unseen",
        "language pair ru-en unseen",
        "year 2021 and its engines unseen",
    ] == [fold.name for fold in figures.folds]
    assert all(fold.area > 0.95 and fold.against_native > 0.95 for fold in figures.folds)
    assert figures.model.found > 0.9
    assert figures.model.native_flagged <= 0.2
    again = provenance.measure(found, table, MACHINE)
    assert figures.model == again.model


def test_a_model_is_written_as_plain_data_and_read_again(tmp_path: Path) -> None:
    found = provenance.samples(data(tmp_path / "in"))
    model = provenance.measure(found, provenance.table_of(found, grams=5), TRANSLATED).model
    record = json.loads(provenance.write(model, tmp_path).read_text("utf-8"))
    weights = tuple(Weight(**entry) for entry in record.pop("weights"))
    read = StyleModel(weights=weights, **record)
    assert model.weights == read.weights
    assert pytest.approx(model.threshold, abs=1e-6) == read.threshold
    assert not any("Varen" in entry.feature or "ferry" in entry.feature for entry in weights)


def test_missing_data_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has no documents"):
        provenance.samples(tmp_path)
