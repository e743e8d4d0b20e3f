"""``mtcheck bench source``: the checks that have the source, without a translator."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def source(
    data: Annotated[Path, typer.Option("--data", metavar="FOLDER", help="The folder of the evaluation data.")] = Path(
        "../shared/eval"
    ),
    tuning: Annotated[  # noqa: FBT002
        bool, typer.Option("--tuning", help="Measure on the half that the thresholds were chosen on.")
    ] = False,
) -> None:
    """Measure what the source shows: damage built in, hallucinations, marked translations, alignment."""
    from mtcheck.measuring import source as measuring

    half = "tuning" if tuning else "reporting"
    typer.echo(f"{half} half: share [95 % interval, bootstrap over documents]  hits/cases")
    for row in measuring.damage_rows(data, tuning=tuning):
        typer.echo(f"  {row.label:<58} {row.share}")
    typer.echo("Area under the ROC curve, by words alone")
    for area in measuring.hallucination_areas(data, tuning=tuning):
        typer.echo(f"  {area.label:<58} {area.value:.3f}  {area.positive} against {area.negative}")
    for name in measuring.MARKED_SETS:
        pairs = measuring.marked_pairs(data / "mqm_spans" / f"{name}.jsonl.gz", tuning=tuning)
        for row in (*measuring.precision_rows(pairs, name), *measuring.alignment_rows(pairs, name)):
            typer.echo(f"  {row.label:<84} {row.share}")
