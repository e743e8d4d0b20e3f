"""ScanReport -> files. One module or package a format; being in the folder is being registered.

A format's module has a module-level ``REPORTER`` whose ``name`` the command line uses. Modules without one support the
others. Heavy libraries (pydantic, jinja2, rich) are imported inside functions only, so that looking up a format is cheap.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping

from mtcheck.core.errors import UsageError
from mtcheck.reporters.destination import Destination
from mtcheck.reporters.protocol import NO_EXPLANATIONS, Explanations, Reporter

__all__ = ["NO_EXPLANATIONS", "REPORTERS", "Destination", "Explanations", "Reporter", "reporter"]


class _Registry(Mapping[str, Reporter]):
    """The formats by name, sorted; found in the folder on first use."""

    def __init__(self) -> None:
        self._found: dict[str, Reporter] | None = None

    def _all(self) -> dict[str, Reporter]:
        if self._found is None:
            found: dict[str, Reporter] = {}
            for info in pkgutil.iter_modules(__path__, f"{__name__}."):
                candidate = getattr(importlib.import_module(info.name), "REPORTER", None)
                if candidate is not None:
                    found[candidate.name] = candidate
            self._found = dict(sorted(found.items()))
        return self._found

    def __getitem__(self, name: str) -> Reporter:
        return self._all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())


REPORTERS: Mapping[str, Reporter] = _Registry()


def reporter(name: str) -> Reporter:
    """Return the reporter of a format. Raises ``UsageError`` for an unknown name, with the known ones."""
    try:
        return REPORTERS[name]
    except KeyError:
        raise UsageError(f"there is no output format {name!r}; there are {', '.join(REPORTERS)}") from None
