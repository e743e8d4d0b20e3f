"""``mtcheck bench quotations``: extraction, speakers, false alarms, precision and recall of the checks of quotations."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def quotations(
    data: Annotated[Path, typer.Option("--data", metavar="FOLDER", help="The folder of the evaluation data.")] = Path(
        "../shared/eval"
    ),
    tuning: Annotated[  # noqa: FBT002
        bool, typer.Option("--tuning", help="Measure on the half that the rules were made with.")
    ] = False,
) -> None:
    """Measure the quotation engine: extraction, speakers, false alarms, precision and recall of its checks."""
    from mtcheck.checks import all_checks
    from mtcheck.measuring import quotations as measuring
    from mtcheck.measuring.intervals import share_of
    from mtcheck.measuring.marked_translations import MARKED_SETS, measure_precision
    from mtcheck.measuring.polnear import articles
    from mtcheck.measuring.quotation_damage import measure_damage
    from mtcheck.measuring.reference_pairs import measure_pairs

    half = "tuning" if tuning else "reporting"
    polnear = data / "quotations" / "polnear.jsonl.gz"
    typer.echo(f"PolNeAR, {half} half: share [95 % interval over documents]  hits/cases")
    for label, share in measuring.extraction_rows(measuring.measure_extraction(articles(polnear), tuning=tuning)):
        typer.echo(f"  {label:<50} {share}")
    checks = [check for check in all_checks() if check.code in measuring.QUOTATION_CHECKS]
    typer.echo("One damage done to a quotation of PolNeAR: found; found with no other finding beside it")
    for damage, counts in measure_damage(articles(polnear), checks, tuning=tuning).items():
        typer.echo(f"  {damage.code} {damage.name:<43} {share_of(counts.found)}")
        typer.echo(f"  {'':<7}{'alone':<43} {share_of(counts.alone)}")
    for name, alarms in measuring.alarms(data):
        typer.echo(f"False alarms on {name}, {alarms[0].words} words of main text: findings, in 20,000 words")
        for alarm in alarms:
            typer.echo(f"  {alarm.code} {alarm.findings:>5} {alarm.rate:>8.2f}")
    paths = [data / "mqm_spans" / f"{name}.jsonl.gz" for name in MARKED_SETS]
    typer.echo(f"Marked translations ({', '.join(MARKED_SETS)}), {half} half: an error is marked at the spot")
    for code, precision in measure_precision(paths, measuring.QUOTATION_CHECKS, tuning=tuning).items():
        typer.echo(f"  {code} at the spot    {share_of(precision.spot)}")
        typer.echo(f"  {code} in the segment {share_of(precision.segment)}")
    pairs = measure_pairs(data / "quote_pairs" / "pairs.jsonl.gz", tuning=tuning)
    typer.echo(f"Pairs of renderings, {half} half, one as the reference: QUO007 finds")
    typer.echo(f"  {'pairs that mean the same (false alarms)':<50} {share_of(pairs.same)}")
    typer.echo(f"  {'pairs with a major error of accuracy':<50} {share_of(pairs.different)}")
    signs = measuring.measure_signs(data / "challenge" / "demetr.x-en.jsonl.gz")
    typer.echo(
        f"Signs of garble in {signs.sentences} damaged sentences: {signs.damaged}; in the whole ones: {signs.whole}"
    )
