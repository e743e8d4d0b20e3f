"""Options that ``scan`` shares with ``compare``, which is a scan of one page."""

from __future__ import annotations

from typing import Annotated

import typer

Ignored = Annotated[list[str] | None, typer.Option(metavar="CODES", help="Checks to leave out.")]
FailOn = Annotated[
    str | None,
    typer.Option(metavar="SEVERITY", help="neutral, minor, major (the default), critical or never."),
]
AllowIncomplete = Annotated[
    bool | None,
    typer.Option("--allow-incomplete", help="End with 0 or 1 though some checks could not run.", show_default=False),
]
NoTranslate = Annotated[
    bool | None,
    typer.Option("--no-translate", help="Leave out the checks that need a translation.", show_default=False),
]
Model = Annotated[
    str | None, typer.Option(metavar="MODEL", help="Translation model: a folder or a hub name[@revision].")
]
Commands = Annotated[
    list[str] | None,
    typer.Option(metavar="en-es=PROGRAM", help="Translate by a program, one direction each. Repeatable."),
]
