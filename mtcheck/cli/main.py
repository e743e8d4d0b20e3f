"""The commands. Everything slow is imported inside the command that needs it."""

from __future__ import annotations

import gc
import sys
import traceback
from typing import Annotated

import typer

import mtcheck
from mtcheck.cli import exit_codes
from mtcheck.core.errors import MtcheckError

OBJECTS_BETWEEN_COLLECTIONS = 50_000

app = typer.Typer(
    name="mtcheck",
    help="Find what machine translation broke in published text, with the evidence beside it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def run() -> None:
    """Run the command line; end with an exit code in every case."""
    # Starting up makes hundreds of thousands of objects that stay; looking through them for garbage took a tenth of the time.
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, 20, 20)
    try:
        app()
    except MtcheckError as error:
        _end(exit_codes.UNUSABLE, f"mtcheck: error: {error}")
    except KeyboardInterrupt:
        _end(exit_codes.INTERRUPTED, "mtcheck: interrupted")
    except Exception:  # a crash must say so and must never look like findings
        traceback.print_exc()
        _end(exit_codes.INTERNAL_ERROR, "mtcheck: internal error; please report it with the lines above")


def _end(code: int, message: str) -> None:
    sys.stderr.write(message + "\n")
    sys.exit(code)


def _version(value: bool) -> None:  # noqa: FBT001  # the shape that the library calls
    if value:
        typer.echo(f"mtcheck {mtcheck.__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool | None, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")
    ] = None,
) -> None:
    """Find what machine translation broke in published text, with the evidence beside it."""
    del version


def _register() -> None:
    """Add the commands of the other modules of this package."""
    from mtcheck.cli import (
        baseline,
        bench,
        catalog,
        compare,
        languages,
        models,
        references,
        reports,
        review,
        scan,
        surprisal,
        system,
        translate,
    )

    for module in (
        scan,
        compare,
        languages,
        translate,
        surprisal,
        catalog,
        reports,
        review,
        baseline,
        models,
        references,
        system,
        bench,
    ):
        module.register(app)


_register()
