"""``mtcheck bench``: repeat the measurements that the documentation quotes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[Path, typer.Option("--data", metavar="FOLDER", help="The folder of the evaluation data.")]
Tuning = Annotated[bool, typer.Option("--tuning", help="Measure on the half that the rules were made with.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    from mtcheck.cli.bench_consistency import consistency
    from mtcheck.cli.bench_guard import guard
    from mtcheck.cli.bench_languages import languages
    from mtcheck.cli.bench_provenance import provenance
    from mtcheck.cli.bench_source import source
    from mtcheck.cli.bench_surface import surface
    from mtcheck.cli.bench_surprisal import surprisal

    bench = typer.Typer(no_args_is_help=True, help="Measure on annotated data.", rich_markup_mode=None)
    bench.callback()(_group)
    bench.command("languages")(languages)
    bench.command("source")(source)
    bench.command("quotations")(quotations)
    bench.command("consistency")(consistency)
    bench.command("surprisal")(surprisal)
    bench.command("guard")(guard)
    bench.command("surface")(surface)
    bench.command("provenance")(provenance)
    app.add_typer(bench, name="bench")


def _group() -> None:
    """Measure on annotated data."""


def quotations(data: Data = Path("../shared/eval"), tuning: Tuning = False) -> None:  # noqa: FBT002
    """Measure the quotation engine: extraction, speakers, false alarms, and precision on marked translations."""
    from mtcheck.measuring import quotations as measuring
    from mtcheck.measuring.intervals import share_of

    half = "tuning" if tuning else "reporting"
    typer.echo(f"PolNeAR, {half} half: share [95 % interval over documents]  hits/cases")
    read = measuring.articles(data / "quotations" / "polnear.jsonl.gz")
    for label, share in measuring.extraction_rows(measuring.measure_extraction(read, tuning=tuning)):
        typer.echo(f"  {label:<50} {share}")
    for name, alarms in measuring.alarms(data):
        typer.echo(f"False alarms on {name}, {alarms[0].words} words of main text: findings, in 20,000 words")
        for alarm in alarms:
            typer.echo(f"  {alarm.code} {alarm.findings:>5} {alarm.rate:>8.2f}")
    paths = [data / "mqm_spans" / f"{name}.jsonl.gz" for name in measuring.MARKED_SETS]
    typer.echo(f"Marked translations ({', '.join(measuring.MARKED_SETS)}), {half} half: an error is marked at the spot")
    for code, precision in measuring.measure_precision(paths, tuning=tuning).items():
        typer.echo(f"  {code} at the spot    {share_of(precision.spot)}")
        typer.echo(f"  {code} in the segment {share_of(precision.segment)}")
    signs = measuring.measure_signs(data / "challenge" / "demetr.x-en.jsonl.gz")
    typer.echo(
        f"Signs of garble in {signs.sentences} damaged sentences: {signs.damaged}; in the whole ones: {signs.whole}"
    )
