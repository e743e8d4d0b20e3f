"""Which checks run: selection by code prefix or name, the more specific choice winning."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Any

from mtcheck.core.checks import Check, Tier
from mtcheck.core.errors import UsageError

EVERYTHING = "ALL"


def select_checks(
    checks: Sequence[Check[Any]], select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> tuple[Check[Any], ...]:
    """Return the checks to run, in the order given.

    Without ``select``, the checks of the default tier run. A selector is a code (``QUO001``), the start of one (``QUO``),
    a name (``unpaired-quotation``) or ``ALL``. A start of a code does not choose previews: they are named whole. Where
    ``select`` and ``ignore`` both fit a check, the longer one wins, and ``ignore`` on a tie.
    Raises ``UsageError`` for a selector that fits no check.
    """
    for selector in (*select, *ignore):
        if not any(_strength(check, selector) for check in checks):
            raise UsageError(f"no check is called {selector!r}{_suggestion(checks, selector)}")
    return tuple(check for check in checks if _is_selected(check, select, ignore))


def _is_selected(check: Check[Any], select: Sequence[str], ignore: Sequence[str]) -> bool:
    chosen = max((_strength(check, selector) for selector in select), default=0)
    if chosen and check.tier is Tier.PREVIEW and chosen < len(check.code):
        chosen = 0
    if not select and check.tier is Tier.DEFAULT:
        chosen = 1
    return chosen > max((_strength(check, selector) for selector in ignore), default=0)


def _strength(check: Check[Any], selector: str) -> int:
    """Return how specifically a selector names a check: 0 not at all, up to the length of its code."""
    wanted = selector.strip()
    if wanted.lower() == check.name or wanted.upper() == check.code:
        return len(check.code)
    if wanted.upper() == EVERYTHING:
        return 1
    return len(wanted) if wanted and check.code.startswith(wanted.upper()) else 0


def _suggestion(checks: Sequence[Check[Any]], selector: str) -> str:
    known = [word for check in checks for word in (check.code, check.name)]
    close = difflib.get_close_matches(selector, known, 1) or difflib.get_close_matches(selector.upper(), known, 1)
    return f"; did you mean {close[0]!r}?" if close else "; `mtcheck checks` lists them"
