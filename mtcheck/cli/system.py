"""``mtcheck config show`` and ``mtcheck doctor``: what is set, and what is there."""

from __future__ import annotations

import platform
import shutil
from importlib import metadata

import typer

import mtcheck

# What a scan can use, and for what; imported by nobody here, only looked up.
PARTS = (
    ("langdetect", "language identification"),
    ("trafilatura", "main text of HTML pages"),
    ("sentencex", "sentence boundaries"),
    ("ftfy", "damage to encoding"),
    ("sacrebleu", "chrF"),
    ("torch", "translation models (transformers)"),
    ("transformers", "translation models"),
    ("ctranslate2", "fast translation on CPU"),
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    config = typer.Typer(no_args_is_help=True, help="Show the configuration in force.", rich_markup_mode=None)
    config.command("show")(show)
    app.add_typer(config, name="config")
    app.command("doctor")(doctor)


def show() -> None:
    """Print the settings in force as JSON, and on standard error the file they come from."""
    from mtcheck.config import load_settings

    loaded = load_settings({})
    typer.echo(f"configuration file: {loaded.file or 'none'}", err=True)
    typer.echo(loaded.settings.model_dump_json(indent=2))


def doctor() -> None:
    """Say what this installation can do and what it lacks."""
    from mtcheck.app import plan_of
    from mtcheck.config import load_settings
    from mtcheck.engines.models.catalog import embedded_models

    typer.echo(f"mtcheck {mtcheck.__version__}, Python {platform.python_version()}, {platform.platform()}")
    missing = False
    for package, purpose in PARTS:
        try:
            version = metadata.version(package)
        except metadata.PackageNotFoundError:
            missing = True
            version = "MISSING"
        typer.echo(f"  {package:<14}{version:<16}{purpose}")
    loaded = load_settings({})
    typer.echo(f"configuration file: {loaded.file or 'none'}")
    for card in embedded_models():
        typer.echo(f"{card.kind.replace('-', ' ')} {card.name}: {', '.join(card.directions or card.languages)}")
    for direction, command in loaded.settings.translation.command.items():
        program = command.split()[0]
        typer.echo(f"translation program {direction}: {shutil.which(program) or f'{program} is not there'}")
    plan = plan_of(loaded.settings)
    typer.echo(f"checks that can run: {len(plan.checks)}")
    for entry in plan.not_checked:
        typer.echo(f"cannot run: {', '.join(entry.checks) or 'what the report shows'}: {entry.reason}")
    if missing:
        raise typer.Exit(2)
