"""``mtcheck bench surface``: precision, recall and false alarms of the checks that need no model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def surface(
    data: Annotated[Path, typer.Option("--data", metavar="FOLDER", help="The folder of the evaluation data.")] = Path(
        "../shared/eval"
    ),
    tuning: Annotated[  # noqa: FBT002
        bool, typer.Option("--tuning", help="Measure on the half that the rules were made with.")
    ] = False,
    select: Annotated[
        list[str] | None, typer.Option("--select", metavar="CODE", help="Only this check; repeatable.")
    ] = None,
    language: Annotated[
        list[str] | None,
        typer.Option("--language", metavar="CODE", help="The tables of this language instead; repeatable, or `all`."),
    ] = None,
    human: Annotated[bool, typer.Option(help="Count findings on text that people wrote.")] = True,  # noqa: FBT002
) -> None:
    """Measure the checks that need no model, each for itself and all together, against what professionals marked.

    Exit codes: 0 whether the aims are met or not, 2 where nothing could be measured.
    """
    from mtcheck.core.checks import Tier
    from mtcheck.measuring import surface as measuring
    from mtcheck.measuring import target_languages
    from mtcheck.measuring.made_by import made_by
    from mtcheck.measuring.marked_translations import MARKED_SETS
    from mtcheck.measuring.reliability import table

    checks = measuring.surface_checks(tuple(select or ()))
    if not checks:
        raise typer.BadParameter("no such check runs on a text alone", param_hint="--select")
    tiers = {check.code: check.tier for check in checks}
    half = "tuning" if tuning else "reporting"
    typer.echo(made_by())
    typer.echo(f"{half} half: share [95 % interval, bootstrap over documents]  hits/cases")
    if language:
        asked = target_languages.LANGUAGES if "all" in language else language
        unknown = sorted(set(asked) - set(target_languages.LANGUAGES))
        if unknown:
            raise typer.BadParameter(f"nothing is there to measure {', '.join(unknown)} with", param_hint="--language")
        for line in target_languages.report_lines(data, asked, checks, tuning=tuning, human=human):
            typer.echo(line)
        return
    paths = [data / "mqm_spans" / f"{name}.jsonl.gz" for name in MARKED_SETS]
    default = [check for check in checks if check.tier is Tier.DEFAULT or select]
    marked = measuring.measure_marked(paths, checks, tuning=tuning, together=[check.code for check in default])
    typer.echo(f"\nMarked translations ({', '.join(MARKED_SETS)})")
    typer.echo(f"  words with a mark at them (chance)        {marked.chance}")
    typer.echo(f"  segments with a mark                      {marked.segments}")
    several = measuring.measure_marked(paths[:1], checks, tuning=tuning, together=[check.code for check in default])
    of_several = {figures.code: figures for figures in (*several.checks, several.union)}
    for figures in (*marked.checks, marked.union):
        label = f"{figures.code} ({tiers[figures.code]:<10})" if figures.code in tiers else "default checks together"
        typer.echo(f"  {label:<23} at a spot, any raters    {figures.spot}")
        typer.echo(f"  {'':<23} in the segment           {figures.segment}")
        if figures.code in of_several:
            typer.echo(f"  {'':<23} at a spot, three raters  {of_several[figures.code].spot}")
    typer.echo(f"  default checks together, spans touched    {marked.union.recall}")
    typer.echo("\nMarks that show on the surface, touched by default checks (agreed: set by two raters)")
    for row in marked.surface.recall:
        typer.echo(f"  {row.kind:<41} {row.touched}")
    typer.echo(f"  {'findings at such a mark':<41} {marked.surface.precision}")
    typer.echo("  missed most: " + ", ".join(f"“{words}” {count}" for words, count in marked.surface.missed))
    typer.echo("\nConfidence shown against precision at a spot (fitted on the tuning half)")
    for line in table(marked.judged):
        typer.echo(f"  {line}")
    typer.echo("\nDamage built in (DEMETR), found on a page of four sentences")
    for damage in measuring.measure_damage(data / "challenge" / "demetr.x-en.jsonl.gz", default, tuning=tuning):
        codes = ", ".join(f"{code} {count}" for code, count in damage.codes)
        typer.echo(f"  {damage.phenomenon:<32} {damage.found}  ({codes})")
        typer.echo(f"  {'  the same page before':<32} {damage.false}")
    loops = measuring.measure_loops(data / "hallucination" / "lfan_hall.de-en.jsonl.gz", default)
    typer.echo("\nLoops among other output (Guerreiro et al. 2023, all documents)")
    typer.echo(f"  area under the curve {loops.area:.3f}; recall where precision is .90: {loops.recall:.2f}")
    typer.echo(f"  loops named    {loops.found}\n  others named   {loops.false}")
    if human:
        codes_on = [check.code for check in default]
        with measuring.clean_sets(data) as sets:
            for name, path in sets.items():
                alarms, _ = measuring.measure_alarms(path, codes_on)
                total = sum(alarm.findings for alarm in alarms)
                words = alarms[0].words
                rate = 1000 * total / words if words else 0.0
                typer.echo(
                    f"\nWritten by people: {name}, {words} words of main text, {rate:.3f} findings in 1,000 words"
                )
                for alarm in alarms:
                    if alarm.findings:
                        typer.echo(f"  {alarm.code} {alarm.findings:>5} {alarm.rate:>8.3f}")
    typer.echo(
        "\nAims: each check P .85; union P .70 at R .30; loops AUROC .95, R .60 at P .90; repeats R .98; code-mixing R .95"
    )
