"""What people and grep read."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from mtcheck.core.findings import Severity
from mtcheck.core.report import NotChecked, ScanReport
from mtcheck.core.spans import Span
from mtcheck.reporters import Destination, reporter
from mtcheck.reporters.excerpt import clipped, clipped_left, excerpt
from mtcheck.reporters.visible import UNSAFE, direction_of, number, percentage, visible
from tests.reporters.sample import (
    Paragraph,
    Said,
    busy_report,
    hostile_report,
    page,
    sample_report,
    scan_report,
)

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def written(name: str, report: ScanReport) -> str:
    stream = io.StringIO()
    reporter(name).write(report, Destination.to_stream(stream))
    return stream.getvalue()


def on_terminal(report: ScanReport, monkeypatch: pytest.MonkeyPatch, columns: int = 80, **environment: str) -> str:
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", str(columns))
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    stream = Terminal()
    reporter("terminal").write(report, Destination.to_stream(stream))
    return stream.getvalue()


def test_text_is_one_line_a_finding() -> None:
    report = sample_report()
    lines = written("text", report).splitlines()
    shape = re.compile(
        r"(?P<path>[^:]+):(?P<line>\d+):(?P<column>\d+): [A-Z]{3}\d{3} (neutral|minor|major|critical) .+ \[[a-z-]+\]"
    )
    findings = [match for match in map(shape.fullmatch, lines) if match]
    assert len(findings) == len(report.findings)
    assert [(int(match["line"]), int(match["column"])) for match in findings] == [
        (finding.place.line, finding.place.column) for finding in report.findings
    ]
    assert "pages/arabic.html: not checked: no translation model for Arabic [ACC001]" in lines
    assert "pages/broken.html: problem: the file ends inside a multi-byte character [input]" in lines
    assert lines[-1].startswith("21 findings (1 critical, 10 major, 9 minor, 1 neutral) in 6 documents")


@pytest.mark.parametrize("name", ["text", "terminal"])
def test_scanned_text_cannot_steer_the_terminal(name: str) -> None:
    output = written(name, hostile_report())
    assert UNSAFE.sub("", output.replace("\n", "")) == output.replace("\n", "")
    assert "U+202E" in output
    assert "<U+001B>[31m" in "".join(output.split())


def test_colored_output_has_no_escape_of_the_scanned_text(monkeypatch: pytest.MonkeyPatch) -> None:
    output = on_terminal(hostile_report(), monkeypatch)
    assert ESCAPE.search(output)
    assert UNSAFE.sub("", ESCAPE.sub("", output).replace("\n", "")) == ESCAPE.sub("", output).replace("\n", "")
    assert "\x1b[31m<U+009B>" not in output


def test_caret_stands_below_the_span() -> None:
    lines = written("terminal", sample_report()).splitlines()
    index = next(index for index, line in enumerate(lines) if "<unk> was agreed" in line)
    start = cell_len(lines[index].split("<unk>")[0])
    assert lines[index + 1] == "    │ " + " " * (start - 6) + "^~~~~"


def test_wide_characters_count_two_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    lines = written("terminal", sample_report()).splitlines()
    index = next(index for index, line in enumerate(lines) if "│" in line and "灯塔条约灯塔条约" in line)
    assert lines[index + 1].count("~") == 2 * len("灯塔条约灯塔条约灯塔条约") - 1
    assert lines[index + 1].index("^") == cell_len(lines[index].split("灯塔条约")[0])


def test_right_to_left_lines_have_brackets_and_no_carets() -> None:
    lines = written("terminal", sample_report()).splitlines()
    index = next(index for index, line in enumerate(lines) if "⟦the answer of the committee⟧" in line)
    assert "^" not in lines[index + 1]


@pytest.mark.parametrize("columns", [60, 100, 160])
def test_no_line_is_wider_than_the_terminal(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    output = ESCAPE.sub("", on_terminal(sample_report(), monkeypatch, columns))
    assert max(cell_len(line) for line in output.splitlines()) <= columns
    monkeypatch.setenv("COLUMNS", str(columns))
    assert max(cell_len(line) for line in written("terminal", sample_report()).splitlines()) <= columns


def test_color_only_on_a_terminal_that_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[1;31mmajor" in on_terminal(sample_report(), monkeypatch)
    assert "\x1b[1mmajor" in on_terminal(sample_report(), monkeypatch, NO_COLOR="1")
    plain = written("terminal", sample_report())
    assert "\x1b" not in plain
    assert "has [not] confirmed" in plain  # what differs is marked without style too


def test_many_findings_of_a_code_are_cut_with_their_count() -> None:
    output = written("terminal", busy_report(25))
    assert output.count("REP001 repeated-word") == 10
    assert "… and 15 more findings of REP001" in output
    assert written("text", busy_report(25)).count(" REP001 ") == 25


def test_documents_without_findings_and_whole_report_sections() -> None:
    output = written("terminal", sample_report())
    assert "no findings  pages/clean.md  English 100%" in output
    assert "LID001  too short to tell the language apart (96 letters)  (pages/clean.md)" in output
    assert "ACC001  no translation model for Arabic  (pages/arabic.html)  incomplete" in output
    assert "CON004  name lists were not given  (the whole scan)" in output
    assert "\n21 findings (1 critical" in output
    assert written("terminal", scan_report([])) == "0 findings in 0 documents, 0 words\n"


def test_same_reason_is_said_once() -> None:
    omissions = [NotChecked(f"page-{index}.txt", ("ACC001",), "no model", incomplete=True) for index in range(500)]
    output = written("terminal", scan_report([], omissions))
    assert "ACC001  no model  (500 documents)  incomplete" in output
    assert len(output.splitlines()) < 8


def test_markup_of_the_scanned_text_is_not_markup() -> None:
    shown = page("[bold]x[/bold].txt", "en", "[red]", [Paragraph("⟦[link=x]a[/link]⟧ :smile:")],
                 [Said("REP001", Severity.MINOR, "[/] :boom: [blink]")])  # fmt: skip
    output = written("terminal", scan_report([shown]))
    assert "[bold]x[/bold].txt" in output
    assert "[link=x]a[/link] :smile:" in output
    assert "[/] :boom: [blink]" in output


def test_spans_outside_the_text_are_survived() -> None:
    report = sample_report()
    astray = replace(report.findings[0], span=Span(10**6, 10**6 + 5))
    assert "REP001" in written("terminal", replace(report, findings=(astray,)))


@given(st.text(max_size=300), st.integers(0, 300), st.integers(1, 300), st.integers(20, 120))
@settings(max_examples=300, deadline=None)
def test_excerpt_fits_and_is_safe(text: str, start: int, length: int, width: int) -> None:
    start = min(start, max(len(text) - 1, 0))
    shown = excerpt(text, Span(start, min(start + length, max(len(text), 1))), width)
    line = shown.before + shown.fragment + shown.after
    assert not UNSAFE.search(line)
    assert (
        cell_len(line) <= width + 1
    )  # a combining mark or half a wide character may take part of the ellipsis's place
    if shown.columns_hold and shown.fragment:
        assert cell_len(shown.underline) == max(
            cell_len(shown.before) + cell_len(shown.fragment), cell_len(shown.before) + 1
        )


def test_excerpt_of_a_line_of_a_megabyte() -> None:
    text = "word " * 200_000
    shown = excerpt(text, Span(500_000, 500_004), 60)
    assert shown.fragment == text[500_000:500_004]
    assert cell_len(shown.before + shown.fragment + shown.after) <= 60


def test_clipping_keeps_the_near_end() -> None:
    assert clipped("lighthouse", 6) == "light…"
    assert clipped_left("lighthouse", 6) == "…house"
    assert clipped("light", 5) == clipped_left("light", 5) == "light"


@pytest.mark.parametrize(
    ("share", "shown"),
    [(1.0, "100%"), (0.999, "99%"), (0.5, "50%"), (0.006, "1%"), (0.001, "<1%"), (0.0, "0%")],
)
def test_percentages_never_overstate(share: float, shown: str) -> None:
    assert percentage(share) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(61.2345, "61.23"), (0.9987, "0.9987"), (84.5, "84.5"), (12345.6, "12,346")]
)
def test_numbers_have_four_digits(value: float, shown: str) -> None:
    assert number(value) == shown


def test_visible_and_direction() -> None:
    assert visible("a\r\nb\x1b[0m\u202ec\ud800") == "a  b<U+001B>[0m<U+202E>c<U+D800>"
    assert visible("👨\u200d👩\u200d👧 می\u200cشود") == "👨\u200d👩\u200d👧 می\u200cشود"
    assert [direction_of(text) for text in ("2031 عام", "“Varen” עיר", "12:30", "")] == ["rtl", "ltr", "ltr", "ltr"]


def test_the_worst_findings_of_a_code_are_the_ones_shown() -> None:
    report = busy_report(48)
    output = written("terminal", report)
    shown = re.findall(r"busy\.txt:\d+:\d+  (\w+)", output)
    assert shown == ["critical"] * 10
    few = replace(report, findings=report.findings[:12])
    assert written("terminal", few).count("  neutral  ") == 1


def test_related_places_name_their_document_where_it_is_another() -> None:
    page_with = sample_report().documents[0]
    finding = next(finding for finding in sample_report().findings if finding.related)
    here, away = finding.related[0], replace(finding.related[0], document="other/page.txt")
    report = replace(
        sample_report(), documents=(page_with,), findings=(replace(finding, related=(here, away), evidence=()),)
    )
    shown = written("terminal", report)
    (beside,) = (line for line in shown.splitlines() if "other/page.txt" in line)
    assert beside.endswith(f"  other/page.txt:{away.place.line}:{away.place.column}")
    assert any(line.strip().startswith(f"line {here.place.line}:{here.place.column}, ") for line in shown.splitlines())
