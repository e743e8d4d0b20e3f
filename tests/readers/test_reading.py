"""Reading one input: the format is told, bad input is an error and never an exception."""

from __future__ import annotations

import gzip
import io
import os
import threading
from pathlib import Path

import pytest

from mtcheck.core.documents import BlockKind, Document
from mtcheck.core.errors import InputError
from mtcheck.core.reading import Input, ReadOptions
from mtcheck.core.spans import Span
from mtcheck.readers import read

HTML = "<!DOCTYPE html><html lang=de><body><h1>Hafen</h1><p>Der Hafen &amp; die Stadt.</p></body></html>"


def stdin(data: bytes, options: ReadOptions | None = None) -> list[Document | InputError]:
    return list(read(Input("-"), options or ReadOptions(), io.BytesIO(data)))


def only(items: list[Document | InputError]) -> Document:
    (item,) = items
    assert isinstance(item, Document), item
    return item


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (HTML.encode(), "Hafen\n\nDer Hafen & die Stadt."),
        (HTML.encode("utf-16"), "Hafen\n\nDer Hafen & die Stadt."),
        (b"<p>a</p>", "a"),
        (b"text <b>x</b></p></div></body>", "text x"),
        (b'\n{"text": "a"}\n', "a"),
        (b'{"html": "<p>a</p>", "id": 1}', "a"),
        (b'{"other": 1}', '{"other": 1}'),
        (b"# not markdown on standard input", "# not markdown on standard input"),
        (b"a < b > c", "a < b > c"),
        ("Порт & порт".encode("cp1251"), "Порт & порт"),
        (gzip.compress(HTML.encode()), "Hafen\n\nDer Hafen & die Stadt."),
    ],
)
def test_standard_input_is_sniffed(data: bytes, expected: str) -> None:
    assert expected == only(stdin(data)).text


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", "<p>a</p>", "<p>a</p>"),
        ("a.html", "a", "a"),
        ("a.HTM", "<b>a</b>", "a"),
        ("a.md", "**a**", "a"),
        ("a.markdown", "# a", "a"),
        ("a.unknown", HTML, "Hafen\n\nDer Hafen & die Stadt."),
        ("noname", "a", "a"),
        ("a.jsonl", '{"text": "a"}', "a"),
    ],
)
@pytest.mark.parametrize("compressed", [False, True])
def test_format_by_name(tmp_path: Path, name: str, content: str, expected: str, *, compressed: bool) -> None:
    data = content.encode()
    path = tmp_path / (name + ".gz" if compressed else name)
    path.write_bytes(gzip.compress(data) if compressed else data)
    document = only(list(read(Input(str(path)), ReadOptions())))
    assert expected == document.text
    assert document.path == str(path)
    if not name.endswith("jsonl"):
        assert document.doc_id == document.path


def test_what_the_caller_and_the_page_say() -> None:
    document = only(stdin(HTML.encode(), ReadOptions("en", "ru")))
    assert ("de", "en", "ru") == (document.declared_language, document.expected_language, document.source_language)
    assert document.headline is not None
    assert document.headline.kind is BlockKind.HEADLINE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize(
    "text", ["Порт открыт сегодня.\r\nСуда идут домой.", "<p>Порт &amp; город <b>Ва</b>рен сегодня.</p>"]
)
def test_encoding_decodes_the_file_to_where_places_count(encoding: str, text: str) -> None:
    data = text.encode(encoding)
    document = only(stdin(data))
    decoded = data.decode(document.encoding)
    assert text == decoded
    start = document.text.index("Порт")
    place = document.place(Span(start, start + 4))
    assert (decoded[place.start : place.end], place.line) == ("Порт", 1)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\n\n", "is empty: it holds nothing but white space"),
        (b"<html><body></body></html>", "is an HTML page without any text"),
        (b"\x89PNG\r\n\x1a\n\x00", "looks like a PNG image, not text"),
        (os.urandom(0) + bytes(range(256)) * 8, "looks like binary data, not text"),
        (b"\x1f\x8b\x08\x00", "is cut off or damaged"),
        (b"\x1f\x8bgarbage that is no gzip at all", "is cut off or damaged"),
    ],
)
def test_bad_input_is_an_error_with_a_reason(data: bytes, reason: str) -> None:
    (error,) = stdin(data)
    assert isinstance(error, InputError)
    assert error.path == "-"
    assert error.reason.startswith(reason)


def test_cut_off_page_keeps_its_beginning() -> None:
    text = "".join(f"Sentence {index} stands here {index * 7919 % 1009}.\n" for index in range(20_000))
    data = gzip.compress(text.encode())
    document, error = stdin(data[: len(data) // 2])
    assert isinstance(document, Document)
    assert text.startswith(document.text)
    assert len(document.text) > 10_000
    assert str(error) == "-: is cut off: the compressed data ends early, only its beginning was read"


def test_missing_and_unreadable_files(tmp_path: Path) -> None:
    (missing,) = read(Input(str(tmp_path / "no.txt")), ReadOptions())
    (folder,) = read(Input(str(tmp_path)), ReadOptions())
    assert str(missing).endswith("no.txt: no such file or folder")
    assert str(folder).endswith(": is a folder")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a")
    path.chmod(0)
    (error,) = read(Input(str(path)), ReadOptions())
    assert str(error).endswith(": permission denied")


def test_closed_standard_input() -> None:
    stream = io.BytesIO(b"a")
    stream.close()
    (error,) = read(Input("-"), ReadOptions(), stream)
    assert str(error) == "-: standard input is closed"


def test_markdown_file_without_text(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("<!-- nothing -->\n")
    (error,) = read(Input(str(path)), ReadOptions())
    assert str(error) == f"{path}: holds no text"


def test_named_pipe(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=lambda: path.write_bytes(b"The port is open."))
    writer.start()
    document = only(list(read(Input(str(path)), ReadOptions())))
    writer.join()
    assert document.text == "The port is open."


def test_name_that_is_no_unicode_can_be_printed(tmp_path: Path) -> None:
    names = [os.fsdecode(os.fsencode(tmp_path) + name) for name in (b"/caf\xe9.txt", b"/caf\xe8.txt")]
    for name in names:
        Path(name).write_text("a")
    documents = [only(list(read(Input(name), ReadOptions()))) for name in names]
    # Two files are two documents: findings are told apart by the identifier.
    assert [r"caf\xe9.txt", r"caf\xe8.txt"] == [document.doc_id.rpartition("/")[2] for document in documents]
    assert all(document.doc_id.encode() for document in documents)


def test_damage_in_utf8_does_not_stop_reading() -> None:
    data = "Порт открыт, суда идут. ".encode() * 3 + b"\xff\xfe" + " Конец.".encode()
    document = only(stdin(data))
    assert "\ufffd" in document.text
    assert data.decode(document.encoding, "replace") == document.text
