"""``mtcheck bench consistency``: numbers, negation, names in two renderings of one statement; checks across pages; terms."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def consistency(
    data: Annotated[Path, typer.Option("--data", metavar="FOLDER", help="The folder of the evaluation data.")] = Path(
        "../shared/eval"
    ),
    tuning: Annotated[  # noqa: FBT002
        bool, typer.Option("--tuning", help="Measure on the half that the rules were made with.")
    ] = False,
) -> None:
    """Measure contradictions within a page and across pages: numbers, negation, names, quotations, speakers, terms."""
    from mtcheck.measuring.consistency import measure
    from mtcheck.measuring.pages import measure_pages

    half = "tuning" if tuning else "reporting"
    typer.echo(f"{half} half: share [95 % interval, bootstrap over items]  hits/cases")
    for row in measure(data, tuning=tuning):
        typer.echo(f"  {row.label:<70} {row.share}")
    typer.echo("Across pages, and terms")
    for row in measure_pages(data, tuning=tuning):
        typer.echo(f"  {row.label:<70} {row.share}")
