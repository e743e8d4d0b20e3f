"""``mtcheck compare``: one translation against its source."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mtcheck.cli import scan as scanning


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
    ignore: Annotated[list[str] | None, typer.Option(metavar="CODES", help="Checks to leave out.")] = None,
    fail_on: Annotated[
        str | None, typer.Option(metavar="SEVERITY", help="neutral, minor, major (the default), critical or never.")
    ] = None,
    allow_incomplete: Annotated[
        bool | None,
        typer.Option(
            "--allow-incomplete", help="End with 0 or 1 though some checks could not run.", show_default=False
        ),
    ] = None,
    no_translate: Annotated[
        bool | None,
        typer.Option("--no-translate", help="Leave out the checks that need a translation.", show_default=False),
    ] = None,
    model: Annotated[
        str | None, typer.Option(metavar="MODEL", help="Translation model: a folder or a hub name[@revision].")
    ] = None,
    command: Annotated[
        list[str] | None,
        typer.Option(metavar="en-es=PROGRAM", help="Translate by a program, one direction each. Repeatable."),
    ] = None,
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
