"""``mtcheck bench guard``: does the translator know its own failures?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mtcheck.cli.bench_translator import Model, settings_with


def guard(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="Sentences, one a line; may be packed by gzip.")],
    reference: Annotated[Path, typer.Argument(metavar="REFERENCE", help="The same sentences, translated by people.")],
    from_: Annotated[str, typer.Option("--from", metavar="CODE", help="The language of the sentences.")] = "en",
    to: Annotated[str, typer.Option("--to", metavar="CODE", help="The language of the references.")] = "es",
    model: Model = None,
    fit: Annotated[
        Path | None,
        typer.Option(
            "--fit",
            metavar="FILE",
            help="Fit the signs together; add them to the file (mtcheck/engines/translation/doubts.json).",
        ),
    ] = None,
) -> None:
    """Measure the translator's confidence: how many poor translations each sign of it, and the whole guard, leaves out."""
    from mtcheck.app.planning import translator_of
    from mtcheck.engines.translation.doubt import doubt_for, write
    from mtcheck.engines.translation.several import signature_for
    from mtcheck.measuring.guard import POOR, areas, fitted, judged, mean_chrf, table
    from mtcheck.text.damage import model_and_hash

    settings = settings_with(model)
    translations = judged(source, reference, settings, from_, to)
    typer.echo(f"{from_}-{to}: {len(translations)} sentences, mean sentence chrF {mean_chrf(translations):.1f}")
    signature = signature_for(translator_of(settings), from_, to)
    doubt = fitted(translations) if fit is not None else doubt_for(signature, from_, to)
    if fit is not None and doubt is not None:
        write(fit, model_and_hash(signature), f"{from_}-{to}", doubt)
    typer.echo("area under the ROC curve, poor ones against the others")
    for name, area in areas(translations, doubt):
        typer.echo(f"  {name:<28} {area:.3f}")
    typer.echo(f"share of poor ones (chrF under {POOR:.0f}) [95 % interval]: among those left out, among the rest")
    for row in table(translations, doubt):
        typer.echo(f"  {row.label:<28} {row.left_out!s:<36} {row.rest}")
