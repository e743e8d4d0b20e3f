"""For people at a terminal: findings under the line they stand on, with the evidence, then what to make of it all.

Scanned text is only ever printed with its control characters written out (``mtcheck.reporters.visible``), and never as
Rich markup. Severity is a word as well as a color; differing words have brackets where there is no color.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

from mtcheck.core.findings import Comparison, Evidence, Finding, Metric, Note, Passage, RelatedPlace, Severity
from mtcheck.core.report import Problem, ScanReport
from mtcheck.core.spans import Span
from mtcheck.reporters.destination import Destination
from mtcheck.reporters.excerpt import ELLIPSIS, excerpt
from mtcheck.reporters.gathering import DocumentResult, Reason, reasons, results, safe_spans, severities
from mtcheck.reporters.protocol import NO_EXPLANATIONS, Explanations
from mtcheck.reporters.text import total
from mtcheck.reporters.visible import language_label, number, percentage, plural, visible

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

STYLES = {
    Severity.CRITICAL: "bold white on red",
    Severity.MAJOR: "bold red",
    Severity.MINOR: "yellow",
    Severity.NEUTRAL: "cyan",
}
SHOWN_OF_A_CODE = 10
SHOWN_RELATED = 6
SHOWN_CLEAN = 12
SHOWN_REASONS = 12
_EVIDENCE_LIMIT = 480
_PLAIN_WIDTH = 100
"""Columns where nothing tells how wide the output is: a file, a pipe."""
_INDENT = 4


@dataclass(frozen=True, slots=True)
class TerminalReporter:
    """Writes for people, in color where the stream is a terminal that wants it."""

    name: str = "terminal"
    summary: str = "for people: the line, the span and the evidence, with color on a terminal"
    writes_folder: bool = False

    def write(self, report: ScanReport, destination: Destination, explanations: Explanations = NO_EXPLANATIONS) -> None:
        """Write document by document, then what was not checked, the problems and the total."""
        del explanations
        destination.write(rendered(report, destination))


def rendered(report: ScanReport, destination: Destination) -> Iterator[str]:
    """Yield the output piece by piece: color and width are those of the destination, the writing is left to it."""
    from rich.console import Console

    probe = Console(file=destination.stream) if destination.stream is not None else None
    on_terminal = probe is not None and probe.is_terminal
    buffer = StringIO()
    console = Console(
        file=buffer,
        force_terminal=on_terminal,
        color_system="auto" if on_terminal else None,
        width=probe.width if probe is not None and on_terminal else _width_wanted(),
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )
    for part in _parts(report, console):
        console.print(part)
        # Rich fills lines up with blanks; a diff of two outputs should not see them.
        yield "".join(f"{line.rstrip(' ')}\n" for line in buffer.getvalue().splitlines())
        buffer.seek(0)
        buffer.truncate()


def _width_wanted() -> int:
    """Return the width for output that is no terminal: COLUMNS where it is set, a readable one otherwise."""
    import os

    columns = os.environ.get("COLUMNS", "")
    return max(int(columns), 40) if columns.isascii() and columns.isdigit() else _PLAIN_WIDTH


def _parts(report: ScanReport, console: Console) -> Iterator[RenderableType]:
    from rich.text import Text

    clean = 0
    first_clean = []
    for result in results(report):
        if result.findings:
            yield from _document(result, console)
            continue
        clean += 1
        if clean <= SHOWN_CLEAN:
            line = visible(result.document.path), ("  " + _measures(result), "dim")
            first_clean.append(Text.assemble(("no findings  ", "green"), *line))
    yield from first_clean
    if clean > SHOWN_CLEAN:
        yield Text(f"no findings  in {plural(clean - SHOWN_CLEAN, 'more document')}", "green")
    if clean:
        yield Text()
    yield from _not_checked(reasons(report.not_checked))
    yield from _problems(report.problems)
    yield Text(total(report), "bold")


def _document(result: DocumentResult, console: Console) -> Iterator[RenderableType]:
    from rich.padding import Padding
    from rich.rule import Rule
    from rich.text import Text

    document = result.document
    title = Text(visible(document.path), "bold")
    yield Rule(title, align="left", style="dim", characters="─" if console.encoding.lower().startswith("utf") else "-")
    if document.title and document.title.strip():
        yield Text(visible(document.title.strip()), "italic")
    yield Text()
    totals = Counter(finding.code for finding in result.findings)
    for finding in _shown(result.findings):
        yield _headline(finding, document.path)
        for part in _details(finding, document.text, console):
            yield Padding(part, (0, 0, 0, _INDENT))
        yield Text()
    for code, count in totals.items():
        if count > SHOWN_OF_A_CODE:
            yield Text(
                f"{ELLIPSIS} and {plural(count - SHOWN_OF_A_CODE, 'more finding')} of {visible(code)} "
                "(all of them: --output text or --output html:FOLDER)\n",
                "dim",
            )
    yield Text.assemble((severities(result.findings), "bold"), ("  " + _measures(result), "dim"))
    yield Text()


def _shown(findings: Sequence[Finding]) -> list[Finding]:
    """Return the worst findings of each code, as many as are shown, in the order of the text."""
    taken: Counter[str] = Counter()
    chosen = []
    for position, finding in sorted(enumerate(findings), key=lambda item: (-item[1].severity.rank, item[0])):
        taken[finding.code] += 1
        if taken[finding.code] <= SHOWN_OF_A_CODE:
            chosen.append(position)
    return [findings[position] for position in sorted(chosen)]


def _measures(result: DocumentResult) -> str:
    """Return the document's languages, words and penalty."""
    document = result.document
    shares = [f"{language_label(share.language)} {percentage(share.share)}" for share in document.languages]
    if len(shares) > 5:
        shares = [*shares[:5], f"{len(shares) - 5} more"]
    scores = [plural(document.scores.words, "word")]
    if document.scores.penalty_per_1000_words is not None and result.findings:
        parts = ", ".join(f"{part.dimension} {part.penalty}" for part in document.scores.parts)
        rate = number(round(document.scores.penalty_per_1000_words, 1))
        scores.append(f"penalty {rate} per 1,000 words" + (f" ({parts})" if parts else ""))
    return visible(" · ".join([*([", ".join(shares)] if shares else []), *scores]))


