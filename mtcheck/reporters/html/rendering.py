"""The templates filled: pages and index as strings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mtcheck.core.decisions import MOST_TEXT, alike_key
from mtcheck.core.findings import ACCEPTED, SUPPRESSED
from mtcheck.core.report import ScanReport, Signature
from mtcheck.core.spans import Span
from mtcheck.reporters.gathering import WORST_FIRST, Said, reasons
from mtcheck.reporters.html.assets import assets_of
from mtcheck.reporters.html.cards import Card
from mtcheck.reporters.html.index import check_rows, index_names, rows_as_data, shards_of
from mtcheck.reporters.html.segments import marked, parts
from mtcheck.reporters.html.views import page_view
from mtcheck.reporters.protocol import Explanations
from mtcheck.reporters.visible import UNSAFE, direction_in, language_label, language_tag, name_of, number, plural

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = Path(__file__).parent

_MOST_PROBLEMS = 200
"""Problems that the index lists one by one."""

_STATUS = {ACCEPTED: "known: it stands in the baseline", SUPPRESSED: "suppressed in the file"}
"""What an editor reads for a status: ``accepted`` by the baseline is not an editor's word for a real fault."""


@dataclass(frozen=True, slots=True)
class Service:
    """How pages talk to the program that serves them: ``decisions`` is an address relative to the page, or empty."""

    decisions: str = ""


NOT_SERVED = Service()


class PageRenderer:
    """Renders the pages of one report, each when it is asked for."""

    def __init__(
        self, report: ScanReport, names: Sequence[str], explanations: Explanations, service: Service = NOT_SERVED
    ) -> None:
        """Take a report, the file names of its pages in the order of its documents, and what checks are about."""
        self._signature = report.signature
        self._explanations, self._service = explanations, service
        self._pages = {head.id: name for head, name in zip(report.heads, names, strict=True)}
        self._scan_wide = [omission for omission in report.not_checked if omission.document is None]
        self._pointed_at: dict[str, list[Span]] = {}
        self._documents, self._said = report.documents, Said(report)
        self._numbers = {name: number for number, name in enumerate(names)}
        for finding in report.findings:
            for place in finding.related:
                if place.document != finding.document:
                    self._pointed_at.setdefault(place.document, []).append(place.span)

    def page(self, name: str) -> str:
        """Return the page with this file name. Raises ``KeyError`` for none."""
        result = self._said.result(self._documents[self._numbers[name]])
        view = page_view(
            result, self._scan_wide, self._pages, self._explanations, self._pointed_at.get(result.document.id, ())
        )
        data = {
            "signature": signature_key(self._signature),
            "document": result.document.id,
            "decisions": self._service.decisions,
            "findings": _findings_as_data(view.cards),
        }
        assets = assets_of("page", data, served=bool(self._service.decisions))
        return _environment().get_template("page.html.jinja").render(view=view, signature=self._signature, **assets)


def render_pages(report: ScanReport, names: Sequence[str], explanations: Explanations) -> Iterator[tuple[str, str]]:
    """Yield file name and content of each document's page."""
    renderer = PageRenderer(report, names, explanations)
    for name in names:
        yield name, renderer.page(name)


def render_index(report: ScanReport, names: Sequence[str], service: Service = NOT_SERVED) -> Iterator[tuple[str, str]]:
    """Yield file name and content of each part of the index, the first one last, as ``index_names`` names them."""
    paths = {head.id: name for head, name in zip(report.heads, names, strict=True)}
    shards = shards_of(report, names)
    common: dict[str, Any] = {
        "documents": len(report.documents),
        "checks": check_rows(report.findings),
        "findings": len(report.findings),
        "severities": [
            (severity, sum(finding.is_lead and finding.severity is severity for finding in report.findings))
            for severity in WORST_FIRST
        ],
        "reasons": reasons(report.not_checked),
        "problems": report.problems[:_MOST_PROBLEMS],
        "more_problems": max(0, len(report.problems) - _MOST_PROBLEMS),
        "paths": paths,
        "words": sum(head.scores.words for head in report.heads),
        "penalty": sum(head.scores.penalty for head in report.heads),
        "incomplete": any(omission.incomplete for omission in report.not_checked),
        "signature": report.signature,
    }
    template = _environment().get_template("index.html.jinja")
    for shard in reversed(shards):
        data: dict[str, Any] = {
            "signature": signature_key(report.signature),
            "decisions": service.decisions,
            "documents": shard.documents,
        }
        all_rows = rows_as_data(shards) if shard is shards[0] else None
        if all_rows is not None:
            data["rows"] = all_rows
        assets = assets_of("index", data, served=bool(service.decisions))
        yield shard.name, template.render(rows=shard.rows, shard=shard, **common, **assets)


def report_files(report: ScanReport, names: Sequence[str]) -> list[str]:
    """Return the names of all files of a report: its pages and the parts of its index."""
    return [*names, *index_names(len(report.documents))]


def signature_key(signature: Signature) -> str:
    """Return a short key of a report's signature: under it a browser keeps what was decided."""
    parts = (signature.tool, signature.version, signature.configuration, *signature.providers, "", *signature.checks)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _findings_as_data(cards: Sequence[Card]) -> list[dict[str, Any]]:
    """Return what a decision about a finding has to say of it, for every finding of a page."""
    return [
        {
            "card": card.number,
            "fingerprint": part.finding.fingerprint,
            "code": part.finding.code,
            "text": " ".join(part.finding.text[: 4 * MOST_TEXT].split())[:MOST_TEXT],
            "alike": alike_key(part.finding.code, part.finding.text),
        }
        for card in cards
        for part in card.parts
    ]


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
        "tag": language_tag,
        "direction": direction_in,
        "status": lambda status: _STATUS.get(status, status),
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
