"""``mtcheck bench consistency``: numbers, negation and names in two renderings of one statement."""

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
    """Measure contradictions within a page: numbers, negation, names, and the spellings of names."""
    from mtcheck.measuring.consistency import measure

    half = "tuning" if tuning else "reporting"
    typer.echo(f"{half} half: share [95 % interval, bootstrap over items]  hits/cases")
    for row in measure(data, tuning=tuning):
        typer.echo(f"  {row.label:<58} {row.share}")
