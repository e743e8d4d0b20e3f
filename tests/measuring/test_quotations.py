"""The measurements of the quotation engine, on small data of our own, and the floors on the developers' data."""

from __future__ import annotations

import gzip
import json
import tarfile
from pathlib import Path

import pytest

from mtcheck.checks import all_checks
from mtcheck.core.errors import InputError
from mtcheck.core.spans import Span
from mtcheck.measuring import marked_translations, polnear, quotation_damage
from mtcheck.measuring import quotations as measuring
from mtcheck.measuring.intervals import Count, is_tuning, share_of
from mtcheck.measuring.quotation_damage import measure_damage
from mtcheck.measuring.reference_pairs import measure_pairs
from mtcheck.testing import facts_of, run_check
from tests.cli.commands import in_process
from tests.shared import SHARED, needs_shared

TEXT = "“The port opens,” said Orlo Brandt, the mayor. He called it “a disaster” for Varen."
SYSTEMS = ("one", "two")


def span(part: str) -> dict[str, object]:
    start = TEXT.index(part)
    return {"start": start, "end": start + len(part), "text": part}


def record(name: str) -> dict[str, object]:
    return {
        "id": name,
        "text": TEXT,
        "attributions": [
            {
                "source": [span("Orlo Brandt, the mayor")],
                "cue": [span("said")],
                "content": [span("“The port opens,”")],
            },
            {"source": [span("He")], "cue": [span("called")], "content": [span("it “a disaster” for Varen")]},
        ],
    }


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Make evaluation data in the shape of the real one, with a document in either half."""
    names = [next(f"doc{n}" for n in range(99) if is_tuning(f"doc{n}") is tuning) for tuning in (True, False)]
    (tmp_path / "quotations").mkdir()
    (tmp_path / "mqm_spans").mkdir()
    (tmp_path / "challenge").mkdir()
    (tmp_path / "quote_pairs").mkdir()
    with gzip.open(tmp_path / "quote_pairs" / "pairs.jsonl.gz", "wt", encoding="utf-8") as lines:
        whole = "We will not rent out the old pier to a company while the fishermen have no place to land."
        for name in names:
            for text, same in ((whole, 1), (whole.replace("will not", "will"), 0)):
                lines.write(json.dumps({"source": name, "text_a": whole, "text_b": text, "same_meaning": same}) + "\n")
    pair = {"mt": "We will send ships to the island.", "perturbed": "We will send ships to the."}
    with gzip.open(tmp_path / "challenge" / "demetr.x-en.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.write(json.dumps(pair) + "\n")
    with gzip.open(tmp_path / "quotations" / "polnear.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(record(name)) + "\n" for name in names)
    target = "The envoy noted that the port is open and the sea is calm.”"
    row = {
        "seg_id": 1,
        "source": "The port is open.",
        "target": target,
        "spans": [{"start": len(target) - 1, "end": len(target)}],
    }
    for name in marked_translations.MARKED_SETS:
        with gzip.open(tmp_path / "mqm_spans" / f"{name}.jsonl.gz", "wt", encoding="utf-8") as lines:
            for document in names:
                for system in SYSTEMS:
                    lines.write(json.dumps({**row, "doc_id": document, "system": system}) + "\n")
    page = tmp_path / "page.html"
    page.write_text("<html lang=en><body><article><p>“The port opens,” he said.</p></article></body></html>")
    index = tmp_path / "index.tsv"
    index.write_text("file\n")
    with tarfile.open(tmp_path / "clean_pages.tar.gz", "w:gz") as archive:
        archive.add(page, "clean_pages/page.html")
        archive.add(index, "clean_pages/index.tsv")
    return tmp_path


def test_extraction_counts_what_is_annotated(data: Path) -> None:
    read = polnear.articles(data / "quotations" / "polnear.jsonl.gz")
    figures = dict(measuring.extraction_rows(measuring.measure_extraction(read, tuning=False)))
    assert [(2, 2)] * 7 == [(share.hits, share.trials) for share in figures.values()]


def test_precision_looks_at_the_spot(data: Path) -> None:
    paths = [data / "mqm_spans" / f"{name}.jsonl.gz" for name in marked_translations.MARKED_SETS]
    found = marked_translations.measure_precision(paths, ("QUO001", "QUO002"), tuning=True)
    unpaired = share_of(found["QUO001"].spot)
    cases = len(SYSTEMS) * len(marked_translations.MARKED_SETS)
    assert (cases, cases) == (unpaired.hits, unpaired.trials)
    assert 0 == share_of(found["QUO002"].spot).trials


def test_segments_of_one_quotation_of_the_source_are_one_paragraph() -> None:
    sources = ("他说：“港口开了。", "船来了。”", "没有人问。", "他说：“港口开了。", "没有人问。")
    page = marked_translations.page_of(
        [marked_translations.Segment(source, f"Line {number}.", ()) for number, source in enumerate(sources)]
    )
    assert ["Line 0. Line 1.", "Line 2.", "Line 3.", "Line 4."] == [
        block.span.of(page.document.text) for block in page.document.blocks
    ]
    assert [0, 1, 2, 3, 4] == [page.segment_at(start) for start in page.starts]
    assert 1 == page.segment_at(page.document.text.index("1"))


@pytest.mark.parametrize(
    ("marked", "expected"),
    [("open", (False, True)), ("calm.”", (True, True)), ("Ships", (True, True)), (None, (False, False))],
)
def test_the_spot_is_where_a_finding_stands_or_where_it_says_the_mark_belongs(
    marked: str | None, expected: tuple[bool, bool]
) -> None:
    from mtcheck.checks.quotation.unpaired_quotation import CHECK

    text = "Ships may come again now that the port is open and the sea is calm.”"
    spans = () if marked is None else (Span(text.index(marked), text.index(marked) + len(marked)),)
    page = marked_translations.page_of([marked_translations.Segment("", text, spans)])
    (hit,) = run_check(CHECK, page.document, facts_of(page.document))
    assert expected == marked_translations.verdict(page, hit)


def test_damage_is_found_and_counted(data: Path) -> None:
    checks = [check for check in all_checks() if check.code in measuring.QUOTATION_CHECKS]
    read = polnear.articles(data / "quotations" / "polnear.jsonl.gz")
    found = measure_damage(read, checks, tuning=True)
    shares = {damage: share_of(counts.alone) for damage, counts in found.items()}
    assert 1 == shares[quotation_damage.OPENING_LOST].hits == shares[quotation_damage.CLOSING_LOST].hits
    assert 1 == shares[quotation_damage.MARK_TURNED].hits == shares[quotation_damage.MARK_MOVED].hits


def test_references_are_measured_on_pairs(data: Path) -> None:
    found = measure_pairs(data / "quote_pairs" / "pairs.jsonl.gz", tuning=True)
    assert (0, 1) == (share_of(found.same).hits, share_of(found.different).hits)


def test_alarms_are_counted_by_check(data: Path) -> None:
    found = dict(measuring.alarms(data))
    assert ["PolNeAR", "clean_pages"] == list(found)
    assert all(alarm.findings == 0 and alarm.words > 0 for alarms in found.values() for alarm in alarms)
    assert list(measuring.QUOTATION_CHECKS) == [alarm.code for alarm in found["PolNeAR"]]


def test_signs_of_garble_are_counted_in_damaged_and_in_whole_sentences(data: Path) -> None:
    found = measuring.measure_signs(data / "challenge" / "demetr.x-en.jsonl.gz")
    assert measuring.Signs(damaged=1, whole=0, sentences=1) == found


def test_rates_are_in_20000_words() -> None:
    assert 2.0 == measuring.Alarms("QUO001", 1, 10_000).rate


def test_an_interval_holds_its_share_and_is_the_same_each_time() -> None:
    counts = [Count(hits, 10) for hits in (9, 8, 10, 7, 9, 10, 5)]
    share = share_of(counts)
    assert share.low < share.value < share.high
    assert share == share_of(counts)
    assert "no cases" == str(share_of([]))


def test_missing_data_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        list(polnear.articles(tmp_path / "none.jsonl.gz"))


def test_the_command_prints_the_figures(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    done = in_process(monkeypatch, capsys)("bench", "quotations", "--data", str(data))
    assert (0, "") == (done.code, done.err)
    assert "speaker right (head), of all annotated" in done.out
    assert "QUO001 at the spot" in done.out


@needs_shared
def test_floors_on_annotated_news() -> None:
    read = polnear.articles(SHARED / "eval" / "quotations" / "polnear.jsonl.gz")
    figures = dict(measuring.extraction_rows(measuring.measure_extraction(read, tuning=False)))
    assert figures["annotated quotations found, with both borders"].value > 0.99
    assert figures["speaker right (head), of all annotated"].value > 0.77
    assert figures["speaker right, where one is given"].value > 0.89
    assert figures["verb right, where one is given"].value > 0.9
