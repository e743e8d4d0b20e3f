"""``mtcheck compare`` and ``scan --source``: one page against what it was translated from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.commands import Mtcheck

GERMAN = (
    "Der Hafenrat von Varen tagte am Dienstag und lehnte den Plan ab. Die Stadt werde 1,2 Milliarden Euro nicht bezahlen. "
    "Die Reeder wollen nun vor Gericht ziehen. Im Jahr danach kamen nur noch 16 Schiffe."
)
ENGLISH = (
    "The harbor council of Varen met on Tuesday and rejected the plan. The city would pay 1.2 million euros. "
    "In the year after that, only 18 ships came."
)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, str]:
    source, translation = tmp_path / "source.txt", tmp_path / "translation.txt"
    source.write_text(GERMAN, encoding="utf-8")
    translation.write_text(ENGLISH, encoding="utf-8")
    return str(source), str(translation)


def found(output: str) -> dict[str, str]:
    report = json.loads(output)
    return {finding["code"]: finding["text"] for finding in report["findings"]}


def test_compare_finds_what_the_source_shows(mtcheck: Mtcheck, pair: tuple[str, str]) -> None:
    done = mtcheck("compare", *pair, "--no-translate", "-o", "json", "--from", "de", "--to", "en")
    assert done.code == 1
    findings = found(done.out)
    assert findings["ACC010"] == "1.2 million"
    assert findings["ACC006"] == "18"
    assert findings["ACC003"] == "euros"


def test_compare_is_a_scan_with_a_source(mtcheck: Mtcheck, pair: tuple[str, str]) -> None:
    source, translation = pair
    compared = mtcheck("compare", source, translation, "--no-translate", "-o", "json")
    scanned = mtcheck("scan", translation, "--source", source, "--no-translate", "-o", "json")
    assert compared.out == scanned.out


def test_without_a_source_nothing_is_said_of_it(mtcheck: Mtcheck, pair: tuple[str, str]) -> None:
    done = mtcheck("scan", pair[1], "--no-translate", "--select", "ACC003,ACC006,ACC009,ACC011", "-o", "json")
    report = json.loads(done.out)
    assert done.code == 0
    assert (report["findings"], report["not_checked"]) == ([], [])


def test_one_source_is_for_one_page(mtcheck: Mtcheck, pair: tuple[str, str]) -> None:
    done = mtcheck("scan", *pair, "--source", pair[0])
    assert done.code == 2
    assert "--source is the original of one page" in done.err


def test_missing_source_is_an_error(mtcheck: Mtcheck, pair: tuple[str, str]) -> None:
    done = mtcheck("compare", "nowhere.txt", pair[1])
    assert done.code == 2
    assert "nowhere.txt: no such file" in done.err


def test_source_of_a_record(mtcheck: Mtcheck, tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    feed.write_text(json.dumps({"id": "a", "text": ENGLISH, "source": GERMAN, "source_language": "de"}), "utf-8")
    done = mtcheck("scan", str(feed), "--no-translate", "-o", "json")
    assert found(done.out)["ACC006"] == "18"
