"""What a document is called in fingerprints and baselines: the same on every machine that has a copy of the files.

``page.txt``, ``./page.txt`` and ``/home/anna/site/page.txt`` are one file. Names count from the root of the repository that the
working directory is part of, or from the working directory where there is none, with ``/`` between them; so a build server and an
editor agree on them, in whichever folder either of them stands. What lies outside keeps its whole path.
"""

from __future__ import annotations

import os
import posixpath
from functools import lru_cache

STANDARD_INPUT = "-"


def stable_id(document: str, path: str) -> str:
    """Return a document's identifier without the accidents of naming.

    ``document`` is the path, or the path with ``#record`` behind it.
    """
    return stable_path(path) + document.removeprefix(path) if document.startswith(path) else document


def stable_path(path: str) -> str:
    """Return a file's path from the root of the repository, or from the working directory."""
    if path == STANDARD_INPUT:
        return path
    return _stable_path(path, _here())


def path_from_here(stable: str) -> str:
    """Return the way from the working directory to a file that ``stable_path`` named."""
    here = _here()
    base = _base(here)
    if stable == STANDARD_INPUT or base == here:
        return stable
    return posixpath.relpath(posixpath.join(base, stable), here)


@lru_cache(maxsize=4096)
def _stable_path(path: str, here: str) -> str:
    whole = posixpath.normpath(posixpath.join(here, path.replace(os.sep, "/")))
    base = _base(here)
    inside = base.rstrip("/") + "/"
    if whole.startswith(inside):
        return whole[len(inside) :]
    # The working directory has no links in its path; what the user named may have.
    folder, name = posixpath.split(whole)
    real = posixpath.join(os.path.realpath(folder).replace(os.sep, "/"), name)
    return real[len(inside) :] if real.startswith(inside) else whole


@lru_cache(maxsize=64)
def _base(here: str) -> str:
    """Return the root of the repository that a folder is part of, or the folder itself."""
    folder = here
    while True:
        if os.path.exists(posixpath.join(folder, ".git")):  # noqa: PTH110  # a plain string is what is compared
            return folder
        parent = posixpath.dirname(folder)
        if parent == folder:
            return here
        folder = parent


def _here() -> str:
    return os.getcwd().replace(os.sep, "/")  # noqa: PTH109  # a plain string is what is compared
