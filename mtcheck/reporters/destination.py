"""Where a report goes: a text stream or a path. Files appear whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from mtcheck.core.errors import OutputError, UsageError


@dataclass(frozen=True, slots=True)
class Destination:
    """A text stream, or a path of a file (of a folder, for a format that writes one). Exactly one of the two.

    Raises ``ValueError`` for both or neither.
    """

    stream: TextIO | None = None
    path: Path | None = None

    def __post_init__(self) -> None:
        if (self.stream is None) == (self.path is None):
            raise ValueError("a destination is a stream or a path")

    @classmethod
    def to_stream(cls, stream: TextIO) -> Destination:
        """Write to an open text stream, which stays open."""
        return cls(stream=stream)

    @classmethod
    def to_path(cls, path: str | Path) -> Destination:
        """Write to a file or a folder; missing parent folders are made."""
        return cls(path=Path(path))

    @property
    def folder(self) -> Path:
        """The path, for a format that writes a folder. Raises ``UsageError`` for a stream."""
        if self.path is None:
            raise UsageError("this format writes a folder of files and cannot go to standard output; name a folder")
        return self.path

    @property
    def holds_unicode(self) -> bool:
        """Whether every character can be written: files are UTF-8, a stream has an encoding of its own."""
        if self.stream is None:
            return True
        encoding = getattr(self.stream, "encoding", None)
        return encoding is None or encoding.lower().replace("_", "-") in {
            "utf-8",
            "utf8",
            "utf-8-sig",
            "utf-16",
            "utf-32",
        }

    def write(self, pieces: Iterable[str]) -> None:
        """Write the pieces one after another.

        Characters that a stream's encoding lacks, and lone surrogates, are written as backslash escapes. Raises
        ``OutputError`` where the system refuses; a broken pipe of a stream passes through.
        """
        if self.path is not None:
            write_file(self.path, pieces)
            return
        assert self.stream is not None
        encoding = getattr(self.stream, "encoding", None) or "utf-8"
        with foreseen("standard output"):
            for piece in pieces:
                self.stream.write(piece.encode(encoding, "backslashreplace").decode(encoding))
            self.stream.flush()


def write_file(path: Path, pieces: Iterable[str]) -> None:
    """Write a UTF-8 file through a temporary file beside it, so that no reader ever sees half of it.

    A device, a pipe or the like is written directly. Raises ``OutputError`` where the system refuses; what stood at
    ``path`` before is then still there.
    """
    with foreseen(str(path)):
        if path.is_dir():
            raise OutputError(f"cannot write {path}: there is a folder of that name")
        if path.exists() and not path.is_file():
            with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
                stream.writelines(pieces)
            return
        # A link stays a link: what it points to is replaced.
        target = path.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{target.name[:100]}.{os.getpid()}.tmp")
        try:
            with temporary.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
                stream.writelines(pieces)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)


@contextmanager
def foreseen(name: str) -> Iterator[None]:
    """Turn the system's refusals into ``OutputError``, naming what could not be written."""
    try:
        yield
    except BrokenPipeError:
        raise
    except (FileExistsError, NotADirectoryError) as error:
        raise OutputError(f"cannot write {name}: a part of this path is a file, not a folder") from error
    except OSError as error:
        raise OutputError(f"cannot write {name}: {error.strerror or error}") from error