def _headline(finding: Finding, path: str) -> Text:
    from rich.text import Text

    return Text.assemble(
        (f"{visible(path)}:{finding.place.line}:{finding.place.column}", "bold"),
        "  ",
        (str(finding.severity), STYLES[finding.severity]),
        f"  {visible(finding.code)} ",
        (visible(finding.name), "dim"),
        f"  {percentage(finding.confidence)}",
        (f"  {visible(finding.status)}" if finding.is_settled else "", "green"),
        overflow="fold",
    )


def _details(finding: Finding, text: str, console: Console) -> Iterator[RenderableType]:
    from rich.text import Text

    yield Text(visible(finding.message))
    yield from _source(text, finding, console)
    rows = [row for evidence in finding.evidence for row in _evidence(evidence, console)]
    rows.extend(_related(related, finding, console) for related in finding.related[:SHOWN_RELATED])
    if len(finding.related) > SHOWN_RELATED:
        rows.append((f"{ELLIPSIS} and {plural(len(finding.related) - SHOWN_RELATED, 'more place')}", Text()))
    if rows:
        yield _labelled(rows)


def _source(text: str, finding: Finding, console: Console) -> Iterator[Text]:
    """Yield the source line and the carets below it, or the line with the fragment in brackets."""
    from rich.text import Text

    gutter = "│ "
    line = excerpt(text, finding.span, console.width - _INDENT - len(gutter) - 1)
    style = f"{STYLES[finding.severity].split()[-1]} bold" if finding.severity is not Severity.CRITICAL else "bold red"
    brackets = ("", "") if line.columns_hold else ("⟦", "⟧")
    shown = Text.assemble(
        (gutter, "dim"), line.before, (brackets[0], style), (line.fragment, style), (brackets[1], style), line.after
    )
    shown.no_wrap, shown.overflow = True, "ignore"
    yield shown
    if not line.columns_hold and not line.more:
        return
    going_on = f"{ELLIPSIS} {plural(len(finding.span), 'character')}" if line.more else ""
    below = Text.assemble((gutter, "dim"))
    if line.columns_hold:
        below.append(line.underline, style)
        if below.cell_len + len(going_on) + 1 > console.width - _INDENT:
            # No room beside the carets: say it instead of their last part.
            below.right_crop(len(going_on) + 1)
        below.append(" " if going_on else "")
    below.append(going_on, "dim")
    below.no_wrap, below.overflow = True, "ignore"
    yield below


