"""The report as one JSON document: the contract for programs, and the file every other format can be made from again.

Its shape is that of ``mtcheck.core.report.ScanReport``, field by field and in that order; ``report.schema.json`` beside
this module describes it. ``load`` is the way back.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from mtcheck.core.errors import InputError
from mtcheck.core.report import SCHEMA_VERSION, ScanReport
from mtcheck.reporters.destination import Destination
from mtcheck.reporters.protocol import NO_EXPLANATIONS, Explanations

if TYPE_CHECKING:
    from pydantic import TypeAdapter

DECIMALS = 4
"""Digits kept after the point: enough for every score, and the same bytes whatever the last bit of a sum."""

_INDENT = "  "


@dataclass(frozen=True, slots=True)
class JsonReporter:
    """Writes the whole report, texts included, as one indented JSON document."""

    name: str = "json"
    summary: str = "one JSON document for programs; other formats can be made from it again"
    writes_folder: bool = False

    def write(self, report: ScanReport, destination: Destination, explanations: Explanations = NO_EXPLANATIONS) -> None:
        """Write the report; explanations are not part of the contract."""
        del explanations
        destination.write(pieces(report, ascii_only=not destination.holds_unicode))


def dumps(report: ScanReport, *, ascii_only: bool = False) -> str:
    """Return the report as JSON text that ends with a line end: ``pieces`` in one."""
    return "".join(pieces(report, ascii_only=ascii_only))


def pieces(report: ScanReport, *, ascii_only: bool = False) -> Iterator[str]:
    """Yield the report as JSON text that ends with a line end, one document or finding at a time.

    Characters stand as they are, lone surrogates too: the writer's backslash escape of those is also JSON's.
    ``ascii_only`` escapes all that is not ASCII.
    """
    opening = "{"
    for field in fields(report):
        value = getattr(report, field.name)
        yield f"{opening}\n{_INDENT}{json.dumps(field.name)}: "
        opening = ","
        if isinstance(value, Sequence) and not isinstance(value, str):
            yield from _list(value, ascii_only=ascii_only)
        else:
            yield _indented(value, _INDENT, ascii_only=ascii_only)
    yield "\n}\n"


def _list(values: Sequence[Any], *, ascii_only: bool) -> Iterator[str]:
    opening = "["
    for value in values:
        yield f"{opening}\n{2 * _INDENT}{_indented(value, 2 * _INDENT, ascii_only=ascii_only)}"
        opening = ","
    yield f"\n{_INDENT}]" if opening == "," else "[]"


def _indented(value: Any, margin: str, *, ascii_only: bool) -> str:
    """Return a value as JSON of several lines, each but the first with a margin: strings of JSON hold no line ends."""
    return _text(plain(adapter(value.__class__), value), ascii_only=ascii_only).replace("\n", f"\n{margin}")


def _text(data: Any, *, ascii_only: bool) -> str:
    """Return the same text as the standard library, which has no fast way to indent, twenty times as fast.

    ``_rounded`` has made sure that every number is finite and has few digits, so that both write it alike.
    """
    from pydantic_core import to_json

    if not ascii_only:
        # A lone surrogate has no UTF-8.
        with suppress(ValueError):
            return to_json(data, indent=len(_INDENT)).decode("utf-8")
    return json.dumps(data, ensure_ascii=ascii_only, indent=len(_INDENT), allow_nan=False)


def load(text: str | bytes, path: str = "report") -> ScanReport:
    """Return the report that ``dumps`` wrote; numbers come back rounded as they were written.

    Unknown keys are passed over, so that a newer version may add some. Raises ``InputError``, naming ``path``, for what is
    no JSON, another schema version, or a report that does not hold together.
    """
    from pydantic import ValidationError

    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(path, f"this is no JSON: {error}") from error
    version = data.get("schema_version") if isinstance(data, dict) else None
    if version != SCHEMA_VERSION:
        raise InputError(path, f"a report of schema version {SCHEMA_VERSION} is needed, this has {version!r}")
    try:
        # Lists stand for tuples and words for enumerations, hence not strict; floats never become text or the like.
        report: ScanReport = adapter(ScanReport).validate_python(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InputError(path, f"this report does not hold together at {where}: {first['msg']}") from error
    return replace(report, documents=tuple(report.documents))


@cache
def adapter(shape: type[Any]) -> TypeAdapter[Any]:
    """Return pydantic's view of a dataclass; made once, since building it takes a while."""
    from pydantic import TypeAdapter

    return TypeAdapter(shape)


def plain(shape: TypeAdapter[Any], value: object) -> Any:
    """Return a dataclass as plain JSON values with floats rounded. Raises ``ValueError`` for a number JSON lacks."""
    return _rounded(shape.dump_python(value, mode="json"))


def _rounded(value: Any) -> Any:
    """Round every float; a metric without a finite value becomes a note that says so."""
    if isinstance(value, float):
        return round(value, DECIMALS) + 0.0  # never minus zero
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    if isinstance(value, dict):
        if value.get("kind") == "metric" and not math.isfinite(value["value"]):
            return {"label": value["label"], "text": "could not be computed", "kind": "note"}
        return {key: _rounded(item) for key, item in value.items()}
    return value


REPORTER = JsonReporter()
