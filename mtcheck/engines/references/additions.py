"""Adding to a references folder: one quotation, or those of a foreign file."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from mtcheck.core.errors import InputError, OutputError, UsageError
from mtcheck.core.references import ReferenceQuotation
from mtcheck.engines.references.library import QUOTATIONS_SUFFIX, Library, open_library, refuse
from mtcheck.engines.references.records import (
    QUOTATION_KEYS,
    ReferenceProblem,
    quotation_of,
    rows_of_csv,
    written_quotation,
)

# What the columns of other people's files are called.
_ALIASES = {
    "id": ("id", "identifier", "key"),
    "speaker": ("speaker", "author", "who", "person", "name"),
    "date": ("date", "day", "when", "published"),
    "language": ("language", "lang", "locale"),
    "text": ("text", "quotation", "quote", "wording", "statement"),
    "origin": ("origin", "source", "url", "link", "reference"),
}
_NOT_IN_SLUG = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: the file it wrote to, how many quotations it added, how many were there before."""

    path: Path
    added: int
    known: int


def add_quotation(folder: Path, name: str, values: Mapping[str, str]) -> ReferenceQuotation:
    """Append one quotation to the file ``name`` of a folder; both are made where they are missing.

    An empty ``id`` is made from speaker, date and text. Raises ``UsageError`` for values that do not fit or an id that is
    taken, ``ConfigurationError`` for a folder that has problems already, ``OutputError`` where nothing can be written.
    """
    path = _target(folder, name)
    library = _opened(folder)
    quotation = _quotation(values, "", "the quotation given")
    known, lines = _known(library)
    if quotation.id in known:
        raise UsageError(f"the id {quotation.id!r} stands in {known[quotation.id].file}:{known[quotation.id].line}")
    same = next((other for other in known.values() if _identity(other) == _identity(quotation)), None)
    if same is not None:
        raise UsageError(f"{same.file}:{same.line} has this quotation, as {same.id!r}")
    _append(path, [quotation])
    line = lines.get(path.relative_to(folder).as_posix(), 0) + 1
    return replace(quotation, file=name, line=line)


def import_quotations(
    source: Path, folder: Path, name: str, columns: Mapping[str, str], defaults: Mapping[str, str]
) -> Imported:
    """Append the quotations of a CSV, TSV or JSON-lines file to the file ``name`` of a folder.

    ``columns`` maps our keys to their columns, where they are not called alike; ``defaults`` fills what no column gives.
    Other columns are left out. Raises ``InputError`` for a file that cannot be read, ``UsageError`` for columns and lines
    that do not fit (nothing is written then), ``OutputError`` where nothing can be written.
    """
    unknown = [key for key in columns if key not in QUOTATION_KEYS]
    if unknown:
        raise UsageError(f"there is no column {unknown[0]!r} of ours; there are {', '.join(QUOTATION_KEYS)}")
    path = _target(folder, name)
    known, _ = _known(_opened(folder))
    identities = {_identity(quotation) for quotation in known.values()}
    ids = set(known)
    added: list[ReferenceQuotation] = []
    passed = 0
    for line, row in _rows(source):
        values = {key: _value(row, key, columns, defaults) for key in QUOTATION_KEYS}
        quotation = _quotation(values, str(source), f"{source}:{line}")
        if _identity(quotation) in identities:
            passed += 1
            continue
        if quotation.id in ids:
            raise UsageError(f"{source}:{line}: the id {quotation.id!r} is taken; nothing was imported")
        identities.add(_identity(quotation))
        ids.add(quotation.id)
        added.append(quotation)
    _append(path, added)
    return Imported(path, len(added), passed)


def _target(folder: Path, name: str) -> Path:
    path = folder / name
    inside = folder.resolve() in path.resolve().parents
    if not inside or path.suffix.lower() != QUOTATIONS_SUFFIX or any(part.startswith(".") for part in path.parts[-1:]):
        raise UsageError(f"{name}: give the name of a {QUOTATIONS_SUFFIX} file inside the folder of references")
    return path


