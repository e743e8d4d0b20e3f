"""``mtcheck bench``: repeat the measurements that the documentation quotes."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Add the commands."""
    from mtcheck.cli.bench_consistency import consistency
    from mtcheck.cli.bench_damage import damage
    from mtcheck.cli.bench_guard import guard
    from mtcheck.cli.bench_languages import languages
    from mtcheck.cli.bench_provenance import provenance
    from mtcheck.cli.bench_quotations import quotations
    from mtcheck.cli.bench_source import source
    from mtcheck.cli.bench_surface import surface
    from mtcheck.cli.bench_surprisal import surprisal
    from mtcheck.cli.bench_unstable import unstable

    bench = typer.Typer(no_args_is_help=True, help="Measure on annotated data.", rich_markup_mode=None)
    bench.callback()(_group)
    bench.command("languages")(languages)
    bench.command("source")(source)
    bench.command("quotations")(quotations)
    bench.command("consistency")(consistency)
    bench.command("surprisal")(surprisal)
    bench.command("damage")(damage)
    bench.command("guard")(guard)
    bench.command("unstable")(unstable)
    bench.command("surface")(surface)
    bench.command("provenance")(provenance)
    app.add_typer(bench, name="bench")


def _group() -> None:
    """Measure on annotated data."""
