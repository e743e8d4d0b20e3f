"""WARC archives: which records are pages, in which encoding, where a place lies, what damage does."""

from __future__ import annotations

import gzip
import io
import random
import sys
import zlib
from pathlib import Path

import pytest

from mtcheck.core.documents import Document
from mtcheck.core.errors import InputError
from mtcheck.core.reading import Input, InputFormat, ReadOptions
from mtcheck.core.spans import Span
from mtcheck.readers import read
from mtcheck.readers import warc as warc_reader
from tests.readers.feeds import Page, warc, warc_record

pytest.importorskip("fastwarc", reason="no WARC reader here (pip install 'mtcheck[warc]')")

FEED = Input("-", feed=True, format=InputFormat.WARC)
PORT = Page(b"<html lang=en><h1>Port</h1><p>The port of Varen is open.</p></html>", "https://port.example/open")


def read_all(data: bytes, options: ReadOptions | None = None, source: Input = FEED) -> list[Document | InputError]:
    return list(read(source, options or ReadOptions(), io.BytesIO(data)))


def documents(*pages: Page) -> list[Document]:
    items = read_all(warc(pages))
    assert all(isinstance(item, Document) for item in items), items
    return [item for item in items if isinstance(item, Document)]


def test_a_page_is_named_by_its_address() -> None:
    (document,) = read_all(warc([PORT]), ReadOptions("de", "ru"))
    assert isinstance(document, Document)
    assert ("-#https://port.example/open", "-", "Port\n\nThe port of Varen is open.") == (
        document.doc_id,
        document.path,
        document.text,
    )
    assert ("https://port.example/open", "en", "de", "ru") == (
        document.url,
        document.declared_language,
        document.expected_language,
        document.source_language,
    )
    assert document.suppressions == ()


def test_places_count_in_the_page() -> None:
    body = "<html>\n<body>\n<p>Caf&eacute; in Варен</p>\n</body></html>"
    first, second = documents(
        PORT, Page(body.encode("cp1251"), "https://b.example/", "text/html; charset=windows-1251")
    )
    start = second.text.index("Café")
    place = second.place(Span(start, start + len("Café in Варен")))
    assert second.encoding == "cp1251"
    assert (body[place.start : place.end], place.line, place.column) == ("Caf&eacute; in Варен", 3, 4)
    assert first.place(Span(0, 4)).line == 1


def test_only_pages_that_were_served_are_read() -> None:
    found = documents(
        Page(b"", kind="warcinfo", media_type="application/warc-fields"),
        Page(b"GET / HTTP/1.1\r\n\r\n", kind="request", media_type="application/http;msgtype=request"),
        Page(b"\x89PNG\r\n\x1a\n", "https://a.example/picture", "image/png"),
        Page(b"body { color: red }", "https://a.example/style", "text/css"),
        Page(b"<p>Gone.</p>", "https://a.example/gone", status="404 Not Found"),
        Page(b"<p>Elsewhere.</p>", "https://a.example/moved", status="301 Moved Permanently"),
        Page(b"", "https://a.example/empty"),
        PORT,
        Page(b"Plain words.", "https://a.example/plain", "text/plain; charset=utf-8"),
        Page(b"Words of a crawl.", "https://a.example/conversion", "text/plain", kind="conversion"),
        Page(b"<p>A saved page.</p>", "https://a.example/resource", "TEXT/HTML;charset=utf-8", kind="resource"),
    )
    assert [document.text.split("\n")[0] for document in found] == [
        "Port",
        "Plain words.",
        "Words of a crawl.",
        "A saved page.",
    ]


@pytest.mark.parametrize(
    ("declared", "codec", "expected"),
    [
        ("text/html; charset=windows-1251", "cp1251", "cp1251"),
        ("text/html; charset=utf-8", "cp1251", "cp1251"),
        ("text/html; charset=koi8-r", "koi8-r", "koi8-r"),
        ("text/html", "utf-8", "utf-8"),
        ("text/html; charset=nonsense", "cp1251", "cp1251"),
    ],
)
def test_the_charset_of_the_header_counts(declared: str, codec: str, expected: str) -> None:
    page = "<meta charset=windows-1251><p>Порт города Варен открыт сегодня, суда идут домой.</p>"
    (document,) = documents(Page(page.encode(codec), media_type=declared))
    assert (document.encoding, document.text) == (expected, "Порт города Варен открыт сегодня, суда идут домой.")


def test_the_language_of_the_header_stands_in_for_the_page_s_own() -> None:
    said = [
        documents(Page(body, headers=(f"Content-Language: {header}",)))[0].declared_language
        for body, header in (
            (b"<p>Port.</p>", "ru"),
            (b"<html lang=en><p>Port.</p>", "ru"),
            (b"<p>Port.</p>", "en, ru"),
        )
    ]
    assert said == ["ru", "en", None]


