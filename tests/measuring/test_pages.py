"""The table of checks across pages and of terms on a small set of its own."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from mtcheck.core.errors import InputError
from mtcheck.measuring.pages import measure_pages

HUMAN = "We will not open the harbor of Varen to the ships of Ostia while our fishermen are held there."
FAULTY = HUMAN.replace(" not", "")
ARTICLE = (
    "The harbor\n\nPeter Marlow met the envoy.\n\n“We will open the harbor as soon as the last ship has left,” Marlow said. "
    "Mr. Marlow left."
)


def write(path: Path, records: Sequence[Mapping[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress("".join(json.dumps(record) + "\n" for record in records).encode()))


def data(folder: Path) -> Path:
    write(
        folder / "challenge/demetr.x-en.jsonl.gz",
        [{"phenomenon": "critical_id8_negation", "human": HUMAN, "mt": HUMAN, "perturbed": FAULTY}],
    )
    kinds = (("two_human_refs", HUMAN), ("mt_major_acc_3of3", FAULTY))
    write(
        folder / "quote_pairs/pairs.jsonl.gz",
        [{"kind": kind, "lp": "de-en", "source": "a", "text_a": HUMAN, "text_b": text} for kind, text in kinds],
    )
    rows = "lang\ta\tb\tsame\tna\tnb\nrussian\tsergey\tsergei\t1\tс\tс\nrussian\tkolak\tkozai\t0\tс\tл\n"
    (folder / "entities").mkdir(exist_ok=True)
    (folder / "entities/variant_pairs.tsv.gz").write_bytes(gzip.compress(rows.encode()))
    articles: list[dict[str, object]] = [
        {"id": name, "publisher": "x", "text": ARTICLE, "attributions": []} for name in ("one", "three")
    ]
    write(folder / "quotations/polnear.jsonl.gz", articles)
    texts = ("The security guarantees came.", "Two security guarantees stand.", "The security assurances are late.")
    segments = [
        {
            "doc_id": name,
            "system": "x",
            "seg_id": number,
            "source": "a",
            "target": text,
            "spans": [{"start": 4, "end": 23}] if "assurances" in text else [],
        }
        for name in ("one", "three")
        for number, text in enumerate(texts)
    ]
    write(folder / "mqm_spans/newstest2020.zh-en.mqm.jsonl.gz", segments)
    for name in ("newstest2021.zh-en.mqm", "ted2021.zh-en.mqm"):
        write(folder / f"mqm_spans/{name}.jsonl.gz", [])
    return folder


def test_each_figure_is_measured(tmp_path: Path) -> None:
    folder = data(tmp_path)
    halves = [{row.label: row.share for row in measure_pages(folder, tuning=tuning)} for tuning in (True, False)]

    def hits_and_trials(label: str) -> tuple[int, int]:
        shares = [half[label] for half in halves if label in half]
        return sum(share.hits for share in shares), sum(share.trials for share in shares)

    assert (1, 1) == hits_and_trials("QUO008 on DEMETR 8: negation found")
    assert (0, 1) == hits_and_trials("QUO008 on DEMETR: human and machine without a fault")
    assert (0, 1) == hits_and_trials("QUO008 on two human renderings: findings")
    assert (1, 1) == hits_and_trials("QUO008 on a human one and one with a major error: findings")
    assert (1, 1) == hits_and_trials("CON005 on spellings of a given name: recall")
    assert (2, 2) == hits_and_trials("QUO009 on an article and its copy with another speaker: found")
    assert (2, 2) == hits_and_trials("CON006 on marked translations: an error at one of the terms")


def test_missing_data_is_an_error_of_the_input(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"demetr\.x-en"):
        list(measure_pages(tmp_path, tuning=False))
