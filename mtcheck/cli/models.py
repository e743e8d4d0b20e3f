"""``mtcheck models``: the models that are known, here, and whole."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mtcheck.cli import exit_codes

Name = Annotated[str, typer.Argument(metavar="MODEL", help="A hub name, owner/name[@revision], or an embedded model.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    models = typer.Typer(no_args_is_help=True, help="List, fetch and verify models.", rich_markup_mode=None)
    models.command("list")(list_)
    models.command("pull")(pull)
    models.command("verify")(verify)
    models.command("path")(path)
    models.command("explain")(explain)
    app.add_typer(models, name="models")


def list_(
    json: Annotated[bool, typer.Option("--json", help="Print JSON, one list.")] = False,  # noqa: FBT002
) -> None:
    """List the models: embedded, fetched, and public ones that can be fetched."""
    from mtcheck.engines.models.store import list_models

    entries = list_models(_cache())
    if json:
        from dataclasses import asdict
        from json import dumps

        typer.echo(dumps([asdict(entry) for entry in entries], ensure_ascii=False, indent=2, default=str))
        return
    from rich.console import Console
    from rich.padding import Padding

    # A name is for copying and stands on a line of its own; a table would be too wide for most terminals.
    console = Console(highlight=False, markup=False)
    for entry in entries:
        console.print(entry.name, style="bold", soft_wrap=True)
        console.print(Padding(f"{entry.origin} · {entry.directions} · {entry.license}", (0, 0, 0, 4)))
        console.print(Padding(entry.note, (0, 0, 0, 4)))


def pull(
    name: Name,
    offline: Annotated[bool, typer.Option("--offline", help="Ask no hub; find what is here.")] = False,  # noqa: FBT002
) -> None:
    """Fetch a model from the hub, pinned and verified by hash; a broken download goes on where it stopped."""
    from mtcheck.engines.models.store import pull as fetch

    model = fetch(name, folder=_cache(), offline=offline)
    typer.echo(f"{model.name}@{model.revision}")
    typer.echo(f"license: {model.license}")
    typer.echo(f"path: {model.path}")


def verify(
    name: Annotated[
        str | None, typer.Argument(metavar="[MODEL]", help="A hub name or an embedded model; without one all embedded.")
    ] = None,
) -> None:
    """Hash every file of a model that is here; end with 2 where one is not what it was."""
    from mtcheck.engines.models.catalog import embedded_models
    from mtcheck.engines.models.store import verify as differences

    damaged = False
    for one in [card.name for card in embedded_models()] if name is None else [name]:
        problems = differences(one, _cache())
        for problem in problems:
            typer.echo(f"{problem.file}: {problem.message}" if name else f"{one}: {problem.file}: {problem.message}")
        if not problems:
            typer.echo(f"{one}: every file is as it was published")
        damaged = damaged or bool(problems)
    if damaged:
        raise typer.Exit(exit_codes.UNUSABLE)


def path(name: Name) -> None:
    """Print the folder of a model that is here."""
    from mtcheck.engines.models.store import path as folder_of

    typer.echo(folder_of(name, _cache()))


def explain(name: Name) -> None:
    """Show a model's card: what it learned from, under which licenses, what it scores, what not to trust it for."""
    from rich.console import Console
    from rich.text import Text

    from mtcheck.cli.model_card import sections_of, sections_of_public
    from mtcheck.core.errors import UsageError
    from mtcheck.engines.models.catalog import embedded_models, public_model

    card = next((card for card in embedded_models() if card.name == name), None)
    known = None if card else public_model(name.partition("@")[0])
    if card is None and known is None:
        raise UsageError(f"no card is here for {name!r}; `mtcheck models list` names the models")
    sections = sections_of(card) if card else sections_of_public(known) if known else ()
    console = Console(highlight=False, markup=False, soft_wrap=False)
    console.print(Text(name, style="bold"))
    for section in sections:
        if section.lines:
            console.print()
            console.print(Text(section.heading, style="bold"))
            for line in section.lines:
                console.print(line)


def is_model(name: str) -> bool:
    """Tell whether a name is that of an embedded model or of a hub, and no check's."""
    from mtcheck.engines.models.catalog import embedded_models

    return "/" in name or any(card.name == name for card in embedded_models())


def _cache() -> Path | None:
    from mtcheck.config import load_settings

    return load_settings({}).settings.cache
