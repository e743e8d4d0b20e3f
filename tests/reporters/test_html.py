"""The folder of pages: what is in it, what it allows, what it leaves alone."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtcheck.core.errors import OutputError, UsageError
from mtcheck.core.report import ScanReport
from mtcheck.core.spans import Span
from mtcheck.reporters import Destination, reporter
from mtcheck.reporters.html.folder import MANIFEST, page_names
from mtcheck.reporters.html.segments import Labelled, segments
from mtcheck.reporters.json import dumps, load
from tests.reporters.sample import (
    EXPLANATIONS,
    busy_report,
    clean_page,
    english_page,
    hostile_report,
    page,
    sample_report,
    scan_report,
)

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """Elements and their attributes, the text, and whether every element is closed where it should be."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.inside: list[str] = []
        self.raw: dict[str, str] = {}
        self.data = ""
        self.feed(content)
        self.close()
        assert self.inside == [], "every element is closed"

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _value in attributes}) == len(attributes)
        self.elements.append((tag, {name: value or "" for name, value in attributes}))
        if tag not in VOID:
            self.inside.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attributes}))

    def handle_endtag(self, tag: str) -> None:
        assert self.inside.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.inside and self.inside[-1] in {"script", "style"}:
            # Of the two scripts the first one is data and the last one runs.
            if self.inside[-1] == "script" and "script" not in self.raw and not self.data:
                self.data = data
            else:
                self.raw[self.inside[-1]] = data
        else:
            self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self) -> str:
        return "".join(self.words)

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _tag, attributes in self.elements if "id" in attributes]


