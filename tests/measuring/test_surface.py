"""``mtcheck bench surface`` on a small set of its own."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from pathlib import Path

import pytest

from mtcheck.core.errors import InputError
from mtcheck.measuring import surface
from mtcheck.measuring.intervals import is_tuning
from mtcheck.measuring.marked_translations import MARKED_SETS

TUNING, REPORTING = (
    next(name for name in (f"doc-{n}" for n in range(50)) if is_tuning(name) is half) for half in (True, False)
)
BAD = "The mayor of Varen signed the the treaty in the port."
GOOD = "The mayor of Varen signed the treaty in the port."
HUMAN = next(f"The mayor number {n} signed." for n in range(50) if not is_tuning(f"The mayor number {n} signed."))


def write(path: Path, records: list[dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress("".join(json.dumps(record) + "\n" for record in records).encode()))


def rating(
    document: str, number: int, text: str, spans: list[dict[str, object]], rater: str = "first"
) -> dict[str, object]:
    row = {"doc_id": document, "system": "s", "seg_id": number, "rater": rater}
    return {**row, "source": f"原文{number}。", "target": text, "spans": spans}


def data(folder: Path) -> Path:
    start = BAD.index("the the")
    rows: list[dict[str, object]] = []
    for name in (TUNING, REPORTING):
        rows.append(
            rating(name, 1, BAD, [{"start": start, "end": start + 7, "category": "Fluency/Spelling"}]),
        )
        rows.append(rating(name, 2, f"Later {BAD}", []))
        rows.append(rating(name, 3, GOOD, [{"start": 4, "end": 9, "category": "Fluency/Grammar"}]))
        for rater in ("first", "second"):
            stop = {"start": len(GOOD) - 1, "end": len(GOOD), "category": "Fluency/Punctuation"}
            rows.append(rating(name, 4, GOOD, [stop], rater))
    for number, name in enumerate(MARKED_SETS):
        write(folder / f"mqm_spans/{name}.jsonl.gz", [] if number else rows)
    damage: dict[str, object] = {"phenomenon": "minor_id1_repeat2", "human": HUMAN, "mt": GOOD, "perturbed": BAD}
    write(folder / "challenge/demetr.x-en.jsonl.gz", [damage])
    loops: list[dict[str, object]] = [
        {"mt": "The port, the port, the port, the port, the port, the port.", "repetitions": 1},
        {"mt": GOOD, "repetitions": 0},
        {"mt": "It is late.", "repetitions": 0},
    ]
    write(folder / "hallucination/lfan_hall.de-en.jsonl.gz", loops)
    write(folder / "quotations/polnear.jsonl.gz", [{"id": "a", "text": f"{GOOD}\n\n{BAD}"}])
    with tarfile.open(folder / "clean_pages.tar.gz", "w:gz") as archive:
        for name, text in (("index.tsv", "x"), ("a.html", f"<html lang=en><p>{GOOD}</p>")):
            entry = tarfile.TarInfo(f"clean_pages/{name}")
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text.encode()))
    return folder


def test_a_finding_is_right_where_an_error_is_marked(tmp_path: Path) -> None:
    checks = surface.surface_checks(("REP001",))
    paths = [data(tmp_path) / "mqm_spans/newstest2020.zh-en.mqm.jsonl.gz"]
    marked = surface.measure_marked(paths, checks, tuning=False)
    (figures,) = marked.checks
    assert ("REP001", 1, 2) == (figures.code, figures.spot.hits, figures.spot.trials)
    assert (1, 3) == (marked.union.recall.hits, marked.union.recall.trials)
    assert (3, 4) == (marked.segments.hits, marked.segments.trials)
    recall = {row.kind: (row.touched.hits, row.touched.trials) for row in marked.surface.recall}
    assert {"all": (1, 2), "agreed": (0, 1), "spelling": (1, 1), "punctuation": (0, 1)} == recall
    assert (1, 2) == (marked.surface.precision.hits, marked.surface.precision.trials)
    assert ((".", 1),) == marked.surface.missed
    # Two words of the first segment (and the word beside them), one of the third with its neighbors.
    assert 0 < marked.chance.value < 0.5
    assert [True, False] == [case.right for case in marked.judged]
    assert {REPORTING} == {case.document for case in marked.judged}


def test_damage_counts_where_it_was_not_there_before(tmp_path: Path) -> None:
    path = data(tmp_path) / "challenge/demetr.x-en.jsonl.gz"
    (damage,) = surface.measure_damage(path, surface.surface_checks(("REP001",)), tuning=False)
    assert (1, 0) == (damage.found.hits, damage.false.hits)
    assert (("REP001", 1),) == damage.codes
    assert [] == list(surface.measure_damage(path, surface.surface_checks(("REP001",)), tuning=True))


def test_loops_rank_above_other_output(tmp_path: Path) -> None:
    loops = surface.measure_loops(data(tmp_path) / "hallucination/lfan_hall.de-en.jsonl.gz", surface.surface_checks())
    assert (1.0, 1.0, 1, 0) == (loops.area, loops.recall, loops.found.hits, loops.false.hits)


def test_area_counts_ties_half() -> None:
    assert 0.875 == surface.area_under_curve([(1.0, False), (2.0, True), (2.0, False), (3.0, True)])


def test_alarms_are_counted_in_main_text(tmp_path: Path) -> None:
    with surface.clean_sets(data(tmp_path)) as sets:
        ((alarm,), report) = surface.measure_alarms(sets["PolNeAR"], ["REP001"])
        assert (1, 21) == (alarm.findings, alarm.words)
        assert 1 == len(report.findings)
        assert 0 == surface.measure_alarms(sets["clean_pages"], ["REP001"])[0][0].findings


def test_checks_that_need_a_model_or_only_inform_are_left_out() -> None:
    codes = {check.code for check in surface.surface_checks()}
    assert {"REP001", "TYP007", "ENC005", "LID003"} <= codes
    assert not {"ACC001", "DOC001", "LIT002", "QUO007"} & codes


def test_missing_data_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        surface.measure_marked([tmp_path / "none.gz"], surface.surface_checks(("REP001",)), tuning=False)
    with pytest.raises(InputError, match="cannot be read"):
        list(surface.measure_damage(tmp_path / "none.gz", (), tuning=False))
