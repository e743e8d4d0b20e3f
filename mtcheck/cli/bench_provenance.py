"""``mtcheck bench provenance``: fit and measure what tells machine translations from what people wrote."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtcheck.cli.bench_translator import Model, translator_named

if TYPE_CHECKING:
    from mtcheck.measuring.provenance import Provenance, Sample


def provenance(
    data: Annotated[Path, typer.Option("--data", metavar="FOLDER", help="The folder of the evaluation data.")] = Path(
        "../shared/eval"
    ),
    fit: Annotated[
        Path | None, typer.Option("--fit", metavar="FOLDER", help="Write the fitted models there (mtcheck/text/data).")
    ] = None,
    round_trip: Annotated[
        int,
        typer.Option("--round-trip", metavar="COUNT", help="Measure the round trip on so many passages of each kind."),
    ] = 0,
    model: Model = None,
    pivot: Annotated[str, typer.Option(metavar="CODE", help="The language to go through.")] = "es",
) -> None:
    """Measure machine-or-human on passages of ten sentences or more, on languages and engines that took no part in fitting.

    Exit codes: 0 whether the aim is met or not, 2 where nothing could be measured.
    """
    from mtcheck.core.errors import InputError
    from mtcheck.measuring import provenance as measuring
    from mtcheck.measuring.made_by import made_by

    if fit is not None and not fit.is_dir():
        raise InputError(str(fit), "is no folder")
    typer.echo(made_by())
    found = measuring.samples(data / "ht_vs_mt")
    if round_trip:
        _show(_round_trip(found, round_trip, model, pivot), fit)
    else:
        table = measuring.table_of(found)
        typer.echo(f"{len(found)} passages, {len(table.names)} features")
        for name in measuring.NAMES:
            _show(measuring.measure(found, table, name), fit)
    typer.echo(
        "\nAim: .85 for an engine not seen in fitting. The bar: .72 with word and character n-grams, 29 % of native passages named"
    )


def _round_trip(found: list[Sample], count: int, model: str | None, pivot: str) -> Provenance:
    """Measure what a round trip tells of a choice of passages."""
    from mtcheck.engines.translation.several import signature_for
    from mtcheck.measuring import fixed_point
    from mtcheck.measuring.provenance import measure
    from mtcheck.text.damage import model_and_hash
    from mtcheck.text.fixed_point import FIXED_POINT
    from mtcheck.text.machine_style import LANGUAGE

    translator = translator_named(model)
    samples = [found[index] for index in fixed_point.chosen(found, count)]
    kept, table = fixed_point.table_of(samples, fixed_point.returns_of(samples, translator, pivot))
    typer.echo(
        f"{len(kept)} of {len(samples)} passages, {len(table.names)} features, {translator.signature} via {pivot}"
    )
    # Of several models the one that goes that way.
    model_named = model_and_hash(signature_for(translator, LANGUAGE, pivot))
    return measure(kept, table, FIXED_POINT, fixed_point.RIDGE, f"{model_named} via {pivot}")


def _show(figures: Provenance, fit: Path | None) -> None:
    """Print the figures of one model, and write it where that is asked for."""
    from mtcheck.measuring.provenance import write

    model = figures.model
    typer.echo(f"\n{model.name}: area under the curve [95 % interval over documents]; against native news")
    for fold in figures.folds:
        typer.echo(f"  {fold.name:<36} {fold.passages:>6}  {fold}")
    typer.echo(
        f"  all together {model.area:.3f}; at the threshold {model.threshold:.3f}: native passages {model.native_flagged:.3f}, "
        f"human translations {model.translated_flagged:.3f}, machine translations {model.found:.3f}"
    )
    typer.echo("  probability shown, expected and observed (both classes alike)")
    for row in figures.calibration:
        typer.echo(f"    {row}")
    typer.echo(f"    expected calibration error {figures.calibration_error:.3f}")
    if fit is not None:
        typer.echo(f"  written: {write(model, fit)}")
