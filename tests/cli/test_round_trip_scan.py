"""A scan with a translator: programs on the command line and in the configuration, and what the report shows of them."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path

import pytest

from mtcheck.engines.models.catalog import embedded_models
from tests.cli.commands import Mtcheck

PAGE = """Harbor council meets in Varen

The harbor council of Varen met on Monday to talk about the new timetable for the ferries to Ostlund.

Nobody expects a decision before the end of the month, said the head of the council after the meeting.
"""
REVERSE = "import sys\nfor line in sys.stdin:\n    print(' '.join(word[::-1] for word in line.split()))\n"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mtcheck: Mtcheck) -> str:
    """Return a command that turns every word round, so that two trips restore the text."""
    monkeypatch.setenv("MTCHECK_CACHE", str(tmp_path / "cache"))
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    script = tmp_path / "reverse.py"
    script.write_text(REVERSE, encoding="utf-8")
    return shlex.join([sys.executable, str(script)])


def test_the_report_holds_every_round_trip(mtcheck: Mtcheck, program: str) -> None:
    done = mtcheck("scan", "page.txt", "--command", f"en-es={program}", "--command", f"es-en={program}", "-o", "json")
    assert 0 == done.code, done.err
    trips = json.loads(done.out)["documents"][0]["round_trips"]["trips"]
    assert PAGE.split("\n\n")[1:] == [trip["back"] + end for trip, end in zip(trips[-2:], ("", "\n"), strict=True)]
    assert {("en", "es", 100.0)} == {(trip["language"], trip["pivot"], trip["chrf"]) for trip in trips}


def test_a_configuration_file_names_the_programs(mtcheck: Mtcheck, program: str, tmp_path: Path) -> None:
    (tmp_path / "mtcheck.toml").write_text(
        f"[translation.command]\nen-es = {json.dumps(program)}\nes-en = {json.dumps(program)}\n", encoding="utf-8"
    )
    assert 0 == mtcheck("scan", "page.txt").code
    assert "cannot run" not in mtcheck("doctor").out


def test_a_program_that_is_not_there_leaves_the_scan_incomplete(mtcheck: Mtcheck, program: str) -> None:
    arguments = ("scan", "page.txt", "--command", "en-es=no-such-program", "--command", f"es-en={program}")
    done = mtcheck(*arguments, "-o", "json")
    assert 3 == done.code
    entries = [entry for entry in json.loads(done.out)["not_checked"] if entry["incomplete"]]
    assert ["ACC001"] == entries[0]["checks"]
    assert "no-such-program" in entries[0]["reason"]
    assert 0 == mtcheck(*arguments, "--allow-incomplete").code


def test_a_page_in_a_language_out_of_reach_is_not_incomplete(mtcheck: Mtcheck, program: str, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("Совет порта Варен встретился в понедельник, чтобы обсудить новое расписание.\n")
    done = mtcheck("scan", "page.txt", "--command", f"en-es={program}", "--command", f"es-en={program}", "-o", "json")
    assert 0 == done.code, done.out
    left_out = json.loads(done.out)["not_checked"]
    assert [["ACC001"]] == [entry["checks"] for entry in left_out if "no way from that language" in entry["reason"]]
    assert not any(entry["incomplete"] for entry in left_out)


def test_the_embedded_models_are_the_default(mtcheck: Mtcheck, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("mtcheck.engines.translation.embedded_models", embedded_models)
    monkeypatch.setenv("MTCHECK_CACHE", str(tmp_path / "cache"))
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    done = mtcheck("scan", "page.txt", "-o", "json")
    assert 0 == done.code, done.err
    trips = json.loads(done.out)["documents"][0]["round_trips"]
    assert any(trip["chrf"] is not None and trip["chrf"] > 20 for trip in trips["trips"])
    assert "english-spanish-small" in trips["translator_signature"]
