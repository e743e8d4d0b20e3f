"""The translator that measurements name, as an option of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from mtcheck.config import Settings
    from mtcheck.core.translation import Translator

Model = Annotated[
    str | None,
    typer.Option("--model", metavar="MODEL", help="The translator: a folder, a hub name or a name of `models list`."),
]


def settings_with(model: str | None) -> Settings:
    """Return the settings in force, with the model that was named in the place of theirs."""
    from mtcheck.config import load_settings

    return load_settings({"translation": {"model": model}} if model else {}).settings


def translator_named(model: str | None) -> Translator:
    """Return the translator. Raises ``ModelUnavailable`` where there is none."""
    from mtcheck.app.planning import translator_of

    return translator_of(settings_with(model))
