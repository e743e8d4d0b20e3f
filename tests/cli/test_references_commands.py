"""``mtcheck references`` and ``mtcheck scan --references``, from outside."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tests.cli.commands import Mtcheck

TEXT = (
    "We have listened to everybody. We will not rent out the old pier to a single company while the fishermen of the "
    "town have no place to land."
)
PAGE = (
    "Old pier stays with the town\n\n"
    "Mayor Ines Corvall spoke of the harbor on Monday, noting that the town has waited for years. Companies the old pier "
    "needs only while the fishermen of the town have no place to land.”\n\n"
    "The council meets again in June, and nobody expects a quick end to the matter of the pier.\n"
)


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MTCHECK_CACHE", str(tmp_path / "cache"))


def add(mtcheck: Mtcheck, text: str = TEXT, *more: str) -> None:
    done = mtcheck("references", "add", text, "--speaker", "Ines Corvall", "--language", "en", *more)
    assert (0, "") == (done.code, done.err)


def findings(output: str) -> list[dict[str, object]]:
    found = json.loads(output)["findings"]
    assert isinstance(found, list)
    return found


def scan(mtcheck: Mtcheck, page: Path, *more: str) -> list[dict[str, object]]:
    done = mtcheck("scan", str(page), "--no-translate", "--output", "json", *more)
    assert done.code in (0, 1), done.err
    return findings(done.out)


def test_what_is_added_is_listed_checked_and_used_by_a_scan(mtcheck: Mtcheck, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    assert [] == [finding for finding in scan(mtcheck, page) if finding["code"] == "QUO007"]
    add(mtcheck, TEXT, "--date", "2031-05-12", "--id", "pier")
    listed = mtcheck("references", "list").out
    assert listed.startswith("quotations.jsonl:1: pier: Ines Corvall 2031-05-12 [en]: We have listened")
    assert "1 quotations, 0 glossary entries, 0 names in 1 files\n" == mtcheck("references", "check").out
    (finding,) = [finding for finding in scan(mtcheck, page) if finding["code"] == "QUO007"]
    assert str(finding["message"]).endswith("the subject (We) and the negation (will not) are missing")
    assert str(finding["text"]).startswith("Companies the old pier needs only")
    assert "major" == finding["severity"]


def test_a_scan_uses_the_folder_that_is_named(mtcheck: Mtcheck, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    add(mtcheck, TEXT, "--references", "elsewhere")
    assert not (tmp_path / "references").exists()
    assert [] == scan(mtcheck, page, "--select", "QUO007")
    assert 1 == len(scan(mtcheck, page, "--select", "QUO007", "--references", "elsewhere"))
    (tmp_path / "mtcheck.toml").write_text('references = "elsewhere"\n', encoding="utf-8")
    assert 1 == len(scan(mtcheck, page, "--select", "QUO007"))
    assert "1 quotations" in mtcheck("references", "check").out


def test_several_processes_find_the_same(mtcheck: Mtcheck, tmp_path: Path) -> None:
    add(mtcheck)
    for number in range(2):
        (tmp_path / f"page-{number}.txt").write_text(PAGE, encoding="utf-8")
    found = scan(mtcheck, tmp_path, "--select", "QUO007", "--jobs", "2")
    assert ["page-0.txt", "page-1.txt"] == [Path(str(finding["document"])).name for finding in found]


def test_a_glossary_is_used_by_a_scan(mtcheck: Mtcheck, tmp_path: Path) -> None:
    (tmp_path / "references").mkdir()
    table = "language\tuse\tavoid\nen\tpier\tcouncil house|harbor\n"
    (tmp_path / "references" / "terms.tsv").write_text(table, encoding="utf-8")
    page = tmp_path / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    assert ["harbor"] == [finding["text"] for finding in scan(mtcheck, page, "--select", "CON007")]
    assert "terms.tsv:2: pier [en], not council house or harbor\n" == mtcheck("references", "list").out


def test_references_at_fault_stop_a_scan_with_their_line(mtcheck: Mtcheck, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    (tmp_path / "references").mkdir()
    (tmp_path / "references" / "q.jsonl").write_text('\n{"id": "a"}\n', encoding="utf-8")
    done = mtcheck("scan", str(page), "--no-translate")
    assert 2 == done.code
    assert "q.jsonl:2: 'speaker' is missing or empty" in done.err
    checked = mtcheck("references", "check")
    assert 2 == checked.code
    assert "q.jsonl:2: 'speaker' is missing or empty" in checked.out
    assert "1 lines cannot be used" in checked.out


def test_a_named_folder_that_is_not_there_is_an_error(mtcheck: Mtcheck, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    for arguments in (("scan", "page.txt", "--no-translate"), ("references", "list"), ("references", "check")):
        done = mtcheck(*arguments, "--references", "nowhere")
        assert (2, "mtcheck: error: nowhere: there is no such folder of references\n") == (done.code, done.err)


def test_listing_as_json_holds_everything(mtcheck: Mtcheck) -> None:
    add(mtcheck, TEXT, "--origin", "transcript")
    (line,) = mtcheck("references", "list", "--json").out.splitlines()
    record = json.loads(line)
    assert (TEXT, "transcript", "quotations.jsonl", 1) == tuple(
        record[key] for key in ("text", "origin", "file", "line")
    )
    assert record["id"].startswith("ines-corvall-")


def test_text_is_read_from_standard_input(mtcheck: Mtcheck, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("The night ferry\nwill sail again.\n"))
    add(mtcheck, "-")
    assert "The night ferry will sail again." in mtcheck("references", "list").out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--date", "yesterday"), "'yesterday' is no date"),
        (("--id", "pier"), "the id 'pier' stands in quotations.jsonl:1"),
        ((), "quotations.jsonl:1 has this quotation, as 'pier'"),
        (("--file", "../escaped.jsonl"), "inside the folder of references"),
        (("--file", "quotations.txt"), "inside the folder of references"),
    ],
)
def test_what_does_not_fit_is_not_added(
    mtcheck: Mtcheck, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    add(mtcheck, TEXT, "--id", "pier")
    before = (tmp_path / "references" / "quotations.jsonl").read_bytes()
    done = mtcheck("references", "add", TEXT, "--speaker", "Ines Corvall", "--language", "en", *arguments)
    assert 2 == done.code
    assert message in done.err
    assert before == (tmp_path / "references" / "quotations.jsonl").read_bytes()
    assert not (tmp_path / "escaped.jsonl").exists()


def test_adding_keeps_what_is_there_without_a_last_line_break(mtcheck: Mtcheck, tmp_path: Path) -> None:
    add(mtcheck, TEXT, "--id", "pier")
    path = tmp_path / "references" / "quotations.jsonl"
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n"), encoding="utf-8")
    done = mtcheck("references", "add", "Short.", "--speaker", "A", "--language", "en", "--id", "b")
    assert "quotations.jsonl:2: b\n" == done.out
    assert ["pier", "b"] == [json.loads(line)["id"] for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("said.csv", 'Quote,Author,Lang,URL\n"We will, in time, sail.",Corvall,EN,https://example.org\n'),
        ("said.tsv", "quote\tauthor\tlang\turl\nWe will, in time, sail.\tCorvall\ten\thttps://example.org\n"),
        (
            "said.jsonl",
            '{"quote": "We will, in time, sail.", "author": "Corvall", "lang": "en", "url": "https://example.org"}\n',
        ),
    ],
)
def test_files_of_three_kinds_are_imported_once(mtcheck: Mtcheck, tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    first, second = (mtcheck("references", "import", name).out for _ in range(2))
    assert first.endswith("1 quotations imported to references/said.jsonl, 0 were there already\n")
    assert second.startswith("0 quotations imported")
    (line,) = (tmp_path / "references" / "said.jsonl").read_text(encoding="utf-8").splitlines()
    record = json.loads(line)
    assert "corvall-" == record.pop("id")[:8]
    assert {
        "speaker": "Corvall",
        "language": "en",
        "text": "We will, in time, sail.",
        "origin": "https://example.org",
    } == record


def test_columns_and_defaults_are_named_on_the_command_line(mtcheck: Mtcheck, tmp_path: Path) -> None:
    (tmp_path / "z.csv").write_text("Zitat,Nr\nWir segeln wieder.,1\n", encoding="utf-8")
    options = ("--column", "text=Zitat", "--column", "id=Nr", "--language", "de", "--speaker", "Corvall")
    assert 0 == mtcheck("references", "import", "z.csv", *options, "--file", "de/said.jsonl").code
    assert "de/said.jsonl:1: 1: Corvall [de]: Wir segeln wieder.\n" == mtcheck("references", "list").out


@pytest.mark.parametrize(
    ("name", "content", "options", "message"),
    [
        ("a.csv", "text,language\nWe sail.,en\n", (), "a.csv:2: 'speaker' is missing"),
        ("a.csv", "text,speaker\nWe sail.,B\n", (), "a.csv:2: 'language' is missing"),
        (
            "a.csv",
            "text,speaker\nWe sail.,B\n",
            ("--column", "text=Zitat"),
            "no column 'Zitat'; there are speaker, text",
        ),
        ("a.csv", "text\n", ("--column", "words=text"), "no column 'words' of ours"),
        ("a.csv", "text\n", ("--column", "text"), "give our column and theirs"),
        ("a.csv", 'text\n"We sail', (), "unexpected end of data"),
        ("a.xlsx", "", (), "only .csv, .tsv and .jsonl"),
        ("a.jsonl", "[]\n", (), "no JSON object"),
        ("a.jsonl", "{\n", (), "a.jsonl:1: this line is not JSON"),
    ],
)
def test_a_file_that_does_not_fit_is_not_imported(
    mtcheck: Mtcheck, tmp_path: Path, name: str, content: str, options: tuple[str, ...], message: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    done = mtcheck("references", "import", name, *options)
    assert 2 == done.code
    assert message in done.err
    assert not list((tmp_path / "references").glob("*")) if (tmp_path / "references").exists() else True
