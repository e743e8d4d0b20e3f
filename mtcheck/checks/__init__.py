"""What to look for: one file a check, one folder a family. Being in the folder is being registered."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from importlib.metadata import entry_points
from itertools import pairwise
from typing import Any

from mtcheck.core.checks import Check

ENTRY_POINT_GROUP = "mtcheck.checks"


@cache
def all_checks() -> tuple[Check[Any], ...]:
    """Return every check, sorted by code: those in the folders here and those of installed packages.

    Other packages name a module-level ``CHECK`` under the entry point group ``mtcheck.checks``.
    Raises ``ValueError`` for two checks of one code.
    """
    found: list[Check[Any]] = []
    for family in pkgutil.iter_modules(__path__, f"{__name__}."):
        if family.ispkg:
            package = importlib.import_module(family.name)
            for info in pkgutil.iter_modules(package.__path__, f"{family.name}."):
                found.append(importlib.import_module(info.name).CHECK)
    found.extend(entry.load() for entry in entry_points(group=ENTRY_POINT_GROUP))
    found.sort(key=lambda check: check.code)
    for left, right in pairwise(found):
        if left.code == right.code:
            raise ValueError(f"two checks have the code {left.code}: {left.name} and {right.name}")
    return tuple(found)
