"""``mtcheck compare``: one translation against its source."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mtcheck.cli import scan as scanning
from mtcheck.cli.scan_options import AllowIncomplete, Commands, FailOn, Ignored, Model, NoTranslate


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(compare)


def compare(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="The original.")],
    translation: Annotated[str, typer.Argument(metavar="TRANSLATION", help="What was made of it.")],
    from_language: Annotated[
        str | None, typer.Option("--from", metavar="CODE", help="The language of the original. Default: found out.")
    ] = None,
    to_language: Annotated[
        str | None, typer.Option("--to", metavar="CODE", help="The language of the translation. Default: found out.")
    ] = None,
    output: Annotated[
        list[str] | None, typer.Option("--output", "-o", metavar="FORMAT[:PATH]", help="As in `scan`. Repeatable.")
    ] = None,
    select: Annotated[list[str] | None, typer.Option(metavar="CODES", help="Checks to run.")] = None,
    ignore: Ignored = None,
    fail_on: FailOn = None,
    allow_incomplete: AllowIncomplete = None,
    no_translate: NoTranslate = None,
    model: Model = None,
    command: Commands = None,
) -> None:
    """Compare a translation with its source: a scan of TRANSLATION with --source SOURCE, with the same checks and outputs.

    Exit codes are those of `scan`.
    """
    scanning.scan(
        [translation],
        output=output,
        select=select,
        ignore=ignore,
        fail_on=fail_on,
        allow_incomplete=allow_incomplete,
        no_translate=no_translate,
        model=model,
        command=command,
        language=to_language,
        source_language=from_language,
        source=source,
    )
