"""``mtcheck scan``: the main job."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mtcheck.cli import exit_codes
from mtcheck.cli.commands import directions
from mtcheck.cli.scan_options import AllowIncomplete, Commands, FailOn, Ignored, Model, NoTranslate

if TYPE_CHECKING:
    from mtcheck.scan.scanner import Progress

# A bar that appears for a moment and goes is only unrest.
INPUTS_THAT_NEED_A_BAR = 20


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(scan)


def scan(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...|-", help="Files, folders, or - for standard input.")],
    output: Annotated[
        list[str] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FORMAT[:PATH]",
            help="terminal, text, json, jsonl, html (a folder), sarif, github, gitlab, junit or rdjsonl. Repeatable.",
        ),
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(metavar="CODES", help="Checks to run: codes, starts of codes, names. Repeatable, or by commas."),
    ] = None,
    ignore: Ignored = None,
    fail_on: FailOn = None,
    baseline: Annotated[
        str | None, typer.Option(metavar="FILE", help="Accepted findings: reported, but not counted (see `baseline`).")
    ] = None,
    max_findings: Annotated[
        int | None,
        typer.Option(metavar="N", help="Allow so many findings at or above --fail-on, as the totals count them."),
    ] = None,
    max_rate: Annotated[
        str | None, typer.Option(metavar="N/WORDSw", help="Allow so many in so many words of the scan: 2/1000w.")
    ] = None,
    diff: Annotated[
        str | None, typer.Option(metavar="REVISION", help="Report only lines changed in git since the revision.")
    ] = None,
    suppressions: Annotated[
        bool | None,
        typer.Option(
            "--suppressions", help="Obey comments in files: <!-- mtcheck: ignore CODE -->.", show_default=False
        ),
    ] = None,
    allow_incomplete: AllowIncomplete = None,
    no_translate: NoTranslate = None,
    model: Model = None,
    command: Commands = None,
    no_language_model: Annotated[
        bool | None,
        typer.Option(
            "--no-language-model", help="Leave out the checks that need a language model.", show_default=False
        ),
    ] = None,
    surprisal: Annotated[
        bool | None,
        typer.Option(
            "--surprisal",
            help="Draw how unexpected each sentence is, in every language that a language model knows.",
            show_default=False,
        ),
    ] = None,
    references: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="Quotations, glossaries and names known to be right. Default: references/."
        ),
    ] = None,
    language: Annotated[str | None, typer.Option(metavar="CODE", help="The language the pages should be in.")] = None,
    source_language: Annotated[
        str | None, typer.Option(metavar="CODE", help="The language they were translated from.")
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option("--source", metavar="FILE", help="What the one page of the scan was translated from."),
    ] = None,
    input_format: Annotated[
        str | None,
        typer.Option(
            metavar="FORMAT",
            help="What - and named files are: text, markdown, html, jsonl, warc, parquet, xliff, tmx, po, tsv.",
        ),
    ] = None,
    text_field: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Field or column of feeds that holds text: text, else html. Repeatable."),
    ] = None,
    reuse: Annotated[
        bool | None,
        typer.Option(
            "--reuse", help="Keep results, and take those of files that have not changed.", show_default=False
        ),
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", metavar="N", help="Processes; 0 means one a core. Default 1.")
    ] = None,
) -> None:
    """Scan pages, feeds and folders for damage done by machine translation.

    Exit codes: 0 nothing new at or above --fail-on beyond the limits, 1 findings, 2 wrong use or an unreadable input, 3 a check could not
    run, 101 internal error, 130 interrupted.
    """
    from mtcheck import app as application
    from mtcheck.cli.catalog import explanations
    from mtcheck.cli.outputs import discard_standard_output, parse_outputs, write_outputs
    from mtcheck.config import load_settings, max_rate_of, severity_of

    _log_to_standard_error()
    translation: dict[str, Any] = {}
    if no_translate:
        translation["enabled"] = False
    if model:
        translation["model"] = model
    if command:
        translation["command"] = directions(command)
    language_model = {}
    if no_language_model:
        language_model["enabled"] = False
    if surprisal:
        language_model["draw"] = True
    given = {
        "output": _list(output, split=False),
        "select": _list(select),
        "ignore": _list(ignore),
        "fail_on": fail_on.lower() if fail_on else None,
        "baseline": baseline,
        "max_findings": max_findings,
        "max_rate": max_rate,
        "diff": diff,
        "suppressions": suppressions,
        "allow_incomplete": allow_incomplete,
        "references": references,
        "language": language,
        "source_language": source_language,
        "source": source,
        "input_format": input_format.lower() if input_format else None,
        "text_field": _list(text_field, split=False),
        "reuse": reuse,
        "jobs": jobs,
        "translation": translation or None,
        "language_model": language_model or None,
    }
    settings = load_settings({key: value for key, value in given.items() if value is not None}).settings
    outputs = parse_outputs(settings.output)
    inputs = application.find_inputs(paths, settings)
    with _progress(len(inputs)) as progress:
        report = application.scan(inputs, settings, progress)
    code = exit_codes.exit_code(
        report,
        severity_of(settings.fail_on),
        allow_incomplete=settings.allow_incomplete,
        limits=exit_codes.Limits(settings.max_findings, max_rate_of(settings)),
    )
    try:
        errors = write_outputs(outputs, report, explanations())
    except BrokenPipeError:
        # The reader of our output has seen enough; the scan itself went well, and its exit code stands.
        discard_standard_output()
        errors = []
    for error in errors:
        sys.stderr.write(f"mtcheck: error: {error}\n")
    raise typer.Exit(exit_codes.UNUSABLE if errors else code)


def _log_to_standard_error() -> None:
    """Show our own warnings; what the libraries think of a broken page is no news to its reader."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("mtcheck: %(message)s"))
    logging.getLogger("mtcheck").handlers = [handler]
    logging.getLogger("mtcheck").propagate = False
    logging.getLogger().addHandler(logging.NullHandler())


def _list(values: list[str] | None, *, split: bool = True) -> tuple[str, ...] | None:
    """Return the values of a repeatable option, each cut at commas where a comma cannot be part of one."""
    if values is None:
        return None
    return tuple(part.strip() for value in values for part in (value.split(",") if split else [value]) if part.strip())


@contextmanager
def _progress(total: int) -> Iterator[Progress]:
    """Show a bar on standard error for a long scan in a terminal; give what tells it of progress."""
    if total < INPUTS_THAT_NEED_A_BAR or not sys.stderr.isatty():
        yield lambda _done: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("scanning"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("scanning", total=total)
        yield lambda done: bar.advance(task, done)
