"""``mtcheck review``: the report in the browser, with decisions written to disk as they are made."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

DEFAULT_FILE = "decisions.jsonl"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("review")(review)


def review(
    results: Annotated[
        Path, typer.Argument(metavar="RESULTS", help="The JSON that a scan wrote (--output json:FILE).")
    ],
    decisions: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=f"Where decisions are added; {DEFAULT_FILE} beside RESULTS by default."),
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="The port; 0, the default: a free one.")] = 0,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")] = True,  # noqa: FBT002
) -> None:
    """Review the findings of a scan in the browser, on this machine alone.

    Decisions are added to a file as they are made; `mtcheck baseline update RESULTS --decisions FILE` takes them in.
    """
    from mtcheck.cli.catalog import explanations
    from mtcheck.cli.reports import load_results
    from mtcheck.reporters.html.serving import DecisionFile, ReviewServer

    report = load_results(results)
    file = decisions or results.with_name(DEFAULT_FILE)
    server = ReviewServer(report, explanations(), DecisionFile(file), port)
    sys.stdout.write(f"{server.address}\n")
    sys.stdout.flush()
    sys.stderr.write(f"mtcheck: decisions are added to {file}; Ctrl-C ends the review\n")
    if browser:
        import webbrowser

        webbrowser.open(server.address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        sys.stderr.write("mtcheck: review ended\n")
    finally:
        server.server_close()
