"""A second scan of unchanged files: the same bytes, and nothing loaded that checks; any change is seen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mtcheck.app import find_inputs, scan
from mtcheck.app.recalling import Recall
from mtcheck.config import Settings, load_settings
from mtcheck.core.report import ScanReport
from mtcheck.reporters.json import dumps

PAGES = {
    "one.html": "<h1>Talks in Varen</h1><p>Minister Andrey Morozin met Yusuf Haddar of Ostia in Varen, and Morozin thanked "
    "him. Andrey Morozin leaves the the town today.</p>",
    "two.txt": "Ostia replies\n\nAn envoy of Ostia said that Andrei Morozin had asked Haddar for a second meeting in Varen.",
}
LOADED = "print(*sorted(name for name in sys.modules if name.startswith(('mtcheck.checks', 'mtcheck.engines.l', 'numpy', 'lxml'))))"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    pages = tmp_path / "pages"
    pages.mkdir()
    for name, text in PAGES.items():
        (pages / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return pages


def settings_of(folder: Path, **given: object) -> Settings:
    chosen = {"reuse": True, "cache": folder.parent / "cache", "translation": {"enabled": False}}
    return load_settings(chosen | given).settings


def scanned(folder: Path, **given: object) -> ScanReport:
    settings = settings_of(folder, **given)
    return scan(find_inputs([folder.name], settings), settings)


def recalled(folder: Path, **given: object) -> ScanReport | None:
    settings = settings_of(folder, **given)
    note = Recall.of(settings, find_inputs([folder.name], settings).items)
    return None if note is None else note.report()


def test_the_whole_report_comes_back(folder: Path) -> None:
    assert recalled(folder) is None
    first = scanned(folder)
    # One of them across pages: its page was not checked alone.
    assert {"CON005", "REP001"} == {finding.code for finding in first.findings}
    again = recalled(folder)
    assert again is not None
    assert dumps(first) == dumps(again)
    assert dumps(first) == dumps(scanned(folder, reuse=False))


def test_what_has_no_effect_on_findings_changes_nothing(folder: Path) -> None:
    scanned(folder)
    assert recalled(folder, fail_on="never", jobs=2, output=("json",)) is not None


@pytest.mark.parametrize(
    "given",
    [{"ignore": ("REP",)}, {"language": "en"}, {"suppressions": True}, {"checks": {"REP001": {"allowed": ["the"]}}}],
    ids=str,
)
def test_another_setting_is_another_scan(folder: Path, given: dict[str, object]) -> None:
    scanned(folder)
    assert recalled(folder, **given) is None


def test_a_changed_file_is_another_scan(folder: Path) -> None:
    scanned(folder)
    (folder / "one.html").write_text("<p>All is well in the port of Varen today.</p>", encoding="utf-8")
    assert recalled(folder) is None
    assert not scanned(folder).findings


def test_more_and_fewer_files_are_another_scan(folder: Path) -> None:
    scanned(folder)
    (folder / "three.txt").write_text("All is well in the port of Varen today.", encoding="utf-8")
    assert recalled(folder) is None
    (folder / "three.txt").unlink()
    assert recalled(folder) is not None


def test_what_lies_outside_of_files_and_settings_is_never_recalled(folder: Path) -> None:
    scanned(folder)
    assert Recall.of(settings_of(folder, translation={"enabled": True}), find_inputs([folder.name]).items) is None
    assert Recall.of(settings_of(folder), find_inputs(["-"]).items) is None
    (folder.parent / "references").mkdir()
    assert recalled(folder) is None


def test_a_scan_with_a_problem_is_done_again(folder: Path) -> None:
    (folder / "empty.warc").write_bytes(b"no archive")
    scanned(folder)
    assert recalled(folder) is None


def test_a_part_that_is_gone_is_made_again(folder: Path) -> None:
    first = scanned(folder)
    for file in (folder.parent / "cache").rglob("*"):
        if file.is_file():
            file.write_bytes(b"damaged")
    assert recalled(folder) is None
    assert dumps(first) == dumps(scanned(folder))


def test_nothing_that_checks_is_loaded(folder: Path) -> None:
    arguments = [
        "mtcheck",
        "scan",
        folder.name,
        "--reuse",
        "--no-translate",
        "--output",
        "json:again.json",
        "--fail-on",
        "never",
    ]
    program = f"import sys\nsys.argv = {arguments!r}\nfrom mtcheck.cli.main import run\ntry:\n    run()\nexcept SystemExit:\n    {LOADED}"
    environment = os.environ | {"MTCHECK_CACHE": str(folder.parent / "cache")}

    def run() -> list[str]:
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment
        )
        return done.stdout.split()

    assert "mtcheck.checks" in run()
    first = json.loads((folder.parent / "again.json").read_bytes())
    assert [] == run()
    assert first == json.loads((folder.parent / "again.json").read_bytes())
