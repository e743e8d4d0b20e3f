"""References folders for tests."""

from __future__ import annotations

import json
from pathlib import Path

PIER = (
    "We have listened to the people of Talvik Bay. We will not rent out the old pier to a single company while the "
    "fishermen of the town have no place to land their catch."
)
FERRY = "The night ferry will sail again before the winter, and its 40 pilots will keep their work."


def quotation(text: str = PIER, **values: str) -> dict[str, str]:
    """Return the values of one quotation."""
    return {"id": "one", "speaker": "Ines Corvall", "language": "en", "text": text, **values}


def write_quotations(folder: Path, *records: dict[str, str], name: str = "quotations.jsonl") -> Path:
    """Write a file of quotations into a folder, which is made where it is missing; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    (folder / name).write_text("".join(lines), encoding="utf-8")
    return folder


def write_table(folder: Path, *rows: str, name: str = "glossary.tsv") -> Path:
    """Write a table, columns separated by ``,`` here and by tabs there; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("".join(row.replace(",", "\t") + "\n" for row in rows), encoding="utf-8")
    return folder
