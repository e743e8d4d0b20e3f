"""``mtcheck bench languages``: how well languages are told, with the figures to reach beside those that are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from mtcheck.engines.language_id.benchmark import Figure

DATA = Path("../shared/eval")
"""Where the developers' data lies beside the project."""


def languages(
    data: Annotated[Path, typer.Option(metavar="FOLDER", help="The folder with the data (langid/...).")] = DATA,
    backends: Annotated[
        str, typer.Option(metavar="NAMES", help="Models, by commas: langdetect, fasttext, lingua.")
    ] = "langdetect,fasttext",
) -> None:
    """Measure how well languages and their changes are found, with 95 % intervals, speed and memory.

    The data is not part of the project. Exit codes: 0 whether the aims are met or not, 2 where nothing could be measured.
    """
    from mtcheck.engines.language_id.benchmark import measure
    from mtcheck.engines.language_id.identifier import Identifier
    from mtcheck.engines.language_id.models import models_of

    identifier = Identifier(models_of([name.strip() for name in backends.split(",") if name.strip()]))
    figures = list(measure(data, identifier))
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("figure", overflow="fold")
    for heading in ("here", "95 %", "aim", "met", "best before", "texts"):
        table.add_column(heading, justify="right")
    for figure in figures:
        table.add_row(figure.name, *_cells(figure))
    console = Console(highlight=False, markup=False)
    console.print(identifier.signature)
    console.print(table)


def _cells(figure: Figure) -> tuple[str, ...]:
    """Return the cells of one figure's line."""
    unit = f" {figure.unit}" if figure.unit else ""
    between = "" if figure.low is None or figure.high is None else f"{figure.low:.1f} to {figure.high:.1f}"
    aim = "" if figure.aim is None else f"{'at most ' if figure.at_most else ''}{figure.aim:g}"
    met = {True: "yes", False: "no", None: ""}[figure.met]
    before = "" if figure.before is None else f"{figure.before:g}"
    return f"{figure.value:.1f}{unit}", between, aim, met, before, str(figure.items)
