"""What made a figure: the version, and the commit where the code lies in a repository."""

from __future__ import annotations

import subprocess
from pathlib import Path

import mtcheck
from mtcheck.measuring.intervals import RESAMPLES, SEED
from mtcheck.text.machine_style import PROVIDER


def made_by() -> str:
    """Return one line: version, commit (``+`` with changes on top), the signature of the embedded style models, the resampling."""
    return (
        f"mtcheck {mtcheck.__version__}, commit {_commit()}, {PROVIDER.signature}, "
        f"intervals: 95 %, {RESAMPLES} resamples of documents, seed {SEED}"
    )


def _commit() -> str:
    folder = Path(mtcheck.__file__).parent
    head = _git(folder, "rev-parse", "--short=12", "HEAD")
    if not head:
        return "unknown"
    return f"{head}+" if _git(folder, "status", "--porcelain", "--", ".") else head


def _git(folder: Path, *arguments: str) -> str:
    """Return what git prints, or nothing where there is no git or no repository."""
    try:
        done = subprocess.run(  # noqa: S603  # fixed words
            ["git", "-C", str(folder), *arguments],  # noqa: S607  # whichever git the developer has
            capture_output=True,
            text=True,
            check=False,
            timeout=20,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