def test_encodings_of_the_transfer_are_undone() -> None:
    body = b"<p>The port is open.</p>"

    def chunked(data: bytes) -> bytes:
        return b"%x\r\n%s\r\n%x;note=1\r\n%s\r\n0\r\n\r\n" % (5, data[:5], len(data) - 5, data[5:])

    packed = gzip.compress(body)
    for page in (
        Page(packed, headers=("Content-Encoding: gzip",)),
        Page(zlib.compress(body), headers=("Content-Encoding: deflate",)),
        Page(chunked(body), headers=("Transfer-Encoding: chunked",)),
        Page(chunked(packed), headers=("Transfer-Encoding: chunked", "Content-Encoding: gzip")),
        # Stored as they were shown, under the header they came with.
        Page(body, headers=("Transfer-Encoding: chunked", "Content-Encoding: br")),
        Page(body, headers=("Content-Encoding: gzip",)),
    ):
        (document,) = documents(page)
        assert document.text == "The port is open."


def test_a_content_encoding_that_cannot_be_undone_is_one_record_s_error() -> None:
    items = read_all(warc([Page(b"\x1f\x8bno gzip at all", headers=("Content-Encoding: gzip",)), PORT]))
    assert [type(item) for item in items] == [InputError, Document]
    assert str(items[0]).startswith("-#https://port.example/: ")


def test_a_page_that_expands_beyond_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc_reader, "LARGEST_PAGE", 1 << 20)
    bomb = Page(gzip.compress(b"<p>" + b"a" * (64 << 20)), headers=("Content-Encoding: gzip",))
    error, document = read_all(warc([bomb, PORT]))
    assert str(error) == "-#https://port.example/: is larger than 1 MB"
    assert isinstance(document, Document)


def test_one_page_crawled_twice_is_two_documents() -> None:
    assert [document.doc_id for document in documents(PORT, PORT)] == [
        "-#https://port.example/open",
        "-#https://port.example/open~2",
    ]


def test_members_of_gzip(tmp_path: Path) -> None:
    pages = [Page(b"<p>Page %d.</p>" % number, f"https://port.example/{number}") for number in range(5)]
    file = tmp_path / "crawl.warc.gz"
    file.write_bytes(b"".join(gzip.compress(warc_record(page)) for page in pages))
    found = list(read(Input(str(file), feed=True), ReadOptions()))
    assert [item.text for item in found if isinstance(item, Document)] == [f"Page {number}." for number in range(5)]
    assert [item.path for item in found if isinstance(item, Document)] == [str(file)] * 5
    # Without a telling name, the first bytes tell.
    assert [type(item) for item in read_all(file.read_bytes(), source=Input("-"))] == [Document] * 5


def test_cut_off_archives_give_what_could_be_read() -> None:
    chance = random.Random(3)
    words = ["port", "ship", "bridge", "tide", "crane", "mole"]
    pages = [
        Page(f"<p>{' '.join(chance.choices(words, k=400))}</p>".encode(), f"https://port.example/{number}")
        for number in range(200)
    ]
    packed = b"".join(gzip.compress(warc_record(page)) for page in pages)
    items = read_all(packed[: len(packed) // 2])
    assert 80 < sum(isinstance(item, Document) for item in items) < 120
    assert isinstance(items[-1], InputError)
    assert items[-1].reason.startswith("is cut off")
    plain = warc(pages)
    items = read_all(plain[: len(plain) // 2])
    assert isinstance(items[-1], InputError)
    assert items[-1].reason == "is cut off in its last record"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"<p>no archive</p>", "is no WARC file: it does not begin with WARC/"),
        (warc([Page(b"GIF89a", media_type="image/gif")]), "holds no page: no record of HTML or plain text"),
        (b"WARC/1.0\r\nnonsense\r\n", "is cut off in its last record"),
        (warc([Page(b"<p></p>")]), "is an HTML page without any text"),
    ],
)
def test_archives_without_a_page(data: bytes, reason: str) -> None:
    items = read_all(data)
    assert all(isinstance(item, InputError) for item in items)
    assert isinstance(items[0], InputError)
    assert items[0].reason.startswith(reason)


def test_damage_between_records_ends_the_reading() -> None:
    document, error = read_all(warc([PORT]) + b"garbage\r\n" * 20 + warc([PORT]))
    assert isinstance(document, Document)
    assert str(error).startswith("-: is damaged after 1 records, the rest was not read")


def test_flipped_bits_never_raise() -> None:
    data = warc([PORT, Page(b"Plain words.", media_type="text/plain"), PORT])
    chance = random.Random(11)
    for _ in range(300):
        broken = bytearray(data)
        broken[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        assert all(isinstance(item, Document | InputError) for item in read_all(bytes(broken)))


def test_the_reader_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fastwarc.warc", None)
    (error,) = read_all(warc([PORT]))
    assert str(error) == "-: is a WARC file, which needs an extra: pip install 'mtcheck[warc]'"
