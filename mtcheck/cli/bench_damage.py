"""``mtcheck bench damage``: fit and measure the probabilities that stand on surprisal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def damage(
    data: Annotated[Path, typer.Option("--data", metavar="FOLDER", help="The folder of the evaluation data.")] = Path(
        "../shared/eval"
    ),
    model: Annotated[
        str | None, typer.Option(metavar="MODEL", help="A folder, a hub name[@revision] or a name of `models list`.")
    ] = None,
    fit: Annotated[
        Path | None,
        typer.Option("--fit", metavar="FOLDER", help="Fit anew and write the models there (mtcheck/text/data)."),
    ] = None,
    cache: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where answers of the language model are kept between runs.")
    ] = None,
    limit: Annotated[
        int, typer.Option(metavar="NUMBER", help="Segments of each set and half, whole documents.")
    ] = 4_000,
    articles: Annotated[int, typer.Option(metavar="NUMBER", help="Articles by people of each half.")] = 40,
    style: Annotated[  # noqa: FBT002
        bool, typer.Option(help="Measure too what surprisal adds to machine-or-human.")
    ] = True,
) -> None:
    """Measure damaged words, word salad, and what surprisal adds to the style of a page; with --fit, fit them anew first.

    Fitted on the tuning half of the documents, reported on the other. The answers of the language model are kept by its signature.
    """
    from mtcheck.core.errors import InputError
    from mtcheck.engines.language_model import LanguageModelSettings, open_language_model
    from mtcheck.engines.models.folders import cache_folder
    from mtcheck.measuring.damage_report import report
    from mtcheck.measuring.kept_surprisals import KeptLanguageModel
    from mtcheck.measuring.made_by import made_by

    if fit is not None and not fit.is_dir():
        raise InputError(str(fit), "is no folder")
    behind = open_language_model(LanguageModelSettings(model, ("en",), wanted=frozenset({"en"})))
    kept = KeptLanguageModel(behind, cache_folder(cache))
    typer.echo(f"{made_by()}\n{kept.signature_of('en')}")
    for line in report(kept, data, fit=fit, limit=limit, articles=articles, style=style):
        typer.echo(line)
