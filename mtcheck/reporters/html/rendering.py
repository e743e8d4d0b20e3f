"""The templates filled: pages and index as strings."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mtcheck.core.findings import Severity
from mtcheck.core.report import DocumentReport, ScanReport
from mtcheck.core.spans import Span
from mtcheck.reporters.gathering import WORST_FIRST, DocumentResult, reasons, results
from mtcheck.reporters.html.ribbon import Ribbon, ribbon_of
from mtcheck.reporters.html.segments import marked, parts
from mtcheck.reporters.html.views import page_view, title_of
from mtcheck.reporters.protocol import Explanations
from mtcheck.reporters.visible import UNSAFE, language_label, name_of, number, plural

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Row:
    """A document in the index; ``order`` is its place from the worst down."""

    order: int
    document: DocumentReport
    title: str
    href: str
    ribbon: Ribbon
    counts: tuple[tuple[Severity, int], ...]
    findings: int
    problems: int


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A check in the index, with how often it fired."""

    code: str
    name: str
    severity: Severity
    findings: int
    documents: int


@dataclass(frozen=True, slots=True)
class Asset:
    """A style sheet or a script with the digest by which the policy allows it."""

    text: str
    digest: str


def render_pages(report: ScanReport, names: Sequence[str], explanations: Explanations) -> Iterator[tuple[str, str]]:
    """Yield file name and content of each document's page."""
    pages = {document.id: name for document, name in zip(report.documents, names, strict=True)}
    scan_wide = [omission for omission in report.not_checked if omission.document is None]
    pointed_at: dict[str, list[Span]] = {}
    for finding in report.findings:
        for place in finding.related:
            if place.document != finding.document:
                pointed_at.setdefault(place.document, []).append(place.span)
    template = _environment().get_template("page.html.jinja")
    for name, result in zip(names, results(report), strict=True):
        yield (
            name,
            template.render(
                view=page_view(result, scan_wide, pages, explanations, pointed_at.get(result.document.id, ())),
                signature=report.signature,
                **_assets("page"),
            ),
        )


def render_index(report: ScanReport, names: Sequence[str]) -> str:
    """Return the index: the documents from the worst down, what was not checked, what went wrong."""
    found = list(zip(results(report), names, strict=True))
    found.sort(key=lambda pair: _badness(pair[0]))
    paths = {document.id: name for document, name in zip(report.documents, names, strict=True)}
    return (
        _environment()
        .get_template("index.html.jinja")
        .render(
            rows=[_row(order, result, name) for order, (result, name) in enumerate(found)],
            checks=_check_rows(report),
            severities=[
                (severity, sum(finding.severity is severity for finding in report.findings)) for severity in WORST_FIRST
            ],
            reasons=reasons(report.not_checked),
            problems=report.problems,
            paths=paths,
            words=sum(document.scores.words for document in report.documents),
            penalty=sum(document.scores.penalty for document in report.documents),
            incomplete=any(omission.incomplete for omission in report.not_checked),
            signature=report.signature,
            **_assets("index"),
        )
    )


def _badness(result: DocumentResult) -> tuple[float, ...]:
    """Order from the worst document down: by penalty, then by penalty a word; the report's order breaks ties."""
    scores = result.document.scores
    return (-scores.penalty, -(scores.penalty_per_1000_words or 0.0), -len(result.findings))


def _row(order: int, result: DocumentResult, href: str) -> Row:
    document = result.document
    return Row(
        order,
        document,
        title_of(document),
        href,
        ribbon_of(document),
        tuple((severity, result.count(severity)) for severity in WORST_FIRST),
        len(result.findings),
        len(result.problems),
    )


def _check_rows(report: ScanReport) -> list[CheckRow]:
    groups: dict[tuple[str, str], list[tuple[Severity, str]]] = {}
    for finding in report.findings:
        groups.setdefault((finding.code, finding.name), []).append((finding.severity, finding.document))
    rows = [
        CheckRow(
            code,
            name,
            max((severity for severity, _document in group), key=lambda severity: severity.rank),
            len(group),
            len({document for _severity, document in group}),
        )
        for (code, name), group in groups.items()
    ]
    return sorted(rows, key=lambda row: (-row.findings, row.code))


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_drawable,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "number": number,
        "plural": plural,
        "language": language_label,
        "marked": marked,
        "parts": parts,
        "whole": lambda value: f"{value:,}",
        "rate": lambda value: "–" if value is None else number(round(value, 1)),
    }
    return environment


def _drawable(value: object) -> object:
    """Write out what no page may hold raw; text that is cut into parts has none of it left."""
    from markupsafe import Markup

    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return UNSAFE.sub(
        lambda match: match[0] if match[0] in "\n\t\u200e\u200f\u061c" else f"<{name_of(match[0])}>", value
    )


@cache
def _asset(name: str) -> Asset:
    text = (_HERE / name).read_text(encoding="utf-8")
    return Asset(text, base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii"))


def _assets(page: str) -> dict[str, Any]:
    """Return the inline style sheet and script of a kind of page, and the policy that allows nothing else."""
    from markupsafe import Markup

    style, script = _asset("style.css"), _asset(f"{page}.js")
    policy = (
        f"default-src 'none'; style-src 'sha256-{style.digest}'; script-src 'sha256-{script.digest}'; "
        "base-uri 'none'; form-action 'none'"
    )
    # The project's own files, not scanned text: the only strings that are not escaped.
    return {"style": Markup(style.text), "script": Markup(script.text), "policy": policy}  # noqa: S704
