"""Files appear whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mtcheck.core.errors import OutputError, UsageError
from mtcheck.reporters import REPORTERS, Destination, reporter
from tests.reporters.sample import hostile_report, sample_report


def broken(error: int) -> Iterator[str]:
    yield "half"
    raise OSError(error, os.strerror(error))


def test_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text("old")
    with pytest.raises(OutputError, match=r"cannot write .*report\.json: No space left on device"):
        Destination.to_path(path).write(broken(errno.ENOSPC))
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device /dev/full of Linux")
def test_full_device_is_an_output_error() -> None:
    with pytest.raises(OutputError, match="No space left"):
        Destination.to_path("/dev/full").write(["text"])
    stream = Path("/dev/full").open("w")  # noqa: SIM115 - closing it fails too
    with pytest.raises(OutputError, match="cannot write standard output: No space left"):
        Destination.to_stream(stream).write(["text"])
    with pytest.raises(OSError, match="No space left"):
        stream.close()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_missing_permission_is_an_output_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="Permission denied"):
        Destination.to_path(tmp_path / "report.json").write(["text"])


def test_wrong_kinds_of_paths_are_output_errors(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="there is a folder of that name"):
        Destination.to_path(tmp_path).write(["text"])
    with pytest.raises(OutputError, match="is a file, not a folder"):
        Destination.to_path(tmp_path / "file" / "report.json").write(["text"])


def test_parents_are_made_links_kept_and_line_ends_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "report.txt"
    Destination.to_path(path).write(["one\n", "two\r\n", "\ud800\n"])
    assert path.read_bytes() == b"one\ntwo\r\n\\ud800\n"
    link = tmp_path / "link.txt"
    link.symlink_to(path)
    Destination.to_path(link).write(["new"])
    assert link.is_symlink()
    assert path.read_text() == "new"


def test_broken_pipe_passes_through() -> None:
    class Closed(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    for name in ("text", "json", "jsonl", "terminal"):
        with pytest.raises(BrokenPipeError):
            reporter(name).write(sample_report(), Destination.to_stream(Closed()))


def test_stream_of_a_small_encoding_gets_escapes() -> None:
    for name in ("text", "terminal", "jsonl"):
        raw = io.BytesIO()
        stream = io.TextIOWrapper(raw, encoding="cp1252")
        reporter(name).write(hostile_report(), Destination.to_stream(stream))
        reporter(name).write(sample_report(), Destination.to_stream(stream))
        assert b"\\u706f\\u5854" in raw.getvalue(), name


def test_destination_is_a_stream_or_a_path() -> None:
    with pytest.raises(ValueError, match="a stream or a path"):
        Destination()
    with pytest.raises(ValueError, match="a stream or a path"):
        Destination(io.StringIO(), Path("x"))


def test_formats_are_found_in_the_folder() -> None:
    formats = ["github", "gitlab", "html", "json", "jsonl", "junit", "rdjsonl", "sarif", "terminal", "text"]
    assert list(REPORTERS) == formats
    assert [name for name in REPORTERS if REPORTERS[name].writes_folder] == ["html"]
    assert all(REPORTERS[name].summary for name in REPORTERS)
    with pytest.raises(UsageError, match=f"no output format 'pdf'; there are {', '.join(formats)}"):
        reporter("pdf")


def test_looking_up_formats_imports_nothing_heavy() -> None:
    program = (
        "import sys; from mtcheck.reporters import REPORTERS; list(REPORTERS.items()); "
        "print([name for name in ('pydantic', 'jinja2', 'rich', 'torch') if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"


@pytest.mark.parametrize("name", ["text", "json", "jsonl", "terminal"])
def test_same_report_same_bytes(name: str, tmp_path: Path) -> None:
    for file in ("one", "other"):
        reporter(name).write(sample_report(), Destination.to_path(tmp_path / file))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
    stream = io.StringIO()
    reporter(name).write(sample_report(), Destination.to_stream(stream))
    assert stream.getvalue() == (tmp_path / "one").read_text(encoding="utf-8")
