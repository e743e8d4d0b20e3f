"""Parquet tables: which column is the text, what a row says of itself, what damage does."""

from __future__ import annotations

import io
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mtcheck.core.documents import Document
from mtcheck.core.errors import InputError
from mtcheck.core.reading import Input, InputFormat, ReadOptions
from mtcheck.core.spans import Span
from mtcheck.readers import read

pa = pytest.importorskip("pyarrow", reason="no Parquet reader here (pip install 'mtcheck[parquet]')")


def written(folder: Path, columns: dict[str, Any], **options: Any) -> Path:
    from pyarrow import parquet

    file = folder / "feed.parquet"
    parquet.write_table(pa.table(columns), file, **options)
    return file


def read_all(file: Path, *fields: str) -> list[Document | InputError]:
    return list(read(Input(str(file), feed=True), ReadOptions("de", "ru", text_fields=fields)))


def documents(file: Path, *fields: str) -> list[Document]:
    items = read_all(file, *fields)
    assert all(isinstance(item, Document) for item in items), items
    return [item for item in items if isinstance(item, Document)]


def test_a_row_carries_what_it_says(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        {
            "id": [7, 8],
            "text": ["The port\nis open 🚢.", "All is well."],
            "url": ["https://a.example", None],
            "language": ["en", ""],
            "published": [date(2026, 3, 2), None],
            "title": ["Port", None],
            "source": ["Порт открыт.", None],
            "pictures": [[1, 2], []],
        },
    )
    first, second = documents(file)
    assert (f"{file}#7", str(file), "en", "https://a.example", "2026-03-02", "Port", "Порт открыт.", "ru", "de") == (
        first.doc_id,
        first.path,
        first.declared_language,
        first.url,
        first.published,
        first.title,
        first.source,
        first.source_language,
        first.expected_language,
    )
    place = first.place(Span(first.text.index("is"), first.text.index("🚢") + 1))
    assert (place.line, place.column, place.start, place.end) == (2, 1, 9, 18)
    assert (second.doc_id, second.declared_language, second.title) == (f"{file}#8", None, None)


def test_the_column_is_found_or_asked_for(tmp_path: Path) -> None:
    (document,) = documents(written(tmp_path, {"body": ["Words."], "number": [1]}))
    assert (document.text, document.doc_id.rpartition("#")[2]) == ("Words.", "1")
    file = written(tmp_path, {"de": ["Der Hafen."], "en": ["<p>The <b>port</b>.</p>"], "number": [1]})
    (error,) = read_all(file)
    assert str(error) == f"{file}: name the column of the text (--text-field); its columns of strings: de, en"
    assert [(found.doc_id.rpartition("#")[2], found.text) for found in documents(file, "de", "en")] == [
        ("1:de", "Der Hafen."),
        ("1:en", "The port."),
    ]
    assert [found.doc_id.rpartition("#")[2] for found in documents(file, "en")] == ["1"]
    (error,) = read_all(file, "fr")
    assert str(error) == f"{file}: has no column of strings called 'fr'; its columns of strings: de, en"


def test_html_is_read_as_a_page(tmp_path: Path) -> None:
    file = written(tmp_path, {"html": ["<p>Caf&eacute; <b>Va</b>ren</p>"], "text": pa.array([None], pa.string())})
    (document,) = documents(file)
    place = document.place(Span(0, len("Café Varen")))
    assert (document.text, place.start, place.end) == ("Café Varen", 3, len("<p>Caf&eacute; <b>Va</b>ren"))


def test_rows_without_text_are_named(tmp_path: Path) -> None:
    file = written(tmp_path, {"text": ["One.", None, " ", "Four."]})
    assert [str(item) for item in read_all(file) if isinstance(item, InputError)] == [
        f'{file}, row 2: its "text" is not a string or is empty',
        f'{file}, row 3: its "text" is not a string or is empty',
    ]
    assert [item.text for item in read_all(file) if isinstance(item, Document)] == ["One.", "Four."]
    (error,) = read_all(written(tmp_path, {"text": pa.array([], pa.string())}))
    assert str(error) == f"{file}: is empty: it holds no row"


@pytest.mark.parametrize("kind", ["string", "large_string", "string_view"])
def test_kinds_of_strings(tmp_path: Path, kind: str) -> None:
    values = pa.array(["The port is open."] * 3, getattr(pa, kind)())
    assert len(documents(written(tmp_path, {"text": values}))) == 3
    coded = pa.array(["The port is open."] * 3).dictionary_encode()
    assert len(documents(written(tmp_path, {"text": coded}, compression="zstd"))) == 3


def test_strings_that_are_no_utf8(tmp_path: Path) -> None:
    bad = pa.Array.from_buffers(pa.string(), 1, [None, pa.py_buffer(b"\0\0\0\0\x05\0\0\0"), pa.py_buffer(b"caf\xe9.")])
    (document,) = documents(written(tmp_path, {"text": bad}))
    assert document.text == "caf\ufffd."


def test_damaged_tables(tmp_path: Path) -> None:
    file = written(tmp_path, {"text": [f"Sentence {number}." for number in range(5_000)]}, row_group_size=500)
    whole = file.read_bytes()
    for data in (whole[: len(whole) // 2], b"PAR1", b"PAR1" + b"\0" * 50 + b"PAR1", b"words"):
        file.write_bytes(data)
        (error,) = read_all(file)
        assert isinstance(error, InputError)
        assert error.reason.startswith("is damaged, or no Parquet file; 0 rows were read")
    broken = bytearray(whole)
    broken[len(whole) // 3 : len(whole) // 3 + 2_000] = b"\xff" * 2_000
    file.write_bytes(bytes(broken))
    items = read_all(file)
    assert isinstance(items[-1], InputError)
    assert all(isinstance(item, Document) for item in items[:-1])


def test_a_column_that_expands_beyond_measure_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mtcheck.readers.parquet.UNMEASURED", 1 << 20)
    file = written(tmp_path, {"text": ["a" * 20_000_000]}, compression="zstd", use_dictionary=False)
    (error,) = read_all(file)
    assert str(error) == f"{file}: expands to more than 250 times its size and is not read"


def test_a_stream_cannot_be_read() -> None:
    source = Input("-", feed=True, format=InputFormat.PARQUET)
    (error,) = read(source, ReadOptions(), io.BytesIO(b"PAR1 and so on"))
    assert str(error).startswith("-: Parquet has its directory at the end")
    (error,) = read(Input("-"), ReadOptions(), io.BytesIO(b"PAR1 and so on"))
    assert str(error).startswith("-: Parquet has its directory at the end")


def test_the_reader_that_is_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written(tmp_path, {"text": ["One."]})
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    (error,) = read_all(file)
    assert str(error) == f"{file}: is a Parquet file, which needs an extra: pip install 'mtcheck[parquet]'"
