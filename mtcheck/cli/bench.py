"""``mtcheck bench``: repeat the measurements that the documentation quotes."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Add the commands."""
    from mtcheck.cli.bench_consistency import consistency
    from mtcheck.cli.bench_languages import languages
    from mtcheck.cli.bench_quotations import quotations

    bench = typer.Typer(no_args_is_help=True, help="Measure on annotated data.", rich_markup_mode=None)
    bench.callback()(_group)
    bench.command("languages")(languages)
    bench.command("quotations")(quotations)
    bench.command("consistency")(consistency)
    app.add_typer(bench, name="bench")


def _group() -> None:
    """Measure on annotated data."""
