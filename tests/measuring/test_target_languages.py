"""``mtcheck bench surface --language`` on a small set of its own, and the faults that it builds in."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mtcheck.cli.main import app
from mtcheck.measuring import marked_translations, target_languages
from mtcheck.measuring.intervals import is_tuning
from mtcheck.measuring.language_damage import FAULTS, Fault
from mtcheck.measuring.surface import surface_checks

REPORTING = next(name for name in (f"doc-{n}" for n in range(50)) if not is_tuning(name))
SENTENCES = {
    "en": "The council of Varen closed the old bridge ({}) for all 214 ferries, “until further notice”, and did not say why.",
    "de": "Der Rat von Varen hat die alte Brücke ({}) für alle 214 Fähren „bis auf Weiteres“ gesperrt, und er sagte nicht, warum.",
}


def rows(texts: list[str], source: str = "The port is shut.") -> list[dict[str, object]]:
    return [
        {
            "doc_id": REPORTING,
            "system": "s",
            "seg_id": "-1",
            "doc_seg": str(number),
            "rater": "r",
            "source": f"{source} {number}",
            "target": text,
            "spans": [],
        }
        for number, text in enumerate(texts, 1)
    ]


def write(path: Path, lines: list[str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress("".join(f"{line}\n" for line in lines).encode()))
    return path


def marked(folder: Path, records: list[dict[str, object]]) -> Path:
    return write(folder / "marked.jsonl.gz", [json.dumps(record) for record in records])


def ntrex(folder: Path, count: int = 40) -> Path:
    header = ["language\tline\tsentence", "en\t0\tA headline", "de\t0\tEine Überschrift"]
    lines = [
        f"{language}\t{number}\t{sentence.format(f'built in {1800 + number}')}"
        for language, sentence in SENTENCES.items()
        for number in range(1, count + 1)
    ]
    write(folder / "langid/ntrex12.tsv.gz", [*header, *lines])
    return folder


def test_segments_come_in_the_order_of_their_numbers_where_one_number_stands_for_all(tmp_path: Path) -> None:
    path = marked(tmp_path, rows([f"Satz {number}." for number in range(1, 13)]))
    ((_, segments),) = marked_translations.translations(path)
    assert [f"Satz {number}." for number in range(1, 13)] == [segment.text for segment in segments]


def test_what_opens_again_after_an_open_quotation_begins_a_paragraph() -> None:
    sources = ('He said: "It is late.', '"We shall go home now."', "The port is shut.")
    page = marked_translations.page_of([marked_translations.Segment(source, "Satz.", ()) for source in sources])
    assert 3 == len(page.document.blocks)


def test_a_fault_that_the_source_has_is_counted_apart(tmp_path: Path) -> None:
    checks = surface_checks(("REP001",))
    own = marked(
        tmp_path, rows(["Der Hafen von Varen ist nach nach langer Nacht gesperrt.", "Er ist zu.", "Es ist spät."])
    )
    (row,) = target_languages.measure_marked([own], checks, tuning=False)
    assert (0, 1, 0) == (row.spot.hits, row.spot.trials, row.inherited)
    copied = marked(tmp_path, rows(["Der Hafen ist nach nach langer Nacht gesperrt."], "The the port is shut."))
    (row,) = target_languages.measure_marked([copied], checks, tuning=False)
    assert (0, 1) == (row.spot.trials, row.inherited)


def test_pages_have_ten_sentences_without_headlines(tmp_path: Path) -> None:
    pages = target_languages.pages_of(ntrex(tmp_path), "de")
    assert [10, 10, 10, 10] == [len(page.segments) for page in pages]
    assert "Überschrift" not in pages[0].document.text


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_changes_the_page_or_leaves_it(fault: Fault) -> None:
    page = [SENTENCES["de"].format(number) for number in range(3)]
    changed = fault.build(page, 1, "de")
    assert changed is None or changed != page
    assert changed == fault.build(page, 1, "de")


def test_faults_are_found_and_clean_pages_are_silent(tmp_path: Path) -> None:
    checks = surface_checks(("REP001", "QUO001", "UNT003", "CON003"))
    pages = target_languages.pages_of(ntrex(tmp_path), "de")
    assert 0 == sum(alarm.findings for alarm in target_languages.translated_alarms(pages, checks))
    found = {row.fault: row.found.value for row in target_languages.built_in("de", pages[:1], checks)}
    assert 1.0 == found["a word twice"] == found["an unknown-word token"] == found["a closing quotation mark lost"]


def test_the_table_of_a_language(tmp_path: Path) -> None:
    arguments = [
        "bench",
        "surface",
        "--data",
        str(ntrex(tmp_path)),
        "--language",
        "en",
        "--select",
        "UNT003",
        "--no-human",
    ]
    for name in target_languages.MARKED_BY_LANGUAGE["en"]:
        write(tmp_path / f"mqm_spans/{name}.jsonl.gz", [])
    result = CliRunner().invoke(app, arguments)
    assert 0 == result.exit_code, result.output
    assert "built in: an unknown-word token" in result.output
    refused = CliRunner().invoke(app, [*arguments[:5], "xx"])
    assert 2 == refused.exit_code