def written(report: ScanReport, folder: Path) -> dict[str, Page]:
    reporter("html").write(report, Destination.to_path(folder), EXPLANATIONS)
    return {path.name: Page(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.html"))}


def page_of(report: ScanReport, folder: Path, start: str) -> Page:
    return next(content for name, content in written(report, folder).items() if name.startswith(start))


@pytest.mark.parametrize("report", [sample_report(), hostile_report(), busy_report(200), scan_report([])])
def test_nothing_is_executed_or_requested(report: ScanReport, tmp_path: Path) -> None:
    pages = written(report, tmp_path)
    assert len(pages) == len(report.documents) + 1
    for content in pages.values():
        assert {tag for tag, _attributes in content.elements}.isdisjoint(
            {"img", "iframe", "object", "embed", "link", "base", "form"}
        )
        assert len(content.all("style")) == 1
        assert [attributes.get("type") for attributes in content.all("script")] == ["application/json", "module"]
        for _tag, attributes in content.elements:
            assert not any(name.startswith("on") or name in {"src", "style", "action", "srcset"} for name in attributes)
            assert re.fullmatch(r"(#[\w-]+|[a-z0-9-]+\.html|https?://\S+)?", attributes.get("href", ""))


def test_policy_allows_exactly_the_inline_style_and_script(tmp_path: Path) -> None:
    for content in written(sample_report(), tmp_path).values():
        policy = next(
            meta["content"] for meta in content.all("meta") if meta.get("http-equiv") == "Content-Security-Policy"
        )
        assert policy.startswith("default-src 'none'; ")
        for kind in ("style", "script"):
            digest = base64.b64encode(hashlib.sha256(content.raw[kind].encode()).digest()).decode()
            assert f"{kind}-src 'sha256-{digest}';" in policy
        assert "unsafe" not in policy


@pytest.mark.parametrize("report", [sample_report(), hostile_report(), busy_report(300)])
def test_every_finding_is_marked_carded_and_linked_both_ways(report: ScanReport, tmp_path: Path) -> None:
    for name, content in written(report, tmp_path).items():
        assert len(content.ids) == len(set(content.ids))
        links = {
            attributes["href"][1:] for attributes in content.all("a") if attributes.get("href", "").startswith("#")
        }
        assert links <= set(content.ids)
        if name == "index.html":
            continue
        cards = [attributes for attributes in content.all("article") if attributes["class"].startswith("card ")]
        marked = {number for mark in content.all("mark") for number in mark.get("data-findings", "").split()}
        flags = [attributes["data-number"] for attributes in content.all("a") if "flag" in attributes.get("class", "")]
        assert marked == {card["data-number"] for card in cards} == set(flags)
        assert len(flags) == len(cards)


def test_page_shows_the_whole_text_and_the_evidence(tmp_path: Path) -> None:
    report = sample_report()
    content = page_of(report, tmp_path, "harbor-treaty")
    for block in report.documents[0].blocks:
        assert block.span.of(report.documents[0].text) in content.text
    for shown in (
        "talks have reached a point of improvement", "nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:2.5.1",
        "61.23", "Sergey 1, Sergei 1", "82% sure", "Russian 12%", "280.2", "What it finds", "accuracy/untranslated",
    ):  # fmt: skip
        assert shown in content.text, shown


def test_related_places_are_anchored_in_the_text(tmp_path: Path) -> None:
    content = page_of(sample_report(), tmp_path, "harbor-treaty")
    anchors = [
        attributes["id"] for attributes in content.all("span") if attributes.get("id", "").startswith("related-")
    ]
    assert len(anchors) == 4
    assert {
        attributes["href"][1:] for attributes in content.all("a") if attributes.get("class") == "to-related"
    } == set(anchors)


def test_blocks_have_their_language_and_direction(tmp_path: Path) -> None:
    arabic = page_of(sample_report(), tmp_path, "arabic")
    blocks = [attributes for attributes in arabic.all("div") if attributes.get("class", "").startswith("block ")]
    assert [block["dir"] for block in blocks] == ["rtl", "rtl", "rtl"]
    words = [attributes for _tag, attributes in arabic.elements if attributes.get("class") == "words"]
    assert [each.get("lang") for each in words] == ["ar", "ar", "ar"]
    mixed = page_of(sample_report(), tmp_path / "again", "mixed")
    foreign = [attributes for attributes in mixed.all("div") if " foreign " in attributes.get("class", "")]
    assert len(foreign) == 2
    assert {element["class"] for element in mixed.all("rect")} == {
        "language-0",
        "language-1",
        "tick major",
    }


def test_unsafe_characters_are_written_out(tmp_path: Path) -> None:
    reporter("html").write(hostile_report(), Destination.to_path(tmp_path))
    for path in tmp_path.glob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
        assert "U+202E" in text


def test_text_between_and_outside_blocks_is_shown(tmp_path: Path) -> None:
    english = english_page()
    bare = page("bare.txt", "en", None, [], [])
    unblocked = replace(english.document, blocks=(), block_languages=())
    partly = replace(english.document, blocks=english.document.blocks[3:4], block_languages=())
    for document in (unblocked, partly):
        report = scan_report([type(english)(document, english.findings), bare])
        content = page_of(report, tmp_path / str(len(document.blocks)), "harbor-treaty")
        assert "© The Varen Courier" in content.text
        marked = {number for mark in content.all("mark") for number in mark.get("data-findings", "").split()}
        assert len(marked) == len(english.findings)


def test_index_lists_the_worst_first_with_everything_else(tmp_path: Path) -> None:
    index = written(sample_report(), tmp_path)["index.html"]
    rows = [attributes for attributes in index.all("tr") if "data-order" in attributes]
    assert [row["data-level"] for row in rows] == ["2", "2", "2", "2", "1", "0"]
    links = [attributes["href"] for attributes in index.all("a") if attributes["href"].endswith(".html")]
    assert links[1].startswith("harbor-treaty"), (
        "the first link belongs to the problem of a page, the next to the worst"
    )
    for shown in ("pages/broken.html", "name lists were not given", "incomplete", "21 findings in 6 documents"):
        assert shown in index.text


def test_same_report_same_bytes_and_from_its_json_too(tmp_path: Path) -> None:
    report = sample_report()
    for name, each in (("one", report), ("other", report), ("reloaded", load(dumps(report)))):
        reporter("html").write(each, Destination.to_path(tmp_path / name), EXPLANATIONS)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "other" / path.name).read_bytes()
        assert path.read_bytes() == (tmp_path / "reloaded" / path.name).read_bytes()


def test_only_own_unchanged_pages_of_an_earlier_report_are_removed(tmp_path: Path) -> None:
    first = set(written(sample_report(), tmp_path))
    keep = tmp_path / "notes.html"
    keep.write_text("mine")
    edited = next(path for path in tmp_path.glob("mixed-*"))
    edited.write_text("an editor's remarks")
    reporter("html").write(scan_report([clean_page()]), Destination.to_path(tmp_path))
    second = {path.name for path in tmp_path.glob("*.html")}
    assert keep.read_text() == "mine"
    assert edited.read_text() == "an editor's remarks"
    assert second - {"notes.html", edited.name} == {
        "index.html",
        next(name for name in first if name.startswith("clean")),
    }


def test_manifest_of_somebody_else_removes_nothing(tmp_path: Path) -> None:
    victim = tmp_path / "victim.html"
    victim.write_text("precious")
    outside = tmp_path / "outside.html"
    outside.write_text("precious")
    folder = tmp_path / "report"
    written(sample_report(), folder)
    manifest = json.loads((folder / MANIFEST).read_text())
    digest = hashlib.sha256(b"precious").hexdigest()
    manifest["files"].update({"../outside.html": digest, str(victim): digest, "Notes.txt": digest})
    (folder / MANIFEST).write_text(json.dumps(manifest))
    (folder / "Notes.txt").write_text("precious")
    written(sample_report(), folder)
    assert victim.exists()
    assert outside.exists()
    assert (folder / "Notes.txt").exists()


def test_foreign_index_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("a site")
    with pytest.raises(OutputError, match="not made by mtcheck"):
        reporter("html").write(sample_report(), Destination.to_path(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


def test_html_needs_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError, match="name a folder"):
        reporter("html").write(sample_report(), Destination.to_stream(sys.stdout))
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="a folder is needed"):
        reporter("html").write(sample_report(), Destination.to_path(tmp_path / "file"))
    assert capsys.readouterr().out == ""


def test_file_names_are_safe_and_distinct() -> None:
    ids = [
        "a/../../etc/passwd",
        "..",
        "",
        "A.html",
        "a.html",
        "x" * 500,
        "страница.html",
        "same",
        "same",
        "nul\x00",
        "\ud800",
    ]
    names = page_names(ids)
    assert len(set(names)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9-]*\.html", name) and len(name) < 80 for name in names)
    assert "index.html" not in names
    assert page_names(ids) == names


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=8))
def test_segments_tile_the_text_and_know_who_lies_over_them(text: str, pairs: list[tuple[int, int]]) -> None:
    labels = [Labelled(Span(min(pair), max(pair)), number) for number, pair in enumerate(pairs) if pair[0] != pair[1]]
    cut = segments(text, Span(0, len(text)), labels)
    assert "".join(segment.span.of(text) for segment in cut) == text
    for segment in cut:
        covering = {label.number for label in labels if label.span.overlaps(segment.span)}
        assert set(segment.numbers) == covering
        assert all(label.span.contains(segment.span) for label in labels if label.number in covering)
    begun = [number for segment in cut for number in segment.starting]
    visible = [label.number for label in labels if label.span.start < len(text)]
    assert sorted(begun) == sorted(visible)
