"""The option ``--command``: programs that translate."""

from __future__ import annotations

from collections.abc import Sequence

from mtcheck.core.errors import UsageError


def directions(values: Sequence[str]) -> dict[str, str]:
    """Return the program for each direction of values such as ``en-es=apertium eng-spa``. Raises ``UsageError`` for others."""
    return dict(_direction(value) for value in values)


def _direction(value: str) -> tuple[str, str]:
    direction, equals, program = value.partition("=")
    if not (equals and program.strip() and direction.count("-") == 1):
        raise UsageError(f"--command {value}: give a direction and a program, as in en-es='apertium eng-spa'")
    return direction.strip(), program.strip()
