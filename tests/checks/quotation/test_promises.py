"""What an editor must be shown of the garbled quotation: alone, beside another page that has it whole, and with a reference."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import Mtcheck, in_process
from tests.shared import SHARED, needs_shared

MISSING = "the subject (it) and the negation (will not) are missing"
BEGUN = "must have begun after “noting that”"
GARBLED = "Topics the United States needs only"
WHOLE = "will not engage in a dialogue only"
PAGES = ("sana-lavrov.txt", "efe-russia-us.txt", "iz-blinken.txt", "sputnik.txt", "vpk-ria.txt")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder that holds the page in question and has no references."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(SHARED / "pages" / PAGES[0], tmp_path)
    return tmp_path


@pytest.fixture
def mtcheck(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Mtcheck:
    return in_process(monkeypatch, capsys)


def scanned(mtcheck: Mtcheck, *pages: str) -> tuple[dict[str, list[dict[str, Any]]], str, str, str]:
    """Scan pages; return the findings of the page in question by code, and what its text, terminal and HTML reports show."""
    shutil.rmtree("html", ignore_errors=True)
    outputs = ["--output", "json:found.json", "--output", "text:found.txt", "--output", "html:html"]
    done = mtcheck("scan", *pages, "--no-translate", *outputs, "--output", "terminal")
    found: dict[str, list[dict[str, Any]]] = {}
    for finding in json.loads(Path("found.json").read_text("utf-8"))["findings"]:
        if Path(finding["document"]).name == PAGES[0]:
            found.setdefault(finding["code"], []).append(finding)
    html = "\n".join(path.read_text("utf-8") for path in sorted(Path("html").rglob("*.html")) if "sana" in path.name)
    return found, Path("found.txt").read_text("utf-8"), _plain(done.out), _plain(re.sub(r"<[^>]*>", "", html))


def _plain(text: str) -> str:
    """Return text without what frames it in a terminal, so that a broken line is one again."""
    return " ".join(re.sub(r"[│╭╮╰╯─┃|]", " ", text).split())


@needs_shared
def test_alone_it_is_garbled_and_unpaired_with_where_it_must_have_begun(folder: Path, mtcheck: Mtcheck) -> None:
    found, text, terminal, html = scanned(mtcheck, PAGES[0])
    (garbled,) = found["QUO006"]
    (unpaired,) = found["QUO001"]
    assert garbled["text"].startswith(GARBLED)
    assert "ignored.”" == unpaired["text"]
    assert ["there", "Topics"] == [place["text"] for place in unpaired["related"]]
    page = (folder / PAGES[0]).read_text("utf-8")
    assert page[: unpaired["related"][0]["place"]["start"]].endswith("noting that ")
    assert not {"QUO003", "QUO007", "QUO008"} & found.keys()
    for shown in (text, terminal, html):
        assert 2 <= shown.count(BEGUN)


@needs_shared
def test_beside_the_other_pages_it_stands_aligned_with_the_whole_one(folder: Path, mtcheck: Mtcheck) -> None:
    for name in PAGES[1:]:
        shutil.copy(SHARED / "pages" / name, folder)
    found, text, terminal, html = scanned(mtcheck, *PAGES)
    (odd,) = found["QUO008"]
    assert MISSING in odd["message"]
    assert "efe-russia-us.txt" == Path(odd["related"][0]["document"]).name
    (comparison,) = [evidence for evidence in odd["evidence"] if "left" in evidence]
    assert comparison["left"].startswith(GARBLED)
    assert WHOLE in comparison["right"]
    gone = [comparison["right"][span["start"] : span["end"]] for span in comparison["right_highlights"]]
    assert any("will not" in stretch for stretch in gone)
    assert MISSING in text
    for shown in (terminal, html):
        assert MISSING in shown
        assert GARBLED in shown
        assert WHOLE in shown
    assert {"QUO001", "QUO006"} <= found.keys()


@needs_shared
def test_with_the_whole_quotation_among_the_references_it_differs_from_it(folder: Path, mtcheck: Mtcheck) -> None:
    other = (SHARED / "pages" / PAGES[1]).read_text("utf-8")
    whole = re.search(r"it will not\s+“([^”]*)”", other)
    assert whole is not None
    said = f"it will not {whole[1]}"
    (folder / "references").mkdir()
    entry = {"id": "lavrov", "speaker": "Sergei Lavrov", "date": "2022-01-27", "language": "en", "text": said}
    (folder / "references" / "quotations.jsonl").write_text(json.dumps(entry) + "\n", encoding="utf-8")
    found, text, terminal, html = scanned(mtcheck, PAGES[0])
    (different,) = found["QUO007"]
    assert different["text"].startswith(GARBLED)
    for shown in (different["message"], text, terminal, html):
        assert MISSING in shown
    for shown in (terminal, html):
        assert WHOLE in shown
        assert "quotations.jsonl:1" in shown