def _opened(folder: Path) -> Library:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: {error.strerror or error}") from error
    return open_library(folder)


def _known(library: Library) -> tuple[dict[str, ReferenceQuotation], dict[str, int]]:
    """Return the quotations by id, and the last line of each file. Raises ``ConfigurationError`` for lines at fault."""
    known: dict[str, ReferenceQuotation] = {}
    problems: list[ReferenceProblem] = []
    for item in library.quotations():
        if isinstance(item, ReferenceProblem):
            problems.append(item)
        else:
            known[item.id] = item
    refuse(tuple(problems), library.folder)
    lines = {}
    for file in library.quotation_files:
        data = file.path.read_bytes()
        lines[file.name] = data.count(b"\n") + (1 if data and not data.endswith(b"\n") else 0)
    return known, lines


def _quotation(values: Mapping[str, str], file: str, place: str) -> ReferenceQuotation:
    given = {key: value.strip() for key, value in values.items()}
    if not given["id"]:
        digest = hashlib.sha256(" ".join(given["text"].split()).encode("utf-8", "surrogatepass")).hexdigest()[:8]
        words = _NOT_IN_SLUG.sub("-", f"{given['speaker']} {given['date']}").strip("-").lower()
        given["id"] = f"{words}-{digest}" if words else digest
    quotation = quotation_of(given, file, 0)
    if isinstance(quotation, ReferenceProblem):
        raise UsageError(f"{place}: {quotation.message}")
    return quotation


def _identity(quotation: ReferenceQuotation) -> tuple[str, str, str, str]:
    return quotation.speaker, quotation.date, quotation.language, quotation.text


def _rows(source: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield the rows of a foreign file with their line numbers, keys in lower case."""
    try:
        text = source.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror or str(error) if isinstance(error, OSError) else "not UTF-8"
        raise InputError(str(source), reason) from error
    suffix = source.suffix.lower()
    if suffix in (".csv", ".tsv"):
        try:
            for number, row in rows_of_csv(text, "," if suffix == ".csv" else "\t"):
                yield number, {key.strip().lower(): value for key, value in row.items()}
        except csv.Error as error:
            raise InputError(str(source), str(error)) from error
        return
    if suffix != QUOTATIONS_SUFFIX:
        raise UsageError(f"{source}: only .csv, .tsv and .jsonl files are imported")
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, _object(line, source, number)


def _object(line: str, source: Path, number: int) -> Mapping[str, Any]:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{source}:{number}", "this line is not JSON") from error
    if not isinstance(values, dict):
        raise InputError(f"{source}:{number}", "this line is no JSON object")
    return {str(key).strip().lower(): value for key, value in values.items()}


def _value(row: Mapping[str, Any], key: str, columns: Mapping[str, str], defaults: Mapping[str, str]) -> str:
    if key in columns:
        theirs = columns[key].lower()
        if theirs not in row:
            raise UsageError(f"there is no column {columns[key]!r}; there are {', '.join(sorted(row))}")
        candidates: Iterable[str] = (theirs,)
    else:
        taken = {column.lower() for column in columns.values()}
        candidates = (alias for alias in _ALIASES[key] if alias not in taken)
    found = next((row[name] for name in candidates if row.get(name)), None)
    return str(found) if found is not None else defaults.get(key, "")


def _append(path: Path, quotations: list[ReferenceQuotation]) -> None:
    """Write a file with the new lines after the old ones and move it into place, so that no scan reads half a line."""
    if not quotations:
        return
    partial: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_bytes() if path.exists() else b""
        if before and not before.endswith(b"\n"):
            before += b"\n"
        with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".partial", delete=False) as file:
            partial = Path(file.name)
            file.write(before)
            for quotation in quotations:
                file.write(f"{written_quotation(quotation)}\n".encode())
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            partial.chmod(path.stat().st_mode & 0o777)
        else:
            partial.chmod(0o644)
        partial.replace(path)
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror or error}") from error
    finally:
        if partial is not None:
            partial.unlink(missing_ok=True)