def _evidence(evidence: Evidence, console: Console) -> list[tuple[str, Text]]:
    """Return the rows of one piece of evidence: a label and what stands beside it."""
    if isinstance(evidence, Metric):
        return [(evidence.label, _metric(evidence))]
    if isinstance(evidence, Note):
        return [(evidence.label, _marked(evidence.text, (), console))]
    if isinstance(evidence, Passage):
        language = f" ({language_label(evidence.language)})" if evidence.language else ""
        return [(evidence.label + language, _marked(evidence.text, evidence.highlights, console))]
    assert isinstance(evidence, Comparison)
    return [
        (evidence.left_label, _marked(evidence.left, evidence.left_highlights, console)),
        (evidence.right_label, _marked(evidence.right, evidence.right_highlights, console)),
    ]


def _metric(metric: Metric) -> Text:
    from rich.text import Text

    text = Text(number(metric.value))
    if metric.signature:
        text.append(f"  {visible(metric.signature)}", "dim")
    return text


def _related(related: RelatedPlace, finding: Finding, console: Console) -> tuple[str, Text]:
    place = f"line {related.place.line}:{related.place.column}"
    text = _marked(related.text, (), console)
    if related.document == finding.document:
        return f"{place}, {related.message}", text
    # A path needs more room than the column of labels has.
    text.append(f"  {visible(related.document)}:{related.place.line}:{related.place.column}", "dim")
    return related.message, text


def _labelled(rows: Sequence[tuple[str, Text]]) -> RenderableType:
    """Return labels and texts in two columns, so that what is to be compared stands one over the other."""
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(max_width=26, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    for label, text in rows:
        table.add_row(Text(visible(label), "dim"), text)
    return table


def _marked(text: str, highlights: Sequence[Span], console: Console) -> Text:
    """Return evidence with its highlights, cut to the part around the first of them where it is very long."""
    from rich.text import Text

    spans = safe_spans(highlights, len(text))
    start = max(spans[0].start - _EVIDENCE_LIMIT // 3, 0) if spans and len(text) > _EVIDENCE_LIMIT else 0
    end = min(start + _EVIDENCE_LIMIT, len(text))
    brackets = ("[", "]") if console.color_system is None else ("", "")
    shown = Text(ELLIPSIS if start else "")
    position = start
    for span in spans:
        if span.start >= end:
            break
        shown.append(visible(text[position : span.start]))
        shown.append(brackets[0] + visible(text[span.start : min(span.end, end)]) + brackets[1], "bold underline")
        position = min(span.end, end)
    shown.append(visible(text[position:end]))
    shown.append(ELLIPSIS if end < len(text) else "")
    return shown


def _not_checked(groups: Sequence[Reason]) -> Iterator[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    if not groups:
        return
    yield Text("Not checked", "bold")
    for group in groups[:SHOWN_REASONS]:
        where = []
        if group.documents:
            only = (
                visible(group.documents[0]) if len(group.documents) == 1 else plural(len(group.documents), "document")
            )
            where.append(only)
        if group.places:
            where.append(plural(group.places, "place"))
        if group.whole_scan:
            where.append("the whole scan")
        line = Text()
        line.append(", ".join(visible(code) for code in group.checks), "bold")
        # No check is concerned where only the report lacks something.
        line.append(f"{'  ' if group.checks else ''}{visible(group.reason)}")
        line.append(f"  ({', '.join(where)})", "dim")
        if group.incomplete:
            line.append("  incomplete", "yellow")
        yield Padding(line, (0, 0, 0, 2))
    if len(groups) > SHOWN_REASONS:
        yield Text(f"  {ELLIPSIS} and {plural(len(groups) - SHOWN_REASONS, 'more reason')} (all: --output text)", "dim")
    yield Text()


def _problems(problems: Sequence[Problem]) -> Iterator[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    if not problems:
        return
    yield Text("Problems", "bold red")
    for problem in problems:
        where = f"{visible(problem.document)}: " if problem.document is not None else ""
        yield Padding(Text(f"{where}{visible(problem.message)} [{visible(problem.kind)}]"), (0, 0, 0, 2))
    yield Text()


REPORTER = TerminalReporter()
