"""Apertium with its English-Spanish pair, where the machine has it."""

from __future__ import annotations

import shutil
import subprocess

import pytest


def _has_pair() -> bool:
    if shutil.which("apertium") is None:
        return False
    done = subprocess.run(["apertium", "-l"], capture_output=True, text=True, check=False)
    return {"eng-spa", "spa-eng"} <= set(done.stdout.split())


needs_apertium = pytest.mark.skipif(
    not _has_pair(), reason="needs apertium with its pair eng-spa (Debian: apt install apertium apertium-eng-spa)"
)
