"""Tokens that leak, one by one, and texts that hold something like them."""

from __future__ import annotations

import pytest

from mtcheck.checks.language.token_leak import CHECK, Options
from mtcheck.core.documents import Block, BlockKind, BlockRole, Document
from mtcheck.core.findings import Note
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.spans import Span
from mtcheck.testing import document_from_text, facts_of, run_check


def found(text: str, options: Options | None = None) -> list[str]:
    document = document_from_text(text)
    return [hit.span.of(text) for hit in run_check(CHECK, document, facts_of(document), options)]


@pytest.mark.parametrize(
    "token",
    """
    <unk> </s> <pad> <2es> >>rus<< __en__ [NE1] {0} %s %(name)s {{name}} &amp;quot; &amp;#39; <extra_id_0> [MASK] [UNK]
    XNUMX TERM1 PROTECT_0 ⟨T1⟩ ⟨PERSON1⟩ _x000D_ <|endoftext|> rus_Cyrl en_XX ${name} %1$s %@ [/INST] __NUM_1__
    ｟person｠ {user_name} ⁇ %{count} {count} [LOC_2]
    """.split(),
)
def test_each_token_is_found_alone(token: str) -> None:
    assert [token] == found(f"The mayor met {token} in the port.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The compet@@ ition began.", ["compet@@ ition"]),
        ("The translat ##ing began.", ["##ing"]),
        ("▁The ▁port", ["▁", "▁"]),
        ("The mayor’s&amp;nbsp;boat", ["&amp;nbsp;"]),
        ("In XNUMXth place", ["XNUMX"]),
        ('The <x id="1"/> port', ['<x id="1"/>']),
    ],
)
def test_pieces_of_words(text: str, expected: list[str]) -> None:
    assert expected == found(text)


@pytest.mark.parametrize(
    "text",
    [
        "The load fell ▁▂▃▄▅▆▇ and rose; ▁▁▁▁",
        "Write to orlo@@varen ## a heading",
        "Rates rose 5 % and 20 %d'un coup; 100%s of it",
        "The set {1, 2}, the angle <a, b>, the note [1] and the sum [12].",
        "The sign “%s” and '{0}' stood there alone.",
        "In Python, print() and sprintf write %s; the tokenizer writes <unk> and ▁a.",
        "See https://varen.example/?q=%s&name={name} for more.",
        "What⁇ She asked: really⁇",
        "In this TERM 1 of school and at NUM the team won",
        "Her handle is __orlo__ and the file is my_file_name",
        "[sic] [Laughter] [PER] {sic}",
    ],
)
def test_what_only_looks_like_a_token(text: str) -> None:
    assert [] == found(text)


def test_placeholders_in_page_furniture_are_for_scripts_to_fill() -> None:
    text = "Share with {name} or <unk>"
    furniture = (Block(BlockKind.NAVIGATION, Span(0, len(text)), BlockRole.FURNITURE),)
    document = Document("a", "a", text, furniture, OffsetMap.identity(text))
    assert ["<unk>"] == [hit.span.of(text) for hit in run_check(CHECK, document, facts_of(document))]


def test_a_block_full_of_tokens_gives_a_few_hits_with_the_count() -> None:
    document = document_from_text("Orlo <unk> " * 10)
    hits = run_check(CHECK, document, facts_of(document))
    assert 3 == len(hits)
    assert ["7"] == [
        note.text for note in hits[-1].evidence if isinstance(note, Note) and note.label == "more in this block"
    ]
    assert 5 == len(found("Orlo <unk> " * 10, Options(a_block=5)))
