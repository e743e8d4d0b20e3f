"""``mtcheck bench guard``: does the translator know its own failures?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def guard(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="Sentences, one a line; may be packed by gzip.")],
    reference: Annotated[Path, typer.Argument(metavar="REFERENCE", help="The same sentences, translated by people.")],
    from_: Annotated[str, typer.Option("--from", metavar="CODE", help="The language of the sentences.")] = "en",
    to: Annotated[str, typer.Option("--to", metavar="CODE", help="The language of the references.")] = "es",
    model: Annotated[
        str | None, typer.Option(metavar="MODEL", help="A folder, a hub name[@revision] or a name of `models list`.")
    ] = None,
) -> None:
    """Measure the translator's confidence: how many poor translations each sign of it, and the whole guard, leaves out."""
    from mtcheck.config import load_settings
    from mtcheck.measuring.guard import POOR, judged, mean_chrf, table

    settings = load_settings({"translation": {"model": model}} if model else {}).settings
    translations = judged(source, reference, settings, from_, to)
    typer.echo(f"{from_}-{to}: {len(translations)} sentences, mean sentence chrF {mean_chrf(translations):.1f}")
    typer.echo(f"share of poor ones (chrF under {POOR:.0f}) [95 % interval]: among those left out, among the rest")
    for row in table(translations):
        typer.echo(f"  {row.label:<28} {row.left_out!s:<36} {row.rest}")
