"""The records of a references folder: one line of a file to one record, or to what is wrong with it."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mtcheck.core.references import GlossaryEntry, ReferenceName, ReferenceQuotation

QUOTATION_KEYS = ("id", "speaker", "date", "language", "text", "origin")
GLOSSARY_COLUMNS = ("language", "use", "avoid", "source_language", "source", "note")
NAME_COLUMNS = ("language", "name", "variants", "literal", "note")
SEPARATOR = "|"
LONGEST_TEXT = 20_000
"""Characters of one quotation; a whole speech is to be cut into its passages."""

_LETTERS_BEFORE_A_STAR = 3
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, slots=True)
class ReferenceProblem:
    """A line (from 1; 0 for a whole file) that cannot be used, and why."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message}"


def read_quotations(lines: Iterable[bytes], file: str) -> Iterator[ReferenceQuotation | ReferenceProblem]:
    """Read JSON lines, one quotation each; empty lines are passed over."""
    for number, raw in enumerate(lines, 1):
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
            if not line:
                continue
            values = json.loads(line)
        except UnicodeDecodeError:
            yield ReferenceProblem(file, number, "this line is not UTF-8")
        except (ValueError, RecursionError) as error:
            reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested or numbered beyond reason"
            yield ReferenceProblem(file, number, f"this line is not JSON ({reason})")
        else:
            yield quotation_of(values, file, number)


def quotation_of(values: Any, file: str, line: int) -> ReferenceQuotation | ReferenceProblem:
    """Return the quotation that a JSON object describes, or the first thing that is wrong with it."""
    message = _quotation_fault(values)
    if message:
        return ReferenceProblem(file, line, message)
    given = {key: " ".join(values.get(key, "").split()) for key in QUOTATION_KEYS}
    given["language"] = given["language"].lower()
    return ReferenceQuotation(**given, file=file, line=line)


def _quotation_fault(values: object) -> str:
    if not isinstance(values, Mapping):
        return "this line is no JSON object"
    unknown = sorted(str(key) for key in values if key not in QUOTATION_KEYS)
    if unknown:
        return f"unknown key {unknown[0]!r}; known are {', '.join(QUOTATION_KEYS)}"
    for key, value in values.items():
        if not isinstance(value, str):
            return f"{key!r} must be a text"
        if _has_surrogate(value):
            return f"{key!r} holds half a character (a lone surrogate)"
    for key in ("id", "speaker", "language", "text"):
        if not values.get(key, "").strip():
            return f"{key!r} is missing or empty"
    if len(values["text"]) > LONGEST_TEXT:
        return f"'text' has {len(values['text']):,} characters; at most {LONGEST_TEXT:,} are taken"
    return language_fault(values["language"].strip().lower()) or date_fault(values.get("date", "").strip())


def language_fault(language: str) -> str:
    """Say what is wrong with a language code; empty where nothing is."""
    if _LANGUAGE.fullmatch(language):
        return ""
    return f"{language!r} is no language code such as en, ru or pt-br"


def date_fault(date: str) -> str:
    """Say what is wrong with a date (YYYY, YYYY-MM or YYYY-MM-DD, or empty); empty where nothing is."""
    if not date:
        return ""
    match = _DATE.fullmatch(date)
    if match:
        try:
            dt.date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
        except ValueError:
            match = None
    return "" if match else f"{date!r} is no date such as 2022-01-21, 2022-01 or 2022"


def read_table(data: bytes, file: str) -> Iterator[GlossaryEntry | ReferenceName | ReferenceProblem]:
    """Read a table with a header row, columns set apart by tabs: a glossary (column ``use``) or names (``name``).

    Lines that are empty or start with ``#`` are passed over. There are no quotation marks around values and no escapes.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield ReferenceProblem(file, data.count(b"\n", 0, error.start) + 1, "this line is not UTF-8")
        return
    header: list[str] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        line = line.removesuffix("\r")
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header is None:
            header = [cell.lower() for cell in cells]
            message = _header_fault(header)
            if message:
                yield ReferenceProblem(file, number, message)
                return
        elif len(cells) > len(header):
            yield ReferenceProblem(file, number, f"{len(cells)} columns where the header names {len(header)}")
        else:
            row = dict(zip(header, [*cells, *[""] * (len(header) - len(cells))], strict=True))
            yield _entry(row, file, number)


def _header_fault(header: list[str]) -> str:
    if len(set(header)) != len(header):
        return "the header names a column twice"
    known = GLOSSARY_COLUMNS if "use" in header else NAME_COLUMNS
    if "use" not in header and "name" not in header:
        return "the header has neither a column 'use' (a glossary) nor a column 'name' (names)"
    unknown = [column for column in header if column not in known]
    if unknown:
        return f"unknown column {unknown[0]!r}; known are {', '.join(known)}"
    return "" if "language" in header else "the header has no column 'language'"


def _entry(row: dict[str, str], file: str, line: int) -> GlossaryEntry | ReferenceName | ReferenceProblem:
    language = row["language"].lower()
    message = language_fault(language)
    if "use" in row:
        source_language, source = row.get("source_language", "").lower(), row.get("source", "")
        if not row["use"]:
            message = message or "'use' is empty"
        if bool(source) != bool(source_language):
            message = message or "'source' and 'source_language' are given together or not at all"
        avoid = _parts(row.get("avoid", ""))
        if row["use"] in avoid:
            message = message or f"{row['use']!r} is to be used and to be avoided"
        if source_language:
            message = message or language_fault(source_language)
        message = message or _star_fault((*avoid, source))
        if message:
            return ReferenceProblem(file, line, message)
        return GlossaryEntry(language, row["use"], avoid, source_language, source, row.get("note", ""), file, line)
    if not row["name"]:
        message = message or "'name' is empty"
    variants = _parts(row.get("variants", ""))
    literal = _parts(row.get("literal", ""))
    if row["name"] in (*variants, *literal):
        message = message or f"{row['name']!r} is its own variant"
    if message:
        return ReferenceProblem(file, line, message)
    return ReferenceName(language, row["name"], variants, row.get("note", ""), file, line, literal)


def _star_fault(wordings: tuple[str, ...]) -> str:
    """Say which star stands for too much: a beginning of a word has at least three letters."""
    for wording in wordings:
        for piece in wording.split():
            if "*" in piece and (piece.index("*") < _LETTERS_BEFORE_A_STAR or not piece.endswith("*")):
                return (
                    f"{wording!r}: a star stands at the end of a word, after {_LETTERS_BEFORE_A_STAR} letters or more"
                )
    return ""


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in cell.split(SEPARATOR) if part.strip()))


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def written_quotation(quotation: ReferenceQuotation) -> str:
    """Return the JSON line of a quotation, without a line break; keys without a value are left out."""
    values = {key: getattr(quotation, key) for key in QUOTATION_KEYS}
    return json.dumps({key: value for key, value in values.items() if value}, ensure_ascii=False)


def rows_of_csv(text: str, delimiter: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a CSV or TSV text with a header, each with its line number. Raises ``csv.Error``."""
    reader = csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    for row in reader:
        yield reader.line_num, {str(key): value or "" for key, value in row.items() if isinstance(value, str | None)}
