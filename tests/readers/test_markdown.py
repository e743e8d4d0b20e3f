"""Markdown: the text without its marks, the file's own places."""

from __future__ import annotations

import pytest

from mtcheck.core.documents import BlockKind, BlockRole, Document
from mtcheck.core.reading import ReadOptions
from mtcheck.core.spans import Span
from mtcheck.readers.encodings import Decoded, EncodingSource
from mtcheck.readers.markdown import document_of


def document(source: str) -> Document:
    return document_of(Decoded(source, "utf-8", EncodingSource.VALID_UTF8), "page.md", ReadOptions())


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("One\ntwo\n\nthree", ["One\ntwo", "three"]),
        ("# Порт открыт #", ["Порт открыт"]),
        ("# C#", ["C#"]),
        ("#5 is no heading", ["#5 is no heading"]),
        ("Hafen\n=====\nText", ["Hafen", "Text"]),
        ("a **b** *c* __d__ _e_ ~~f~~", ["a b c d e f"]),
        ("***a** b*", ["a b"]),
        ("2 * 3 * 4 and snake_case_name and 5*", ["2 * 3 * 4 and snake_case_name and 5*"]),
        ("*open and **never closed", ["*open and **never closed"]),
        ("a `b **c**` ``d ` e`` f", ["a b **c** d ` e f"]),
        ("a ` b", ["a ` b"]),
        ("[text](http://x.y 'title') and [a](<b c>)", ["text and a"]),
        ("[a](u(v)w) [b] [c](", ["a [b] [c]("]),
        ('[a][1] [1] [b][] [c][2]\n\n[1]: http://x\n[b]: <y> "t"', ["a 1 b [c][2]"]),
        ("![The harbor](a.png)", ["The harbor"]),
        ("text ![alt](a.png) text", ["text alt text"]),
        (r"\*a\* \[b\] \q", [r"*a* [b] \q"]),
        ("a &amp; b &copy; &nope; &#1046; & c", ["a & b © &nope; Ж & c"]),
        ("<b>a</b><br>b<!-- c -->d", ["a\nbd"]),
        ("<https://a.example/b> and <me@a.example>", ["https://a.example/b and me@a.example"]),
        ("- a\n- b\n  c\n\n  d\n1. e\n2) f", ["a", "b\n  c".replace("  ", ""), "d", "e", "f"]),
        ("- [ ] open\n- [x] done", ["open", "done"]),
        ("in\n1986. It was", ["in\n1986. It was"]),
        ("> a\n> b\n\nc", ["a\nb", "c"]),
        ("> a\nlazy", ["a\nlazy"]),
        ("| a | b |\n|---|:-:|\n| c \\| d | e |", ["a", "b", "c | d", "e"]),
        ("a\n\n---\n\n***\n\nb", ["a", "b"]),
        ("<!-- a\n\nb --> c\n\nd", ["c", "d"]),
        ("<!-- never closed\n\na", []),
        ("Text[^1]\n\n[^1]: A note", ["Text", "A note"]),
        ("+++\ntitle = 'A'\n+++\nb", ["b"]),
        ("---\nnever closed\n\nb", ["never closed", "b"]),
        ("a\r\nb\r\n\r\nc", ["a\r\nb", "c"]),
        ("", []),
        ("مرحبا **بالعالم**", ["مرحبا بالعالم"]),
        ("中文**重点**。", ["中文重点。"]),
    ],
)
def test_text_is_what_a_reader_sees(source: str, expected: list[str]) -> None:
    found = document(source)
    assert expected == [block.span.of(found.text) for block in found.blocks]


@pytest.mark.parametrize(
    ("source", "found", "written", "line", "column"),
    [
        ("# A **b** c", "b", "b", 1, 7),
        ("x\n\n> one\n> *two* three", "two three", "two* three", 4, 4),
        ("a [link](http://x.y) b", "link b", "link](http://x.y) b", 1, 4),
        ("😀 a &amp; b", "&", "&amp;", 1, 5),
        ("- a\n- b \\* c", "* c", "\\* c", 2, 5),
        ("a\r\n\r\n|x|y|\r\n|-|-|\r\n|p|**q**|", "q", "q", 5, 6),
    ],
)
def test_place_is_in_the_file(source: str, found: str, written: str, line: int, column: int) -> None:
    made = document(source)
    start = made.text.index(found)
    place = made.place(Span(start, start + len(found)))
    assert (written, line, column) == (source[place.start : place.end], place.line, place.column)


SOURCE = """---
title: "Harbor *talks*"
lang: en
date: 2026-03-02
---

# Harbor talks reach a tense stage

Talks on the new harbor have reached a tense stage.

![The port in winter](port.png)

## What comes next

They go on.

> We will be there.

* Rope
* Bread

```sh
make harbor
```
"""


def test_kinds_and_front_matter() -> None:
    made = document(SOURCE)
    assert ("Harbor *talks*", "en", "2026-03-02") == (made.title, made.declared_language, made.published)
    kinds = [block.kind for block in made.blocks]
    assert [
        BlockKind.HEADLINE,
        BlockKind.LEAD,
        BlockKind.CAPTION,
        BlockKind.LABEL,
        BlockKind.PARAGRAPH,
        BlockKind.QUOTATION,
        BlockKind.LIST_ITEM,
        BlockKind.LIST_ITEM,
        BlockKind.CODE,
    ] == kinds
    roles = [block.role for block in made.blocks]
    assert [BlockRole.MAIN] * 8 + [BlockRole.FURNITURE] == roles


@pytest.mark.parametrize(
    "source",
    [
        "[" * 30_000,
        "](x (" * 30_000,
        "*a " * 30_000,
        "`" * 30_000 + "a" + "``a" * 10_000,
        "<!--" * 30_000,
        "> " * 30_000,
        "* " * 30_000 + "x",
        "# a" + " " * 100_000 + "b",
        "![" * 20_000 + "](a)" * 20_000,
        "|" * 50_000 + "\n|-|\n",
        "a|b\n-|-\n" * 5_000,
        "<a " * 30_000,
        "&a" * 30_000,
    ],
    ids=lambda source: source[:8],
)
def test_hostile_file_is_read_in_linear_time(source: str) -> None:
    made = document(source)
    assert made.offsets.text_length == len(made.text)
