"""``mtcheck bench unstable``: do several back-translations part where raters marked an error?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mtcheck.cli.bench_translator import Model, translator_named


def unstable(
    data: Annotated[Path, typer.Option("--data", metavar="FOLDER", help="The folder of the evaluation data.")] = Path(
        "../shared/eval"
    ),
    pages: Annotated[int, typer.Option(metavar="COUNT", min=1, help="Pages of each set.")] = 100,
    model: Model = None,
    tuning: Annotated[  # noqa: FBT002
        bool, typer.Option("--tuning", help="Measure on the half that the thresholds were chosen on.")
    ] = False,
) -> None:
    """Measure ACC002 on marked machine translations."""
    from mtcheck.measuring.marked_translations import MARKED_SETS
    from mtcheck.measuring.unstable import measure

    translator = translator_named(model)
    typer.echo(f"{'tuning' if tuning else 'reporting'} half, {translator.signature}")
    for name in MARKED_SETS:
        found = measure(data / "mqm_spans" / f"{name}.jsonl.gz", translator, pages, tuning=tuning)
        area = "-" if found.area is None else f"{found.area:.3f}"
        typer.echo(f"{name}: {found.pages} pages, {found.words:,} words; area under the curve by bits {area}")
        typer.echo(f"  ACC002 at a marked spot                    {found.spot}")
        typer.echo(f"  the same, weak pages not left alone        {found.wide}")
        typer.echo(f"  stretches of as many words, by chance      {found.chance}")
