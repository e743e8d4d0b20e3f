"""``mtcheck surprisal``: how expected every word is."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from mtcheck.app import ScoredLine

DECIMALS = 3


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("surprisal")(surprisal)


def surprisal(
    path: Annotated[str, typer.Argument(metavar="[FILE|-]", help="A file, or - for standard input.")] = "-",
    language: Annotated[str, typer.Option(metavar="CODE", help="The language of the text.")] = "en",
    model: Annotated[
        str | None, typer.Option(metavar="MODEL", help="A folder, a hub name[@revision] or a name of `models list`.")
    ] = None,
) -> None:
    """Tell how surprising every token is to a language model, in bits: one JSON object a line of the input.

    "tokens" have "text", "start" and "end" (code points of the line) and "bits", which is -log2 of the probability after all
    tokens before it on the line. "bits_per_character" and "bits_per_token" are means over the line from its first token to
    its last, and null for a line without any.

    Exit codes: 0, or 2 for wrong use, a language that no model knows, or an input that cannot be read.
    """
    from mtcheck import app as application
    from mtcheck.cli.outputs import discard_standard_output
    from mtcheck.config import load_settings
    from mtcheck.core.reading import Input

    settings = load_settings({"language_model": {"model": model}} if model else {}).settings
    try:
        for scored in application.surprisals_of_lines(Input(path), settings, language):
            sys.stdout.write(json_line(scored) + "\n")
            sys.stdout.flush()
    except BrokenPipeError:
        discard_standard_output()


def json_line(scored: ScoredLine) -> str:
    """Return the JSON object of a line."""
    tokens = scored.tokens
    bits = sum(token.bits for token in tokens)
    characters = tokens[-1].span.end - tokens[0].span.start if tokens else 0
    value = {
        "tokens": [
            {"text": token.span.of(scored.line), "start": token.span.start, "end": token.span.end, "bits": token.bits}
            for token in tokens
        ],
        "bits_per_character": round(bits / characters, DECIMALS) if characters else None,
        "bits_per_token": round(bits / len(tokens), DECIMALS) if tokens else None,
    }
    return json.dumps(value, ensure_ascii=False)
