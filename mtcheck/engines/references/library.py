"""A references folder: which files it has, what stands in them, what is wrong in them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mtcheck.core.errors import ConfigurationError
from mtcheck.core.references import GlossaryEntry, ReferenceName, ReferenceQuotation
from mtcheck.engines.references.records import ReferenceProblem, read_quotations, read_table

QUOTATIONS_SUFFIX = ".jsonl"
TABLE_SUFFIX = ".tsv"
_MESSAGES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class ReferenceFile:
    """One file of the folder: its name inside the folder (with ``/``), its path, the SHA-256 of its bytes."""

    name: str
    path: Path
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Library:
    """The files of a folder; tables are read, quotations are read by who needs them, for there may be a million."""

    folder: Path
    quotation_files: tuple[ReferenceFile, ...]
    table_files: tuple[ReferenceFile, ...]
    glossary: tuple[GlossaryEntry, ...]
    names: tuple[ReferenceName, ...]
    table_problems: tuple[ReferenceProblem, ...]

    @property
    def digest(self) -> str:
        """A digest of all files' names and contents: it changes whenever a reference does."""
        files = "".join(f"{file.name}\0{file.digest}\n" for file in (*self.quotation_files, *self.table_files))
        return hashlib.sha256(files.encode("utf-8", "surrogateescape")).hexdigest()

    def quotations(self) -> Iterator[ReferenceQuotation | ReferenceProblem]:
        """Read all quotations in the order of files and lines; an id given twice is a problem."""
        seen: dict[str, str] = {}
        for file in self.quotation_files:
            for item in quotations_in(file):
                if isinstance(item, ReferenceQuotation):
                    place = f"{item.file}:{item.line}"
                    if seen.setdefault(item.id, place) != place:
                        yield ReferenceProblem(
                            item.file, item.line, f"the id {item.id!r} stands in {seen[item.id]} too"
                        )
                        continue
                yield item

    def problems(self) -> tuple[ReferenceProblem, ...]:
        """Read everything and return what is wrong, in the order of files and lines."""
        found = [item for item in self.quotations() if isinstance(item, ReferenceProblem)]
        return tuple(sorted((*found, *self.table_problems), key=lambda problem: (problem.file, problem.line)))


def open_library(folder: Path) -> Library:
    """List the files of a references folder and read its tables.

    Files ending in ``.jsonl`` hold quotations, ``.tsv`` files glossaries or names, as their header says; in subfolders too.
    Hidden files and all others are passed over. Raises ``ConfigurationError`` where the folder cannot be read.
    """
    if not folder.is_dir():
        raise ConfigurationError(f"{folder}: there is no such folder of references")
    quotation_files: list[ReferenceFile] = []
    table_files: list[ReferenceFile] = []
    glossary: list[GlossaryEntry] = []
    names: list[ReferenceName] = []
    problems: list[ReferenceProblem] = []
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        name = path.relative_to(folder).as_posix()
        suffix = path.suffix.lower()
        hidden = any(part.startswith(".") for part in name.split("/"))
        if hidden or suffix not in (QUOTATIONS_SUFFIX, TABLE_SUFFIX) or not path.is_file():
            continue
        file = _file(name, path)
        if suffix == QUOTATIONS_SUFFIX:
            quotation_files.append(file)
            continue
        table_files.append(file)
        for item in read_table(path.read_bytes(), name):
            if isinstance(item, GlossaryEntry):
                glossary.append(item)
            elif isinstance(item, ReferenceName):
                names.append(item)
            else:
                problems.append(item)
    return Library(folder, tuple(quotation_files), tuple(table_files), tuple(glossary), tuple(names), tuple(problems))


def open_references(folder: Path | None) -> Library:
    """Open the references of a scan, of which there may be none.

    Raises ``ConfigurationError`` where the folder or a table in it cannot be used.
    """
    if folder is None:
        return Library(Path(), (), (), (), (), ())
    library = open_library(folder)
    refuse(library.table_problems, folder)
    return library


def quotations_in(file: ReferenceFile) -> Iterator[ReferenceQuotation | ReferenceProblem]:
    """Read one file of quotations, line by line. Raises ``ConfigurationError`` where it cannot be read."""
    try:
        with file.path.open("rb") as lines:
            yield from read_quotations(lines, file.name)
    except OSError as error:
        raise ConfigurationError(f"{file.path}: {error.strerror or error}") from error


def refuse(problems: tuple[ReferenceProblem, ...], folder: Path) -> None:
    """Raise ``ConfigurationError`` with the first problems, if there are any."""
    if not problems:
        return
    shown = [str(problem) for problem in problems[:_MESSAGES_SHOWN]]
    more = len(problems) - len(shown)
    rest = [f"and {more} more (see: mtcheck references check)"] if more else []
    raise ConfigurationError(f"references in {folder} cannot be used:\n  " + "\n  ".join([*shown, *rest]))


def _file(name: str, path: Path) -> ReferenceFile:
    try:
        with path.open("rb") as data:
            digest = hashlib.file_digest(data, "sha256").hexdigest()
        return ReferenceFile(name, path, digest, path.stat().st_size)
    except OSError as error:
        raise ConfigurationError(f"{path}: {error.strerror or error}") from error
