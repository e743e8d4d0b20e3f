"""The languages of a document as lines to read and as JSON (``mtcheck languages``)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from mtcheck.core.documents import BlockRole, Document
from mtcheck.core.languages import UNDETERMINED, Languages, LanguageShare, LanguageSpan
from mtcheck.core.spans import Span
from mtcheck.reporters.excerpt import clipped
from mtcheck.reporters.visible import language_label, percentage, visible

_WIDEST_EXCERPT = 72


def json_line(identifier: str | int, languages: Languages) -> str:
    """Return one JSON object: ``id``, ``languages`` (the page's first, with shares by letters) and ``spans``.

    ``spans`` are all stretches with letters, in order, in code points of the text; those in another language than the page
    that are no damage say why in ``reason``. A language that could not be told is ``und``.
    """
    value = {
        "id": identifier,
        "languages": [{"language": part.language, "share": part.share} for part in ordered(languages)],
        "spans": [
            {
                "start": stretch.span.start,
                "end": stretch.span.end,
                "language": stretch.language,
                "confidence": stretch.confidence,
                "reason": stretch.reason,
            }
            for stretch in languages.spans
        ],
    }
    return json.dumps(value, ensure_ascii=False)


def ordered(languages: Languages) -> tuple[LanguageShare, ...]:
    """Return the shares, the page's own language first."""
    shares = languages.shares or (LanguageShare(languages.page, 1.0),)
    if all(part.language != languages.page for part in shares):
        shares = (LanguageShare(languages.page, 0.0), *shares)
    return tuple(sorted(shares, key=lambda part: part.language != languages.page))


def lines(name: str, document: Document, languages: Languages) -> Iterator[str]:
    """Yield the lines for one document: its languages, then each stretch that differs, with place and evidence."""
    shares = ", ".join(
        f"{language_label(part.language)} {percentage(part.share)}" for part in ordered(languages) if part.share > 0
    )
    declared = f" (declared: {visible(document.declared_language)})" if document.declared_language else ""
    yield f"{visible(name)}: {shares or language_label(languages.page)}{declared}"
    for stretch in languages.foreign:
        yield f"  {_place(document, stretch.span)}  {_evidence(document, stretch)}  {_excerpt(document, stretch.span)}"
    unknown = [
        block
        for block in languages.blocks
        if block.language == UNDETERMINED and not block.reason and languages.page != UNDETERMINED
    ]
    for block in unknown:
        yield f"  {_place(document, block.span)}  undetermined  {_excerpt(document, block.span)}"


def _place(document: Document, span: Span) -> str:
    place = document.place(span)
    return f"{place.line}:{place.column}-{place.end_line}:{place.end_column}"


def _evidence(document: Document, stretch: LanguageSpan) -> str:
    """Return language, probability, what it stands in, and the reason not to call it damage, if any."""
    block = document.block_at(stretch.span.start)
    parts = [f"{language_label(stretch.language)} {stretch.confidence:.2f}"]
    if block is not None:
        side = "" if block.role is BlockRole.MAIN else ", page furniture"
        parts.append(f"{'whole ' if block.span == stretch.span else 'in a '}{block.kind.value}{side}")
    if stretch.reason:
        parts.append(f"({stretch.reason.replace('-', ' ')})")
    return "  ".join(parts)


def _excerpt(document: Document, span: Span) -> str:
    text = document.text[span.start : min(span.end, span.start + 4 * _WIDEST_EXCERPT)]
    return clipped(visible(" ".join(text.split())), _WIDEST_EXCERPT)
