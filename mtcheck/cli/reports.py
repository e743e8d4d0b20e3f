"""``mtcheck report``: write the outputs of a finished scan again, from its JSON."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from mtcheck.cli import exit_codes
from mtcheck.core.errors import InputError
from mtcheck.core.report import ScanReport


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("report")(report)


def report(
    results: Annotated[
        Path, typer.Argument(metavar="RESULTS", help="The JSON that a scan wrote (--output json:FILE).")
    ],
    output: Annotated[
        list[str] | None,
        typer.Option("--output", "-o", metavar="FORMAT[:PATH]", help="As for scan; html by default. Repeatable."),
    ] = None,
) -> None:
    """Make reports from the JSON of a scan, without the pages."""
    from mtcheck.cli.catalog import explanations
    from mtcheck.cli.outputs import parse_outputs, write_outputs

    outputs = parse_outputs(output or ["html"])
    finished = load_results(results)
    errors = write_outputs(outputs, finished, explanations())
    for failure in errors:
        sys.stderr.write(f"mtcheck: error: {failure}\n")
    if errors:
        raise typer.Exit(exit_codes.UNUSABLE)


def load_results(results: Path) -> ScanReport:
    """Return the report in a JSON file. Raises ``InputError`` where there is none."""
    from mtcheck.reporters.json import load

    try:
        text = results.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(results), getattr(error, "strerror", None) or str(error)) from error
    try:
        return load(text)
    except InputError as error:
        raise InputError(str(results), error.reason) from error
