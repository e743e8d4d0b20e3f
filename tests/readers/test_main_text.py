"""Main text: trafilatura's choice found again on the stream, and what happens without it."""

from __future__ import annotations

import tarfile

import pytest

from mtcheck.readers import main_text as module
from mtcheck.readers.html import page_of
from mtcheck.readers.html_stream import stream_of
from mtcheck.readers.main_text import Method, letters_of, main_text
from tests.shared import SHARED, needs_shared

SENTENCES = [
    "Talks on the new harbor in Varen have reached a tense stage, the minister told reporters on Monday.",
    "“We will not leave the table,” she said. “But we will not wait for ever, either.”",
    "The delegations meet again on Thursday in the old customs house, according to the ministry.",
    "No one in the town believes that the talks will end before the ships of the north come in.",
]
MENU = "".join(f'<li><a href="/{index}">Menu entry {index}</a></li>' for index in range(20))
PAGE = f"<html><body><nav><ul>{MENU}</ul></nav><div>{''.join(f'<p>{text}</p>' for text in SENTENCES)}</div><footer>Imprint</footer></body></html>"


def chosen(source: str) -> list[str]:
    stream = stream_of(source)
    selected = main_text(source, stream)
    return [block.span.of(stream.text) for block, main in zip(stream.blocks, selected.main, strict=True) if main]


def test_main_text_is_aligned() -> None:
    stream = stream_of(PAGE)
    alignment = main_text(PAGE, stream).alignment
    assert chosen(PAGE) == SENTENCES
    assert (Method.TRAFILATURA, 4, 0, 25, 4) == (
        alignment.method,
        alignment.passages,
        alignment.unaligned,
        alignment.blocks,
        alignment.main_blocks,
    )


@pytest.mark.parametrize("answer", ["none", "crash"])
def test_structure_decides_without_trafilatura(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    import trafilatura

    def extraction(*arguments: object, **options: object) -> None:
        if answer == "crash":
            raise RecursionError("a page that is too deep")

    monkeypatch.setattr(trafilatura, "bare_extraction", extraction)
    assert chosen(PAGE) == SENTENCES
    assert main_text(PAGE, stream_of(PAGE)).alignment.method is Method.STRUCTURE


@pytest.mark.parametrize(
    "source",
    [PAGE + "<!--" + "x" * module.MOST_CHARACTERS, "<div>" * 300 + PAGE],
    ids=["large", "deep"],
)
def test_trafilatura_is_not_asked_where_it_could_hang(monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    def refuse(source: str) -> None:
        raise AssertionError("trafilatura was asked")

    monkeypatch.setattr(module, "_extract", refuse)
    assert main_text(source, stream_of(source)).alignment.method is Method.STRUCTURE


def test_alignment_is_monotone(monkeypatch: pytest.MonkeyPatch) -> None:
    # The second passage stands before the first on the page: it cannot be aligned after it.
    text = "\n".join([SENTENCES[2], SENTENCES[0], SENTENCES[3]])
    monkeypatch.setattr(module, "_extract", lambda source: module._Extracted(text, ""))
    alignment = main_text(PAGE, stream_of(PAGE)).alignment
    assert (3, 1) == (alignment.passages, alignment.unaligned)


def test_passage_that_is_not_there_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join([*SENTENCES, "A sentence that is nowhere on the page, however long one looks."])
    monkeypatch.setattr(module, "_extract", lambda source: module._Extracted(text, ""))
    alignment = main_text(PAGE, stream_of(PAGE)).alignment
    assert (5, 1, 4) == (alignment.passages, alignment.unaligned, alignment.main_blocks)


def test_many_passages_in_vain_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    source = "<p>" + "harbor talks go on " * 5_000
    text = "\n".join(f"a passage of which there is nothing {index}" for index in range(20_000))
    monkeypatch.setattr(module, "_extract", lambda source: module._Extracted(text, ""))
    alignment = main_text(source, stream_of(source)).alignment
    assert alignment.unaligned in (0, 20_000)


def test_letters_are_compared_without_case_and_composition() -> None:
    assert letters_of("Cafe\u0301 — „STRASSE“ 12") == letters_of("café straße 12")


def test_nothing_is_written_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    page_of("<html><body>" + "<p></p>" * 10 + "</body></html>")
    page_of("\x00<" * 50)
    assert capsys.readouterr().err == ""


@needs_shared
def test_shared_pages_align() -> None:
    """At most 4 % of trafilatura's passages are not found again; every page has a headline."""
    passages = unaligned = pages = headlines = 0
    with tarfile.open(SHARED / "eval" / "clean_pages.tar.gz") as archive:
        names = sorted(member.name for member in archive.getmembers() if member.name.endswith(".html"))
        for name in names[::4]:
            file = archive.extractfile(name)
            assert file is not None
            page = page_of(file.read().decode("utf-8", "replace"))
            pages += 1
            passages += page.alignment.passages
            unaligned += page.alignment.unaligned
            headlines += any(block.kind == "headline" for block in page.blocks)
    assert pages > 20
    assert unaligned <= 0.04 * passages
    assert headlines >= 0.95 * pages
