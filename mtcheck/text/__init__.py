"""Pure, offset-safe string work: no models, no files, no state."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Any

from mtcheck.core.facts import Computed


@cache
def computed_facts() -> tuple[Computed[Any], ...]:
    """Return the provider of every fact that this package computes: each module's ``PROVIDER``, by module name."""
    modules = (importlib.import_module(f"{__name__}.{info.name}") for info in pkgutil.iter_modules(__path__))
    return tuple(module.PROVIDER for module in modules if hasattr(module, "PROVIDER"))
