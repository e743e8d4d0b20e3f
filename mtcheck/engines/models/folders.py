"""Where mtcheck keeps what it can make or fetch again: translations, converted and fetched models."""

from __future__ import annotations

import os
from pathlib import Path

CACHE_VARIABLE = "MTCHECK_CACHE"


def cache_folder(chosen: Path | None = None) -> Path:
    """Return the folder for caches: the one chosen, that of ``MTCHECK_CACHE``, or the platform's. It need not exist."""
    if chosen is not None:
        return chosen
    if named := os.environ.get(CACHE_VARIABLE):
        return Path(named).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("mtcheck", appauthor=False)
