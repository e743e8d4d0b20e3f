"""JSONL feeds: records as documents, places in the feed, errors by line."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator

import pytest

from mtcheck.core.documents import Document
from mtcheck.core.errors import InputError
from mtcheck.core.offsets import LineIndex
from mtcheck.core.reading import Input, ReadOptions
from mtcheck.core.spans import Span
from mtcheck.readers import read
from mtcheck.readers.json_strings import mapped_string, members_of

FEED = Input("-", feed=True)


def read_bytes(data: bytes, options: ReadOptions | None = None) -> list[Document | InputError]:
    return list(read(FEED, options or ReadOptions(), io.BytesIO(data)))


def documents(data: bytes) -> list[Document]:
    items = read_bytes(data)
    assert all(isinstance(item, Document) for item in items), items
    return [item for item in items if isinstance(item, Document)]


def test_record_carries_what_it_says() -> None:
    record = {
        "id": "talks-1",
        "text": "Порт открыт.",
        "url": "https://a.example",
        "language": "ru",
        "source": "The port is open.",
        "source_language": "en",
        "title": "Порт",
        "published": "2026-03-02",
    }
    (document,) = documents(json.dumps(record).encode())
    assert (
        "-#talks-1",
        "-",
        "Порт открыт.",
        "https://a.example",
        "ru",
        "The port is open.",
        "en",
        "Порт",
        "2026-03-02",
    ) == (
        document.doc_id,
        document.path,
        document.text,
        document.url,
        document.declared_language,
        document.source,
        document.source_language,
        document.title,
        document.published,
    )


def test_places_are_in_the_feed() -> None:
    lines = [
        json.dumps({"id": 1, "text": "Ein Satz über 😀 Häfen."}, ensure_ascii=False),
        "",
        json.dumps({"id": 2, "text": 'She said: "we\nwait 😀 here".'}),
        json.dumps({"id": 3, "html": "<p>Caf&eacute; in <b>Va</b>ren 😀.</p>"}),
    ]
    source = "\r\n".join(lines) + "\n"
    first, second, third = documents(source.encode())
    for document, found, written, line in [
        (first, "über 😀 Häfen", "über 😀 Häfen", 1),
        (second, '"we\nwait 😀', '\\"we\\nwait \\ud83d\\ude00', 3),
        (third, "Café in Varen 😀", "Caf&eacute; in <b>Va</b>ren \\ud83d\\ude00", 4),
    ]:
        start = document.text.index(found)
        place = document.place(Span(start, start + len(found)))
        assert (written, line, line) == (source[place.start : place.end], place.line, place.end_line)
        assert place.start == sum(len(text) + 2 for text in lines[: line - 1]) + place.column - 1


def test_bad_lines_are_named_and_passed_over() -> None:
    feed = b'{"text": "one"}\n{"text": \n[1]\n{"id": 5}\n{"text": 7}\n{"text": " "}\nnot json\n{"text": "two"} {}\n{"text": "three"}\n{"a": '
    feed += b"[" * 100_000 + b"\n"
    items = read_bytes(feed)
    assert ["-#1", "-#9"] == [item.doc_id for item in items if isinstance(item, Document)]
    errors = [str(item) for item in items if isinstance(item, InputError)]
    assert [
        "-:2: is not valid JSON: expecting value at column 11",
        "-:3: is not a JSON object",
        '-:4: it has neither "text" nor "html"',
        '-:5: its "text" is not a string or is empty',
        '-:6: its "text" is not a string or is empty',
        "-:7: is not a JSON object",
        "-:8: is not valid JSON: something follows the object at column 17",
        "-:10: is nested too deeply",
    ] == errors


def test_html_without_text_is_an_error() -> None:
    (error,) = read_bytes(b'{"html": "<p></p>"}')
    assert str(error) == "-:1: its HTML holds no text"


def test_empty_text_gives_way_to_html() -> None:
    (document,) = documents(b'{"text": "", "html": "<p>a</p>"}')
    assert document.text == "a"


def test_doubled_ids_are_told_apart() -> None:
    ids = [
        document.doc_id
        for document in documents(
            b'{"id":"a","text":"x"}\n{"id":"a","text":"y"}\n{"id":"a~2","text":"z"}\n{"id":"a","text":"w"}\n'
        )
    ]
    assert ["-#a", "-#a~2", "-#a~2~2", "-#a~3"] == ids
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("encoding", "name"), [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16")])
def test_encodings_of_a_feed(encoding: str, name: str) -> None:
    source = '{"text": "Порт\u2028открыт"}\n{"text": "二 😀"}\n'
    data = source.encode(encoding)
    first, second = documents(data)
    assert (name, name) == (first.encoding, second.encoding)
    place = second.place(Span(0, 3))
    assert ("二 😀", 2) == (data.decode(name)[place.start : place.end], place.line)
    assert first.text == "Порт\u2028открыт"


def test_damaged_bytes_are_replaced() -> None:
    (document,) = documents(b'{"text": "caf\xe9 ok"}\n')
    assert document.text == "caf\ufffd ok"


def test_lone_surrogate_is_replaced() -> None:
    (document,) = documents(b'{"id": "\\ud800", "text": "a\\ud83db\\ude00\\ud83d\\ude00"}')
    assert (document.text, document.doc_id) == ("a\ufffdb\ufffd😀", "-#\ufffd")


def test_cut_off_gzip_gives_what_could_be_read() -> None:
    lines = [
        json.dumps({"id": index, "text": f"Sentence {index} {'x' * (index * 7919 % 97)}."}) for index in range(5_000)
    ]
    data = gzip.compress("\n".join(lines).encode())
    items = read_bytes(data[: len(data) // 2])
    found = [item for item in items if isinstance(item, Document)]
    assert len(found) > 1_000
    assert ["-#0", "-#1"] == [document.doc_id for document in found[:2]]
    assert isinstance(items[-1], InputError)
    assert "cut off" in str(items[-1])
    assert all(isinstance(item, Document) for item in items[:-2])


class _Endless(io.RawIOBase):
    """A feed without end that counts what was taken from it."""

    taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        line = b'{"text": "The port is open."}\n'
        data = (line * (len(view) // len(line) + 1))[: len(view) - len(view) % len(line)]
        view[: len(data)] = data
        self.taken += len(data)
        return len(data)


def test_feed_is_read_as_a_stream() -> None:
    endless = _Endless()
    stream: Iterator[Document | InputError] = read(FEED, ReadOptions(), io.BufferedReader(endless))
    for _ in range(100):
        assert isinstance(next(stream), Document)
    assert endless.taken < 1_000_000


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "is empty"), (b"\n \n", "is empty: it holds no record"), (b"%PDF-1.4", "looks like a PDF, not text")],
)
def test_feed_without_records(data: bytes, reason: str) -> None:
    (error,) = read_bytes(data)
    assert isinstance(error, InputError)
    assert error.reason == reason


def test_language_of_the_caller_is_what_is_expected() -> None:
    (item,) = read_bytes(b'{"text": "a", "language": "de"}', ReadOptions("en", "ru"))
    assert isinstance(item, Document)
    assert ("de", "en", "ru") == (item.declared_language, item.expected_language, item.source_language)


@pytest.mark.parametrize(
    ("literal", "expected"),
    [
        (r'"plain"', "plain"),
        (r'"\"\\\/\b\f\n\r\t"', '"\\/\b\f\n\r\t'),
        (r'"\u00e9\u0416"', "éЖ"),
        (r'"\uD83D\uDE00!"', "😀!"),
        (r'"\\u0041"', "\\u0041"),
        (r'"\ud83d\u0041"', "\ufffdA"),
        ('"é😀"', "é😀"),
        ('""', ""),
    ],
)
def test_json_string_is_mapped(literal: str, expected: str) -> None:
    source = f'{{ "a" : [{{"text": 1}}], "text" :\t{literal} }}'
    mapped = mapped_string(source, members_of(source)["text"], 0, LineIndex.of(source))
    assert expected == mapped.text
    whole = mapped.offsets.source_span(Span(0, len(expected)))
    assert literal[1:-1] == whole.of(source)
