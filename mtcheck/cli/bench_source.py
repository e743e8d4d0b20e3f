"""``mtcheck bench source``: the checks that have the source, without a translator and with one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mtcheck.cli.bench_translator import Model, translator_named


def source(
    data: Annotated[Path, typer.Option("--data", metavar="FOLDER", help="The folder of the evaluation data.")] = Path(
        "../shared/eval"
    ),
    tuning: Annotated[  # noqa: FBT002
        bool, typer.Option("--tuning", help="Measure on the half that the thresholds were chosen on.")
    ] = False,
    translator: Annotated[  # noqa: FBT002
        bool, typer.Option("--translator", help="Measure what a translator adds, and only that.")
    ] = False,
    model: Model = None,
    cases: Annotated[int, typer.Option(metavar="COUNT", min=20, help="Cases of each set, with the translator.")] = 400,
    aligned: Annotated[
        Path, typer.Option("--aligned", metavar="FOLDER", help="FLORES-200, one packed file a language.")
    ] = Path("../shared/corpora/evaluation"),
) -> None:
    """Measure what the source shows: damage built in, hallucinations, marked translations, alignment."""
    from mtcheck.measuring import source as measuring
    from mtcheck.measuring import without_english

    half = "tuning" if tuning else "reporting"
    if translator:
        _with_translator(data, aligned, model, cases, tuning=tuning)
        return
    typer.echo(f"{half} half: share [95 % interval, bootstrap over documents]  hits/cases")
    for row in measuring.damage_rows(data, tuning=tuning):
        typer.echo(f"  {row.label:<58} {row.share}")
    typer.echo("Languages without English, by way of it (FLORES-200)")
    for row in without_english.rows(aligned, tuning=tuning):
        typer.echo(f"  {row.label:<58} {row.share}")
    typer.echo("Area under the ROC curve, by words alone")
    for area in measuring.hallucination_areas(data, tuning=tuning):
        typer.echo(f"  {area.label:<58} {area.value:.3f}  {area.positive} against {area.negative}")
    for name in measuring.MARKED_SETS:
        pairs = measuring.marked_pairs(data / "mqm_spans" / f"{name}.jsonl.gz", tuning=tuning)
        for row in (*measuring.precision_rows(pairs, name), *measuring.alignment_rows(pairs, name)):
            typer.echo(f"  {row.label:<84} {row.share}")


def _with_translator(data: Path, aligned: Path, model: str | None, cases: int, *, tuning: bool) -> None:
    """Print what a translator adds, in the languages that it has."""
    from mtcheck.measuring import adequacy

    opened = translator_named(model)
    typer.echo(f"{'tuning' if tuning else 'reporting'} half, at most {cases} cases a set, {opened.signature}")
    typer.echo(f"Area under the ROC curve, bad against good pairs: {', '.join(adequacy.SIGNALS)}")
    for found in adequacy.case_sets(data, opened, cases, tuning=tuning):
        areas = adequacy.signal_areas(found, opened)
        shown = "  ".join("  -  " if area is None else f"{area:.3f}" for area in areas.areas)
        typer.echo(f"  {areas.label:<58} {shown}  {areas.bad} against {areas.good}")
        for label, share in adequacy.low_adequacy_rows(found, opened):
            typer.echo(f"    {label:<72} {share}")
    typer.echo(
        "Made omissions and additions, share named: by default; less weight of the words; model alone; the two together"
    )
    for row in adequacy.damage_rows(aligned, opened, cases, tuning=tuning):
        shares = (row.default, row.words, row.model, row.together)
        shown = "  ".join(f"{share.value:.3f} ({share.hits}/{share.trials})" for share in shares)
        typer.echo(f"  {row.label:<40} {shown}")
