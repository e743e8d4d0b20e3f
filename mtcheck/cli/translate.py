"""``mtcheck translate``: line in, line out."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mtcheck.cli.commands import directions

if TYPE_CHECKING:
    from mtcheck.engines.translation.lines import TranslatedLine


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("translate")(translate)


def translate(
    path: Annotated[str, typer.Argument(metavar="[FILE|-]", help="A file, or - for standard input.")] = "-",
    source: Annotated[str, typer.Option("--from", metavar="CODE", help="The language of the text.")] = ...,  # type: ignore[assignment]
    target: Annotated[str, typer.Option("--to", metavar="CODE", help="The language wanted.")] = ...,  # type: ignore[assignment]
    model: Annotated[
        str | None, typer.Option(metavar="MODEL", help="A folder, a hub name[@revision] or a name of `models list`.")
    ] = None,
    command: Annotated[
        list[str] | None,
        typer.Option(metavar="en-es=PROGRAM", help="Translate by a program, one direction each. Repeatable."),
    ] = None,
    scores: Annotated[  # noqa: FBT002
        bool, typer.Option("--scores", help="Print JSON lines, with the translator's confidence.")
    ] = False,
) -> None:
    """Translate line by line: as many lines come out as go in, in the same order; empty lines stay empty.

    A line is cut into its sentences, which are translated one by one. With --scores every line is a JSON object with "source",
    "translation", "score" (mean log-probability a token, natural logarithm), "unusable" (empty, or why the translation must not be
    trusted), "coverage" (share of the words that the translator attended to) and "length_ratio" (1 is usual between the languages);
    null stands where a translator does not say.

    Exit codes: 0, or 2 for wrong use, a direction that no model has, or an input that cannot be read.
    """
    from mtcheck import app as application
    from mtcheck.cli.outputs import discard_standard_output
    from mtcheck.config import load_settings
    from mtcheck.core.reading import Input

    translation: dict[str, Any] = {}
    if model:
        translation["model"] = model
    if command:
        translation["command"] = directions(command)
    settings = load_settings({"translation": translation} if translation else {}).settings
    lines = unusable = 0
    try:
        for line in application.translations_of_lines(Input(path), settings, source, target):
            lines += 1
            unusable += bool(line.unusable and line.source.strip())
            sys.stdout.write((json_line(line) if scores else line.translation) + "\n")
            sys.stdout.flush()
    except BrokenPipeError:
        discard_standard_output()
    if unusable and not scores:
        sys.stderr.write(
            f"mtcheck: {unusable} of {lines} lines hold what must not be trusted; --scores says which and why\n"
        )


def json_line(line: TranslatedLine) -> str:
    """Return the JSON object of a line."""
    value = {
        "source": line.source,
        "translation": line.translation,
        "score": line.score,
        "unusable": line.unusable,
        "coverage": line.coverage,
        "length_ratio": line.length_ratio,
    }
    return json.dumps(value, ensure_ascii=False)
