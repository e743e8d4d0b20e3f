"""``mtcheck models``: the translation models that are known, here, and whole."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Add the commands."""
    models = typer.Typer(no_args_is_help=True, help="List, fetch and verify models.", rich_markup_mode=None)
    app.add_typer(models, name="models")
