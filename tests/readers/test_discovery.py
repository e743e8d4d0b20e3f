"""Discovery: what the user named, each file once, in a fixed order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mtcheck.core.errors import InputError
from mtcheck.core.reading import Input
from mtcheck.readers import discover


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: str, text: str = "text") -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def found(*paths: str) -> list[str]:
    return [item.path if isinstance(item, Input) else str(item) for item in discover(paths)]


def test_folder_is_searched_in_the_order_of_names(here: Path) -> None:
    for name in (
        "b/2.txt",
        "b/1.html",
        "a.md",
        "b.txt",
        "c.JSONL",
        "d.txt.gz",
        "e.py",
        "f",
        "B.txt",
        "b/.hidden.txt",
        ".git/x.txt",
        ".x/y.txt",
    ):
        write(f"pages/{name}")
    assert [
        "pages/B.txt",
        "pages/a.md",
        "pages/b/1.html",
        "pages/b/2.txt",
        "pages/b.txt",
        "pages/c.JSONL",
        "pages/d.txt.gz",
    ] == found("pages")


def test_named_files_keep_their_order_and_are_read_once(here: Path) -> None:
    write("b.txt")
    write("a.weird")
    write("d/c.txt")
    assert ["b.txt", "a.weird", "-", "d/c.txt"] == found("b.txt", "a.weird", "./b.txt", "-", "d", "d/c.txt", "-", "d/")


def test_feeds_are_marked(here: Path) -> None:
    write("a.jsonl")
    write("b.ndjson.gz")
    write("c.txt")
    assert [Input("a.jsonl", feed=True), Input("b.ndjson.gz", feed=True), Input("c.txt")] == list(
        discover(["a.jsonl", "b.ndjson.gz", "c.txt"])
    )


def test_this_folder(here: Path) -> None:
    write("a/b.txt")
    assert found(".") == ["a/b.txt"]
    assert found("./") == ["./a/b.txt"]


def test_gitignore_nested_and_negated(here: Path) -> None:
    for name in ("a.txt", "draft.txt", "keep/draft.txt", "keep/x.txt", "out/a.txt", "deep/out/a.txt", "deep/only/a.md"):
        write(name)
    write(".gitignore", "draft.txt\n/out/\n*.md\n")
    write("keep/.gitignore", "!draft.txt\nx.txt\n")
    write("deep/only/.gitignore", "!*.md\n")
    assert ["a.txt", "deep/only/a.md", "deep/out/a.txt", "keep/draft.txt"] == found(".")


def test_gitignore_of_the_repository_above(here: Path) -> None:
    write("repo/.git/HEAD")
    write("repo/.gitignore", "*.html\nbuild/\n")
    for name in ("pages/a.txt", "pages/b.html", "build/c.txt", "build/d.html"):
        write(f"repo/{name}")
    assert found("repo/pages") == ["repo/pages/a.txt"]
    assert found("repo/pages/b.html") == ["repo/pages/b.html"]
    # Named by the user, so it is meant.
    assert found("repo/build") == ["repo/build/c.txt", "repo/build/d.html"]


def test_links_in_a_circle_end(here: Path) -> None:
    write("a/b/c.txt")
    Path("a/b/up").symlink_to(Path("..").resolve() / "a", target_is_directory=True)
    Path("a/b/self").symlink_to("self")
    Path("a/gone.txt").symlink_to("nowhere")
    Path("a/again.txt").symlink_to("b/c.txt")
    assert found(str(here / "a")) == [str(here / "a/again.txt")]
    assert found("a/b/self") == ["a/b/self: too many levels of symbolic links"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("nope.txt", "nope.txt: no such file or folder"),
        ("empty", "empty: no file to read in it"),
        ("file.txt/x", "file.txt/x: a part of the path is a file, not a folder"),
        ("a\x00b", "a\x00b: is no possible file name"),
        ("/dev/null", "/dev/null: is a device or a socket, not a file"),
        ("x" * 300, f"{'x' * 300}: file name too long"),
    ],
)
def test_what_cannot_be_read(here: Path, path: str, expected: str) -> None:
    Path("empty").mkdir()
    write("empty/.hidden.txt")
    write("file.txt")
    (error,) = discover([path])
    assert isinstance(error, InputError)
    assert expected == str(error)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_folder_without_permission(here: Path) -> None:
    write("a/b/c.txt")
    Path("a/b").chmod(0)
    try:
        assert found("a") == ["a/b: permission denied"]
    finally:
        Path("a/b").chmod(0o755)


def test_name_that_is_no_unicode(here: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    write(name)
    (item,) = discover(["."])
    assert item == Input(name)


def test_deep_folders(here: Path) -> None:
    path = Path()
    for _ in range(300):
        path /= "d"
    write(str(path / "a.txt"))
    assert found("d") == [str(path / "a.txt")]
