"""``mtcheck languages``: which language stands where."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from mtcheck.cli import exit_codes
from mtcheck.core.errors import InputError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("languages")(languages)


def languages(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...|-", help="Files, folders, or - for standard input.")],
    json: Annotated[  # noqa: FBT002
        bool, typer.Option("--json", help="One JSON object a document: id, languages with shares, spans.")
    ] = False,
    lines: Annotated[  # noqa: FBT002
        bool, typer.Option("--lines", help="Take every line of the inputs as a text of its own.")
    ] = False,
    candidates: Annotated[
        str | None,
        typer.Option(metavar="CODES", help="Languages that are expected, by commas: en,ru. Others are still found."),
    ] = None,
) -> None:
    """Tell which languages pages stand in, and where they change, with the evidence.

    A language is named where it is probable enough; what stays open is "undetermined" ("und" in JSON). Spans count code
    points of the text; the lines for people name line and column of the file. With --lines the id is the number of the line.

    Close pairs are told apart by whole sentences, and often not by a word or two: Russian and Ukrainian, Spanish and
    Portuguese, Norwegian and Danish, Persian and Arabic. Bosnian, Croatian and Serbian in Latin letters count as one. Text
    that is spelt in another alphabet than its own (Arabizi, Russian in Latin letters) is none of the languages known, and is
    left undetermined or taken for whatever its letters resemble.

    Exit codes: 0, or 2 for wrong use or an input that cannot be read.
    """
    from mtcheck import app as application
    from mtcheck.cli.outputs import discard_standard_output
    from mtcheck.config import load_settings
    from mtcheck.reporters.languages import json_line
    from mtcheck.reporters.languages import lines as lines_for

    expected = tuple(code.strip() for code in (candidates or "").split(",") if code.strip())
    settings = load_settings({}).settings
    inputs = application.find_inputs(paths, settings)
    identify = application.identify_lines if lines else application.identify
    found = identify(inputs, settings, expected)
    unreadable = False
    try:
        for item in found:
            if isinstance(item, InputError):
                unreadable = True
                sys.stderr.write(f"mtcheck: error: {item}\n")
                continue
            name = item.document.doc_id
            if json:
                alone = item.number if item.number is not None and len(inputs) == 1 else name
                sys.stdout.write(json_line(alone, item.languages) + "\n")
            else:
                sys.stdout.writelines(f"{line}\n" for line in lines_for(name, item.document, item.languages))
        sys.stdout.flush()
    except BrokenPipeError:
        discard_standard_output()
    if unreadable:
        raise typer.Exit(exit_codes.UNUSABLE)
