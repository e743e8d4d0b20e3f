"""What a references folder may hold, and what is said of a line that it may not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtcheck.core.errors import ConfigurationError
from mtcheck.core.references import GlossaryEntry, ReferenceName, ReferenceQuotation
from mtcheck.engines.references import open_library, open_references
from mtcheck.engines.references.records import read_quotations, read_table, written_quotation
from tests.engines.references.folders import FERRY, PIER, quotation, write_quotations, write_table

STARTER = Path(__file__).parents[3] / "references"


def test_starter_references_are_valid_and_hold_every_kind() -> None:
    library = open_library(STARTER)
    assert () == library.problems()
    assert library.glossary
    assert library.names
    languages = {item.language for item in library.quotations() if isinstance(item, ReferenceQuotation)}
    assert languages >= {"en", "es", "ru"}


def test_all_values_of_a_quotation_are_read() -> None:
    record = quotation(
        "  We  will\nwait. ", id="a", date="2031-05-12", language="PT-BR", origin="https://example.org/1"
    )
    (found,) = read_quotations([json.dumps(record).encode()], "q.jsonl")
    expected = ReferenceQuotation(
        "a", "Ines Corvall", "2031-05-12", "pt-br", "We will wait.", "https://example.org/1", "q.jsonl", 1
    )
    assert expected == found


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{", "this line is not JSON"),
        (b"[1]", "no JSON object"),
        (b"[" * 100_000, "not JSON"),
        (b"\xff\xfe", "not UTF-8"),
        (json.dumps(quotation(id="")).encode(), "'id' is missing or empty"),
        (json.dumps(quotation(text="  ")).encode(), "'text' is missing or empty"),
        (json.dumps({"id": "a", "text": "b", "language": "en"}).encode(), "'speaker' is missing"),
        (json.dumps(quotation(langauge="en")).encode(), "unknown key 'langauge'"),
        (json.dumps({**quotation(), "date": 2031}).encode(), "'date' must be a text"),
        (json.dumps(quotation(date="12 May 2031")).encode(), "is no date"),
        (json.dumps(quotation(date="2031-02-30")).encode(), "is no date"),
        (json.dumps(quotation(language="english please")).encode(), "is no language code"),
        (json.dumps(quotation("a" * 20_001)).encode(), "at most 20,000"),
        (b'{"id": "a", "speaker": "b", "language": "en", "text": "\\ud800"}', "lone surrogate"),
    ],
)
def test_a_line_at_fault_is_named_with_its_number(line: bytes, message: str) -> None:
    good = json.dumps(quotation()).encode()
    first, problem = read_quotations([good, b"  ", line], "q.jsonl")
    assert isinstance(first, ReferenceQuotation)
    assert str(problem).startswith("q.jsonl:3: ")
    assert message in str(problem)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_without_a_crash(data: bytes) -> None:
    for item in (*read_quotations(data.split(b"\n"), "q.jsonl"), *read_table(data, "t.tsv")):
        assert item.line >= 0


def test_a_written_quotation_is_read_back() -> None:
    (found,) = read_quotations([json.dumps(quotation(date="2031")).encode()], "q.jsonl")
    assert isinstance(found, ReferenceQuotation)
    assert [found] == list(read_quotations([written_quotation(found).encode()], "q.jsonl"))


def test_tables_are_told_by_their_header(tmp_path: Path) -> None:
    write_table(tmp_path, "# terms", "language,use,avoid,source_language,source", "EN,pier,dock|quay*,es,muelle")
    write_table(tmp_path, "language,name,variants", "en,Ines Corvall,Inez Corvall| Ines Corval", name="people.tsv")
    library = open_library(tmp_path)
    assert (GlossaryEntry("en", "pier", ("dock", "quay*"), "es", "muelle", "", "glossary.tsv", 3),) == library.glossary
    names = (ReferenceName("en", "Ines Corvall", ("Inez Corvall", "Ines Corval"), "", "people.tsv", 2),)
    assert names == library.names


def test_a_name_may_list_what_it_means(tmp_path: Path) -> None:
    write_table(tmp_path, "language,name,literal", "en,Sana,Healthy|Sound", name="names.tsv")
    (name,) = open_library(tmp_path).names
    assert (("Healthy", "Sound"), ()) == (name.literal, name.variants)


@pytest.mark.parametrize(
    ("rows", "line", "message"),
    [
        (["language,term"], 1, "neither a column 'use'"),
        (["use,avoid"], 1, "no column 'language'"),
        (["language,use,avoid,colour"], 1, "unknown column 'colour'"),
        (["language,use,use"], 1, "a column twice"),
        (["language,use", "en,pier,dock"], 2, "3 columns where the header names 2"),
        (["language,use", "en,"], 2, "'use' is empty"),
        (["language,name", "en,"], 2, "'name' is empty"),
        (["language,use", "English,pier"], 2, "no language code"),
        (["language,use,avoid", "en,pier,dock|pier"], 2, "to be used and to be avoided"),
        (["language,name,variants", "en,Aruun,Aruun"], 2, "its own variant"),
        (["language,name,literal", "en,Aruun,Aruun"], 2, "its own variant"),
        (["language,use,source", "en,pier,muelle"], 2, "together or not at all"),
        (["language,use,avoid", "en,pier,do*"], 2, "a star stands at the end"),
    ],
)
def test_a_row_at_fault_is_named_with_its_number(tmp_path: Path, rows: list[str], line: int, message: str) -> None:
    (problem,) = open_library(write_table(tmp_path, *rows)).problems()
    assert ("glossary.tsv", line) == (problem.file, problem.line)
    assert message in problem.message


def test_an_id_given_twice_is_a_problem_in_any_file(tmp_path: Path) -> None:
    write_quotations(tmp_path, quotation(), name="a.jsonl")
    write_quotations(tmp_path / "more", quotation(FERRY), name="b.jsonl")
    (problem,) = open_library(tmp_path).problems()
    assert "more/b.jsonl:1: the id 'one' stands in a.jsonl:1 too" == str(problem)


def test_hidden_and_other_files_are_passed_over(tmp_path: Path) -> None:
    write_quotations(tmp_path / ".git", {"no": "quotation"})
    (tmp_path / "README.md").write_text("{", encoding="utf-8")
    write_quotations(tmp_path, quotation(PIER))
    library = open_library(tmp_path)
    assert () == library.problems()
    assert ["quotations.jsonl"] == [file.name for file in library.quotation_files]


def test_the_digest_changes_with_any_content(tmp_path: Path) -> None:
    write_quotations(tmp_path, quotation())
    before = open_library(tmp_path).digest
    assert before == open_library(tmp_path).digest
    write_table(tmp_path, "language,use", "en,pier")
    assert before != open_library(tmp_path).digest


def test_a_scan_refuses_tables_at_fault_and_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no such folder"):
        open_references(tmp_path / "nowhere")
    write_table(tmp_path, "language,use", *["en,"] * 9)
    with pytest.raises(ConfigurationError, match=r"glossary.tsv:2: 'use' is empty(.|\n)*and 4 more"):
        open_references(tmp_path)
